"""Days, partial dates, half-open intervals and school years; what day it is today is never asked here."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_YEARS = range(1000, 10000)  # what a date may name, as in the schemas
_SCHOOL_YEAR = re.compile(r"(?P<first>[0-9]{4})-(?P<second>[0-9]{4})")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day, as it was written; a real one (`parse_date` sees to that)."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date:
        """What it means in `since`, `until`, `on` and dated values."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """What it means in `by` and `due`."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` up to but without `end`; None is open. One that ends before it begins holds no day."""

    start: date | None = None
    end: date | None = None

    @property
    def is_empty(self) -> bool:
        """True when no day lies inside."""
        return self.start is not None and self.end is not None and self.start >= self.end

    def contains(self, day: date) -> bool:
        """True when the day lies inside: `end` does not."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def intersect(self, other: "Interval") -> "Interval | None":
        """The days both hold; None when there are none."""
        start = max((s for s in (self.start, other.start) if s is not None), default=None)
        end = min((e for e in (self.end, other.end) if e is not None), default=None)
        both = Interval(start, end)
        return None if both.is_empty else both

    def overlaps(self, other: "Interval") -> bool:
        """True when both hold some day."""
        return self.intersect(other) is not None

    def covers(self, other: "Interval") -> bool:
        """True when every day of the other lies inside."""
        return other.is_empty or self.intersect(other) == other


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """From 1 September of `start` up to but without 1 September of the next year."""

    start: int

    @property
    def interval(self) -> Interval:
        """The days of it; the one that begins in 9999 has no end that can be written."""
        return Interval(date(self.start, 9, 1), date(self.start + 1, 9, 1) if self.start < 9999 else None)

    def __str__(self) -> str:
        return f"{self.start:04}-{self.start + 1:04}"


def parse_date(value: object) -> PartialDate | None:
    """Read `2010` (also as an int), `2010-07` or `2010-07-15`; None for anything else, and for days that never were."""
    match value:
        case bool():
            return None
        case int() if value in _YEARS:
            return PartialDate(value)
        case str() if found := _DATE.fullmatch(value):
            partial = PartialDate(int(found["year"]), _whole(found["month"]), _whole(found["day"]))
            return partial if _is_real(partial) else None
        case _:
            return None


def first_day(value: object) -> date | None:
    """The first day of what `parse_date` reads."""
    partial = parse_date(value)
    return None if partial is None else partial.first_day


def last_day(value: object) -> date | None:
    """The last day of what `parse_date` reads."""
    partial = parse_date(value)
    return None if partial is None else partial.last_day


def interval(since: object, until: object) -> Interval:
    """The days between a thing's `since` and `until` as written; what is absent or unreadable is open."""
    return Interval(first_day(since), first_day(until))


def looks_like_date(value: object) -> bool:
    """True for what is shaped like a date, real or not: `2013`, `2013-13`; school years are not."""
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def parse_school_year(value: object) -> SchoolYear | None:
    """Read `2019-2020`; None for anything else, and where the second year does not follow the first."""
    found = _SCHOOL_YEAR.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found["second"]) != int(found["first"]) + 1 or int(found["first"]) not in _YEARS:
        return None
    return SchoolYear(int(found["first"]))


def school_year(day: date) -> SchoolYear:
    """The school year a day lies in."""
    return SchoolYear(day.year if day.month >= 9 else day.year - 1)


def year_of(value: object) -> Interval:
    """The days of a year as it is written: a calendar year (`2019`) or a school year (`2019-2020`)."""
    school = parse_school_year(value)
    if school is not None:
        return school.interval
    year = parse_date(value)
    if year is None:
        return Interval()
    return Interval(year.first_day, None if year.year == _YEARS[-1] else year.last_day + timedelta(days=1))


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)


def _is_real(partial: PartialDate) -> bool:
    month = 1 if partial.month is None else partial.month
    if partial.year not in _YEARS or not 1 <= month <= 12:
        return False
    return partial.day is None or 1 <= partial.day <= calendar.monthrange(partial.year, month)[1]
