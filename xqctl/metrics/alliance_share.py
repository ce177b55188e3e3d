"""联盟覆盖率
Share of schools that are in an alliance.

Formula:
    当日在至少一个联盟里的学校数 ÷ 学校数；以校区参加的按所属学校计，一校只计一次。

    Schools that are in at least one alliance on the day over schools; one that is in by a campus counts, and each
    counts once.

Inputs:
    学校 schools（学段、开办情况）、联盟 alliances 的 members。有联盟没有列全成员时，不能计数。

    schools (stages, lives), members of alliances. Where a alliance does not list all its members, it cannot be counted.

Source:
    东城区成果报告：联盟校试点覆盖各学区。

    Dongcheng's report: pilot alliances in every zone.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance"))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts each school of the frame once, and those in a alliance once more."""
    schools, tied = frame.schools(), contents.tied(frame, "alliances")
    return counting.share(
        frame,
        (tied[school.id] for school in schools if school.id in tied),
        counting.schools(schools),
        msg("there is no school to count"),
    )
