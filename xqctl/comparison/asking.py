"""Knows how one question is put to several districts, and what their numbers are over schools and over pupils."""

import re
from collections.abc import Sequence
from dataclasses import replace

from xqctl import counting
from xqctl.comparison.values import UNKNOWN, Said, Value
from xqctl.district import District
from xqctl.kinds.figures import Figure, figures
from xqctl.kinds.units import open_units
from xqctl.labels import label
from xqctl.measuring import Counted, Frame, Number, Question, Thing
from xqctl.messages import Message, Word, msg
from xqctl.metrics import Measurement, asked_by, catalogue, counted_by, measure
from xqctl.network import counted
from xqctl.quantities import Quantity, at_least
from xqctl.quantities import number as quantity
from xqctl.things import KINDS, things

_PICKING = frozenset(("form", "legal", "stages", "tightness", "unifies"))
"""What units are picked by, and is not known where they do not say it."""


def ask(district: District, question: Question) -> Value:
    """The number of the whole district, on the best basis there is; of each of a sort, from the lowest to the highest.

    Unknown where the metric is another district's own.
    """
    day = district.as_of
    if question.metric not in catalogue() and district.get("metrics", question.metric) is None:
        return UNKNOWN
    if question.each is None and question.of is None:
        found = measure(district, question, Thing("district", district.itself), day)
        return _unsure(found) if found.basis == "counted" and _is_unclear(district, question) else told(found)
    asked = things(district, question, day)
    return spread([told(measure(district, question, thing, day)) for thing in asked])


def told(found: Measurement) -> Value:
    """A measurement as a value; a stated one with the day and the source of the figure it is taken from."""
    if found.value is None:
        return Value(measured_in=found.measured_in, basis="none", missing=found.missing)
    value = Value(number=found.value, measured_in=found.measured_in, basis=found.basis)
    if found.basis == "counted" or found.figure is None or _is_declared(found):
        return value
    day, sources = _origin(found.figure)
    return replace(value, day=day, sources=sources)


def _unsure(found: Measurement) -> Value:
    """A count that not everything says it belongs to: what a figure says instead, if one does."""
    if found.figure is None:
        return Value(measured_in=found.measured_in, basis="none", missing=(msg("some do not say whether they belong"),))
    day, sources = _origin(found.figure)
    value = Value(number=found.figure.value, measured_in=found.measured_in, basis="stated")
    return replace(value, day=day, sources=sources)


def _origin(figure: Figure) -> tuple[str | None, tuple[str, ...]]:
    """When a figure was true, and where it stands."""
    day = figure.entry["on"] or figure.entry["since"]
    return None if day is None else str(day), figure.entry.texts("source")


def _is_unclear(district: District, question: Question) -> bool:
    """Whether some unit does not say what the question picks units by: its form, its stages …"""
    sort = counted_by(question.metric)
    kind = KINDS.get("alliance" if sort == "pair" else sort)
    named = {"form"} if sort == "pair" else set(re.findall("[a-z_]+", question.among or "")) & _PICKING
    if kind is None:
        return False
    units = open_units(district, district.as_of, kind) if sort == "pair" else counted(district, district.as_of, kind)
    return any(unit.entry.on(name, district.as_of) is None for unit in units for name in named)


def spread(values: Sequence[Value]) -> Value:
    """Several things' numbers as one, from the lowest to the highest; unknown where one of them is."""
    numbers = [value.number for value in values if value.number is not None]
    if not numbers or len(numbers) < len(values):
        return UNKNOWN
    low, high = _ends(numbers)
    days = [value.day for value in values if value.day is not None]
    return replace(
        values[0],
        number=low,
        high=high,
        basis="stated" if any(value.basis == "stated" for value in values) else "counted",
        day=max(days, default=None),
        sources=tuple(dict.fromkeys(source for value in values for source in value.sources)),
    )


def over(value: Value, among: Value, times: int = 1) -> Value:
    """An amount over so many (`times` as much over them), on the weaker basis of both; unknown where one is."""
    amount = quantity(value.number) if isinstance(value.number, int) else value.number
    many = among.number
    if not isinstance(amount, Quantity) or value.high is not None or not isinstance(many, Quantity | int):
        return UNKNOWN
    found = counting.quotient(amount.times(times), many) if amount.low is None or amount.low >= 0 else None
    if found is None:
        return UNKNOWN
    stated = "stated" in (value.basis, among.basis)
    return Value(
        number=found,
        measured_in="money" if value.measured_in == "money" else "index",
        basis="stated" if stated else "counted",
        day=value.day or among.day,
        sources=tuple(dict.fromkeys((*value.sources, *among.sources))),
    )


