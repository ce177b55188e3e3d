"""九年一贯制学校数
Number of nine-year schools.

Formula:
    当日在办的、同时有小学段和初中段的学校数；十二年一贯制学校也在内。只看纯九年一贯制的，用 among 排除有高中段的。

    Open schools that have both a primary and a junior stage; twelve-year schools are among them. To count those without
    a senior stage only, leave the others out with `among`.

Inputs:
    学校 schools（stages）；问一个学区时，还有它的 members。

    schools (stages); asked of a zone, its members too.

Source:
    东城区2014年方案：2020年内每个学区建立1所以上九年一贯制的优质品牌学校。

    Dongcheng 2014: by 2020 every zone has at least one nine-year quality school.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Metric
from xqctl.stages import COMPULSORY

METRIC = Metric("count", each=("district", "zone", "group", "alliance"))


def measure(frame: Frame) -> Counted:
    """Counts the schools that have both stages."""
    found = frame.schools(COMPULSORY)
    return counting.count(counting.schools(s for s in found if s.stages(frame.day) >= COMPULSORY))
