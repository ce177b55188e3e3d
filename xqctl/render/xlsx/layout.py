"""Knows where everything of a page stands in its workbook: on which sheet, in which row; nothing is written yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xqctl import page as p
from xqctl.findings import Finding
from xqctl.messages import Lang, msg, say
from xqctl.place import Span
from xqctl.render import shown
from xqctl.render.xlsx.text import clean, sheet_names
from xqctl.screen import width, wrapped

ROWS, COLUMNS = 1_048_576, 16_384
"""What a sheet holds (Excel specifications and limits)."""
DRAWN = 18
"""Rows that a chart takes."""
_NAMED = 8
_SHORT = 10
_WIDEST, _NARROWEST, _USUAL = 44, 9, 9
_READING = 110
"""Columns of text that running text is set in."""
_BESIDE = 80
"""Columns of text a table may take to have its chart beside it."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A line of text: a title of some `level`, else running; `mark` stands before it, a fold below it."""

    line: p.Line
    level: int = 0
    tone: p.Tone = p.Tone.PLAIN
    mark: str = ""
    folds: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what it stands for."""

    name: p.Words
    line: p.Line


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A line of text to be shown exactly as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, and its chart, beside it or below; `lost` are the rows that had no room on the sheet."""

    table: p.Table
    chart: p.Chart | None = None
    beside: bool = False
    lost: int = 0

    @property
    def body(self) -> int:
        """How many of its rows are no sums of the others; those that are stand at its end."""
        rows, name = self.table.rows, self.table.name
        end = len(rows)
        while end and name and any(_table_of(cell) == name for cell in rows[end - 1]):
            end -= 1
        return end


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty row."""


Item = Prose | Fact | Verbatim | Grid | Gap


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
    """All sheets; where named tables have their first row of data, and where links lead."""

    sheets: tuple[Sheet, ...]
    tables: Mapping[str, tuple[Spot, Grid]] = field(default_factory=dict)
    anchors: Mapping[str, Spot] = field(default_factory=dict)


def book(page: p.Page, lang: Lang) -> Book:
    """Lays a page out: a sheet a part after one with what stands outside of them, or all of it on one sheet."""
    parts = [block for block in page.blocks if isinstance(block, p.Part)]
    loose = [block for block in page.blocks if not isinstance(block, p.Part)]
    titles = [say(part.title, lang) for part in parts]
    first = say(msg("contents") if parts else page.title, lang)
    names = sheet_names((first, *titles), say(msg("sheet"), lang))
    anchors: dict[str, Spot] = {f"{SHEET}{name}": Spot(name, 0) for name in names}
    back = Prose(p.line(p.Run(msg("back to the contents"), to=f"#{SHEET}{names[0]}")))
    head = _Laid(names[0], lang, anchors)
    title = [] if _has_title(loose) else [(Prose(p.line(page.title), 1), 0)]
    head.put([*title, *_items(loose)])
    if parts:
        head.put(_contents(parts, names[1:]))
        head.put(_legend())
    sheets = [head]
    for part, name in zip(parts, names[1:], strict=True):
        laid = _Laid(name, lang, anchors)
        anchors.setdefault(part.name, Spot(name, 0))
        laid.put([(Prose(p.line(part.title), 1), 0), (back, 0), *_items(part.blocks, 2)])
        sheets.append(laid)
    done = tuple(laid.sheet(title) for laid, title in zip(sheets, (first, *titles), strict=True))
    return Book(done, _tables(done), anchors)


SHEET = "\x00"
"""Begins the anchors of sheets; no name of anything else does."""


@dataclass(slots=True)
class _Laid:
    """A sheet being laid out, from the top down."""

    name: str
    lang: Lang
    anchors: dict[str, Spot]
    placed: list[Placed] = field(default_factory=list)
    row: int = 0

    def put(self, items: Iterable[tuple[Item | str, int]]) -> None:
        """Puts items one below the other; an anchor means the row below it."""
        for item, depth in items:
            if isinstance(item, str):
                self.anchors.setdefault(item, Spot(self.name, self.row))
            elif self.row < ROWS - 2:
                self._put(item, depth)

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
        tables = [placed.item.table for placed in self.placed if isinstance(placed.item, Grid)]
        widths = _widths(tables, self.lang)
        names = [width(say(each.item.name, self.lang)) for each in self.placed if isinstance(each.item, Fact)]
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


def _items(blocks: Iterable[p.Block], level: int = 2, depth: int = 0) -> Iterator[tuple[Item | str, int]]:
    """What blocks put on a sheet, each with its depth; an anchor stands before what it leads to."""
    for block in blocks:
        match block:
            case p.Part(name=name, title=title, blocks=inner):
                yield name, depth
                yield Gap(), depth
                yield Prose(p.line(title), level), depth
                yield from _items(inner, level + 1, depth)
            case p.Fold(summary=summary, blocks=inner, anchor=anchor):
                yield anchor, depth
                yield Prose(summary, 4, folds=True), depth
                yield from _items(inner, level + 1, depth + 1)
            case p.Chart(title=title, table=table):
                yield Prose(p.line(title), 3), depth
                yield Grid(table, block), depth
            case p.Heading(words=words, anchor=anchor):
                yield anchor, depth
                yield from ((Gap(), depth) for _ in range(block.level > 1))
                yield Prose(p.line(words), max(block.level, level - 1)), depth
            case p.Picture():
                pass
            case _:
                yield from ((item, depth) for item in _simple(block))


def _simple(
    block: p.Paragraph | p.Listing | p.Facts | p.Table | p.Code | p.Findings | p.Tiles,
) -> Iterator[Item]:
    match block:
        case p.Paragraph(line=line, tone=tone):
            yield Prose(line, tone=tone)
        case p.Listing(items=items):
            yield from (Prose(item, mark="· ") for item in items)
        case p.Facts(rows=rows):
            yield from (Fact(name, line) for name, line in rows)
        case p.Tiles(items=items):
            yield from (Fact(tile.label, p.line(p.Run(tile.value, tile.tone, tile.to))) for tile in items)
        case p.Table():
            yield Grid(block)
        case p.Code(text=text):
            yield from (Verbatim(text) for text in text.split("\n"))
        case p.Findings(items=items):
            yield Grid(_findings([item.finding for item in items]))


def _findings(findings: Sequence[Finding]) -> p.Table:
    """Findings as a table that can be filtered and ticked off."""
    columns = (
        p.Column(msg("severity")),
        p.Column(msg("code"), "name"),
        p.Column(msg("place"), "name"),
        p.Column(msg("what is wrong")),
        p.Column(msg("what to do")),
    )
    rows = (
        (p.SEVERITIES[each.severity], each.code, _at(each.place), each.message, each.help or "") for each in findings
    )
    return p.Table(columns, tuple(rows))


def _at(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}"


def _contents(parts: Sequence[p.Part], names: Sequence[str]) -> Iterator[tuple[Item | str, int]]:
    columns = (p.Column(msg("sheet")), p.Column(msg("what is on it")))
    rows = (
        (p.Run(name, to=f"#{SHEET}{name}"), msg("{titles}", titles=tuple(_titles(part.blocks))[:_NAMED]))
        for part, name in zip(parts, names, strict=True)
    )
    yield Gap(), 0
    yield Prose(p.line(msg("contents")), 2), 0
    yield Grid(p.Table(columns, tuple(rows))), 0


def _titles(blocks: Iterable[p.Block]) -> Iterator[p.Words]:
    """What the things in a part are called."""
    for block in blocks:
        match block:
            case p.Heading(words=title) | p.Chart(title=title) | p.Part(title=title):
                yield title


def _legend() -> Iterator[tuple[Item | str, int]]:
    """What the colours and marks mean."""
    rows = (
        (p.Run(msg("met"), p.Tone.GOOD), msg("as it is asked")),
        (p.Run(msg("missed"), p.Tone.BAD), msg("not as it is asked; in bold type too")),
        (p.Run(msg("unknown"), p.Tone.WARN), msg("to be looked at")),
        ("※", msg("stated: somebody published this number, it is not counted from the registers")),
        ("—", msg("not known: there is nothing to compute with")),
        (msg("grey, empty"), msg("not known; formulas pass over the row")),
        (msg("+ beside a row"), msg("a fold: what the line rests on; click to open it")),
        ("=", msg("shares, 差异系数 and sums are formulas: change a number, and what follows from it changes too")),
    )
    yield Gap(), 0
    yield Prose(p.line(msg("Legend")), 2), 0
    yield Grid(p.Table((p.Column(msg("mark")), p.Column(msg("meaning"))), rows)), 0


def _has_title(blocks: Sequence[p.Block]) -> bool:
    return bool(blocks) and isinstance(blocks[0], p.Heading) and blocks[0].level == 1


def _tables(sheets: Iterable[Sheet]) -> dict[str, tuple[Spot, Grid]]:
    found: dict[str, tuple[Spot, Grid]] = {}
    for sheet in sheets:
        for placed in sheet.placed:
            if isinstance(placed.item, Grid) and placed.item.table.name:
                found.setdefault(placed.item.table.name, (Spot(sheet.name, placed.row + 1), placed.item))
    return found


def _table_of(cell: p.Cell) -> str:
    """The table that a cell sums up."""
    formula = cell.formula if isinstance(cell, p.Amount) else None
    return "" if formula is None or isinstance(formula, p.Quotient | p.Difference) else formula.table


def _widths(tables: Sequence[p.Table], lang: Lang) -> list[int]:
    """What the columns of tables that stand one below the other ask for."""
    widths: list[int] = []
    for table in tables:
        for number, column in enumerate(table.columns):
            title = width(say(column.title, lang))
            cells = max((width(_shown(row[number], lang)) for row in table.rows), default=0) + 2
            head = title + 4 if title <= _SHORT else title // 2 + 5  # in two lines, beside the button of the filter
            wanted = max(_NARROWEST, min(head, 24), min(cells, _WIDEST))
            widths[number:] = [max([wanted, *widths[number : number + 1]]), *widths[number + 1 :]]
    return widths


def _shown(cell: p.Cell, lang: Lang) -> str:
    """A cell about as wide as it will be: money is written out in 元."""
    if isinstance(cell, p.Amount) and cell.value is not None and cell.measure in ("money", "area"):
        return f"{cell.value:,.2f}  元"
    return shown(cell, lang)


def height(text: str, columns: int) -> int:
    """How many lines a text takes in a cell of so many columns."""
    return 1 if width(text) <= columns else len(wrapped(text, max(4, columns - 1)))
