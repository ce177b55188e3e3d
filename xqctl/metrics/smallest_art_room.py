"""最小美术教室面积
Area of the smallest art room.

Formula:
    一所学校最小一间美术专用教室的面积；有几个学段或校区的，取最小的。

    The area of the smallest art room of a school; of several stages or campuses the smallest counts.

Inputs:
    当日所在学年的 statistics.smallest_art_room，每个问到的学段都要有，或写在全校。

    statistics.smallest_art_room of the school year that holds the day, for every stage asked for or for the whole
    school.

Source:
    教督〔2017〕6号政府保障程度：美术专用教室每间不小于90平方米（转载文本）；2016年以前建的67平方米、最大班额
    不足30人的农村小规模学校小学54、初中61平方米见于一套公开的评估软件（转载文本）。

    The 2017 method (教督〔2017〕6号): art rooms of at least 90 m² (secondary text); a public program lets rooms
    built by 2016 have 67 m², small rural schools with no class of 30 54 m² (primary) and 61 m² (junior) (secondary
    text).
"""

from xqctl.classes import smallest_room
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("area", each=("school",))


def measure(frame: Frame) -> Counted | Unknown:
    """Takes the smallest that is written."""
    return smallest_room(frame, "smallest_art_room")
