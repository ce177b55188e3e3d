"""共享资源数
Number of shared resources.

Formula:
    当日提供的共享资源数，每项计一次；问一个学区、集团或联盟时，计由它或它的成员方提供的。问到学段时，计面向该学段的和没
    有写明学段的。

    Shared resources offered on the day, each once; asked of a zone, group or alliance, those that it or its members
    provide. Asked of a stage, those meant for it, and those that name no stage.

Inputs:
    共享资源 resources（provider、stages、since、until）；among 按资源的字段选，例如 hub。

    resources (provider, stages, since, until); `among` picks by the fields of the resources, such as hub.

Source:
    东城区成果报告：学区内九个课程资源高地。

    Dongcheng's report: nine course resource highlands.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Item, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance", "school"), among="resource")


def measure(frame: Frame) -> Counted:
    """Counts the resources of the frame."""
    return counting.count(Item(r.id, 1, r.entry.route()) for r in contents.resources_in(frame))
