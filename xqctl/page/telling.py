"""Knows how a page is told by a format that only writes, and briefly where there is little room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from xqctl.messages import Message, msg
from xqctl.page.blocks import Block, Chart, Facts, Findings, Fold, Heading, Paragraph, Part, Picture, Simple, Tiles
from xqctl.page.tables import Amount, Cell, Column, Table
from xqctl.page.words import Run, Tone, Words, line

MOST = 40
_CROSSED = ("bars", "stacked")


def simple(blocks: Iterable[Block], level: int = 2) -> Iterator[Simple]:
    """The same in simple blocks, for a format that only writes: nothing folded, tables for charts, no pictures.

    A part's title is a heading of `level`, what stands in it one level lower; columns that stand `beside` are left out.
    """
    for block in blocks:
        match block:
            case Part(name=name, title=title, blocks=inner):
                yield Heading(title, level, name)
                yield from simple(inner, level + 1)
            case Fold(summary=summary, blocks=inner):
                yield Paragraph(summary)
                yield from simple(inner, level + 1)
            case Tiles(items=items):
                yield Facts(tuple((tile.label, line(Run(tile.value, tile.tone, tile.to))) for tile in items))
            case Chart(title=title):
                yield Heading(title, level + 1)
                yield from simple((crossed(block),))
            case Picture():
                pass
            case Table(columns=columns, rows=rows) if any(column.beside for column in columns):
                kept = [number for number, column in enumerate(columns) if not column.beside]
                bare = (tuple(row[number] for number in kept) for row in rows)
                yield Table(tuple(columns[number] for number in kept), tuple(bare), block.name, block.anchors)
            case _:
                yield block


def brief(blocks: Iterable[Block], most: int = MOST) -> tuple[Block, ...]:
    """The same with its parts told briefly: no folds, at most so many rows of a table; other blocks stay whole."""
    return tuple(_part(block, most) if isinstance(block, Part) else block for block in blocks)


@dataclass(slots=True)
class _Left:
    """What was left out of a part."""

    folds: int = 0
    rows: int = 0


def _part(part: Part, most: int) -> Part:
    left = _Left()
    kept = tuple(_kept(part.blocks, most, left))
    if not left.folds and not left.rows:
        return replace(part, blocks=kept)
    return replace(part, blocks=(*kept, Paragraph(line(_told(left)), Tone.MUTED)))


def _told(left: _Left) -> Message:
    if not left.rows:
        return msg("left out here: passages {folds}; html, xlsx and json have them", folds=left.folds)
    if not left.folds:
        return msg("left out here: rows {rows}; html, xlsx and json have them", rows=left.rows)
    told = {"folds": left.folds, "rows": left.rows}
    return msg("left out here: passages {folds}, rows {rows}; html, xlsx and json have them", **told)


def _kept(blocks: Iterable[Block], most: int, left: _Left) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Fold():
                left.folds += 1
            case Part():
                yield replace(block, blocks=tuple(_kept(block.blocks, most, left)))
            case Table():
                yield _cut(block, most, left)
            case Chart(mark="points", table=table) if len(table.rows) > most:
                left.rows += len(table.rows)
            case Chart(table=table):
                yield replace(block, table=_cut(table, most, left))
            case Findings(items=items) if len(items) > most:
                left.rows += len(items) - most
                yield replace(block, items=items[:most])
            case _:
                yield block


def _cut(table: Table, most: int, left: _Left) -> Table:
    left.rows += max(0, len(table.rows) - most)
    return replace(table, rows=table.rows[:most], anchors=table.anchors[:most])


def crossed(chart: Chart) -> Table:
    """A chart's table with a row a category and a column a part, where each pair stands in it once; else as it is."""
    table, series = chart.table, chart.series
    if chart.mark not in _CROSSED or series is None:
        return table
    cells: dict[str, dict[str, Cell]] = {}
    heads: dict[str, Cell] = {}
    parts: dict[str, Cell] = {}
    for row in table.rows:
        head, part = repr(_words(row[chart.category])), repr(_words(row[series]))
        mine = cells.setdefault(head, {})
        if part in mine:
            return table
        mine[part] = row[chart.value]
        heads.setdefault(head, row[chart.category])
        parts.setdefault(part, row[series])
    columns = (table.columns[chart.category], *(Column(_words(cell), "number") for cell in parts.values()))
    rows = tuple((heads[head], *(mine.get(part) for part in parts)) for head, mine in cells.items())
    return Table(columns, rows, table.name)


def _words(cell: Cell) -> Words:
    """What a cell that names something says."""
    match cell:
        case Run(words=words) | Amount(shown=words):
            return words
        case str() | Message():
            return cell
        case _:
            return str(cell or "")
