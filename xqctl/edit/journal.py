"""Knows how several files of a district change as one: a journal commits, renames follow, readers see all or nothing.

The new contents are written beside their files first. Then a journal that names them is renamed into place: from that
moment on the change holds. What follows, renames and the journal's going, is finished by whoever writes next if it was
cut off; until then readers take the new contents from beside the files.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from xqctl.edit.files import UNFINISHED, settle, written_beside
from xqctl.messages import Message, msg
from xqctl.terminal import Fault

JOURNAL = ".xqctl.journal"
"""The hidden file in a district's folder that names a change which holds but is not finished."""

UNWRITABLE = 4
_VERSION = 1
_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Step:
    """A file of the change, below the root: its old and new content's digest (None: no file), and what holds it."""

    path: str
    old: str | None
    new: str | None
    temporary: str | None


def transaction(root: str | os.PathLike[str], changes: Mapping[str, bytes | None]) -> None:
    """Gives files of the district at `root` new contents, or deletes them (None), all of them or none.

    Paths are those `load` shows, from the working directory, or absolute; every one has to lie in the district's
    folder. To be called with the lock held. Raises `Fault` where a file cannot be written: then nothing has changed.
    """
    home = Path(os.path.abspath(root))
    steps: list[_Step] = []
    try:
        for name in sorted(changes):
            step = _prepared(home, Path(os.path.abspath(name)), changes[name])
            if step is not None:
                steps.append(step)
        if len(steps) == 1:
            _alone(home, steps[0])
        elif steps:
            _commit(home, steps)
    except BaseException:
        _sweep(home, [step.temporary for step in steps if step.temporary])
        raise
    if len(steps) > 1:
        _finish(home, steps)


def overlay(root: str | os.PathLike[str]) -> tuple[bytes, dict[str, bytes | None]]:
    """The journal as it lies there, empty where there is none, and what files hold that it has not reached yet.

    Files are named from the root, with ``/``; None is a file that goes. Raises `Fault` where it cannot be trusted.
    """
    home = Path(root)
    raw = _read(home / JOURNAL)
    if raw is None:
        return b"", {}
    try:
        return raw, dict(_waiting(home, _steps(home, raw)))
    except Fault:
        if _read(home / JOURNAL) == raw:
            raise
    return overlay(root)  # that change was finished meanwhile, and another one has begun


def _waiting(home: Path, steps: Iterable[_Step]) -> Iterator[tuple[str, bytes | None]]:
    """The files a change has not reached yet, and what they hold after it."""
    for step in steps:
        if _is_waiting(home, step):
            held = None if step.temporary is None else _read(home / step.temporary)
            if step.temporary is None or held is not None:  # else it was renamed just now
                yield step.path, held


def settle_all(home: Path) -> None:
    """Finishes what a writer before has left, and clears away what it never committed; only with the lock held."""
    home = Path(os.path.abspath(home))
    raw = _read(home / JOURNAL)
    if raw is not None:
        _finish(home, _steps(home, raw))
    _sweep(home, _left_behind(home))


def _prepared(home: Path, path: Path, content: bytes | None) -> _Step | None:
    """The new content beside its file; None where nothing changes."""
    try:
        target = path.resolve()
        if not target.is_relative_to(home.resolve()) or not path.is_relative_to(home):
            raise Fault(msg("{path} is outside the district's folder {root}", path=str(path), root=str(home)), 4)
        old = _read(target)
        if old == content:
            return None
        if old is not None and not os.access(target, os.W_OK):
            raise Fault(_unwritable(path, msg("it is read-only")), UNWRITABLE)
        inside = target.relative_to(home.resolve())
        name = inside.as_posix()
        if content is None:
            return _Step(name, _digest(old), None, None)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = written_beside(target, content, UNFINISHED)
    except OSError as error:
        raise Fault(_unwritable(path, error.strerror or str(error)), UNWRITABLE) from error
    return _Step(name, _digest(old), _digest(content), inside.with_name(temporary.name).as_posix())


def _commit(home: Path, steps: list[_Step]) -> None:
    """Renames the journal into place: from here on the change holds."""
    told = [asdict(step) for step in steps]
    text = json.dumps({"xqctl": "journal", "version": _VERSION, "changes": told, "sha256": _sum(told)}, indent=1)
    journal = home / JOURNAL
    try:
        temporary = written_beside(journal, text.encode(), UNFINISHED)
        for folder in {(home / step.path).parent for step in steps}:
            settle(folder)
        temporary.replace(journal)
    except OSError as error:
        raise Fault(_unwritable(journal, error.strerror or str(error)), UNWRITABLE) from error
    settle(home)


