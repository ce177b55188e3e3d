"""有优质学校的学区占比
Share of zones that have a quality school.

Formula:
    至少有一所办学水平为 quality 的成员学校的学区数 ÷ 学区数。问到学段时，只看有该学段的学校，且只计有该学段的学区。

    Zones with at least one member school of standing quality over zones. Asked of a stage, only schools that have it
    count, and only zones of that stage.

Inputs:
    学区 zones（members、stages）、学校 schools（standing、stages）。一个学区里没有已知的优质学校、又有学校没写办学水平
    时，不能计数。

    zones (members, stages), schools (standing, stages). A zone with no known quality school and a school whose standing
    is not said cannot be counted.

Source:
    东城区2014年方案：到2020年优质品牌学校学区全覆盖。

    Dongcheng 2014: by 2020 every zone has quality schools.
"""

from xqctl import contents, counting
from xqctl.kinds.units import Unit
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district",))


def measure(frame: Frame) -> Counted | Unknown:
    """Looks in each zone for a quality school, the first of which is named."""
    zones = frame.units("zones")
    found = (item for zone in zones if (item := _quality_school(frame, zone)) is not None)
    return counting.share(frame, found, counting.units(zones), msg("there is no zone to count"))


def _quality_school(frame: Frame, zone: Unit) -> Item | None:
    unsaid = []
    for school in contents.schools_in(frame, zone):
        standing = school.standing(frame.day)
        if standing == "quality":
            return Item(f"{zone.id}: {school.id}", 1, school.entry.held("standing", frame.day))
        if standing is None:
            unsaid.append(school.id)
    if unsaid:
        frame.lack(msg("{zone}: the standing of {schools} is not said", zone=zone.id, schools=counting.cut(unsaid)))
    frame.list_members(zone)
    frame.leave_out(zone.id, msg("it has no quality school"))
    return None
