"""学区覆盖率
Share of schools that are in a zone.

Formula:
    当日在至少一个学区里的学校数 ÷ 学校数；以校区参加的按所属学校计，一校只计一次。

    Schools that are in at least one zone on the day over schools; one that is in by a campus counts, and each counts
    once.

Inputs:
    学校 schools（学段、开办情况）、学区 zones 的 members。有学区没有列全成员时，不能计数。

    schools (stages, lives), members of zones. Where a zone does not list all its members, it cannot be counted.

Source:
    崇明区2019年简报“学区化办学三岛全覆盖”；上海市2015年意见：学区和集团覆盖一半以上的义务教育学校。

    Chongming 2019: zones cover all three islands; Shanghai 2015: zones and groups cover half of the compulsory schools.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance"))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts each school of the frame once, and those in a zone once more."""
    schools, tied = frame.schools(), contents.tied(frame, "zones")
    return counting.share(
        frame,
        (tied[school.id] for school in schools if school.id in tied),
        counting.schools(schools),
        msg("there is no school to count"),
    )