def pupils(district: District) -> Value:
    """All pupils of the school year that holds the day; unknown where not every school's are registered."""
    frame = Frame(district, Question("schools"), Thing("district", district.itself), district.as_of)
    frame.rest_on("statistics", frame.year)
    found = counting.count(counting.numbers(frame, "students", frame.schools()))
    if frame.lacking or not found.value:
        return Value(measured_in="count", basis="none", missing=tuple(frame.lacking))
    return Value(number=found.value, measured_in="count", basis="counted")


def title_of(question: Question, districts: Sequence[District] = ()) -> Said:
    """What a question asks for, in words: the metric, and over what."""
    return title(question, metric_title(question.metric, districts))


def title(question: Question, name: Said) -> Said:
    """What something called `name` is asked over."""
    scope: list[object] = []
    if question.stage is not None:
        scope.append(label("common.stage_or_compulsory", question.stage))
    if question.of is not None:
        scope.append(question.of)
    elif question.each is not None:
        scope.append(msg("each {each}", each=label("common.each", question.each)))
    scope += [condition for condition in (question.where, question.among) if condition is not None]
    scope += [metric_title(value) for _, value in _own_choices(question)]
    return msg("{title} ({scope})", title=name, scope=scope) if scope else name


def metric_title(metric: str, districts: Sequence[District] = ()) -> Said:
    """What a metric is called; one of a district's own by the title it gives there."""
    leaf = catalogue().get(metric)
    if leaf is not None:
        return Word(leaf.title.zh.removesuffix("。"), leaf.title.en.removesuffix("."))
    own = next((entry for district in districts if (entry := district.get("metrics", metric)) is not None), None)
    return metric if own is None else own.text("title") or metric


def plain(question: Question) -> Question:
    """A question as it is compared: a metric's own options spelled out, a district measured as the whole it is."""
    chosen = {name: dict(question.choices).get(name, default) for name, default in _defaults(question).items()}
    each = None if question.each == "district" and question.where is None else question.each
    return replace(question, each=each, choices=tuple(sorted(chosen.items())))


def key(question: Question) -> str:
    """A question as a stable id."""
    parts = (question.stage, question.each, question.of, question.where, question.among)
    chosen = [f"{name}={value}" for name, value in _own_choices(question)]
    return "|".join([question.metric, *(part for part in parts if part is not None), *chosen])


def _own_choices(question: Question) -> list[tuple[str, str]]:
    """The metric's own options that are not what they are by default."""
    defaults = _defaults(question)
    return [(name, value) for name, value in question.choices if defaults.get(name) != value]


def _defaults(question: Question) -> dict[str, str]:
    leaf = catalogue().get(question.metric)
    return {} if leaf is None else {name: values[0] for name, values in leaf.metric.choices}


def disputes(district: District, name: str, question: Question) -> tuple[Message, ...]:
    """What other sources say of the figures that answer a question."""
    return tuple(
        msg(
            "{district}: of {figure}, {source} says {value}",
            district=name,
            figure=figure.entry.id,
            source=str(other.get("source", "?")),
            value=str(other.get("value")),
        )
        for figure in figures(district)
        if plain(asked_by(figure)) == question
        for other in figure.entry.mapping("disputed").values()
        if isinstance(other, dict)
    )


def _is_declared(found: Measurement) -> bool:
    """Whether the number is what units declare of themselves, not the figure's."""
    return isinstance(found.counted, Counted) and found.counted.basis == "stated" and found.counted.value == found.value


def _ends(numbers: Sequence[Number]) -> tuple[Number, Number | None]:
    """The lowest and the highest; amounts that may be ranges as the one range that holds them all."""
    amounts = [quantity(each) if isinstance(each, int) else each for each in numbers]
    known = [each for each in amounts if isinstance(each, Quantity)]
    if len(known) == len(amounts):
        lows, highs = [each.low for each in known], [each.high for each in known]
        low = None if None in lows else min(each for each in lows if each is not None)
        high = None if None in highs else max(each for each in highs if each is not None)
        if low is not None or high is not None:
            return Quantity(low, high, known[0].unit), None
    low_, high_ = amounts[0], amounts[0]
    for each in amounts[1:]:
        low_ = each if at_least(each, low_) is False else low_
        high_ = each if at_least(each, high_) is True else high_
    return low_, None if low_ == high_ else high_
