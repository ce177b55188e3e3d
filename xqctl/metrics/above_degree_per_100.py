"""每百名学生拥有高于规定学历教师数
Teachers above the required degree per 100 pupils.

Formula:
    高于规定学历的专任教师数 × 100 ÷ 学生数。一个区县、学区、集团的值是各校之和相除，不是各校值的平均。

    Full-time teachers above the required degree × 100 over pupils. The value of a district, zone or group divides
    one sum by the other: it is no mean of the schools' values.

Inputs:
    当日所在学年的 statistics：students、above_degree_teachers。规定学历由填报者按所用口径掌握：小学有专科及以
    上、本科及以上两种说法。population 选定计入的学校：all（默认）全部；quality_2017 只计小学、初中部，不计不
    足50人的教学点；basic_2012 只计教育部门办的小学、初中部，不计小学教学点。

    Statistics of the school year that holds the day: students, above_degree_teachers. What degree is required is
    the reporter's to hold to: for primary schools the texts say both college diploma and bachelor. `population`
    says which schools count: all (default); quality_2017 only primary and junior departments, without teaching
    points of fewer than 50 pupils; basic_2012 only those the county's education department runs, without primary
    teaching points.

Source:
    教督〔2017〕6号（优质均衡）资源配置第1项：小学不低于4.2人，初中不低于5.3人（正式文本）；小学的学历口径说法
    不一（转载文本）。

    The 2017 method (教督〔2017〕6号), resources 1: at least 4.2 in primary, 5.3 in junior schools (official text);
    on the degree in primary schools the texts differ (secondary text).
"""

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, per_pupil
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("index", each=EACH, choices=(POPULATION,))


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by the pupils."""
    return per_pupil(frame, "above_degree_per_100")
