"""骨干教师学校覆盖率
Share of schools that have a backbone teacher.

Formula:
    至少有一名骨干教师的学校数 ÷ 学校数；问到学段时，只看该学段的骨干教师。

    Schools with at least one backbone teacher over schools; asked of a stage, only backbone teachers of it count.

Inputs:
    学校 schools（学段、开办情况）；当日所在学年的统计数据 statistics.backbone_teachers。

    schools (stages, lives); statistics.backbone_teachers of the school year that holds the day.

Source:
    东城区成果报告：骨干教师学校覆盖率96.7%。

    Dongcheng's report: 96.7 % of the schools have backbone teachers.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance"))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the schools of the frame, and those with a backbone teacher once more."""
    schools = frame.schools()
    found = counting.numbers(frame, "backbone_teachers", schools)
    for item in found:
        if not item.amount:
            frame.leave_out(item.label, msg("it has no backbone teacher"))
    return counting.share(
        frame,
        (Item(item.label, 1, item.route) for item in found if item.amount),
        counting.schools(schools),
        msg("there is no school to count"),
    )
