"""Knows the changes that need no more than a kind and a field: what is added, removed or changed, and by how much."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from xqctl.changes import _words as words
from xqctl.changes._edits import Edit
from xqctl.changes._forms import MISSING, Value
from xqctl.changes._points import at
from xqctl.changes._sides import Untold
from xqctl.changes.model import Change, Class
from xqctl.messages import Message, msg
from xqctl.place import Keys
from xqctl.quantities import Quantity, Unit, is_dated, parse, show

CLASS_OF: Mapping[str, Class] = {
    "schools": "structure",
    "organisations": "structure",
    "districts": "structure",
    "zones": "structure",
    "groups": "structure",
    "alliances": "structure",
    "bodies": "structure",
    "resources": "structure",
    "postings": "people",
    "feeders": "admissions",
    "catchments": "admissions",
    "quotas": "admissions",
    "funds": "money",
    "subsidies": "money",
    "requests": "money",
    "outlays": "money",
    "targets": "promise",
    "waivers": "promise",
    "measures": "promise",
    "tasks": "promise",
    "evaluations": "promise",
    "metrics": "promise",
}
"""What an entry of a kind is about; of every other kind it is a record."""
_TOLD_OF = frozenset(
    ("name", "note", "source", "assumed", "disputed", "formerly", "also_named", "honours", "code", "location")
)
_AMOUNTS = frozenset(("percent", "money", "area", "count", "number", "value", "bound", "quantity"))
_NESTED = frozenset(
    ("members", "campuses", "honours", "adopts", "except", "results", "indicators", "roles", "steps", "allotted")
)
_TARGET_RECORDS = frozenset(("department", "confidence", "formula"))
_OF_DISTRICT: Mapping[str, Class] = {
    "level": "structure",
    "within": "structure",
    "subdistricts": "structure",
    "model": "structure",
    "adopts": "promise",
}


def class_of(edit: Edit) -> Class:
    """What an edit touches."""
    kind = edit.keys[0]
    if kind == "district":
        return _OF_DISTRICT.get(edit.keys[1] if len(edit.keys) > 1 else "", "record")
    own = CLASS_OF.get(kind, "record")
    named = [key for key in edit.keys[2:] if key in _TOLD_OF]
    if kind == "targets" and edit.keys[2:3] and edit.keys[2] in _TARGET_RECORDS:
        return "record"
    denies = named[:1] == ["disputed"] and any(isinstance(each, str) for each in (edit.before, edit.after))
    return "record" if named and not denies else own


def rest(untold: Untold) -> Iterator[Change]:
    """Every edit that is left: a thing that comes or goes, else one change a field."""
    for start in list(untold.things()):
        for keys, mine in groupby(untold.of(*start), key=_field):
            yield plain(untold, keys, tuple(mine))


def plain(untold: Untold, keys: Keys, mine: tuple[Edit, ...]) -> Change:
    """One change of what stands at `keys`, in the plainest words."""
    old, new = untold.old.at(*keys), untold.new.at(*keys)
    kind = class_of(mine[0]) if len(keys) > 2 or keys[0] == "district" else CLASS_OF.get(keys[0], "record")
    if old is MISSING and _is_thing(keys):
        return untold.tell(kind, "added", keys, msg("new: {kind} {name}{what}", **_about(keys, new)), mine)
    if new is MISSING and _is_thing(keys):
        return untold.tell(kind, "removed", keys, msg("gone: {kind} {name}{what}", **_about(keys, old)), mine)
    return untold.tell(kind, "changed", keys, changed(keys, old, new), mine)


def changed(keys: Keys, old: Value, new: Value) -> Message:
    """What a field said and says, and by how much it went up or down where both are amounts."""
    name, field = words.title("district") if keys[0] == "district" else _name(keys), words.field(keys)
    before, after = _apart(old, new), _apart(new, old)
    if before is MISSING and old is not MISSING and isinstance(after, dict) and len(after) == 1:
        (day, value), *_ = after.items()
        said = words.told(value, keys)
        return msg("{name} {field}: {value} from {day} on", name=name, field=field, value=said, day=day)
    values = {"before": words.told(before, keys), "after": words.told(after, keys)}
    delta = difference(old, new) if at(keys).seen("").says("x-quantity") in _AMOUNTS else None
    if delta is not None:
        return msg("{name} {field}: {before} → {after} ({by})", name=name, field=field, by=delta, **values)
    return msg("{name} {field}: {before} → {after}", name=name, field=field, **values)


def _apart(value: Value, other: Value) -> Value:
    """Of two values that change by date, only the dates at which they are not the same."""
    if not (isinstance(value, dict) and isinstance(other, dict) and is_dated(value) and is_dated(other)):
        return value
    return {day: each for day, each in value.items() if day not in other or other[day] != each} or MISSING


def difference(old: Value, new: Value) -> str | None:
    """By how much an amount changed, with its sign; None where one is no exact amount, or they are of other sorts."""
    if old is MISSING or new is MISSING:
        return None
    before, after = parse(old), parse(new)
    if before is None or after is None or before.unit is not after.unit:
        return None
    if before.exact is None or after.exact is None:
        return None
    delta = after - before
    told = Quantity(delta.low, delta.high, Unit.POINTS) if delta.unit is Unit.RATIO else delta
    return ("+" if delta.low is not None and delta.low > 0 else "") + show(told)


def _field(edit: Edit) -> Keys:
    """To what a change of this edit alone belongs: a statistics record, a field of a thing, or the thing."""
    if edit.keys[0] == "statistics":
        return edit.keys[:3]
    return (
        edit.keys
        if not _NESTED.isdisjoint(edit.keys[1:3])
        else edit.keys[:2]
        if edit.keys[0] == "district"
        else edit.keys[:3]
    )


def _is_thing(keys: Keys) -> bool:
    return (len(keys) == 2 and keys[0] != "district") or (keys[0] == "statistics" and len(keys) == 3)


def _name(keys: Keys) -> str:
    return "/".join(keys[1:3]) if keys[0] == "statistics" else keys[1]


def _about(keys: Keys, value: Value) -> dict[str, object]:
    """A thing's kind and name, and in brief what is in it, where a field of it says most."""
    data = value if isinstance(value, dict) else {}
    telling = [name for name in _TELLING if name in data]
    what = [msg("{field} {value}", field=words.field((*keys, name)), value=words.told(data[name], (*keys, name)))
            for name in telling]  # fmt: skip
    return {
        "kind": words.title(keys[0]),
        "name": _name(keys),
        "what": msg(" ({parts})", parts=tuple(what)) if what else "",
    }


_TELLING = ("amount", "asked", "granted", "each", "from", "to", "year", "mode", "count", "places", "share")
