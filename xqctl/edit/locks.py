"""Knows how writers of one district wait for each other, also between processes."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xqctl.edit.journal import settle_all
from xqctl.messages import Message, msg
from xqctl.terminal import Fault

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


LOCK = ".xqctl.lock"
"""The hidden file in a district's folder that its one writer holds."""

UNWRITABLE = 4
_PAUSE = 0.01
_MODE = 0o666


@contextmanager
def lock(root: str | os.PathLike[str], wait: float = 10) -> Iterator[None]:
    """Holds a district's folder for one writer; what a writer before it left unfinished is finished first.

    Waits up to `wait` seconds for somebody else. The file goes when the lock does, and with a process that dies.
    """
    path = Path(root) / LOCK
    handle = _held(path, wait)
    try:
        with suppress(OSError):
            os.truncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0) if hasattr(os, "pwrite") else None
        settle_all(Path(root))
        yield
    finally:
        if sys.platform != "win32":  # there an open file cannot go; it stays, empty of meaning
            with suppress(OSError):
                path.unlink()
        os.close(handle)


def _held(path: Path, wait: float) -> int:
    """An open file that is locked and still the one at that path: the last holder has taken its own away."""
    end = time.monotonic() + wait
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), _MODE)
        except OSError as error:
            raise _refused(path, error) from error
        try:
            _take(handle)
        except OSError as error:
            holder = _holder(handle)
            os.close(handle)
            if time.monotonic() >= end:
                raise Fault(_busy(path.parent, holder, wait), UNWRITABLE) from error
            time.sleep(_PAUSE)
            continue
        if _is_at(handle, path):
            return handle
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    try:
        here, there = os.fstat(handle), path.stat()
    except OSError:
        return False
    return (here.st_ino, here.st_dev) == (there.st_ino, there.st_dev)


def _holder(handle: int) -> str:
    """The number of the process that holds the lock, as it says itself."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        said = os.read(handle, 20).strip()
    except OSError:
        return ""
    return said.decode("ascii", "replace") if said.isdigit() else ""


def _busy(root: Path, holder: str, wait: float) -> Message:
    seconds = int(wait)
    if holder:
        return msg(
            "process {holder} is changing {root}; waited {seconds} seconds for it, try again when it is done",
            holder=holder, root=str(root), seconds=seconds,
        )  # fmt: skip
    return msg(
        "another xqctl is changing {root}; waited {seconds} seconds for it, try again when it is done",
        root=str(root), seconds=seconds,
    )  # fmt: skip


def _refused(path: Path, error: OSError) -> Fault:
    reason = error.strerror or str(error)
    return Fault(msg("{path} cannot be written: {reason}", path=str(path), reason=reason), UNWRITABLE)
