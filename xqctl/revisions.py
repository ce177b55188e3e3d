"""Knows which files of a git revision make a district: the same ones as in a folder, read without checking out."""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xqctl.compose import Budgets
from xqctl.compose.budgets import MOST
from xqctl.folder import Folder, document_of, folder_of
from xqctl.git import Snapshot, reading
from xqctl.load import MAIN, PLANS, SETTINGS, NothingToRead, budgets_of, is_aside, is_passed_over, shown_at
from xqctl.messages import Message, msg


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for: a path, as it is written and from the repository's root, in a snapshot."""

    held: Snapshot
    path: str
    at: str

    def shown(self, name: str) -> str:
        """A file or folder as people see it: ``HEAD:./examples/demo``, which git understands too."""
        near = posixpath.relpath(name or ".", self.at or ".")
        return f"{self.held.revision}:{shown_at(self.path, near)}"

    def holds(self, folder: str, name: str) -> bool:
        """Whether a folder has a file of that name."""
        return posixpath.join(folder, name) in self.held.objects

    def is_district(self, folder: str) -> bool:
        """Whether a folder is a district's, and no plan that has something to say of the district itself."""
        home, plans = posixpath.dirname(posixpath.dirname(folder)), posixpath.basename(posixpath.dirname(folder))
        return self.holds(folder, MAIN) and not (plans == PLANS and self.holds(home, MAIN))


def is_there(held: Snapshot, path: str) -> bool:
    """Whether a revision has a file or folder at a path, which is one from the working directory."""
    at = held.at(path)
    return not at or at in held.objects or bool(held.below(at))


def folders(held: Snapshot, path: str, notes: list[Message], budgets: Budgets | None) -> Iterator[Folder]:
    """The districts at and below `path` in a revision; a file stands for the district it belongs to."""
    asked = _Asked(held, path, held.at(path))
    if not is_there(held, path):
        said = msg("there is no {path} in {revision}", path=path, revision=held.revision or "index")
        raise NothingToRead(said)
    if asked.at in held.objects and not asked.at.endswith((".yaml", ".yml")):
        notes.append(msg("{path} is not YAML; passed over", path=asked.shown(asked.at)))
        return
    with reading(held, (budgets.size if budgets else MOST["size"]) + 1) as read:
        for root, only in _roots(asked):
            yield _read(asked, root, only, read, budgets)


def _roots(asked: _Asked) -> Iterator[tuple[str, frozenset[str] | None]]:
    """The districts that are meant, each with the files findings were asked for."""
    below = () if asked.at in asked.held.objects else sorted(_districts(asked))
    yield from ((root, None) for root in below)
    if not below:
        files = [asked.at] if asked.at in asked.held.objects else _files(asked, asked.at)
        yield _above(asked, asked.at), frozenset(map(asked.shown, files))


def _above(asked: _Asked, at: str) -> str:
    folder = posixpath.dirname(at) if at in asked.held.objects else at
    while True:
        if asked.is_district(folder):
            return folder
        if not folder:
            said = msg("no district at {path}: no {main} in it, below it or above it", path=asked.shown(at), main=MAIN)
            raise NothingToRead(said)
        folder = posixpath.dirname(folder)


def _districts(asked: _Asked) -> Iterator[str]:
    for name in asked.held.below(asked.at):
        folder = posixpath.dirname(name)
        passed_over = any(map(is_passed_over, _steps(folder, asked.at)))
        if posixpath.basename(name) == MAIN and not passed_over and asked.is_district(folder):
            yield folder


def _files(asked: _Asked, root: str) -> Iterator[str]:
    """A folder's files, those of districts and hidden folders within it, and links that lead out of it, left out."""
    for name in asked.held.below(root):
        steps = _steps(name, root)
        folders = [posixpath.join(root, *steps[:length]) for length in range(1, len(steps))]
        if not name.endswith((".yaml", ".yml")) or any(map(is_passed_over, steps)):
            continue
        leads_out = root and name in asked.held.links and not asked.held.links[name].startswith(f"{root}/")
        if not leads_out and not any(map(asked.is_district, folders)):
            yield name


def _read(
    asked: _Asked, root: str, only: frozenset[str] | None, read: Callable[[str], bytes], budgets: Budgets | None
) -> Folder:
    home = posixpath.join(root, PLANS)
    plans = {steps[0] for name in asked.held.below(home) if len(steps := _steps(name, home)) > 1}
    drafts = {
        plan: {asked.shown(name): read(name) for name in _files(asked, posixpath.join(home, plan))}
        for plan in sorted(plans)
        if not is_passed_over(plan)
    }
    files = {asked.shown(name): read(name) for name in _files(asked, root)}
    near = (name for name in asked.held.below(root) if is_aside("/".join(_steps(name, root))))
    aside = {asked.shown(name): read(name) for name in near if name not in asked.held.links}
    settings = aside.get(asked.shown(posixpath.join(root, SETTINGS)))
    own = budgets_of(document_of(SETTINGS, settings, Budgets())) if settings is not None else Budgets()
    return folder_of(asked.shown(root), files, drafts, only, budgets or own, aside)


def _steps(name: str, folder: str) -> list[str]:
    """The parts of a path below a folder."""
    rest = name[len(folder) :].strip("/")
    return rest.split("/") if rest else []
