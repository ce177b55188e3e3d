"""Knows how changes of files are shown before they are written, and how they are written."""

import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from xqctl import load
from xqctl.commands._verb import Option
from xqctl.edit import lock, transaction
from xqctl.folder import Folder
from xqctl.messages import Message, msg
from xqctl.page import Code

Changes = Mapping[str, tuple[bytes, bytes | None]]
"""By file, as `load` shows it: what stood there and what is to stand there; None deletes."""


def diff_option() -> Option:
    """``--diff``."""
    return Option(["--diff"], msg("show what would change, write nothing"), is_flag=True)


@contextmanager
def held(folder: Folder, wait: float = 10) -> Iterator[Folder]:
    """A district under its lock, read anew: what was read before may be old. Waits so many seconds for others."""
    with lock(folder.root, wait):
        notes: list[Message] = []
        again = next((each for each in load.folders([folder.root], notes) if each.root == folder.root), folder)
        yield again


def write(folder: Folder, changes: Changes) -> None:
    """Writes changes of a district's files, all or none; with its lock held."""
    transaction(folder.root, {file: new for file, (_, new) in changes.items()})


def difference(changes: Changes) -> Code:
    """Changes line by line, as a patch."""
    lines: list[str] = []
    for file in sorted(changes):
        old, new = changes[file]
        told = difflib.unified_diff(_lines(old), _lines(new or b""), f"a/{file}", f"b/{file}", lineterm="")
        lines += told
    return Code("\n".join(lines), "diff")


def _lines(raw: bytes) -> list[str]:
    """The lines, each with the CR at its end, where it has one."""
    lines = raw.decode("utf-8", "backslashreplace").split("\n")
    return lines if lines[-1] else lines[:-1]
