"""资源使用率
Use rate of shared resources.

Formula:
    当学年至少有一次获准预约的共享资源数 ÷ 当日提供的共享资源数。资源没有登记开放时间，所以不按时间计。

    Shared resources with at least one booking granted in the school year over those offered on the day. Resources have
    no opening hours, so it is not a share of time.

Inputs:
    共享资源 resources（provider、stages、since、until）、预约 bookings（resource、start、state、decided.on）。

    resources (provider, stages, since, until), bookings (resource, start, state, decided.on).

Source:
    东城区2014年方案：硬件资源共享使用效率的专项督导；崇明区2019年简报：提升教育资源的使用率。

    Dongcheng 2014 evaluates how well shared resources are used; Chongming 2019 reports that their use has risen.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance", "school"), among="resource")


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the resources of the frame, and those that were used once more."""
    offered, used = contents.resources_in(frame), {booking.resource for booking in contents.used(frame)}
    for resource in offered:
        if resource.id not in used:
            frame.leave_out(resource.id, msg("nobody was granted it"))
    return counting.share(
        frame,
        (Item(r.id, 1, r.entry.route()) for r in offered if r.id in used),
        (Item(r.id, 1, r.entry.route()) for r in offered),
        msg("no resource is offered"),
    )
