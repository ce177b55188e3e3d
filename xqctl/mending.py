"""Knows how mends are put into a district's files: round after round, each kept only where it makes things better."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from xqctl.compose import Budgets, compose
from xqctl.compose.decode import lines_of
from xqctl.edit.patches import CannotEdit, Edit, Put, Rename, patched
from xqctl.findings import Finding, Mend
from xqctl.folder import Document, Draft, Folder, document_of
from xqctl.place import Route, Span

_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Mended:
    """A district after mending, and how many findings were mended."""

    folder: Folder
    count: int


def mended(folder: Folder, look: Callable[[Folder], Sequence[Finding]], *, guesses: bool, budgets: Budgets) -> Mended:
    """Mends what `look` finds and nobody tolerates, guesses only where they are wanted, until nothing is left to mend.

    Files outside what was asked for stay as they are.
    """
    count = 0
    for _ in range(_ROUNDS):
        mends = [
            finding.mend
            for finding in look(folder)
            if finding.suppressed is None and finding.mend is not None and (guesses or finding.mend.is_safe)
        ]
        new, done = _round(folder, mends, budgets)
        if not done:
            break
        folder, count = new, count + done
    return Mended(folder, count)


def _round(folder: Folder, mends: Iterable[Mend], budgets: Budgets) -> tuple[Folder, int]:
    by_file: dict[str, list[Mend]] = {}
    for mend in mends:
        where = mend.where if isinstance(mend.where, Span) else folder.span(mend.where)
        if folder.only is None or where.file in folder.only:
            by_file.setdefault(where.file, []).append(mend)
    files = folder.files
    changed: dict[str, bytes] = {}
    count = 0
    for file, held in by_file.items():
        raw, done = _file(files[file], held, budgets)
        if done:
            changed[file] = raw
            count += done
    return _with(folder, changed, budgets), count


def _file(raw: bytes, mends: list[Mend], budgets: Budgets) -> tuple[bytes, int]:
    """A file with the stretches of its text mended, or else its values; what does not help is left out."""
    stretches = [(mend.where, str(mend.value)) for mend in mends if isinstance(mend.where, Span)]
    if stretches:
        together = _spliced(raw, stretches)
        if _is_better(raw, together, budgets):
            return together, len(stretches)
        return _one_by_one(raw, [partial(_spliced, stretches=[each]) for each in stretches], budgets)
    edits = [_edit(mend) for mend in dict.fromkeys(mends)]
    try:
        return patched(raw, edits, budgets), len(edits)
    except CannotEdit:
        return _one_by_one(raw, [partial(patched, edits=[each], budgets=budgets) for each in edits], budgets)


def _one_by_one(raw: bytes, steps: Sequence[partial[bytes]], budgets: Budgets) -> tuple[bytes, int]:
    """The first of several steps that helps by itself; the next round sees the others anew."""
    for step in steps:
        try:
            after = step(raw)
        except CannotEdit:
            continue
        is_edit = step.func is patched  # held against the data it should give already
        if after != raw and (is_edit or _is_better(raw, after, budgets)):
            return after, 1
    return raw, 0


def _edit(mend: Mend) -> Edit:
    assert isinstance(mend.where, Route)  # noqa: S101  stretches are spliced
    if mend.where.part == "key":
        return Rename(mend.where.keys, str(mend.value))
    return Put(mend.where.keys, mend.value)


def _spliced(raw: bytes, stretches: Sequence[tuple[Span, str]]) -> bytes:
    """The bytes with stretches of the text replaced, the last first; of two that overlap only one."""
    bom = raw.startswith(b"\xef\xbb\xbf")
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    starts = _line_starts(text)
    last, line_end = len(text) + 1, None
    for span, new in sorted(set(stretches), reverse=True, key=lambda each: (each[0].line, each[0].column)):
        if span.column == 0 and new:
            line_end = new
            continue
        if span.column == 0:
            bom = False
            continue
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        if end <= last:
            text = text[:start] + new + text[end:]
            last = start
    if line_end is not None:
        text = text.replace("\r\n", line_end)
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8", "surrogateescape")


def _line_starts(text: str) -> list[int]:
    starts, at = [], 0
    for line in lines_of(text):
        starts.append(at)
        at += len(line)
        at += 2 if text[at : at + 2] == "\r\n" else 1
    return starts


def _is_better(before: bytes, after: bytes, budgets: Budgets) -> bool:
    """Whether fewer things are wrong with a text, and it can be read as far as before."""
    if after == before:
        return False
    old, new = compose(before, "", budgets), compose(after, "", budgets)
    if new.whole and not old.whole:
        return True
    return len(new.problems) < len(old.problems) and new.whole == old.whole


def _with(folder: Folder, changed: dict[str, bytes], budgets: Budgets) -> Folder:
    def renewed(document: Document) -> Document:
        raw = changed.get(document.file)
        return document if raw is None else document_of(document.file, raw, budgets)

    return replace(
        folder,
        documents=tuple(map(renewed, folder.documents)),
        drafts=tuple(Draft(draft.name, tuple(map(renewed, draft.documents))) for draft in folder.drafts),
        _places={},
    )
