"""权重之和不是百分之百
Weights that do not add up to 100 %.

Why:
    各项指标的权重加起来应当正好是100%。多了或少了，总分就不是百分制，各单位的得分也没法和上一年比。

    The weights of a scheme add up to exactly 100 %. Otherwise totals are on another scale, and this year's scores
    cannot be held beside last year's.

Wrong:
    evaluations:
      学区考核:
        of: zone
        indicators:
          资源共享: {weight: 40%, range: 0..100}
          教师交流: {weight: 50%, range: 0..100}

Right:
    evaluations:
      学区考核:
        of: zone
        indicators:
          资源共享: {weight: 45%, range: 0..100}
          教师交流: {weight: 55%, range: 0..100}

Mend:
    改权重，使其合计为100%；没有写权重的指标补上权重。

    Change the weights so that they add up to 100 %; give one to each indicator that has none.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.messages import msg
from xqctl.quantities import Unit, number, parse, show, total
from xqctl.registry import Rule

RULE = Rule("XQE001", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Schemes that give weights at all; a scheme without any is only described."""
    for scheme in district.all("evaluations"):
        indicators = scheme.mapping("indicators")
        weights = {name: parse(each.get("weight")) for name, each in indicators.items() if isinstance(each, dict)}
        given = [weight for weight in weights.values() if weight is not None]
        lacking = [name for name, weight in weights.items() if weight is None]
        together = total(given, Unit.RATIO)
        if not given or (together == number(1, Unit.RATIO) and not lacking):
            continue
        message = msg("the weights of {scheme} add up to {total}", scheme=scheme.id, total=show(together))
        if lacking:
            message = msg(
                "{names} of {scheme} have no weight; the rest adds up to {total}",
                names=lacking,
                scheme=scheme.id,
                total=show(together),
            )
        yield Problem(scheme.route("indicators", part="key"), message, msg("make them 100%"))
