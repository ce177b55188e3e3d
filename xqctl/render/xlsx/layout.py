"""Knows where everything of a page stands in its workbook: on which sheet, in which row; nothing is written yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest

from xqctl import page as p
from xqctl.messages import Lang, msg, say
from xqctl.render import shown
from xqctl.render.xlsx.items import SHEET, Fact, Grid, Item, Laid, Prose, contents, items, legend, sheets_of, table_of
from xqctl.render.xlsx.text import clean, sheet_names
from xqctl.screen import width, wrapped

ROWS, COLUMNS = 1_048_576, 16_384
"""What a sheet holds (Excel specifications and limits)."""
DRAWN = 18
"""Rows that a chart takes."""
_SHORT = 10
_WIDEST, _NARROWEST, _USUAL = 44, 9, 9
_FOLDED = 14
"""Columns of text that a column takes for what is folded away; it wraps."""
_UNITS: Mapping[p.Measure, str] = {"money": "元", "area": "m²"}
_READING = 110
"""Columns of text that running text is set in."""
_BESIDE = 80
"""Columns of text a table may take to have its chart beside it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Something on a sheet: its first row, from 0, and in how many folds it stands."""

    item: Item
    row: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what stands on it, how wide its columns are, and how many of them running text takes."""

    name: str
    title: str
    placed: tuple[Placed, ...]
    widths: tuple[int, ...]
    span: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: its sheet's name, its row and column from 0."""

    sheet: str
    row: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets; where named tables have their first row of data, and where links lead.

    `accounts` say from which rows a number follows, by what its cell leads to and its value: the same number stands in
    several tables, and one of them says it.
    """

    sheets: tuple[Sheet, ...]
    tables: Mapping[str, tuple[Spot, Grid]] = field(default_factory=dict)
    anchors: Mapping[str, Spot] = field(default_factory=dict)
    accounts: Mapping[tuple[str, Decimal], p.Formula] = field(default_factory=dict)


def book(page: p.Page, lang: Lang) -> Book:
    """Lays a page out: a sheet a part after one with what stands before them, or all of it on one sheet."""
    loose, leaves = sheets_of(page)
    titles = [say(leaf.title, lang) for leaf in leaves]
    first = say(msg("contents") if leaves else page.title, lang)
    wanted = (f"{leaf.group}·{title}" if leaf.group else title for leaf, title in zip(leaves, titles, strict=True))
    names = sheet_names((first, *wanted), say(msg("sheet"), lang))
    anchors: dict[str, Spot] = {f"{SHEET}{name}": Spot(name, 0) for name in names}
    back = Prose(p.line(p.Run(msg("back to the contents"), to=f"#{SHEET}{names[0]}")))
    head = _Page(names[0], lang, anchors)
    title = [] if _has_title(loose) else [(Prose(p.line(page.title), 1), 0)]
    head.put([*title, *items(loose)])
    if leaves:
        head.put(contents(leaves, names[1:]))
        head.put(legend())
    pages = [head]
    for leaf, name in zip(leaves, names[1:], strict=True):
        laid = _Page(name, lang, anchors)
        anchors.setdefault(leaf.anchor, Spot(name, 0))
        laid.put([(Prose(p.line(leaf.title), 1), 0), (back, 0), *items(leaf.blocks, 2)])
        pages.append(laid)
    done = tuple(laid.sheet(title) for laid, title in zip(pages, (first, *titles), strict=True))
    return Book(done, _tables(done), anchors, _accounts(done))


@dataclass(slots=True)
class _Page:
    """A sheet being laid out, from the top down."""

    name: str
    lang: Lang
    anchors: dict[str, Spot]
    placed: list[Placed] = field(default_factory=list)
    row: int = 0
    lost: int = 0

    def put(self, items: Iterable[Laid]) -> None:
        """Puts items one below the other; an anchor means the row below it."""
        for item, depth in items:
            if isinstance(item, str):
                self.anchors.setdefault(item, Spot(self.name, self.row))
            elif self.row < ROWS - 2:
                self._put(item, depth)
            else:
                self.lost += 1

    def _put(self, item: Item, depth: int) -> None:
        if isinstance(item, Grid):
            item = self._within(item)
            for number, anchor in enumerate(item.table.anchors[: len(item.table.rows)]):
                if anchor:
                    self.anchors.setdefault(anchor, Spot(self.name, self.row + 1 + number))
        self.placed.append(Placed(item, self.row, depth))
        self.row += rows_of(item)

    def _within(self, grid: Grid) -> Grid:
        """A table cut to the rows and columns there is room for."""
        table, room = grid.table, ROWS - self.row - 3
        if len(table.columns) > COLUMNS:
            table = replace(table, columns=table.columns[:COLUMNS], rows=tuple(row[:COLUMNS] for row in table.rows))
        lost = max(0, len(table.rows) - room)
        chart = grid.chart if not lost else None
        beside = chart is not None and sum(_widths((table,), self.lang)) <= _BESIDE
        return Grid(replace(table, rows=table.rows[:room]) if lost else table, chart, beside, lost)

    def sheet(self, title: str) -> Sheet:
        """The sheet, and the widths its tables ask for."""
        if self.lost:
            said = msg("{count} more lines and tables have no room on this sheet", count=self.lost)
            self.placed.append(Placed(Prose(p.line(said), tone=p.Tone.WARN), ROWS - 1))
        tables = [each.item.table for each in self.placed if isinstance(each.item, Grid) and not each.depth]
        folded = [each.item.table for each in self.placed if isinstance(each.item, Grid) and each.depth]
        widths = [
            max(pair)
            for pair in zip_longest(_widths(tables, self.lang), _widths(folded, self.lang, _FOLDED), fillvalue=0)
        ]
        names = [
            width(say(each.item.name, self.lang))
            for each in self.placed
            if isinstance(each.item, Fact) and not each.depth
        ]
        if names:
            widths[:1] = [max([*widths[:1], min(max(names) + 2, _WIDEST // 2), _NARROWEST])]
        span, reached = 0, 0
        while reached < _READING:
            reached += widths[span] if span < len(widths) else _USUAL
            span += 1
        widths += [_USUAL] * (span - len(widths))
        return Sheet(self.name, clean(title), tuple(self.placed), tuple(widths), span)


def rows_of(item: Item) -> int:
    """The rows an item takes, with the empty one below a table."""
    if not isinstance(item, Grid):
        return 1
    rows = 1 + len(item.table.rows) + (1 if item.lost else 0)
    if item.chart is not None:
        rows = max(rows, DRAWN) if item.beside else rows + 1 + DRAWN
    return rows + 1


def _has_title(blocks: Sequence[p.Block]) -> bool:
    return bool(blocks) and isinstance(blocks[0], p.Heading) and blocks[0].level == 1


def _tables(sheets: Iterable[Sheet]) -> dict[str, tuple[Spot, Grid]]:
    found: dict[str, tuple[Spot, Grid]] = {}
    for sheet in sheets:
        for placed in sheet.placed:
            if isinstance(placed.item, Grid) and placed.item.table.name:
                found.setdefault(placed.item.table.name, (Spot(sheet.name, placed.row + 1), placed.item))
    return found


def _accounts(sheets: Iterable[Sheet]) -> dict[tuple[str, Decimal], p.Formula]:
    found: dict[tuple[str, Decimal], p.Formula] = {}
    grids = (placed.item for sheet in sheets for placed in sheet.placed if isinstance(placed.item, Grid))
    for cell in (cell for grid in grids for row in grid.table.rows for cell in row):
        if isinstance(cell, p.Amount) and cell.to and cell.value is not None and table_of(cell) and cell.formula:
            found.setdefault((cell.to, cell.value), cell.formula)
    return found


def _widths(tables: Sequence[p.Table], lang: Lang, widest: int = _WIDEST) -> list[int]:
    """What the columns of tables that stand one below the other ask for."""
    widths: list[int] = []
    for table in tables:
        for number, column in enumerate(table.columns):
            title = width(say(column.title, lang))
            cells = max((width(_shown(row[number], lang)) for row in table.rows), default=0) + 2
            head = title + 4 if title <= _SHORT else title // 2 + 5  # in two lines, beside the button of the filter
            wanted = max(_NARROWEST, min(head, 24, widest), min(cells, widest))
            widths[number:] = [max([wanted, *widths[number : number + 1]]), *widths[number + 1 :]]
    return widths


def _shown(cell: p.Cell, lang: Lang) -> str:
    """A cell about as wide as it will be: numbers are written out, money in 元."""
    text = shown(cell, lang)
    if isinstance(cell, p.Amount) and cell.value is not None and cell.measure not in ("ratio", "points", "index"):
        written = f"{cell.value:,.{0 if cell.value == cell.value.to_integral_value() else 2}f}"
        return max(text, written + _UNITS.get(cell.measure, ""), key=width)
    return text


def height(text: str, columns: int) -> int:
    """How many lines a text takes in a cell of so many columns."""
    return 1 if width(text) <= columns else len(wrapped(text, max(4, columns - 1)))
