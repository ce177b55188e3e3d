"""结对比例
Share of schools that are paired.

Formula:
    结对学校数 ÷ 学校数；一所学校当日在一个开放的“结对”联盟中即为已结对，只计一次。

    Paired schools over schools; a school in an open alliance of form pair on that day is paired, and counts once.

Inputs:
    schools（学段、开办情况）、alliances（form: pair 的成员）。

    schools (stages, lives), alliances (members of those of form pair).

Source:
    教育部简报〔2015〕第36期：联盟双方义务教育阶段学校结对比例均达到30%以上。

    Ministry briefing 2015 no. 36: on both sides at least 30 % of the compulsory schools are paired.
"""

from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.network import pairs
from xqctl.quantities import ratio

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance"), registers=("alliances",))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts each school of the frame once, and those in a pair once more."""
    paired = {school.id: pair.unit for pair in pairs(frame.district, frame.day) for school in pair.schools}
    schools = frame.schools()
    share = ratio(sum(school.id in paired for school in schools), len(schools))
    if share is None:
        return Unknown((msg("there is no school to count"),))
    return Counted(
        share,
        tuple(Item(s.id, 1, paired[s.id].entry.route("members", s.id)) for s in schools if s.id in paired),
        tuple(Item(s.id, 1, s.entry.route()) for s in schools),
        tuple(frame.left),
    )
