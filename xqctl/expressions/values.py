"""How plain data reaches CEL: single values by their types, things with fields as messages."""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from decimal import Decimal
from typing import Any

from xqctl.expressions.protobuf import Messages, is_simple, scalar_of
from xqctl.expressions.shapes import ListOf, MapOf, Record, Scalar, Type
from xqctl.messages import Message, msg

TYPES = {
    Scalar.TEXT: msg("text"),
    Scalar.WHOLE: msg("a whole number"),
    Scalar.NUMBER: msg("a number"),
    Scalar.TRUTH: msg("true or false"),
    Scalar.ANY: msg("anything"),
}

_END = 2**63
_DIGITS = 19  # of the largest number below it
_SURROGATE = re.compile("[\ud800-\udfff]")


class Unfit(Exception):
    """A value is not of the type it was declared with; `message` says which."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def converter(kind: Type, made: Messages, used: Set[str]) -> Callable[[object], object]:
    """A function that turns plain data into what CEL takes for a type; it raises `Unfit`. None stands for absent.

    Of things with fields it fills in those whose names are `used`, and the `id`, which tells things apart.
    """
    match kind:
        case Record():
            make, filled = made.classes[kind], _only(kind, used)
            return lambda value: _fill(make(), filled, {} if value is None else value)
        case ListOf(of):
            each = converter(of, made, used)
            return lambda value: [each(item) for item in _many(value) if item is not None]
        case MapOf(of):
            each = converter(of, made, used)
            return lambda value: {key: each(item) for key, item in _mapping(value) if item is not None}
        case Scalar.ANY | Scalar.NUMBER:
            return _plain
        case _:
            return lambda value: None if value is None else _scalar(kind, value)


def _only(kind: Record, used: Set[str]) -> Record:
    """The same thing without the fields that nobody asks for."""
    kept = ((name, of) for name, of in kind.fields if name in used or name == "id")
    return Record(tuple((name, _only_inside(of, used)) for name, of in kept), kind.short)


def _only_inside(kind: Type, used: Set[str]) -> Type:
    match kind:
        case Record():
            return _only(kind, used)
        case ListOf(of):
            return ListOf(_only_inside(of, used))
        case MapOf(of):
            return MapOf(_only_inside(of, used))
        case _:
            return kind


def _fill(message: Any, kind: Record, value: object) -> Any:
    """Puts an entry's data into a message; fields that the record does not know are passed over."""
    data = {kind.short: value} if kind.short is not None and isinstance(value, str) else dict(_mapping(value))
    for name, field in kind.fields:
        if (held := data.get(name)) is not None:
            _put(message, name, field, held)
    return message


def _put(message: Any, name: str, kind: Type, value: object) -> None:
    target = getattr(message, name)
    match kind:
        case ListOf(of):
            for item in _many(value):
                if is_simple(of):
                    target.append(_scalar(of, item))
                else:
                    _fill_any(target.add(), of, item)
        case MapOf(of):
            for key, item in _mapping(value):
                if is_simple(of):
                    target[key] = _scalar(of, item)
                else:
                    _fill_any(target[key], of, item)
        case Record():
            target.SetInParent()
            _fill(target, kind, value)
        case _ if is_simple(kind):
            target.value = _scalar(kind, value)
        case _:
            _fill_value(target, value)


def _fill_any(message: Any, kind: Type, value: object) -> None:
    if isinstance(kind, Record):
        _fill(message, kind, value)
    else:
        _fill_value(message, value)


def _fill_value(message: Any, value: object) -> None:
    """Puts anything into protobuf's own `Value`, whose numbers are all doubles."""
    match _plain(value):
        case None:
            message.null_value = 0
        case bool() as truth:
            message.bool_value = truth
        case int() | float() as number:
            message.number_value = number
        case str() as text:
            message.string_value = text
        case list() as items:
            message.list_value.SetInParent()
            for item in items:
                _fill_value(message.list_value.values.add(), item)
        case dict() as mapping:
            message.struct_value.SetInParent()
            for key, item in mapping.items():
                _fill_value(message.struct_value.fields[key], item)


def _scalar(kind: Type, value: object) -> str | int:
    """One text, whole number or truth; a date written as a number is text like the others."""
    match scalar_of(kind), value:
        case Scalar.TRUTH, bool():
            return value
        case Scalar.TEXT, str():
            return _legible(value)
        case Scalar.TEXT, int() if not isinstance(value, bool):
            return str(value)
        case Scalar.WHOLE, int() if not isinstance(value, bool):
            return _bounded(value)
        case wanted, _:
            raise Unfit(msg("{value} is not {type}", value=_short(value), type=TYPES[wanted]))


def _plain(value: object) -> object:
    """Anything as CEL takes it: decimals that are no whole numbers become doubles."""
    match value:
        case None | bool() | float():
            return value
        case int():
            return _bounded(value)
        case Decimal() if value.is_finite() and value.adjusted() < _DIGITS:
            return _bounded(int(value)) if value == value.to_integral_value() else float(value)
        case str():
            return _legible(value)
        case Mapping():
            return {_legible(str(key)): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise Unfit(msg("{value} cannot be calculated with", value=_short(value)))


def _many(value: object) -> list[object]:
    match value:
        case None:
            return []
        case list() | tuple():
            return list(value)
        case _:
            return [value]


def _mapping(value: object) -> Iterator[tuple[str, object]]:
    if value is not None and not isinstance(value, Mapping):
        raise Unfit(msg("{value} is not {type}", value=_short(value), type=msg("a mapping")))
    return ((str(key), item) for key, item in (value or {}).items())


def _bounded(number: int) -> int:
    if not -_END <= number < _END:
        raise Unfit(msg("{value} is too large to calculate with", value=_short(number)))
    return number


def _legible(text: str) -> str:
    if text.isascii() or not _SURROGATE.search(text):
        return text
    raise Unfit(msg("{value} has characters that stand for nothing", value=ascii(_short(text))))


def _short(value: object) -> str:
    text = f"{value:.3e}" if isinstance(value, int) and abs(value) >= _END else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
