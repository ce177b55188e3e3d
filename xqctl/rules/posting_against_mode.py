"""流动方向与方式不合
A posting against its mode.

Why:
    支教是到薄弱、新建或镇村学校去；跟岗是到更好的学校去学。方向反了，支教率、选派人数就会算错，多半是派出与接收写反，或方式选错。
    办学水平和城乡都登记了、又都不合才判断；该学年内曾经合的也算合。

    Teaching support goes to weak, new, town or rural schools; shadowing goes to a stronger school, to learn there. The
    other way round the support rate and the people sent come out wrong: the ends were swapped, or the mode is another.
    It is only said where standing and setting are both known, and fitted on no day of the year.

Wrong:
    schools:
      甲小学: {standing: weak, setting: rural}
      乙小学: {standing: quality, setting: urban}
    postings:
      甲小学支教: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: support, count: 2}

Right:
    schools:
      甲小学: {standing: weak, setting: rural}
      乙小学: {standing: quality, setting: urban}
    postings:
      乙小学支教: {year: 2019-2020, from: 乙小学, to: 甲小学, mode: support, count: 2}

Mend:
    写反的，对调 from 和 to；不是支教或跟岗的，改写 mode（轮岗 rotation、互派 dispatch、走教 itinerant 不论方向）。

    Swap `from` and `to`, or choose another `mode`: rotation, dispatch and itinerant go any way.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.postings import Posting, postings
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.network import school_of, setting_at
from xqctl.registry import Rule

RULE = Rule("XQP004", Severity.WARNING)

STRENGTH = {"weak": 0, "new": 0, "ordinary": 1, "quality": 2}
WANTED = {
    "support": msg("it is for weak, new, town or rural schools"),
    "shadowing": msg("it is for learning at a stronger school"),
}


def check(district: District) -> Iterator[Problem]:
    """Teaching support for the strong, and shadowing among the weaker, on every day of the school year."""
    for posting in postings(district):
        if posting.mode not in WANTED or not posting.is_counted or not _is_own(district, posting):
            continue
        first, last = _ends(posting, district.as_of)
        target = school_of(district, posting.target)
        if target is None or not (_is_against(district, posting, first) and _is_against(district, posting, last)):
            continue
        found = (
            ("schools.standing", target.standing(first)),
            ("common.setting", setting_at(district, posting.target, first)),
        )
        yield Problem(
            posting.entry.route("to"),
            msg(
                "{mode} from {origin} to {target} ({what}); {wanted}",
                mode=label("postings.mode", posting.mode),
                origin=posting.origin,
                target=posting.target,
                what=[label(owner, word) for owner, word in found if word is not None],
                wanted=WANTED[posting.mode],
            ),
            msg("swap `from` and `to` if they are the wrong way round, or choose another mode"),
            (Related(target.entry.held("standing", first), msg("the standing of {school}", school=target.id)),),
        )


def _ends(posting: Posting, otherwise: date) -> tuple[date, date]:
    """The first and the last day of its school year."""
    year = posting.year.interval
    first = year.start or otherwise
    return first, year.end - timedelta(days=1) if year.end is not None else first


def _is_own(district: District, posting: Posting) -> bool:
    ends = (school_of(district, posting.origin), school_of(district, posting.target))
    return any(school is not None and district.is_own(school.entry) for school in ends)


def _is_against(district: District, posting: Posting, day: date) -> bool:
    """Whether what is known of that day says that it goes the wrong way."""
    here, there = (
        school.standing(day) if (school := school_of(district, party)) is not None else None
        for party in (posting.origin, posting.target)
    )
    if there is None:
        return False
    if posting.mode == "support":
        return STRENGTH[there] > 0 and setting_at(district, posting.target, day) == "urban"
    return here is not None and there != "quality" and STRENGTH[here] >= STRENGTH[there]
