"""Knows how files are read that somebody may be changing: all as they were at one moment."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from xqctl.edit.journal import overlay
from xqctl.messages import Message, msg

_TRIES = 100
_PAUSE = 0.005
_Stamp = tuple[int, int, int]


class Unreadable(Exception):
    """A file is there and cannot be opened or read (exit code 4)."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def contents(
    root: Path, listed: Callable[[], list[Path]], takes: Callable[[Path], bool], limit: int
) -> dict[Path, bytes]:
    """What stands in the files that are `listed` below a root, and in those a change that is not finished brings.

    Of such new ones `takes` says, by the path below the root, whether they count. At most one byte more than `limit`
    is read of a file. Raises `Unreadable`, and `Fault` where an unfinished change cannot be trusted.
    """
    for _ in range(_TRIES):
        found = _once(root, listed, takes, limit)
        if found is not None:
            return found
        time.sleep(_PAUSE)
    raise Unreadable(msg("{path} keeps changing while it is read; try again", path=shown(root)))


def shown(path: Path) -> str:
    """A path as people see it: from the working directory, with ``/``."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()


def refused(path: Path, error: OSError) -> Message:
    """Why something cannot be read."""
    return msg("{path} cannot be read: {reason}", path=shown(path), reason=error.strerror or str(error))


def _once(
    root: Path, listed: Callable[[], list[Path]], takes: Callable[[Path], bool], limit: int
) -> dict[Path, bytes] | None:
    """One reading; None where the files did not stay as they were until the last of them was read."""
    journal, changed = overlay(root)
    paths = listed()
    stamps: dict[Path, _Stamp] = {}
    found: dict[Path, bytes] = {}
    for path in paths:
        try:
            stamps[path], found[path] = _read(path, limit)
        except OSError as error:
            if listed() != paths:
                return None
            raise Unreadable(refused(path, error)) from error
    for name, content in changed.items():
        stamps.pop(root / name, None)
        for link in (path for path in found if path.is_symlink() and path.resolve() == (root / name).resolve()):
            stamps.pop(link, None)
            found[link] = (content or b"")[: limit + 1]
        if content is None:
            found.pop(root / name, None)
        elif root / name in found or takes(Path(name)):
            found[root / name] = content[: limit + 1]
    is_same = listed() == paths and all(_stamp(path) == stamp for path, stamp in stamps.items())
    return found if is_same and overlay(root)[0] == journal else None


def _read(path: Path, limit: int) -> tuple[_Stamp, bytes]:
    with open(path, "rb") as file:
        state = os.fstat(file.fileno())
        return (state.st_ino, state.st_mtime_ns, state.st_size), file.read(limit + 1)


def _stamp(path: Path) -> _Stamp | None:
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size
