"""HTML: one page that stands alone, for a browser or a printer; no script, nothing fetched, every name escaped.

The template holds the markup, this module what stands in it: plain text, made visible, in the reader's language. The
policy in the page allows its own style sheet by hash (W3C, Content Security Policy Level 3) and nothing else.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from xqctl import page as p
from xqctl.messages import Lang, say
from xqctl.page import Tone
from xqctl.place import Span
from xqctl.render import View, shown, untoned
from xqctl.screen import quotation, visible, visible_lines, width

if TYPE_CHECKING:
    from jinja2 import Template

keeps_encoding = False

_TEMPLATES = Path(__file__).parent / "templates"
_LANGS = {"zh": "zh-CN", "en": "en"}
"""Source: RFC 5646, Tags for Identifying Languages."""
_DEEPEST = 6
_SHORT = 16
"""Columns of text that need not be broken to fit a phone."""
_QUOTED = 100

_Pieces = list[tuple[Tone, str]]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as the template lays it out: `kind` names the macro, `part` is what that macro takes."""

    kind: str
    part: object


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A table's cell; `classes` say how it is set, `is_header` that it names its row or column."""

    pieces: _Pieces
    classes: str
    is_header: bool


@dataclass(frozen=True, slots=True)
class _Table:
    number: int
    caption: str
    titles: list[_Cell]
    rows: list[list[_Cell]]


@dataclass(frozen=True, slots=True)
class _Quote:
    """A source line, parted before and after what the finding is about."""

    number: int
    before: str
    thing: str
    after: str


@dataclass(frozen=True, slots=True)
class _Finding:
    place: str
    severity: tuple[Tone, str]
    code: str
    message: _Pieces
    quote: _Quote | None
    related: list[tuple[str, _Pieces]]
    help: _Pieces


def write(page: p.Page, stream: TextIO, view: View) -> None:
    """Writes the whole page; the width and colour of a terminal change nothing in it."""
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    pieces = _template().generate(
        lang=_LANGS[view.lang],
        title=_text(_title(page) or page.title, view.lang),
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        blocks=_blocks(page, view.lang),
    )
    stream.writelines(pieces)


def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")


def _blocks(page: p.Page, lang: Lang) -> Iterator[_Block]:
    """The page's blocks under one title; headings go down one step at a time, each table is called after its own."""
    is_titled = _title(page) is not None
    every = tuple(p.simple(page.blocks))
    lower = 0 if is_titled else any(isinstance(block, p.Heading) and block.level == 1 for block in page.blocks)
    caption, depth, tables, under = _text(page.title, lang), 1, 0, 0
    if not is_titled:
        yield _Block("heading", _Heading(1, caption))
    for number, block in enumerate(every):
        if isinstance(block, p.Heading):
            is_title = is_titled and number == 0
            depth = 1 if is_title else min(max(2, block.level + lower), depth + 1, _DEEPEST)
            caption, under = _text(block.words, lang), 0
            yield _Block("heading", _Heading(depth, caption))
        elif isinstance(block, p.Table):
            tables, under = tables + 1, under + 1
            yield _Block("table", _table(block, tables, caption if under == 1 else f"{caption} {under}", lang))
        else:
            yield _laid_out(block, lang)


def _title(page: p.Page) -> p.Words | None:
    """The heading that is the page's title: the only one of the first level, before everything else."""
    highest = [block for block in page.blocks if isinstance(block, p.Heading) and block.level == 1]
    return highest[0].words if len(highest) == 1 and page.blocks[0] is highest[0] else None


def _laid_out(block: p.Paragraph | p.Listing | p.Facts | p.Code | p.Findings, lang: Lang) -> _Block:
    match block:
        case p.Paragraph(line=line, tone=tone):
            return _Block("paragraph", (tone, _line(line, lang)))
        case p.Listing(items=items):
            return _Block("listing", [_line(item, lang) for item in items])
        case p.Facts(rows=rows):
            return _Block("facts", [(_text(name, lang), _line(line, lang)) for name, line in rows])
        case p.Code(text=text):
            return _Block("code", "\n".join(visible_lines(text)))
        case p.Findings(items=items):
            return _Block("findings", [_finding(item, lang) for item in items])


