"""Knows how one cell is written: text that stays text, exact numbers, formulas with their value, days, links."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xqctl import page as p
from xqctl.messages import Lang, say
from xqctl.render import shown
from xqctl.render.xlsx.formulas import NOTHING, Here, a1, live, number, quoted
from xqctl.render.xlsx.layout import Book
from xqctl.render.xlsx.styles import APART, EDGE, LINK, RIGHT, SUM, TONES, Manner, Styles, is_apart, number_format
from xqctl.render.xlsx.text import fitting

_LINKS = 65_530
"""Links that a sheet may hold (Excel specifications and limits)."""
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel and LibreOffice count days differently: Excel takes 1900 for a leap year."""
_DIGITS = 15
"""Digits that a number of a spreadsheet keeps."""
_TEXT: Mapping[str, Any] = {"valign": "top", "text_wrap": True}
_NO_NUMBER: Mapping[str, Any] = {"bg_color": "#E9ECEF"}

_Spot = tuple[int, int]
_Look = Mapping[str, Any]


class Cells:
    """The cells of one sheet; `numbers_only` are the columns of named tables in which formulas bear no text."""

    def __init__(
        self, into: Worksheet, book: Book, styles: Styles, lang: Lang, numbers_only: frozenset[tuple[str, int]]
    ) -> None:
        self.into, self.styles, self.lang = into, styles, lang
        self._book, self._numbers_only, self._links = book, numbers_only, 0

    def write(self, cell: p.Cell, here: Here, column: Manner) -> None:
        """Writes a table's cell; its numbers as those of its column."""
        line = SUM if here.is_sum else EDGE
        spot = here.spot.row, here.spot.column
        match cell:
            case p.Amount():
                self._amount(cell, here, line, column)
            case int():
                self.into.write_number(*spot, cell, self.styles(RIGHT, line, {"num_format": "#,##0"}))
            case date():
                self._date(cell, here, line)
            case _:
                self._words(cell, here, line)

    def link(self, spot: _Spot, to: str, text: str, style: Format) -> bool:
        """Whether a cell got a link to another one, and its text; another page's file is none here."""
        goal = self._book.anchors.get(to[1:]) if to.startswith("#") else None
        if goal is None or self._links >= _LINKS:
            return False
        self._links += 1
        place = f"internal:{quoted(goal.sheet)}!{a1(goal.row, goal.column)}"
        self.into.write_url(*spot, place, style, fitting(text, self.lang))
        return True

    def _words(self, cell: p.Cell, here: Here, line: _Look) -> None:
        """Text, whatever it begins with; a whole number or a full date in a column of such is one."""
        spot, kind = (here.spot.row, here.spot.column), here.table.columns[here.spot.column].kind
        text = fitting(shown(cell, self.lang), self.lang)
        tone = cell.tone if isinstance(cell, p.Run) else p.Tone.NAME if kind == "name" else p.Tone.PLAIN
        apart = APART if is_apart(here.table.columns, here.spot.column) else {}
        look = {**line, **(RIGHT if kind == "number" else {**_TEXT, **apart}), **TONES[tone]}
        day = _day(text) if kind == "date" else None
        if isinstance(cell, p.Run) and cell.to and self.link(spot, cell.to, text, self.styles(LINK, look)):
            return
        if self._is_bare(here):
            self._no_number(spot, text, line)
        elif not text:
            self.into.write_blank(*spot, None, self.styles(line))
        elif day is not None:
            self._date(day, here, line)
        elif kind == "number" and _is_whole(text):
            self.into.write_number(*spot, int(text), self.styles(look, {"num_format": "#,##0"}))
        else:
            self.into.write_string(*spot, text, self.styles(look))

    def _date(self, day: date, here: Here, line: _Look) -> None:
        spot = here.spot.row, here.spot.column
        apart = APART if is_apart(here.table.columns, here.spot.column) else {}
        look = self.styles({"align": "left", "valign": "top", "num_format": "yyyy-mm-dd"}, apart, line)
        if day < _FIRST_DAY:
            self.into.write_string(*spot, day.isoformat(), look)
        else:
            self.into.write_datetime(*spot, datetime(day.year, day.month, day.day), look)  # noqa: DTZ001  a day, no time

    def _amount(self, amount: p.Amount, here: Here, line: _Look, column: Manner) -> None:
        spot, text = (here.spot.row, here.spot.column), fitting(say(amount.shown, self.lang), self.lang)
        look = {**RIGHT, **line, **TONES[amount.tone], "num_format": number_format(amount, text, column)}
        if amount.to and self.link(spot, amount.to, text or NOTHING, self.styles(LINK, look)):
            look = {**LINK, **look}
        formula, exact = live(amount, here, self._book, self.lang), number(amount)
        if formula is not None:
            self.into.write_formula(*spot, formula, self.styles(look), NOTHING if exact is None else float(exact))
        elif exact is not None:
            self.into.write_number(*spot, float(exact), self.styles(look))
        elif self._is_bare(here):
            self._no_number(spot, text, line)
        else:
            self.into.write_string(*spot, text, self.styles(look))

    def _is_bare(self, here: Here) -> bool:
        return not here.is_sum and (here.table.name, here.spot.column) in self._numbers_only

    def _no_number(self, spot: _Spot, text: str, line: _Look) -> None:
        """An empty cell where a formula would stumble over text; what is to be said stands in its note."""
        self.into.write_blank(*spot, None, self.styles(line, _NO_NUMBER))
        if text and text != NOTHING:
            self.into.write_comment(*spot, text, {"author": "xqctl"})


def _day(text: str) -> date | None:
    """The one day that a text names."""
    if len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS and str(int(text)) == text
