"""Knows which files make a district: paths become folders, folders become documents."""

import os
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xqctl.compose import Budgets
from xqctl.folder import Document, Draft, Folder, document_of, folder_of
from xqctl.messages import Message, msg
from xqctl.snapshots import Unreadable, contents, refused, shown

__all__ = [
    "ASIDE",
    "MAIN",
    "PLANS",
    "SETTINGS",
    "Document",
    "Draft",
    "Folder",
    "NothingToRead",
    "Unreadable",
    "folder_of",
    "folders",
    "shown",
]

MAIN = "district.yaml"
"""The file that makes a folder a district."""

PLANS = "plans"
"""The folder beside it whose folders are plans."""

ASIDE = ".xqctl"
"""How the names of the files begin that say how a district is looked at."""

SETTINGS = ".xqctl.yaml"
"""One of them: its settings."""

_LEFT_OUT = frozenset((PLANS, "mappings"))


class NothingToRead(Exception):
    """A path is missing, or there is no district at it (exit code 3)."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(slots=True)
class _Found:
    """A district's root and its files, gathered before anything is read; `only` grows with each file asked for."""

    root: Path
    only: set[str] | None = None


def folders(
    paths: Sequence[str],
    notes: list[Message],
    stdin: tuple[str, bytes] | None = None,
    budgets: Budgets | None = None,
) -> Iterator[Folder]:
    """The districts at and below `paths`, one after the other, each read when its turn comes.

    A file stands for the district it belongs to, with findings for that file alone; `stdin` is a file's name and the
    bytes that take its place. What is passed over is told in `notes`; `budgets` None means those each district's
    settings name. Raises `NothingToRead` and `Unreadable`.
    """
    stand_somewhere()
    found: dict[Path, _Found] = {}
    for path in paths:
        if not path:  # an unset variable of a shell is not the working directory
            raise NothingToRead(msg("an empty path names nothing"))
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


def meant(path: str, found: Sequence[Folder]) -> Sequence[Folder]:
    """Of the districts found at a path that is to name one: that at the path itself, where it has others below it."""
    return [each for each in found if Path(each.root).samefile(path)] or found


def shown_at(path: str, near: str) -> str:
    """What stands at `near` seen from `path`, as git takes it: from the working directory, beginning with a dot."""
    found = posixpath.normpath(posixpath.join(shown(Path(path)), near))
    return found if found == "." or found.startswith(("../", "/")) or found == ".." else f"./{found}"


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


def stand_somewhere() -> None:
    """Paths are shown from the working directory, so there has to be one."""
    try:
        Path.cwd()
    except OSError as error:
        raise NothingToRead(msg("the working directory is gone")) from error


def is_there(path: str) -> bool:
    """Whether a path is one of the file system."""
    return _exists(Path(path))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or no name at all
        return False


def _above(path: Path) -> Path:
    full = Path(os.path.abspath(path))
    for parent in full.parents if full.is_file() else (full, *full.parents):
        if (parent / MAIN).is_file() and not _is_plan(parent):
            return parent
    raise NothingToRead(
        msg("no district at {path}: no {main} in it, below it or above it", path=shown(path), main=MAIN)
    )


def _is_plan(folder: Path) -> bool:
    return folder.parent.name == PLANS and (folder.parent.parent / MAIN).is_file()


def _districts(folder: Path) -> Iterator[Path]:
    entries = _entries(folder)
    if any(entry.name == MAIN and entry.is_file() for entry in entries) and not _is_plan(Path(os.path.abspath(folder))):
        yield Path(os.path.abspath(folder))
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not is_passed_over(entry.name):
            yield from _districts(folder / entry.name)


def _files(folder: Path, root: Path) -> Iterator[Path]:
    for entry in _entries(folder):
        path = folder / entry.name
        if is_passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (path / MAIN).is_file() or _is_plan(Path(os.path.abspath(path))):
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
        raise Unreadable(refused(folder, error)) from error


