"""Knows how a number is found: every module of this folder is a metric, found because it stands here.

A number is *counted* where the registers it rests on are complete, else *stated* by what a unit declares of itself or
by the latest figure, else unknown.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Protocol, cast

from xqctl import registry
from xqctl.district import District
from xqctl.kinds.figures import Figure
from xqctl.labels import label
from xqctl.measuring import Basis, Counted, Frame, Metric, Number, Question, Thing, Unknown, incomplete
from xqctl.messages import Message, Word, msg
from xqctl.metrics._own import own_metric
from xqctl.metrics._stated import asked_by, measured_things, statement
from xqctl.registers import is_complete

__all__ = [
    "Leaf",
    "Measure",
    "Measurement",
    "asked_by",
    "catalogue",
    "counted_by",
    "leaf",
    "measure",
    "measured_things",
    "stated",
]


MOST = 12
"""So many things that are missing are said."""


class Measure(Protocol):
    """What a metric's module does: looks at a frame and counts."""

    def __call__(self, frame: Frame) -> Counted | Unknown:
        """The value and its parts, or what is missing for it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A metric as the catalogue knows it."""

    id: str
    metric: Metric
    page: registry.Page
    measure: Measure

    @property
    def title(self) -> Word:
        """What it is called."""
        return Word(self.page.zh, self.page.en)


@dataclass(frozen=True, slots=True)
class Measurement:
    """A question's answer for one thing.

    `value` is the number that holds (None: unknown) and `basis` where it comes from; `counted` is what the registers
    give, even where they are not complete (`is_whole` says that they are); `figure` the latest published number;
    `steps` how the value follows from what is published or counted; `missing` what would settle it; `is_outside` says
    that the thing is none of those the metric is about.
    """

    question: Question
    thing: Thing
    measured_in: str
    value: Number | None
    basis: Basis
    counted: Counted | None = None
    figure: Figure | None = None
    missing: tuple[Message, ...] = ()
    is_whole: bool = False
    steps: tuple[Message, ...] = ()
    is_outside: bool = False


@cache
def catalogue() -> Mapping[str, Leaf]:
    """Every built-in metric by its id."""
    return MappingProxyType({id_: found for id_ in _ids() if (found := leaf(id_)) is not None})


@cache
def leaf(id_: str) -> Leaf | None:
    """One built-in metric, without importing the others; None where there is none of this id."""
    if id_ not in _ids():
        return None
    module: ModuleType = importlib.import_module(f"{__name__}.{id_}")
    page = registry.page(module.__doc__ or "")
    return Leaf(id_, cast("Metric", module.METRIC), page, cast("Measure", module.measure))


def counted_by(metric: str | None) -> str:
    """The sort of things a metric counts, which its `among` is about: a school, a group, a task …"""
    found = leaf(metric or "")
    return "school" if found is None else found.metric.among


def measure(district: District, question: Question, thing: Thing, day: date) -> Measurement:
    """The number a question asks for, of one thing on one day, on the best basis there is."""
    metric, found, frame = _found(district, question, thing, day)
    registers = (kind for kind in metric.registers if not is_complete(district, kind, question.stage, str(frame.year)))
    # Sorted, so that the order of files and keys never shows.
    unlisted = (*map(incomplete, registers), *sorted(frame.lacking, key=lambda message: (message.text, str(message))))
    lacking = _cut(tuple(dict.fromkeys((*unlisted, *(found.missing if isinstance(found, Unknown) else ())))))
    counted = found if isinstance(found, Counted) else None
    said = statement(district, frame.question, thing, day, _defaults(metric))
    figure = None if said is None else said.figure
    answer = Measurement(question, thing, _measured_in(metric, frame), None, "none", counted, figure, lacking)
    if counted is not None and not lacking:
        whole = counted.basis == "counted"
        return replace(answer, value=counted.value, basis=counted.basis, is_whole=whole, steps=counted.steps)
    if said is None:
        return replace(answer, is_outside=isinstance(found, Unknown) and found.outside and not unlisted)
    if said.value is None:
        return replace(answer, missing=(*lacking, *said.steps))
    return replace(answer, value=said.value, basis="stated", steps=said.steps)


def stated(district: District, question: Question, thing: Thing, day: date) -> Figure | None:
    """The latest figure not after a day that says what a question asks of a thing."""
    known = leaf(question.metric)
    metric = Metric("count") if known is None else known.metric
    full = question if known is None else replace(question, choices=_chosen(metric, question))
    said = statement(district, full, thing, day, _defaults(metric))
    return None if said is None else said.figure


@cache
def _ids() -> frozenset[str]:
    return frozenset(registry.leaves(__name__))


def _found(district: District, question: Question, thing: Thing, day: date) -> tuple[Metric, Counted | Unknown, Frame]:
    """What a metric's module or the district's own formula gives, with what it noted on the way."""
    known = leaf(question.metric)
    if known is None:
        frame = Frame(district, question, thing, day)
        metric, found = own_metric(frame)
    else:
        metric = known.metric
        frame = Frame(district, replace(question, choices=_chosen(metric, question)), thing, day, metric.among)
        wrong = _wrong(known, frame)
        found = Unknown(wrong) if wrong else known.measure(frame)
    if isinstance(found, Counted) and not found.left_out:
        found = replace(found, left_out=tuple(frame.left))
    return metric, found, frame


def _chosen(metric: Metric, question: Question) -> tuple[tuple[str, str], ...]:
    """The metric's own options as they are chosen, else their defaults; a standard's others are passed over."""
    given = dict(question.choices)
    return tuple((name, given.get(name, default)) for name, default in _defaults(metric))


def _defaults(metric: Metric) -> tuple[tuple[str, str], ...]:
    return tuple((name, values[0]) for name, values in sorted(metric.choices))


def _wrong(known: Leaf, frame: Frame) -> tuple[Message, ...]:
    """What cannot be asked of this metric: a thing of another sort, an option it does not know."""
    each, chosen, wrong = frame.thing.each, dict(frame.question.choices), []
    if each not in known.metric.each and not (each == "pair" and "alliance" in known.metric.each):
        wrong.append(
            msg("{metric} is not measured of each {each}", metric=known.title, each=label("common.each", each))
        )
    for name, values in known.metric.choices:
        any_number = len(values) == 1 and values[0].isdecimal() and chosen[name].isdecimal()
        if chosen[name] not in values and values != ("",) and not any_number:
            wrong.append(msg("{name} is one of {values}, not {given}", name=name, values=values, given=chosen[name]))
    return tuple(wrong)


def _cut(lacking: tuple[Message, ...]) -> tuple[Message, ...]:
    """What is missing, a long list cut."""
    if len(lacking) <= MOST:
        return lacking
    return (*lacking[: MOST - 1], msg("{count} more are missing", count=len(lacking) - MOST + 1))


def _measured_in(metric: Metric, frame: Frame) -> str:
    """A count that is asked for as a share is a ratio."""
    return "ratio" if frame.choice("as") == "share" else metric.measured_in
