"""Knows how one sheet is written: titles, running text, tables with filters, what stays in sight, how it prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format

from xqctl import page as p
from xqctl.messages import msg, say
from xqctl.render import shown, untoned
from xqctl.render.xlsx.cells import Cells
from xqctl.render.xlsx.formulas import Here
from xqctl.render.xlsx.items import Fact, Gap, Grid, Prose, Verbatim
from xqctl.render.xlsx.layout import Placed, Sheet, Spot, height, rows_of
from xqctl.render.xlsx.styles import APART, HEAD, LINK, RIGHT, TONES, is_apart, manners, title
from xqctl.render.xlsx.text import clean, fitting, headers

_LINE, _AROUND = 14, 2.5
"""Points of a line of text, and of what is above and below all of them."""
_TALLEST = 400
_CHART = 10
"""Columns at most that a chart beside its table stands over."""
_FILTERED = 5
"""Rows from which on a table is worth a filter, where it is not folded away."""
_LONG = 15
"""Rows from which on the titles of a table leave the screen."""
_FROZEN, _FOLLOWING = 12, 10
"""Rows that may stand still above a table without taking the screen; things that may stand below it."""
_RICH = 8000
"""Characters of a text in several tones that are still told apart."""
_TOP: Mapping[str, Any] = {"valign": "top"}

_Level = dict[str, int | bool]


@dataclass(frozen=True, slots=True)
class Writer:
    """One sheet being written."""

    sheet: Sheet
    cells: Cells

    def write(self) -> None:
        """Writes everything that stands on the sheet."""
        into = self.cells.into
        for column, columns in enumerate(self.sheet.widths):
            into.set_column(column, column, columns)
        into.outline_settings(visible=True, symbols_below=False)
        for placed in self.sheet.placed:
            self._item(placed)
        self._keep_in_sight()
        into.set_landscape()
        into.set_paper(9)  # A4
        into.fit_to_pages(1, 0)
        if any(placed.depth for placed in self.sheet.placed):
            into.print_area(0, 0, self._last_row(), self._columns_in_sight() - 1)
        into.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        into.set_footer(f"&L{self.sheet.title[:80].replace('&', '&&')}&R&P / &N")
        into.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _last_row(self) -> int:
        last = self.sheet.placed[-1]
        return last.row + rows_of(last.item) - 1

    def _columns_in_sight(self) -> int:
        """The columns that are printed: what is folded away and wider would make all the rest small."""
        grids = [each.item for each in self.sheet.placed if isinstance(each.item, Grid) and not each.depth]
        return max([self.sheet.span, *(len(grid.table.columns) + (_CHART if grid.beside else 0) for grid in grids)])

    def _item(self, placed: Placed) -> None:
        level: _Level = {"level": min(placed.depth, 7), "hidden": True} if placed.depth else {}
        for row in range(placed.row, placed.row + rows_of(placed.item)) if level else ():
            self._row(row, 1, level)
        match placed.item:
            case Prose():
                self._prose(placed.item, placed.row, level)
            case Fact():
                self._fact(placed.item, placed.row, level)
            case Verbatim(text=text):
                style = self.cells.styles({"font_name": "Consolas"}, _TOP)
                self.cells.into.write_string(placed.row, 0, fitting(text.expandtabs(4), self.cells.lang), style)
            case Grid():
                self._grid(placed.item, placed.row, level)
            case Gap():
                pass

    def _prose(self, prose: Prose, row: int, level: _Level) -> None:
        look = {**_inked(prose.tone), **(title(prose.level) if prose.level else {})}
        line = (p.Run(prose.mark), *prose.line) if prose.mark else prose.line
        size = float(look.get("font_size", 10)) / 10
        room = int(sum(self.sheet.widths[: self.sheet.span]) / size) - 2
        folds: _Level = {**level, "collapsed": True} if prose.folds else level
        self._row(row, self._line(line, (row, 0), room, look) * size, folds)

    def _fact(self, fact: Fact, row: int, level: _Level) -> None:
        name = fitting(say(fact.name, self.cells.lang), self.cells.lang)
        style = self.cells.styles(_TOP, {"text_wrap": True}, TONES[p.Tone.MUTED])
        self.cells.into.write_string(row, 0, name, style)
        room = sum(self.sheet.widths[1 : self.sheet.span]) - 2
        tall = self._line(fact.line, (row, 1), room, {})
        self._row(row, max(tall, height(name, self.sheet.widths[0])), level)

    def _line(self, line: p.Line, spot: tuple[int, int], room: int, look: Mapping[str, Any]) -> int:
        """A line of text, on as many lines as it takes; short ones run over their empty neighbours."""
        cells, (row, column) = self.cells, spot
        text = fitting(untoned(line, cells.lang), cells.lang)
        tall = height(text, room)
        wrap = {"text_wrap": True} if tall > 1 else {}
        pieces = [run for run in line if say(run.words, cells.lang)]
        tone = TONES[pieces[0].tone] if len(pieces) == 1 else {}
        style = cells.styles(_TOP, wrap, tone, look)
        if tall > 1:
            cells.into.merge_range(row, column, row, self.sheet.span - 1, "", style)
        to = next((run.to for run in line if run.to), "")
        if to and cells.link(spot, to, text, cells.styles(_TOP, wrap, LINK, tone, look)):
            return tall
        if any(run.tone is not p.Tone.PLAIN for run in pieces) and len(pieces) > 1 and len(text) < _RICH:
            rich = (part for run in pieces for part in (self._ink(run, look), clean(say(run.words, cells.lang))))
            cells.into.write_rich_string(row, column, *rich, style)
        else:
            cells.into.write_string(row, column, text, style)
        return tall

    def _ink(self, run: p.Run, look: Mapping[str, Any]) -> Format:
        return self.cells.styles(look, _inked(run.tone))

    def _row(self, row: int, lines: float, level: _Level) -> None:
        if lines > 1:
            self.cells.into.set_row(row, min(_LINE * lines + _AROUND, _TALLEST), None, level)
        elif level:
            self.cells.into.set_row(row, None, None, level)

    def _grid(self, grid: Grid, row: int, level: _Level) -> None:
        table, body = grid.table, grid.body
        self._heads(grid, row, level)
        alike = manners(table)
        for place, cells in enumerate(table.rows):
            below = row + 1 + place
            self._row(below, self._tall(table, cells), level)
            for column, cell in enumerate(cells):
                here = Here(Spot(self.sheet.name, below, column), cells, table, place >= body)
                self.cells.write(cell, here, alike[column])
        if grid.lost:
            said = say(msg("{count} more rows have no room on this sheet", count=grid.lost), self.cells.lang)
            self.cells.into.write_string(row + 1 + len(table.rows), 0, said, self.cells.styles(TONES[p.Tone.WARN]))

    def _heads(self, grid: Grid, row: int, level: _Level) -> None:
        """The titles of a table; one of several rows can be filtered and sorted, the sums below it stay below."""
        columns, lang, into = grid.table.columns, self.cells.lang, self.cells.into
        titles = headers((say(each.title, lang) for each in columns), say(msg("item"), lang))
        styles = [self._head(each, is_apart(columns, number)) for number, each in enumerate(columns)]
        if grid.body >= _FILTERED and not level:
            heads = [{"header": title, "header_format": style} for title, style in zip(titles, styles, strict=True)]
            options = {"columns": heads, "style": None, "banded_rows": False}
            into.add_table(row, 0, row + grid.body, len(columns) - 1, options)
        else:
            for column, (title, style) in enumerate(zip(titles, styles, strict=True)):
                into.write_string(row, column, title, style)
        self._row(row, max(1.3, self._lines(titles, 4)), level)

    def _head(self, column: p.Column, is_apart: bool) -> Format:
        side = RIGHT if column.is_right_aligned else APART if is_apart else {"align": "left"}
        return self.cells.styles(side, HEAD, {"italic": column.beside})

    def _tall(self, table: p.Table, cells: tuple[p.Cell, ...]) -> int:
        """How many lines a row of a table takes."""
        texts = (
            "" if column.is_right_aligned else clean(shown(cell, self.cells.lang))
            for column, cell in zip(table.columns, cells, strict=True)
        )
        return self._lines(texts, 1)

    def _lines(self, texts: Iterable[str], less: int) -> int:
        lines = (height(text, self.sheet.widths[column] - less) for column, text in enumerate(texts))
        return max(lines, default=1)

    def _keep_in_sight(self) -> None:
        """The sheet's title, or the titles of a table that makes it up and begins near its top."""
        grids = [(len(each.item.table.rows), each.row) for each in self.sheet.placed if isinstance(each.item, Grid)]
        size, row = max(grids, key=lambda grid: (grid[0], -grid[1]), default=(0, 0))
        following = sum(each.row > row for each in self.sheet.placed)
        if size >= _LONG and row <= _FROZEN and following <= _FOLLOWING:
            self.cells.into.freeze_panes(row + 1, 0)
            self.cells.into.repeat_rows(row)
        else:
            self.cells.into.freeze_panes(1, 0)


def _inked(tone: p.Tone) -> Mapping[str, Any]:
    """A tone in running text: its ink alone, as a part of a cell has no ground of its own."""
    return {name: part for name, part in TONES[tone].items() if name != "bg_color"}
