"""Knows what the schemas say of each value in an entry: an annotation such as `x-ref`, followed to where it applies.

An annotation stands on a field, or on what its `$ref`, `then`, `else` or `items` leads to (the field's own wins). It
applies to a text there, to each of a list or by date, and from a `propertyNames` to a mapping's keys.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from xqctl.compose.read import Data
from xqctl.district import Entry
from xqctl.place import Keys, Part, Route
from xqctl.schema import schema

_T = TypeVar("_T")
Reader = Callable[[Mapping[str, Any]], _T | None]
"""What one subschema says, hashable, None where it says nothing; a function of a module, since answers are kept."""


class Annotated(NamedTuple, Generic[_T]):
    """A text in an entry, or a key, and what the schema says of it; a tuple, since a district has very many."""

    entry: Entry
    keys: Keys
    part: Part
    value: str
    said: _T

    @property
    def route(self) -> Route:
        """Where it stands."""
        return Route(self.entry.file, self.keys, self.part)


_LEADS_ON = frozenset(("$ref", "then", "else", "properties", "additionalProperties", "items", "propertyNames"))


@dataclass(frozen=True, slots=True)
class _Node(Generic[_T]):
    """What is said at one point: of a plain value there, of a mapping's keys; and what lies below it."""

    value: _T | None
    key: _T | None
    fields: "Mapping[str, _Node[_T]]"
    other: "_Node[_T] | None"
    items: "_Node[_T] | None"


def annotated(entry: Entry, reader: Reader[_T]) -> Iterator[Annotated[_T]]:
    """What `reader` has something to say of in a sound entry, in the order of the file; the names it has come first."""
    node = _root(reader, entry.kind)
    for depth, key in enumerate(entry.keys[1:], 2):
        if node is None:
            return
        if node.key is not None:
            yield Annotated(entry, entry.keys[:depth], "key", key, node.key)
        node = node.fields.get(key, node.other)
    if node is not None:
        yield from _mapping(entry, entry.data, entry.keys, node)


def _mapping(entry: Entry, data: Mapping[str, Data], keys: Keys, node: _Node[_T]) -> Iterator[Annotated[_T]]:
    fields, other, of_keys = node.fields, node.other, node.key
    for name, value in data.items():
        if of_keys is not None:
            yield Annotated(entry, (*keys, name), "key", name, of_keys)
        below = fields.get(name, other)
        if below is None:
            continue
        if isinstance(value, dict):
            yield from _mapping(entry, value, (*keys, name), below)
        elif isinstance(value, list):
            yield from _list(entry, value, (*keys, name), below)
        elif below.value is not None and isinstance(value, str):
            yield Annotated(entry, (*keys, name), "value", value, below.value)


def _list(entry: Entry, data: list[Data], keys: Keys, node: _Node[_T]) -> Iterator[Annotated[_T]]:
    below = node.items
    if below is None:
        return
    for index, value in enumerate(data):
        if isinstance(value, dict):
            yield from _mapping(entry, value, (*keys, str(index)), below)
        elif below.value is not None and isinstance(value, str):
            yield Annotated(entry, (*keys, str(index)), "value", value, below.value)


@cache
def _root(reader: Reader[_T], kind: str) -> _Node[_T] | None:
    return _read(reader, kind, schema(kind), None, dated=False)


@cache
def _at(reader: Reader[_T], base: str, reference: str, outer: _T | None, dated: bool) -> _Node[_T] | None:
    """What lies behind a `$ref`, kept: many fields lead to the same."""
    file, _, pointer = reference.partition("#/")
    base = file.removesuffix(".schema.json") or base
    found: Any = schema(base)
    for step in pointer.split("/"):
        found = found[step]
    return _read(reader, base, found, outer, dated=dated)


def _read(reader: Reader[_T], base: str, said: Any, outer: _T | None, *, dated: bool) -> _Node[_T] | None:
    """A subschema as a node. `if` only tells shapes apart, so `then` and `else` are simply laid together."""
    if not isinstance(said, dict):
        return None
    own = outer if outer is not None else reader(said)
    if said.keys().isdisjoint(_LEADS_ON):
        return None if own is None else _Node(own, None, {}, None, None)
    dated = dated or said.get("x-dated") is True
    parts = [_at(reader, base, said["$ref"], own, dated)] if "$ref" in said else []
    parts += [_read(reader, base, said[name], own, dated=dated) for name in ("then", "else") if name in said]
    names = _read(reader, base, said.get("propertyNames"), None, dated=False)
    other = _read(reader, base, said.get("additionalProperties"), own if dated else None, dated=dated)
    items = _read(reader, base, said.get("items"), own, dated=False)
    fields = {}
    for name, each in said.get("properties", {}).items():
        node = _read(reader, base, each, own if dated and name == "value" else None, dated=False)
        if node is not None:
            fields[name] = node
    return _together([_Node(own, names.value if names is not None else None, fields, other, items), *parts])


def _together(nodes: list[_Node[_T] | None]) -> _Node[_T] | None:
    """One node that says what all of them say; None where that is nothing."""
    found = [node for node in nodes if node is not None]
    if not found:
        return None
    one = found[0]
    if len(found) == 1:
        says = (one.value, one.key, one.other, one.items)
        return one if one.fields or any(each is not None for each in says) else None
    names = dict.fromkeys(name for node in found for name in node.fields)
    fields = {name: _together([node.fields.get(name) for node in found]) for name in names}
    joined = _Node(
        next((node.value for node in found if node.value is not None), None),
        next((node.key for node in found if node.key is not None), None),
        {name: node for name, node in fields.items() if node is not None},
        _together([node.other for node in found]),
        _together([node.items for node in found]),
    )
    return _together([joined])
