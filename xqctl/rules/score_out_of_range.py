"""超出分值区间的得分
A score outside its indicator's range.

Why:
    得分高于满分或低于最低分，多半是录错了一位或放错了指标；按它算出来的总分和排名都不可信。

    A score above the highest or below the lowest is a slip of the keyboard or stands under the wrong indicator; no
    total or ranking made from it can be trusted.

Wrong:
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
    evaluations:
      学区考核:
        of: zone
        indicators: {资源共享: {weight: 100%, range: 0..100}}
        results: {2025: {东学区: {资源共享: 860}}}

Right:
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
    evaluations:
      学区考核:
        of: zone
        indicators: {资源共享: {weight: 100%, range: 0..100}}
        results: {2025: {东学区: {资源共享: 86}}}

Mend:
    改正得分；如果分值区间本身变了，改指标的 range。

    Correct the score; where the range itself has changed, change the indicator's `range`.
"""

from collections.abc import Iterator

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.place import Keys
from xqctl.quantities import parse, show
from xqctl.registry import Rule

RULE = Rule("XQE002", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Every score of every year against the range of its indicator."""
    for scheme in district.all("evaluations"):
        for keys, score in _scores(scheme):
            indicator = scheme.mapping("indicators").get(keys[-1])
            range_ = parse(indicator.get("range")) if isinstance(indicator, dict) else None
            value = parse(score)
            if range_ is not None and value is not None and value.exact is not None and not range_.holds(value.exact):
                message = msg(
                    "{name} of {unit} is {score}, outside {range}",
                    name=keys[-1],
                    unit=keys[-2],
                    score=show(value),
                    range=show(range_),
                )
                told = Related(scheme.route("indicators", keys[-1], "range"), msg("its range"))
                yield Problem(scheme.route(*keys), message, msg("correct the score"), (told,))


def _scores(scheme: Entry) -> Iterator[tuple[Keys, object]]:
    for year, units in scheme.mapping("results").items():
        for unit, scores in units.items() if isinstance(units, dict) else ():
            for name, score in scores.items() if isinstance(scores, dict) else ():
                yield ("results", year, unit, name), score
