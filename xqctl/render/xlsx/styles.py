"""Knows how the cells of a workbook look: the colour of a tone, never without a word or a heavier type, and numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from xqctl import page as p

FONT: Mapping[str, Any] = {"font_name": "微软雅黑", "font_size": 10}
"""A type every Chinese Windows has; where it is not there, the reader's own takes its place."""
TONES: Mapping[p.Tone, Mapping[str, Any]] = {
    p.Tone.PLAIN: {},
    p.Tone.STRONG: {"bold": True},
    p.Tone.GOOD: {"bg_color": "#DCEBF7", "font_color": "#0B3C5D"},
    p.Tone.WARN: {"bg_color": "#FFF3C4", "font_color": "#5C4400"},
    p.Tone.BAD: {"bg_color": "#F9D9C7", "font_color": "#8A1C00", "bold": True},
    p.Tone.MUTED: {"font_color": "#595F66"},
    p.Tone.NOTED: {"font_color": "#1F3864"},
    p.Tone.NAME: {"font_color": "#1F3864"},
}
"""Blue, yellow and vermilion are told apart by the colour-blind too (Okabe and Ito, Color Universal Design)."""
FILLS: Mapping[p.Tone, str] = {p.Tone.GOOD: "#2B7BBA", p.Tone.WARN: "#E6B000", p.Tone.BAD: "#C8460F"}
"""The same, strong enough for an area of a chart."""
EDGE: Mapping[str, Any] = {"bottom": 1, "bottom_color": "#C9D0D8"}
SUM: Mapping[str, Any] = {**EDGE, "top": 1, "top_color": "#7D8894", "bold": True}
"""The edges of a cell, and of one that sums up those above it."""
HEAD: Mapping[str, Any] = {
    "bold": True,
    "bg_color": "#E4E9EF",
    "font_color": "#1F2328",
    "text_wrap": True,
    "valign": "vcenter",
    "bottom": 2,
    "bottom_color": "#7D8894",
}
RIGHT: Mapping[str, Any] = {"align": "right", "valign": "top", "indent": 1}
APART: Mapping[str, Any] = {"align": "left", "indent": 1}
"""How numbers stand, and text to the right of them."""
LINK: Mapping[str, Any] = {"underline": 1, "font_color": "#0B4F8A"}
_TITLES: Mapping[int, Mapping[str, Any]] = {
    1: {"bold": True, "font_size": 16, "font_color": "#1F3864"},
    2: {"bold": True, "font_size": 13, "font_color": "#1F3864"},
    3: {"bold": True, "font_size": 11},
    4: {"bold": True},
}
_WAN = 10_000
_MOST_PLACES = 6
_DECIMALS = re.compile(r"[0-9]\.([0-9]+)")
_PLACES: Mapping[p.Measure, int] = {"ratio": 2, "points": 2, "index": 4, "money": 2, "area": 2, "number": 2, "count": 2}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, *parts: Mapping[str, Any]) -> Format:
        """A format of several parts; a later one wins."""
        joined: dict[str, Any] = dict(FONT)
        for part in parts:
            joined |= part
        key = tuple(sorted(joined.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(joined)
        return self._made[key]


def is_apart(columns: tuple[p.Column, ...], number: int) -> bool:
    """Whether a column of text has numbers to its left, which would run into it."""
    return number > 0 and columns[number - 1].is_right_aligned and not columns[number].is_right_aligned


def title(level: int) -> Mapping[str, Any]:
    """How a title of a level looks."""
    return _TITLES[min(level, max(_TITLES))]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the numbers of a column are written alike: of which measures they have decimals, whether money is in 万元."""

    decimals: frozenset[p.Measure] = frozenset()
    in_wan: bool = False


def manners(table: p.Table) -> tuple[Manner, ...]:
    """How the numbers of each column are written.

    A format can say 万元 with one decimal; it does where that is exact for all the money of the table.
    """
    columns = [[row[number] for row in table.rows] for number in range(len(table.columns))]
    known = [
        [(cell.measure, cell.value) for cell in cells if isinstance(cell, p.Amount) and cell.value is not None]
        for cells in columns
    ]
    money = [value for column in known for measure, value in column if measure == "money" and value]
    in_wan = bool(money) and all(abs(value) >= _WAN and value % 1000 == 0 for value in money)
    return tuple(
        Manner(frozenset(measure for measure, value in column if value != value.to_integral_value()), in_wan)
        for column in known
    )


def number_format(amount: p.Amount, text: str, column: Manner) -> str:
    """The code of a number's format: with as many digits as it is shown with, its unit, and ※ where it is stated."""
    code = _code(amount, text, column)
    return f'"※ "{code}' if amount.basis == "stated" else code


def _code(amount: p.Amount, text: str, column: Manner) -> str:
    said = max((len(digits) for digits in _DECIMALS.findall(text)), default=0)
    places = max(_PLACES[amount.measure], min(said, _MOST_PLACES))
    whole = amount.measure not in column.decimals
    match amount.measure:
        case "ratio" | "points":
            return f"0.{'0' * places}%"
        case "index":
            return f"0.{'0' * places}"
        case "money":
            return r'0\.0,"万元"' if column.in_wan else f'{_grouped(whole, 2)}"元"'
        case "area":
            return f'{_grouped(whole, places)}"m²"'
        case "number" | "count":
            return _grouped(whole, places)


def _grouped(whole: bool, places: int) -> str:
    return "#,##0" if whole else f"#,##0.{'0' * places}"
