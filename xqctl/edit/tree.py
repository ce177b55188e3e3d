"""Knows a YAML file as a tree of stretches of its text: where each key, value and bracket begins and ends."""

import re
from dataclasses import dataclass, field

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from xqctl.compose.decode import clean, decode
from xqctl.compose.events import Event, events
from xqctl.place import Keys

_EMPTY_LINES = re.compile(r"(?:[\r\n][ \t]*)+\Z")
_COLON = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*:")


@dataclass(frozen=True, slots=True)
class Node:
    """A value, or a key, and its stretch; `shape` is scalar, alias, mapping or list.

    `style` is a scalar's sign (None: plain), `text` what it says; `inner` is where a collection's bracket has opened.
    """

    shape: str
    start: int
    end: int
    style: str | None = None
    text: str = ""
    is_flow: bool = False
    inner: int = 0
    items: "tuple[Item, ...]" = ()
    _index: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def get(self, key: str) -> "Item | None":
        """The field of a mapping, or the item of a list, by its key; the first one where it is doubled."""
        if self.shape == "list":
            return self.items[int(key)] if key.isdigit() and int(key) < len(self.items) else None
        if not self._index:
            for number, item in enumerate(self.items):
                if item.key is not None:
                    self._index.setdefault(clean(item.key.text), number)
        return self.items[self._index[key]] if key in self._index else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there, or a word for nothing."""
        return self.shape == "scalar" and self.style is None and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in a mapping under a key, or in a list (no key); `colon` is where the key's colon ends."""

    key: Node | None
    value: Node
    colon: int | None = None

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.key.start if self.key is not None else self.value.start

    @property
    def end(self) -> int:
        """Where it ends: after its value, or its colon where there is none."""
        if self.value.end > self.value.start:
            return self.value.end
        return self.colon or (self.key.end if self.key is not None else self.value.end)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's text, without a byte order mark and as it is, and its one value; None where nothing is in it."""

    text: str
    root: Node | None
    bom: bool

    def at(self, keys: Keys) -> Node | None:
        """The value at a route, None where there is none or an alias stands on the way."""
        here = self.root
        for key in keys:
            found = here.get(key) if here is not None else None
            here = found.value if found is not None else None
        return here


def tree(raw: bytes) -> Tree:
    """The tree of a file that composes; raises `YAMLError` or `UnicodeDecodeError` for one that does not."""
    bom = raw.startswith(b"\xef\xbb\xbf")
    text = raw[3:].decode() if bom else raw.decode()
    seen = decode(raw, "").text
    assert seen is not None and len(seen) == len(text)  # noqa: PT018, S101  it decoded, and is only blanked
    return Tree(text, _Builder(seen).run(), bom)


class _Builder:
    """One pass over the events."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next = events(text)

    def run(self) -> Node | None:
        while (event := self.next()) is not None:
            if (node := self._node(event)) is not None:
                return node
        return None

    def _node(self, event: Event) -> Node | None:
        kind: type[object] = event.__class__
        start, end = event.start_mark.index, event.end_mark.index
        if kind is ScalarEvent:
            return Node("scalar", start, self._end(event), event.style or None, event.value or "")
        if kind is AliasEvent:
            return Node("alias", start, end)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            return self._collection(event, "mapping" if kind is MappingStartEvent else "list")
        return None

    def _collection(self, event: Event, shape: str) -> Node:
        is_flow = bool(getattr(event, "flow_style", False))
        start, inner = event.start_mark.index, event.end_mark.index
        items: list[Item] = []
        while (following := self.next()) is not None:
            kind: type[object] = following.__class__
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                break
            items.append(self._item(following, shape))
        last = items[-1].end if items else inner
        end = following.end_mark.index if is_flow and following is not None else last
        return Node(shape, start, max(end, last), None, "", is_flow, inner, tuple(items))

    def _item(self, event: Event, shape: str) -> Item:
        first = self._node(event)
        assert first is not None  # noqa: S101  only nodes stand in collections
        if shape == "list":
            return Item(None, first)
        following = self.next()
        value = self._node(following) if following is not None else None
        assert value is not None  # noqa: S101  every key has a value, were it an empty one
        colon = _COLON.match(self.text, first.end)
        is_own = colon is not None and colon.end() <= max(value.start, first.end + 1)
        return Item(first, value, colon.end() if colon is not None and is_own else None)

    def _end(self, event: Event) -> int:
        """The end of a scalar; a block text's own mark stands where the next line begins that is none of it."""
        end = event.end_mark.index
        if event.style not in ("|", ">"):
            return end
        stretch = self.text[event.start_mark.index : end]
        header = re.split(r"[\r\n]", stretch, maxsplit=1)[0].partition("#")[0]
        if "+" in header:
            return end
        return event.start_mark.index + len(_EMPTY_LINES.sub("", stretch))
