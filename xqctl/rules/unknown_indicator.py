"""方案里没有的评价指标
Results under an indicator that the scheme does not have.

Why:
    结果里的指标名和方案里的对不上，这个得分就不会计入总分，谁也看不出来。

    A score under a name that the scheme does not know is left out of every total, and nobody sees it.

Wrong:
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
    evaluations:
      学区考核:
        of: zone
        indicators: {资源共享: {weight: 100%, range: 0..100}}
        results: {2025: {东学区: {资源共亨: 86}}}

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
    改成方案里的指标名，或者在 indicators 里加上这项指标。

    Write the indicator as the scheme does, or add it to `indicators`.
"""

import difflib
from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQE005", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Only schemes that list their indicators."""
    for scheme in district.all("evaluations"):
        known = list(scheme.mapping("indicators"))
        for year, units in scheme.mapping("results").items() if known else ():
            for unit, scores in units.items() if isinstance(units, dict) else ():
                for name in scores if isinstance(scores, dict) else ():
                    if name not in known:
                        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
                        help_ = (
                            msg("did you mean `{name}`?", name=near[0])
                            if near
                            else msg("one of {options}", options=known)
                        )
                        message = msg("{scheme} has no indicator {name}", scheme=scheme.id, name=name)
                        yield Problem(scheme.route("results", year, unit, name, part="key"), message, help_)
