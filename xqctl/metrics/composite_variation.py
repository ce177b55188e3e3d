"""综合差异系数
The mean of the eight variations of 2012.

Formula:
    八项指标差异系数的算术平均；每项的算法见 variation，按学生数加权。教学及辅助用房面积减去室内体育用房；
    indoor 为 counted 时不减（2012年的文本没有说明）。

    The arithmetic mean of the variations of the eight indicators, each as `variation` finds it, weighted by pupils.
    Indoor sports rooms are taken from teaching and auxiliary rooms; `indoor`: counted leaves them in (what was read
    of 2012 does not say).

Inputs:
    八项指标所需的 statistics：teaching_area、indoor_sports_area、sports_area、equipment_value、computers、
    books、full_time_teachers、above_degree_teachers、mid_level_teachers、students。population 选定计入的学
    校：all（默认）全部；quality_2017 只计小学、初中部，不计不足50人的教学点；basic_2012 只计教育部门办的小
    学、初中部，不计小学教学点。

    What the eight need of statistics: teaching_area, indoor_sports_area, sports_area, equipment_value, computers,
    books, full_time_teachers, above_degree_teachers, mid_level_teachers, students. `population` says which schools
    count: all (default); quality_2017 only primary and junior departments, without teaching points of fewer than 50
    pupils; basic_2012 only those the county's education department runs, without primary teaching points.

Source:
    教督〔2012〕3号（基本均衡）八项指标：小学不高于0.65，初中不高于0.55（正式文本）；取八项的平均（转载文
    本）。这是2012年的构造：2017年的限值是逐项的，不能拿综合值去比。

    The 2012 method (教督〔2012〕3号), eight indicators: at most 0.65 in primary, 0.55 in junior schools (official
    text), held against the mean of the eight (secondary text). That is how 2012 does it: the limits of 2017 hold
    for each indicator, never for a mean.
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, EIGHT, INDOOR
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.variations import composite

METRIC = Metric(
    "index",
    each=tuple(each for each in EACH if each != "school"),
    choices=(INDOOR, POPULATION),
)


def measure(frame: Frame) -> Counted | Unknown:
    """Takes the mean of the eight."""
    return composite(frame, EIGHT)
