"""骨干教师学科覆盖率
Share of subjects that have a backbone teacher.

Formula:
    至少有一名骨干教师的学科数 ÷ 开设的学科数；学科在范围内的各校之间合并，同名算一科。

    Subjects with at least one backbone teacher over subjects taught; the schools measured are taken together, a name
    counts once.

Inputs:
    当日所在学年的统计数据 statistics.subjects、backbone_subjects，每所学校、每个问到的学段都要有；没有骨干教师
    （backbone_teachers: 0）的学校或学段不必写 backbone_subjects。

    statistics.subjects and backbone_subjects of the school year that holds the day, for every school and every stage
    asked for; a school or stage without backbone teachers (backbone_teachers: 0) need not say backbone_subjects.

Source:
    东城区成果报告：骨干教师学科覆盖率100%。

    Dongcheng's report: backbone teachers in 100 % of the subjects.
"""

from collections.abc import Iterable, Mapping

from xqctl import counting
from xqctl.kinds.schools import School
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance", "school"))


def measure(frame: Frame) -> Counted | Unknown:
    """Joins the subjects of all schools, and those with a backbone teacher."""
    schools = frame.schools()
    taught = _joined(frame, "subjects", schools)
    covered = _joined(frame, "backbone_subjects", schools, "backbone_teachers")
    for subject in sorted(taught.keys() - covered.keys()):
        frame.leave_out(subject, msg("it has no backbone teacher"))
    both = [item for subject, item in sorted(covered.items()) if subject in taught]
    return counting.share(frame, both, (item for _, item in sorted(taught.items())), msg("no subject is taught"))


def _joined(frame: Frame, field: str, schools: Iterable[School], none_if: str | None = None) -> Mapping[str, Item]:
    """Each word of a list field once, with the first place it is written at."""
    words: dict[str, Item] = {}
    lacking = []
    for school in schools:
        said = counting.words(frame, field, school, none_if)
        if said is None:
            lacking.append(school.id)
        for word, route in said or ():
            words.setdefault(word, Item(word, 1, route))
    if lacking:
        frame.lack(counting.missing(frame, field, lacking))
    return words
