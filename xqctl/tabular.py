"""Knows what a table is before it is a sheet or a file: headed columns of texts, and what each cell is called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xqctl.messages import Word

Text = str | None
"""What a cell holds; None where it is empty."""
Row = tuple[Text, ...]
Sort = Literal["text", "integer", "truth"]
"""What programs may take a column's texts for; text is always right."""

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
