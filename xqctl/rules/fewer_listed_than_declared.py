"""列名的成员少于公布的数目
Fewer members listed than declared.

Why:
    公布了数目而没有（全部）列名，单位的规模按公布数算，但涉及具体学校的指标算不全。这里提醒还差多少，不是错误。

    Where a document counts members it does not name, the unit's size follows the count, but whatever is measured school
    by school stays incomplete. This is a note of how many are missing, no mistake.

Wrong:
    alliances:
      金帆团联盟:
        form: project
        declared: {lead: 22, member: 38}

Right:
    schools: {甲小学: {}, 乙小学: {}, 丙小学: {}}
    alliances:
      甲小学联盟:
        form: project
        members: {甲小学: lead, 乙小学: member, 丙小学: member}
        declared: {lead: 1, member: 2}

Mend:
    知道名单的补进 members；文件确实没有名单的，保留即可，或用忽略注释写明原因。

    Add the members that are known; where the document has no list, leave it, or silence the note with the reason.
"""

from collections import Counter
from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.kinds.units import open_units
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.network import inside
from xqctl.quantities import show
from xqctl.registry import Rule

RULE = Rule("XQZ012", Severity.INFO)


def check(district: District) -> Iterator[Problem]:
    """Units that name fewer members, by role or in all, than the document counts."""
    day = district.as_of
    for unit in open_units(district, day):
        listed = Counter(member.role for member in inside(district, unit, day))
        listed["all"] = listed.total()
        short = [(role, count) for role, count in unit.declared_parts() if count.low and listed[role] < count.low]
        roles = [part for part in short if part[0] != "all"] or short
        if not roles:
            continue
        name, declared = unit.entry.name, [_counted(role, show(count)) for role, count in roles]
        if listed["all"]:
            named = [_counted(role, str(listed[role])) for role, _ in roles]
            message = msg("{unit} declares {declared} and lists {listed}", unit=name, declared=declared, listed=named)
        else:
            message = msg("{unit} declares {declared} and names nobody", unit=name, declared=declared)
        yield Problem(unit.entry.route("declared", part="key"), message, msg("add the members that are known"))


def _counted(role: str, count: str) -> Message:
    if role == "all":
        return msg("{count} in all", count=count)
    return msg("{role} {count}", role=label("unit.role", role), count=count)
