"""Knows how a refactoring is asked for, shown, held against the rules, and written."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xqctl import load, rules
from xqctl import schema as schemas
from xqctl.answer import answer, spelled
from xqctl.changes import Change, between
from xqctl.commands._changed import spelled_change, told
from xqctl.commands._operands import clock
from xqctl.commands._previews import Changes, diff_option, difference, held, write
from xqctl.commands._verb import Option, WrongCall
from xqctl.district import District, build
from xqctl.edit.patches import CannotEdit, patched
from xqctl.findings import Finding, Severity
from xqctl.folder import Document, Draft, Folder, document_of
from xqctl.messages import Message, msg
from xqctl.page import Block, Findings, Heading, Listing, Page, Paragraph, Quoted, Run, Tone, line
from xqctl.place import Span
from xqctl.quantities import first_day
from xqctl.refactoring import Refactoring, Refused
from xqctl.terminal import Fault, Terminal

Ask = Callable[[District], Refactoring]
"""What is to be done, asked of a district as it is."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A refactoring done to a district's files, not yet written."""

    old: District
    new: District
    changes: Changes
    found: tuple[Change, ...]
    left: tuple[tuple[Span, Message], ...]
    worse: tuple[Finding, ...]


def refactoring_options() -> list[Option]:
    """What every refactoring has."""
    return [
        Option(["--kind"], msg("the kind of thing that is meant, where several bear the name"), metavar="KIND"),
        diff_option(),
        Option(["--force"], msg("write even where it makes new errors"), is_flag=True),
    ]


def day_option(said: Message, *, required: bool) -> Option:
    """``--on``."""
    return Option(["--on"], said, type=_day, required=required, metavar="DATE")


def refactor(terminal: Terminal, verb: str, path: str, ask: Ask, *, diff: bool, force: bool) -> Page:
    """Does what is asked to the one district at a path, or shows it; refuses what would make new errors."""
    folder = _one(path, terminal)
    if diff:
        outcome = _done(folder, ask)
        return _page(terminal, verb, outcome, is_written=False)
    with held(folder) as again:
        outcome = _done(again, ask)
        if outcome.worse and not force:
            return _page(terminal, verb, outcome, is_written=False, is_refused=True)
        write(again, outcome.changes)
    return _page(terminal, verb, outcome, is_written=True)


def _day(value: str) -> str:
    if first_day(value) is None:
        raise WrongCall(msg("{option} is {value}; write a day like 2019-11-02", option="--on", value=value))
    return value


def _one(path: str, terminal: Terminal) -> Folder:
    notes: list[Message] = []
    found = load.meant(path, list(load.folders([path], notes)))
    terminal.note(notes)
    if len(found) != 1:
        roots = [each.root for each in found[:8]]
        raise Fault(msg("{path} holds {count} districts; name one: {roots}", path=path, count=len(found),
                        roots=roots), 2)  # fmt: skip
    return replace(found[0], only=None, _places={})


def _done(folder: Folder, ask: Ask) -> _Outcome:
    today = clock()
    old = build(folder, schemas.shape(folder), None, today)
    files = {**folder.files, **{document.file: document.raw for document in folder.aside}}
    try:
        plan = ask(old)
        files |= {file: load.one(Path(file)).raw for file in plan.edits if file not in files}
        changes = {file: (files[file], patched(files[file], edits)) for file, edits in plan.edits.items() if edits}
    except (Refused, CannotEdit) as refused:
        raise Fault(refused.message, 1 if isinstance(refused, CannotEdit) else 2) from refused
    changes = {file: pair for file, pair in changes.items() if pair[0] != pair[1]}
    after = _with(folder, changes)
    new = build(after, schemas.shape(after), None, today)
    left = tuple((folder.span(each.where), each.message) for each in plan.left)
    return _Outcome(old, new, changes, between(old, new), left, _worse(folder, after, today))


