"""校际得分差距
Spread of scores between schools.

Formula:
    范围内学校得分的最高分 − 最低分；得分为各项指标的权重 × 得分之和，取当日以前开始的、有结果的最近一年。

    The highest less the lowest score among the schools measured; a score is the sum of weight times score over the
    indicators, in the latest year begun by the day that has results.

Inputs:
    考核评价 evaluations（of 含 school 的：where、indicators.weight、results），成员校；应评而没有得分的学校使它不能计
    数。有几个方案的，用 with: {evaluation: 方案} 选定。

    evaluations whose `of` holds school (where, indicators.weight, results) and the member schools; one that is
    evaluated and has no score leaves it unknown. Where there are several schemes, choose one with `with: {evaluation:
    its id}`.

Source:
    崇明区2019年简报：集团内各校区之间的教学质量差距明显减小；东城区2014年方案：校际差异大幅降低。

    Chongming 2019: differences between the sites of a group have shrunk; Dongcheng 2014: differences between schools
    are to fall.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from xqctl import counting, scores
from xqctl.kinds.evaluations import Evaluation, Result
from xqctl.kinds.schools import School
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.quantities import EXACT, plain

METRIC = Metric("score", each=("district", "zone", "group", "alliance"), choices=(("evaluation", ("",)),))


def measure(frame: Frame) -> Counted | Unknown:
    """Weighs every school's scores of one year, and subtracts the lowest from the highest."""
    scheme = scores.of_schools(frame)
    if isinstance(scheme, Unknown):
        return scheme
    schools = tuple(school for school in frame.schools() if scores.is_evaluated(frame, scheme, school))
    year = _latest(frame, scheme, schools)
    found = {result.party: result for result in scheme.results if result.written == year}
    lacking = [school.id for school in schools if school.id not in found]
    if lacking:
        frame.lack(msg("no score in {year}: {schools}", year=year or "-", schools=counting.cut(lacking)))
    scored = [
        (found[s.id], score)
        for s in schools
        if s.id in found and (score := scores.score(frame, scheme, found[s.id])) is not None
    ]
    return _spread(frame, sorted(scored, key=lambda each: (-each[1], each[0].party)), year)


def _latest(frame: Frame, scheme: Evaluation, schools: Sequence[School]) -> str:
    ids = {school.id for school in schools}
    begun = [r for r in scheme.results if r.party in ids and (r.year.start or date.min) <= frame.day]
    return max(((r.year.start or date.min, r.written) for r in begun), default=(date.min, ""))[1]


def _spread(frame: Frame, scored: Sequence[tuple[Result, Decimal]], year: str) -> Counted | Unknown:
    if len(scored) < 2:
        return Unknown(() if frame.lacking else (msg("fewer than two schools are scored"),))
    (best, high), (worst, low) = scored[0], scored[-1]
    step = msg(
        "{year}: {best} {high} − {worst} {low}",
        year=year,
        best=best.party,
        high=plain(high),
        worst=worst.party,
        low=plain(low),
    )
    items = tuple(Item(result.party, score, result.route()) for result, score in scored)
    return Counted(EXACT.subtract(high, low), items, steps=(step,))
