r"""Knows what an operand names: ``[REV:]PATH[+PLAN…][@DATE]``, a state of districts, from files or from git.

An existing path wins over any other reading. Without REV a path is one of the work tree; an empty REV (``:PATH``, or
``:0:PATH``) means git's index. A single letter before ``:\`` or ``:/`` is a drive.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xqctl import load, plans, revisions
from xqctl.compose import Budgets
from xqctl.folder import Folder
from xqctl.git import Snapshot, snapshot
from xqctl.likeness import Names
from xqctl.messages import Message, msg
from xqctl.quantities import last_day, parse_date
from xqctl.terminal import Fault

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_LIKE_A_DAY = re.compile(r"[0-9][0-9-]*")
_WRONG, _NOTHING = 2, 3


@dataclass(frozen=True, slots=True)
class Operand:
    """A state somebody names: `held` is None for the work tree; `as_of` overrides the day of the call."""

    text: str
    path: str
    held: Snapshot | None = None
    plans: tuple[str, ...] = ()
    as_of: date | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a path and nothing else."""
        return self.held is None and not self.plans and self.as_of is None


def operand(text: str) -> Operand:
    """Reads an operand. Raises `Fault` where it cannot be meant, and where nothing is there."""
    if not text:  # an unset variable of a shell is not the working directory
        raise Fault(msg("an empty path names nothing"), _NOTHING)
    load.stand_somewhere()
    words, day = _dated(text)
    for rest, as_of in ((text, None), (words, day)):
        found = _standing(rest)
        if found is not None and (as_of == day or not found[1] or _is_plan(found[0], found[1][-1])):
            return _checked(Operand(text, found[0], None, found[1], as_of))
    revision, colon, path = _revision(words)
    if not colon or _DRIVE.match(words):
        raise _missing(words)
    held = snapshot(path, revision)
    undated = [(_revision(text)[2], (), None)] if day is not None else []
    for head, more, as_of in (*undated, *((head, more, day) for head, more in _split(path))):
        if revisions.is_there(held, head or "."):
            return _checked(Operand(text, head or ".", held, more, as_of))
    said = msg("there is no {path} in {revision}", path=_split(path)[-1][0], revision=revision or "index")
    raise Fault(said, _NOTHING)


def _revision(text: str) -> tuple[str, str, str]:
    """An operand's revision, the colon if there is one, and what follows."""
    return (text[2:] if text.startswith(":0:") else text).partition(":")


def folders(
    named: Operand,
    as_of: date | None,
    today: date,
    notes: list[Message],
    budgets: Budgets | None = None,
) -> Iterator[Folder]:
    """The districts an operand names, each with its plans laid over it, those left out that begin later.

    The day is the operand's own, else `as_of`, else the district's, else `today`. Raises as `operand` does.
    """
    if named.held is None:
        found = load.folders([named.path], notes, None, budgets)
    else:
        found = revisions.folders(named.held, named.path, notes, budgets)
    for each in found:
        folder = replace(each, operand=named.text, as_of=named.as_of)
        if named.plans:
            day = named.as_of or as_of or _own_day(folder) or today
            folder = plans.lay(replace(folder, only=None), tuple(_effective(folder, named.plans, day, notes)))
        yield folder


def _effective(folder: Folder, names: Sequence[str], day: date, notes: list[Message]) -> Iterator[str]:
    """The plans of these names that have begun by a day; of the others `notes` tell."""
    drafts = {draft.name: draft for draft in folder.drafts}
    for name in names:
        if name not in drafts:
            raise _unknown(folder, name, sorted(drafts))
        begins = plans.begins(drafts[name])
        if begins is not None and begins > day:
            notes.append(msg("the plan {plan} begins on {begins}, after {day}: not laid", plan=name, begins=begins,
                             day=day))  # fmt: skip
        else:
            yield name


def _unknown(folder: Folder, name: str, known: Sequence[str]) -> Fault:
    if not known:
        return Fault(msg("{folder} has no plans, so none called {name}", folder=folder.root, name=name), _NOTHING)
    near = Names(known).closest(name)
    if near:
        said = msg("{folder} has no plan {name}; did you mean {close}", folder=folder.root, name=name, close=near)
    else:
        said = msg("{folder} has no plan {name}; there is {known}", folder=folder.root, name=name, known=known[:12])
    return Fault(said, _NOTHING)


def _own_day(folder: Folder) -> date | None:
    for document in folder.documents:
        itself = document.data.get("district") if isinstance(document.data, dict) else None
        partial = parse_date(itself.get("as_of")) if isinstance(itself, dict) else None
        if partial is not None:
            return partial.last_day
    return None


def _dated(text: str) -> tuple[str, date | None]:
    """An operand's words without the day behind the last ``@``, and that day."""
    words, at, tail = text.rpartition("@")
    if not at or not _LIKE_A_DAY.fullmatch(tail) or load.is_there(text):
        return text, None
    day = last_day(tail)
    if day is None:
        raise Fault(msg("{operand}: {day} is no day; write one like 2019-11-02", operand=text, day=tail), _WRONG)
    return words, day


def _split(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every way to take words for a path and the plans behind it, the longest path first."""
    parts = text.split("+")
    return [("+".join(parts[:length]), tuple(parts[length:])) for length in range(len(parts), 0, -1)]


def _standing(text: str) -> tuple[str, tuple[str, ...]] | None:
    return next(((head, more) for head, more in _split(text) if load.is_there(head)), None)


def _is_plan(path: str, name: str) -> bool:
    return load.is_there(f"{path}/{load.PLANS}/{name}")


def _checked(found: Operand) -> Operand:
    if not all(found.plans):
        raise Fault(msg("{operand} has a + without the name of a plan", operand=found.text), _WRONG)
    if len(set(found.plans)) < len(found.plans):
        raise Fault(msg("{operand} names a plan twice", operand=found.text), _WRONG)
    return found


def _missing(words: str) -> Fault:
    return Fault(msg("there is no {path}", path=load.shown(Path(_split(words)[-1][0]))), _NOTHING)
