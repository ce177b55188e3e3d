"""Knows bounds: which one holds for what on a day, and whether a number keeps it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xqctl.conditions import passes, variables
from xqctl.district import District, Entry
from xqctl.measuring import Number, Question, Thing
from xqctl.messages import Message, msg
from xqctl.metrics import Measurement, leaf, measure
from xqctl.quantities import Quantity, Unit, at_least, at_most, between, equals, is_dated, parse, steps

BOUNDS = ("at_least", "at_most", "equals", "between")
AVERAGE = "average"
_UNITS = {
    "ratio": (Unit.RATIO,),
    "points": (Unit.POINTS,),
    "money": (Unit.MONEY,),
    "area": (Unit.AREA,),
    "count": (Unit.COUNT,),
    "score": (Unit.COUNT,),
    "index": (Unit.COUNT, Unit.RATIO),
}
"""What a bound on a number is written in."""
LIKE = "30%, 2000元, 4.5m2, 45"


@dataclass(frozen=True, slots=True)
class Bound:
    """What a target asks of one thing on a day; `because` says which exception or condition gave it."""

    kind: str
    value: Number
    written: str
    because: Message | None = None


def kind_of(entry: Entry) -> str | None:
    """at_least, at_most, equals or between; None for a target without a bound."""
    return next((kind for kind in BOUNDS if entry[kind] is not None), None)


def bound_of(district: District, entry: Entry, question: Question, thing: Thing, day: date) -> Bound | Message | None:
    """A target's bound for a thing on a day: an exception's, else that of the first condition met, else the plain one.

    None where none is in force then, a message where the average it refers to is unknown.
    """
    kind = kind_of(entry)
    if kind is None:
        return None
    written: object = entry[kind]
    because: Message | None = None
    if thing.id in entry.mapping("except"):
        written, because = entry.mapping("except")[thing.id], msg("{thing} is an exception", thing=thing.id)
    else:
        for condition, relaxed in _conditions(entry):
            if passes(condition, thing.each, variables(thing.entry, day)) is True:
                written, because = relaxed, msg("{condition} holds", condition=condition)
                break
    value = on_day(written, day)
    if value is None:
        return None
    if value == AVERAGE:
        return _average(district, question, thing, kind, day)
    quantity = parse(value)
    if quantity is None:
        return msg("`{bound}` is no bound", bound=str(value))
    return Bound(_kind_for(kind, quantity), quantity, str(value), because)


def is_alike(bound: Number, found: Measurement) -> bool:
    """Whether bound and number are written in the same unit, where the metric is known."""
    if not isinstance(bound, Quantity) or leaf(found.question.metric) is None:
        return True
    return is_written_so(bound, found.measured_in)


def is_written_so(value: Quantity, measured_in: str) -> bool:
    """Whether a value has the unit of what is measured in ratio, count, money, area …"""
    return value.unit in _UNITS.get(measured_in, tuple(Unit))


def holds(value: Number, bound: Bound) -> bool | None:
    """Whether a number keeps a bound, inclusive and exact; None where a range may lie on either side."""
    match bound.kind, bound.value:
        case "at_least", least:
            return at_least(value, least)
        case "at_most", most:
            return at_most(value, most)
        case "between", Quantity() as both:
            return between(value, both)
        case _, same:
            return equals(value, same)


def _kind_for(kind: str, value: Quantity) -> str:
    """An exception may give a range where the rule gives one end."""
    return "between" if value.exact is None else "equals" if kind == "between" else kind


def _average(district: District, asked: Question, thing: Thing, kind: str, day: date) -> Bound | Message:
    """The district's own value, which a metric may take over more than what is held against it."""
    known = leaf(asked.metric)
    wider = known.metric.average if known is not None else ()
    if thing.is_declarer and not wider:
        return msg("the average is the district's own value: measure its parts (`each`) against it")
    choices = tuple(sorted({**dict(asked.choices), **dict(wider)}.items()))
    whole = Question(asked.metric, asked.stage, choices=choices, over=asked.over)
    value = measure(district, whole, Thing("district", district.itself), day).value
    if value is None:
        return msg("the district's own value is not known")
    return Bound(kind, value, AVERAGE, msg("the bound is the district's own value"))


def _conditions(entry: Entry) -> Iterator[tuple[str, object]]:
    listed = entry["when"]
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            yield from item.items()


def on_day(written: object, day: date) -> object:
    """What a bound, which may change by date, is on a day."""
    if not is_dated(written):
        return written
    value = next((step.value for step in steps(written) if step.interval.contains(day)), None)
    return value.get("value") if isinstance(value, Mapping) else value
