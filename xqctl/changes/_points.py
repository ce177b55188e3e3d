"""Knows what the schemas say at each point of a district: what stands there, what it is called, what is below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from xqctl.messages import Word
from xqctl.place import Keys
from xqctl.schema import KINDS, schema

Sort = Literal["dated", "mapping", "list", "truth", "plain"]
_Layer = tuple[Mapping[str, Any], str]


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One place in the schemas; `seen` as a value of some sort, since a schema says different things of each.

    `layers` are what is said there, the field's own words first; `is_field` is False for a key people chose: an id.
    """

    layers: tuple[_Layer, ...]
    is_field: bool = True
    _seen: dict[Sort, "Point"] = field(default_factory=dict, repr=False)
    _below: dict[str, "Point"] = field(default_factory=dict, repr=False)

    def seen(self, value: object) -> "Point":
        """What is said of a value like this one: references followed, the branch for its sort chosen."""
        sort = _sort(value)
        if sort not in self._seen:
            self._seen[sort] = Point(tuple(_layers(self.layers, sort)), self.is_field)
        return self._seen[sort]

    def says(self, name: str) -> Any:
        """What an annotation or keyword says here, None where nothing does."""
        return next((layer[name] for layer, _ in self.layers if name in layer), None)

    def below(self, key: str) -> "Point":
        """What is said of the value under a key of a mapping."""
        own = [(layer["properties"][key], base) for layer, base in self.layers if key in layer.get("properties", ())]
        if own:
            if key not in self._below:
                self._below[key] = Point(tuple(own))
            return self._below[key]
        return self._inner("additionalProperties")

    @property
    def names(self) -> "Point":
        """What is said of a mapping's keys."""
        return self._inner("propertyNames")

    @property
    def items(self) -> "Point":
        """What is said of what stands in a list."""
        return self._inner("items")

    def _inner(self, keyword: str) -> "Point":
        slot = f"\0{keyword}"
        if slot not in self._below:
            found = [(layer[keyword], base) for layer, base in self.layers if isinstance(layer.get(keyword), Mapping)]
            self._below[slot] = Point(tuple(found), is_field=False)
        return self._below[slot]

    @property
    def title(self) -> Word | None:
        """What it is called."""
        zh = self.says("title")
        return None if zh is None else Word(zh, self.says("x-title-en") or zh)


@cache
def root(kind: str) -> Point:
    """The point of a whole collection; of the district, where there is one alone, the point of itself."""
    return Point(((schema(kind), kind),), is_field=False) if kind in KINDS else Point(())


def at(keys: Keys) -> Point:
    """The point of what stands at these keys."""
    point = root(keys[0])
    for key in keys[1:]:
        point = point.seen({key: None}).below(key)
    return point


def _sort(value: object) -> Sort:
    match value:
        case bool():
            return "truth"
        case Mapping():
            return "dated" if any(str(key)[:1].isdecimal() for key in value) else "mapping"
        case list() | tuple():
            return "list"
        case _:
            return "plain"


def _layers(layers: tuple[_Layer, ...], sort: Sort) -> Iterator[_Layer]:
    waiting = list(layers)
    while waiting:
        said, base = waiting.pop(0)
        yield said, base
        if "if" in said:
            branch = said.get("then" if _holds(said["if"], sort) else "else")
            if branch is not None:
                waiting.insert(0, (branch, base))
        if "$ref" in said:
            file, _, pointer = said["$ref"].partition("#/")
            name = file.removesuffix(".schema.json") or base
            found: Any = schema(name)
            for step in pointer.split("/") if pointer else ():
                found = found[step]
            waiting.insert(0, (found, name))


def _holds(condition: Mapping[str, Any], sort: Sort) -> bool:
    match condition.get("type"):
        case "object":
            return sort in ("dated", "mapping")
        case "array":
            return sort == "list"
        case "boolean":
            return sort == "truth"
        case _:
            return "$ref" in condition and sort == "dated"
