"""师生比
Teachers per pupil.

Formula:
    专任教师数 ÷ 学生数。一个区县、学区、集团的值是各校之和相除，不是各校值的平均。

    Full-time teachers over pupils. The value of a district, zone or group divides one sum by the other: it is no
    mean of the schools' values.

Inputs:
    当日所在学年的 statistics：students、full_time_teachers。population 选定计入的学校：all（默认）全部；
    quality_2017 只计小学、初中部，不计不足50人的教学点；basic_2012 只计教育部门办的小学、初中部，不计小学教学
    点。

    Statistics of the school year that holds the day: students, full_time_teachers. `population` says which schools
    count: all (default); quality_2017 only primary and junior departments, without teaching points of fewer than 50
    pupils; basic_2012 only those the county's education department runs, without primary teaching points.

Source:
    教督〔2012〕3号（基本均衡）八项指标之一（转载文本）。

    The 2012 method (教督〔2012〕3号), eight indicators, one of them (secondary text).
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("index", each=EACH, choices=(POPULATION,))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "teachers_per_pupil")
