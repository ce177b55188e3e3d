"""Knows sorts of table files: one a module, each writing tables and reading them again; and how a folder is replaced.

What a module here fulfils: ``write(tables, path, lang)`` writes all tables, whole or not at all; ``read(path)`` gives
them back. Both raise `Fault` where the file cannot be written or read. None of them knows another.
"""

import importlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, cast

from xqctl.edit import write_whole
from xqctl.messages import Lang, Message, msg
from xqctl.tabular import Filled, Table
from xqctl.terminal import Fault

SORTS = ("xlsx", "csv", "parquet", "sqlite", "duckdb")
"""The sorts of files, in the order of help."""

MANIFEST = "datapackage.json"
"""What a folder of tables says of itself, as Frictionless Tabular Data Packages do."""

UNREADABLE = 4
_NAME = "xqctl-export"


class Sort(Protocol):
    """What a module in this folder fulfils."""

    def write(self, tables: Sequence[Table], path: Path, lang: Lang) -> None:
        """Writes all tables to `path`."""

    def read(self, path: Path) -> tuple[Filled, ...]:
        """The tables at `path`."""


def sort_called(name: str) -> Sort:
    """The module of a sort of files."""
    return cast("Sort", importlib.import_module(f"{__name__}.{name}"))


def keep(path: Path, content: bytes) -> None:
    """Writes a file whole. Raises `Fault` where that cannot be done."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise refused(path, error) from error


def make_folder(path: Path) -> None:
    """A folder to write into, with those above it. Raises `Fault` where it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> Fault:
    """The fault that a file cannot be written."""
    reason = error.strerror or str(error)
    return Fault(msg("{path} cannot be written: {reason}", path=path, reason=reason), UNREADABLE)


def unreadable(path: Path, reason: Message | str) -> Fault:
    """The fault that a file cannot be read."""
    return Fault(msg("{path} cannot be read: {reason}", path=path, reason=reason), UNREADABLE)


def keep_folder(path: Path, tables: Sequence[Table], files: Mapping[str, bytes], lang: Lang) -> None:
    """Writes a folder of files with its manifest; one of our own that stands there is replaced by the whole new one.

    Anything else that stands there is left alone and told of. Raises `Fault` then, and where nothing can be written.
    """
    if path.exists() and not _is_ours(path):
        raise Fault(msg("{path} is there and is no exported folder; give another -o, or move it away", path=path), 2)
    names = {name.partition("/")[0] for name in files}
    manifest = json.dumps(_manifest(tables, sorted(names), lang), ensure_ascii=False, indent=2) + "\n"
    fresh: Path | None = None
    try:
        fresh = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:32]}."))
        for name, content in (*files.items(), (MANIFEST, manifest.encode())):
            write_whole(fresh / name, content)
        fresh.chmod(0o777 & ~_mask())
        _exchange(fresh, path)
    except OSError as error:
        raise refused(path, error) from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


def _exchange(fresh: Path, path: Path) -> None:
    """Puts the new folder in the place of the old one; were it to fail half-way, the old one is put back."""
    if not path.exists():
        fresh.rename(path)
        return
    aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:32]}.")) / "old"
    path.rename(aside)
    try:
        fresh.rename(path)
    except OSError:
        aside.rename(path)
        raise
    finally:
        shutil.rmtree(aside.parent, ignore_errors=True)


def _is_ours(path: Path) -> bool:
    if not path.is_dir():
        return False
    with suppress(OSError, ValueError, AttributeError):
        return not any(path.iterdir()) or json.loads((path / MANIFEST).read_bytes()).get("name") == _NAME
    return False


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _manifest(tables: Sequence[Table], names: Sequence[str], lang: Lang) -> dict[str, object]:
    types = {"text": "string", "integer": "integer", "truth": "boolean"}
    files = {name.rpartition(".")[0]: name for name in names}
    resources = [
        {
            "name": table.name,
            "path": files[table.name],
            "title": table.title.zh if lang == "zh" else table.title.en,
            "schema": {
                "fields": [
                    {
                        "name": column.name,
                        "title": column.title.zh if lang == "zh" else column.title.en,
                        "type": types[column.sort],
                    }
                    for column in table.columns
                ]
            },
        }
        for table in tables
    ]
    return {"name": _NAME, "profile": "tabular-data-package", "resources": resources}


def folder_files(path: Path, ending: str) -> list[Path]:
    """The table files in an exported folder, sorted. Raises `Fault` where there is none."""
    if not path.is_dir():
        raise unreadable(path, msg("it is no folder of {ending} files", ending=ending))
    found = sorted(path.glob(f"*.{ending}"))
    if not found:
        raise unreadable(path, msg("there is no {ending} file in it", ending=ending))
    return found
