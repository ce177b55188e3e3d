"""Parquet: a folder with a file a table, written and read by DuckDB."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from xqctl.messages import Lang, msg
from xqctl.tables import folder_files, keep_folder, refused, unreadable
from xqctl.tables._engine import connect, errors, fill, literal, quoted
from xqctl.tabular import Filled, Table, named_cell


def write(tables: Sequence[Table], path: Path, lang: Lang) -> None:
    """Writes a folder of Parquet files."""
    files: dict[str, bytes] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="xqctl.") as folder, closing(connect()) as database:
            for table in tables:
                file = Path(folder) / "table.parquet"
                fill(database, "written", [column.name for column in table.columns], table)
                database.execute(f"COPY written TO {literal(str(file))} (FORMAT parquet)")
                database.execute("DROP TABLE written")
                files[f"{table.name}.parquet"] = file.read_bytes()
    except OSError as error:
        raise refused(path, error) from error
    keep_folder(path, tables, files, lang)


def read(path: Path) -> tuple[Filled, ...]:
    """The tables of a folder of Parquet files."""
    return tuple(_read(file) for file in folder_files(path, "parquet"))


def _read(file: Path) -> Filled:
    try:
        with closing(connect()) as database:
            source = f"read_parquet({literal(str(file))})"
            names = [row[0] for row in database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]  # noqa: S608  quoted
            listed = ", ".join(f"CAST({quoted(name)} AS TEXT)" for name in names)
            rows = database.execute(f"SELECT {listed} FROM {source}").fetchall()  # noqa: S608  quoted
    except errors() as error:
        reason = str(error).partition("\n")[0]
        raise unreadable(file, msg("it is no Parquet file ({reason})", reason=reason)) from error
    return Filled(file.stem, tuple(names), rows, partial(named_cell, file.stem, tuple(names)))
