"""生均教学及辅助用房面积
Area of teaching and auxiliary rooms per pupil.

Formula:
    （教学及辅助用房面积 − 室内体育用房面积）÷ 学生数；indoor 为 counted 时不减。一个区县、学区、集团的值是各
    校之和相除，不是各校值的平均。几个学段合写的，按加权学生数 小学:初中:高中 = 1:1.1:1.32 分摊（九年一贯
    1:1.1，完全中学 初中:高中 = 1:1.2）。

    Area of teaching and auxiliary rooms, without indoor sports rooms (`indoor`: counted leaves them in), over
    pupils. The value of a district, zone or group divides one sum by the other: it is no mean of the schools'
    values. What several stages share and is written only for the whole school is split by weighted pupils, primary
    : junior : senior = 1 : 1.1 : 1.32 (nine-year schools 1 : 1.1, complete secondary schools 1 : 1.2).

Inputs:
    当日所在学年的 statistics：students、teaching_area、indoor_sports_area（没有也要写0）。population 选定计入
    的学校：all（默认）全部；quality_2017 只计小学、初中部，不计不足50人的教学点；basic_2012 只计教育部门办的
    小学、初中部，不计小学教学点。

    Statistics of the school year that holds the day: students, teaching_area, indoor_sports_area (0 has to be
    written too). `population` says which schools count: all (default); quality_2017 only primary and junior
    departments, without teaching points of fewer than 50 pupils; basic_2012 only those the county's education
    department runs, without primary teaching points.

Source:
    教督〔2017〕6号（优质均衡）资源配置第4项：小学不低于4.5平方米，初中不低于5.8平方米（转载文本）；教督〔2012
    〕3号（基本均衡）八项指标之一。

    The 2017 method (教督〔2017〕6号), resources 4: at least 4.5 m² in primary, 5.8 m² in junior schools (secondary
    text); one of the eight of 2012.
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, INDOOR, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("area", each=EACH, choices=(INDOOR, POPULATION))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "teaching_area_per_pupil")
