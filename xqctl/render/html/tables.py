"""Knows how a table is set: what stands where, how wide, by what it sorts, and which numbers rest on what."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xqctl import page as p
from xqctl.messages import Message, msg
from xqctl.page import Tone
from xqctl.render import shown
from xqctl.render.html.words import Piece, Pieces, Reader
from xqctl.screen import visible, width

_SHORT = 16
"""Columns of text that need not be broken to fit a phone."""
_BRIEF = 10
"""Columns of a title that is never broken."""
_MANY, _WIDE = 100, 190
"""Columns of text from which a table is printed in small type, and from which on a sheet turned sideways."""
_LONGEST = 30
"""Columns of text at which a cell's text is broken."""
_DIGITS = 12
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]+)?")
_SORTS = {"number": "n", "date": "d"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `set_as` is its class, `value` what it sorts by where its text does not say it exactly."""

    pieces: Pieces
    set_as: str = ""
    value: str = ""
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A column's title; `sorts` is what the column holds: n(umbers), d(ates), else text."""

    text: str
    set_as: str
    sorts: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, and what leads to it."""

    id: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the column numbered `names` names the rows, `size` is how it is printed, `key` says what marks mean."""

    id: str
    caption: str
    titles: list[Title]
    rows: list[Row]
    names: int | None
    size: str
    key: str


def tabled(table: p.Table, caption: str, reader: Reader) -> Table:
    """The table without its `beside` columns; the first column of names, else of text, names the rows."""
    kept = [(number, column) for number, column in enumerate(table.columns) if not column.beside]
    kinds = [column.kind for _, column in kept]
    names = next((kinds.index(kind) for kind in ("name", "text") if kind in kinds), None)
    columns = [_column([row[number] for row in table.rows], column, reader) for number, column in kept]
    ids = map(reader.anchors.claim, table.anchors or ("",) * len(table.rows))
    cells = [list(each) for each in zip(*(cells for _, cells, _ in columns), strict=True)] if columns else []
    return Table(
        id=reader.anchors.new(),
        caption=caption,
        titles=[title for title, _, _ in columns],
        rows=[Row(id, each) for id, each in zip(ids, cells, strict=True)],
        names=names,
        size=_size([size for _, _, size in columns]),
        key=_key(table, reader),
    )


def _column(cells: list[p.Cell], column: p.Column, reader: Reader) -> tuple[Title, list[Cell], int]:
    """A column as it is set: numbers right, short text unbroken; and how many columns of text it takes."""
    title = reader.text(column.title)
    texts = [visible(shown(cell, reader.lang)) for cell in cells]
    widest = max(map(width, texts), default=0)
    set_as = "n" if column.is_right_aligned else "s" if widest <= _SHORT else ""
    found = [
        Cell(_pieces(cell, text, reader), set_as, _value(cell, text, column), _is_stated(cell))
        for cell, text in zip(cells, texts, strict=True)
    ]
    head = Title(title, f"{set_as or 'l'}{' s' if width(title) <= _BRIEF else ''}", _SORTS.get(column.kind, ""))
    needed = min(width(title), _SHORT // 2 if column.is_right_aligned else _SHORT)
    return head, found, min(max(widest, needed), _LONGEST)


def _pieces(cell: p.Cell, text: str, reader: Reader) -> Pieces:
    """What a cell holds: a name is shown as it is, in a sentence what is set in backticks could be typed."""
    if not text:
        return []
    words: object = cell
    if isinstance(cell, p.Run | p.Amount):
        if cell.tone is not Tone.PLAIN or reader.address(cell.to):
            return [Piece(cell.tone, text, reader.address(cell.to))]
        words = cell.words if isinstance(cell, p.Run) else cell.shown
    return reader.sentence(text) if isinstance(words, Message) else [Piece(Tone.PLAIN, text)]


def _value(cell: p.Cell, text: str, column: p.Column) -> str:
    """What a number is sorted by, where its text does not say it exactly; a date's text does."""
    match cell:
        case p.Amount(value=Decimal() as value):
            return "" if _says(text, value) else f"{value:.{_DIGITS}g}"
        case date() if column.kind != "date":
            return cell.isoformat()
        case _:
            return ""


def _says(text: str, value: Decimal) -> bool:
    return bool(_PLAIN_NUMBER.fullmatch(text)) and Decimal(text.replace(",", "")) == value


def _is_stated(cell: p.Cell) -> bool:
    return isinstance(cell, p.Amount) and cell.basis == "stated"


def _size(columns: list[int]) -> str:
    """How a table goes on paper: as it is, small, or across a sheet turned sideways."""
    needed = sum(columns) + 2 * len(columns)
    return "wide" if needed > _WIDE else "many" if needed > _MANY else ""


def _key(table: p.Table, reader: Reader) -> str:
    """What the marks beside numbers mean, where there are any."""
    if any(_is_stated(cell) for row in table.rows for cell in row):
        return reader.text(msg("numbers marked ※ are published figures, the others are counted from the registers"))
    return ""
