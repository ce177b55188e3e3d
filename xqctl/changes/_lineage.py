"""Knows what becomes of what: merged into another, split, and, looked at backwards, standing by itself again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from xqctl.changes._edits import Edit
from xqctl.changes._forms import MISSING, Value
from xqctl.changes._sides import Side, Untold
from xqctl.changes.model import Change
from xqctl.messages import Message, msg
from xqctl.place import Keys
from xqctl.schema import PARTY_KINDS

_CLOSED = ("closed",)
_Way = Literal["forward", "backward"]


@dataclass(slots=True)
class _Family:
    """Predecessors that end and the heirs they go over into; `edits` is all that says so."""

    ones: list[Keys]
    heirs: list[Keys]
    edits: dict[Keys, Edit]


def lineage(untold: Untold) -> Iterator[Change]:
    """What merges and splits between the two sides, by `succeeds` on the newer thing, the only lineage there is."""
    for way in ("forward", "backward"):
        for family in _families(untold, way):
            yield _told(untold, family, way)


def _families(untold: Untold, way: _Way) -> list[_Family]:
    side = untold.new if way == "forward" else untold.old
    other = untold.old if way == "forward" else untold.new
    found: list[_Family] = []
    for heir, names in _heirs(side):
        for name in names:
            one = _address(other, name) or _address(side, name)
            if one is None:
                continue
            ends, begins = _ends(untold, one, way), _begins(untold, heir, way)
            was_there = other.at(*one) is not MISSING
            if ends or (begins and was_there and _is_whole(begins)):
                _join(found, one, heir, (*ends, *begins))
    return found


def _join(found: list[_Family], one: Keys, heir: Keys, edits: tuple[Edit, ...]) -> None:
    """Puts two into the family that one of them is in already."""
    mine = [family for family in found if one in family.ones or heir in family.heirs]
    family = mine[0] if mine else _Family([], [], {})
    for more in mine[1:]:
        family.ones += [each for each in more.ones if each not in family.ones]
        family.heirs += [each for each in more.heirs if each not in family.heirs]
        family.edits |= more.edits
        found.remove(more)
    if not mine:
        found.append(family)
    family.ones += [one] * (one not in family.ones)
    family.heirs += [heir] * (heir not in family.heirs)
    family.edits |= {each.keys: each for each in edits}


def _told(untold: Untold, family: _Family, way: _Way) -> Change:
    ones, heirs = tuple(map(_name, family.ones)), tuple(map(_name, family.heirs))
    is_split = len(ones) == 1 and len(heirs) > 1
    address = family.ones[0] if is_split else family.heirs[0]
    before = untold.old if way == "forward" else untold.new
    stays = (untold.new if way == "forward" else untold.old).at(*family.ones[0]) is not MISSING
    ended = any(_concerns(each, one) for each in family.edits.values() for one in family.ones)
    said: Message
    if way == "backward":
        said = msg("{ones} and {heirs} are as before one came from the other", ones=ones, heirs=heirs)
        return untold.tell("structure", "restored", address, said, family.edits.values())
    if stays and not ended and before.at(*family.ones[0]) is not MISSING:
        said = msg("{heirs} split off from {ones}", ones=ones, heirs=heirs)
        return untold.tell("structure", "split", address, said, family.edits.values())
    if is_split:
        said = msg("{ones} is split into {heirs}", ones=ones, heirs=heirs)
        return untold.tell("structure", "split", address, said, family.edits.values())
    said = msg("{ones} merged into {heirs}", ones=ones, heirs=heirs)
    return untold.tell("structure", "merged", address, said, family.edits.values())


def _concerns(edit: Edit, one: Keys) -> bool:
    return edit.keys[: len(one)] == one


def _heirs(side: Side) -> Iterator[tuple[Keys, tuple[str, ...]]]:
    """Everything that succeeds something: parties, units, campuses."""
    for kind in PARTY_KINDS:
        collection = side.at(kind)
        for id_, entry in collection.items() if isinstance(collection, dict) else ():
            keys = (kind, id_)
            if side.texts(*keys, "succeeds"):
                yield keys, side.texts(*keys, "succeeds")
            campuses = entry.get("campuses") if isinstance(entry, dict) else None
            for campus in campuses if isinstance(campuses, dict) else ():
                below = (*keys, "campuses", campus)
                if side.texts(*below, "succeeds"):
                    yield below, side.texts(*below, "succeeds")


def _address(side: Side, name: str) -> Keys | None:
    """Where somebody of this name stands."""
    school, slash, campus = name.partition("/")
    if slash:
        keys: Keys = ("schools", school, "campuses", campus)
        return keys if side.at(*keys) is not MISSING else None
    return next(((kind, name) for kind in PARTY_KINDS if side.at(kind, name) is not MISSING), None)


def _ends(untold: Untold, one: Keys, way: _Way) -> tuple[Edit, ...]:
    """What says that a predecessor ends; looked at backwards, that it does not end any more."""
    whole, until = untold.at(*one), untold.at(*one, "until")
    found = [whole] if whole is not None and _after(whole, way) is MISSING else []
    if until is not None and _before(until, way) is MISSING:
        found.append(until)
    status = untold.at(*one, "status")
    if status is not None and _after(status, way) in _CLOSED:
        found.append(status)
    return tuple(found)


def _begins(untold: Untold, heir: Keys, way: _Way) -> tuple[Edit, ...]:
    """What says that an heir begins, or that it is one."""
    whole, succeeds = untold.at(*heir), untold.at(*heir, "succeeds")
    found = [whole] if whole is not None and _before(whole, way) is MISSING else []
    return tuple([*found, succeeds] if succeeds is not None else found)


def _is_whole(edits: tuple[Edit, ...]) -> bool:
    return any(each.keys[-1] != "succeeds" for each in edits)


def _name(keys: Keys) -> str:
    return keys[1] if len(keys) == 2 else f"{keys[1]}/{keys[3]}"


def _before(edit: Edit, way: _Way) -> Value:
    return edit.before if way == "forward" else edit.after


def _after(edit: Edit, way: _Way) -> Value:
    return edit.after if way == "forward" else edit.before
