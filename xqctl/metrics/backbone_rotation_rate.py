"""骨干教师轮岗比例
Rotation rate of backbone teachers.

Formula:
    当学年轮岗的骨干教师人数 ÷ 符合交流条件的骨干教师数。选项 modes: exchange 把支教、互派、走教也算作交流，默认
    rotation 只计轮岗。

    Backbone teachers who rotate in the school year over backbone teachers eligible for rotation. The choice `modes:
    exchange` counts support, dispatch and itinerant teaching too; `rotation`, the default, only rotation.

Inputs:
    人员流动 postings（year、mode、role、backbone、stage、from）；当学年的统计数据
    statistics.eligible_backbone_teachers。没有写 backbone 的轮岗不当作零。

    postings (year, mode, role, backbone, stage, from); statistics.eligible_backbone_teachers of the school year. A
    posting that does not say `backbone` is not taken for none.

Source:
    东城区2014年方案：骨干教师轮岗交流达100%。

    Dongcheng 2014: all backbone teachers rotate.
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
    """Counts the backbone teachers who rotate, and those eligible in the same schools."""
    rotated = posted.backbone(frame, posted.rotated(frame))
    eligible = counting.as_written(frame, "eligible_backbone_teachers", frame.schools())
    return counting.share(frame, rotated, eligible, msg("no backbone teacher is eligible for rotation"))
