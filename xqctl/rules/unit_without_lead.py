"""没有牵头方的单位
A unit that nobody leads.

Why:
    集团、一带多、项目联盟和资源带都由一方牵头，资源、考核和经费都找它。列了成员却没有牵头方，多半是漏写了角色。
    学区可以轮值，结对可以对等，不在此列；公布了牵头方数目而没有点名的，也不算漏。

    Groups, hubs, projects and resource belts are led by one party, and resources, evaluation and money go by it.
    Members without a lead usually mean a role that was forgotten. Zones may take turns and pairs be equals; a lead
    that is counted but not named is not forgotten either.

Wrong:
    schools: {甲小学: {}, 乙小学: {}}
    groups:
      甲小学教育集团:
        members: {甲小学: member, 乙小学: member}

Right:
    schools: {甲小学: {}, 乙小学: {}}
    groups:
      甲小学教育集团:
        members: {甲小学: lead, 乙小学: member}

Mend:
    把牵头方的角色写成 lead；文件只说有牵头方、没有点名的，写 `declared: {lead: 1}`。

    Give the party that leads the role `lead`; where the document has a lead and does not name it, write
    `declared: {lead: 1}`.
"""

from collections.abc import Iterator
from datetime import date

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.kinds.units import Unit, open_units
from xqctl.messages import msg
from xqctl.network import wholes
from xqctl.registry import Rule

RULE = Rule("XQZ001", Severity.WARNING)

LED = frozenset(("hub", "belt", "project"))


def check(district: District) -> Iterator[Problem]:
    """Groups, hubs, belts and projects that list members and no lead."""
    day = district.as_of
    for unit in open_units(district, day, "groups", "alliances"):
        listed = unit.members_on(day)
        if not listed or unit.leads(day) or _may_have_one(unit, len(listed)) or not _has_to_be_led(unit, day):
            continue
        if any(outer.kind == unit.kind and outer.leads(day) for outer in wholes(district, unit)):
            continue  # a part of a group is led by whoever leads the whole
        yield Problem(
            unit.entry.route("members", part="key"),
            msg("{unit} lists {count} members, none of them a lead", unit=unit.entry.name, count=len(listed)),
            msg("give the one that leads the role `lead`; if the document does not name it, `declared: {lead: 1}`"),
        )


def _has_to_be_led(unit: Unit, day: date) -> bool:
    return unit.kind == "groups" or unit.form(day) in LED


def _may_have_one(unit: Unit, listed: int) -> bool:
    """Whether a document counts a lead, or more members than are named."""
    lead, everyone = unit.declared("lead"), unit.declared("all")
    counts_a_lead = lead is not None and lead.high != 0
    return counts_a_lead or (everyone is not None and (everyone.high is None or everyone.high > listed))
