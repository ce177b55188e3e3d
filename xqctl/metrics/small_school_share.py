"""小规模学校占比
Share of small schools.

Formula:
    学生数少于 under（默认200）的学校数 ÷ 学校数；问到学段时，只看该学段的学生。等于 under 的不算小规模。

    Schools with fewer pupils than `under` (200 by default) over schools; asked of a stage, only its pupils count. A
    school with exactly that many is not small.

Inputs:
    学校 schools（学段、开办情况）；当日所在学年的统计数据 statistics.students。

    schools (stages, lives); statistics.students of the school year that holds the day.

Source:
    崇明区2019年简报：全区义务教育阶段学生数少于200人的学校共24所，占比达35%（分母应为68或69所）。

    Chongming 2019: 24 compulsory schools have fewer than 200 pupils, 35 % (which makes 68 or 69 schools).
"""

from dataclasses import replace
from decimal import Decimal

from xqctl import counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.quantities import at_most, equals

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance"), choices=(("under", ("200",)),))


def measure(frame: Frame) -> Counted | Unknown:
    """Holds the pupils of each school against the limit."""
    schools, under = frame.schools(), Decimal(frame.choice("under"))
    pupils = counting.numbers(frame, "students", schools)
    small = [item for item in pupils if at_most(item.amount, under) and equals(item.amount, under) is False]
    found = counting.share(
        frame,
        (Item(item.label, 1, item.route) for item in small),
        counting.schools(schools),
        msg("there is no school to count"),
    )
    told = tuple(msg("{school} has {count} pupils", school=item.label, count=str(item.amount)) for item in small)
    return found if isinstance(found, Unknown) else replace(found, steps=told)
