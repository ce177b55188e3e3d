"""每百名学生拥有体育、艺术专任教师数
Full-time teachers of sports and arts per 100 pupils.

Formula:
    体育、音乐、美术专任教师数 × 100 ÷ 学生数；全校50至99人的乡村学校，写了的交流轮岗、兼职、走教教师一并计
    入。一个区县、学区、集团的值是各校之和相除，不是各校值的平均。

    Full-time teachers of sports, music and art × 100 over pupils; a rural school of 50 to 99 pupils in all counts
    visiting teachers too, where they are written. The value of a district, zone or group divides one sum by the
    other: it is no mean of the schools' values.

Inputs:
    当日所在学年的 statistics：students、arts_pe_teachers，可有 visiting_arts_pe_teachers；schools.setting。
    population 选定计入的学校：all（默认）全部；quality_2017 只计小学、初中部，不计不足50人的教学点；
    basic_2012 只计教育部门办的小学、初中部，不计小学教学点。

    Statistics of the school year that holds the day: students, arts_pe_teachers, and where there are any
    visiting_arts_pe_teachers; schools.setting. `population` says which schools count: all (default); quality_2017
    only primary and junior departments, without teaching points of fewer than 50 pupils; basic_2012 only those the
    county's education department runs, without primary teaching points.

Source:
    教督〔2017〕6号（优质均衡）资源配置第3项：小学、初中不低于0.9人（转载文本）。

    The 2017 method (教督〔2017〕6号), resources 3: at least 0.9 in primary and junior schools (secondary text).
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("index", each=EACH, choices=(POPULATION,))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "arts_pe_per_100")
