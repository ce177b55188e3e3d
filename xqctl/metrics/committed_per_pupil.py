"""生均承诺支出
Money committed per pupil.

Formula:
    承诺支出（见 committed）÷ 学生数。问到学段时，只计写明该学段的补助规则和该学段的学生数。

    Money committed (see committed) over pupils. Asked of a stage, only rules that name it, and pupils of it.

Inputs:
    与 committed 相同；学校 schools（学段、开办情况）和当日所在学年的统计数据 statistics.students。

    The same as committed; schools (stages, lives), statistics.students of the school year that holds the day.

Source:
    县域义务教育优质均衡发展督导评估办法（2017）：经费按生均衡量。

    The national method of 2017 measures money per pupil.
"""

from xqctl import counting, funding
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("money")


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what is committed by the number of pupils."""
    pupils = counting.as_written(frame, "students", frame.schools())
    return funding.per(frame, pupils, msg("there is no pupil to count"))
