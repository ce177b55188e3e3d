"""Knows the blocks a page is made of: what every format shows, and what some show better."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from xqctl.findings import Finding
from xqctl.page.results import Results
from xqctl.page.tables import Table
from xqctl.page.words import Line, Tone, Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the page; `level` 1 is the highest; `anchor` is what leads here, without its ``#``."""

    words: Words
    level: int = 1
    anchor: str = ""


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


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to be seen at a glance: a label, a value, where it leads."""

    label: Words
    value: Words
    tone: Tone = Tone.PLAIN
    to: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """What is to be seen first."""

    items: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound drawn across a chart, in the units of its values."""

    label: Words
    value: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """A table as a picture; formats that draw none show the table alone.

    `mark` says how: ``bars`` (one a row), ``stacked`` (one a category, a part a series), ``points`` (each row a point
    on the line of its category), ``steps`` (values over time, a line a series), ``spans`` (from `value` to `until`, two
    dates, on the line of its category). `category`, `value`, `series`, `until` are columns of `table`; the values are
    its amounts, counts or dates. `about` says in a sentence what the picture shows, for who cannot see it.
    """

    title: Words
    about: Words
    mark: Literal["bars", "stacked", "points", "steps", "spans"]
    table: Table
    category: int
    value: int
    series: int | None = None
    until: int | None = None
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished drawing: well-formed SVG without script, style sheet or address; `about` says what it shows."""

    title: Words
    about: Words
    svg: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks under one line, which may be shown without them until somebody asks."""

    summary: Line
    blocks: tuple["Block", ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a long page, which may be listed in its contents; `name` is its anchor and, in data, its id."""

    name: str
    title: Words
    blocks: tuple["Block", ...]


Simple = Heading | Paragraph | Listing | Facts | Table | Code | Findings
"""What every format shows."""
Block = Simple | Tiles | Chart | Picture | Fold | Part


@dataclass(frozen=True, slots=True)
class Page:
    """What a verb has to show: blocks for people, `data` for programs (the JSON, a promise), and its exit code.

    `documents` are what formats of this verb alone write, by their names; `longest` how many characters there is room
    for where it is to be read (a comment on a merge request), None where there is room for all; `results` what the
    verb judged, for pipelines, None where it judges nothing.
    """

    title: Words
    blocks: tuple[Block, ...]
    data: Mapping[str, object]
    exit_code: int = 0
    documents: Mapping[str, object] = field(default_factory=dict)
    longest: int | None = None
    results: Results | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Several pages, each for a file of its own in one folder: made when its turn comes, the one that leads on last.

    `pages` gives the name of each file, without its folder, and what stands in it.
    """

    pages: Iterator[tuple[str, Page]]
    exit_code: int = 0
