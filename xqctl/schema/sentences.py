"""Knows how an error of the reference engine is told: one sentence of our own, at the key or value that is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xqctl.findings import Mend, Problem
from xqctl.messages import Message, Word, msg
from xqctl.place import Route, Where
from xqctl.schema.engines import Fault, Read, faults, schema
from xqctl.schema.habits import QUOTES, closest, retyped, rewritten, whole_number

OUT_OF_BOUNDS = "XQS006"
_SHOWN = 12
_DAYS = frozenset(("date", "moment", "year", "school_year"))


def explained(file: str, data: object, root: str = "xqctl", read: Read = schema) -> Iterator[Problem]:
    """Everything the reference engine finds wrong with a file's data, each thing once; `root`, `read` as for it."""
    found: dict[tuple[Where, str], Problem] = {}
    for error in faults(data, root, read):
        for problem in _problems(file, error):
            found.setdefault((problem.where, problem.code), problem)
    told = {where for where, code in found if code != OUT_OF_BOUNDS}
    yield from (each for (where, code), each in found.items() if code != OUT_OF_BOUNDS or where not in told)


def _problems(file: str, error: Fault) -> Iterator[Problem]:
    route = Route(file, error.keys)
    if error.of_name:
        yield _key(route.to(str(error.value), part="key"), error)
        return
    told = _TOLD.get(error.keyword, _unfit)
    yield from told(route, error)


def _missing(route: Route, error: Fault) -> Iterator[Problem]:
    strange = [name for name in error.value if name not in error.fields]
    lacking = [name for name in error.wanted if name not in error.value and not closest(name, strange)]
    if not lacking:
        return  # what is only misspelt is told there
    message = msg("missing here: {fields}", fields=[_named(error, name) for name in lacking])
    help_ = msg("add {fields}", fields=[f"`{name}`" for name in lacking])
    yield Problem(Route(route.file, route.keys, "key"), message, help_, code="XQS001")


def _dependent(route: Route, error: Fault) -> Iterator[Problem]:
    """`dependentRequired`: what one field asks for beside it."""
    for name, others in error.wanted.items():
        lacking = [other for other in others if other not in error.value]
        if name in error.value and lacking:
            fields = [_named(error, other) for other in lacking]
            message = msg("{name} stands without {fields}", name=_named(error, name), fields=fields)
            help_ = msg("add {fields}", fields=[f"`{other}`" for other in lacking])
            yield Problem(route.to(name, part="key"), message, help_, code="XQS001")


def _unknown(route: Route, error: Fault) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    patterns = [re.compile(pattern) for pattern in error.schema.get("patternProperties", {})]
    for name in error.value:
        if name in known or any(pattern.search(name) for pattern in patterns):
            continue
        at = route.to(name, part="key")
        if not route.keys and "district" in known:
            message, code = msg("`{name}` is no kind", name=name), "XQS007"
        else:
            kind = route.keys[0] if route.keys else "plan"
            owner = _title(error.schema if "title" in error.schema else schema(kind), kind)
            message = msg("`{name}` is no field of {owner}", name=name, owner=owner)
            code = "XQS002"
        yield Problem(at, message, _meant(name, error) or _closest(name, known) or _some_of(known), code=code)


def _meant(name: str, error: Fault) -> Message | None:
    """The field whose Chinese title somebody wrote instead of its name."""
    titled = next((field for field, told in error.fields.items() if told.get("title") == name), None)
    return msg("write `{name}`", name=titled) if titled else None


def _type(route: Route, error: Fault) -> Iterator[Problem]:
    value, quantity = error.value, error.schema.get("x-quantity")
    if value is None:
        yield _empty(route, error)
    elif quantity == "money" and not isinstance(value, bool) and isinstance(value, int | Decimal):
        yield _unitless(route, value)
    else:
        wanted = [error.wanted] if isinstance(error.wanted, str) else [each for each in error.wanted if each != "null"]
        message = msg(
            "{field} is {type}, not {wanted}",
            field=_field(route, error),
            type=_TYPES[_type_of(value)],
            wanted=_either([_TYPES[each] for each in wanted]),
        )
        mend = retyped(route, value, wanted, quantity)
        yield Problem(route, message, _mend_type(value, wanted, error), code="XQS003", mend=mend)


