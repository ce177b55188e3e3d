"""Knows which thing an id means, and every place of a district's files, plans among them, that names it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xqctl.annotations import annotated
from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.folder import Document, Folder
from xqctl.messages import msg
from xqctl.place import Keys, Part
from xqctl.refactoring import Refused
from xqctl.references import Target
from xqctl.references import target as target_of
from xqctl.schema import KINDS

_LITERAL = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
EXPECTS = "expects"
MAIN_OF_PLAN = "plan.yaml"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something declared: its kind (``campuses`` among them), its id as it is referred to, its entry, its route."""

    kind: str
    id: str
    entry: Entry
    keys: Keys

    @property
    def data(self) -> Mapping[str, Data]:
        """Its own fields."""
        here: Data = dict(self.entry.data)
        for key in self.keys[len(self.entry.keys) :]:
            here = here.get(key) if isinstance(here, dict) else None
        return here if isinstance(here, dict) else {}


@dataclass(frozen=True, slots=True)
class Naming:
    """A place that names a thing: the text there, and what it may name."""

    file: str
    keys: Keys
    part: Part
    text: str
    target: Target

    def names(self, thing: Thing) -> bool:
        """Whether it is the thing, or a campus of it, that is named."""
        named = self.text.partition("#")[0] if self.target.has_place else self.text
        if named == thing.id:
            return thing.kind in self.target.kinds
        return thing.kind == "schools" and named.startswith(f"{thing.id}/") and "campuses" in self.target.kinds


def thing(district: District, id_: str, kind: str | None) -> Thing:
    """The one thing an id means. Raises `Refused` where there is none, or several and no kind is told."""
    found = [each for each in _all(district, id_) if kind in (None, each.kind)]
    if not found:
        near = sorted({entry.id for entry in district.declared() if id_ in entry.id})[:3]
        said = msg("nothing here is called {name}", name=id_)
        raise Refused(msg("nothing here is called {name}; there is {near}", name=id_, near=near) if near else said)
    if len(found) > 1:
        kinds = [each.kind for each in found]
        raise Refused(msg("{name} is declared under {kinds}; say which one with --kind", name=id_, kinds=kinds))
    return found[0]


def _all(district: District, id_: str) -> Iterator[Thing]:
    for kind in KINDS:
        entry = district.kinds.get(kind, {}).get(id_)
        if entry is not None and kind not in ("district", "statistics"):
            yield Thing(kind, id_, entry, entry.keys)
    if id_ == district.itself.text("name") and id_ not in district.kinds.get("districts", {}):
        yield Thing("districts", id_, district.itself, district.itself.keys)
    school, slash, campus = id_.partition("/")
    owner = district.kinds.get("schools", {}).get(school)
    if slash and owner is not None and campus in owner.mapping("campuses"):
        yield Thing("campuses", id_, owner, (*owner.keys, "campuses", campus))


def documents(folder: Folder) -> Iterator[tuple[Document, Keys]]:
    """Every file that holds kinds, with the route they stand below: of a plan's main file what it expects."""
    yield from ((document, ()) for document in folder.documents)
    for draft in folder.drafts:
        for document in draft.documents:
            yield document, (EXPECTS,) if document.file.rsplit("/", 1)[-1] == MAIN_OF_PLAN else ()


def entries(document: Document, below: Keys) -> Iterator[Entry]:
    """What a file says of each thing, sound or not."""
    data: Data = document.data
    for key in below:
        data = data.get(key) if isinstance(data, dict) else None
    for kind, held in data.items() if isinstance(data, dict) else ():
        if kind not in KINDS or not isinstance(held, dict):
            continue
        if kind == "district":
            yield Entry(kind, "", held, document.file, (kind,))
        elif kind == "statistics":
            for year, parties in held.items():
                for party, value in parties.items() if isinstance(parties, dict) else ():
                    yield _entry(kind, (kind, year, party), value, document.file)
        else:
            for id_, value in held.items():
                yield _entry(kind, (kind, id_), value, document.file)


def namings(folder: Folder) -> Iterator[Naming]:
    """Every place in a folder's files that the schemas say names something."""
    for document, below in documents(folder):
        for entry in entries(document, below):
            yield from (
                Naming(document.file, (*below, *keys), part, text, said)
                for _, keys, part, text, said in annotated(entry, target_of)
            )


def expressions(folder: Folder) -> Iterator[tuple[str, Keys, Part, str]]:
    """Every expression of a folder's files: its file, route and text."""
    for document, below in documents(folder):
        for entry in entries(document, below):
            yield from (
                (document.file, (*below, *keys), part, text)
                for _, keys, part, text, _ in annotated(entry, _is_expression)
            )


def in_literals(expression: str, old: str, new: str) -> str:
    """An expression in which the texts that are exactly one id are another."""

    def renamed(found: re.Match[str]) -> str:
        quote, inner = found[0][0], found[0][1:-1]
        return f"{quote}{new}{quote}" if inner == old else found[0]

    return _LITERAL.sub(renamed, expression)


def _entry(kind: str, keys: Keys, value: Data, file: str) -> Entry:
    return Entry(kind, "/".join(keys[1:]), value if isinstance(value, dict) else {}, file, keys)


def _is_expression(said: Mapping[str, Any]) -> bool | None:
    return True if said.get("x-expression") is True else None
