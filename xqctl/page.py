"""Knows what a verb shows, as neutral blocks: headings, paragraphs, tables, findings; tone, never colour.

A verb lays out a `Page`, a format knows only the blocks. Text is a name or quotation (`str`) or a `Message`, said in
the reader's language by the format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from xqctl.findings import Finding, Severity
from xqctl.messages import Message, msg


class Tone(StrEnum):
    """What a piece of text means to the reader."""

    PLAIN = "plain"
    STRONG = "strong"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    MUTED = "muted"
    NAME = "name"
    """Something that could be typed: a field, a code, a path, a command."""


Words = str | Message


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one tone."""

    words: Words
    tone: Tone = Tone.PLAIN


Line = tuple[Run, ...]

SEVERITIES: Mapping[Severity, Run] = {
    Severity.ERROR: Run(msg("error"), Tone.BAD),
    Severity.WARNING: Run(msg("warning"), Tone.WARN),
    Severity.INFO: Run(msg("info"), Tone.NAME),
}
"""How bad a finding is, in words and tone."""


def line(*parts: Words | Run) -> Line:
    """Pieces of text, one after the other, as a line of runs; bare text is plain."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the page; `level` 1 is the highest."""

    words: Words
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a muted one is a remark beside it."""

    line: Line
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things, one a line."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they stand for: ``type  text``."""

    rows: tuple[tuple[Words, Line], ...]


Kind = Literal["text", "name", "number", "date"]
Cell = str | Message | Run | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, and what sort of values stand in it."""

    title: Words
    kind: Kind = "text"

    @property
    def is_right_aligned(self) -> bool:
        """Numbers stand right, everything else left."""
        return self.kind == "number"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under titled columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text to be shown exactly as it is."""

    text: str
    language: str = "yaml"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A finding with the source line its place begins on (None: there is none to show)."""

    finding: Finding
    line: str | None


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings in the order they are to be read."""

    items: tuple[Quoted, ...]


Block = Heading | Paragraph | Listing | Facts | Table | Code | Findings


@dataclass(frozen=True, slots=True)
class Page:
    """What a verb has to show: blocks for people, `data` for programs (the JSON, a promise), and its exit code.

    `documents` are what formats of this verb alone write, by their names; `longest` how many characters there is room
    for where it is to be read (a comment on a merge request), None where there is room for all.
    """

    title: Words
    blocks: tuple[Block, ...]
    data: Mapping[str, object]
    exit_code: int = 0
    documents: Mapping[str, object] = field(default_factory=dict)
    longest: int | None = None
