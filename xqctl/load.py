"""Knows which files make a district: paths become folders, folders become documents."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xqctl.compose import Budgets, Places, compose
from xqctl.compose.read import Data
from xqctl.findings import Problem
from xqctl.messages import Message, msg
from xqctl.place import Keys, Route, Span, Where

MAIN = "district.yaml"
"""The file that makes a folder a district."""

_LEFT_OUT = frozenset(("plans", "mappings"))


class NothingToRead(Exception):
    """A path is missing, or there is no district at it (exit code 3)."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class Unreadable(Exception):
    """A file is there and cannot be opened or read (exit code 4)."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a district.

    `file` is its path from the working directory, with ``/``; `spoiled` are the routes a text-level finding already
    speaks of; `whole` is False where the text could not be read to its end.
    """

    file: str
    raw: bytes
    data: Data
    problems: tuple[Problem, ...] = ()
    spoiled: frozenset[Keys] = frozenset()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Folder:
    """A district's files as they are: `only` names the files findings were asked for, None means all of them."""

    root: str
    documents: tuple[Document, ...]
    only: frozenset[str] | None = None
    _places: dict[str, Places] = field(default_factory=dict, compare=False, repr=False)

    def places(self, file: str) -> Places:
        """Where things stand in `file`, which is read for it the first time somebody asks."""
        if file not in self._places:
            raw = next((d.raw for d in self.documents if d.file == file), b"")
            self._places[file] = Places(raw, file)
        return self._places[file]

    def span(self, where: Where) -> Span:
        """The lines and columns of a route."""
        return where if isinstance(where, Span) else self.places(where.file).of(where)

    def line(self, file: str, number: int) -> str:
        """A line's text, `number` counted from 1; empty where there is none."""
        lines = self.places(file).lines
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(slots=True)
class _Found:
    """A district's root and its files, gathered before anything is read; `only` grows with each file asked for."""

    root: Path
    only: set[str] | None = None


def folders(
    paths: Sequence[str],
    notes: list[Message],
    stdin: tuple[str, bytes] | None = None,
    budgets: Budgets = Budgets(),  # noqa: B008  frozen
) -> Iterator[Folder]:
    """The districts at and below `paths`, one after the other, each read when its turn comes.

    A file stands for the district it belongs to, with findings for that file alone; `stdin` is a file's name and the
    bytes that take its place. What is passed over is told in `notes`. Raises `NothingToRead` and `Unreadable`.
    """
    _stand_somewhere()
    found: dict[Path, _Found] = {}
    for path in paths:
        for root, only in _roots(Path(path), notes):
            known = found.setdefault(root, _Found(root, None if only is None else set()))
            if only is None:
                known.only = None
            elif known.only is not None:
                known.only |= only
    if stdin is not None:
        _take_in(found, stdin[0])
    for root in sorted(found):
        yield _read(found[root], stdin, budgets)


def shown(path: Path) -> str:
    """A path as people see it: from the working directory, with ``/``."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()


def _roots(path: Path, notes: list[Message]) -> Iterator[tuple[Path, set[str] | None]]:
    if not _exists(path):
        raise NothingToRead(msg("there is no {path}", path=shown(path)))
    if path.is_file():
        if path.suffix not in (".yaml", ".yml"):
            notes.append(msg("{path} is not YAML; passed over", path=shown(path)))
            return
        yield _above(path), {shown(path)}
        return
    below = sorted(_districts(path))
    for root in below:
        yield root, None
    if not below:
        yield _above(path), {shown(file) for file in _files(path, path)}


def _stand_somewhere() -> None:
    """Paths are shown from the working directory, so there has to be one."""
    try:
        Path.cwd()
    except OSError as error:
        raise NothingToRead(msg("the working directory is gone")) from error


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long
        return False


def _above(path: Path) -> Path:
    full = Path(os.path.abspath(path))
    for parent in full.parents if full.is_file() else (full, *full.parents):
        if (parent / MAIN).is_file():
            return parent
    raise NothingToRead(
        msg("no district at {path}: no {main} in it, below it or above it", path=shown(path), main=MAIN)
    )


def _districts(folder: Path) -> Iterator[Path]:
    entries = _entries(folder)
    if any(entry.name == MAIN and entry.is_file() for entry in entries):
        yield Path(os.path.abspath(folder))
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not _passed_over(entry.name):
            yield from _districts(folder / entry.name)


def _files(folder: Path, root: Path) -> Iterator[Path]:
    for entry in _entries(folder):
        path = folder / entry.name
        if _passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (path / MAIN).is_file():
                yield from _files(path, root)
        elif path.suffix in (".yaml", ".yml") and _inside(entry, path, root):
            yield path


def _inside(entry: os.DirEntry[str], path: Path, root: Path) -> bool:
    """Whether it is a file; no link leads out of the district's folder, or to itself."""
    try:
        return entry.is_file() and (not entry.is_symlink() or path.resolve().is_relative_to(root.resolve()))
    except OSError:
        return False


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise Unreadable(_refused(folder, error)) from error


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name in _LEFT_OUT


def _take_in(found: dict[Path, _Found], name: str) -> None:
    root = _above(Path(name)) if Path(name).name != MAIN else Path(os.path.abspath(name)).parent
    known = found.setdefault(root, _Found(root, set()))
    if known.only is not None:
        known.only.add(shown(Path(name)))


def _read(found: _Found, stdin: tuple[str, bytes] | None, budgets: Budgets) -> Folder:
    given = {shown(Path(stdin[0])): stdin[1]} if stdin is not None else {}
    names = {shown(path): path for path in _files(found.root, found.root)}
    mine = {name for name in given if name in names or Path(os.path.abspath(name)).is_relative_to(found.root)}
    documents = tuple(
        _document(name, given[name] if name in mine else _bytes(names[name], budgets), budgets)
        for name in sorted(names.keys() | mine)
    )
    return Folder(shown(found.root), documents, None if found.only is None else frozenset(found.only))


def _document(name: str, raw: bytes, budgets: Budgets) -> Document:
    composed = compose(raw, name, budgets)
    problems = composed.problems
    if name.endswith(".yml"):
        ending = Problem(
            Route(name), msg("the file ends in .yml and is read all the same"), msg("name it .yaml"), code="XQY016"
        )
        problems = (*problems, ending)
    return Document(name, raw, composed.data, problems, composed.spoiled, composed.whole)


def _bytes(path: Path, budgets: Budgets) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(budgets.size + 1)
    except OSError as error:
        raise Unreadable(_refused(path, error)) from error


def _refused(path: Path, error: OSError) -> Message:
    return msg("{path} cannot be read: {reason}", path=shown(path), reason=error.strerror or str(error))
