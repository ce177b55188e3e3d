"""一所学校在两个学区
A school in two zones.

Why:
    同一学段里一所学校只属于一个学区，否则统计、经费和考核都会重复。不同学段可以各在一个学区；学区里再分的小学区不算重复；
    一校几个校区各按所在地归属，也不算。

    Within one stage a school belongs to one zone, or it is counted, paid and evaluated twice. It may be in another zone
    for another stage, in a zone within the zone, and its campuses may each be where they stand.

Wrong:
    schools: {甲小学: {stages: primary}}
    zones:
      城东学区: {members: {甲小学: member}}
      城西学区: {members: {甲小学: member}}

Right:
    schools: {甲小学: {stages: primary}}
    zones:
      城东学区: {members: {甲小学: {role: member, until: 2018-09}}}
      城西学区: {members: {甲小学: {role: member, since: 2018-09}}}

Mend:
    从其中一个学区删去；调整过学区的，写明在原学区的 until 和在新学区的 since；按学段划分的，给两个学区写上 stages。

    Take it out of one of them; if it moved, write `until` in the old zone and `since` in the new one; if the zones are
    of different stages, write their `stages`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import Member, Unit, open_units
from xqctl.messages import msg
from xqctl.network import is_placed, school_of, wholes
from xqctl.registry import Rule
from xqctl.stages import share_a_stage

RULE = Rule("XQZ004", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Parties that are members of two zones of one stage on the day."""
    day = district.as_of
    for party, memberships in _memberships(district).items():
        school = school_of(district, party)
        if school is None:
            continue
        for position, (zone, here) in enumerate(memberships):
            for other, there in memberships[:position]:
                if share_a_stage(zone.stages(day), other.stages(day), school.stages(day)):
                    first = other.entry.name
                    yield Problem(
                        here.route(),
                        msg(
                            "{school} is in two zones at once: {first} and {zone}",
                            school=party,
                            first=first,
                            zone=zone.entry.name,
                        ),
                        msg(
                            "leave it in one; if it moved, write `until` and `since`; "
                            "if the stages differ, write their `stages`"
                        ),
                        (Related(there.route(), msg("{school} in {zone}", school=party, zone=first)),),
                    )
                    break


def _memberships(district: District) -> dict[str, list[tuple[Unit, Member]]]:
    """The zones each party is in, supporters left out; of a zone and one within it only the inner one."""
    found: dict[str, list[tuple[Unit, Member]]] = {}
    for zone in open_units(district, district.as_of, "zones"):
        if is_placed(district, zone):
            for member in zone.members_on(district.as_of):
                if member.role != "supporter":
                    found.setdefault(member.party, []).append((zone, member))
    return {party: _innermost(district, memberships) for party, memberships in found.items()}


def _innermost(district: District, memberships: list[tuple[Unit, Member]]) -> list[tuple[Unit, Member]]:
    around = {outer.id for zone, _ in memberships for outer in wholes(district, zone)}
    return [(zone, member) for zone, member in memberships if zone.id not in around]
