"""Knows git: the files of a revision, or of the index, through its command; nothing is checked out, fetched or run."""

import os
import posixpath
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from xqctl.messages import msg
from xqctl.terminal import Fault, reason

NOTHING, UNREADABLE = 3, 4
"""Exit codes: there is no such thing; it is there and cannot be read."""

_FILE, _LINK = ("100644", "100755", "100664"), "120000"
_LONGEST = 4096
_TRANSPORTS = ("file", "git", "ssh", "http", "https", "ext")
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "false",
    "protocol.allow": "never",
    **{f"protocol.{name}.allow": "never" for name in _TRANSPORTS},
}
"""What no configuration may turn on: programs of a repository's own, and every way to the network."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a revision holds: by path from the repository's root, in their order, the object of each file.

    `folder` is where git is asked, `prefix` that folder's own path from the root; `revision` is empty for the index;
    `links` are those of the files that are links to others, with the path each leads to.
    """

    folder: str
    prefix: str
    revision: str
    objects: Mapping[str, str]
    names: tuple[str, ...]
    links: Mapping[str, str]

    def below(self, folder: str) -> Sequence[str]:
        """The files in a folder, and in those in it; empty is the root."""
        if not folder:
            return self.names
        return self.names[bisect_left(self.names, f"{folder}/") : bisect_left(self.names, f"{folder}0")]  # 0 follows /

    def at(self, path: str) -> str:
        """The path from the repository's root of `path`, which is one from the working directory; empty: the root."""
        relative = Path(os.path.relpath(path, self.folder)).as_posix()
        found = posixpath.normpath(posixpath.join(self.prefix, relative))
        return "" if found == "." else found


def snapshot(path: str, revision: str) -> Snapshot:
    """What `revision` (empty: the index) holds in the repository around `path`, which itself need not be there.

    Raises `Fault`: git is missing, the folder is in no repository, there is no such revision, git cannot read it.
    """
    folder = _standing(path)
    prefix = _prefix(folder, path)
    if revision:
        listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", _tree(folder, revision))
    else:
        listed = _git(folder, "ls-files", "-s", "-z", "--full-name", ":/")
    if listed.returncode:
        raise _unreadable(revision, listed.stderr)
    entries = sorted(_listed(listed.stdout, revision))
    objects = {name: object_ for name, mode, object_ in entries if mode in _FILE}
    bare = Snapshot(folder, prefix, revision, objects, tuple(objects), {})
    links = _links(bare, {name: object_ for name, mode, object_ in entries if mode == _LINK})
    objects.update((name, objects[target]) for name, target in links.items())
    return replace(bare, names=tuple(sorted(objects)), links=links)


@contextmanager
def reading(held: Snapshot, limit: int) -> Iterator[Callable[[str], bytes]]:
    """Gives the bytes of each file of a snapshot asked for, cut after `limit`; one process answers for all of them.

    What is given raises `Fault` where an object is not there.
    """
    process = _start(held.folder, "cat-file", "--batch", stderr=subprocess.DEVNULL)
    out, into = process.stdout, process.stdin
    assert out is not None and into is not None  # noqa: S101, PT018  they were asked for
    try:
        yield lambda name: _content(out, into, held, name, limit)
    finally:
        process.kill()
        process.communicate()


def _content(out: IO[bytes], into: IO[bytes], held: Snapshot, name: str, limit: int) -> bytes:
    try:
        into.write(held.objects[name].encode() + b"\n")
        into.flush()
        header = out.readline().split()
    except OSError:
        header = []
    if len(header) != 3:
        said = msg("{path} of {revision} is not in this repository", path=name, revision=held.revision or "index")
        raise Fault(said, UNREADABLE)
    size = int(header[2])
    content = out.read(min(size, limit))
    left = size - len(content)
    while left > 0 and (passed := out.read(min(left, 1 << 20))):
        left -= len(passed)
    out.read(1)
    return content


def _standing(path: str) -> str:
    """The nearest folder at or above a path that is there."""
    here = Path(path).absolute()
    return str(next((folder for folder in (here, *here.parents) if folder.is_dir()), here))


def _prefix(folder: str, path: str) -> str:
    asked = _git(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    if asked.returncode and b"dubious ownership" in asked.stderr:
        said = msg("git does not trust {path}, which belongs to somebody else: see git help safe.directory", path=path)
        raise Fault(said, UNREADABLE)
    inside, _, prefix = _text(asked.stdout).removesuffix("\n").partition("\n")
    if asked.returncode or inside != "true":
        raise Fault(msg("{path} is in no git work tree, so it has no revisions", path=path), NOTHING)
    return prefix


def _tree(folder: str, revision: str) -> str:
    """The object of a revision's tree."""
    found = None if revision.startswith("-") else _git(folder, "rev-parse", "--verify", "-q", f"{revision}^{{tree}}")
    if found is not None and not found.returncode:
        return _text(found.stdout).strip()
    if _text(_git(folder, "rev-parse", "--is-shallow-repository").stdout).strip() == "true":
        said = msg(
            "this shallow clone does not hold the revision {revision}; get the whole history: git fetch --unshallow",
            revision=revision,
        )
    else:
        said = msg("there is no revision {revision} in this repository", revision=revision)
    raise Fault(said, NOTHING)


def _links(held: Snapshot, links: Mapping[str, str]) -> dict[str, str]:
    """Where links lead that lead to files of the snapshot: a link's object holds the path, as it is from there."""
    if not links:
        return {}
    found = {}
    with reading(replace(held, objects=links), _LONGEST) as read:
        for name in links:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), _text(read(name))))
            if target in held.objects:
                found[name] = target
    return found


def _listed(raw: bytes, revision: str) -> Iterator[tuple[str, str, str]]:
    """Name, mode and object of everything in a listing."""
    for record in raw.split(b"\0"):
        about, _, name = record.partition(b"\t")
        words = about.decode().split()
        if len(words) < 3:
            continue
        mode, object_, stage = words[0], words[2 if revision else 1], "0" if revision else words[2]
        if stage != "0":
            said = msg("{path} is in the middle of a merge; settle it first", path=_text(name))
            raise Fault(said, UNREADABLE)
        yield _text(name), mode, object_


def _unreadable(revision: str, stderr: bytes) -> Fault:
    words = _text(stderr).strip().splitlines()
    reason = words[-1].removeprefix("fatal: ") if words else "git"
    return Fault(msg("git cannot read {revision}: {reason}", revision=revision or "index", reason=reason), UNREADABLE)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _git(folder: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
    process = _start(folder, *words)
    out, err = process.communicate()
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def _start(folder: str, *words: str, stderr: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command: Sequence[str] = ("git", "--no-pager", *settings, "-C", folder, *words)
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=stderr, env=_environment())
    except OSError as error:
        said = msg("git cannot be started: {reason}; revisions are read through it", reason=reason(error))
        raise Fault(said, UNREADABLE) from error


def _environment() -> dict[str, str]:
    """This process's environment without what steers git."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ASKPASS": ""}
    return {**kept, **quiet, "LC_ALL": "C", "NoDefaultCurrentDirectoryInExePath": "1"}
