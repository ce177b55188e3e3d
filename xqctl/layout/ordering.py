"""Knows in which order the schemas name the fields of a mapping: the order they stand in their file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from xqctl.schema import schema


@dataclass(frozen=True, slots=True)
class Order:
    """What schemas say of one place: subschemas, each with the file it stands in."""

    said: tuple[tuple[str, Mapping[str, Any]], ...]
    _below: "dict[str | None, Order]" = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, root: str) -> "Order":
        """The order of a whole file's kinds."""
        return _root(root)

    @property
    def places(self) -> Mapping[str, int]:
        """The place of each field that is named; empty where only ids, dates or the like stand."""
        names = dict.fromkeys(name for _, each in self.said for name in each.get("properties", {}))
        return {name: place for place, name in enumerate(names)}

    def below(self, key: str) -> "Order":
        """What is said of the value under a key."""
        named = key if any(key in each.get("properties", {}) for _, each in self.said) else None
        if named not in self._below:
            self._below[named] = Order(tuple(self._lead(named)))
        return self._below[named]

    def _lead(self, named: str | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for file, each in self.said:
            following = each.get("properties", {}).get(named) if named is not None else None
            if following is None:
                following = each.get("additionalProperties", each.get("items") if named is None else None)
            if isinstance(following, Mapping):
                yield from _spread(file, following)


@cache
def _root(name: str) -> Order:
    return Order(tuple(_spread(name, schema(name))))


def _spread(file: str, said: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A subschema with all it refers to, and both branches where it tells shapes apart."""
    yield file, said
    if "$ref" in said:
        name, _, pointer = said["$ref"].partition("#/")
        home = name.removesuffix(".schema.json") or file
        found: Any = schema(home)
        for step in pointer.split("/") if pointer else ():
            found = found[step]
        yield from _spread(home, found)
    for word in ("then", "else"):
        if isinstance(said.get(word), Mapping):
            yield from _spread(file, said[word])
