"""前后两段时间重叠
Two spells of one value that overlap.

Why:
    按日期写的取值，每段到下一段开始为止。前一段写明的 until 晚于下一段的开始，或两段从同一天开始，就说不清那时是哪一
    个。

    Of values by date each holds until the next begins. Where one says that it lasts longer, or two begin on the same
    day, it is not clear which of them held.

Wrong:
    schools: {城桥中学: {stages: junior, standing: quality}, 育林中学: {stages: junior}}
    groups:
      城桥中学教育集团:
        members:
          城桥中学: lead
          育林中学: {2011: {role: branch, until: 2016}, 2013: member}

Right:
    schools: {城桥中学: {stages: junior, standing: quality}, 育林中学: {stages: junior}}
    groups:
      城桥中学教育集团:
        members:
          城桥中学: lead
          育林中学: {2011: branch, 2016: member}

Mend:
    删去前一段的 until，或改正下一段的日期；同一天开始的两段只留一段。

    Delete the first one's `until`, or correct the date of the second; of two that begin on one day keep one.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.place import Keys
from xqctl.quantities import first_day, is_dated
from xqctl.registry import Rule
from xqctl.schema import KINDS

RULE = Rule("XQT003", Severity.WARNING)

# Keyed by calendar year, but no year takes the place of the one before.
_OF_EACH_YEAR = frozenset(("results",))
_NUMBERS_ONLY = frozenset(("statistics",))


def check(district: District) -> Iterator[Problem]:
    """Yields each spell that runs into the next one: of members, stages, standing, amounts, bounds …"""
    for kind in KINDS:
        if kind not in _NUMBERS_ONLY:
            for entry in district.all(kind):
                for name, value in entry.data.items():
                    if isinstance(value, dict) and name not in _OF_EACH_YEAR:
                        yield from _inside(value, entry, (name,))


def _inside(data: Mapping[str, Data], entry: Entry, keys: Keys) -> Iterator[Problem]:
    if len(data) > 1 and is_dated(data):
        yield from _spells(data, entry, keys)
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _inside(value, entry, (*keys, name))


def _spells(data: Mapping[str, Data], entry: Entry, keys: Keys) -> Iterator[Problem]:
    dated = sorted((day, key) for key in data if (day := first_day(key)) is not None)
    for (begin, key), (next_, following) in pairwise(dated):
        spell, at = data[key], entry.route(*keys, following, part="key")
        until = spell.get("until") if isinstance(spell, dict) else None
        end = first_day(until)
        if begin == next_:
            message = msg("{key} and {following} begin on one day; only one can hold", key=key, following=following)
            other = Related(entry.route(*keys, key, part="key"), msg("the other one"))
            yield Problem(at, message, msg("keep one of them, or correct its date"), (other,))
        elif end is not None and end > next_:
            message = msg(
                "this lasts until {until}, but the next begins on {following}", until=until, following=following
            )
            then = Related(at, msg("the next one begins here"))
            yield Problem(
                entry.route(*keys, key, "until"), message, msg("delete `until`, or correct one of the dates"), (then,)
            )
