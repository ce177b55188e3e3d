"""Knows what a table is before it is a sheet or a file: headed columns of texts; and a sheet as people made it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from xqctl.messages import Word

Text = str | None
"""What a cell holds; None where it is empty."""
Row = tuple[Text, ...]
Sort = Literal["text", "integer", "truth"]
"""What programs may take a column's texts for; text is always right."""

Value = str | float | int | bool | date | datetime | time | timedelta
Mark = Literal["error", "percent", "uncounted"]
"""What a cell is beside its value: an error, a percentage, a formula whose result nobody has worked out."""

JOINT = "；"
"""What stands between several values in one cell."""

DERIVED = "__number"
"""How the name of a column ends that repeats another as a bare number; it is never read back."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its heading for people, and what its words are called."""

    name: str
    title: Word
    sort: Sort = "text"
    words: tuple[tuple[str, Word], ...] = ()
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name for programs (`groups.members`), its heading, and its rows, each as long as `columns`."""

    name: str
    title: Word
    columns: tuple[Column, ...]
    rows: Sequence[Row]


def _unnamed(row: int, column: int) -> str:
    return cell_name(row, column)


@dataclass(frozen=True, slots=True)
class Filled:
    """A table that was read: the names of its columns, its rows, and how to name a cell of them (both from 0)."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    place: Callable[[int, int], str] = field(default=_unnamed, compare=False)


def letters(column: int) -> str:
    """How spreadsheets call a column, counted from 0: A … Z, AA …"""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def cell_name(row: int, column: int, sheet: str | None = None) -> str:
    """How people call a cell, row and column counted from 0: ``学校台账!F17``."""
    found = f"{letters(column)}{row + 1}"
    return found if sheet is None else f"{sheet}!{found}"


def named_cell(table: str, columns: tuple[str, ...], row: int, column: int) -> str:
    """How a cell of a database is called, row and column counted from 0: ``schools!code:3``."""
    return f"{table}!{columns[column] if columns else ''}:{row + 1}"


def plain_number(value: float) -> str:
    """A spreadsheet's number as people write it: ``166``, ``0.3``; seventeen digits at most, as it was stored."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it is: its rows from the first on, what is merged (first and last cell), its cells' marks."""

    name: str
    rows: Sequence[Sequence[Value]]
    is_hidden: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)


def text_of(value: Value) -> Text:
    """A cell's value as text; None where it is empty."""
    match value:
        case str():
            return value or None
        case bool():
            return "true" if value else "false"
        case int() | float():
            return plain_number(value)
        case datetime():
            whole = value.hour == value.minute == value.second == 0
            return value.date().isoformat() if whole else value.isoformat(sep="T", timespec="minutes")
        case date():
            return value.isoformat()
        case _:
            return str(value)
