"""列名的成员多于公布的数目
More members listed than declared.

Why:
    `declared` 是文件公布的成员数，列名的也包括在内。列名的反而更多，不是名单里混进了别家，就是公布数过时或抄错了。

    `declared` is the number a document gives, those named included. If more are named, either the list holds somebody
    who is no member, or the number is old or was copied wrongly.

Wrong:
    schools: {甲小学: {}, 乙小学: {}, 丙小学: {}}
    groups:
      甲小学教育集团:
        members: {甲小学: lead, 乙小学: member, 丙小学: member}
        declared: {lead: 1, member: 1}

Right:
    schools: {甲小学: {}, 乙小学: {}, 丙小学: {}}
    groups:
      甲小学教育集团:
        members: {甲小学: lead, 乙小学: member, 丙小学: member}
        declared: {lead: 1, member: 2}

Mend:
    核对名单：不是成员的删去，已退出的写 until，角色写错的改正；名单无误的，按新的文件更新 declared。

    Check the list: take out who is no member, give who has left an `until`, correct wrong roles; if it is right, bring
    `declared` up to date from the document.
"""

from collections import Counter
from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import open_units
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.quantities import show
from xqctl.registry import Rule

RULE = Rule("XQZ006", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Units that name more members of a role, or in all, than the document counts."""
    day = district.as_of
    for unit in open_units(district, day):
        listed = Counter(member.role for member in unit.members_on(day))
        everyone = listed.total() - listed["supporter"]
        over = [
            (role, count, named)
            for role, count in unit.declared_parts()
            if (named := everyone if role == "all" else listed[role]) and count.high is not None and named > count.high
        ]
        for role, count, named in over:
            if role == "all" and len(over) > 1:
                continue  # the role that is too many has been told
            yield Problem(
                unit.entry.route("declared", role),
                _told(unit.entry.name, role, named, show(count)),
                msg("take out who is no member, or correct `declared` after the document"),
                (Related(unit.entry.route("members", part="key"), msg("the members listed")),),
            )


def _told(unit: str, role: str, listed: int, declared: str) -> Message:
    if role == "all":
        return msg("{unit} lists {listed} members and declares {declared}", unit=unit, listed=listed, declared=declared)
    return msg(
        "{unit} lists {listed} of role {role} and declares {declared}",
        unit=unit,
        listed=listed,
        role=label("unit.role", role),
        declared=declared,
    )
