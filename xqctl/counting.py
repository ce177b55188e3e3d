"""Knows how numbers are put together: counts, shares, sums of statistics with what is missing named."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from xqctl.district import Entry
from xqctl.kinds.schools import School
from xqctl.kinds.statistics import record
from xqctl.kinds.units import Unit
from xqctl.measuring import Counted, Frame, Item, Unknown
from xqctl.messages import Message, Word, msg
from xqctl.place import Route
from xqctl.quantities import EXACT, Quantity, Ratio, ratio
from xqctl.quantities import Unit as Measure
from xqctl.schema import schema
from xqctl.stages import in_order

NAMED = 8
"""So many names of a long list are said, the rest is counted."""

# The ends of a range that is divided: outward, so that the true range lies inside.
_DOWN, _UP = Context(prec=12, rounding=ROUND_FLOOR), Context(prec=12, rounding=ROUND_CEILING)


def count(items: Iterable[Item]) -> Counted:
    """How many there are: the sum of what is counted."""
    counted = tuple(items)
    return Counted(int(_sum(counted)), counted)


def share(frame: Frame, top: Iterable[Item], bottom: Iterable[Item], nothing: Message) -> Counted | Unknown:
    """What is counted over all there is; unknown where that is nothing, or nothing of it is known."""
    upper, lower = tuple(top), tuple(bottom)
    value = ratio(_sum(upper), _sum(lower))
    if value is None:
        return Unknown(() if frame.lacking else (nothing,))
    return Counted(value, upper, lower)


def schools(found: Iterable[School]) -> tuple[Item, ...]:
    """Schools, each as one."""
    return tuple(Item(school.id, 1, school.entry.route()) for school in found)


def units(found: Iterable[Unit]) -> tuple[Item, ...]:
    """Units, each as one."""
    return tuple(Item(unit.id, 1, unit.entry.route()) for unit in found)


def numbers(frame: Frame, name: str, found: Iterable[School], stages: frozenset[str] | None = None) -> tuple[Item, ...]:
    """A number of the statistics of the school year for each school, of the stages asked for (or those given).

    Schools without it are not among the items; that they lack it is noted, so that their sum is not taken for whole.
    """
    schools = tuple(found)
    items = [number(frame, name, school, stages) for school in schools]
    lacking = [school.id for school, item in zip(schools, items, strict=True) if item is None]
    if lacking:
        frame.lack(missing(frame, name, lacking))
    return tuple(item for item in items if item is not None)


def as_written(
    frame: Frame, name: str, found: Iterable[School], stages: frozenset[str] | None = None
) -> tuple[Item, ...]:
    """The same, each number as it is written: stage by stage where a school has no number of its own."""
    schools = tuple(found)
    pieces = [_pieces(frame, name, school, stages) for school in schools]
    lacking = [school.id for school, items in zip(schools, pieces, strict=True) if items is None]
    if lacking:
        frame.lack(missing(frame, name, lacking))
    return tuple(item for items in pieces for item in items or ())


def number(frame: Frame, name: str, school: School, stages: frozenset[str] | None = None) -> Item | None:
    """A number of a school's statistics for the stages asked for (or those given); None where it is not said.

    It is the whole school's where these are all its stages, else the sum of what is written for each of them.
    """
    pieces = _pieces(frame, name, school, stages)
    return None if pieces is None else Item(school.id, _sum(pieces), pieces[0].route)


def _pieces(frame: Frame, name: str, school: School, stages: frozenset[str] | None = None) -> tuple[Item, ...] | None:
    found = record(frame.district, school.id, frame.year)
    if found is None:
        return None
    wanted, has = frame.stages if stages is None else stages, school.stages(frame.day) or frozenset(found.stages)
    whole = found.amount(name) if wanted is None or has <= wanted else None
    if whole is not None:
        return (Item(school.id, whole, found.route(name)),)
    parts = in_order(has if wanted is None else has & wanted)
    amounts = {stage: amount for stage in parts if (amount := found.amount(name, stage)) is not None}
    if not parts or len(amounts) < len(parts):
        return None
    return tuple(Item(school.id, amount, found.route(name, stage)) for stage, amount in amounts.items())


def words(frame: Frame, name: str, school: School, none_if: str | None = None) -> tuple[tuple[str, Route], ...] | None:
    """A list of words in a school's statistics for the stages asked for, with where it stands; None where not said.

    Where the number `none_if` is 0, no list has to be said.
    """
    found = record(frame.district, school.id, frame.year)
    if found is None:
        return None
    wanted, has = frame.stages, school.stages(frame.day) or frozenset(found.stages)
    if wanted is None or has <= wanted:
        whole = found.entry.texts(name)
        if whole or (none_if is not None and found.amount(none_if) == 0):
            return tuple((word, found.route(name)) for word in whole)
    parts = in_order(has if wanted is None else has & wanted)
    said = list[tuple[str, Route]]()
    for stage in parts:
        part = found.entry.mapping(stage).get(name)
        if isinstance(part, list):
            said += [(word, found.route(name, stage)) for word in part if isinstance(word, str)]
        elif none_if is None or found.amount(none_if, stage) != 0:
            return None
    return tuple(said) if parts else None


def listed(entry: Entry, name: str, day: date) -> frozenset[str]:
    """The words a field of an entry holds on a day: one or several, dated or not."""
    said = entry.on(name, day)
    return frozenset(word for word in (said if isinstance(said, list) else [said]) if isinstance(word, str))


def missing(frame: Frame, name: str, lacking: Sequence[str]) -> Message:
    """Says which schools have no number of this name in the school year; a long list is cut."""
    return msg("no {field} for {year}: {schools}", field=field_name(name), year=str(frame.year), schools=cut(lacking))


def cut(names: Sequence[str]) -> tuple[str | Message, ...]:
    """Names as they are said in one sentence, sorted: a long list is cut, and how many more there are is said."""
    ordered = sorted(names)
    if len(ordered) <= NAMED + 1:
        return tuple(ordered)
    return (*ordered[:NAMED], msg("and {count} more", count=len(names) - NAMED))


def field_name(name: str) -> Word:
    """A field of the statistics as people know it: its Chinese title beside the name it is written under."""
    return Word(f"{schema('statistics')['$defs'].get(name, {}).get('title', '')}（{name}）", f"`{name}`")


def quotient(amount: Quantity, among: Quantity | Decimal | int) -> Ratio | Quantity | None:
    """An amount over another, neither below zero: a ratio where both are exact, else a range at 12 digits.

    None where there may be nothing to divide by, or an end of a range is open.
    """
    low, high = (among.low, among.high) if isinstance(among, Quantity) else (Decimal(among), Decimal(among))
    if low is None or high is None or low <= 0 or amount.low is None or amount.high is None:
        return None
    if amount.exact is not None and low == high:
        return Ratio(amount.exact, low)
    unit = Measure.RATIO if isinstance(among, Quantity) and among.unit is amount.unit else amount.unit
    return Quantity(_DOWN.divide(amount.low, high), _UP.divide(amount.high, low), unit)


def _sum(items: Iterable[Item]) -> Decimal:
    total = Decimal(0)
    for item in items:
        if not isinstance(item.amount, int | Decimal):
            raise TypeError(f"{item.label} is no exact amount")
        total = EXACT.add(total, Decimal(item.amount))
    return total
