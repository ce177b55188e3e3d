"""Knows what a chart's table says: its marks, with numbers and days a scale can hold, and the words beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xqctl import page as p
from xqctl.messages import Lang
from xqctl.page import Tone
from xqctl.quantities import parse_date, parse_school_year
from xqctl.render import shown
from xqctl.screen import visible


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of the table: a share as a fraction of 1, a day as its number (None: not known); `name` is whose it is."""

    category: str
    value: float | None
    until: float | None
    shown: str
    series: str
    tone: Tone
    name: str
    on: float | None = None


def marks(chart: p.Chart, lang: Lang) -> list[Mark]:
    """The rows of the chart's table as marks, in their order."""
    names = next((index for index, column in enumerate(chart.table.columns) if column.kind == "name"), chart.category)
    return [_mark(row, chart, lang, names) for row in chart.table.rows]


def measure(chart: p.Chart) -> p.Measure:
    """What the values are: the first amount says so for all."""
    cells = (row[chart.value] for row in chart.table.rows)
    return next((cell.measure for cell in cells if isinstance(cell, p.Amount)), "count")


def categories(found: Iterable[Mark]) -> list[str]:
    """The categories in the order of their first marks."""
    return list(dict.fromkeys(mark.category for mark in found))


def _mark(row: tuple[p.Cell, ...], chart: p.Chart, lang: Lang, names: int) -> Mark:
    value, category = row[chart.value], row[chart.category]
    series = None if chart.series is None else row[chart.series]
    until = None if chart.until is None else row[chart.until]
    is_span = chart.mark == "spans"
    return Mark(
        category=_said(category, lang),
        value=_day(value, lang) if is_span else _number(value),
        until=_day(until, lang, last=True) if is_span else None,
        shown=" – ".join(filter(None, (_said(value, lang), _said(until, lang)))) if is_span else _said(value, lang),
        series=_said(series, lang),
        tone=_tone(series) or _tone(value) or Tone.PLAIN,
        name=_said(row[names], lang),
        on=_day(category, lang) if chart.mark == "steps" else None,
    )


def _said(cell: p.Cell, lang: Lang) -> str:
    return visible(shown(cell, lang))


def _tone(cell: p.Cell) -> Tone | None:
    """The tone of a cell that has one."""
    return cell.tone if isinstance(cell, p.Run | p.Amount) and cell.tone is not Tone.PLAIN else None


def _number(cell: p.Cell) -> float | None:
    match cell:
        case p.Amount(value=Decimal() as value):
            return float(value)
        case int():
            return float(cell)
        case _:
            return None


def _day(cell: p.Cell, lang: Lang, *, last: bool = False) -> float | None:
    """The number of a day; of a month, year or school year that of its first, or of its last."""
    if isinstance(cell, date):
        return float(cell.toordinal())
    text = shown(cell, lang)
    if (year := parse_school_year(text)) is not None:
        start, end = year.interval.start, year.interval.end
        return _ordinal(end if last else start)
    partial = parse_date(text)
    return None if partial is None else _ordinal(partial.last_day if last else partial.first_day)


def _ordinal(day: date | None) -> float | None:
    return None if day is None else float(day.toordinal())
