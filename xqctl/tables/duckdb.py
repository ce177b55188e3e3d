"""DuckDB: one file with a table for each, and two that say how ours are called: `_xqctl_tables`, `_xqctl_columns`."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xqctl.messages import Lang, msg
from xqctl.tables import keep, refused, unreadable
from xqctl.tables._engine import connect, errors, fill, names, quoted
from xqctl.tabular import Filled, Table, named_cell

if TYPE_CHECKING:
    import duckdb


def write(tables: Sequence[Table], path: Path, lang: Lang) -> None:
    """Writes a DuckDB file."""
    try:
        with tempfile.TemporaryDirectory(prefix="xqctl.") as folder:
            file = Path(folder) / "export.duckdb"
            with closing(connect(file)) as database:
                database.execute("CREATE TABLE _xqctl_tables (name TEXT, called TEXT, title TEXT)")
                database.execute("CREATE TABLE _xqctl_columns (table_name TEXT, name TEXT, called TEXT, title TEXT)")
                for table in tables:
                    _create(database, table, lang)
            content = file.read_bytes()
    except OSError as error:
        raise refused(path, error) from error
    keep(path, content)


def _create(database: "duckdb.DuckDBPyConnection", table: Table, lang: Lang) -> None:
    name = table.name.replace(".", "_")
    title = table.title.zh if lang == "zh" else table.title.en
    database.execute("INSERT INTO _xqctl_tables VALUES (?, ?, ?)", (name, table.name, title))
    known = names(table.columns)
    for column, called in zip(table.columns, known, strict=True):
        heading = column.title.zh if lang == "zh" else column.title.en
        database.execute("INSERT INTO _xqctl_columns VALUES (?, ?, ?, ?)", (name, called, column.name, heading))
    fill(database, name, known, table)


def read(path: Path) -> tuple[Filled, ...]:
    """The tables of a DuckDB file that we wrote."""
    if not path.is_file():
        raise unreadable(path, msg("it is no file"))
    try:
        with closing(connect(path, read_only=True)) as database:
            return tuple(_tables(database))
    except errors() as error:
        reason = str(error).partition("\n")[0]
        raise unreadable(path, msg("it is no DuckDB file that xqctl wrote ({reason})", reason=reason)) from error


def _tables(database: "duckdb.DuckDBPyConnection") -> Iterator[Filled]:
    for name, called in database.execute("SELECT name, called FROM _xqctl_tables ORDER BY rowid").fetchall():
        columns = database.execute(
            "SELECT name, called FROM _xqctl_columns WHERE table_name = ? ORDER BY rowid", (name,)
        ).fetchall()
        listed = ", ".join(f"CAST({quoted(column)} AS TEXT)" for column, _ in columns)
        rows = database.execute(f"SELECT {listed} FROM {quoted(name)} ORDER BY rowid").fetchall()  # noqa: S608  quoted
        yield Filled(called, tuple(each for _, each in columns), rows,
                     partial(named_cell, name, tuple(column for column, _ in columns)))  # fmt: skip
