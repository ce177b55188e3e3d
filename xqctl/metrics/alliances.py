"""联盟数
Number of alliances.

Formula:
    当日存在的本区联盟，每个计一次；联盟里的联盟，例如区域联盟里的结对，不另计。问到学段时，计写明该学段的，没有写学段的
    看成员校。问一个单位时，计直接在它里面的。

    The district's own alliances that exist on the day, each once; an alliance within an alliance, such as a pair in a
    regional one, is not counted beside the whole. Asked of a stage, those that name it, or, where none is named, have a
    member school of it. Asked of a unit, those directly within it.

Inputs:
    联盟 alliances（since、until、within、stages、district、members）；among 按联盟的字段选，例如 form。

    alliances (since, until, within, stages, district, members); `among` picks by the fields of the alliances, such as
    form.

Source:
    成都市2015年简报“11对区域教育联盟”；崇明区2019年简报：每个学区三个学段的联合体。

    Chengdu 2015: 11 regional alliances; Chongming 2019: consortia of three stages in every zone.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance"), among="alliance")


def measure(frame: Frame) -> Counted:
    """Counts the alliances of the frame."""
    found = (unit for unit in frame.units("alliances") if frame.admits(unit.entry, "alliance", unit=unit.entry))
    return counting.count(counting.units(found))
