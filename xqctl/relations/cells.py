"""Knows how a value is written in a cell and read from one, so that what comes back is what went out.

Text stands as it is. Several values are joined by ``；``. Where a text would be read as something else (a number, a
list) it stands in quotes, and a list that cannot be joined in brackets, both as JSON writes them.
"""

import json
import re
from decimal import Decimal
from typing import cast

from xqctl.compose.read import Data
from xqctl.compose.scalars import meant
from xqctl.relations.shapes import Scalar
from xqctl.tabular import JOINT

_UNCOMMON = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|^$")
_LONGEST = 32_000
"""A little less than what a spreadsheet's cell takes (32,767 characters)."""
_OPENS = ('"', "[", "{")


def written(value: Data, scalar: Scalar) -> str | None:
    """A value as a cell's text; None where it does not fit, and has to be kept elsewhere."""
    if not isinstance(value, list) and scalar.is_list:
        return None
    text = _list(value, scalar) if isinstance(value, list) else _one(value, scalar)
    return text if text is not None and _is_common(text) else None


def _is_common(text: str) -> bool:
    """Whether every sort of file takes a text as it is."""
    return len(text) <= _LONGEST and _UNCOMMON.search(text) is None


def _list(value: list[Data], scalar: Scalar) -> str | None:
    if not (scalar.is_many or scalar.is_any):
        return None
    if len(value) > (0 if scalar.is_list else 1) and all(
        isinstance(each, str | int) and not isinstance(each, bool) for each in value
    ):
        texts = [_one(each, scalar) for each in value]
        if all(text is not None and not _is_marked(text) for text in texts):
            return JOINT.join(cast("list[str]", texts))
    return spelled(value)


def _is_marked(text: str) -> bool:
    return JOINT in text or text.startswith(_OPENS) or text != text.strip() or not text


def _one(value: Data, scalar: Scalar) -> str | None:
    """A plain value as text, of whatever sort; what does not fit is None."""
    match value:
        case bool():
            return spelled(value) if scalar.is_any or "boolean" in scalar.types else None
        case int() | Decimal():
            return spelled(value) if scalar.is_any or scalar.types & {"integer", "number"} else None
        case str() if _word(value, scalar) != value:
            return None  # what a word is called, written in its place: it would be read as the word
        case str() if scalar.is_any or "string" in scalar.types:
            return spelled(value) if _needs_quotes(value, scalar) else value
        case dict() if scalar.is_any:
            return spelled(value)
        case _:
            return None


def _needs_quotes(text: str, scalar: Scalar) -> bool:
    if scalar.is_many and _is_marked(text):
        return True
    return not scalar.is_text and (text.startswith(_OPENS) or meant(text)[0] != text or text != text.strip())


def read(text: str, scalar: Scalar) -> Data:
    """What a cell's text says; a text that fits nothing stays text, for the schema to judge."""
    if scalar.is_many and JOINT in text and not text.startswith(_OPENS):
        return [_read(each.strip(), scalar) for each in text.split(JOINT) if each.strip()]
    found = _read(text, scalar)
    return [found] if scalar.is_list and not isinstance(found, list) else found


def _read(text: str, scalar: Scalar) -> Data:
    if text.startswith(_OPENS) and (scalar.is_many or not scalar.is_text):
        found = unspelled(text)
        if found is not _NOT:
            return cast("Data", found)
    if scalar.is_text:
        return _word(text, scalar)
    if scalar.is_any or scalar.types - {"string"}:
        value = meant(text)[0]
        if _takes(value, scalar):
            return value
    return _word(text, scalar)


def _takes(value: object, scalar: Scalar) -> bool:
    match value:
        case bool():
            return scalar.is_any or "boolean" in scalar.types
        case int() | Decimal():
            return scalar.is_any or bool(scalar.types & {"integer", "number"})
        case _:
            return value is None and scalar.is_any


def _word(text: str, scalar: Scalar) -> str:
    """A word of the schema, which people may have written as it is called."""
    if not scalar.words:
        return text
    if any(word == text for word, _ in scalar.words):
        return text
    plain = text.strip()
    return next((word for word, called in scalar.words if plain in (word, called.zh, called.en)), text)


_NOT = object()


def spelled(value: Data) -> str:
    """Any data as JSON, its numbers exact, in ASCII where other signs would not survive."""
    plain = _json(value)
    return plain if _UNCOMMON.search(plain) is None else _json(value, in_ascii=True)


def _json(value: Data, *, in_ascii: bool = False) -> str:
    match value:
        case dict():
            pairs = ((_json(key, in_ascii=in_ascii), _json(each, in_ascii=in_ascii)) for key, each in value.items())
            return "{" + ", ".join(f"{key}: {each}" for key, each in pairs) + "}"
        case list():
            return "[" + ", ".join(_json(each, in_ascii=in_ascii) for each in value) + "]"
        case Decimal():
            return format(value, "f") if value == value.to_integral_value() else str(value)
        case _:
            return json.dumps(value, ensure_ascii=in_ascii)


def unspelled(text: str) -> object:
    """What JSON says; something that is no data where it is none."""
    try:
        return json.loads(text, parse_float=_number)
    except (ValueError, RecursionError):
        return _NOT


def is_data(found: object) -> bool:
    """Whether `unspelled` found data."""
    return found is not _NOT


def _number(text: str) -> int | Decimal:
    value = meant(text)[0]
    return value if isinstance(value, int | Decimal) else Decimal(text)
