"""Knows the shape of a plan's files: the kinds' schemas, with nothing required and `null` for what is removed."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from xqctl.place import Keys
from xqctl.schema.engines import KINDS, Schema, schema

_DEMANDS = frozenset(("required", "dependentRequired", "dependentSchemas", "minProperties"))
_BELOW = frozenset(("additionalProperties", "items", "then", "else"))
_NAMED = frozenset(("properties", "$defs"))
ANY = "*"
"""In a way through a schema: whatever key stands there."""


@cache
def loose(name: str) -> Schema:
    """A schema by its name, as a plan's files are held against it."""
    return cast("Schema", patched(schema(name)))


def patched(said: Any) -> Any:
    """A subschema that takes any part of what the schema takes, and `null` where something is to go."""
    if not isinstance(said, Mapping):
        return said
    dispatch = "if" in said and "required" in said["if"]
    left_out = _DEMANDS | (frozenset(("if", "then", "else")) if dispatch else frozenset())
    found = {key: value for word, each in said.items() if word not in left_out for key, value in [_word(word, each)]}
    if "x-long" in said and "x-dated" in said:
        found["then"] = _either_way(found["then"], said["x-long"], found["else"]["else"])
    return found


def _either_way(dated: Mapping[str, Any], field: str, plain: Any) -> dict[str, Any]:
    """A mapping by date that takes the field of the long form too: a plan may turn the one into the other."""
    return {**{word: each for word, each in dated.items() if word != "propertyNames"}, "properties": {field: plain}}


def _word(word: str, said: Any) -> tuple[str, Any]:
    if word in _NAMED:
        return word, {name: patched(each) for name, each in said.items()}
    if word in _BELOW:
        return word, patched(said)
    if word == "type":
        return word, [*([said] if isinstance(said, str) else said), "null"]
    if word == "enum":
        return word, [*said, None]
    if word == "const":
        return "enum", [said, None]
    return word, said


@cache
def long_forms() -> Mapping[Keys, str]:
    """Where a plain value has a long form, and the field that holds it there: ``(groups, *, members, *): role``."""
    return {(kind, *way): field for kind in KINDS for way, field in _long(kind, schema(kind), ())}


def _long(base: str, said: Any, way: Keys) -> Iterator[tuple[Keys, str]]:
    if not isinstance(said, Mapping) or len(way) > 6:
        return
    if "x-long" in said:
        yield way, said["x-long"]
    if "$ref" in said:
        file, _, pointer = said["$ref"].partition("#/")
        file = file.removesuffix(".schema.json") or base
        found: Any = schema(file)
        for step in pointer.split("/"):
            found = found[step] if step else found
        yield from _long(file, found, way)
    for name, each in said.get("properties", {}).items():
        yield from _long(base, each, (*way, name))
    for word, step in (("additionalProperties", (ANY,)), ("then", ()), ("else", ())):
        yield from _long(base, said.get(word), (*way, *step))
