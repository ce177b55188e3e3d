"""几个来源说法不一
Two sources that disagree.

Why:
    同一个指标、同一个范围、同一天，两处公布的数字按各自的精度也不可能都对。

    Of one metric, scope and day two numbers are published that cannot both be true, each at its own rounding.

Wrong:
    figures:
      学区数甲: {metric: zones, value: 8, on: 2012}
      学区数乙: {metric: zones, value: 5, on: 2012}

Right:
    figures:
      学区数甲: {metric: zones, value: 5, on: 2006}
      学区数乙: {metric: zones, value: 8, on: 2012}

Mend:
    核对原文；一处不可信的，写成 disputed，并说明理由；口径不同的，用 stage、where、with 分开。

    Check the texts; write `disputed` with the reason on the one that is not to be trusted, or tell them apart by
    `stage`, `where` or `with` where they count different things.
"""

from collections.abc import Iterator
from itertools import pairwise

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.figures import Figure, figures
from xqctl.messages import msg
from xqctl.metrics import asked_by
from xqctl.quantities import show
from xqctl.registry import Rule

RULE = Rule("XQG003", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Figures of one question and day, each with the one before it."""
    alike: dict[object, list[Figure]] = {}
    for figure in figures(district):
        if figure.on is not None:
            alike.setdefault((asked_by(figure), figure.on), []).append(figure)
    for group in alike.values():
        for one, other in pairwise(group):
            if not one.can_be(other):
                message = msg(
                    "{other} says {second}, {one} says {first}, both on {day}",
                    other=other.entry.id,
                    second=show(other.value),
                    one=one.entry.id,
                    first=show(one.value),
                    day=one.on,
                )
                told = (
                    Related(one.entry.route("value"), one.entry.cited),
                    Related(other.entry.route("source"), other.entry.cited),
                )
                yield Problem(
                    other.entry.route("value"), message, msg("check both; dispute the one that is wrong"), told
                )
