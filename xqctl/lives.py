"""Knows from when until when a party or unit exists, and which words of the files say so."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from xqctl.district import District, Entry, kept
from xqctl.place import Route
from xqctl.quantities import Interval, first_day, last_day, parse_date, steps
from xqctl.schema import PARTY_KINDS

_DATED = frozenset(("since", "until", "status"))
_NOT_YET, _NO_MORE = "planned", "closed"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a life: the day, what is written there, and where; `written` is empty for a word without a date."""

    day: date
    written: str
    where: Route


@dataclass(frozen=True, slots=True)
class Life:
    """The longest a thing can have lived by what is written: a year that is named may mean any day of it.

    None is an end that nothing is said of.
    """

    begin: End | None = None
    end: End | None = None

    @property
    def interval(self) -> Interval:
        """Its days."""
        return Interval(self.begin.day if self.begin else None, self.end.day if self.end else None)

    def within(self, other: "Life") -> "Life":
        """What is left of it inside another one."""
        begins = [each for each in (self.begin, other.begin) if each is not None]
        ends = [each for each in (self.end, other.end) if each is not None]
        return Life(max(begins, key=_day, default=None), min(ends, key=_day, default=None))


def life(district: District, entry: Entry, campus: str | None = None) -> Life:
    """The life of an entry, or of a campus in that of its school: by `since`, `until` and, by date, `status`."""
    whole = _life(district, entry.data, entry.route())
    if campus is None:
        return whole
    data = entry.mapping("campuses").get(campus)
    return _life(district, data, entry.route("campuses", campus)).within(whole) if isinstance(data, dict) else whole


@kept
def lives(district: District) -> Mapping[str, Life]:
    """The parties, campuses and units that do not live for ever, by the names they are referred to with."""
    found = {}
    for entry in (entry for kind in PARTY_KINDS for entry in district.all(kind)):
        if not _DATED.isdisjoint(entry.data):
            found[entry.id] = life(district, entry)
        if "campuses" in entry.data:
            found |= {f"{entry.id}/{campus}": life(district, entry, campus) for campus in entry.mapping("campuses")}
    return {name: lived for name, lived in found.items() if lived != Life()}


def beyond(lived: Life, since: object, until: object) -> End | None:
    """The end of a life that dates as written lie beyond for certain; None where they fit, or nothing is written."""
    start, stop, begin, end = first_day(since), first_day(until), lived.begin, lived.end
    if begin is not None and any(day is not None and day < begin.day for day in (last_day(since), latest(until))):
        return begin
    if end is not None and ((start is not None and start >= end.day) or (stop is not None and stop > end.day)):
        return end
    return None


def latest(written: object) -> date | None:
    """The last day a date can mean as an exclusive end: of `2019` the last one of that year."""
    partial = parse_date(written)
    if partial is None:
        return None
    return partial.first_day if partial.day is not None else partial.last_day


def years_later(day: date, years: int) -> date:
    """The same day so many years on; the last of February where there is no 29th."""
    year = min(day.year + years, date.max.year)
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _day(end: End) -> date:
    return end.day


def day_after(day: date) -> date:
    """The next day; the last of all days has none and stays."""
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def _life(district: District, data: Mapping[str, object], where: Route) -> Life:
    here = replace(where, part="value")
    since, until = data.get("since"), data.get("until")
    begin, end = first_day(since), latest(until)
    said = Life(
        None if begin is None else End(begin, str(since), here.to("since")),
        None if end is None else End(end, str(until), here.to("until")),
    )
    return said.within(_by_status(district, data.get("status"), here.to("status"))) if "status" in data else said


def _by_status(district: District, status: object, where: Route) -> Life:
    """Alive from when it is planned no more until it is closed for good; a bare word is true on the day looked at."""
    begin = end = None
    for step in steps(status):
        at, day = (where, "") if step.key is None else (where.to(step.key), step.key)
        if step.value == _NOT_YET and step.interval.end is not None:
            begin = _next(status, step.interval.end, where)
        elif step.value == _NOT_YET:
            begin = End(day_after(district.as_of), "", at)
        if step.value == _NO_MORE and step.interval.end is None:
            end = End(latest(step.key) or district.as_of, day, at)
    return Life(begin, end)


def _next(status: object, day: date, where: Route) -> End | None:
    """The step that follows a plan, where one does; a plan that was given up is none."""
    following = next((step for step in steps(status) if step.interval.start == day), None)
    if following is None or following.key is None or following.value == _NO_MORE:
        return None
    return End(day, following.key, where.to(following.key))