def _text(words: p.Words, lang: Lang) -> str:
    return visible(say(words, lang))


def _line(line: p.Line, lang: Lang) -> _Pieces:
    return [piece for run in line for piece in _run(run, lang)]


def _run(run: p.Run, lang: Lang) -> _Pieces:
    return _sentence(run.words, lang) if run.tone is Tone.PLAIN else [(run.tone, _text(run.words, lang))]


def _sentence(words: p.Words, lang: Lang) -> _Pieces:
    """A sentence; what it sets in backticks could be typed."""
    pieces = _text(words, lang).split("`")
    if len(pieces) % 2 == 0:
        return [(Tone.PLAIN, "`".join(pieces))]
    return [(Tone.NAME if inside % 2 else Tone.PLAIN, piece) for inside, piece in enumerate(pieces) if piece]


def _table(table: p.Table, number: int, caption: str, lang: Lang) -> _Table:
    """The table with the classes of its columns; the first column of names, else of text, names the rows."""
    titles = [_text(column.title, lang) for column in table.columns]
    classes = [_set_as(table, index, title, lang) for index, title in enumerate(titles)]
    kinds = [column.kind for column in table.columns]
    names = next((kinds.index(kind) for kind in ("name", "text") if kind in kinds), None)
    rows = [
        [
            _Cell(_cell(cell, column, lang), classes[index], index == names)
            for index, (cell, column) in enumerate(zip(row, table.columns, strict=True))
        ]
        for row in table.rows
    ]
    heads = [_Cell([(Tone.PLAIN, title)], each, is_header=True) for title, each in zip(titles, classes, strict=True)]
    return _Table(number, caption, heads, rows)


def _set_as(table: p.Table, index: int, title: str, lang: Lang) -> str:
    """How a column is set: numbers right, short text unbroken, long text never narrower than can be read."""
    texts = [title, *(visible(shown(row[index], lang)) for row in table.rows)]
    size = "short" if max(map(width, texts)) <= _SHORT else "long"
    return f"{size} number" if table.columns[index].is_right_aligned else size


def _cell(cell: p.Cell, column: p.Column, lang: Lang) -> _Pieces:
    tone = cell.tone if isinstance(cell, p.Run) else Tone.NAME if column.kind == "name" else Tone.PLAIN
    text = visible(shown(cell, lang))
    return [(tone, text)] if text else []


def _finding(quoted: p.Quoted, lang: Lang) -> _Finding:
    finding = quoted.finding
    severity = p.SEVERITIES[finding.severity]
    return _Finding(
        place=_at(finding.place),
        severity=(severity.tone, visible(untoned((severity,), lang))),
        code=finding.code,
        message=_sentence(finding.message, lang),
        quote=_quote(quoted.line, finding.place) if quoted.line is not None and quoted.line.strip() else None,
        related=[(_at(span), _sentence(message, lang)) for message, span in finding.related],
        help=_sentence(finding.help, lang) if finding.help else [],
    )


def _quote(line: str, place: Span) -> _Quote:
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    found = quotation(line, place.column - 1, max(end, place.column), _QUOTED)
    start = _position(found.text, found.before)
    stop = max(start + 1, _position(found.text, found.before + found.length))
    return _Quote(place.line, found.text[:start], found.text[start:stop] or " ", found.text[stop:].rstrip())


def _position(text: str, columns: int) -> int:
    """How many characters of `text` stand within its first `columns`; what takes none belongs to what it is on."""
    used = 0
    for position, char in enumerate(text):
        used += width(char)
        if used > columns:
            return position
    return len(text)


def _at(span: Span) -> str:
    return f"{visible(span.file)}:{span.line}:{span.column}"
