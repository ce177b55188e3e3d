"""对口升入的学校没有那个学段
A feeder into a stage the school has not.

Why:
    小学毕业升初中，对口的学校就得有初中段；幼儿园对口的要有小学段。对不上，多半是写错了学校，
    或学校改为九年一贯制后 stages 没有更新。学段没有登记的、含特殊教育的不判断。

    Pupils who finish primary school enter a junior school, so the school they are fed to must have that stage.
    Otherwise it is the wrong school, or its `stages` were not brought up to date when it became a nine-year school.
    Where stages are not said, or one is special education, nothing is judged.

Wrong:
    schools: {甲小学: {stages: primary}, 乙小学: {stages: primary}}
    feeders:
      甲小学对口: {from: 甲小学, to: 乙小学, way: direct}

Right:
    schools: {甲小学: {stages: primary}, 乙学校: {stages: [primary, junior]}}
    feeders:
      甲小学对口: {from: 甲小学, to: 乙学校, way: direct}

Mend:
    改正对口学校；该校后来增设学段的，按日期写 stages：`{2010: primary, 2018-09: [primary, junior]}`。

    Correct the school; where it got the stage later, write its stages by date:
    `{2010: primary, 2018-09: [primary, junior]}`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.admissions import open_feeders
from xqctl.labels import label
from xqctl.messages import Word, msg
from xqctl.network import school_of, stages_at
from xqctl.registry import Rule
from xqctl.stages import in_order, onward

RULE = Rule("XQA002", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Targets of feeders that have none of the stages that pupils of any of the origins go on to."""
    day = district.as_of
    for feeder in open_feeders(district, day):
        origins = [stages_at(district, origin, day) for origin in feeder.origins]
        wanted = onward(frozenset().union(*origins))
        if not wanted or not all(origins) or any("special" in stages for stages in origins):
            continue
        for position, target in enumerate(feeder.targets):
            has, school = stages_at(district, target, day), school_of(district, target)
            if school is None or not has or "special" in has or has & wanted:
                continue
            yield Problem(
                feeder.entry.item("to", position),
                msg(
                    "{target} has only {has}; pupils of {origins} go on to {wanted}",
                    origins=feeder.origins,
                    target=target,
                    has=_called(has),
                    wanted=_called(wanted),
                ),
                msg("correct the school, or bring its `stages` up to date"),
                (Related(school.entry.held("stages", day), msg("the stages of {school}", school=school.id)),),
            )


def _called(stages: frozenset[str]) -> list[Word]:
    return [label("common.stage", stage) for stage in in_order(stages)]
