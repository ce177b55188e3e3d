"""Knows how the verbs of `baseline` answer: districts looked at under their lock, their baselines written whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from xqctl import load, operands, rules
from xqctl.answer import answer
from xqctl.baselines import NAME, Change, baseline, changed, changes, counted, may_hold
from xqctl.commands._operands import as_of_option, clock, described, states, today_option
from xqctl.commands._settings import Chosen, Flags, chosen, isolated_option, selecting_options
from xqctl.commands._verb import Argument, Option, WrongCall, options
from xqctl.edit import lock, transaction, write_whole
from xqctl.findings import Severity
from xqctl.messages import Message, msg
from xqctl.page import Block, Column, Page, Paragraph, Run, Table, Tone, line
from xqctl.terminal import Fault, Terminal, reason

_SHOWN = 50
_UNWRITABLE = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """What has been done to a district's baseline; `left_out` errors are none a baseline may tolerate."""

    district: str
    file: str
    known: int
    done: tuple[Change, ...]
    left_out: int
    read: Mapping[str, object]


def baseline_options(*more: click.Parameter) -> list[click.Parameter]:
    """What the verbs of `baseline` take."""
    return options(
        Argument(["paths"], msg("districts, or folders of districts; else the working directory"), nargs=-1,
                 metavar="[PATH]..."),
        Option(["--baseline"], msg("the file; else the one the settings name, else .xqctl-baseline.yaml beside "
                                   "district.yaml"), metavar="FILE"),
        *more,
        as_of_option(),
        today_option(),
        *selecting_options(),
        isolated_option(),
    )  # fmt: skip


def keeps(how: str) -> Callable[..., Page]:
    """The answer of a verb: ``write``, ``update`` or ``prune``."""

    def kept(  # noqa: PLR0913  one for each option
        terminal: Terminal,
        *,
        paths: tuple[str, ...],
        baseline: str | None,
        as_of: date | None,
        today: date | None,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        isolated: bool,
        force: bool = False,
    ) -> Page:
        flags = Flags(select, ignore, baseline, isolated)
        roots = _roots(paths or (".",), terminal, flags)
        if how == "write" and not force:
            _keep_what_is_there(roots, flags)
        done = [_kept(how, root, flags, as_of, today or clock()) for root in roots]
        return _page(how, done, as_of, terminal)

    return kept


def _roots(paths: Sequence[str], terminal: Terminal, flags: Flags) -> list[str]:
    """The districts that are meant; a baseline is of files that can be written."""
    for path in paths:
        if not operands.operand(path).is_plain:
            raise WrongCall(msg("{operand} is no district in the work tree; a baseline is written beside one",
                                operand=path))  # fmt: skip
    found = [one.folder.root for one in chosen(states(paths, None, terminal, budgets=flags.budgets), flags,
                                               with_baseline=False)]  # fmt: skip
    return list(dict.fromkeys(found))


def _keep_what_is_there(roots: Sequence[str], flags: Flags) -> None:
    for root in roots:
        file = _file(_one(root, flags), flags)
        if file.exists():
            raise WrongCall(msg("{path} is there; xqctl baseline update keeps its reasons, --force writes it anew",
                                path=load.shown(file)))  # fmt: skip


def _one(root: str, flags: Flags) -> Chosen:
    """A district as it is now, whole."""
    (folder,) = load.folders([f"{root}/{load.MAIN}"], [], None, flags.budgets)
    (one,) = chosen([replace(folder, only=None)], flags, with_baseline=False)
    return one


def _file(one: Chosen, flags: Flags) -> Path:
    """Where its baseline stands."""
    root = Path(one.folder.root)
    if flags.baseline is None:
        return root / (one.said.baseline or NAME)
    file = Path(flags.baseline)
    inside = Path(load.shown(file)).parts[len(root.parts) :] if _is_below(file, root) else (".",)
    if not any(part.startswith(".") for part in inside):
        raise WrongCall(msg("{path} would be read as one of the district's own files; give it a name that begins "
                            "with a dot", path=load.shown(file)))  # fmt: skip
    return file


