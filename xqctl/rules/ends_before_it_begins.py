"""结束早于开始
It ends before it begins.

Why:
    until 是不再存在或不再生效的第一天；不晚于开始，就一天也没有存在过，名单、统计和经费都不会算它。多半是年份写反或写
    错。

    `until` is the first day something no longer is; not later than its beginning, it never was, and no list,
    statistic or sum counts it. Mostly two years were swapped or mistyped.

Wrong:
    schools:
      新海学校: {stages: junior, since: 2013-09, until: 2003-07}

Right:
    schools:
      新海学校: {stages: junior, since: 2003-09, until: 2013-07}

Mend:
    改正其中一个日期；只写年份的 until 指那一年的第一天，当年存在过的写到月或日，或写下一年。

    Correct one of the dates. An `until` that is a year alone means its first day: for something that lived into that
    year write month or day, or the year after.
"""

from collections.abc import Iterator, Mapping

from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.bookings import moment
from xqctl.messages import msg
from xqctl.place import Keys, Route
from xqctl.quantities import looks_like_date
from xqctl.registry import Rule
from xqctl.schema import KINDS

RULE = Rule("XQT001", Severity.ERROR)

_PAIRS = (("since", "until"), ("signed", "until"), ("start", "end"))
_NUMBERS_ONLY = frozenset(("statistics",))


def check(district: District) -> Iterator[Problem]:
    """Yields each end that is not later than its beginning: of entries, members, campuses, contracts, dated values."""
    for kind in KINDS:
        if kind not in _NUMBERS_ONLY:
            for entry in district.all(kind):
                yield from _inside(entry.data, entry, ())


def _inside(data: Mapping[str, Data], entry: Entry, keys: Keys) -> Iterator[Problem]:
    if "until" in data or "end" in data:
        for begin, end in _PAIRS:
            if begin in data and end in data:
                yield from _held(data[begin], data[end], entry.route(*keys, begin), entry.route(*keys, end))
    for name, value in data.items():
        if isinstance(value, dict):
            if "until" in value and looks_like_date(name):
                key, until = entry.route(*keys, name, part="key"), entry.route(*keys, name, "until")
                yield from _held(name, value["until"], key, until)
            yield from _inside(value, entry, (*keys, name))


def _held(begin: Data, end: Data, begins: Route, ends: Route) -> Iterator[Problem]:
    first, last = begins.keys[-1], ends.keys[-1]
    start, stop = moment(begin), moment(end, is_end=last == "end")
    if start is None or stop is None or start < stop:
        return
    if start == stop:
        message = msg("`{last}` {end} is the day it begins: no time is left", last=last, end=end)
    elif begins.part == "key":
        message = msg("`{last}` {end} is earlier than {begin}, when this begins", last=last, end=end, begin=begin)
    else:
        message = msg("`{last}` {end} is earlier than `{first}` {begin}", last=last, end=end, first=first, begin=begin)
    help_ = msg("correct one of the two; `until` is the first day it no longer holds, in a year alone its first day")
    if last == "end":
        help_ = msg("correct one of the two")
    yield Problem(ends, message, help_, (Related(begins, msg("it begins here")),))
