"""一个街镇在两个学区
A subdistrict in two zones.

Why:
    学区按街镇划分，同一学段里一个街镇只归一个学区，否则这个街镇的学校和学生归谁说不清。学区里再分的小学区不算重复。

    Zones are drawn by subdistrict: within one stage a subdistrict belongs to one zone, or nobody knows whose its
    schools and pupils are. A zone within the zone is no conflict.

Wrong:
    district: {name: 某区, level: district, subdistricts: [和平街道]}
    schools: {甲小学: {}, 乙小学: {}}
    zones:
      城东学区: {members: {甲小学: member}, subdistricts: 和平街道}
      城西学区: {members: {乙小学: member}, subdistricts: 和平街道}

Right:
    district: {name: 某区, level: district, subdistricts: [和平街道, 建设街道]}
    schools: {甲小学: {}, 乙小学: {}}
    zones:
      城东学区: {members: {甲小学: member}, subdistricts: 和平街道}
      城西学区: {members: {乙小学: member}, subdistricts: 建设街道}

Mend:
    从其中一个学区删去；两个学区学段不同的，写上 stages；一个包含另一个的，用 within 写明。

    Take it out of one of them; write the `stages` of zones for different stages; write `within` where one contains the
    other.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import Unit, open_units
from xqctl.messages import msg
from xqctl.network import is_placed, wholes
from xqctl.registry import Rule
from xqctl.stages import share_a_stage

RULE = Rule("XQZ008", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Subdistricts that two zones of one stage list on the day."""
    seen: dict[str, list[tuple[Unit, int]]] = {}
    for zone in open_units(district, district.as_of, "zones"):
        for position, subdistrict in enumerate(zone.entry.texts("subdistricts")):
            known = seen.setdefault(subdistrict, [])
            for other, there in known:
                if _compete(district, zone, other):
                    first = other.entry.name
                    yield Problem(
                        zone.entry.item("subdistricts", position),
                        msg(
                            "{place} is in {first} and in {zone}", place=subdistrict, first=first, zone=zone.entry.name
                        ),
                        msg("leave it in one of them, or write the stages the zones are for"),
                        (Related(other.entry.item("subdistricts", there), msg("in {zone}", zone=first)),),
                    )
                    break
            known.append((zone, position))


def _compete(district: District, zone: Unit, other: Unit) -> bool:
    """Whether neither zone is part of the other, and they share a stage."""
    nested = zone in wholes(district, other) or other in wholes(district, zone)
    placed = is_placed(district, zone) and is_placed(district, other)
    return placed and not nested and share_a_stage(zone.stages(district.as_of), other.stages(district.as_of))
