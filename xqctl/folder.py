"""Knows a district's files once they are read: its documents, its plans' documents, and where things stand in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from xqctl.compose import Budgets, Places, compose
from xqctl.compose.read import Data
from xqctl.findings import Problem
from xqctl.messages import msg
from xqctl.place import Keys, Route, Span, Where


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a district.

    `file` is its path from the working directory, with ``/``; `spoiled` are the routes a text-level finding already
    speaks of; `whole` is False where the text could not be read to its end.
    """

    file: str
    raw: bytes
    data: Data
    problems: tuple[Problem, ...] = ()
    spoiled: frozenset[Keys] = frozenset()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan's files as they are, those of ``plans/<name>/``."""

    name: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """A district's files as they are, or with plans laid over them.

    `only` names the files findings were asked for, None means all of them. `drafts` are the plans beside it. Where
    plans are laid, `laid` says by route which file of a plan a value, or its removal, came from, and `removed` which
    routes are gone; where they are refused, `problems` says why, if the text of their files does not. `operand` and
    `as_of` are what the call said of this one. `aside` are the files that say how the district is looked at, its
    settings and its baseline, and nothing of the district itself.
    """

    root: str
    documents: tuple[Document, ...]
    only: frozenset[str] | None = None
    drafts: tuple[Draft, ...] = ()
    laid: Mapping[Keys, str] = field(default_factory=dict)
    removed: frozenset[Keys] = frozenset()
    problems: tuple[Problem, ...] = ()
    is_refused: bool = False
    operand: str | None = None
    as_of: date | None = None
    aside: tuple[Document, ...] = ()
    _places: dict[str, Places] = field(default_factory=dict, compare=False, repr=False)

    @property
    def files(self) -> Mapping[str, bytes]:
        """What stands in every file of the district and its plans, by name."""
        every = (*self.documents, *(document for draft in self.drafts for document in draft.documents))
        return {document.file: document.raw for document in every}

    def places(self, file: str) -> Places:
        """Where things stand in `file`, which is read for it the first time somebody asks."""
        if file not in self._places:
            raw = next((each.raw for each in self.aside if each.file == file), b"")
            self._places[file] = Places(self.files.get(file, raw), file)
        return self._places[file]

    def span(self, where: Where) -> Span:
        """The lines and columns of a route; what came from a plan stands in the plan's file."""
        if isinstance(where, Span):
            return where
        file, keys = where.file, where.keys
        if self.laid:
            above = (keys[:length] for length in range(len(keys), 0, -1))
            file = next((self.laid[route] for route in above if route in self.laid), file)
        return self.places(file).of(Route(file, keys, where.part))

    def line(self, file: str, number: int) -> str:
        """A line's text, `number` counted from 1; empty where there is none."""
        lines = self.places(file).lines
        return lines[number - 1] if 0 < number <= len(lines) else ""


def folder_of(
    root: str,
    files: Mapping[str, bytes],
    drafts: Mapping[str, Mapping[str, bytes]],
    only: frozenset[str] | None,
    budgets: Budgets,
    aside: Mapping[str, bytes] = MappingProxyType({}),
) -> Folder:
    """A district's folder from the bytes of its files, its plans' files, and those aside, by their shown names."""
    return Folder(
        root,
        tuple(document_of(name, files[name], budgets) for name in sorted(files)),
        only,
        tuple(
            Draft(plan, tuple(document_of(name, held[name], budgets) for name in sorted(held)))
            for plan, held in sorted(drafts.items())
        ),
        aside=tuple(document_of(name, aside[name], Budgets()) for name in sorted(aside)),
    )


def document_of(name: str, raw: bytes, budgets: Budgets) -> Document:
    """One file, read."""
    composed = compose(raw, name, budgets)
    problems = composed.problems
    if name.endswith(".yml"):
        ending = Problem(
            Route(name), msg("the file ends in .yml and is read all the same"), msg("name it .yaml"), code="XQY016"
        )
        problems = (*problems, ending)
    return Document(name, raw, composed.data, problems, composed.spoiled, composed.whole)
