"""Knows what the schemas say of a kind: its fields, what may stand in each, and what each means, in one language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from xqctl.messages import Lang
from xqctl.schema import schema

Node = Mapping[str, Any]

_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind: `path` from the entry down, ``*`` for names people choose; `values` with their labels.

    `refers` are the kinds its value names something of, `named_after` those that its keys do.
    """

    path: str
    title: str
    description: str
    type: str
    required: bool
    values: tuple[tuple[str, str], ...]
    refers: tuple[str, ...]
    named_after: tuple[str, ...]
    dated: bool
    several: bool
    range: bool
    examples: tuple[object, ...]


def in_language(text: str, lang: Lang) -> str:
    """One half of a bilingual description: the English sentences come first, the Chinese ones after them."""
    starts = [found.end() for found in re.finditer(r"[.)] (?=\S)", text) if _CHINESE.search(text[found.end() :])]
    if not starts:
        return text
    return text[starts[-1] :] if lang == "zh" else text[: starts[-1]].strip()


def labelled(word: str, label: str, lang: Lang) -> str:
    """A word of the schema with what it means: ``merged 一体化``, ``one (one legal person)``."""
    if label in ("", word):
        return word
    return f"{word} {label}" if lang == "zh" else f"{word} ({label})"


@cache
def fields(kind: str, lang: Lang) -> tuple[Field, ...]:
    """Every field of a kind's entries, nested ones after the one that holds them."""
    node, file = _entry(kind)
    return tuple(_fields(node, file, "", lang, set()))


def _entry(kind: str) -> tuple[Node, str]:
    """The shape of one entry: what stands under the names people choose (under a year and a school, in statistics)."""
    node, file = _flat(schema(kind), kind)
    while "properties" not in node:
        node, file = _flat(node["additionalProperties"], file)
    return node, file


def _flat(node: Node, file: str) -> tuple[dict[str, Any], str]:
    """A node with its references followed and its values' first form taken; what stands nearer wins.

    Dated values and lists are read for the single value; a short form that has a long one as an object (``lead`` or
    ``{role: lead}``) keeps the object's fields under ``x-object``.
    """
    merged: dict[str, Any] = {}
    while True:
        merged = {**node, **merged}
        if "$ref" in node:
            path, _, pointer = node["$ref"].partition("#")
            file = path.removesuffix(".schema.json") or file
            node = schema(file)["$defs"][pointer.removeprefix("/$defs/")] if pointer else schema(file)
            merged.pop("$ref")
        elif "else" in node:
            if not node.get("x-dated") and not node.get("x-many"):
                merged.setdefault("x-object", _flat(node["then"], file))
            node = node["else"]
            merged.pop("else")
        elif node.get("type") == "array":
            merged = {**merged, "x-many": True}
            node = node["items"]
            merged.pop("type")
        else:
            return merged, file


def _fields(node: Node, file: str, above: str, lang: Lang, seen: set[str]) -> Iterator[Field]:
    required = node.get("required", ())
    for name, raw in node.get("properties", {}).items():
        flat, home = _flat(raw, file)
        path = f"{above}{name}"
        yield _field(path, flat, home, required=name in required, lang=lang)
        yield from _within(flat, home, path, lang, seen)


def _within(flat: Node, home: str, path: str, lang: Lang, seen: set[str]) -> Iterator[Field]:
    """The fields of what a field holds: an object, or things under names; a shape that was told is not told again."""
    node, file = flat.get("x-object", (flat, home))
    if isinstance(node.get("additionalProperties"), Mapping):
        inner, file = _flat(node["additionalProperties"], file)
        path = f"{path}.*"
        if "description" in inner:
            yield _field(path, inner, file, required=False, lang=lang)
        yield from _within(inner, file, path, lang, seen)
    shape = str(sorted(node.get("properties", ())))
    if node.get("properties") and shape not in seen:
        seen.add(shape)
        yield from _fields(node, file, f"{path}.", lang, seen)


def _field(path: str, flat: Node, file: str, *, required: bool, lang: Lang) -> Field:
    labels = flat.get("x-labels", {})
    keys = _flat(flat["propertyNames"], file)[0] if "propertyNames" in flat else {}
    return Field(
        path=path,
        title=flat.get("title", "") if lang == "zh" else "",
        description=in_language(flat.get("description", ""), lang),
        type=_type(flat),
        required=required,
        values=tuple((value, labels.get(value, {}).get(lang, "")) for value in flat.get("enum", ())),
        refers=_kinds_of(flat.get("x-ref", ())),
        named_after=_kinds_of(keys.get("x-ref", ())),
        dated=bool(flat.get("x-dated")),
        several=bool(flat.get("x-many")),
        range=bool(flat.get("x-range")),
        examples=tuple(flat.get("examples", ())),
    )


def _kinds_of(ref: str | list[str] | tuple[()]) -> tuple[str, ...]:
    return (ref,) if isinstance(ref, str) else tuple(ref)


def _type(flat: Node) -> str:
    if "enum" in flat:
        return "word"
    if flat.get("x-expression"):
        return "expression"
    named = flat.get("type", "object" if "properties" in flat or "additionalProperties" in flat else "string")
    return str(flat.get("x-quantity", named if isinstance(named, str) else named[-1]))
