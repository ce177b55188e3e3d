"""派出的教师多于专任教师
More teachers posted than employed.

Why:
    一所学校一学年派出的教师合起来不会超过它当年的专任教师。超过了，多半是人数多写了一位，或同一批人记了两遍。
    写了 fraction 的按比例折算；走教、线上和只去几周的，一人可去几处，不相加，只看单条。

    A school cannot post more teachers in a school year than it employs full-time. If it does, a count has a digit too
    many, or the same people were entered twice. A `fraction` weighs; itinerant, online and few-week postings, where one
    person may serve several schools, are not added up but looked at one by one.

Wrong:
    schools: {甲小学: {}, 乙小学: {}}
    statistics:
      2019-2020:
        甲小学: {full_time_teachers: 40}
    postings:
      甲小学支教: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: support, count: 60}

Right:
    schools: {甲小学: {}, 乙小学: {}}
    statistics:
      2019-2020:
        甲小学: {full_time_teachers: 40}
    postings:
      甲小学支教: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: support, count: 6}

Mend:
    核对各条的 count 和当年的 full_time_teachers；重复登记的删去一条，兼任的写 fraction。

    Check each `count` and that year's `full_time_teachers`; delete what was entered twice, give part-timers a
    `fraction`.
"""

from collections.abc import Iterator
from decimal import Decimal

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.postings import Posting, postings
from xqctl.kinds.schools import School
from xqctl.messages import msg
from xqctl.network import school_of, whole_number
from xqctl.quantities import EXACT, SchoolYear, number, parse, show
from xqctl.registry import Rule

RULE = Rule("XQP002", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """The declarer's schools that post more teachers in a year than they have."""
    sent: dict[tuple[SchoolYear, str], tuple[School, list[Posting]]] = {}
    for posting in postings(district):
        school = school_of(district, posting.origin)
        if school is not None and district.is_own(school.entry) and posting.role == "teacher" and posting.is_counted:
            sent.setdefault((posting.year, school.id), (school, []))[1].append(posting)
    for (year, _), (school, group) in sent.items():
        yield from _too_many(district, year, school, group)


def _too_many(district: District, year: SchoolYear, school: School, sent: list[Posting]) -> Iterator[Problem]:
    employed = whole_number(district, school, "full_time_teachers", year)
    largest = max(sent, key=lambda posting: posting.count)
    away = max(Decimal(largest.count), sum(map(_whole, sent), Decimal(0)))
    if employed is None or away <= employed[0]:
        return
    has, there = employed
    others = [posting for posting in sent if posting is not largest and _whole(posting)]
    yield Problem(
        largest.entry.route("count"),
        msg(
            "{school} posts {away} teachers in {year} and has {employed}",
            school=school.id,
            away=show(number(away)),
            year=year,
            employed=show(number(has)),
        ),
        msg("check the counts, and whether somebody was entered twice"),
        (
            Related(there, msg("full-time teachers of {school}", school=school.id)),
            *(Related(p.entry.route("count"), msg("also posted: {count}", count=p.count)) for p in others),
        ),
    )


def _whole(posting: Posting) -> Decimal:
    """The people it surely takes away from all other postings."""
    entry, fraction = posting.entry, parse(posting.entry["fraction"])
    if fraction is not None and fraction.exact is not None:
        return EXACT.multiply(posting.count, fraction.exact)
    is_shared = posting.mode == "itinerant" or entry["online"] is True or entry["weeks"] is not None
    return Decimal(0 if is_shared else posting.count)
