"""结对数
Number of pairs.

Formula:
    当日存在的“结对”联盟（form: pair），每对计一次，在区域联盟之内的也计。问到学段时，计写明该学段的，没有写学段的看成员
    校。

    Alliances of form pair that exist on the day, each once, those within a regional alliance too. Asked of a stage,
    those that name it, or, where none is named, have a school of it.

Inputs:
    联盟 alliances（form、since、until、within、stages、members）；among 按结对的字段选。

    alliances (form, since, until, within, stages, members); `among` picks by the fields of the pairs.

Source:
    东城区成果报告：2008年14对深度联盟校；北京均衡报道2011：已组建20对联盟校。

    Dongcheng's report: 14 pairs in 2008; a newspaper of 2011: 20 pairs.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance", "school"), among="pair")


def measure(frame: Frame) -> Counted:
    """Counts the pairs of the frame."""
    found = (pair.unit for pair in frame.pairs() if frame.admits(pair.unit.entry, "pair", unit=pair.unit.entry))
    return counting.count(counting.units(found))
