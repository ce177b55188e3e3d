"""牵头学校不是优质学校
A lead that is no quality school.

Why:
    集团、结对、资源带和一带多都是以优带弱。牵头学校当时登记的办学水平若是普通、薄弱或新建，要么角色写反了，要么办学水平该更新了。
    没有登记办学水平的（如高校、外区学校）不作判断。

    In groups, pairs, belts and hubs the strong lead the weak. Where the lead's standing on the day is ordinary, weak
    or new, either roles were swapped or the standing is out of date. Leads without a standing (universities, schools
    elsewhere) are not judged.

Wrong:
    schools: {甲小学: {standing: weak}, 乙小学: {standing: quality}}
    alliances:
      甲小学—乙小学:
        form: pair
        members: {甲小学: lead, 乙小学: member}

Right:
    schools: {甲小学: {standing: weak}, 乙小学: {standing: quality}}
    alliances:
      甲小学—乙小学:
        form: pair
        members: {乙小学: lead, 甲小学: member}

Mend:
    由优质学校牵头；或按最新认定更正该校的 standing，评定有先后的按日期写：`{2015: ordinary, 2021: quality}`。

    Let a quality school lead, or bring the school's `standing` up to date; where it changed, write it by date:
    `{2015: ordinary, 2021: quality}`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import open_units
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.network import school_of
from xqctl.registry import Rule

RULE = Rule("XQZ002", Severity.WARNING)

BY_THE_STRONG = frozenset(("pair", "belt", "hub"))


def check(district: District) -> Iterator[Problem]:
    """Leads of groups, pairs, belts and hubs whose standing is said and is another."""
    day = district.as_of
    for unit in open_units(district, day, "groups", "alliances"):
        if unit.kind == "alliances" and unit.form(day) not in BY_THE_STRONG:
            continue
        for lead in unit.leads(day):
            school = school_of(district, lead.party)
            standing = school.standing(day) if school is not None else None
            if school is None or standing in (None, "quality"):
                continue
            word = label("schools.standing", str(standing))
            yield Problem(
                lead.route(),
                msg(
                    "{school} leads {unit}, its standing is {word}", school=lead.party, unit=unit.entry.name, word=word
                ),
                msg("let a quality school lead, or bring the standing of {school} up to date", school=school.id),
                (Related(school.entry.held("standing", day), msg("the standing of {school}", school=school.id)),),
            )
