"""Dated values: what `{"1999": branch, "2013": {role: member, until: 2018}}` holds on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xqctl.quantities.dates import Interval, first_day, interval, looks_like_date


@dataclass(frozen=True, slots=True)
class Step:
    """A value, the days it holds, and the key it stands under (None where the whole is one value).

    An object that only dates a value, `{value: weak, until: 2015}`, is that value; any other is given as written.
    """

    interval: Interval
    value: object
    key: str | None


def is_dated(value: object) -> bool:
    """True for a mapping whose keys all look like dates; ids never do, so a plain object is told apart."""
    return isinstance(value, Mapping) and bool(value) and all(looks_like_date(key) for key in value)


def steps(value: object) -> tuple[Step, ...]:
    """Each value with its days, sorted: from its date to the next one, or to its own earlier `until`.

    A value that is not dated is one step, open at both ends but for its own `since` and `until`. Keys that are no
    real dates are passed over: the schema reports them.
    """
    if not isinstance(value, Mapping) or not is_dated(value):
        return (Step(_own(value), value, None),)
    begins = sorted((day, key) for key in value if (day := first_day(key)) is not None)
    ends = [*(day for day, _ in begins), None][1:]
    return tuple(_step(day, end, value[key], key) for (day, key), end in zip(begins, ends, strict=True))


def on(value: object, day: date) -> object | None:
    """The value that holds on a day; None before the first, and after one's own `until`."""
    return next((step.value for step in steps(value) if step.interval.contains(day)), None)


def at(value: object, day: date) -> object | None:
    """A value and everything inside it as they are on a day: dated values resolved, what does not hold left out.

    Not for what is keyed by calendar year without holding on (results, statistics): that looks like dated values too.
    """
    held = on(value, day)
    match held:
        case Mapping():
            return {key: now for key, item in held.items() if (now := at(item, day)) is not None}
        case list() | tuple():
            return [now for item in held if (now := at(item, day)) is not None]
        case _:
            return held


def _own(value: object) -> Interval:
    """The days a plain object claims for itself."""
    return interval(value.get("since"), value.get("until")) if isinstance(value, Mapping) else Interval()


def _step(start: date, end: date | None, value: object, key: str) -> Step:
    """One step; a value that claims to end before it begins holds no day."""
    days = Interval(start, end).intersect(Interval(None, _own(value).end))
    held = value["value"] if isinstance(value, Mapping) and "value" in value else value
    return Step(days or Interval(start, start), held, key)