def is_passed_over(name: str) -> bool:
    """Whether a folder or file of that name is none of a district's own."""
    return name.startswith(".") or name in _LEFT_OUT


def _take_in(found: dict[Path, _Found], name: str) -> None:
    root = _above(Path(name)) if Path(name).name != MAIN else Path(os.path.abspath(name)).parent
    known = found.setdefault(root, _Found(root, set()))
    if known.only is not None:
        known.only.add(shown(Path(name)))


def _read(found: _Found, stdin: tuple[str, bytes] | None, budgets: Budgets | None) -> Folder:
    """A district as it was at one moment, and where given with `stdin` in the place of one of its files."""
    root = found.root
    budgets = budgets or _own_budgets(root / SETTINGS)
    held = contents(root, lambda: _listed(root), _takes, budgets.size)
    if stdin is not None and Path(os.path.abspath(stdin[0])).is_relative_to(root):
        held[Path(os.path.abspath(stdin[0]))] = stdin[1]
    files: dict[str, bytes] = {}
    drafts: dict[str, dict[str, bytes]] = {plan.name: {} for plan in _plans(root)}
    aside = {shown(path): held.pop(path) for path in list(held) if is_aside(path.relative_to(root).as_posix())}
    for path, raw in held.items():
        first, *rest = path.relative_to(root).parts
        mine = drafts.setdefault(rest[0], {}) if first == PLANS and len(rest) > 1 else files
        mine[shown(path)] = raw
    only = None if found.only is None else frozenset(found.only)
    return folder_of(shown(root), files, drafts, only, budgets, aside)


def one(path: Path) -> Document:
    """A single file of ours that is none of a district's own. Raises `NothingToRead` and `Unreadable`."""
    if not _exists(path):
        raise NothingToRead(msg("there is no {path}", path=shown(path)))
    budgets = Budgets()
    try:
        with open(path, "rb") as file:
            return document_of(shown(path), file.read(budgets.size + 1), budgets)
    except OSError as error:
        raise Unreadable(refused(path, error)) from error


def _own_budgets(settings: Path) -> Budgets:
    """The limits a district's settings name, where they are a file of its own."""
    is_own = settings.is_file() and settings.resolve().is_relative_to(settings.parent.resolve())
    return budgets_of(one(settings)) if is_own else Budgets()


def budgets_of(settings: Document) -> Budgets:
    """The limits that settings name."""
    return Budgets.said(settings.data.get("budgets") if isinstance(settings.data, dict) else None)


def limits(folder: Folder) -> Budgets:
    """The limits a district was read under: those its settings name."""
    settings = next((each for each in folder.aside if each.file.rpartition("/")[2] == SETTINGS), None)
    return budgets_of(settings) if settings is not None else Budgets()


def is_aside(inside: str) -> bool:
    """Whether a path below a district's folder is that of its settings or a baseline."""
    return inside.startswith(ASIDE) and inside.endswith(".yaml") and "/" not in inside


def _listed(root: Path) -> list[Path]:
    """A district's files, those of its plans, and those aside."""
    near = ((entry, root / entry.name) for entry in _entries(root) if is_aside(entry.name))
    aside = [path for entry, path in near if _inside(entry, path, root)]
    return [*aside, *_files(root, root), *(path for plan in _plans(root) for path in _files(plan, root))]


def _takes(inside: Path) -> bool:
    """Whether a file of that path below the root would be one of these."""
    if is_aside(inside.as_posix()):
        return True
    parts = inside.parts[2:] if inside.parts[0] == PLANS and len(inside.parts) > 2 else inside.parts
    return inside.suffix in (".yaml", ".yml") and not any(map(is_passed_over, parts))


def _plans(root: Path) -> Iterator[Path]:
    home = root / PLANS
    if home.is_dir() and not home.is_symlink():
        yield from (home / each.name for each in _entries(home) if each.is_dir(follow_symlinks=False)
                    and not is_passed_over(each.name))  # fmt: skip
