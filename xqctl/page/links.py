"""Knows what leads where on a page: links to anchors that are not there, and formulas over tables that are not, go."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from xqctl.page.blocks import Block, Chart, Facts, Fold, Heading, Listing, Paragraph, Part, Tiles
from xqctl.page.tables import Amount, Cell, Table
from xqctl.page.words import Line, Run


def linked(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks as they can stand on one page by themselves: whatever leads somewhere on it arrives."""
    made = tuple(blocks)
    every = tuple(_every(made))
    anchors = frozenset(name for block in every for name in _anchors(block))
    tables = frozenset(block.name for block in every if isinstance(block, Table))
    keeper = _Keeper(anchors, tables)
    return tuple(map(keeper.block, made))


def _every(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        match block:
            case Part(blocks=inner) | Fold(blocks=inner):
                yield from _every(inner)
            case Chart(table=table):
                yield table


def _anchors(block: Block) -> Iterator[str]:
    match block:
        case Part(name=name) | Heading(anchor=name) | Fold(anchor=name):
            yield name
        case Table(anchors=names):
            yield from names


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Keeps of a block what arrives at these anchors and reckons with these tables."""

    anchors: Collection[str]
    tables: Collection[str]

    def block(self, block: Block) -> Block:
        match block:
            case Part(blocks=inner) | Fold(blocks=inner):
                return replace(block, blocks=tuple(map(self.block, inner)))
            case Table():
                return self.table(block)
            case Chart(table=table):
                return replace(block, table=self.table(table))
            case Tiles(items=tiles):
                return replace(block, items=tuple(replace(tile, to=self.lead(tile.to)) for tile in tiles))
            case _:
                return self.text(block)

    def text(self, block: Block) -> Block:
        match block:
            case Paragraph(line=line):
                return replace(block, line=self.line(line))
            case Listing(items=items):
                return replace(block, items=tuple(map(self.line, items)))
            case Facts(rows=facts):
                return replace(block, rows=tuple((name, self.line(line)) for name, line in facts))
            case _:
                return block

    def table(self, table: Table) -> Table:
        return replace(table, rows=tuple(tuple(map(self.cell, row)) for row in table.rows))

    def line(self, line: Line) -> Line:
        return tuple(map(self.run, line))

    def run(self, run: Run) -> Run:
        return run if self.lead(run.to) == run.to else replace(run, to="")

    def cell(self, cell: Cell) -> Cell:
        match cell:
            case Run():
                return self.run(cell)
            case Amount(formula=formula, to=to):
                named = getattr(formula, "table", None)
                kept = formula if named is None or named in self.tables else None
                is_same = kept is formula and self.lead(to) == to
                return cell if is_same else replace(cell, formula=kept, to=self.lead(to))
            case _:
                return cell

    def lead(self, to: str) -> str:
        return to if not to.startswith("#") or to[1:] in self.anchors else ""
