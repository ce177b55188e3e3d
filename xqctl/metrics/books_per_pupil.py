"""生均图书册数
Books per pupil.

Formula:
    图书册数 ÷ 学生数。一个区县、学区、集团的值是各校之和相除，不是各校值的平均。几个学段合写的，按加权学生数
    小学:初中:高中 = 1:1.1:1.32 分摊（九年一贯 1:1.1，完全中学 初中:高中 = 1:1.2）。

    Books over pupils. The value of a district, zone or group divides one sum by the other: it is no mean of the
    schools' values. What several stages share and is written only for the whole school is split by weighted pupils,
    primary : junior : senior = 1 : 1.1 : 1.32 (nine-year schools 1 : 1.1, complete secondary schools 1 : 1.2).

Inputs:
    当日所在学年的 statistics：students、books。population 选定计入的学校：all（默认）全部；quality_2017 只计
    小学、初中部，不计不足50人的教学点；basic_2012 只计教育部门办的小学、初中部，不计小学教学点。

    Statistics of the school year that holds the day: students, books. `population` says which schools count: all
    (default); quality_2017 only primary and junior departments, without teaching points of fewer than 50 pupils;
    basic_2012 only those the county's education department runs, without primary teaching points.

Source:
    教督〔2012〕3号（基本均衡）八项指标之一（转载文本）；《县域义务教育校际均衡指标计算方法》以它为例：小学166
    人、初中210人的九年一贯制学校有23226册，小学分得9711.63册，初中13514.37册。

    The 2012 method (教督〔2012〕3号), eight indicators, one of them (secondary text); the teaching sheet takes it
    for its example: a nine-year school of 166 and 210 pupils with 23,226 books has 9,711.63 for its primary,
    13,514.37 for its junior pupils.
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("index", each=EACH, choices=(POPULATION,))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "books_per_pupil")
