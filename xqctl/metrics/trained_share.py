"""教师培训完成率
Share of teachers trained 360 hours in five years.

Formula:
    完成五年360学时培训的专任教师数 ÷ 专任教师数。

    Full-time teachers who completed 360 hours of training in five years over full-time teachers.

Inputs:
    当日所在学年的 statistics.trained_teachers、full_time_teachers，每所学校、每个问到的学段都要有。

    statistics.trained_teachers and full_time_teachers of the school year that holds the day, for every school and
    every stage asked for.

Source:
    教督〔2017〕6号政府保障程度：教师5年360学时培训完成率达到100%（转载文本）。

    The 2017 method (教督〔2017〕6号): 100 % (secondary text).
"""

from xqctl import counting
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=EACH)


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up both over the schools of the frame."""
    schools = frame.schools()
    top = counting.numbers(frame, "trained_teachers", schools)
    bottom = counting.numbers(frame, "full_time_teachers", schools)
    return counting.share(frame, top, bottom, msg("there is no full-time teacher"))
