"""学校规模
Pupils of a school.

Formula:
    一所学校的学生数；问到学段时只算该学段，不问学段是全校。

    The pupils of a school; of the stage asked for, or of the whole school where none is.

Inputs:
    当日所在学年的 statistics.students。

    statistics.students of the school year that holds the day.

Source:
    教督〔2017〕6号政府保障程度：小学、初中不超过2000人，九年一贯制、十二年一贯制学校不超过2500人（转载文
    本）；2010年以前建成或随迁子女超过一半的可放宽到2400人、3000人（转载文本）。

    The 2017 method (教督〔2017〕6号): at most 2000 pupils in a primary or junior school, 2500 in one of nine or
    twelve years (secondary text); one built by 2010 or with over half of its pupils migrants' children up to 2400
    or 3000 (secondary text).
"""

from xqctl.departments import Gap, amount_of, departments, missing, nothing
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown

METRIC = Metric("count", each=("school",))


def measure(frame: Frame) -> Counted | Unknown:
    """Takes the school's pupils as they are written, or adds up its stages."""
    found = departments(frame, apart=False)
    if not found:
        return nothing(frame)
    pupils = found[0].amount("students")
    if isinstance(pupils, Gap):
        return Unknown(missing(frame, (pupils,)))
    count = amount_of(pupils.value)
    return Counted(count, (Item(found[0].label, count, pupils.route),))
