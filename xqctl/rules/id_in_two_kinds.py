"""同一编号用于两类事物
One id that names two things of different kinds.

Why:
    学校、机构、区县、学区、集团、联盟共用一套编号，成员名单里只写名称，不写类别；重名时就不知道指的是谁。

    Schools, organisations, districts, zones, groups and alliances share their ids: members are listed by name alone,
    and a name that two of them bear does not say which is meant.

Wrong:
    schools: {城桥: {stages: junior}}
    districts: {城桥: {circle: rural}}

Right:
    schools: {城桥中学: {stages: junior}}
    districts: {城桥: {circle: rural}}

Mend:
    给其中一个换一个编号，例如补上“中学”“学区”“教育集团”；人们的叫法写在 name 里。

    Give one of them another id, say with 中学, 学区 or 教育集团 in it; what people call it goes into `name`.
"""

from collections.abc import Iterator

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.registry import Rule
from xqctl.schema import PARTY_KINDS

RULE = Rule("XQR002", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Yields each second thing that bears an id, with the place of the first; the declarer's name counts as one."""
    first: dict[str, Entry] = {}
    name = district.itself.text("name")
    if name is not None:
        first[name] = district.itself
    for entry in district.declared(*PARTY_KINDS):
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            yield _problem(entry, other)


def _problem(entry: Entry, other: Entry) -> Problem:
    if other.kind == "district":
        message = msg("`{id}` is this district itself, and stands under `{kind}` too", id=entry.id, kind=entry.kind)
        help_ = msg("delete it here, or give it another id")
    else:
        kinds = [f"`{other.kind}`", f"`{entry.kind}`"]
        message = msg("`{id}` stands under several kinds: {kinds}", id=entry.id, kinds=kinds)
        help_ = msg("give one of them another id: a reference does not say which kind it means")
    where = other.route("name") if other.kind == "district" else other.route()
    return Problem(entry.route(), message, help_, (Related(where, msg("first declared here")),))
