"""就近划片入学比例
Share of pupils from the catchment.

Formula:
    家庭住址在学校片区内的学生数 ÷ 学生数。公办、城区和镇区、非寄宿的限定写在 among 里。

    Pupils whose home lies in the school's catchment over pupils. That only public schools, of cities and towns,
    that do not board are counted is for `among` to say.

Inputs:
    当日所在学年的 statistics.in_area_students、students，每所学校、每个问到的学段都要有。学校的举办者、城乡和
    类别见 schools。

    statistics.in_area_students and students of the school year that holds the day, for every school and every stage
    asked for. What `among` asks for is in schools.

Source:
    教督〔2017〕6号政府保障程度：城区和镇区公办小学100%、初中95%以上就近划片入学，寄宿制学校除外（转载文本）。

    The 2017 method (教督〔2017〕6号): 100 % in public primary, at least 95 % in public junior schools of cities and
    towns, boarding schools left out (secondary text).
"""

from xqctl import counting
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=EACH)


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up both over the schools of the frame."""
    schools = frame.schools()
    top = counting.numbers(frame, "in_area_students", schools)
    bottom = counting.numbers(frame, "students", schools)
    return counting.share(frame, top, bottom, msg("there is no pupil"))
