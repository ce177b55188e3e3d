"""每12个班音乐专用教室数
Music rooms for every 12 classes.

Formula:
    音乐专用教室间数 ÷ ⌈班级数 ÷ 12⌉：班级数除以12，有余数进一。达到1即为配齐。

    Music rooms over ⌈classes ÷ 12⌉: a remainder counts as one more. 1 means that there are enough.

Inputs:
    当日所在学年的 statistics：music_rooms、classes（或 class_sizes），每个问到的学段都要有。几个学段合写的教
    室不分摊：问全校，或分学段写。

    Statistics of the school year that holds the day: music_rooms, classes (or class_sizes), for every stage asked
    for. Rooms written for several stages together are not split: ask of the whole school, or write them stage by
    stage.

Source:
    教督〔2017〕6号政府保障程度：每12个班级配备音乐、美术专用教室1间以上，音乐每间不小于96平方米（转载文本）。

    The 2017 method (教督〔2017〕6号): at least one music and one art room for every 12 classes, music rooms of at
    least 96 m² (secondary text).
"""

from xqctl.classes import rooms_per_twelve
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("index", each=("school",))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides the rooms by how many there have to be."""
    return rooms_per_twelve(frame, "music_rooms")
