"""每百名学生拥有县级以上骨干教师数
Backbone teachers per 100 pupils.

Formula:
    县级及以上骨干教师数 × 100 ÷ 学生数。一个区县、学区、集团的值是各校之和相除，不是各校值的平均。

    Backbone teachers of county level and above × 100 over pupils. The value of a district, zone or group divides
    one sum by the other: it is no mean of the schools' values.

Inputs:
    当日所在学年的 statistics：students、backbone_teachers。population 选定计入的学校：all（默认）全部；
    quality_2017 只计小学、初中部，不计不足50人的教学点；basic_2012 只计教育部门办的小学、初中部，不计小学教学
    点。

    Statistics of the school year that holds the day: students, backbone_teachers. `population` says which schools
    count: all (default); quality_2017 only primary and junior departments, without teaching points of fewer than 50
    pupils; basic_2012 only those the county's education department runs, without primary teaching points.

Source:
    教督〔2017〕6号（优质均衡）资源配置第2项：小学、初中不低于1人（正式文本）。

    The 2017 method (教督〔2017〕6号), resources 2: at least 1 in primary and junior schools (official text).
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("index", each=EACH, choices=(POPULATION,))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "backbone_per_100")
