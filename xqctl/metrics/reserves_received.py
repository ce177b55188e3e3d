"""接收后备干部人数
Reserve cadres received by quality schools.

Formula:
    当学年薄弱或乡村学校派到优质学校锻炼的后备干部（role: reserve）人数，按接收一方的学校计；派出一方可以是外区学校。

    Reserve cadres (role: reserve) whom weak or rural schools send to quality schools in the school year, counted at the
    receiving schools; the sending ones may belong to other districts.

Inputs:
    人员流动 postings（year、role、count、from、to）、学校 schools（standing、setting）。over: year 时，计当年开始的。
    among 按派出记录的字段选，sender、receiver 是两端的学校。

    postings (year, role, count, from, to), schools (standing, setting). With `over: year`, those that begin in the
    calendar year. `among` picks by the fields of the postings, with the schools as `sender` and `receiver`.

Source:
    教育部简报〔2015〕第36期：选派到优质学校锻炼的农村学校、相对薄弱学校校级后备干部不少于40人。

    Ministry briefing 2015 no. 36: at least 40 reserve cadres of rural or weak schools train at quality schools.
"""

from xqctl import counting, posted
from xqctl.measuring import Counted, Frame, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance", "school"), among="posting")


def measure(frame: Frame) -> Counted:
    """Counts the people received."""
    found = posted.received(frame, ("reserve",))
    return counting.count(posted.people(frame, found, posted.FROM_POOR, posted.TO_STRONG))
