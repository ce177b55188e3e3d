"""骨干教师占轮岗人数比例
Share of backbone teachers among those who rotate.

Formula:
    当学年轮岗的骨干教师人数 ÷ 轮岗的教师人数。选项 modes: exchange 把支教、互派、走教也算作交流，默认 rotation 只计轮
    岗。

    Backbone teachers who rotate in the school year over all teachers who rotate. The choice `modes: exchange` counts
    support, dispatch and itinerant teaching too; `rotation`, the default, only rotation.

Inputs:
    人员流动 postings（year、mode、role、count、backbone、stage、from）。没有写 backbone 的轮岗不当作零。

    postings (year, mode, role, count, backbone, stage, from). A posting that does not say `backbone` is not taken for
    none.

Source:
    《关于推进县（区）域内义务教育学校校长教师交流轮岗的意见》（2014）：其中骨干教师不低于交流总数的20%。

    The national opinion of 2014 on rotation: at least 20 % of those who rotate are backbone teachers.
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
    """Counts the people who rotate, and the backbone teachers among them once more."""
    rotated = posted.rotated(frame)
    everyone, backbone = posted.people(frame, rotated), posted.backbone(frame, rotated)
    return counting.share(frame, backbone, everyone, msg("nobody rotated"))
