"""最大班额
Pupils of the largest class.

Formula:
    各班人数中最大的：largest_class 与 class_sizes 中较大的。问到区县、学区、集团，是其中所有学校最大的一个
    班。

    The most pupils in one class: the greater of largest_class and class_sizes. Asked of a district, zone or group
    it is the largest class in any of its schools.

Inputs:
    当日所在学年的 statistics：largest_class 或 class_sizes，每个问到的学段都要有。

    Statistics of the school year that holds the day: largest_class or class_sizes, for every stage asked for.

Source:
    教督〔2017〕6号政府保障程度：所有班级小学不超过45人、初中不超过50人，看每一个班而不是平均（转载文本）。

    The 2017 method (教督〔2017〕6号): every class, not the average, at most 45 pupils in primary, 50 in junior
    schools (secondary text).
"""

from xqctl.classes import largest
from xqctl.departments import Amount, Gap, amount_of, departments, missing, nothing
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("count", each=EACH)


def measure(frame: Frame) -> Counted | Unknown:
    """Takes the greatest of the largest classes."""
    found = [(department.label, largest(department)) for department in departments(frame, apart=False)]
    gaps = [each for _, each in found if isinstance(each, Gap)]
    if gaps:
        return Unknown(missing(frame, gaps))
    sizes = [(label, each) for label, each in found if isinstance(each, Amount)]
    if not sizes:
        return nothing(frame)
    most = max(each.value for _, each in sizes)
    named = tuple(label for label, each in sizes if each.value == most)
    return Counted(
        amount_of(most),
        tuple(Item(label, amount_of(each.value), each.route) for label, each in sizes),
        steps=(msg("the largest class is at {schools}: {count}", schools=named, count=str(most)),),
    )
