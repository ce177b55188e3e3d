"""生均公用经费
Operating funds per pupil.

Formula:
    公用经费（元）÷ 学生数；按全校计，不分学段。least_pupils（默认1）：学生少于此数的学校按此数计。

    Operating funds in yuan over pupils, of whole schools whatever the stage. `least_pupils` (1 by default): a
    school with fewer pupils counts as having so many.

Inputs:
    当日所在学年的 statistics.operating_funds、students，每所学校都要有。

    statistics.operating_funds and students of the school year that holds the day, for every school.

Source:
    教督〔2017〕6号政府保障程度：特殊教育学校生均公用经费不低于8000元；不足100名学生的村小和教学点按100人核定
    公用经费（转载文本），可写 least_pupils: 100。

    The 2017 method (教督〔2017〕6号): at least 8000 yuan in special schools; village schools and teaching points
    with fewer than 100 pupils are paid for 100 (secondary text), which `least_pupils`: 100 says.
"""

from dataclasses import replace
from decimal import Decimal

from xqctl import counting
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import Message, msg
from xqctl.stages import STAGES

METRIC = Metric("money", each=EACH, choices=(("least_pupils", ("1",)),))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides the funds by the pupils, those of small schools raised."""
    schools, whole = frame.schools(), frozenset(STAGES)
    funds = counting.numbers(frame, "operating_funds", schools, whole)
    pupils = counting.numbers(frame, "students", schools, whole)
    least, steps = Decimal(frame.choice("least_pupils", "1")), list[Message]()
    found = counting.share(frame, funds, (_raised(item, least, steps) for item in pupils), msg("there is no pupil"))
    return found if isinstance(found, Unknown) else replace(found, steps=tuple(steps))


def _raised(item: Item, least: Decimal, steps: list[Message]) -> Item:
    amount = item.amount
    if not isinstance(amount, int | Decimal) or amount >= least:
        return item
    steps.append(msg("{school} has {count} pupils and counts as {least}", school=item.label, count=amount, least=least))
    return replace(item, amount=least)
