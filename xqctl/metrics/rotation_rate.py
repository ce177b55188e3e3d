"""教师轮岗比例
Rotation rate of teachers.

Formula:
    当学年轮岗的教师人数 ÷ 符合交流条件的教师数。选项 modes: exchange 把支教、互派、走教也算作交流，默认 rotation 只计轮
    岗。

    Teachers who rotate in the school year over teachers eligible for rotation. The choice `modes: exchange` counts
    support, dispatch and itinerant teaching too; `rotation`, the default, only rotation.

Inputs:
    人员流动 postings（year、mode、role、count、stage、from）；当学年的统计数据 statistics.eligible_for_rotation。over:
    year 时，计当年开始的。

    postings (year, mode, role, count, stage, from); statistics.eligible_for_rotation of the school year. With `over:
    year`, postings that begin in the calendar year.

Source:
    《关于推进县（区）域内义务教育学校校长教师交流轮岗的意见》（2014）：每学年交流轮岗教师不低于符合交流条件教师总数的
    10%。东城区2014年方案：不少于30%，未定义分子分母。

    The national opinion of 2014 on rotation: every school year at least 10 % of the teachers eligible. Dongcheng 2014:
    at least 30 %, of what it does not say.
"""

from xqctl import counting, posted
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric(
    "ratio",
    each=("district", "zone", "group", "alliance", "school"),
    choices=(("modes", ("rotation", "exchange")),),
)


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the people who rotate, and those eligible in the same schools."""
    rotated = posted.people(frame, posted.rotated(frame))
    eligible = counting.as_written(frame, "eligible_for_rotation", frame.schools())
    return counting.share(frame, rotated, eligible, msg("nobody is eligible for rotation"))