def _empty(route: Route, error: Fault) -> Problem:
    message = msg("{field} is empty", field=_field(route, error))
    return Problem(route, message, msg("write its value, or delete the line"), code="XQS010")


def _mend_type(value: object, wanted: Sequence[str], error: Fault) -> Message | None:
    if wanted == ["string"] and isinstance(value, int | Decimal) and "x-quantity" not in error.schema:
        return msg('write it in quotes: "{value}"', value=_plain(value))
    if "integer" in wanted and isinstance(value, str) and (number := whole_number(value)):
        return msg("write the number alone: {number}", number=number)
    if wanted == ["boolean"] and isinstance(value, str) and value.lower() in _YES_NO:
        return msg("write {value}", value=_YES_NO[value.lower()])
    if error.schema.get("x-quantity") == "area" and isinstance(value, int | Decimal):
        return msg("write `{name}`", name=f"{value}m2")
    if "object" in wanted and isinstance(value, list):
        return msg("things are keyed by their id: write `id: …` lines instead of a list")
    return _like(error)


def _enum(route: Route, error: Fault) -> Iterator[Problem]:
    if error.value is None:
        yield _empty(route, error)
        return
    if isinstance(error.value, dict | list):
        message = msg(
            "{field} is {type}, not {wanted}",
            field=_field(route, error),
            type=_TYPES[_type_of(error.value)],
            wanted=msg("a word"),
        )
        yield Problem(route, message, code="XQS003")
        return
    wanted = error.wanted if isinstance(error.wanted, list) else [error.wanted]
    options = [_plain(option) for option in wanted if option is not None]
    labels = error.schema.get("x-labels", {})
    value = _plain(error.value)
    by_label = next((slug for slug, label in labels.items() if value in label.values()), None)
    message = msg("`{value}` is no {field}", value=_short(value), field=_field(route, error))
    help_ = msg("write `{name}`", name=by_label) if by_label else _closest(value, options) or _some_of(options)
    yield Problem(route, message, help_, code="XQS004")


def _some_of(options: Sequence[str]) -> Message:
    quoted = [f"`{option}`" for option in options[:_SHOWN]]
    if len(options) <= _SHOWN:
        return msg("one of {options}", options=quoted)
    return msg("one of {options} and {more} more", options=quoted, more=len(options) - _SHOWN)


def _pattern(route: Route, error: Fault) -> Iterator[Problem]:
    value = str(error.value)
    if error.schema.get("x-quantity") == "money" and re.fullmatch(r"[0-9.]+(?:\.\.[0-9.]+)?", value):
        yield _unitless(route, value)
        return
    if value[:1] in QUOTES:
        message = msg("{field} stands in full-width quotation marks", field=_field(route, error))
        mend = Mend(route, value.strip(QUOTES), is_safe=False)
        yield Problem(route, message, msg('write "{value}"', value=value.strip(QUOTES)), code="XQS005", mend=mend)
        return
    message = msg("`{value}` is no {what}", value=_short(value), what=_field(route, error))
    meant = rewritten(value, error.schema.get("x-quantity"), error.wanted)
    help_ = msg("write `{name}`", name=meant) if meant else _like(error)
    yield Problem(route, message, help_, code="XQS005", mend=Mend(route, meant, is_safe=False) if meant else None)


def _unitless(route: Route, value: object) -> Problem:
    message = msg("{value} is money without a unit: 元, 万元 or 亿元?", value=value)
    return Problem(route, message, msg("write `{value}元` or `{value}万元`", value=value), code="XQS009")


