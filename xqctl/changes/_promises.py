"""Knows what happens to what was promised: targets, standards and waivers, and whether less is asked than before."""

from collections.abc import Callable, Iterator, Mapping

from xqctl.bounds import BOUNDS
from xqctl.changes import _demands as demands
from xqctl.changes import _words as words
from xqctl.changes._demands import Verdict
from xqctl.changes._edits import Edit
from xqctl.changes._forms import MISSING, Value
from xqctl.changes._plain import changed, class_of
from xqctl.changes._sides import Untold
from xqctl.changes.model import Action, Change
from xqctl.messages import Message, msg
from xqctl.place import Keys

_MIRRORED: Mapping[Verdict, Verdict] = {"tightened": "weakened", "weakened": "tightened"}
_LIFE = ("since", "until")


def promises(untold: Untold) -> Iterator[Change]:
    """What becomes of targets, waivers and adopted standards."""
    for keys in list(untold.things("targets")):
        yield from _target(untold, keys)
    for keys in list(untold.things("waivers")):
        yield from _waiver(untold, keys)
    whole = untold.at("district", "adopts")
    if whole is not None and whole.is_whole:
        yield _adopted(untold, whole)
    for each in untold.of("district", "adopts"):
        if len(each.keys) == 3 and each.is_whole:
            yield _adopted(untold, each)
    standards = dict.fromkeys(each.keys[:3] for each in untold.of("district", "adopts"))
    for keys in standards:
        yield from _terms(untold, keys)


def _target(untold: Untold, keys: Keys) -> Iterator[Change]:
    whole = untold.at(*keys)
    if whole is not None and whole.is_whole:
        come = whole.before is MISSING
        said = (
            msg("new target {name}: {bound}", name=keys[1], bound=_bound(whole.after, keys))
            if come
            else msg("target {name} is dropped: {bound}", name=keys[1], bound=_bound(whole.before, keys))
        )
        yield _moved(untold, keys, "tightened" if come else "weakened", said, (whole,))
        return
    old, new = _mapping(untold.old.at(*keys)), _mapping(untold.new.at(*keys))
    yield from _bounds(untold, keys, old, new)
    yield from _lives(untold, keys, old, new)
    denied = untold.at(*keys, "disputed")
    if denied is not None and class_of(denied) == "promise":
        verdict: Verdict = "weakened" if isinstance(denied.after, str) else "tightened"
        yield _field(untold, (*keys, "disputed"), verdict, (denied,))
    for name, judge in _FIELDS.items():
        mine = untold.of(*keys, name)
        if mine:
            verdict = judge(old.get(name, MISSING), new.get(name, MISSING))
            yield _field(untold, (*keys, name), verdict, mine)
    yield from _exceptions(untold, keys, old, new)


def _bounds(untold: Untold, keys: Keys, old: Mapping[str, Value], new: Mapping[str, Value]) -> Iterator[Change]:
    """One change of the bound, whichever kind it was and is."""
    mine = [each for kind in BOUNDS for each in untold.of(*keys, kind)]
    if not mine:
        return
    before, after = demands.bound(old), demands.bound(new)
    verdict = demands.compared(before, after)
    kept = before[0] if before[0] == after[0] else ""
    address = (*keys, kept) if kept else keys
    if kept:
        said = changed(address, before[1], after[1])
    else:
        told = (_bound(each, keys) for each in (old, new))
        said = msg("{name}: {before} → {after}", name=keys[1], before=next(told), after=next(told))
    if verdict == "same":  # only what is noted of it
        yield untold.tell("record", "changed", address, said, mine)
    else:
        yield _moved(untold, address, verdict, said, mine)


def _exceptions(untold: Untold, keys: Keys, old: Mapping[str, Value], new: Mapping[str, Value]) -> Iterator[Change]:
    """Another bound for one thing is held against the plain one where there was or is none of its own."""
    for mine in _grouped(untold.of(*keys, "except")):
        thing = mine[0].keys[:4]
        kind, plain = demands.bound(new)
        before, after = untold.old.at(*thing), untold.new.at(*thing)
        if len(thing) < 4:
            verdict: Verdict = "weakened" if mine[0].before is MISSING else "tightened"
        else:
            general = demands.bound(old)
            verdict = demands.compared(
                (kind, before) if before is not MISSING else general,
                (kind, after) if after is not MISSING else (kind, plain),
            )
        yield _field(untold, thing, verdict if verdict != "same" else "changed", mine)


def _grouped(edits: tuple[Edit, ...]) -> Iterator[tuple[Edit, ...]]:
    for keys in dict.fromkeys(each.keys[:4] for each in edits):
        yield tuple(each for each in edits if each.keys[:4] == keys)


