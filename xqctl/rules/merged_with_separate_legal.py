"""一体化集团里有独立法人
A merged group with separate legal persons.

Why:
    一体化（merged）是合并成一个法人，由一名校长负责。写明各自独立，就不是一体化，经费、编制、统计也就不能按一个学校算。
    支持方不在其内。

    Merged means one legal person under one principal. Members said to be separate are not merged, and money, posts and
    statistics cannot be taken as one school's. Supporters stand outside.

Wrong:
    schools: {甲中学: {}, 乙中学: {}}
    groups:
      甲中学教育集团:
        form: merged
        legal: separate
        members: {甲中学: lead, 乙中学: member}

Right:
    schools: {甲中学: {}, 乙中学: {}}
    groups:
      甲中学教育集团:
        form: led
        legal: separate
        members: {甲中学: lead, 乙中学: member}

Mend:
    确已合并的，写 `legal: one`；仍各自独立的，换一种形式：领办 led、委托 entrusted、连锁 chain、协作 cooperative。

    Where they did merge, write `legal: one`; where they are still separate, choose another form: led, entrusted, chain,
    cooperative.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import open_units
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQZ007", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Merged groups that say of themselves, or of a member, that it is a legal person of its own."""
    day = district.as_of
    for unit in open_units(district, day, "groups"):
        if unit.form(day) != "merged":
            continue
        name = unit.entry.name
        related = (Related(unit.entry.held("form", day), msg("the form of {unit}", unit=name)),)
        help_ = msg("write `legal: one`, or a form whose members stay separate: led, entrusted, chain, cooperative")
        if unit.legal(day) == "separate":
            message = msg("{unit} is merged, yet its members are separate legal persons", unit=name)
            yield Problem(unit.entry.held("legal", day), message, help_, related)
            continue
        for member in unit.members_on(day):
            if member.legal == "separate" and member.role != "supporter":
                message = msg(
                    "{party} is a legal person of its own in {unit}, which is merged", party=member.party, unit=name
                )
                yield Problem(member.place("legal"), message, help_, related)
