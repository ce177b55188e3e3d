"""Knows what the blocks of a page become on a sheet: lines of text, names with what they stand for, tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xqctl import page as p
from xqctl.findings import Finding
from xqctl.messages import msg
from xqctl.place import Span

SHEET = "\x00"
"""Begins the anchors of sheets; no name of anything else does."""
_NAMED = 8
"""Titles of a sheet that the contents name."""


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
        while end and name and any(table_of(cell) == name for cell in rows[end - 1]):
            end -= 1
        return end


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty row."""


Item = Prose | Fact | Verbatim | Grid | Gap


Laid = tuple[Item | str, int]
"""An item and in how many folds it stands; a text is the anchor of what follows."""


def items(blocks: Iterable[p.Block], level: int = 2, depth: int = 0) -> Iterator[Laid]:
    """What blocks put on a sheet, each with its depth; an anchor stands before what it leads to."""
    for block in blocks:
        match block:
            case p.Part(name=name, title=title, blocks=inner):
                yield name, depth
                yield Gap(), depth
                yield Prose(p.line(title), level), depth
                yield from items(inner, level + 1, depth)
            case p.Fold(summary=summary, blocks=inner, anchor=anchor):
                yield anchor, depth
                yield Prose(summary, 4, folds=True), depth
                yield from items(inner, level + 1, depth + 1)
            case p.Chart(title=title, table=table):
                yield Gap(), depth
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
        p.Column(msg("where"), "name"),
        p.Column(msg("what is wrong")),
        p.Column(msg("what to do")),
    )
    rows = (
        (p.SEVERITIES[each.severity], each.code, _at(each.place), each.message, each.help or "") for each in findings
    )
    return p.Table(columns, tuple(rows))


def _at(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What becomes a sheet: a part, or what a title of the first level says of the parts after it, its `group`."""

    title: p.Words
    anchor: str
    blocks: tuple[p.Block, ...]
    group: int = 0
    is_first: bool = False


def sheets_of(page: p.Page) -> tuple[list[p.Block], list[Leaf]]:
    """What stands on the first sheet, and the others; several titles of the first level are several groups of parts."""
    tops = [block for block in page.blocks if _is_top(block)]
    loose: list[p.Block] = []
    leaves: list[Leaf] = []
    group = 0
    for block in page.blocks:
        if isinstance(block, p.Heading) and _is_top(block) and len(tops) > 1 and _has_parts(page):
            group += 1
            leaves.append(Leaf(block.words, block.anchor, (), group, is_first=True))
        elif isinstance(block, p.Part):
            leaves.append(Leaf(block.title, block.name, block.blocks, group))
        elif group:
            place = max(number for number, leaf in enumerate(leaves) if leaf.is_first)
            leaves[place] = replace(leaves[place], blocks=(*leaves[place].blocks, block))
        else:
            loose.append(block)
    return loose, leaves


def _is_top(block: p.Block) -> bool:
    return isinstance(block, p.Heading) and block.level == 1


def _has_parts(page: p.Page) -> bool:
    return any(isinstance(block, p.Part) for block in page.blocks)


def contents(leaves: Sequence[Leaf], names: Sequence[str]) -> Iterator[Laid]:
    """The sheets by their names, each a link, with what is on them."""
    columns = (p.Column(msg("sheet")), p.Column(msg("what is on it")))
    rows = tuple(_entry(leaf, name) for leaf, name in zip(leaves, names, strict=True))
    yield Gap(), 0
    yield Prose(p.line(msg("contents")), 2), 0
    yield Grid(p.Table(columns, rows)), 0


def _entry(leaf: Leaf, name: str) -> tuple[p.Cell, ...]:
    if leaf.is_first:
        return p.Run(name, p.Tone.STRONG, f"#{SHEET}{name}"), p.Run(leaf.title, p.Tone.STRONG)
    return p.Run(name, to=f"#{SHEET}{name}"), msg("{titles}", titles=tuple(_titles(leaf.blocks))[:_NAMED])


def _titles(blocks: Iterable[p.Block]) -> Iterator[p.Words]:
    """What the things in a part are called."""
    for block in blocks:
        match block:
            case p.Heading(words=title) | p.Chart(title=title) | p.Part(title=title):
                yield title


def legend() -> Iterator[Laid]:
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


def table_of(cell: p.Cell) -> str:
    """The table that a cell sums up."""
    formula = cell.formula if isinstance(cell, p.Amount) else None
    return "" if formula is None or isinstance(formula, p.Quotient | p.Difference) else formula.table
