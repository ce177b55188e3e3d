"""随迁子女占比
Share of migrants' children.

Formula:
    随迁子女学生数 ÷ 学生数。

    Children of migrant workers over pupils.

Inputs:
    当日所在学年的 statistics.migrant_students、students，每所学校、每个问到的学段都要有。

    statistics.migrant_students and students of the school year that holds the day, for every school and every stage
    asked for.

Source:
    教督〔2017〕6号政府保障程度：随迁子女超过一半的学校，规模可放宽到2400人（一贯制3000人），见于一套公开的评
    估软件（转载文本）。

    The 2017 method (教督〔2017〕6号): a school with over half of its pupils migrants' children may have 2400 pupils
    (3000 where it has nine or twelve years), as a public program has it (secondary text).
"""

from xqctl import counting
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=EACH)


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up both over the schools of the frame."""
    schools = frame.schools()
    top = counting.numbers(frame, "migrant_students", schools)
    bottom = counting.numbers(frame, "students", schools)
    return counting.share(frame, top, bottom, msg("there is no pupil"))