def _is_below(file: Path, root: Path) -> bool:
    return file.resolve().is_relative_to(root.resolve())


def _kept(how: str, root: str, flags: Flags, as_of: date | None, today: date) -> Kept:
    with lock(root):
        one = _one(root, flags)
        file = _file(one, flags)
        is_there = file.exists()
        if how == "prune" and not is_there:
            raise load.NothingToRead(msg("there is no {path}; xqctl baseline write makes it", path=load.shown(file)))
        before = baseline(load.one(file)) if is_there and how != "write" else None
        findings = rules.everything(one.folder, as_of, today, one.codes)
        done = tuple(changes(before, counted(findings), one.codes, today, grows=how != "prune"))
        if done or (is_there and how == "write"):
            _write(root, file, changed(before, done))
        entries = len(before.entries) if before is not None else 0
        return Kept(
            root,
            load.shown(file),
            entries + sum(each.before == 0 for each in done) - sum(each.after == 0 for each in done),
            done,
            sum(f.suppressed is None and f.severity is Severity.ERROR and not may_hold(f) for f in findings),
            described(one.folder, (root,)),
        )


def _write(root: str, file: Path, content: bytes) -> None:
    if _is_below(file, Path(root)):
        transaction(root, {load.shown(file): content})
        return
    try:
        write_whole(file, content)
    except OSError as error:
        said = msg("{path} cannot be written: {reason}", path=load.shown(file), reason=reason(error))
        raise Fault(said, _UNWRITABLE) from error


def _page(how: str, done: Sequence[Kept], as_of: date | None, terminal: Terminal) -> Page:
    every = [change for each in done for change in each.done]
    spelled = [
        {
            "district": each.district,
            "file": each.file,
            "known": each.known,
            "left_out": each.left_out,
            "changes": [
                {"code": c.code, "path": c.path, "before": c.before, "after": c.after} for c in each.done
            ],
        }
        for each in done
    ]  # fmt: skip
    summary = {
        "districts": len(done),
        "known": sum(each.known for each in done),
        "added": sum(change.before == 0 for change in every),
        "removed": sum(change.after == 0 for change in every),
        "changed": sum(0 not in (change.before, change.after) for change in every),
        "left_out": sum(each.left_out for each in done),
    }
    inputs = tuple(each.read for each in done)
    data = answer(
        f"baseline {how}", terminal.lang, as_of=as_of, inputs=inputs, parts={"baselines": spelled}, summary=summary
    )
    blocks = tuple(block for each in done for block in _blocks(how, each))
    return Page(msg("Known findings"), blocks, data)


def _blocks(how: str, kept: Kept) -> Iterator[Block]:
    yield Paragraph(line(_told(kept)))
    if how != "write" and kept.done:
        columns = (Column(msg("code"), "name"), Column(msg("path"), "name"), Column(msg("before"), "number"),
                   Column(msg("after"), "number"))  # fmt: skip
        yield Table(columns, tuple((c.code, c.path, c.before, c.after) for c in kept.done[:_SHOWN]))
        if len(kept.done) > _SHOWN:
            yield Paragraph(line(msg("{count} more", count=len(kept.done) - _SHOWN)), Tone.MUTED)
    if kept.left_out:
        said = msg("errors {count} are none a baseline may tolerate, personal data or files nobody can read: mend them",
                   count=kept.left_out)  # fmt: skip
        yield Paragraph(line(Run(said, Tone.WARN)))


def _told(kept: Kept) -> Message:
    added = sum(change.before == 0 for change in kept.done)
    removed = sum(change.after == 0 for change in kept.done)
    if not kept.known and not kept.done:
        return msg("{district}: nothing to set down, no file is needed", district=kept.district)
    return msg(
        "{file}: known {known}; added {added}, removed {removed}, counts changed {changed}",
        file=kept.file,
        known=kept.known,
        added=added,
        removed=removed,
        changed=len(kept.done) - added - removed,
    )
