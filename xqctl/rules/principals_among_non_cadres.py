"""任校长的不是干部
Principals among those who are no cadres.

Why:
    选派去当校长、副校长的是中层及以上干部，校长正职的比例以选派干部为分母。支教、走教派的是教师：写成校长，分子里就有了分母里没有的人；
    一校一学年派出的校长、副校长和干部多于它的干部数，也说明有人不是干部。

    Those sent as principals or vice-principals are cadres, and the share of principals is taken of the cadres sent.
    Teaching support and itinerant teaching send teachers: a principal among them would count above the line and not
    below it. A school that posts more cadres in a year than it has also sends some who are none.

Wrong:
    schools: {甲小学: {}, 乙小学: {}}
    postings:
      甲小学支教: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: support, role: principal}

Right:
    schools: {甲小学: {}, 乙小学: {}}
    postings:
      甲小学选派校长: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: secondment, role: principal}

Mend:
    去任校长、副校长的，写 `mode: secondment`（挂职）或 rotation（轮岗）；去教书的，去掉 role。
    人数与干部数对不上的，核对两处。

    Where they went to be principals, write `mode: secondment` or rotation; where they went to teach, leave out `role`.
    Where the numbers disagree, check both.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.postings import Posting, postings
from xqctl.kinds.schools import School
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.network import school_of, whole_number
from xqctl.quantities import SchoolYear, number, show
from xqctl.registry import Rule

RULE = Rule("XQP005", Severity.WARNING)

PRINCIPALS = frozenset(("principal", "vice_principal"))
OF_TEACHERS = frozenset(("support", "itinerant"))


def check(district: District) -> Iterator[Problem]:
    """Principals in a mode of teachers, and more cadres posted from a school than it has."""
    sent: dict[tuple[SchoolYear, str], tuple[School, list[Posting]]] = {}
    for posting in postings(district):
        school = school_of(district, posting.origin)
        if not posting.is_counted or (school is not None and not district.is_own(school.entry)):
            continue
        if posting.role in PRINCIPALS and posting.mode in OF_TEACHERS:
            yield _by_teachers(posting)
        elif posting.role in PRINCIPALS | {"cadre"} and school is not None:
            sent.setdefault((posting.year, school.id), (school, []))[1].append(posting)
    for (year, _), (school, group) in sent.items():
        yield from _too_many(district, year, school, group)


def _by_teachers(posting: Posting) -> Problem:
    return Problem(
        posting.entry.route("role"),
        msg(
            "{school} sends {count} as {role} by {mode}, a mode of teachers",
            school=posting.origin,
            count=posting.count,
            role=label("postings.role", posting.role),
            mode=label("postings.mode", posting.mode),
        ),
        msg("write mode secondment or rotation for a principal, or leave out `role`"),
        (Related(posting.entry.route("mode"), msg("the mode")),),
    )


def _too_many(district: District, year: SchoolYear, school: School, sent: list[Posting]) -> Iterator[Problem]:
    cadres = whole_number(district, school, "cadres", year)
    count = sum(posting.count for posting in sent)
    if cadres is None or count <= cadres[0]:
        return
    has, there = cadres
    yield Problem(
        max(sent, key=lambda posting: posting.count).entry.route("count"),
        msg(
            "{school} posts {count} principals and cadres in {year} and has {has} cadres",
            school=school.id,
            count=count,
            year=year,
            has=show(number(has)),
        ),
        msg("check the counts, and whether all of them are cadres"),
        (Related(there, msg("the cadres of {school}", school=school.id)),),
    )
