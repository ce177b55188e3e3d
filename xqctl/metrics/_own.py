"""Knows a district's own metrics: formulas in CEL, evaluated over the thing measured and what is in it."""

import re
from collections.abc import Mapping
from decimal import Decimal

from xqctl import contents, counting, posted
from xqctl.conditions import places, sees_inside, variables
from xqctl.district import Entry
from xqctl.expressions import Approximate, Compiled, EvaluationError, Scalar, compile_expression, evaluate, fields_of
from xqctl.kinds.schools import School
from xqctl.kinds.statistics import record
from xqctl.labels import label
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import Message, msg
from xqctl.quantities import ratio

_PARTS = ("numerator", "denominator", "value")
_WORD = re.compile(r"[A-Za-z_]\w*")
_SUM = re.compile(r"\s*sum\(schools\.map\((\w+), *\1\.(\w+)\)\)\s*")
_SIZE = re.compile(r"\s*schools\.size\(\)\s*")
_TEXT = re.compile(r'"[^"]*"|\'[^\']*\'')


def own_metric(frame: Frame) -> tuple[Metric, Counted | Unknown]:
    """What a declared metric is measured in, and its value; one without a formula is only stated by figures."""
    name = frame.question.metric
    entry = frame.district.get("metrics", name)
    if entry is None:
        return Metric("count"), Unknown((msg("there is no metric `{name}`", name=name),))
    metric = Metric(entry.text("measured_in") or "count")
    top, bottom, value = (entry.text(part) for part in _PARTS)
    asked = entry.texts("each")
    if asked and frame.thing.each not in asked:
        each = label("common.each", frame.thing.each)
        return metric, Unknown((msg("{metric} is not measured of each {each}", metric=name, each=each),))
    if top is not None and bottom is not None:
        return metric, _ratio(entry, frame, top, bottom)
    if value is not None:
        return metric, _value(entry, frame, value)
    return metric, Unknown((msg("`{name}` has no formula and no figure says it", name=name),))


def _ratio(entry: Entry, frame: Frame, top: str, bottom: str) -> Counted | Unknown:
    seen = _seen(frame, top, bottom)
    parts = [_whole(frame, text, seen) for text in (top, bottom)]
    faults = tuple(part for part in parts if isinstance(part, Message))
    if faults:
        return Unknown(tuple(dict.fromkeys((*_unsaid(frame, top, bottom), *faults))))
    upper, lower = (part for part in parts if isinstance(part, int))
    share = ratio(upper, lower)
    if share is None:
        return Unknown((msg("the denominator is {count}", count=lower),))
    return Counted(share, _items(entry, frame, "numerator", upper), _items(entry, frame, "denominator", lower))


def _value(entry: Entry, frame: Frame, text: str) -> Counted | Unknown:
    result = _result(frame, text, Scalar.NUMBER, _seen(frame, text))
    match result:
        case Message():
            return Unknown((*_unsaid(frame, text), result))
        case Approximate():
            return Counted(result.value, (Item(text, result.value, entry.route("value")),), approximate=True)
        case int() if not isinstance(result, bool):
            return Counted(Decimal(result), _items(entry, frame, "value", result))
        case _:
            return Unknown((msg("`{text}` gives no number", text=text),))


def _items(entry: Entry, frame: Frame, part: str, result: int) -> tuple[Item, ...]:
    """What a formula adds up: school by school where it is a plain sum or count of schools, else its result."""
    text = entry.text(part) or ""
    if _SIZE.fullmatch(text):
        return counting.schools(frame.schools())
    summed = _SUM.fullmatch(text)
    decimals = places(summed[2]) if summed is not None else None
    if summed is None or decimals is None:
        return (Item(text, result, entry.route(part)),)
    found = (counting.number(frame, summed[2], school) for school in frame.schools())
    return tuple(
        Item(item.label, item.amount.scaleb(decimals), item.route)
        for item in found
        if item is not None and isinstance(item.amount, Decimal)
    )


def _whole(frame: Frame, text: str, seen: Mapping[str, object]) -> int | Message:
    result = _result(frame, text, Scalar.WHOLE, seen)
    if isinstance(result, Message):
        return result
    is_whole = isinstance(result, int) and not isinstance(result, bool)
    return int(str(result)) if is_whole else msg("`{text}` gives no whole number", text=text)


def _result(frame: Frame, text: str, gives: Scalar, seen: Mapping[str, object]) -> object:
    compiled = compile_expression(text, sees_inside(frame.thing.each), gives)
    if not isinstance(compiled, Compiled):
        return msg("`{text}` does not compile", text=text)
    result = evaluate(compiled, seen)
    return result.message if isinstance(result, EvaluationError) else result


def _words(*texts: str) -> frozenset[str]:
    """The names that formulas use."""
    return frozenset(word for text in texts for word in _WORD.findall(_TEXT.sub("", text)))


def _seen(frame: Frame, *texts: str) -> dict[str, object]:
    """The thing's fields, and those lists of what is in it that the formulas name; the count rests on them."""
    day, used = frame.day, _words(*texts)
    found: dict[str, object] = variables(frame.thing.entry, day)
    for kind in ("zones", "groups", "alliances"):
        if kind in used:
            found[kind] = [variables(unit.entry, day) for unit in frame.units(kind)]
    if "pairs" in used:
        found["pairs"] = [variables(pair.unit.entry, day) for pair in frame.pairs()]
    if "schools" in used:
        found["schools"] = [_school(frame, school, used) for school in frame.schools()]
    if "postings" in used:
        found["postings"] = [variables(posting.entry, day) for posting in posted.around(frame)]
    if "resources" in used:
        found["resources"] = [variables(resource.entry, day) for resource in contents.resources_in(frame)]
    if "tasks" in used:
        found["tasks"] = [variables(task.entry, day) for task in contents.tasks_in(frame)]
    if "members" in used and frame.thing.unit is not None:
        frame.list_members(frame.thing.unit)
        found["members"] = [{"party": m.party, "role": m.role} for m in frame.thing.unit.members_on(day)]
    return found


def _school(frame: Frame, school: School, used: frozenset[str]) -> dict[str, object]:
    """A school with its statistics of the school year, for the stages asked for, in the smallest unit."""
    found, said = variables(school.entry, frame.day), record(frame.district, school.id, frame.year)
    for name in used - found.keys() if said is not None else ():
        decimals = places(name)
        if decimals is None:
            found[name] = said.entry[name] if said is not None else None
            continue
        item = counting.number(frame, name, school)
        if item is not None and isinstance(item.amount, Decimal):
            amount = item.amount.scaleb(decimals)
            found[name] = int(amount) if amount == amount.to_integral_value() else None
    return found


def _unsaid(frame: Frame, *texts: str) -> tuple[Message, ...]:
    """Which numbers of the statistics that a formula uses are not there, and for which schools."""
    own = fields_of("schools")
    names = [name for name in sorted(_words(*texts)) if places(name) is not None and own.get(name) is None]
    schools = frame.schools() if names else ()
    lacking = {name: [s.id for s in schools if counting.number(frame, name, s) is None] for name in names}
    return tuple(counting.missing(frame, name, those) for name, those in lacking.items() if those)
