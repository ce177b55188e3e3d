"""Knows how files are changed: written whole or not at all."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Writes `content` to `path` so that no reader ever sees half of it: temporary file, fsync, rename, mode kept.

    A link is followed and stays a link. Something that is no regular file (``/dev/null``, a pipe) is written to as it
    is. Raises `OSError` where the folder is missing or may not be written; nothing is left behind then.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    import tempfile

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:32]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _settle(target.parent)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Writes several files and the folders they need: all of them, or none.

    Where one cannot be written, files that were there get their old content back, new files and new folders go again,
    and the `OSError` is raised.
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    made: list[Path] = []
    written: list[Path] = []
    try:
        for path, content in files.items():
            new = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
            for folder in reversed(new):
                folder.mkdir()
                made.append(folder)
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


def _undo(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        write_whole(path, content)


def _mode(target: Path) -> int:
    """The permissions the file has; those of any new file where there is none yet."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _settle(folder: Path) -> None:
    """Makes the rename itself last; folders cannot be opened everywhere (Windows), and then need it not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
