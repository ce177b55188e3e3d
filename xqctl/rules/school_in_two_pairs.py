"""一所学校同时在两对结对里
A school in two pairs at once.

Why:
    结对是一对一：干部、教师和经费都按对计算。一校同时在两对里，结对学校数、结对比例就会算错。一校带几校的，是一带多；
    两对写明了不同学段的，不算。校区按学校算。

    A pair is one to one, and cadres, teachers and money are counted by pairs. A school in two of them spoils the number
    of paired schools and their share. One that leads several is a hub; pairs of different stages are no conflict.
    A campus stands for its school.

Wrong:
    schools: {甲小学: {}, 乙小学: {}, 丙小学: {}}
    alliances:
      甲小学—乙小学: {form: pair, members: {甲小学: lead, 乙小学: member}}
      甲小学—丙小学: {form: pair, members: {甲小学: lead, 丙小学: member}}

Right:
    schools: {甲小学: {}, 乙小学: {}, 丙小学: {}}
    alliances:
      甲小学联盟: {form: hub, members: {甲小学: lead, 乙小学: member, 丙小学: member}}

Mend:
    前一对已结束的，补上 until；确是一校带几校的，合成一个 `form: hub`；按学段结对的，给两对写上 stages。

    Give the pair that has ended its `until`; where one school leads several, write one alliance of `form: hub`; where
    they pair by stage, write the `stages` of both.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import Member, Unit, open_units
from xqctl.messages import msg
from xqctl.network import school_of
from xqctl.registry import Rule
from xqctl.stages import share_a_stage

RULE = Rule("XQZ005", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Schools that are in two open pairs on the day."""
    day = district.as_of
    seen: dict[str, list[tuple[Unit, Member]]] = {}
    for pair in open_units(district, day, "alliances"):
        if pair.form(day) != "pair":
            continue
        for member in pair.members_on(day):
            school = school_of(district, member.party)
            if school is None or member.role == "supporter":
                continue
            known = seen.setdefault(school.id, [])
            for other, there in known:
                if other is not pair and share_a_stage(pair.stages(day), other.stages(day)):
                    first = other.entry.name
                    yield Problem(
                        member.route(),
                        msg(
                            "{school} is in two pairs: {first} and {pair}",
                            school=school.id,
                            first=first,
                            pair=pair.entry.name,
                        ),
                        msg("end the earlier one with `until`, or write one alliance of form hub"),
                        (Related(there.route(), msg("{school} in {pair}", school=school.id, pair=first)),),
                    )
                    break
            known.append((pair, member))
