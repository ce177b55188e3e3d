"""Knows from the schemas what may stand at each place of an entry: a plain value, fields, or things under names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from xqctl.messages import Word
from xqctl.schema import schema

_DEEPEST = 12
_PLAIN = ("string", "integer", "number", "boolean")
_Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A plain value: of which JSON types, one or several, one of which words, and how it is written.

    `is_any` is True where the schema takes anything, `is_list` where even one stands in a list; `quantity`, `pattern`
    and `refs` are what the schema says of it.
    """

    types: frozenset[str]
    is_many: bool = False
    is_any: bool = False
    quantity: str | None = None
    pattern: str | None = None
    examples: tuple[object, ...] = ()
    refs: tuple[str, ...] = ()
    words: tuple[tuple[str, Word], ...] = ()
    is_list: bool = False

    @property
    def is_text(self) -> bool:
        """Whether every value is text, so that a cell needs no quotes to say so."""
        return self.types == {"string"} and not self.is_any


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at a place: a plain value (`scalar`), `fields`, things under names (`values`, each after `key`).

    `long` names the field that holds the plain value where it is written as a mapping; `name` is the definition it
    was found under, for naming columns by.
    """

    title: Word
    name: str = ""
    scalar: Scalar | None = None
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    values: "Shape | None" = None
    key: "Shape | None" = None
    long: str | None = None

    @property
    def own(self) -> str:
        """The name of the column that holds the plain value of a row."""
        return self.long or "value"


@cache
def shape(kind: str) -> Shape:
    """The shape of a whole kind: mostly things under ids."""
    return _shape([(schema(kind), kind)], kind, 0)


def _shape(said: list[tuple[_Schema, str]], name: str, depth: int) -> Shape:
    layers = [layer for each, base in said for layer in _layers(each, base)]
    fields: dict[str, list[tuple[_Schema, str]]] = {}
    values: list[tuple[_Schema, str]] = []
    keys: list[tuple[_Schema, str]] = []
    for layer, base in layers:
        for field_, each in layer.get("properties", {}).items():
            fields.setdefault(field_, []).append((each, base))
        if isinstance(layer.get("additionalProperties"), Mapping):
            values.append((layer["additionalProperties"], base))
            keys += [(layer["propertyNames"], base)] if "propertyNames" in layer else []
    if depth >= _DEEPEST:
        fields, values = {}, []
    scalar = _scalar(layers)
    long = _first(layers, "x-long")
    if long is None and scalar is not None and "value" in fields:
        long = "value"
    inner = _shape(values, name, depth + 1) if values else None
    if inner is not None and inner.scalar is not None and long in inner.fields:
        inner = replace(inner, long=long)  # each of those by date has the long form too
    return Shape(
        _title(layers, name),
        name,
        scalar,
        {each: _shape(found, each, depth + 1) for each, found in fields.items()},
        inner,
        _shape(keys, _named(keys), depth + 1) if keys else None,
        long,
    )


def _layers(said: _Schema, base: str) -> Iterator[tuple[_Schema, str]]:
    """All that is said of one place, the nearest first: both branches, and what is referred to."""
    yield said, base
    if "$ref" in said:
        yield from _layers(*_pointed(said["$ref"], base))
    for branch in ("then", "else"):
        if isinstance(said.get(branch), Mapping):
            yield from _layers(said[branch], base)


def _pointed(reference: str, base: str) -> tuple[_Schema, str]:
    file, _, pointer = reference.partition("#/")
    base = file.removesuffix(".schema.json") or base
    found: Any = schema(base)
    for step in pointer.split("/") if pointer else ():
        found = found[step]
    return found, base


def _scalar(layers: list[tuple[_Schema, str]]) -> Scalar | None:
    """The plain value that may stand there; a list of plain values is one that may be several."""
    own = [layer for layer, _ in layers]
    items = [each for layer, base in layers if "items" in layer for each, _ in _layers(layer["items"], base)]
    types = {name for each in (*own, *items) for name in _types(each)}
    is_any = not types and not any("properties" in each or "additionalProperties" in each for each in own)
    lists = any(each.get("type") == "array" or "array" in _listed(each) or "items" in each for each in own)
    if not types and not is_any and not lists:
        return None
    told = [*own, *items]
    refs = next((each["x-ref"] for each in told if "x-ref" in each), ())
    words = {word: each for said in told for word, each in said.get("x-labels", {}).items()}
    every = next((each["enum"] for each in told if "enum" in each), ())
    return Scalar(
        frozenset(types),
        lists,
        is_any,
        _said(told, "x-quantity"),
        _said(told, "pattern"),
        tuple(_said(told, "examples") or ()),
        (refs,) if isinstance(refs, str) else tuple(refs),
        tuple(
            (word, Word(words.get(word, {}).get("zh", word), words.get(word, {}).get("en", word)))
            for word in every
            if isinstance(word, str)
        ),
        lists and not any(name for each in own for name in _types(each)),
    )


def _types(said: _Schema) -> Iterator[str]:
    named = _listed(said)
    if named:
        yield from (name for name in named if name in _PLAIN)
    elif "enum" in said or "const" in said:
        for value in said.get("enum", [said.get("const")]):
            yield "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"


def _listed(said: _Schema) -> list[str]:
    named = said.get("type", [])
    return [named] if isinstance(named, str) else list(named)


def _said(told: list[_Schema], word: str) -> Any:
    return next((each[word] for each in told if word in each), None)


def _first(layers: list[tuple[_Schema, str]], word: str) -> Any:
    return next((layer[word] for layer, _ in layers if word in layer), None)


def _title(layers: list[tuple[_Schema, str]], name: str) -> Word:
    """What people call a place: its own title, whose English may be the field's name."""
    plain = name.replace("_", " ")
    nearest = next((layer for layer, _ in layers if "title" in layer), {})
    return Word(nearest.get("title", plain), nearest.get("x-title-en", plain))


def _named(keys: list[tuple[_Schema, str]]) -> str:
    """What a key is called after the definition it refers to: ``party``, ``date``; empty where there is none."""
    reference = next((each["$ref"] for each, _ in keys if "$ref" in each), "")
    name = str(reference).rpartition("/")[2].removesuffix("_key")
    return "" if name in ("id", "text") else name