def _alone(home: Path, step: _Step) -> None:
    """One file needs no journal: its rename is the commit."""
    target = home / step.path
    try:
        _done(home, step, target)
    except OSError as error:
        raise Fault(_unwritable(target, error.strerror or str(error)), UNWRITABLE) from error
    settle(target.parent)


def _finish(home: Path, steps: Iterable[_Step]) -> None:
    """Renames what still waits, then takes the journal away; a step that was done is not done again."""
    folders = {home}
    for step in steps:
        target = home / step.path
        try:
            if _is_waiting(home, step):
                _done(home, step, target)
                folders.add(target.parent)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Fault(
                msg(
                    "{path} cannot be written: {reason}; nothing is lost, the next xqctl command that writes here"
                    " finishes the change",
                    path=str(target), reason=reason,
                ),
                UNWRITABLE,
            ) from error  # fmt: skip
    for folder in folders:
        settle(folder)
    with suppress(FileNotFoundError):
        (home / JOURNAL).unlink()
    settle(home)


def _done(home: Path, step: _Step, target: Path) -> None:
    if step.temporary is None:
        target.unlink()
    else:
        (home / step.temporary).replace(target)


def _is_waiting(home: Path, step: _Step) -> bool:
    """Whether a step is still to be done; a file that somebody has changed by hand since is nobody's to overwrite."""
    target, now = home / step.path, _digest(_read(home / step.path))
    if step.temporary is None:
        waits = now is not None
    else:
        held = _digest(_read(home / step.temporary))
        waits = held is not None
        if waits and held != step.new:
            raise Fault(_distrusted(home, msg("{path} is not what it names", path=step.temporary)), UNWRITABLE)
    if waits and now not in (step.old, step.new):
        raise Fault(_distrusted(home, msg("{path} has been changed since", path=str(target))), UNWRITABLE)
    return waits


def _steps(home: Path, raw: bytes) -> list[_Step]:
    """What a journal says; whatever is not ours, torn, or names anything outside the folder is refused."""
    try:
        said = json.loads(raw)
        steps = [_Step(**each) for each in said["changes"]]
        sound = said["version"] == _VERSION and said["xqctl"] == "journal" and said["sha256"] == _sum(said["changes"])
    except (ValueError, TypeError, KeyError, RecursionError):
        sound, steps = False, []
    if not sound:
        raise Fault(_distrusted(home, msg("it is no journal of xqctl, or torn")), UNWRITABLE)
    for step in steps:
        if not all(each is None or _is_inside(home, each) for each in (step.path, step.temporary)):
            raise Fault(_distrusted(home, msg("it names {path}, outside the district", path=step.path)), UNWRITABLE)
        if step.temporary is not None and not step.temporary.endswith(UNFINISHED):
            raise Fault(_distrusted(home, msg("{path} is not what it names", path=step.temporary)), UNWRITABLE)
    return steps


def _is_inside(home: Path, name: object) -> bool:
    if not isinstance(name, str) or not name or "\\" in name or ":" in name or "\0" in name:
        return False
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.as_posix() != name or name in (JOURNAL, "."):
        return False
    try:
        return (home / name).parent.resolve().is_relative_to(home.resolve())
    except OSError:
        return False


def _left_behind(home: Path) -> list[str]:
    """What was written beside files and never committed."""
    found = []
    for folder, folders, files in os.walk(home):
        folders[:] = [name for name in folders if not name.startswith(".") and not _has_own_writers(folder, name)]
        found += [os.path.join(folder, name) for name in files if name.startswith(".") and name.endswith(UNFINISHED)]
    return found


def _has_own_writers(folder: str, name: str) -> bool:
    """Whether a folder is a district of its own, whose writers hold another lock."""
    return os.path.isfile(os.path.join(folder, name, "district.yaml"))


def _sweep(home: Path, names: Iterable[str]) -> None:
    for name in names:
        with suppress(OSError):
            (home / name).unlink()


def _read(path: Path) -> bytes | None:
    """What is in a file, None where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read(-1 if path.name != JOURNAL else _LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Fault(
            msg("{path} cannot be read: {reason}", path=str(path), reason=error.strerror), UNWRITABLE
        ) from error


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _sum(told: object) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _unwritable(path: Path, reason: Message | str) -> Message:
    return msg("{path} cannot be written: {reason}", path=str(path), reason=reason)


def _distrusted(home: Path, reason: Message) -> Message:
    return msg(
        "the unfinished change in {journal} cannot be finished: {reason}; look at the files, then delete it",
        journal=str(home / JOURNAL), reason=reason,
    )  # fmt: skip