def _lives(untold: Untold, keys: Keys, old: Mapping[str, Value], new: Mapping[str, Value]) -> Iterator[Change]:
    """Since when and until when it is in force."""
    for name in _LIFE:
        edit = untold.at(*keys, name)
        if edit is not None:
            verdict = demands.in_force({name: old.get(name)}, {name: new.get(name)})
            yield _field(untold, (*keys, name), verdict, (edit,))


def _waiver(untold: Untold, keys: Keys) -> Iterator[Change]:
    whole = untold.at(*keys)
    if whole is not None and whole.is_whole:
        come = whole.before is MISSING
        data = _mapping(whole.after if come else whole.before)
        what = data.get("target", data.get("rule", ""))
        said = (
            msg("{what} is waived until {day}: {reason}", what=what, day=data.get("until", ""), reason=_reason(data))
            if come
            else msg("{what} is waived no more: {name}", what=what, name=keys[1])
        )
        yield _moved(untold, keys, "weakened" if come else "tightened", said, (whole,))
        return
    old, new = _mapping(untold.old.at(*keys)), _mapping(untold.new.at(*keys))
    for name in _LIFE:
        edit = untold.at(*keys, name)
        if edit is not None:
            found = demands.in_force({name: old.get(name)}, {name: new.get(name)})
            yield _field(untold, (*keys, name), _MIRRORED.get(found, found), (edit,))
    edit = untold.at(*keys, "of")
    if edit is not None:
        verdict = _picked(edit.before, edit.after)
        yield _field(untold, (*keys, "of"), _MIRRORED.get(verdict, verdict), (edit,))
    for name in ("target", "rule", "at"):
        edit = untold.at(*keys, name)
        if edit is not None:
            yield _field(untold, (*keys, name), "changed", (edit,))


def _adopted(untold: Untold, edit: Edit) -> Change:
    """A standard that is adopted, or dropped; all at once where they are the first or the last."""
    come = edit.before is MISSING
    held = edit.after if come else edit.before
    names = (edit.keys[2],) if len(edit.keys) == 3 else tuple(_mapping(held))
    said = msg("{standards} adopted", standards=names) if come else msg("{standards} dropped", standards=names)
    return _moved(untold, edit.keys, "tightened" if come else "weakened", said, (edit,))


def _terms(untold: Untold, keys: Keys) -> Iterator[Change]:
    yield from _lives(untold, keys, _mapping(untold.old.at(*keys)), _mapping(untold.new.at(*keys)))
    mine = untold.of(*keys, "with")
    if mine:
        yield _field(untold, (*keys, "with"), "changed", mine)


def _field(untold: Untold, keys: Keys, verdict: Verdict, mine: tuple[Edit, ...]) -> Change:
    said = changed(keys, untold.old.at(*keys), untold.new.at(*keys))
    if verdict == "same":  # the same day, written otherwise
        return untold.tell("record", "changed", keys, said, mine)
    return _moved(untold, keys, verdict, said, mine)


def _moved(
    untold: Untold, keys: Keys, verdict: Verdict, said: Message, mine: "tuple[Edit, ...] | list[Edit]"
) -> Change:
    action: Action = "changed" if verdict == "same" else verdict
    return untold.tell("promise", action, keys, said, mine, is_weaker=action != "tightened")


def _bound(data: Value | Mapping[str, Value], keys: Keys) -> object:
    """What a target asks, in brief."""
    kind, value = demands.bound(_mapping(data))
    if not kind:
        return msg("no bound")
    return msg("{field} {value}", field=words.field((*keys, kind)), value=words.told(value, (*keys, kind)))


def _mapping(value: "Value | Mapping[str, Value]") -> Mapping[str, Value]:
    return value if isinstance(value, dict) else {}


def _reason(data: Mapping[str, Value]) -> object:
    return words.told(data.get("reason", ""), ("waivers", "x", "reason"))


def _picked(old: Value, new: Value) -> Verdict:
    """One named thing instead of all asks less."""
    if MISSING in (old, new):
        return "weakened" if old is MISSING else "tightened"
    return "changed"


def _relaxed(old: Value, new: Value) -> Verdict:
    """Further conditions under which less is asked."""
    before, after = (each if isinstance(each, list) else [] for each in (old, new))
    if after[: len(before)] == before:
        return "weakened"
    return "tightened" if before[: len(after)] == after else "changed"


def _otherwise(_old: Value, _new: Value) -> Verdict:
    return "changed"


_FIELDS: Mapping[str, Callable[[Value, Value], Verdict]] = {
    "by": demands.later,
    "where": demands.narrower,
    "of": _picked,
    "when": _relaxed,
    "metric": _otherwise,
    "stage": _otherwise,
    "each": _otherwise,
    "among": _otherwise,
    "with": _otherwise,
    "over": _otherwise,
    "attested": _otherwise,
    "counts_towards": _otherwise,
}
"""What became of each field of a target, by what it said and says."""
