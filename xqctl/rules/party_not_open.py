"""当时不存在的成员方
A party that was not there at the time.

Why:
    派人到已经撤销的学校，或让还没有开办的学校参加结对，人数和经费就落了空。多半是学校合并、改名后，别处没有跟着改。

    Teachers sent to a school that has closed, or a pair with one that has not opened yet, are counted for nobody.
    Mostly a school was merged or renamed and this place was forgotten.

Wrong:
    schools:
      裕安中学: {stages: junior, standing: weak, until: 2018-09-01}
      城桥中学: {stages: junior, standing: quality}
    postings:
      支教一: {year: 2019-2020, from: 城桥中学, to: 裕安中学, mode: support}

Right:
    schools:
      裕安中学: {stages: junior, standing: weak, until: 2018-09-01}
      城桥中学: {stages: junior, standing: quality}
    postings:
      支教一: {year: 2017-2018, from: 城桥中学, to: 裕安中学, mode: support}

Mend:
    换成承接它的学校；成员资格和长期安排在它撤销之日写 until，自它开办之日写 since。

    Name the school that succeeded it; end a membership or a standing arrangement with `until` on the day it closed,
    begin it with `since` on the day it opened.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import UNIT_KINDS
from xqctl.lives import End, Life, beyond, day_after, lives, years_later
from xqctl.messages import Message, msg
from xqctl.quantities import Interval, first_day, parse_school_year, steps
from xqctl.references import Reference, heirs_of, meant, references
from xqctl.registry import Rule
from xqctl.schema import PARTY_KINDS

RULE = Rule("XQR008", Severity.WARNING)

# What is said of a party afterwards, beforehand or by others; and a request that came to nothing.
_SAID_ANY_TIME = frozenset(("district", "districts", "sources", "figures", "targets", "waivers", "evaluations"))
_CAME_TO_NOTHING = frozenset(("refused", "cancelled"))
# These happen within a time of their own; everything else goes on until it is said to end.
_HAPPENING = frozenset(("postings", "quotas", "statistics", "bookings"))


def check(district: District) -> Iterator[Problem]:
    """Yields each reference to a party or unit in whose life the time it is referred to does not lie."""
    mortal = lives(district)
    for each in references(district):
        lived = mortal.get(each.text)
        if lived is None or _has_lived_throughout(lived, each.entry, district.as_of) or not _is_of_its_time(each):
            continue
        missed = (_missed(lived, time, district.as_of, each.entry) for time in _times(district, each, lived))
        found = next((end for end in missed if end is not None), None)
        if found is not None and meant(district, each) is not None:
            yield _problem(district, each, found, is_over=found is lived.end)


def _has_lived_throughout(lived: Life, entry: Entry, day: date) -> bool:
    """The common case, seen at a glance: what is open goes on, and so does what is said of it."""
    if lived.end is not None or lived.begin is None:
        return False
    if entry.kind in _HAPPENING:
        time = _happening(entry)
        return time.start is not None and lived.begin.day <= time.start
    return lived.begin.day <= day and "until" not in entry.data


def _is_of_its_time(each: Reference) -> bool:
    """Whether a reference means a party as it is at a certain time."""
    if each.entry.kind in _SAID_ANY_TIME or each.is_succession or each.entry["state"] in _CAME_TO_NOTHING:
        return False
    return any(kind in PARTY_KINDS for kind in each.target.kinds)


def _times(district: District, each: Reference, lived: Life) -> Iterator[Interval]:
    """When the party has to be there; of a member, each stint whose own dates are not amiss already."""
    entry = each.entry
    if entry.kind in _HAPPENING:
        yield _happening(entry)
    elif each.field == "members" and entry.kind in UNIT_KINDS:
        of_unit = lives(district).get(entry.id, Life())
        for step in steps(entry.mapping("members")[each.text]):
            stint = step.value if isinstance(step.value, dict) else {}
            since, until = step.key or stint.get("since"), stint.get("until")
            inside = step.interval.intersect(entry.life)
            if inside is not None and not any(beyond(one, since, until) for one in (lived, of_unit)):
                yield inside
    else:
        yield entry.life


def _happening(entry: Entry) -> Interval:
    if entry.kind == "bookings":
        start, end = (first_day(str(entry[name])[:10]) for name in ("start", "end"))
        return Interval(start, None if end is None else day_after(end))
    return _year(str(_of_year(entry)))


def _of_year(entry: Entry) -> object:
    return entry.keys[1] if entry.kind == "statistics" else entry["year"]


@cache
def _year(written: str) -> Interval:
    school_year, day = parse_school_year(written), first_day(written)
    if school_year is not None:
        return school_year.interval
    return Interval(day, years_later(day, 1)) if day is not None else Interval()


def _missed(lived: Life, time: Interval, day: date, entry: Entry) -> End | None:
    """The end of a life that a time lies beyond: wholly, or on the day looked at where it still goes on."""
    begin, end, happens = lived.begin, lived.end, entry.kind in _HAPPENING
    if not happens and time.end is None:
        time = Interval(time.start, None) if (time.start or day) > day else Interval(day, day_after(day))
    if end is not None and time.start is not None and end.day <= time.start:
        return end
    if begin is not None and time.end is not None and time.end <= begin.day and (happens or begin.written):
        return begin
    return None


def _problem(district: District, each: Reference, end: End, *, is_over: bool) -> Problem:
    time = _called(each.entry, district.as_of)
    if not end.written and is_over:
        message = msg("{name} is marked as closed", name=each.text)
    elif not end.written:
        message = msg("{name} is only planned", name=each.text)
    elif is_over:
        message = msg("{name} closed on {day}; this is of {time}", name=each.text, day=end.written, time=time)
    else:
        message = msg("{name} opens on {day}; this is of {time}", name=each.text, day=end.written, time=time)
    related = Related(end.where, msg("it says so here"))
    return Problem(each.route, message, _help(district, each, end, is_over=is_over), (related,))


def _called(entry: Entry, day: date) -> object:
    """The time a reference is of, as it is written; of what still goes on, the day looked at."""
    if entry.kind in _HAPPENING:
        return entry["start"] if entry.kind == "bookings" else _of_year(entry)
    return day if entry.life.end is None else entry["since"] or entry["until"]


def _help(district: District, each: Reference, end: End, *, is_over: bool) -> Message:
    heirs = [f"`{name}`" for name in heirs_of(district).get(each.text, ())]
    if is_over and heirs:
        return msg("{heirs} succeeded it: name that, or correct the date", heirs=heirs)
    if each.entry.kind in _HAPPENING:
        return msg("correct the name or the date")
    if each.field != "members" or not end.written:
        return msg("correct the name, or take it out here")
    return msg("write `until: {day}`", day=end.written) if is_over else msg("write `since: {day}`", day=end.written)
