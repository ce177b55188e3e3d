"""获准预约数
Number of bookings granted.

Formula:
    当学年开始使用的、已获准（granted）或已归还（returned）的预约数；当日之后才审批的不计。over: year 时按自然年。

    Bookings that were granted or returned and begin in the school year, unless they were decided after the day; with
    `over: year`, in the calendar year.

Inputs:
    预约 bookings（resource、start、state、decided.on）、共享资源 resources（provider）；among 按预约的字段选。

    bookings (resource, start, state, decided.on), resources (provider); `among` picks by the fields of the bookings.

Source:
    东城区成果报告：学区化管理信息网，录入、申请、授权、使用。

    Dongcheng's report: the zones' network of entry, request, grant and use.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Item, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance", "school"), among="booking")


def measure(frame: Frame) -> Counted:
    """Counts the bookings of the frame's resources."""
    return counting.count(Item(b.entry.id, 1, b.entry.route()) for b in contents.used(frame))
