"""部分大于整体
A part that is larger than its whole.

Why:
    骨干教师多于专任教师、寄宿生多于学生、某学段的学校多于全部学校，都不可能；两个数里至少有一个错了。

    More backbone teachers than teachers, more boarders than pupils, more schools of a stage than schools: one of the
    two numbers is wrong.

Wrong:
    schools:
      甲校: {stages: primary}
    statistics:
      2024-2025:
        甲校: {full_time_teachers: 40, backbone_teachers: 60}

Right:
    schools:
      甲校: {stages: primary}
    statistics:
      2024-2025:
        甲校: {full_time_teachers: 60, backbone_teachers: 40}

Mend:
    看两个数是不是填反了，再对照台账改正。

    See whether the two were swapped, then correct them after the ledger.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.figures import figures
from xqctl.kinds.statistics import Record, statistics
from xqctl.messages import msg
from xqctl.quantities import at_most, parse, show
from xqctl.registry import Rule

RULE = Rule("XQG004", Severity.WARNING)

_TEACHERS = (
    "backbone_teachers", "above_degree_teachers", "mid_level_teachers", "senior_level_teachers", "arts_pe_teachers",
    "certified_teachers", "trained_teachers", "eligible_for_rotation",
)  # fmt: skip
_PARTS = (
    *((part, "full_time_teachers") for part in _TEACHERS),
    ("eligible_backbone_teachers", "backbone_teachers"),
    *((part, "students") for part in ("boarders", "migrant_students", "left_behind_students", "largest_class")),
    *((part, "classes") for part in ("large_classes", "extra_large_classes")),
    ("extra_large_classes", "large_classes"),
    ("indoor_sports_area", "teaching_area"),
    ("entered_model_senior", "graduates"),
    ("entered_by_quota", "entered_model_senior"),
    ("backbone_subjects", "subjects"),
)


def check(district: District) -> Iterator[Problem]:
    """Numbers of one school, then figures with both parts, then figures of a stage beside those of all."""
    for records in statistics(district).values():
        for record in records.values():
            for stage in (None, *record.stages):
                yield from _numbers(record, stage)
    yield from _figures(district)


def _numbers(record: Record, stage: str | None) -> Iterator[Problem]:
    for part, whole in _PARTS:
        small, large = record.amount(part, stage), record.amount(whole, stage)
        if small is not None and large is not None and small > large:
            message = msg(
                "{party}: `{part}` is {small}, `{whole}` is {large}",
                party=record.party,
                part=part,
                small=small,
                whole=whole,
                large=large,
            )
            told = Related(record.route(whole, stage), msg("the whole"))
            yield Problem(record.route(part, stage), message, msg("are the two swapped?"), (told,))


def _figures(district: District) -> Iterator[Problem]:
    every = figures(district)
    for figure in every:
        entry = figure.entry
        top, bottom = parse(entry["numerator"]), parse(entry["denominator"])
        if top is not None and bottom is not None and at_most(top, bottom) is False:
            message = msg(
                "{figure}: the part {part} is larger than the whole {whole}",
                figure=entry.id,
                part=show(top),
                whole=show(bottom),
            )
            yield Problem(
                entry.route("numerator"),
                message,
                msg("are the two swapped?"),
                (Related(entry.route("denominator"), msg("the whole")),),
            )
        for whole in every if entry["stage"] is not None else ():
            beside = whole.entry["stage"] is None and whole.metric == figure.metric and whole.on == figure.on
            if (
                beside
                and _same_scope(figure.entry.data, whole.entry.data)
                and figure.is_count
                and at_most(figure.value, whole.value) is False
            ):
                message = msg(
                    "{figure} of one stage is {part}, {other} of all stages is {whole}",
                    figure=entry.id,
                    part=show(figure.value),
                    other=whole.entry.id,
                    whole=show(whole.value),
                )
                yield Problem(
                    entry.route("value"),
                    message,
                    msg("check both numbers"),
                    (Related(whole.entry.route("value"), msg("the whole")),),
                )


def _same_scope(one: object, other: object) -> bool:
    names = ("each", "of", "where", "among", "with")
    return isinstance(one, dict) and isinstance(other, dict) and all(one.get(n) == other.get(n) for n in names)
