"""教育集团数
Number of groups.

Formula:
    当日存在的本区教育集团，每个计一次；集团里的子集团不另计。问到学段时，计写明该学段的，没有写学段的看成员校。问一个单
    位时，计直接在它里面的。

    The district's own groups that exist on the day, each once; a subgroup within a group is not counted beside the
    whole. Asked of a stage, those that name it, or, where none is named, have a member school of it. Asked of a unit,
    those directly within it.

Inputs:
    教育集团 groups（since、until、within、stages、district、members）；among 按教育集团的字段选，例如 form。

    groups (since, until, within, stages, district, members); `among` picks by the fields of the groups, such as form.

Source:
    崇明区2019年简报“共有八个教育集团”“跨区集团四个”；二道区申报书“两个教育集团”。

    Chongming 2019: eight groups, and four across districts; Erdao's application: two groups.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance"), among="group")


def measure(frame: Frame) -> Counted:
    """Counts the groups of the frame."""
    found = (unit for unit in frame.units("groups") if frame.admits(unit.entry, "group", unit=unit.entry))
    return counting.count(counting.units(found))
