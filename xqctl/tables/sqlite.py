"""SQLite: one file with a table for each, and two that say how ours are called: `_xqctl_tables`, `_xqctl_columns`.

It is written by Python's own sqlite3: DuckDB would have to fetch its extension for SQLite from the network.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from xqctl.messages import Lang, msg
from xqctl.tables import keep, unreadable
from xqctl.tabular import Column, Filled, Row, Table, Text, named_cell

_TYPES = {"text": "TEXT", "integer": "INTEGER", "truth": "TEXT"}
_LARGEST = 2**63


def write(tables: Sequence[Table], path: Path, lang: Lang) -> None:
    """Writes a SQLite file."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE _xqctl_tables (name TEXT PRIMARY KEY, called TEXT, title TEXT)")
        database.execute(
            "CREATE TABLE _xqctl_columns (table_name TEXT, name TEXT, called TEXT, title TEXT, "
            "PRIMARY KEY (table_name, name))"
        )
        for table in tables:
            _create(database, table, lang)
        database.commit()
        content = database.serialize()
    keep(path, content)


def _create(database: sqlite3.Connection, table: Table, lang: Lang) -> None:
    name = table.name.replace(".", "_")
    title = table.title.zh if lang == "zh" else table.title.en
    database.execute("INSERT INTO _xqctl_tables VALUES (?, ?, ?)", (name, table.name, title))
    names = _names(table.columns)
    for column, called in zip(table.columns, names, strict=True):
        heading = column.title.zh if lang == "zh" else column.title.en
        database.execute("INSERT INTO _xqctl_columns VALUES (?, ?, ?, ?)", (name, called, column.name, heading))
    typed = ", ".join(
        f"{_quoted(called)} {_TYPES[column.sort]}" for column, called in zip(table.columns, names, strict=True)
    )
    database.execute(f"CREATE TABLE {_quoted(name)} ({typed})")
    marks = ", ".join("?" * len(names))
    rows = ([_value(text, column) for text, column in zip(row, table.columns, strict=True)] for row in table.rows)
    database.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", rows)  # noqa: S608  the name is quoted


def _names(columns: Sequence[Column]) -> list[str]:
    """Names that need no quotes in SQL: without dots, each another."""
    found: list[str] = []
    for column in columns:
        name = column.name.replace(".", "_")
        found.append(name if name.lower() not in {each.lower() for each in found} else f"{name}_{len(found)}")
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(text: Text, column: Column) -> str | int | None:
    if text is None or column.sort != "integer":
        return text
    return int(text) if abs(int(text)) < _LARGEST else text


def read(path: Path) -> tuple[Filled, ...]:
    """The tables of a SQLite file that we wrote."""
    if not path.is_file():
        raise unreadable(path, msg("it is no file"))
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return tuple(_tables(database))
    except sqlite3.Error as error:
        raise unreadable(path, msg("it is no SQLite file that xqctl wrote ({reason})", reason=str(error))) from error


def _tables(database: sqlite3.Connection) -> Iterator[Filled]:
    for name, called in database.execute("SELECT name, called FROM _xqctl_tables ORDER BY rowid").fetchall():
        columns = database.execute(
            "SELECT name, called FROM _xqctl_columns WHERE table_name = ? ORDER BY rowid", (name,)
        ).fetchall()
        listed = ", ".join(_quoted(column) for column, _ in columns)
        rows = database.execute(f"SELECT {listed} FROM {_quoted(name)} ORDER BY rowid").fetchall()  # noqa: S608  quoted
        named = tuple(each for _, each in columns)
        yield Filled(called, named, [_texts(row) for row in rows], partial(named_cell, name, named))


def _texts(row: Sequence[object]) -> Row:
    return tuple(None if value is None else str(value) for value in row)