def _bounds(route: Route, error: Fault) -> Iterator[Problem]:
    bound, field = error.wanted, _field(route, error)
    if error.schema.get("x-quantity") in _DAYS:
        message = msg("`{value}` is no {what}", value=error.value, what=field)
        yield Problem(route, message, _like(error), code="XQS005")
        return
    match error.keyword:
        case "minimum" | "exclusiveMinimum":
            message = msg("{field} is {value}, below {bound}", field=field, value=error.value, bound=bound)
        case "maximum" | "exclusiveMaximum":
            message = msg("{field} is {value}, above {bound}", field=field, value=error.value, bound=bound)
        case "minItems" | "minProperties" | "minLength":
            if not error.value:
                yield _empty(route, error)
                return
            message = msg("{field} has {count}, fewer than {bound}", field=field, count=len(error.value), bound=bound)
        case "uniqueItems":
            message = msg("{field} names something twice", field=field)
        case _:
            message = msg("{field} has {count}, more than {bound}", field=field, count=len(error.value), bound=bound)
    yield Problem(route, message, code=OUT_OF_BOUNDS)


def _unfit(route: Route, error: Fault) -> Iterator[Problem]:
    """The keywords that forbid: a schema says in `x-message` what they mean."""
    words = error.schema.get("x-message")
    message = Message(words) if words else msg("{field} cannot stand here like this", field=_field(route, error))
    yield Problem(route, message, _like(error), code=OUT_OF_BOUNDS)


_TOLD: Mapping[str, Callable[[Route, Fault], Iterator[Problem]]] = {
    "required": _missing,
    "dependentRequired": _dependent,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "const": _enum,
    "pattern": _pattern,
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "minLength", "maxLength",
         "minProperties", "maxProperties", "uniqueItems"), _bounds),
}  # fmt: skip


def _key(route: Route, error: Fault) -> Problem:
    key, options = route.keys[-1], error.wanted
    if error.keyword == "enum":
        message = msg("`{key}` is no {what}", key=_short(key), what=_title(error.schema, "key"))
        return Problem(route, message, _closest(key, options) or _some_of(options), code="XQS004")
    if error.schema.get("x-title-en") == "id" or "x-ref" in error.schema:
        message = msg("`{key}` cannot be an id", key=_short(key))
        help_ = msg("an id has no blanks, no dots or other marks, and is not shaped like a date")
        return Problem(route, message, help_, code="XQS008")
    message = msg("`{key}` is no {what}", key=_short(key), what=_title(error.schema, "key"))
    return Problem(route, message, _like(error), code="XQS005")


_TYPES: Mapping[str, Message] = {
    "object": msg("a mapping"),
    "array": msg("a list"),
    "string": msg("text"),
    "integer": msg("a whole number"),
    "number": msg("a number"),
    "boolean": msg("true or false"),
    "null": msg("empty"),
}
_YES_NO = {"yes": "true", "no": "false", "on": "true", "off": "false", "是": "true", "否": "false"}


def _type_of(value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case Decimal():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _field(route: Route, error: Fault) -> Message | Word | str:
    """What the wrong thing is called: its field, else what its schema says it is."""
    if not route.keys:
        return msg("the file")
    name = route.keys[-1]
    if name.isascii() and not name.isdigit() and name:
        return _labelled(name, error.own)
    return _title(error.schema, name)


def _named(error: Fault, name: str) -> Word:
    return _labelled(name, error.fields.get(name, {}))


def _labelled(name: str, schema: Mapping[str, Any]) -> Word:
    title = schema.get("title")
    return Word(f"`{name}`（{title}）" if title else f"`{name}`", f"`{name}`")


def _plain(value: object) -> str:
    """A scalar as YAML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _title(schema: Mapping[str, Any], otherwise: str) -> Word:
    """A schema's Chinese title; in English the first words of its description, up to a stop."""
    english = re.split(r"[.;:,(]", schema.get("description", ""), maxsplit=1)[0].strip()
    return Word(schema.get("title", otherwise), schema.get("x-title-en") or english or otherwise)


def _like(error: Fault) -> Message | None:
    examples = error.schema.get("examples", [])
    return msg("write it like {examples}", examples=[f"`{each}`" for each in examples[:3]]) if examples else None


def _closest(name: str, known: Sequence[str]) -> Message | None:
    near = closest(name, known)
    return msg("did you mean `{name}`?", name=near) if near else None


def _either(words: list[Message]) -> Message:
    return words[0] if len(words) == 1 else msg("{one} or {other}", one=words[:-1], other=words[-1])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
