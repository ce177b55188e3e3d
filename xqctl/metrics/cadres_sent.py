"""选派干部人数
Cadres sent to weak or rural schools.

Formula:
    当学年从优质学校派到薄弱或乡村学校任职的干部、校长、副校长人数；跟岗学习的不计。

    Cadres, principals and vice-principals sent in the school year from quality schools to weak or rural ones; those who
    go there to learn (shadowing) do not count.

Inputs:
    人员流动 postings（year、role、mode、count、from、to）、学校 schools（standing、setting）。over: year 时，计当年开始
    的。among 按派出记录的字段选，sender、receiver 是两端的学校。

    postings (year, role, mode, count, from, to), schools (standing, setting). With `over: year`, those that begin in
    the calendar year. `among` picks by the fields of the postings, with the schools as `sender` and `receiver`.

Source:
    教育部简报〔2015〕第36期：全市每年选派优质学校中层及以上干部不少于40人，到农村学校、相对薄弱学校任校长、副校长。

    Ministry briefing 2015 no. 36: every year at least 40 cadres of quality schools go to rural or weak schools as
    principals and vice-principals.
"""

from xqctl import counting, posted
from xqctl.measuring import Counted, Frame, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance", "school"), among="posting")


def measure(frame: Frame) -> Counted:
    """Counts the people sent."""
    return counting.count(posted.cadres_sent(frame))
