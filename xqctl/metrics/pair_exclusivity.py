"""一对一比例
Share of paired schools that are in one pair only.

Formula:
    当日只在一对结对里的学校数 ÷ 已结对的学校数；每校计一次。

    Schools that are in exactly one open pair on the day over all paired schools; each counts once.

Inputs:
    学校 schools（学段、开办情况）、联盟 alliances（form: pair 的成员）。

    schools (stages, lives), alliances (members of those of form pair).

Source:
    教育部简报〔2015〕第36期：结对学校采取“一对一”共同体、对口帮扶等形式。

    Ministry briefing 2015 no. 36: paired schools form one-to-one communities or assist one another.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance"))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the paired schools of the frame, and those with one pair once more."""
    pairs = contents.paired(frame)
    paired = [school for school in frame.schools() if school.id in pairs]
    for school in paired:
        if len(pairs[school.id]) > 1:
            several = [unit.id for unit in pairs[school.id]]
            frame.leave_out(school.id, msg("it is in {count} pairs: {pairs}", count=len(several), pairs=several))
    return counting.share(
        frame,
        counting.schools(school for school in paired if len(pairs[school.id]) == 1),
        counting.schools(paired),
        msg("no school is paired"),
    )
