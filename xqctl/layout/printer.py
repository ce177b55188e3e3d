"""Knows how a file's tree is printed: every thing with the comments that stand above and beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xqctl.edit.emit import WIDE
from xqctl.edit.tree import Item, Node, Tree
from xqctl.layout.ordering import Order
from xqctl.layout.words import PART_OF_TEXT, Words
from xqctl.screen import width

_BESIDE = re.compile(r"[ \t,]*(#[^\n]*)?")
_COMMENT = re.compile(r"#[^\n]*")
_STEP = 2
_FRAME = ("---", "...", "%")
_MODELINE = ("# yaml-language-server:", "---", "%")


@dataclass(frozen=True, slots=True)
class _Chunk:
    """One field or item: the comments and empty lines above it, and its own lines."""

    key: str
    above: tuple[str, ...]
    body: tuple[str, ...]


class Printer:
    """One printing of a file; `pos` is how far its text has been taken up."""

    def __init__(self, found: Tree) -> None:
        self.text, self.root = found.text, found.root
        self.words = Words(found.text)
        self.pos = 0

    def printed(self, order: Order) -> str:
        """The whole file."""
        root = self.root
        if root is None or root.shape != "mapping" or not root.items:
            return _joined(self._lines(0, len(self.text))) if root is None else self.text
        header, first = self._header(root)
        chunks, tail = self._chunks(root, 0, -1, order, first)
        lines = header
        for chunk in _ordered(chunks, order):
            above = [line for number, line in enumerate(chunk.above) if line or number]
            parted = [""] if lines and lines[-1] and (lines is not header or above) else []
            lines = [*lines, *parted, *above, *chunk.body]
        return _joined([*lines, *tail, *self._rest(root)])

    def comments(self) -> list[str]:
        """Every comment of the file, in its order, without blanks behind it."""
        found = []
        last = 0
        for start, end in [*self._words(self.root), (len(self.text), len(self.text))]:
            found += [each[0].rstrip() for each in _COMMENT.finditer(self.text, last, max(start, last))]
            last = max(end, last)
        return found

    def _words(self, node: Node | None) -> Iterator[tuple[int, int]]:
        """The stretches of all scalars and aliases, in their order; of a block text what stands behind its sign."""
        if node is None:
            return
        if node.shape in ("scalar", "alias"):
            head = self.text.find("\n", node.start, node.end) if node.style in ("|", ">") else -1
            yield (head, node.end) if head >= 0 else (node.start, node.end)
        if node.shape not in ("scalar", "alias") and node.inner > node.start and not node.is_flow:
            yield node.start, node.inner
        for item in node.items:
            if item.key is not None:
                yield item.key.start, item.key.end
            yield from self._words(item.value)

    def _header(self, root: Node) -> tuple[list[str], list[str]]:
        """What stands above a file's first kind: the file's own part, and what goes with the kind."""
        start = root.start if root.is_flow else root.items[0].start
        lines = self._lines(0, start)
        self.pos = root.inner if root.is_flow else start
        while lines and not lines[0]:
            lines = lines[1:]
        if "" not in lines:  # one paragraph is the kind's own, unless it speaks to the editor
            return (lines, []) if lines and lines[0].startswith(_MODELINE) else ([], lines)
        cut = len(lines) - 1 - lines[::-1].index("")
        return [*lines[:cut], ""] if cut else [], lines[cut + 1 :]

    def _rest(self, root: Node) -> list[str]:
        self.pos = max(self.pos, root.end)
        return self._lines(self.pos, len(self.text))

    def _chunks(
        self, node: Node, indent: int, floor: int, order: Order, first: list[str]
    ) -> tuple[list[_Chunk], list[str]]:
        """The fields or items of a collection in the order of the file, and the comments at its end."""
        if node.is_flow:
            self.pos = max(self.pos, node.inner)
        column = self._column(node)
        chunks = []
        for number, item in enumerate(node.items):
            start = item.start if node.shape == "mapping" or node.is_flow else self._dash(item)
            above = [*(first if number == 0 else ()), *self._lines(self.pos, start)]
            self.pos = max(self.pos, start)
            if node.shape == "mapping":
                chunks.append(self._field(item, indent, max(column, floor), order, above))
            else:
                chunks.append(self._item(item, indent, max(column, floor), order, above))
        tail = self._lines(self.pos, node.end - 1) if node.is_flow else self._tail(column, floor)
        if node.is_flow:
            self.pos = node.end
        placed = [_Chunk(each.key, tuple(_indented(each.above, indent)), each.body) for each in chunks]
        return placed, _indented(tail, indent)

    def _field(self, item: Item, indent: int, floor: int, order: Order, above: list[str]) -> _Chunk:
        key, value = item.key, item.value
        assert key is not None  # noqa: S101  this is a mapping's
        name = self.words.key(key)
        head = f"{' ' * indent}{name}:"
        self.pos = key.end
        is_there = value.end > value.start
        beside, own = self._between(value.start if is_there else item.colon or key.end)
        if not is_there:
            self.pos = item.colon or key.end
            return _Chunk(key.text, tuple(above), (_with(head, self._beside()),))
        if self._is_block(value, width(head) + 1):
            head = f"{head}{self.words.marks(value)}"
            lines = self._body(value, indent + _STEP, floor, order.below(key.text), own)
            return _Chunk(key.text, tuple(above), (_with(head, beside), *lines))
        first, *rest = self.words.inline(value, indent + _STEP)
        above += [beside] if beside else []
        return _Chunk(key.text, (*above, *filter(None, own)), self._closed([f"{head} {first}", *rest], value))

    def _item(self, item: Item, indent: int, floor: int, order: Order, above: list[str]) -> _Chunk:
        value = item.value
        head = f"{' ' * indent}-"
        if self.text[self.pos : self.pos + 1] == "-" and self.pos < value.start:
            self.pos += 1
        beside, own = self._between(value.start)
        above += [*([beside] if beside else []), *filter(None, own)]
        if value.end == value.start:
            return _Chunk("", tuple(above), (_with(head, self._beside()),))
        if self._is_block(value, indent + _STEP):
            lines = self._body(value, indent + _STEP, floor, order.below(""), [])
            marks = self.words.marks(value)
            if marks:
                return _Chunk("", tuple(above), (f"{head}{marks}", *lines))
            while lines[0].lstrip().startswith("#") or not lines[0]:  # the dash cannot stand before a comment
                above.append(lines.pop(0).lstrip())
            return _Chunk("", tuple(above), (f"{head} {lines[0].lstrip()}", *lines[1:]))
        first, *rest = self.words.inline(value, indent + _STEP)
        return _Chunk("", tuple(above), self._closed([f"{head} {first}", *rest], value))

    def _body(self, value: Node, indent: int, floor: int, order: Order, own: list[str]) -> list[str]:
        """A collection in lines of its own, its fields in their order."""
        chunks, tail = self._chunks(value, indent, floor, order, own)
        lines: list[str] = []
        for chunk in _ordered(chunks, order):
            lines += [line for line in chunk.above if line or lines]
            lines += chunk.body
        lines += tail
        if value.is_flow and (comment := self._beside()):
            lines.append(" " * indent + comment)
        return lines

    def _closed(self, lines: list[str], value: Node) -> tuple[str, ...]:
        """A value's lines with the comment beside it."""
        self.pos = value.end
        if value.style in ("|", ">"):
            return tuple(lines)
        return (*lines[:-1], _with(lines[-1], self._beside()))

    def _is_block(self, value: Node, before: int) -> bool:
        """Whether a collection has lines of its own: it has so far, and is too wide, or too talkative, for one."""
        if value.shape not in ("mapping", "list") or not value.items:
            return False
        if not value.is_flow:
            return True
        if "\n" not in self.text[value.start : value.end] or not self.words.is_bracketed(value):
            return False
        return self.words.has_comments(value) or before + width(self.words.inline(value, 0)[0]) > WIDE

    def _between(self, end: int) -> tuple[str | None, list[str]]:
        """The comment beside a key, and those in lines of their own before its value."""
        start = self.pos
        region = self.text[start:end]
        line, _, _ = region.partition("\n")
        found = _COMMENT.search(line)
        lines = self._lines(start + len(line), end) if "\n" in region else []
        self.pos = end
        while lines and not lines[0]:
            lines = lines[1:]
        return (found[0].rstrip() if found else None), lines

    def _beside(self) -> str | None:
        """The comment on the rest of the line."""
        found = _BESIDE.match(self.text, self.pos)
        if found is None or self.text[self.pos - 1 : self.pos] == "\n":
            return None
        if found[1]:
            self.pos = found.end()
        return found[1].rstrip() if found[1] else None

    def _lines(self, start: int, end: int) -> list[str]:
        """The comments of a stretch between things, and an empty line for any number of them."""
        lines = self.text[start:end].split("\n")
        if start > 0 and self.text[start - 1] != "\n":
            lines = lines if _COMMENT.search(lines[0]) else lines[1:]
        if end < len(self.text) or not lines or not lines[-1]:
            lines = lines if lines and _COMMENT.search(lines[-1]) else lines[:-1]
        found: list[str] = []
        for line in lines:
            comment = _COMMENT.search(line)
            if comment is not None or line.startswith(_FRAME):
                found.append(comment[0].rstrip() if comment and not line.startswith(_FRAME) else line.rstrip())
            elif not line.strip() and (not found or found[-1]):
                found.append("")
        return found

    def _tail(self, column: int, floor: int) -> list[str]:
        """The comments below a collection that are indented like it: they are its own."""
        found: list[str] = []
        waiting: list[str] = []
        start = self.pos if self.text[self.pos - 1 : self.pos] == "\n" else self.text.find("\n", self.pos) + 1
        while 0 < start < len(self.text):
            end = self.text.find("\n", start)
            end = end if end >= 0 else len(self.text)
            line = self.text[start:end]
            bare = line.lstrip(" \t")
            indent = len(line) - len(bare)
            if bare.startswith("#") and indent >= column and indent > floor:
                found += [*waiting, bare.rstrip()]
                waiting, self.pos = [], end
            elif bare:
                break
            else:
                waiting = [""]
            start = end + 1
        return found

    def _column(self, node: Node) -> int:
        first = node.items[0]
        at = first.start if node.shape == "mapping" or node.is_flow else self._dash(first)
        return at - self.text.rfind("\n", 0, at) - 1

    def _dash(self, item: Item) -> int:
        """Where the dash of a list's item stands: behind the last comment before it."""
        at = self.pos
        while True:
            dash, sign = self.text.find("-", at), self.text.find("#", at)
            if sign < 0 or dash < sign or sign >= item.start:
                return dash if 0 <= dash < item.start or item.value.end == item.value.start else item.start
            at = self.text.find("\n", sign)


def _ordered(chunks: list[_Chunk], order: Order) -> list[_Chunk]:
    places = order.places
    return sorted(chunks, key=lambda chunk: places.get(chunk.key, len(places))) if places else chunks


def _indented(lines: Sequence[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line and not line.startswith(_FRAME) else line for line in lines]


def _with(line: str, comment: str | None) -> str:
    return f"{line}  {comment}" if comment else line


def _joined(lines: list[str]) -> str:
    """Lines as a file: no empty ones at its ends, and none behind those that are part of a text."""
    kept = [line for number, line in enumerate(lines) if line or number == 0 or lines[number - 1] != PART_OF_TEXT]
    text = "\n".join(kept).strip("\n").replace(PART_OF_TEXT, "")
    return f"{text}\n" if text else ""
