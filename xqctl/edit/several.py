"""Knows how several files that belong to no district yet are written: all of them, or none."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from xqctl.edit.files import write_whole


def write_all(files: Mapping[Path, bytes]) -> None:
    """Writes files and the folders they need.

    Where one cannot be written, files that were there get their old content back, new files and new folders go again,
    and the `OSError` is raised.
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    made: list[Path] = []
    written: list[Path] = []
    try:
        for path, content in files.items():
            made += _folders(path.parent)
            write_whole(path, content)
            written.append(path)
    except BaseException:
        for path in written:
            with suppress(OSError):
                _undo(path, before[path])
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _folders(folder: Path) -> list[Path]:
    """Makes a folder and those above it; the ones that were missing."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()][::-1]
    made: list[Path] = []
    try:
        for each in missing:
            each.mkdir()
            made.append(each)
    except OSError:
        for each in reversed(made):
            each.rmdir()
        raise
    return made


def _undo(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        write_whole(path, content)
