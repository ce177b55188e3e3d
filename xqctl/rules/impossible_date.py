"""不存在的日期
A date that never was, or a school year that is none.

Why:
    平年没有2月29日，学年是相邻的两年。这样的日期读不出来，写着它的期限、起止和统计年度就等于没有写。

    A common year has no 29 February, and a school year is two years in a row. Such a date cannot be read, and what
    carries it (a deadline, a beginning, the year of statistics) is as good as not said.

Wrong:
    schools:
      新海学校: {stages: junior, since: 2019-02-29}

Right:
    schools:
      新海学校: {stages: junior, since: 2019-02-28}

Mend:
    改正日期；只知道月份的写到月，如 2019-02；学年写相邻的两年，如 2019-2020。

    Correct the date; where only the month is known write the month, 2019-02; a school year is two years in a row,
    2019-2020.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from xqctl.annotations import annotated
from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.findings import Problem, Severity
from xqctl.messages import Message, msg
from xqctl.place import Keys, Route
from xqctl.quantities import parse_date, parse_school_year
from xqctl.registry import Rule
from xqctl.schema import KINDS

RULE = Rule("XQT006", Severity.ERROR)

_YEARS = re.compile("([0-9]{4})-([0-9]{4})")
# What the schemas let pass and no calendar has; only files that hold such text are looked through.
_SUSPECT = tuple(b"-" + day for day in (b"02-29", b"02-30", b"02-31", b"04-31", b"06-31", b"09-31", b"11-31"))
_ZEROS = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))


def check(district: District) -> Iterator[Problem]:
    """Yields each date, moment or school year, as value or as key, that the calendar does not have."""
    files = {document.file for document in district.folder.documents if _is_suspect(document.raw)}
    seen: set[Route] = set()
    for kind in KINDS if files else ():
        for entry in district.all(kind):
            for route, written in _dates(entry) if district.folder.laid or entry.file in files else ():
                wrong = _wrong(written)
                if wrong is not None and route not in seen:
                    seen.add(route)
                    yield Problem(route, *wrong)


def _dates(entry: Entry) -> Iterator[tuple[Route, str]]:
    for each in annotated(entry, _day):
        yield each.route, each.value
    for keys in _registered(entry.mapping("registers"), ("registers",)) if entry.kind == "district" else ():
        yield entry.route(*keys, part="key"), keys[-1]


def _registered(data: Mapping[str, Data], above: Keys) -> Iterator[Keys]:
    """The school years among the keys of `registers`, where stages stand too."""
    for key, value in data.items():
        if _YEARS.fullmatch(key):
            yield (*above, key)
        if isinstance(value, dict):
            yield from _registered(value, (*above, key))


def _is_suspect(raw: bytes) -> bool:
    if any(day in raw for day in _SUSPECT):
        return True
    zeros, found = raw.translate(_ZEROS), -1
    while (found := zeros.find(b"0000-0000", found + 1)) >= 0:
        if int(raw[found + 5 : found + 9]) != int(raw[found : found + 4]) + 1:
            return True
    return False


def _day(said: Mapping[str, Any]) -> str | None:
    quantity = said.get("x-quantity")
    return quantity if quantity in ("date", "moment", "year", "school_year") else None


def _wrong(written: str) -> tuple[Message, Message] | None:
    """What to say of a date that is none, and what to do; None where it is one."""
    if years := _YEARS.fullmatch(written):
        if parse_school_year(written) is not None:
            return None
        message = msg("{year} is no school year: those are two years in a row", year=written)
        return message, msg("write {first}-{second}, if that is meant", first=years[1], second=int(years[1]) + 1)
    day = written[:10]
    if parse_date(day) is not None:
        return None
    return msg("there was no {day}", day=day), msg("correct the day, or write the month alone: {month}", month=day[:7])
