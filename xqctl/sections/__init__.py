"""Knows how a report comes about: every module of this folder is a part of it, found because it stands here.

A part is a docstring (title in each language; *About*: what it holds), a `PLACE` that says where in the report it
stands, and one function `part(state)` that gives a `page.Part`, or None where the district has nothing to say there. It
looks at one `State`, prints nothing, and knows no other part: what leads elsewhere is called by `State.to`.
"""

import importlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Protocol, cast

from xqctl import registry
from xqctl.assess import Assessment
from xqctl.derivation import Guide, anchor, number_blocks, source_anchor, verdict_anchor
from xqctl.district import District
from xqctl.findings import Finding
from xqctl.messages import Lang, Message, Word, msg
from xqctl.page import Block, Part
from xqctl.place import Route
from xqctl.targets import Target, Verdict

MOST = 60
"""So many parts of one number are listed; the JSON has all of them."""


@dataclass(frozen=True, slots=True)
class State:
    """A district as a report sees it: worked out once, the same for all parts.

    `findings` are all that `validate` has to say; `prefix` is what the anchors and tables of this district begin with
    where several share a page; `lang` is the reader's, for what is drawn.
    """

    district: District
    assessment: Assessment
    findings: tuple[Finding, ...]
    lang: Lang
    prefix: str = ""

    @property
    def guide(self) -> Guide:
        """How accounts of numbers point to files and documents."""
        return Guide(self.at, self.declared, self.to_source, MOST)

    def part(self, module: str, blocks: Collection[Block]) -> Part | None:
        """The part a module makes of its blocks; None of none."""
        name = module.rpartition(".")[2]
        return Part(f"{self.prefix}{name}", title(name), tuple(blocks)) if blocks else None

    def table(self, name: str) -> str:
        """The name of a table, its own on the page."""
        return f"{self.prefix}{name}"

    def anchor(self, sort: str, *names: str) -> str:
        """The anchor of something in this district."""
        return self.prefix + anchor(sort, *names)

    def to(self, sort: str, *names: str) -> str:
        """What leads to the same; `to("part", name)` to a part."""
        return f"#{self.prefix}{names[0]}" if sort == "part" else f"#{self.anchor(sort, *names)}"

    def verdict(self, verdict: Verdict) -> str:
        """The anchor of the account of a verdict's number."""
        return self.prefix + verdict_anchor(verdict)

    def source(self, ref: str) -> str:
        """The anchor of the document a reference names."""
        return self.prefix + source_anchor(ref)

    def to_source(self, ref: str) -> str:
        """What leads there."""
        return f"#{self.source(ref)}"

    def leads(self, told: Sequence[Verdict]) -> str:
        """What leads to the account of a verdict's number, or of the worst of several."""
        return f"#{self.verdict(told[0])}"

    def numbers(self, metrics: Sequence[str], table: str) -> Iterator[Block]:
        """The numbers of one field, with accounts of those that no target asks for."""
        yield from number_blocks(
            self.district,
            self.assessment.verdicts,
            metrics,
            leads=self.leads,
            anchor=lambda found: self.anchor("number", found.question.metric),
            guide=self.guide,
            name=self.table(table),
        )

    def at(self, route: Route) -> str:
        """Where in the files something stands: ``district.yaml:12``, from the district's folder."""
        span = self.district.folder.span(route)
        return f"{span.file.removeprefix(self.district.root + '/')}:{span.line}"

    def declared(self, target: Target) -> str:
        """Where a target is declared, or where the district adopts the standard it is of."""
        if target.standard is None:
            return self.at(target.entry.route())
        return self.at(self.district.itself.route("adopts", target.standard.id, part="key"))


class Section(Protocol):
    """What a module of this folder does."""

    def __call__(self, state: State) -> Part | None:
        """Its part of the report on a district."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part as the catalogue knows it."""

    name: str
    place: int
    page: registry.Page
    part: Section


@cache
def catalogue() -> Mapping[str, Leaf]:
    """Every part by its name, in the order they stand in a report."""
    found = [_leaf(name) for name in registry.leaves(__name__)]
    return MappingProxyType({leaf.name: leaf for leaf in sorted(found, key=lambda leaf: (leaf.place, leaf.name))})


def title(name: str) -> Message:
    """What a part is called."""
    page = catalogue()[name].page
    return msg("{title}", title=Word(page.zh, page.en.rstrip(".")))


def parts(state: State, only: Collection[str] = ()) -> Iterator[Part]:
    """The parts of the report on a district, or some of them."""
    for name, leaf in catalogue().items():
        made = leaf.part(state) if not only or name in only else None
        if made is not None:
            yield made


def _leaf(name: str) -> Leaf:
    module = importlib.import_module(f"{__name__}.{name}")
    return Leaf(name, cast("int", module.PLACE), registry.page(module.__doc__ or ""), cast("Section", module.part))
