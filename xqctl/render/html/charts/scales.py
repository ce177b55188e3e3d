"""Knows the ground a chart is drawn on: how far its values reach, which of them are ticked, what text takes up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from xqctl.messages import Message, msg
from xqctl.page import Measure
from xqctl.screen import width

EM = 12
"""Pixels of a Chinese character in a chart. Fonts differ: nothing here relies on their measures."""
_NARROW = 7.5
"""Pixels that any other sign may take, in the widest of the usual fonts."""
_MARGIN = 0.04
_TICKS = 8
_UNITS = ((10**8, msg("100 million yuan")), (10**4, msg("10,000 yuan")), (1, msg("yuan")))


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` over `length` pixels, values divided by `per`; `format` is d3's, ticks may be given."""

    low: float
    high: float
    length: int
    format: str = ",.4~f"
    per: int = 1
    unit: Message | None = None
    ticks: tuple[tuple[float, str], ...] = ()
    least: float = 0
    """The least step between ticks: things are counted whole."""

    def at(self, value: float) -> float:
        """Where a value lies, in pixels from the start."""
        return (value / self.per - self.low) / (self.high - self.low) * self.length

    def axis(self, **more: object) -> dict[str, object]:
        """The axis of this scale as Vega-Lite takes it; labels are never left out for want of room."""
        told: dict[str, object] = {"title": None, "grid": True, "labelOverlap": False, "labelFlush": False, **more}
        if self.ticks:
            said = "".join(f"datum.value == {value} ? '{text}' : " for value, text in self.ticks)
            return {**told, "values": [value for value, _ in self.ticks], "labelExpr": f"{said}''"}
        return {"format": self.format, "tickCount": max(3, self.length // 90), "tickMinStep": self.least, **told}

    def domain(self) -> dict[str, object]:
        """The scale as Vega-Lite takes it."""
        return {"domain": [self.low, self.high], "nice": False, "zero": False}


def numbers(values: Iterable[float], measure: Measure, length: int, *, from_zero: bool) -> Scale:
    """The scale that holds all the values, from zero where a length is to be compared or zero is near."""
    every = list(values) or [0.0]
    least, most = min(every), max(every)
    per, unit = _unit(measure, max(abs(least), abs(most)))
    room = (most - least or abs(most) or 1.0) * _MARGIN
    low = min(0.0, least) if from_zero or 0 <= least <= 0.4 * most else least - room
    high = max(0.0, most) if from_zero else most + room
    high = high if high > low else low + 1.0
    share = {"ratio": ",.2~%", "points": ",.2~%"}.get(measure, ",.4~f")
    return Scale(low / per, high / per, length, share, per, unit, least=float(measure == "count"))


def days(values: Iterable[float], length: int) -> Scale:
    """The scale that holds all the days, ticked where years begin, or months where there are few years."""
    every = list(values) or [float(date(2000, 1, 1).toordinal())]
    room = max(20.0, (max(every) - min(every)) * _MARGIN)
    low, high = max(1.0, min(every) - room), min(float(date.max.toordinal()), max(every) + room)
    return Scale(low, high, length, ticks=_dated(low, high))


def pixels(text: str) -> int:
    """About how wide `text` is."""
    wide = width(text) - len(text)
    return round(wide * EM + (len(text) - wide) * _NARROW)


def cut(text: str, columns: int) -> str:
    """As much of `text` as there is room for; the whole stands in the table."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) >= columns:
            break
        kept += char
    return f"{kept}…"


def rows_of(labels: Sequence[tuple[float, float]]) -> list[int]:
    """The row each label goes to, from its first and last pixel, so that no two of a row meet."""
    ends: list[float] = []
    found = []
    for start, end in labels:
        row = next((number for number, last in enumerate(ends) if last + 8 <= start), len(ends))
        ends[row:] = [end, *ends[row + 1 :]]
        found.append(row)
    return found


def _unit(measure: Measure, most: float) -> tuple[int, Message | None]:
    if measure == "area":
        return 1, msg("m²")
    if measure != "money":
        return 1, None
    return next(unit for unit in _UNITS if most >= unit[0] or unit[0] == 1)


def _dated(low: float, high: float) -> tuple[tuple[float, str], ...]:
    first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
    years = range(first.year, min(last.year + 1, date.max.year) + 1)
    for months in ((1,), (1, 7), (1, 4, 7, 10), tuple(range(1, 13)))[:: -1 if high - low < 1200 else 1]:
        every = [date(year, month, 1) for year, month in product(years, months)]
        kept = [day for day in every if low <= day.toordinal() <= high]
        if 1 <= len(kept) <= _TICKS or (kept and months == (1,)):
            step = -(-len(kept) // _TICKS)
            is_yearly = months == (1,)
            return tuple((float(day.toordinal()), f"{day:%Y}" if is_yearly else f"{day:%Y-%m}") for day in kept[::step])
    return ((float(first.toordinal()), f"{first}"),)
