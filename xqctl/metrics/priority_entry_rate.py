"""优先发展初中升入示范高中的比例
Entry rate of priority junior schools.

Formula:
    优先发展初中毕业生中升入示范高中的人数 ÷ 毕业生数，各校合并计算。选项 schools: all 计所有初中，默认 priority 只计优
    先发展初中；与平均值（average）比较时，平均值按所有初中计。问一所学校时，计该校。

    Graduates of priority junior schools who entered a model senior school over their graduates, all schools together.
    The choice `schools: all` takes all junior schools; `priority`, the default, those so designated. Held against
    `average`, the average is that of all junior schools. Asked of one school, it is that school's own rate.

Inputs:
    学校 schools（designations 含 priority_junior）；当日所在学年的统计数据 statistics.graduates（初中段）、
    entered_model_senior，即上一个夏天的毕业生。

    schools (designations holding priority_junior); statistics.graduates (of the junior part) and entered_model_senior
    of the school year that holds the day: those who graduated the summer before.

Source:
    东城区2014年方案：优先发展初中升入示范高中的比例不低于全区平均。

    Dongcheng 2014: priority junior schools reach at least the district's average.
"""

from collections.abc import Iterable

from xqctl import counting
from xqctl.kinds.schools import School
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.stages import STAGES

METRIC = Metric(
    "ratio",
    each=("district", "zone", "group", "alliance", "school"),
    choices=(("schools", ("priority", "all")),),
    average=(("schools", "all"),),
)
JUNIOR = frozenset(("junior",))


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up both over the junior schools asked for."""
    schools = frame.schools(JUNIOR)
    if frame.choice("schools") == "priority" and frame.thing.school is None:
        schools = tuple(s for s in schools if "priority_junior" in counting.listed(s.entry, "designations", frame.day))
    graduates = counting.as_written(frame, "graduates", schools, JUNIOR)
    return counting.share(frame, _entered(frame, schools), graduates, msg("nobody graduated from such a school"))


def _entered(frame: Frame, schools: Iterable[School]) -> tuple[Item, ...]:
    """Only junior graduates enter senior schools: the junior part's number, else the whole school's."""
    field, items, lacking = "entered_model_senior", [], []
    for school in schools:
        item = counting.number(frame, field, school, JUNIOR)
        item = item or counting.number(frame, field, school, frozenset(STAGES))
        if item is None:
            lacking.append(school.id)
        else:
            items.append(item)
    if lacking:
        frame.lack(counting.missing(frame, field, lacking))
    return tuple(items)
