"""Knows what happens to schools, campuses and other parties: opened, closed, called otherwise."""

from collections.abc import Iterator

from xqctl.changes._edits import Edit
from xqctl.changes._forms import MISSING, Value
from xqctl.changes._plain import changed
from xqctl.changes._sides import Untold
from xqctl.changes._units import renamed
from xqctl.changes.model import Action, Change
from xqctl.messages import Message, msg
from xqctl.place import Keys
from xqctl.quantities import steps

_ALIVE = (None, "open")


def schools(untold: Untold) -> Iterator[Change]:
    """What happens to schools and to their campuses."""
    for keys in list(untold.things("schools")):
        yield from _life(untold, keys, keys[1])
        campuses = dict.fromkeys(each.keys[3] for each in untold.of(*keys, "campuses") if len(each.keys) > 3)
        for campus in campuses:
            yield from _life(untold, (*keys, "campuses", campus), f"{keys[1]}/{campus}")
        first = untold.at(*keys, "campuses")
        if first is not None and first.is_whole:  # the first campuses it ever had, or the last ones
            yield _whole(untold, first, _campuses(keys[1], first))
        name = untold.at(*keys, "name")
        if name is not None:
            yield untold.tell("structure", "renamed", keys, renamed(keys, name), (name,))


def _life(untold: Untold, keys: Keys, name: str) -> Iterator[Change]:
    whole, until = untold.at(*keys), untold.at(*keys, "until")
    if whole is not None and whole.is_whole:
        yield _whole(untold, whole, (name,))
    if until is not None and MISSING in (until.before, until.after):
        if until.before is MISSING:
            action: Action = "closed"
            said = msg("{name} closes on {day}", name=name, day=str(until.after))
        else:
            action, said = "opened", msg("{name} no longer closes on {day}", name=name, day=str(until.before))
        yield untold.tell("structure", action, keys, said, (until,))
    status = untold.of(*keys, "status")
    if status:
        yield untold.tell("structure", *_status(untold, (*keys, "status")), status)


def _whole(untold: Untold, whole: Edit, names: tuple[str, ...]) -> Change:
    """Something that is told of for the first time, or no more."""
    if whole.before is MISSING:
        return untold.tell("structure", "opened", whole.keys, msg("{names} opened", names=names), (whole,))
    return untold.tell("structure", "closed", whole.keys, msg("{names} closed", names=names), (whole,))


def _campuses(school: str, edit: Edit) -> tuple[str, ...]:
    held = edit.after if edit.before is MISSING else edit.before
    return tuple(f"{school}/{campus}" for campus in held) if isinstance(held, dict) else (school,)


def _status(untold: Untold, keys: Keys) -> tuple[Action, Keys, Message]:
    """Whether it is open in the end, and was before."""
    old, new = untold.old.at(*keys), untold.new.at(*keys)
    before, after = _final(old) in _ALIVE, _final(new) in _ALIVE
    if before and not after:
        return "closed", keys, changed(keys, old, new)
    if after and not before:
        return "opened", keys, changed(keys, old, new)
    return "changed", keys, changed(keys, old, new)


def _final(status: Value) -> object:
    """The last thing a status that may change by date says."""
    return None if status is MISSING else steps(status)[-1].value
