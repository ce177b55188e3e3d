"""Knows DuckDB, which may not be installed: connections that stay at home, and tables filled from texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xqctl.messages import msg
from xqctl.tabular import Column, Table, Text
from xqctl.terminal import Fault

if TYPE_CHECKING:
    import duckdb

_TYPES = {"text": "TEXT", "integer": "BIGINT", "truth": "BOOLEAN"}
_STAYS_AT_HOME = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "1",
    "preserve_insertion_order": "true",
}
_MANY = 2000
_LARGEST = 2**63


def connect(path: Path | None = None, *, read_only: bool = False) -> "duckdb.DuckDBPyConnection":
    """A connection that fetches nothing and keeps rows in order; without a path, in memory."""
    try:
        import duckdb
    except ImportError as error:
        said = msg("parquet and duckdb files need DuckDB, which is not installed: pip install 'xqctl[db]'")
        raise Fault(said, 2) from error
    return duckdb.connect(str(path or ":memory:"), read_only=read_only, config=dict(_STAYS_AT_HOME))


def errors() -> type[Exception]:
    """What DuckDB raises."""
    import duckdb

    return duckdb.Error


def quoted(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL quotes it."""
    return "'" + text.replace("'", "''") + "'"


def names(columns: Sequence[Column]) -> list[str]:
    """Names that need no quotes in SQL: without dots, each another."""
    found: list[str] = []
    for column in columns:
        name = column.name.replace(".", "_")
        found.append(name if name.lower() not in {each.lower() for each in found} else f"{name}_{len(found)}")
    return found


def fill(database: "duckdb.DuckDBPyConnection", name: str, called: Sequence[str], table: Table) -> None:
    """Creates a table and puts all rows in, in their order."""
    typed = ", ".join(
        f"{quoted(each)} {_type(column, number, table)}"
        for number, (each, column) in enumerate(zip(called, table.columns, strict=True))
    )
    database.execute(f"CREATE TABLE {quoted(name)} ({typed})")
    marks = "(" + ", ".join("?" * len(called)) + ")"
    for start in range(0, len(table.rows), _MANY):
        rows = table.rows[start : start + _MANY]
        every = ", ".join([marks] * len(rows))
        database.execute(
            f"INSERT INTO {quoted(name)} VALUES {every}",  # noqa: S608  the name is quoted
            [text for row in rows for text in row],
        )


def _type(column: Column, number: int, table: Table) -> str:
    if column.sort == "integer" and any(_is_long(row[number]) for row in table.rows):
        return "TEXT"
    return _TYPES[column.sort]


def _is_long(text: Text) -> bool:
    return text is not None and abs(int(text)) >= _LARGEST
