"""生均教学仪器设备值
Value of teaching equipment per pupil.

Formula:
    教学仪器设备资产值（元）÷ 学生数。一个区县、学区、集团的值是各校之和相除，不是各校值的平均。几个学段合写
    的，按加权学生数 小学:初中:高中 = 1:1.1:1.32 分摊（九年一贯 1:1.1，完全中学 初中:高中 = 1:1.2）。

    Book value of teaching equipment in yuan over pupils. The value of a district, zone or group divides one sum by
    the other: it is no mean of the schools' values. What several stages share and is written only for the whole
    school is split by weighted pupils, primary : junior : senior = 1 : 1.1 : 1.32 (nine-year schools 1 : 1.1,
    complete secondary schools 1 : 1.2).

Inputs:
    当日所在学年的 statistics：students、equipment_value。population 选定计入的学校：all（默认）全部；
    quality_2017 只计小学、初中部，不计不足50人的教学点；basic_2012 只计教育部门办的小学、初中部，不计小学教学
    点。

    Statistics of the school year that holds the day: students, equipment_value. `population` says which schools
    count: all (default); quality_2017 only primary and junior departments, without teaching points of fewer than 50
    pupils; basic_2012 only those the county's education department runs, without primary teaching points.

Source:
    教督〔2017〕6号（优质均衡）资源配置第6项：小学不低于2000元，初中不低于2500元（转载文本）；教督〔2012〕3号
    （基本均衡）八项指标之一。

    The 2017 method (教督〔2017〕6号), resources 6: at least 2000 yuan in primary, 2500 yuan in junior schools
    (secondary text); one of the eight of 2012.
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("money", each=EACH, choices=(POPULATION,))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "equipment_per_pupil")
