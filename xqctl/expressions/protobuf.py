"""The message types CEL knows records by, made up in memory from what an expression sees.

CEL knows no records but protobuf messages. Of a message it knows every field: a misspelt one does not compile, one
that is not given reads as null, and `has()` tells.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xqctl.expressions.shapes import Choice, ListOf, MapOf, Record, Scalar, Type

# A message's fields have no names that mypy could know: `Any` stands for messages here, and for nothing else.

WRAPPER = {Scalar.TEXT: "StringValue", Scalar.WHOLE: "Int64Value", Scalar.TRUTH: "BoolValue"}
"""Protobuf's boxes for single values, which may be empty."""

# the numbers of google.protobuf.FieldDescriptorProto's types and labels
_NUMBERS = {Scalar.TEXT: (_STRING := 9), Scalar.WHOLE: 3, Scalar.TRUTH: 8}
_MESSAGE, _OPTIONAL, _REPEATED = 11, 1, 3


@dataclass(frozen=True, slots=True)
class Messages:
    """The message types made for the records inside a scope: where CEL finds them, and by which names."""

    pool: object
    names: Mapping[Record, str]
    classes: Mapping[Record, Callable[[], Any]]


def messages(scope: Record) -> Messages:
    """Makes message types for every record inside a scope, not for the scope itself."""
    from google.protobuf import (  # type: ignore[import-untyped]  # has no types of its own; fenced here
        descriptor_pb2,
        descriptor_pool,
        message_factory,
        struct_pb2,
        wrappers_pb2,
    )

    names = {found: f"xqctl.R{number}" for number, found in enumerate(dict.fromkeys(_records(scope)))}
    pool = descriptor_pool.DescriptorPool()
    file = descriptor_pb2.FileDescriptorProto(name="xqctl.proto", package="xqctl", syntax="proto3")
    for needed in (wrappers_pb2, struct_pb2):
        pool.AddSerializedFile(needed.DESCRIPTOR.serialized_pb)
        file.dependency.append(needed.DESCRIPTOR.name)
    for found, name in names.items():
        message = file.message_type.add(name=name.removeprefix("xqctl."))
        for number, (field, kind) in enumerate(found.fields, 1):
            _declare(message, field, number, kind, names)
    pool.AddSerializedFile(file.SerializeToString())
    make = message_factory.GetMessageClass
    return Messages(pool, names, {found: make(pool.FindMessageTypeByName(name)) for found, name in names.items()})


def scalar_of(kind: Type) -> Scalar:
    """The single type something is kept as; ANY where it is none."""
    return Scalar.TEXT if isinstance(kind, Choice) else kind if isinstance(kind, Scalar) else Scalar.ANY


def is_simple(kind: Type) -> bool:
    """Whether it has a type of its own in protobuf: text, a whole number, a truth."""
    return scalar_of(kind) in WRAPPER


def _records(kind: Type) -> Iterator[Record]:
    match kind:
        case Record(fields):
            for _, field in fields:
                if isinstance(field, Record):
                    yield field
                yield from _records(field)
        case ListOf(of) | MapOf(of):
            if isinstance(of, Record):
                yield of
            yield from _records(of)


def _declare(message: Any, name: str, number: int, kind: Type, names: Mapping[Record, str]) -> None:
    """Adds a field to a message type: single values in wrappers, which read as null when absent."""
    match kind:
        case ListOf(of):
            message.field.add(name=name, number=number, label=_REPEATED, **_element(of, names))
        case MapOf(of):
            # protobuf's map: a list of entries, of a type that is named after the field
            entry = message.nested_type.add(name="".join(part.capitalize() for part in name.split("_")) + "Entry")
            entry.options.map_entry = True
            entry.field.add(name="key", number=1, label=_OPTIONAL, type=_STRING)
            entry.field.add(name="value", number=2, label=_OPTIONAL, **_element(of, names))
            own = f".xqctl.{message.name}.{entry.name}"
            message.field.add(name=name, number=number, label=_REPEATED, type=_MESSAGE, type_name=own)
        case Record():
            message.field.add(name=name, number=number, label=_OPTIONAL, **_element(kind, names))
        case _:
            type_name = f".google.protobuf.{WRAPPER.get(scalar_of(kind), 'Value')}"
            message.field.add(name=name, number=number, label=_OPTIONAL, type=_MESSAGE, type_name=type_name)


def _element(kind: Type, names: Mapping[Record, str]) -> dict[str, object]:
    """The protobuf type of what is in a list or mapping; lists in lists are values of any kind."""
    match kind:
        case Record():
            return {"type": _MESSAGE, "type_name": f".{names[kind]}"}
        case Scalar() | Choice() if (number := _NUMBERS.get(scalar_of(kind))) is not None:
            return {"type": number}
        case _:
            return {"type": _MESSAGE, "type_name": ".google.protobuf.Value"}
