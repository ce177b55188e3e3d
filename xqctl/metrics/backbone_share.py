"""骨干教师占比
Share of backbone teachers.

Formula:
    骨干教师数 ÷ 专任教师数。

    Backbone teachers over full-time teachers.

Inputs:
    当日所在学年的统计数据 statistics.backbone_teachers、full_time_teachers，每所学校、每个问到的学段都要有。

    statistics.backbone_teachers and full_time_teachers of the school year that holds the day, for every school and
    every stage asked for.

Source:
    东城区成果报告：区级以上骨干教师1415人，占全区专任教师总数的15%（专任教师应在9130至9758人之间）。

    Dongcheng's report: 1415 backbone teachers are 15 % of the full-time teachers (who must be 9130 to 9758).
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance", "school"))


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up both over the schools of the frame."""
    schools = frame.schools()
    backbone = counting.as_written(frame, "backbone_teachers", schools)
    everyone = counting.as_written(frame, "full_time_teachers", schools)
    return counting.share(frame, backbone, everyone, msg("there is no full-time teacher"))
