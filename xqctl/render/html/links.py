"""Knows where a link may lead: to an anchor of this page, or to a page beside it; everything else stays text."""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from urllib.parse import quote

from xqctl import page as p
from xqctl.screen import visible

_BESIDE = re.compile(r"""[^\s./\\:?#%"'<>|*&][^\s/\\:?#%"'<>|*&]*\.html""")
_BLANKS = re.compile(r"\s+")


class Anchors:
    """What can be led to on one page: every anchor is an element's id once, and names made up here meet none of them.

    `names` are all the anchors of the page, whether their elements are written yet or not.
    """

    def __init__(self, blocks: Iterable[p.Block]) -> None:
        self.names = frozenset(map(identifier, _anchors(blocks)))
        self._numbers = count(1)
        self._given: set[str] = set()

    def claim(self, anchor: str) -> str:
        """The id of the element with that anchor; empty for none, and for one that another element has."""
        name = identifier(anchor)
        if not name or name in self._given:
            return ""
        self._given.add(name)
        return name

    def new(self) -> str:
        """An id nobody asked for."""
        return next(name for name in (f"x{number}" for number in self._numbers) if name not in self.names)


def identifier(anchor: str) -> str:
    """`anchor` as an id: without blanks (HTML allows all else), and nothing in it that cannot be seen."""
    return _BLANKS.sub("_", visible(anchor).strip())


def address(to: str, names: frozenset[str]) -> str:
    """Where a link to `to` leads; empty where it may not or cannot lead anywhere."""
    file, has_anchor, anchor = to.partition("#")
    if not file:
        name = identifier(anchor)
        return f"#{quote(name)}" if name in names else ""
    if visible(file) != file or not _BESIDE.fullmatch(file):
        return ""
    return quote(file) + (f"#{quote(identifier(anchor))}" if has_anchor else "")


def _anchors(blocks: Iterable[p.Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case p.Heading(anchor=anchor):
                yield anchor
            case p.Part(name=anchor, blocks=inner) | p.Fold(anchor=anchor, blocks=inner):
                yield anchor
                yield from _anchors(inner)
            case p.Chart(table=table):
                yield from table.anchors
            case p.Table(anchors=anchors):
                yield from anchors
            case _:
                pass
