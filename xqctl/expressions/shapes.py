"""What an expression sees: names and their types, written by hand or read off the schema of a kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from xqctl.schema import schema


class Scalar(StrEnum):
    """A single value. TEXT holds dates and quantities too, as written; ANY is a number or whatever else it may be."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    TRUTH = "truth"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Choice:
    """Text that is one of a few words; comparing it with any other word is a slip."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several of one type; one alone may stand for a list of one, as in the files."""

    of: "Type"


@dataclass(frozen=True, slots=True)
class MapOf:
    """Things of one type by their id."""

    of: "Type"


@dataclass(frozen=True, slots=True)
class Record:
    """A thing with fields. `short` names the field that text alone stands for (`lead` for `{role: lead}`)."""

    fields: "tuple[tuple[str, Type], ...]"
    short: str | None = None

    def get(self, name: str) -> "Type | None":
        """The type of a field; None where there is none of that name."""
        return next((kind for field, kind in self.fields if field == name), None)

    def also(self, **things: "Type") -> "Record":
        """The same fields and more names beside them, such as `school`, `unit` or `schools`."""
        return record({**dict(self.fields), **things})


Type = Scalar | Choice | ListOf | MapOf | Record


def record(fields: Mapping[str, Type], short: str | None = None) -> Record:
    """A record of these fields; the order does not matter."""
    return Record(tuple(sorted(fields.items())), short)


@cache
def fields_of(kind: str, definition: str = "entry") -> Record:
    """What an expression sees of one entry of a kind: its fields, as its schema types them, and its `id`.

    Args:
        kind: the name of a schema, such as `schools` or `groups`.
        definition: which of its `$defs`, where it is not the entry: `fields_of("unit", "membership")` is a member.

    Raises:
        LookupError: the schema has no such definition, or it is no thing with fields.
    """
    shape = _read({"$ref": f"{kind}.schema.json#/$defs/{definition}"}, kind)
    if not isinstance(shape, Record):
        raise LookupError(f"{definition} of {kind} has no fields")
    return shape.also(id=Scalar.TEXT)


def _read(node: Mapping[str, object], home: str) -> Type:
    """The type of what a schema describes; `home` is the schema it stands in."""
    match node:
        case {"$ref": str(ref)}:
            return _read(*_resolve(ref, home))
        case {"x-long": str(short), "else": {"then": dict(then)}}:
            long = _read(then, home)
            return Record(long.fields, short) if isinstance(long, Record) else long
        case {"x-dated": True, "else": dict(now)}:
            return _read(now, home)
        case {"x-many": True, "else": dict(one)}:
            return ListOf(_read(one, home))
        case {"type": "object"}:
            return _read_object(node, home)
        case {"type": "array", "items": dict(item)}:
            return ListOf(_read(item, home))
        case _:
            return _read_single(node)


def _read_single(node: Mapping[str, object]) -> Type:
    match node:
        case {"enum": list(words)}:
            return Choice(tuple(str(word) for word in words))
        case {"x-quantity": "date" | "moment" | "year"} | {"type": "string"}:
            return Scalar.TEXT
        case {"type": "integer"}:
            return Scalar.WHOLE
        case {"type": "boolean"}:
            return Scalar.TRUTH
        case _:
            return Scalar.ANY


def _read_object(node: Mapping[str, object], home: str) -> Type:
    match node:
        case {"properties": dict(fields)}:
            return record({name: _read(field, home) for name, field in fields.items()})
        case {"additionalProperties": dict(thing)}:
            return MapOf(_read(thing, home))
        case _:
            return Scalar.ANY


def _resolve(ref: str, home: str) -> tuple[Mapping[str, object], str]:
    file, _, pointer = ref.partition("#/")
    name = file.removesuffix(".schema.json") or home
    node: object = schema(name)
    for step in pointer.split("/"):
        node = node[step] if isinstance(node, Mapping) else None
    return (node if isinstance(node, Mapping) else {}), name
