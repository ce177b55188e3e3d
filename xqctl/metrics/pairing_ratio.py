"""结对比例
Share of schools that are paired.

Formula:
    结对学校数 ÷ 学校数；一所学校当日在一个开放的“结对”联盟中即为已结对，只计一次。

    Paired schools over schools; a school in an open alliance of form pair on that day is paired, and counts once.

Inputs:
    学校 schools（学段、开办情况）、联盟 alliances（form: pair 的成员）。

    schools (stages, lives), alliances (members of those of form pair).

Source:
    教育部简报〔2015〕第36期：联盟双方义务教育阶段学校结对比例均达到30%以上。

    Ministry briefing 2015 no. 36: on both sides at least 30 % of the compulsory schools are paired.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance"))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts each school of the frame once, and those in a pair once more."""
    schools, paired = frame.schools(), contents.paired(frame)
    return counting.share(
        frame,
        (Item(s.id, 1, paired[s.id][0].entry.route("members", part="key")) for s in schools if s.id in paired),
        counting.schools(schools),
        msg("there is no school to count"),
    )