def _worse(before: Folder, after: Folder, today: date) -> tuple[Finding, ...]:
    """The errors that were not there before, told by code: a renamed thing is told by its new name."""
    old, new = (_errors(folder, today) for folder in (before, after))
    had = Counter(finding.code for finding in old)
    more = {code for code, count in Counter(finding.code for finding in new).items() if count > had[code]}
    known = {(finding.code, finding.place.file, finding.message.text) for finding in old}
    fresh = [f for f in new if f.code in more and (f.code, f.place.file, f.message.text) not in known]
    return tuple(fresh or [finding for finding in new if finding.code in more])


def _errors(folder: Folder, today: date) -> list[Finding]:
    found = rules.everything(folder, None, today)
    return [each for each in found if each.severity is Severity.ERROR and each.suppressed is None]


def _with(folder: Folder, changes: Mapping[str, tuple[bytes, bytes]]) -> Folder:
    def renewed(document: Document) -> Document:
        pair = changes.get(document.file)
        return document if pair is None else document_of(document.file, pair[1], load.limits(folder))

    return replace(
        folder,
        documents=tuple(map(renewed, folder.documents)),
        drafts=tuple(Draft(draft.name, tuple(map(renewed, draft.documents))) for draft in folder.drafts),
        aside=tuple(map(renewed, folder.aside)),
        _places={},
    )


def _page(terminal: Terminal, verb: str, outcome: _Outcome, *, is_written: bool, is_refused: bool = False) -> Page:
    lang = terminal.lang
    parts = {
        "changes": [spelled_change(change, outcome.old, outcome.new, lang) for change in outcome.found],
        "files": sorted(outcome.changes),
        "left": [_spelled_left(span, message, terminal) for span, message in outcome.left],
        "findings": [spelled(finding, lang) for finding in outcome.worse],
    }
    summary = {"changes": len(outcome.found), "files": len(outcome.changes), "left": len(outcome.left),
               "written": len(outcome.changes) if is_written else 0}  # fmt: skip
    exit_code = int(is_refused)
    data = answer(verb, lang, parts=parts, summary=summary, exit_code=exit_code)
    return Page(msg("Changes"), tuple(_blocks(terminal, outcome, is_written, is_refused)), data, exit_code)


def _spelled_left(span: Span, message: Message, terminal: Terminal) -> dict[str, object]:
    from xqctl.messages import say

    return {"file": span.file, "line": span.line, "column": span.column, "message": say(message, terminal.lang)}


def _blocks(terminal: Terminal, outcome: _Outcome, is_written: bool, is_refused: bool) -> Iterator[Block]:
    detail = "full" if all(change.kind == "record" for change in outcome.found) else "normal"
    yield from told(outcome.found, detail, outcome.old.folder, outcome.new.folder)
    if not is_written and not is_refused and outcome.changes:
        yield difference(outcome.changes)
    if outcome.left:
        yield Heading(msg("Left for you to look at"), 3)
        yield Listing(tuple(line(f"{span.file}:{span.line}  ", message) for span, message in outcome.left))
    if outcome.worse:
        yield Heading(msg("New errors"), 3)
        folder = outcome.new.folder
        yield Findings(tuple(Quoted(each, folder.line(each.place.file, each.place.line)) for each in outcome.worse))
    if terminal.quiet:
        return
    yield Paragraph(line(_summary(outcome, is_written, is_refused)))


def _summary(outcome: _Outcome, is_written: bool, is_refused: bool) -> Run:
    files = len(outcome.changes)
    if is_refused:
        said = msg("nothing written: it would make new errors, {n}; --force writes all the same", n=len(outcome.worse))
        return Run(said, Tone.BAD)
    if is_written:
        return Run(msg("files written {n}", n=files), Tone.GOOD)
    return Run(msg("files that would be written {n}", n=files), Tone.MUTED)


def joined(values: Sequence[str]) -> dict[str, str]:
    """Units to join, ``UNIT`` or ``UNIT=ROLE``; a plain one means a member."""
    return {unit: role or "member" for unit, _, role in (value.partition("=") for value in values)}
