"""Knows how a chart is drawn by the spreadsheet itself, from a sheet of numbers that follow from the tables' cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xqctl import page as p
from xqctl.messages import Lang, msg, say
from xqctl.render import shown
from xqctl.render.xlsx.formulas import a1, number, quoted
from xqctl.render.xlsx.items import Grid
from xqctl.render.xlsx.layout import DRAWN, Book, Placed, Sheet
from xqctl.render.xlsx.styles import FILLS, HEAD, Manner, Styles, manners, number_format, title
from xqctl.render.xlsx.text import clean, first, fitting, sheet_names

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D31", "#444444")
"""Told apart by the colour-blind too (Okabe and Ito, Color Universal Design)."""
_LIMIT = "#8A1C00"
_LONGEST_TITLE = 255
_LEVEL = 360
"""How XlsxWriter is told that labels stay level, in several lines."""
_MOST, _MOST_SERIES = 60, 12
"""More categories or series than this make no picture."""
_KINDS: Mapping[str, Mapping[str, str]] = {
    "bars": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "steps": {"type": "line"},
}
"""How marks are drawn; of points and spans a spreadsheet has no good chart: their table stands alone."""


@dataclass(frozen=True, slots=True)
class _Cross:
    """A chart's numbers, a row a category, a column a series: the tables' cells they are."""

    categories: tuple[str, ...]
    series: tuple[str, ...]
    tones: tuple[p.Tone, ...]
    cells: Mapping[tuple[str, str], tuple[int, p.Cell]]


class Charts:
    """The charts of one workbook."""

    def __init__(self, book: Workbook, laid: Book, styles: Styles, lang: Lang) -> None:
        self._book, self._laid, self._styles, self._lang = book, laid, styles, lang
        self._row = 0

    def draw(self, sheets: Mapping[str, Worksheet]) -> None:
        """Draws what can be drawn, each beside its table or below it."""
        found = [
            (sheet, placed, grid, cross)
            for sheet in self._laid.sheets
            for placed in sheet.placed
            if isinstance(grid := placed.item, Grid)
            if (cross := self._cross(grid)) is not None
        ]
        if not found:
            return
        names = sheet_names((*sheets, say(msg("chart data"), self._lang)), "")
        data = self._book.add_worksheet(names[-1])
        data.set_column(0, 0, 30)
        data.set_column(1, _MOST_SERIES, 14)
        for sheet, placed, grid, cross in found:
            if grid.chart is not None:
                self._numbers(data, sheet, placed, cross, grid.chart)
                self._chart(sheets[sheet.name], names[-1], placed, cross, grid)
                self._row += len(cross.categories) + 4

    def _cross(self, grid: Grid) -> _Cross | None:
        chart = grid.chart
        if chart is None or chart.mark not in _KINDS:
            return None
        cells: dict[tuple[str, str], tuple[int, p.Cell]] = {}
        tones: dict[str, p.Tone] = {}
        for place, row in enumerate(grid.table.rows[: grid.body]):
            category = clean(shown(row[chart.category], self._lang))
            cell = row[chart.series] if chart.series is not None else None
            of = (
                clean(shown(cell, self._lang))
                if cell is not None
                else self._said(grid.table.columns[chart.value].title)
            )
            tones.setdefault(of, cell.tone if isinstance(cell, p.Run | p.Amount) else p.Tone.PLAIN)
            if (category, of) in cells:
                return None
            if number(row[chart.value]) is not None:
                cells[category, of] = (place, row[chart.value])
        categories = dict.fromkeys(category for category, _ in cells)
        if not cells or len(categories) > _MOST or len(tones) > _MOST_SERIES:
            return None
        ordered = sorted(categories) if chart.mark == "steps" else list(categories)
        return _Cross(tuple(ordered), tuple(tones), tuple(tones.values()), cells)

    def _said(self, words: p.Words) -> str:
        return clean(say(words, self._lang))

    def _numbers(self, data: Worksheet, sheet: Sheet, placed: Placed, cross: _Cross, chart: p.Chart) -> None:
        """The numbers of a chart as formulas that point to its table."""
        data.write_string(self._row, 0, fitting(self._said(chart.title), self._lang), self._styles(title(3)))
        heads = [*cross.series, *(self._said(limit.label) for limit in chart.limits)]
        data.write_blank(self._row + 1, 0, None, self._styles(HEAD))
        for column, head in enumerate(heads, 1):
            data.write_string(self._row + 1, column, fitting(head, self._lang), self._styles(HEAD))
        alike = manners(chart.table)[chart.value]
        for place, category in enumerate(cross.categories):
            row = self._row + 2 + place
            data.write_string(row, 0, fitting(category, self._lang), self._styles())
            for column, of in enumerate(cross.series, 1):
                if (category, of) in cross.cells:
                    at, cell = cross.cells[category, of]
                    value = number(cell)
                    from_ = f"={quoted(sheet.name)}!{a1(placed.row + 1 + at, chart.value, '$')}"
                    data.write_formula(
                        row, column, from_, self._look(cell, alike), float(value) if value is not None else 0
                    )
            for column, limit in enumerate(chart.limits, 1 + len(cross.series)):
                data.write_number(row, column, float(limit.value), self._styles())

    def _look(self, cell: p.Cell, alike: Manner) -> Any:
        if isinstance(cell, p.Amount):
            return self._styles({"num_format": number_format(cell, shown(cell, self._lang), alike)})
        return self._styles({"num_format": "#,##0"})

    def _chart(self, into: Worksheet, data: str, placed: Placed, cross: _Cross, grid: Grid) -> None:
        """The chart of the numbers that were written last."""
        if grid.chart is None:
            return
        drawn = self._book.add_chart(dict(_KINDS[grid.chart.mark]))
        top, end = self._row + 2, self._row + 1 + len(cross.categories)
        for column, tone in enumerate(cross.tones, 1):
            colour = FILLS.get(tone, _COLOURS[(column - 1) % len(_COLOURS)])
            drawn.add_series(_series(data, column, (top, end), _look(grid.chart.mark, colour)))
        if grid.chart.limits:
            lines = self._book.add_chart({"type": "line"})
            for column in range(1 + len(cross.series), 1 + len(cross.series) + len(grid.chart.limits)):
                look = {"line": {"color": _LIMIT, "width": 1.75, "dash_type": "dash"}}
                lines.add_series(_series(data, column, (top, end), look))
            drawn.combine(lines)
        name = first(self._said(grid.chart.title), _LONGEST_TITLE)
        drawn.set_title({"name": f"＝{name[1:]}" if name.startswith("=") else name, "name_font": {"size": 11}})
        drawn.set_legend({"position": "bottom"} if len(cross.series) + len(grid.chart.limits) > 1 else {"none": True})
        drawn.set_y_axis(
            {"num_format": self._axis(cross), "major_gridlines": {"visible": True, "line": {"color": "#D9DDE2"}}}
        )
        drawn.set_x_axis({"num_font": {"rotation": -45 if len(cross.categories) > 12 else _LEVEL}})
        drawn.show_blanks_as("span" if grid.chart.mark == "steps" else "gap")
        drawn.set_size({"width": 700, "height": (DRAWN - 1) * 22})
        at = (placed.row, len(grid.table.columns)) if grid.beside else (placed.row + len(grid.table.rows) + 2, 0)
        about = self._said(grid.chart.about)
        into.insert_chart(*at, drawn, {"x_offset": 12, "y_offset": 4, "object_position": 3, "description": about})

    def _axis(self, cross: _Cross) -> str:
        cell = next(iter(cross.cells.values()))[1]
        if not isinstance(cell, p.Amount):
            return "#,##0"
        return {"ratio": "0%", "points": "0%", "index": "0.00", "money": r'0\.0,"万元"'}.get(cell.measure, "#,##0.##")


def _series(data: str, column: int, rows: tuple[int, int], look: Mapping[str, Any]) -> dict[str, Any]:
    top, end = rows
    return {
        "name": [data, top - 1, column],
        "categories": [data, top, 0, end, 0],
        "values": [data, top, column, end, column],
        **look,
    }


def _look(mark: str, colour: str) -> Mapping[str, Any]:
    if mark == "steps":
        return {"line": {"color": colour, "width": 2.25}, "marker": {"type": "circle", "size": 6}}
    return {"fill": {"color": colour}, "border": {"color": "#FFFFFF", "width": 0.5}, "gap": 60}
