"""Knows the order of a page: one title, headings that go down one step at a time, what stands in parts and folds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xqctl import page as p
from xqctl.messages import msg
from xqctl.render.html.charts import drawn
from xqctl.render.html.drawings import Drawn
from xqctl.render.html.findings import found
from xqctl.render.html.pictures import cleaned
from xqctl.render.html.tables import Table, tabled
from xqctl.render.html.words import Piece, Pieces, Reader
from xqctl.screen import visible_lines

_DEEPEST = 6
_SECTIONS = 4
"""How many headings of the second level make a page without parts long enough for a list of contents."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block as the template lays it out: `kind` names the macro, `part` is what that macro takes."""

    kind: str
    part: object


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the id that leads to it, if any."""

    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part: its heading and what stands below."""

    id: str
    heading: Heading
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that are shown when somebody asks."""

    id: str
    summary: Pieces
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Tile:
    """A thing to be seen at a glance."""

    label: str
    value: Piece


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: its title's and its description's ids, what it shows, its table if it has one."""

    id: str
    title: str
    about: str
    drawn: Drawn
    table: Table | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `inner` are those below it."""

    id: str
    text: str
    inner: list["Entry"]


class Layout:
    """Lays out one page from its first block to its last: what a block becomes depends on what stood before it."""

    def __init__(self, reader: Reader, title: str) -> None:
        self._reader = reader
        self._caption = title
        self._above: list[tuple[tuple[int, int], int]] = []
        self._captions: dict[str, int] = {}

    def blocks(self, blocks: Iterable[p.Block], inside: int = 1) -> list[Block]:
        """The blocks, which stand `inside` so many others: the page, its parts and theirs."""
        return [self._block(block, inside) for block in blocks if not _is_empty(block)]

    def heading(self, words: p.Words, inside: int, level: int, anchor: str) -> Heading:
        """A heading one step below the last of a higher level, beside the last of its own; a part's is of level 0."""
        rank = (inside, level)
        while self._above and self._above[-1][0] >= rank:
            self._above.pop()
        depth = min(self._above[-1][1] + 1 if self._above else 1, _DEEPEST)
        self._above.append((rank, depth))
        self._caption = self._reader.text(words)
        is_listed = depth == 2 and not anchor
        return Heading(depth, self._caption, self._reader.anchors.new() if is_listed else self._claim(anchor))

    def _block(self, block: p.Block, inside: int) -> Block:
        match block:
            case p.Heading(words=words, level=level, anchor=anchor):
                return Block("heading", self.heading(words, inside, level, anchor))
            case p.Part(name=name, title=title, blocks=inner):
                id_ = self._claim(name)
                heading = self.heading(title, inside, 0, "")
                return Block("section", Section(id_ or heading.id, heading, self.blocks(inner, inside + 1)))
            case p.Fold(summary=summary, blocks=inner, anchor=anchor):
                id_ = self._claim(anchor)
                return Block("fold", Fold(id_, self._reader.line(summary), self.blocks(inner, inside + 1)))
            case p.Chart() | p.Picture():
                return Block("figure", self._figure(block))
            case p.Table():
                return Block("table", tabled(block, self._called(self._caption), self._reader))
            case _:
                return self._simple(block)

    def _simple(self, block: p.Paragraph | p.Listing | p.Facts | p.Code | p.Findings | p.Tiles) -> Block:
        reader = self._reader
        match block:
            case p.Paragraph(line=line, tone=tone):
                return Block("paragraph", (tone, reader.line(line)))
            case p.Listing(items=items):
                return Block("listing", [reader.line(item) for item in items])
            case p.Facts(rows=rows):
                return Block("facts", [(reader.text(name), reader.line(line)) for name, line in rows])
            case p.Code(text=text):
                return Block("code", "\n".join(visible_lines(text)))
            case p.Findings(items=items):
                return Block("findings", [found(item, reader) for item in items])
            case p.Tiles(items=items):
                return Block("tiles", [self._tile(item) for item in items])

    def _tile(self, tile: p.Tile) -> Tile:
        value = Piece(tile.tone, self._reader.text(tile.value), self._reader.address(tile.to))
        return Tile(self._reader.text(tile.label), value)

    def _figure(self, block: p.Chart | p.Picture) -> Figure:
        title = self._called(self._reader.text(block.title))
        about = self._reader.text(block.about)
        id_ = self._reader.anchors.new()
        if isinstance(block, p.Picture):
            return Figure(id_, title, about, cleaned(block.svg, id_), None)
        caption = self._called(self._reader.text(msg("{title}: table", title=title)))
        return Figure(id_, title, about, drawn(block, self._reader.lang), tabled(block.table, caption, self._reader))

    def _called(self, name: str) -> str:
        """`name`, numbered where something else on the page is called so."""
        times = self._captions[name] = self._captions.get(name, 0) + 1
        return name if times == 1 else f"{name} {times}"

    def _claim(self, anchor: str) -> str:
        return self._reader.anchors.claim(anchor) if anchor else ""


def contents(blocks: Iterable[Block]) -> list[Entry]:
    """The parts of a page and theirs; of a long page without any, its headings of the second level; of one, none."""
    listed = list(blocks)
    if any(block.kind == "section" for block in listed):
        entries = list(_entries(listed))
        return entries if len(entries) > 1 or any(entry.inner for entry in entries) else []
    headings = [block.part for block in listed if isinstance(block.part, Heading) and block.part.level == 2]
    return [Entry(each.id, each.text, []) for each in headings] if len(headings) >= _SECTIONS else []


def _entries(blocks: Iterable[Block], depth: int = 2) -> Iterator[Entry]:
    for block in blocks:
        if isinstance(block.part, Section) and depth:
            yield Entry(block.part.id, block.part.heading.text, list(_entries(block.part.blocks, depth - 1)))


def _is_empty(block: p.Block) -> bool:
    """Whether there is nothing to show, so that no empty list or box stands on the page."""
    match block:
        case p.Listing(items=()) | p.Facts(rows=()) | p.Findings(items=()) | p.Tiles(items=()):
            return True
        case p.Table(columns=()):
            return True
        case _:
            return False
