"""公布数据与登记不符
A figure that the register contradicts.

Why:
    公布的数字按它的精度也对不上登记：要么登记漏了或多了，要么数字已经过时，要么口径不同。两边都有人引用，迟早会被问到。

    Even at its rounding the published number is not what the register gives: the register lacks or has something, the
    number is out of date, or it counts something else. Both are quoted, and somebody will ask.

Wrong:
    district: {name: 某区, level: district, as_of: 2019-11-02, registers: {zones: complete}}
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
    figures:
      学区数: {metric: zones, value: 2, on: 2019-11-02}

Right:
    district: {name: 某区, level: district, as_of: 2019-11-02, registers: {zones: complete}}
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
    figures:
      学区数: {metric: zones, value: 1, on: 2019-11-02}

Mend:
    核对登记；数字有口径的，在 stage、where、among 里写明；确实是文件写错的，保留数字并在 note 里说明。

    Check the register; where the figure counts something narrower, say so in `stage`, `where` or `among`; where the
    document is wrong, keep its number and say so in `note`.
"""

from collections.abc import Iterator
from datetime import date

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.figures import Figure, figures
from xqctl.measuring import Question, Thing
from xqctl.messages import msg
from xqctl.metrics import Measurement, asked_by, measure, measured_things
from xqctl.quantities import at_most, show, written
from xqctl.registers import is_read
from xqctl.registry import Rule
from xqctl.things import things

RULE = Rule("XQG001", Severity.WARNING)

_COUNTED = {"zones": "zone", "groups": "group", "alliances": "alliance", "pairs": "pair", "schools": "school"}


def check(district: District) -> Iterator[Problem]:
    """The lists first, since a wrong list says more than a wrong number; then every number that can be counted."""
    for figure in figures(district):
        listed = _listed(district, figure)
        if listed is not None:
            yield listed
        else:
            yield from _numbers(district, figure)


def _numbers(district: District, figure: Figure) -> Iterator[Problem]:
    day = figure.on or district.as_of
    for thing in measured_things(district, figure, day):
        found = measure(district, asked_by(figure), thing, day)
        if found.counted is None or not _is_contradicted(figure, found):
            continue
        message = msg(
            "{figure} says {said}; the register gives {counted} on {day}",
            figure=figure.entry.id,
            said=show(figure.value),
            counted=written(found.counted.value),
            day=day,
        )
        parts = (*found.counted.numerator, *found.counted.denominator)
        related = tuple(
            Related(item.route, msg("counted: {name}", name=item.label)) for item in parts[:5] if item.route
        )
        yield Problem(
            figure.entry.route("value"), message, msg("check the register, or say what the figure counts"), related
        )


def _is_contradicted(figure: Figure, found: Measurement) -> bool:
    """A complete register is held to the rounding; a partial one only contradicts where it has more already."""
    if found.counted is None:
        return False
    if not found.is_whole:
        return found.measured_in == "count" and at_most(found.counted.value, figure.value) is False
    return not figure.allows(found.counted.value)


def _listed(district: District, figure: Figure) -> Problem | None:
    """What a figure lists by name, held against who is there on that day."""
    names = figure.entry.texts("listed")
    if not names or not is_read(district):
        return None
    day = figure.on or district.as_of
    there = {thing.id: thing for thing in _there(district, figure, day)}
    gone = [name for name in names if name not in there]
    lacking = [id_ for id_ in there if id_ not in names]
    if not gone and not lacking:
        return None
    related = [
        Related(found.route(), msg("listed, and not there on {day}", day=day))
        for name in gone
        if (found := district.party(name))
    ]
    related.append(Related(figure.entry.route("source"), figure.entry.cited))
    related += [Related(there[id_].entry.route(), msg("there on {day}, and not listed", day=day)) for id_ in lacking]
    message = msg(
        "the list of {figure} is not true on {day}; too many: {gone}; missing: {lacking}",
        figure=figure.entry.id,
        day=day,
        gone=gone or msg("none"),
        lacking=lacking or msg("none"),
    )
    return Problem(
        figure.entry.route("listed", part="key"),
        message,
        msg("correct the list, or give the figure the day it is of"),
        tuple(related),
    )


def _there(district: District, figure: Figure, day: date) -> tuple[Thing, ...]:
    """The things a figure counts: the schools, zones, groups … that its metric is the number of."""
    question = asked_by(figure)
    each = _COUNTED.get(figure.metric)
    asked = Question("", question.stage, each=each, where=question.among or question.where) if each else question
    return things(district, asked, day)
