"""学院分院数
Number of academy branches.

Formula:
    当日提供的、类别为学院分院（hub: academy_branch）的共享资源数；问一个学区时，计由它的成员方提供的。选项 bases:
    counted 把学院基地（academy_base）也计入，默认 left_out 不计。

    Shared resources that are academy branches (hub: academy_branch) on the day; asked of a zone, those that its members
    provide. The choice `bases: counted` counts academy bases too; `left_out`, the default, does not.

Inputs:
    共享资源 resources（hub、provider、since、until）；问一个学区时，还有它的 members。

    resources (hub, provider, since, until); asked of a zone, its members too.

Source:
    东城区2014年方案第14条：每个学区建设学院分院或基地。

    Dongcheng 2014, measure 14: every zone has an academy branch or base.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Item, Metric

METRIC = Metric(
    "count",
    each=("district", "zone", "group", "alliance"),
    choices=(("bases", ("left_out", "counted")),),
    among="resource",
)


def measure(frame: Frame) -> Counted:
    """Counts the resources of the frame that are such a hub."""
    hubs = ("academy_branch", "academy_base") if frame.choice("bases") == "counted" else ("academy_branch",)
    found = (resource for resource in contents.resources_in(frame) if resource.hub in hubs)
    return counting.count(Item(resource.id, 1, resource.entry.route()) for resource in found)
