"""Knows which of two demands is the harder one: bounds as what they leave room for, through all time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from xqctl.bounds import BOUNDS
from xqctl.changes._forms import MISSING, Value
from xqctl.quantities import first_day, is_dated, last_day, parse, steps

Verdict = Literal["same", "tightened", "weakened", "changed"]
"""`changed` is what cannot be compared, or goes both ways."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a bound leaves room for: from `low` to `high`, both in; None is no end."""

    low: Decimal | None
    high: Decimal | None
    unit: str

    def holds(self, other: "Room") -> bool:
        """Whether everything the other allows is allowed here."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        return low and (self.high is None or (other.high is not None and other.high <= self.high))


Asked = Room | str | None
"""A room; a text for what is no number (average); None where nothing is asked."""


def bound(data: Mapping[str, object]) -> tuple[str, Value]:
    """A target's kind of bound and what is written there."""
    kind = next((each for each in BOUNDS if each in data), None)
    return ("", MISSING) if kind is None else (kind, data[kind])  # type: ignore[return-value]  # plain data


def compared(old: tuple[str, Value], new: tuple[str, Value]) -> Verdict:
    """What became of a bound that may change by date."""
    return together(_harder(one, other) for one, other in _through_time(old, new))


def together(verdicts: Iterator[Verdict]) -> Verdict:
    """Of several, one: that of all that changed anything, else that it goes both ways."""
    found = set(verdicts) - {"same"}
    if not found:
        return "same"
    return found.pop() if len(found) == 1 else "changed"


def asked(kind: str, value: object) -> Asked:
    """What a bound of a kind asks."""
    quantity = parse(value)
    if quantity is None:
        return None if value is MISSING or value is None else f"{kind} {value}"
    low, high = quantity.low, quantity.high
    if kind == "at_least":
        high = None
    elif kind == "at_most":
        low = None
    return Room(low, high, quantity.unit.value)


def later(old: Value, new: Value) -> Verdict:
    """What a deadline does that moves: one that was always due has none."""
    before, after = last_day(old), last_day(new)
    if before == after:
        return "same"
    if before is None or after is None:
        return "weakened" if before is None else "tightened"
    return "weakened" if after > before else "tightened"


def in_force(old: Mapping[str, object], new: Mapping[str, object]) -> Verdict:
    """What it does that something is in force for other days."""
    before, after = (_life(each) for each in (old, new))
    if before == after:
        return "same"
    if _within(after, before):
        return "weakened"
    return "tightened" if _within(before, after) else "changed"


def narrower(old: Value, new: Value) -> Verdict:
    """What a condition does that picks what is measured: a further one asks less."""
    before, after = _conditions(old), _conditions(new)
    if before is None or after is None:
        return "changed"
    if before == after:
        return "same"
    return "weakened" if before < after else "tightened" if after < before else "changed"


def _harder(old: Asked, new: Asked) -> Verdict:
    if old == new:
        return "same"
    if old is None or new is None:
        return "tightened" if old is None else "weakened"
    if not isinstance(old, Room) or not isinstance(new, Room) or old.unit != new.unit:
        return "changed"
    if old.holds(new):
        return "tightened"
    return "weakened" if new.holds(old) else "changed"


def _through_time(old: tuple[str, Value], new: tuple[str, Value]) -> Iterator[tuple[Asked, Asked]]:
    """What both ask on the first day of each stretch in which neither changes."""
    starts = {date.min}
    for _, value in (old, new):
        if is_dated(value):
            starts |= {day for step in steps(value) for day in (step.interval.start, step.interval.end) if day}
    for day in sorted(starts):
        yield _on(*old, day), _on(*new, day)


def _on(kind: str, value: Value, day: date) -> Asked:
    if not is_dated(value):
        return asked(kind, value)
    held = next((step.value for step in steps(value) if step.interval.contains(day)), None)
    return asked(kind, held.get("value") if isinstance(held, Mapping) else held)


def _life(data: Mapping[str, object]) -> tuple[date, date]:
    return first_day(data.get("since")) or date.min, first_day(data.get("until")) or date.max


def _within(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _conditions(value: Value) -> frozenset[str] | None:
    """The parts of a condition that all have to hold; None where it is not that simple."""
    if value is MISSING:
        return frozenset()
    if not isinstance(value, str) or (("||" in value or "?" in value) and "&&" in value):
        return None
    return frozenset(part.strip() for part in value.split("&&"))
