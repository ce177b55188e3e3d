"""Knows what happens to zones, groups and alliances: founded, dissolved, who joins, leaves, moves, changes role."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from xqctl.changes import _words as words
from xqctl.changes._edits import Edit
from xqctl.changes._forms import MISSING, Value
from xqctl.changes._plain import class_of
from xqctl.changes._sides import Untold
from xqctl.changes.model import Action, Change
from xqctl.kinds.units import UNIT_KINDS
from xqctl.messages import Message, msg
from xqctl.place import Keys

_FEW = 6


def units(untold: Untold) -> Iterator[Change]:
    """What happens to units and in them."""
    for kind in UNIT_KINDS:
        for keys in list(untold.things(kind)):
            yield from _unit(untold, keys)
        yield from _moves(untold, kind)
        for keys in list(untold.things(kind)):
            yield from _members(untold, keys)


def _unit(untold: Untold, keys: Keys) -> Iterator[Change]:
    whole, until = untold.at(*keys), untold.at(*keys, "until")
    if whole is not None and whole.before is MISSING:
        yield untold.tell("structure", *_begun(keys, whole.after), (whole,))
    elif whole is not None and whole.after is MISSING:
        yield untold.tell("structure", *_over(keys, whole.before, None), (whole,))
    elif until is not None and until.before is MISSING:
        yield untold.tell("structure", *_over(keys, untold.new.at(*keys), until.after), (until,))
    elif until is not None and until.after is MISSING:
        action, address, _ = _begun(keys, untold.old.at(*keys))
        stays = msg("{unit} no longer ends on {day}", unit=keys[1], day=str(until.before))
        yield untold.tell("structure", action, address, stays, (until,))
    name = untold.at(*keys, "name")
    if name is not None:
        yield untold.tell("structure", "renamed", keys, renamed(keys, name), (name,))


def renamed(keys: Keys, name: Edit) -> Message:
    """Another name for what keeps its id."""
    before = keys[1] if name.before is MISSING else name.before
    return msg("{one} is called {other} now", one=before, other=keys[1] if name.after is MISSING else name.after)


def _begun(keys: Keys, data: Value) -> tuple[Action, Keys, Message]:
    kind, unit = keys
    members = _named(data)
    if _is_pair(data):
        return "paired", keys, msg("{parties} are paired: {unit}", parties=members, unit=unit)
    if not members:
        return "founded", keys, msg("{kind} {unit} is founded", kind=words.title(kind), unit=unit)
    said = msg("{kind} {unit} is founded with {members}", kind=words.title(kind), unit=unit, members=members)
    return "founded", keys, said


def _over(keys: Keys, data: Value, day: Value) -> tuple[Action, Keys, Message]:
    kind, unit = keys
    if _is_pair(data):
        members = _named(data)
        if day is None:
            return "ended", keys, msg("{parties} are no longer paired: {unit}", parties=members, unit=unit)
        return "ended", keys, msg("{parties} are paired until {day}: {unit}", parties=members, day=day, unit=unit)
    if day is None:
        return "dissolved", keys, msg("{kind} {unit} is dissolved", kind=words.title(kind), unit=unit)
    return "dissolved", keys, msg("{kind} {unit} is dissolved on {day}", kind=words.title(kind), unit=unit, day=day)


def _is_pair(data: Value) -> bool:
    return isinstance(data, dict) and data.get("form") == "pair"


def _named(data: Value) -> tuple[object, ...]:
    members = data.get("members") if isinstance(data, dict) else None
    named = [_as(party, each) for party, each in members.items()] if isinstance(members, dict) else []
    return tuple(named) if len(named) <= _FEW else (*named[:_FEW], msg("{count} more", count=len(named) - _FEW))


def _as(party: str, stint: object) -> Message:
    """A party with its role, where it has one at all times."""
    role = stint.get("role") if isinstance(stint, dict) else None
    if role is None:
        return msg("{party}", party=party)
    return msg("{party} ({role})", party=party, role=_role(role))


def _role(role: Value) -> object:
    return words.told(role, ("groups", "x", "members", "x", "role"))


def _moves(untold: Untold, kind: str) -> Iterator[Change]:
    """Who leaves one unit and joins another of its kind: one change."""
    stints = [each for each in untold.of(kind) if each.keys[2:3] == ("members",) and len(each.keys) == 4]
    left: dict[str, list[Edit]] = {}
    for each in stints:
        if each.after is MISSING:
            left.setdefault(each.keys[3], []).append(each)
    for joined in (each for each in stints if each.before is MISSING):
        leaves = left.get(joined.keys[3])
        if leaves:
            gone = leaves.pop(0)
            party, one, other = joined.keys[3], gone.keys[1], joined.keys[1]
            said = msg("{party} moves from {one} to {other}", party=party, one=one, other=other)
            change = untold.tell("structure", "moved", joined.keys, said, (gone, joined))
            yield replace(change, before=gone.before, old=untold.old.route(gone.keys))


def _members(untold: Untold, keys: Keys) -> Iterator[Change]:
    for member, mine in groupby(untold.of(*keys, "members"), key=lambda edit: edit.keys[:4]):
        if len(member) < 4:  # no member yet, or none any more
            continue
        stint = [each for each in mine if class_of(each) != "record"]
        if stint:
            yield _stint(untold, member, stint)
    whole = untold.at(*keys, "members")
    if whole is not None and whole.is_whole:
        yield from _all_members(untold, keys, whole)


def _all_members(untold: Untold, keys: Keys, whole: Edit) -> Iterator[Change]:
    """A unit that had no members at all, or has none any more."""
    unit, come = keys[1], whole.before is MISSING
    members = whole.after if come else whole.before
    parties = tuple(members) if isinstance(members, dict) else ()
    if come:
        said = msg("{parties} join {unit}", parties=parties, unit=unit)
    else:
        said = msg("{parties} leave {unit}", parties=parties, unit=unit)
    yield untold.tell("structure", "joined" if come else "left", whole.keys, said, (whole,))


def _stint(untold: Untold, member: Keys, mine: list[Edit]) -> Change:
    """What becomes of one membership."""
    _, unit, _, party = member
    whole, until = untold.at(*member), untold.at(*member, "until")
    if whole is not None and whole.before is MISSING:
        role = whole.after.get("role") if isinstance(whole.after, dict) else None
        said = (
            msg("{party} joins {unit}", party=party, unit=unit)
            if role is None
            else msg("{party} joins {unit} as {role}", party=party, unit=unit, role=_role(role))
        )
        return untold.tell("structure", "joined", member, said, mine)
    if whole is not None and whole.after is MISSING:
        return untold.tell("structure", "left", member, msg("{party} leaves {unit}", party=party, unit=unit), mine)
    if until is not None and until.before is MISSING:
        said = msg("{party} leaves {unit} on {day}", party=party, unit=unit, day=str(until.after))
        return untold.tell("structure", "left", member, said, mine)
    if until is not None and until.after is MISSING:
        said = msg("{party} no longer leaves {unit} on {day}", party=party, unit=unit, day=str(until.before))
        return untold.tell("structure", "joined", member, said, mine)
    before, after = (_briefly(side.at(*member)) for side in (untold.old, untold.new))
    said = msg("{party} in {unit}: {before} → {after}", party=party, unit=unit, before=before, after=after)
    return untold.tell("structure", "changed", member, said, mine)


def _briefly(stint: Value) -> object:
    """A membership in a few words: its role, or its roles by date, with what else is said of it."""
    if not isinstance(stint, dict):
        return words.told(stint, ("groups", "x", "members", "x"))
    parts: list[object] = []
    for name, each in stint.items():
        role = each.get("role") if isinstance(each, dict) else each if name == "role" else None
        if isinstance(each, dict):
            parts.append(msg("{role} from {day}", role=_role(role or "member"), day=name))
        elif name == "role":
            parts.insert(0, _role(each))
        elif name in ("title", "legal", "since", "until"):
            keys = ("groups", "x", "members", "x", name)
            called = words.field(keys)
            field = called[-1] if isinstance(called, tuple) else called
            parts.append(msg("{field} {value}", field=field, value=words.told(each, keys)))
    return tuple(parts)
