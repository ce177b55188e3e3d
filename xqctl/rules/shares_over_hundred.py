"""升学比例合计超过100%
Shares over 100 %.

Why:
    一所学校的毕业生按比例升入几所学校，合起来不会超过100%。同一时间有效的几条合计超过的，有一条比例写错了，
    或旧的一条没有写 until。区间按下限计；一校有几个学段的，各学段的毕业生分开算。

    The pupils who leave one school go to several others by shares of at most 100 % together. If those that hold at one
    time exceed it, one is wrong, or an older one lacks its `until`. Ranges count at their low end; of a school with
    several stages each stage's leavers are added up apart.

Wrong:
    schools: {甲小学: {stages: primary}, 乙中学: {stages: junior}, 丙中学: {stages: junior}}
    feeders:
      甲小学升乙中学: {from: 甲小学, to: 乙中学, share: 60%}
      甲小学升丙中学: {from: 甲小学, to: 丙中学, share: 50%}

Right:
    schools: {甲小学: {stages: primary}, 乙中学: {stages: junior}, 丙中学: {stages: junior}}
    feeders:
      甲小学升乙中学: {from: 甲小学, to: 乙中学, share: 60%}
      甲小学升丙中学: {from: 甲小学, to: 丙中学, share: 40%}

Mend:
    更正比例；已经不用的一条写上 until。

    Correct the shares; give the one that no longer holds its `until`.
"""

from collections.abc import Iterator
from decimal import Decimal

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.admissions import Feeder, open_feeders
from xqctl.messages import msg
from xqctl.network import stages_at
from xqctl.quantities import Quantity, show
from xqctl.quantities import Unit as Measure
from xqctl.registry import Rule
from xqctl.stages import in_order, onward

RULE = Rule("XQA003", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Schools whose leavers are shared out more than whole on the day; told at the feeder that goes over."""
    sums: dict[tuple[str, str], tuple[Decimal, tuple[Feeder, ...]]] = {}
    told: set[str] = set()
    for feeder in open_feeders(district, district.as_of):
        for origin in feeder.origins:
            leaving = _leaving(district, origin, feeder)
            if feeder.share is None or not feeder.share.low or leaving is None:
                continue
            before, others = sums.get((origin, leaving), (Decimal(0), ()))
            total = before + feeder.share.low
            sums[origin, leaving] = total, (*others, feeder)
            if total <= 1 or before > 1 or feeder.entry.id in told:
                continue
            told.add(feeder.entry.id)
            yield Problem(
                feeder.entry.route("share"),
                msg("the shares of pupils from {school} add up to {total}", school=origin, total=_percent(total)),
                msg("correct the shares, or give the one that no longer holds an `until`"),
                tuple(_also(other) for other in others),
            )


def _leaving(district: District, origin: str, feeder: Feeder) -> str | None:
    """The stage that these pupils leave, as far as it can be told; None where it cannot."""
    has = stages_at(district, origin, district.as_of)
    if len(has) < 2:
        return "any"
    into = frozenset[str]().union(*(stages_at(district, target, district.as_of) for target in feeder.targets))
    fitting = [stage for stage in in_order(has) if onward(frozenset((stage,))) & into]
    return fitting[0] if len(fitting) == 1 else None


def _also(feeder: Feeder) -> Related:
    share = show(feeder.share) if feeder.share is not None else ""
    return Related(feeder.entry.route("share"), msg("{share} to {schools}", share=share, schools=feeder.targets))


def _percent(share: Decimal) -> str:
    return show(Quantity(share, share, Measure.RATIO))
