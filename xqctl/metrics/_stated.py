"""Knows what figures say: which one answers a question, and what follows from how it is written."""

from dataclasses import dataclass
from datetime import date

from xqctl.conditions import passes, variables
from xqctl.district import District
from xqctl.kinds.figures import Figure, figures
from xqctl.measuring import Number, Question, Thing
from xqctl.messages import Message, msg
from xqctl.quantities import Quantity, Ratio, denominators, numerators, parse, ratio, show
from xqctl.things import things


@dataclass(frozen=True, slots=True)
class Statement:
    """The latest figure that answers a question, and the number it gives; None where figures of one day disagree."""

    figure: Figure
    value: Number | None
    steps: tuple[Message, ...]


def asked_by(figure: Figure) -> Question:
    """The question that a figure answers."""
    entry = figure.entry
    return Question(
        metric=figure.metric,
        stage=entry.text("stage"),
        each=entry.text("each"),
        of=entry.text("of"),
        where=entry.text("where"),
        among=entry.text("among"),
        choices=tuple(sorted((name, str(value)) for name, value in entry.mapping("with").items())),
        over=entry.text("over") or "school_year",
    )


def measured_things(district: District, figure: Figure, day: date) -> tuple[Thing, ...]:
    """What a figure is said of: the thing it names, else everything of its sort on that day."""
    return things(district, asked_by(figure), day)


def statement(
    district: District, question: Question, thing: Thing, day: date, defaults: tuple[tuple[str, str], ...]
) -> Statement | None:
    """What is published in answer to a question: the latest figure not after the day, one of the very thing first.

    `defaults` are the metric's own options where a figure does not choose; the question has chosen all of them.
    """
    said = [
        figure
        for figure in figures(district)
        if figure.metric == question.metric
        and _is_by(figure, day)
        and _is_alike(asked_by(figure), question, defaults)
        and _is_of(figure, thing, day)
    ]
    if not said:
        return None
    latest = max((figure.on or date.min, figure.entry.text("of") is not None) for figure in said)
    same = [f for f in said if (f.on or date.min, f.entry.text("of") is not None) == latest]
    first, *others = sorted(same, key=lambda figure: figure.entry.id)
    for other in others:
        if other.value != first.value:
            clash = msg("the figures {one} and {other} disagree", one=first.entry.id, other=other.entry.id)
            return Statement(first, None, (clash,))
    return Statement(first, _value(first), _steps(first))


def _is_by(figure: Figure, day: date) -> bool:
    ends = figure.entry.life.end
    return (figure.on is None or figure.on <= day) and (ends is None or day < ends)


def _is_alike(said: Question, asked: Question, defaults: tuple[tuple[str, str], ...]) -> bool:
    """Whether a figure measures alike: same stage, condition, period and choices."""
    if {**dict(defaults), **dict(said.choices)} != dict(asked.choices):
        return False
    return (said.stage, said.among, said.over) == (asked.stage, asked.among, asked.over)


def _is_of(figure: Figure, thing: Thing, day: date) -> bool:
    """Whether a figure is of this very thing; one of each of a sort holds for all of them, unless it is an average."""
    said = asked_by(figure)
    if said.of is not None:
        of_this = said.of == thing.id
    elif said.each is None:
        of_this = thing.is_declarer
    else:
        of_this = said.each == thing.each and figure.entry["average"] is not True
    return of_this and (said.where is None or passes(said.where, thing.each, variables(thing.entry, day)) is True)


def _value(figure: Figure) -> Number:
    """The number a figure gives: the exact ratio of its two parts, where both are given and agree with it."""
    share, rounding = _parts(figure), figure.rounding
    exact = share is not None and rounding is not None and rounding.holds(share)
    return share if exact and share is not None else figure.value


def _parts(figure: Figure) -> Ratio | None:
    top, bottom = parse(figure.entry["numerator"]), parse(figure.entry["denominator"])
    if top is None or bottom is None or top.exact is None or bottom.exact is None:
        return None
    return ratio(top.exact, bottom.exact)


def _steps(figure: Figure) -> tuple[Message, ...]:
    """What is published, and what a rounded share with one of its parts says of the other."""
    name, value, day = figure.entry.id, show(figure.value), figure.entry["on"] or figure.entry["since"]
    said = msg("{figure} says {value}", figure=name, value=value)
    if day is not None:
        said = msg("{figure} says {value} for {day}", figure=name, value=value, day=str(day))
    follows = _follows(figure, parse(figure.entry["numerator"]), parse(figure.entry["denominator"]))
    return (said,) if follows is None else (said, follows)


def _follows(figure: Figure, top: Quantity | None, bottom: Quantity | None) -> Message | None:
    rounding, share = figure.rounding, show(figure.value)
    if rounding is None or (top is None) == (bottom is None):
        return None
    if top is not None and top.exact is not None and top.exact == int(top.exact) >= 0:
        wholes = denominators(int(top.exact), rounding)
        if wholes:
            return msg(
                "{part} are {share} of {low} to {high}",
                part=int(top.exact),
                share=share,
                low=wholes[0],
                high=wholes[-1],
            )
    if bottom is not None and bottom.exact is not None and bottom.exact == int(bottom.exact) > 0:
        parts = numerators(int(bottom.exact), rounding)
        if parts:
            return msg(
                "{share} of {whole} are {low} to {high}",
                share=share,
                whole=int(bottom.exact),
                low=parts[0],
                high=parts[-1],
            )
    return None
