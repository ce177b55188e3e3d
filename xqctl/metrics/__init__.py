"""Knows how a number is found: every module of this folder is a metric, found because it stands here.

A number is *counted* where the registers it rests on are complete, else *stated* by the latest figure, else unknown.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Protocol, cast

from xqctl import registry
from xqctl.district import District
from xqctl.kinds.figures import Figure, figures
from xqctl.measuring import Basis, Counted, Frame, Metric, Number, Question, Thing, Unknown
from xqctl.messages import Message, Word, msg
from xqctl.metrics._own import own_metric
from xqctl.registers import is_complete


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
    give, even where they are not complete; `figure` the latest published number; `missing` what would settle it.
    """

    question: Question
    thing: Thing
    measured_in: str
    value: Number | None
    basis: Basis
    counted: Counted | None = None
    figure: Figure | None = None
    missing: tuple[Message, ...] = ()


@cache
def catalogue() -> MappingProxyType[str, Leaf]:
    """Every built-in metric by its id."""
    return MappingProxyType(
        {
            (id_ := module.__name__.rpartition(".")[2]): Leaf(
                id_, cast("Metric", module.METRIC), registry.page(module.__doc__ or ""), cast("Measure", module.measure)
            )
            for module in registry.modules(__name__)
        }
    )


def measure(district: District, question: Question, thing: Thing, day: date) -> Measurement:
    """The number a question asks for, of one thing on one day, on the best basis there is."""
    leaf = catalogue().get(question.metric)
    frame = Frame(district, question, thing, day)
    if leaf is not None:
        metric, found = leaf.metric, leaf.measure(frame)
    else:
        metric, found = own_metric(frame)
    lacking = _incomplete(frame, metric)
    figure = stated(district, question, thing, day)
    counted = found if isinstance(found, Counted) else None
    if counted is not None and not lacking:
        return Measurement(question, thing, metric.measured_in, counted.value, "counted", counted, figure)
    missing = (*lacking, *(found.missing if isinstance(found, Unknown) else ()))
    if figure is not None:
        return Measurement(question, thing, metric.measured_in, figure.value, "stated", counted, figure, missing)
    return Measurement(question, thing, metric.measured_in, None, "none", counted, None, missing)


def stated(district: District, question: Question, thing: Thing, day: date) -> Figure | None:
    """The latest figure not after a day that says what a question asks of a thing."""
    said = [
        figure
        for figure in figures(district)
        if figure.metric == question.metric
        and (figure.on is None or figure.on <= day)
        and _says(figure, question, thing)
    ]
    return max(said, key=lambda figure: figure.on or date.min, default=None)


def _says(figure: Figure, question: Question, thing: Thing) -> bool:
    """Whether a figure measures alike: same stage, conditions and choices, and of this very thing."""
    entry = figure.entry
    of, each = entry.text("of"), entry.text("each") or "district"
    of_this = of == thing.id if of is not None else each == thing.each == "district"
    alike = all(entry.text(name) == getattr(question, name) for name in ("stage", "where", "among"))
    choices = tuple(sorted((name, str(value)) for name, value in entry.mapping("with").items()))
    return of_this and alike and choices == tuple(sorted(question.choices))


def _incomplete(frame: Frame, metric: Metric) -> tuple[Message, ...]:
    """The registers that are not said to be complete, though the count rests on them."""
    return tuple(
        msg("`district.registers` does not say that {kind} is complete", kind=kind)
        for kind in metric.registers
        if not is_complete(frame.district, kind, frame.question.stage, str(frame.year))
    )
