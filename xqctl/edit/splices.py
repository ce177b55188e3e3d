"""Knows which stretches of a file's text an edit replaces, and by what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xqctl.compose.read import Data
from xqctl.edit import emit
from xqctl.edit.lines import Lines
from xqctl.edit.tree import Item, Node, Tree, tree
from xqctl.messages import Message, msg
from xqctl.place import Keys, dotted
from xqctl.screen import width

_BREAK = re.compile(r"\r\n|\r|\n")


class CannotEdit(Exception):
    """An edit that cannot be made exactly; nothing has been written."""

    def __init__(self, keys: Keys, reason: Message) -> None:
        message = msg(
            "{path} cannot be changed in place: {reason}; change it by hand", path=dotted(keys), reason=reason
        )
        super().__init__(message.text)
        self.message = message
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Splice:
    """Text that takes the place of a stretch, counted in code points."""

    start: int
    end: int
    text: str


class Draft:
    """A file's text with edits on it: gathered as long as they do not touch each other, then done at once."""

    def __init__(self, raw: bytes) -> None:
        self._take(tree(raw))

    def _take(self, found: Tree) -> None:
        self.tree, self.text = found, found.text
        self.splices: list[Splice] = []
        self.touched: set[Keys] = set()
        self.above: set[Keys] = set()
        self.grown: dict[int, Keys] = {}
        self.lines = Lines(self.text)
        self.eol = self.lines.eol

    @property
    def raw(self) -> bytes:
        """The file's bytes with all edits done."""
        self._flush()
        return (b"\xef\xbb\xbf" if self.tree.bom else b"") + self.text.encode()

    def put(self, keys: Keys, value: Data) -> None:
        """Sets what stands at a route, or adds it."""
        self._make_way(keys)
        try:
            self._put(keys, value)
        except _Crowded:
            self._flush()
            self._put(keys, value)

    def _put(self, keys: Keys, value: Data) -> None:
        self.touched.add(keys)
        if self.tree.root is None or (self.tree.root.is_empty and self.tree.root.end == self.tree.root.start):
            self._begin(keys, value)
            return
        parent = node = self.tree.root
        item = None
        for depth, key in enumerate(keys):
            found = node.get(key) if node.shape in ("mapping", "list") else None
            if found is None:
                self._add(keys[:depth], node, item, key, _nested(keys[depth + 1 :], value))
                return
            parent, node, item = node, found.value, found
        self._replace(keys, parent, item, value)

    def remove(self, keys: Keys) -> None:
        """Takes out what stands at a route."""
        self._flush()
        parent, item = self._found(keys)
        self._touch(keys[:-1])
        if parent.is_flow:
            self._remove_inline(parent, item)
        elif len(parent.items) == 1 and len(keys) > 1:
            above, holder = self._found(keys[:-1])
            self._touch(keys[:-2])
            self._replace(keys[:-1], above, holder, {} if parent.shape == "mapping" else [])
        else:
            self._remove_lines(keys, parent, item)

    def rename(self, keys: Keys, new: str) -> None:
        """Gives a key another name."""
        self._make_way(keys)
        parent, item = self._found(keys)
        if keys[-1] == new:
            return
        if item.key is None:
            raise CannotEdit(keys, msg("an item of a list has no name"))
        if parent.get(new) is not None:
            raise CannotEdit(keys, msg("`{name}` stands there already", name=new))
        self._touch(keys)
        self._touch((*keys[:-1], new))
        quote = item.key.style if item.key.style in ("'", '"') else None
        self._splice(item.key.start, item.key.end, emit.key(new, in_flow=parent.is_flow, quote=quote))

    def _make_way(self, keys: Keys) -> None:
        """Does what is waiting where the route of a new edit leads through it."""
        if not keys:
            raise CannotEdit(keys, msg("it is the whole file"))
        if keys in self.above or any(keys[:length] in self.touched for length in range(len(keys) + 1)):
            self._flush()

    def _touch(self, keys: Keys) -> None:
        self.touched.add(keys)
        self.above |= {keys[:length] for length in range(len(keys))}

    def _flush(self) -> None:
        if self.splices:
            parts, last = [], 0
            for splice in sorted(self.splices, key=lambda splice: (splice.start, splice.end)):
                if splice.start < last:
                    raise CannotEdit((), msg("two changes meet at one place"))
                parts += [self.text[last : splice.start], splice.text]
                last = splice.end
            text = "".join([*parts, self.text[last:]])
            self._take(tree((b"\xef\xbb\xbf" if self.tree.bom else b"") + text.encode()))

    def _splice(self, start: int, end: int, text: str) -> None:
        self.splices.append(Splice(start, end, text))

    def _found(self, keys: Keys) -> tuple[Node, Item]:
        parent = self.tree.at(keys[:-1])
        item = parent.get(keys[-1]) if parent is not None and parent.shape in ("mapping", "list") else None
        if parent is None or item is None:
            raise CannotEdit(keys, msg("it is not written there in so many words"))
        return parent, item

    def _begin(self, keys: Keys, value: Data) -> None:
        """The first thing in a file that holds nothing yet."""
        self._touch(())
        lines = emit.block({keys[0]: _nested(keys[1:], value)}, 0, 1)
        self._splice(len(self.text), len(self.text), self.lines.placed(len(self.text), lines))

    def _add(self, keys: Keys, node: Node, item: Item | None, key: str, value: Data) -> None:
        if node.shape in ("mapping", "list") and node.items:
            if node.shape == "list" and key != str(len(node.items)):
                raise CannotEdit((*keys, key), msg("the list has only {n} items", n=len(node.items)))
            self._touch((*keys, key) if node.shape == "mapping" else keys)
            (self._add_inline if node.is_flow else self._add_lines)(keys, node, key, value)
            return
        if not (node.is_empty or node.shape in ("mapping", "list")) or item is None:
            raise CannotEdit((*keys, key), msg("what stands above it is no mapping"))
        self._touch(keys)
        parent = self.tree.at(keys[:-1])
        assert parent is not None  # noqa: S101  the item was found in it
        self._replace(keys, parent, item, [value] if node.shape == "list" else {key: value})

    def _add_inline(self, keys: Keys, node: Node, key: str, value: Data) -> None:
        said = emit.flow(value) if node.shape == "list" else emit.flow({key: value})[1:-1]
        at = self._room(node.items[-1].end, keys)
        self._splice(at, at, f", {said}")

    def _add_lines(self, keys: Keys, node: Node, key: str, value: Data) -> None:
        last = node.items[-1]
        indent = self.lines.column(node.items[0].start)
        at = self._room(self._line_end(last.end, keys), keys)
        if node.shape == "list":
            dash = self.text.rfind("-", 0, node.items[0].start)
            lines = [" " * self.lines.column(dash) + "- " + emit.flow(value)]
        else:
            like = last.value.is_flow if last.value.shape == "mapping" and last.value.items else None
            lines = emit.entry(key, value, indent, len(keys) + 1, self._step, like)
            if len(lines) > 1 and len(node.items) > 1 and self.lines.are_parted(node.items[-2].end, last.start):
                lines = ["", *lines]
        self._splice(at, at, self.lines.placed(at, lines))

    def _room(self, at: int, keys: Keys) -> int:
        """A place to insert at; where another collection grows at the same place, that is done first."""
        if self.grown.setdefault(at, keys) != keys:
            raise _Crowded
        return at

    def _replace(self, keys: Keys, parent: Node, item: Item | None, value: Data) -> None:
        assert item is not None  # noqa: S101  it was found
        old = item.value
        self._touch(keys)
        if isinstance(value, Mapping) and value and not parent.is_flow and item.key is not None:
            head = self.lines.column(item.key.start)
            short = emit.is_short(value, head + width(item.key.text) + 2)
            if len(keys) < 3 or not short:
                lines = emit.block(value, head + self._step, len(keys) + 1, self._step)
                self._put_below(keys, item, lines)
                return
        text = self._said(value, old, parent.is_flow)
        if old.end == old.start:
            at = item.colon if item.colon is not None else item.end
            self._splice(at, at, f" {text}" if item.colon is not None or item.key is None else f": {text}")
        elif old.shape in ("mapping", "list") and not old.is_flow and item.colon is not None:
            self._splice(item.colon, item.colon, f" {text}")
            self._cut(item.colon, old, keys)
        else:
            self._splice(old.start, old.end, text)

    def _said(self, value: Data, old: Node, in_flow: bool) -> str:
        if isinstance(value, Mapping | list):
            return emit.flow(value)
        if isinstance(value, str) and old.style in ("|", ">"):
            return self._reworded(value, old)
        quote = old.style if isinstance(value, str) and old.style in ("'", '"') else None
        return emit.scalar(value, in_flow=in_flow, quote=quote)

    def _reworded(self, value: str, old: Node) -> str:
        """A text of several lines with other words in the same lines, where that gives what it is to say."""
        before = old.text
        start = next((n for n, (a, b) in enumerate(zip(before, value, strict=False)) if a != b), 0)
        back = 0
        while back < min(len(before), len(value)) - start and before[-1 - back] == value[-1 - back]:
            back += 1
        gone, come = before[start : len(before) - back], value[start : len(value) - back]
        written = self.text[old.start : old.end]
        while start > 0 and (not gone or written.count(gone) != 1) and before[start - 1] != "\n":
            start -= 1
            gone, come = before[start] + gone, before[start] + come
        return written.replace(gone, come) if gone and written.count(gone) == 1 else emit.scalar(value)

    def _put_below(self, keys: Keys, item: Item, lines: list[str]) -> None:
        """A mapping in lines of its own, in the place of whatever stood behind the colon."""
        old = item.value
        if item.colon is None:
            raise CannotEdit(keys, msg("its key has no colon"))
        is_below = old.end > old.start and old.shape in ("mapping", "list") and not old.is_flow
        at = self._room(self._line_end(item.colon if is_below else max(item.colon, old.end), keys), keys)
        if is_below:
            self._cut(item.colon, old, keys)
        elif old.end > old.start:
            self._splice(item.colon, old.end, "")
        self._splice(at, at, self.eol + self.eol.join(lines))

    def _cut(self, colon: int, old: Node, keys: Keys) -> None:
        """Takes out a collection that stands in lines of its own below its key."""
        self._splice(self._line_end(colon, keys), old.end, "")

    def _remove_inline(self, parent: Node, item: Item) -> None:
        at = next(number for number, each in enumerate(parent.items) if each is item)
        if len(parent.items) == 1:
            self._splice(parent.inner, parent.end - 1, "")
        elif at + 1 < len(parent.items):
            self._splice(item.start, parent.items[at + 1].start, "")
        else:
            self._splice(parent.items[at - 1].end, item.end, "")

    def _remove_lines(self, keys: Keys, parent: Node, item: Item) -> None:
        start = item.start - self.lines.column(item.start)
        if self.text[start : item.start].strip(" -" if parent.shape == "list" else " "):
            raise CannotEdit(keys, msg("it shares its line with something else"))
        end = item.end if self.lines.is_start(item.end) else self._line_end(item.end, keys)
        following = _BREAK.match(self.text, end)
        if following is not None:
            end = following.end()
        elif start > 0 and not self.lines.is_start(item.end):  # the last line of a file without a last line end
            start -= len(self.eol)
        self._splice(start, end, "")

    @property
    def _step(self) -> int:
        """How many blanks a level of this file is indented by."""
        for item in self.tree.root.items if self.tree.root is not None else ():
            if item.value.shape == "mapping" and item.value.items and not item.value.is_flow:
                return self.lines.column(item.value.items[0].start) or 2
        return 2

    def _line_end(self, at: int, keys: Keys) -> int:
        end = self.lines.end(at)
        if end is None:
            raise CannotEdit(keys, msg("it shares its line with something else"))
        return end


class _Crowded(Exception):
    """Two collections end, and grow, at the same place: one after the other."""


def _nested(keys: Keys, value: Data) -> Data:
    for key in reversed(keys):
        value = {key: value}
    return value
