"""Knows how one file is written: whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".xqctl-new"
"""How the names end of what a change of a district writes beside its files until it is done."""


def write_whole(path: Path, content: bytes) -> None:
    """Writes `content` to `path` so that no reader ever sees half of it: temporary file, fsync, rename, mode kept.

    A link is followed and stays a link. Something that is no regular file (``/dev/null``, a pipe) is written to as it
    is. Raises `OSError` where the folder is missing or may not be written; nothing is left behind then.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    temporary = written_beside(target, content, ".tmp")
    try:
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    settle(target.parent)


def write_together(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes several files into a folder, which is made where it is not there: all are ready before the first appears.

    They appear in the order given, each whole; where one cannot be made none does. Raises `OSError`.
    """
    home = folder.resolve()
    is_new = not home.exists()
    home.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in files:
            waiting.append((written_beside(home / name, content, ".tmp"), home / name))
        for temporary, target in waiting:
            temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            for temporary, _ in waiting:
                temporary.unlink(missing_ok=True)
            if is_new:
                home.rmdir()
        raise
    settle(home)


def written_beside(target: Path, content: bytes, ending: str) -> Path:
    """A hidden file in the same folder that holds `content` for good, with the mode `target` has or will have."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:32]}.", suffix=ending)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def settle(folder: Path) -> None:
    """Makes renames in a folder last; folders cannot be opened everywhere (Windows), and then need it not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode(target: Path) -> int:
    """The permissions the file has; those of any new file where there is none yet."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
