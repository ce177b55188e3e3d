"""生均体育运动场馆面积
Area of sports grounds and halls per pupil.

Formula:
    （体育馆 + 校内运动场面积）÷ 学生数；rented 为 counted 时，加上写了的屋顶、地下和租用场地。一个区县、学
    区、集团的值是各校之和相除，不是各校值的平均。几个学段合写的，按加权学生数 小学:初中:高中 = 1:1.1:1.32 分
    摊（九年一贯 1:1.1，完全中学 初中:高中 = 1:1.2）。

    Halls and grounds of the school over pupils; with `rented`: counted, rooftop, underground and leased grounds
    that are written are added. The value of a district, zone or group divides one sum by the other: it is no mean
    of the schools' values. What several stages share and is written only for the whole school is split by weighted
    pupils, primary : junior : senior = 1 : 1.1 : 1.32 (nine-year schools 1 : 1.1, complete secondary schools 1 :
    1.2).

Inputs:
    当日所在学年的 statistics：students、sports_area，可有 rented_sports_area。population 选定计入的学校：all
    （默认）全部；quality_2017 只计小学、初中部，不计不足50人的教学点；basic_2012 只计教育部门办的小学、初中
    部，不计小学教学点。

    Statistics of the school year that holds the day: students, sports_area, and where there is any
    rented_sports_area. `population` says which schools count: all (default); quality_2017 only primary and junior
    departments, without teaching points of fewer than 50 pupils; basic_2012 only those the county's education
    department runs, without primary teaching points.

Source:
    教督〔2017〕6号（优质均衡）资源配置第5项：小学不低于7.5平方米，初中不低于10.2平方米；人口密度过高的大城市
    中心城区可以计入屋顶、地下场地和步行10分钟内由政府租用的场地（转载文本）。

    The 2017 method (教督〔2017〕6号), resources 5: at least 7.5 m² in primary, 10.2 m² in junior schools; crowded
    centres of big cities may add rooftop and underground grounds and those leased by the government within ten
    minutes' walk (secondary text).
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, RENTED, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("area", each=EACH, choices=(RENTED, POPULATION))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "sports_area_per_pupil")
