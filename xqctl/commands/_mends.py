"""Knows how `validate` mends before it looks: shown first, or written under the district's lock."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from xqctl.commands._previews import Changes, difference, held, write
from xqctl.commands._verb import WrongCall
from xqctl.compose import Budgets
from xqctl.findings import Finding
from xqctl.folder import Folder
from xqctl.mending import mended
from xqctl.messages import msg
from xqctl.page import Block, Paragraph, line
from xqctl.terminal import Terminal


class Fixing:
    """The mends of one call, district after district."""

    def __init__(self, fix: bool, unsafe: bool, diff: bool, stdin_filename: str | None) -> None:
        if (unsafe or diff) and not fix:
            raise WrongCall(msg("--unsafe and --diff go with --fix"))
        if fix and stdin_filename is not None:
            raise WrongCall(msg("--fix changes files; standard input is none"))
        self._fix, self._unsafe, self._diff = fix, unsafe, diff
        self._changes: dict[str, tuple[bytes, bytes | None]] = {}
        self._count = 0

    def of(self, folder: Folder, look: Callable[[Folder], Sequence[Finding]]) -> Folder:
        """A district as it is to be looked at: mended, if that is asked for."""
        if not self._fix:
            return folder
        folder, changes, count = mend(folder, look, Budgets(), guesses=self._unsafe, writes=not self._diff)
        self._changes |= changes
        self._count += count
        return folder

    def blocks(self, terminal: Terminal) -> Iterator[Block]:
        """What was mended, or would be."""
        if self._diff and self._changes:
            yield difference(self._changes)
        if self._fix and not terminal.quiet:
            files = len(self._changes)
            said = msg("{n} could be mended in {files} files", n=self._count, files=files)
            done = msg("{n} mended in {files} files", n=self._count, files=files)
            yield Paragraph(line(said if self._diff else done))


def refuse_unless_plain(folder: Folder) -> None:
    """Only files can be mended: no revision, no plan laid over them, no standard input."""
    if folder.operand is not None:
        raise WrongCall(msg("{operand} is no path of files; --fix changes files", operand=folder.operand))


def mend(
    folder: Folder,
    look: Callable[[Folder], Sequence[Finding]],
    budgets: Budgets,
    *,
    guesses: bool,
    writes: bool,
) -> tuple[Folder, Changes, int]:
    """A district with its mends: the folder as it then is on disk, what has changed or would, how many are mended."""
    refuse_unless_plain(folder)
    if not writes:
        found = mended(folder, look, guesses=guesses, budgets=budgets)
        return folder, _changes(folder, found.folder), found.count
    if not mended(folder, look, guesses=guesses, budgets=budgets).count:
        return folder, {}, 0
    with held(folder) as again:
        asked = replace(again, only=folder.only, as_of=folder.as_of, aside=folder.aside, _places={})
        found = mended(asked, look, guesses=guesses, budgets=budgets)
        changes = _changes(asked, found.folder)
        write(asked, changes)
    return found.folder, changes, found.count


def _changes(before: Folder, after: Folder) -> Changes:
    old = before.files
    return {file: (old[file], raw) for file, raw in after.files.items() if raw != old[file]}
