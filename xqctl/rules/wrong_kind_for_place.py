"""引用了别的类别
A name of another kind than the place takes.

Why:
    有的地方只能写学校、机构或区县，有的只能写学区、集团或联盟，有的只能写资源。把学区写成派出方，人员就没有出处。

    Some places take a school, organisation or district, some a zone, group or alliance, some a resource. Where a zone
    stands as the sending party, nobody knows whose teachers were sent.

Wrong:
    schools: {城桥中学: {stages: junior, standing: quality}, 裕安中学: {stages: junior, standing: weak}}
    zones:
      城桥学区: {members: {城桥中学: lead, 裕安中学: member}}
    postings:
      支教一: {year: 2019-2020, from: 城桥学区, to: 裕安中学, mode: support}

Right:
    schools: {城桥中学: {stages: junior, standing: quality}, 裕安中学: {stages: junior, standing: weak}}
    zones:
      城桥学区: {members: {城桥中学: lead, 裕安中学: member}}
    postings:
      支教一: {year: 2019-2020, from: 城桥中学, to: 裕安中学, mode: support, under: 城桥学区}

Mend:
    换成提示中所要的那一类；如果确实指的是它，看看是不是写错了字段。

    Write a name of the kind that is asked for; if this very thing is meant, look whether it belongs into another field.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.references import is_all_known, loose_ends, namesake, wanted
from xqctl.registry import Rule

RULE = Rule("XQR004", Severity.ERROR)

# These are not told by who bears the name: a subdistrict may be called like a zone, a metric like a group.
_ELSEWHERE = frozenset(("subdistricts", "metrics", "standards"))


def check(district: District) -> Iterator[Problem]:
    """Yields each reference to a party or unit where another kind is taken."""
    for each in loose_ends(district):
        found = None if _ELSEWHERE & set(each.target.kinds) else namesake(district, each)
        if found is None or not (is_all_known(district) or each.target.is_shared):
            continue  # what is meant may stand in a file that could not be read
        kind, what = found.kind, wanted(each.target)
        message = msg("`{name}` stands under `{kind}`; {what} is meant here", name=each.text, kind=kind, what=what)
        help_ = msg("write a name of that kind, or move this one to the field it belongs to")
        related = Related(found.route(), msg("{name} is declared here", name=each.text))
        yield Problem(each.route, message, help_, (related,))
