"""Knows how to point at something in a file: by a route of keys, or by lines and columns."""

from dataclasses import dataclass
from typing import Literal

Keys = tuple[str, ...]
"""The way to a value from a document's root: mapping keys, and list positions as text (``"0"``)."""

Part = Literal["key", "value"]


@dataclass(frozen=True, slots=True)
class Route:
    """A thing in a document by name; `compose` turns it into a `Span` when somebody has to look at it.

    `file` is the document's name as `load` gave it; `part` says whether the key or what it holds is meant. A key
    that is not there (a field that is missing) stands for the nearest one above that is.
    """

    file: str
    keys: Keys = ()
    part: Part = "value"

    def to(self, *keys: str, part: Part = "value") -> "Route":
        """The route `keys` further down the same document."""
        return Route(self.file, (*self.keys, *keys), part)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: lines and columns count from 1, columns in Unicode code points, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


Where = Route | Span


def dotted(keys: Keys) -> str:
    """The stable path people and machines read: ``groups.城桥中学教育集团.members``; ids hold no dot."""
    return ".".join(keys)
