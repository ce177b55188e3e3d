"""随迁子女公办学校就读比例
Share of migrants' children in public schools.

Formula:
    民办学校以外的学校中随迁子女学生数 ÷ 全部学校中随迁子女学生数。政府购买学位的民办学校没有数据，未计入分
    子，实际比例可能更高。

    Children of migrant workers in schools that are not private over those in all schools. Places bought in private
    schools are not in the data and are left out of the numerator: the true share may be higher.

Inputs:
    当日所在学年的 statistics.migrant_students；schools.ownership，没有写的按公办计。

    statistics.migrant_students of the school year that holds the day; schools.ownership: one that is not said is
    public.

Source:
    教督〔2017〕6号政府保障程度：符合条件的随迁子女在公办学校和政府购买服务的民办学校就读比例不低于85%（转载文
    本）。

    The 2017 method (教督〔2017〕6号): at least 85 % of eligible migrants' children in public schools and in places
    bought in private ones (secondary text).
"""

from xqctl import counting
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=tuple(each for each in EACH if each != "school"))


def measure(frame: Frame) -> Counted | Unknown:
    """Adds them up over public schools, and over all."""
    schools = frame.schools()
    every = counting.numbers(frame, "migrant_students", schools)
    private = {school.id for school in schools if school.ownership(frame.day) == "private"}
    public = tuple(item for item in every if item.label not in private)
    return counting.share(frame, public, every, msg("there is no child of migrant workers"))
