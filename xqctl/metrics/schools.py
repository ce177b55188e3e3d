"""学校数
Number of schools.

Formula:
    当日在办的本区学校，每校计一次；筹建、停办、撤销的不计。问到学段时，只计有该学段的学校，一贯制学校在它的每个学段各算
    一所。

    The district's own schools that are open on the day, each once; planned, suspended and closed ones do not count.
    Asked of a stage, only schools that have it; a school of several stages counts once in each of them.

Inputs:
    学校 schools（stages、status、since、until、district）；问一个学区、集团或联盟时，还有它的 members：校区按所属学校
    计，外区学校不计。

    schools (stages, status, since, until, district); asked of a unit, its members too: a campus counts as its school,
    schools of other districts do not count.

Source:
    崇明区2019年简报“中小学、幼儿园共111所”；东城区成果报告“幼儿园44所”。

    Chongming 2019: 111 schools and kindergartens; Dongcheng's report: 44 kindergartens.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Metric

METRIC = Metric("count", each=("district", "zone", "group", "alliance"))


def measure(frame: Frame) -> Counted:
    """Counts the schools of the frame."""
    return counting.count(counting.schools(frame.schools()))
