"""学区数
Number of zones.

Formula:
    当日存在的本区学区，每个计一次；学区里的学区不另计。问到学段时，计写明该学段的，没有写学段的看成员校。问一个单位时，
    计直接在它里面的。

    The district's own zones that exist on the day, each once; a zone within a zone is not counted beside the whole.
    Asked of a stage, those that name it, or, where none is named, have a member school of it. Asked of a unit, those
    directly within it.

Inputs:
    学区 zones（since、until、within、stages、district、members）；among 按学区的字段选，例如 form。

    zones (since, until, within, stages, district, members); `among` picks by the fields of the zones, such as form.

Source:
    东城区2014年方案“8个学区”；崇明区2019年简报“六大学区”。

    Dongcheng 2014: 8 zones; Chongming 2019: six zones.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance"), among="zone")


def measure(frame: Frame) -> Counted:
    """Counts the zones of the frame."""
    found = (unit for unit in frame.units("zones") if frame.admits(unit.entry, "zone", unit=unit.entry))
    return counting.count(counting.units(found))
