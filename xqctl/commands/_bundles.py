"""Knows how a schema is made to stand alone, and which ones an editor wants beside a district's files."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from xqctl.schema import schema
from xqctl.schema.engines import Read
from xqctl.schema.patch import loose

WHOLE, PLAN, PATCH = "xqctl", "plan", "patch"
ALONE = (WHOLE, PLAN, PATCH, "mapping", "settings", "baseline")
"""What an editor needs: the schema of a district's files, of a plan's own file, of a plan's other files, of mapping
files, of ``.xqctl.yaml`` and of baselines."""


def alone(name: str) -> dict[str, Any]:
    """The schema of a kind, or one of `ALONE`, referring to no other file."""
    return bundled(WHOLE, loose) if name == PATCH else bundled(name)


def spelled(whole: Mapping[str, Any]) -> str:
    """A schema as text."""
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_number)


def beside() -> dict[str, bytes]:
    """The files an editor is pointed at, by their names."""
    return {f"{name}.schema.json": f"{spelled(alone(name))}\n".encode() for name in ALONE}


def bundled(name: str, read: Read = schema) -> dict[str, Any]:
    """The schema of that name with everything it refers to in its own ``$defs``, under ``file.definition``."""
    found: dict[str, Any] = {}
    pending = [name]
    while pending:
        key = pending.pop()
        if key not in found:
            found[key] = _inward(_looked_up(key, read), _file(key), name)
            pending += sorted(_wanted(found[key]), reverse=True)
    whole: dict[str, Any] = {"$schema": read(name)["$schema"], **found.pop(name)}
    if not found:
        return whole
    defs = dict(sorted(found.items()))
    return {**_hinted(whole, defs), "$defs": {key: _hinted(each, defs) for key, each in defs.items()}}


def _hinted(node: Any, defs: Mapping[str, Any]) -> Any:
    """`node` with what editors know besides JSON Schema: what a word means, and which words may stand somewhere.

    yaml-language-server shows `enumDescriptions` beside the words of an ``enum``, but finds none behind ``else``:
    where a word or something longer may stand, `defaultSnippets` offer the words.
    """
    match node:
        case Mapping():
            found = {key: _hinted(value, defs) for key, value in node.items()}
            if "x-labels" in node and "enum" in node:
                found["enumDescriptions"] = [_meaning(node, word) for word in node["enum"]]
            words = _words(node, defs) if "else" in node else {}
            if words:
                offers = [{"label": word, "description": said, "body": word} for word, said in words.items()]
                found["defaultSnippets"] = offers
            return found
        case list():
            return [_hinted(value, defs) for value in node]
        case _:
            return node


def _words(node: Mapping[str, Any], defs: Mapping[str, Any]) -> dict[str, str]:
    """The words that may stand plainly where `node` is, and what each means."""
    if "$ref" in node and node["$ref"] != "#":
        return _words(defs[node["$ref"].removeprefix("#/$defs/")], defs)
    if "else" in node:
        return _words(node["else"], defs)
    return {word: _meaning(node, word) for word in node.get("enum", ()) if isinstance(word, str)}


def _meaning(node: Mapping[str, Any], word: str | None) -> str:
    """A word of an ``enum`` in Chinese; the word itself is English."""
    label = node.get("x-labels", {}).get(word, {})
    return str(label.get("zh", ""))


def _looked_up(key: str, read: Read) -> Mapping[str, Any]:
    """The schema a key stands for, without its frame: ``groups`` a file's own, ``groups.entry`` a definition in it."""
    file, _, definition = key.partition(".")
    node: Mapping[str, Any] = read(file)["$defs"][definition] if definition else read(file)
    return {name: value for name, value in node.items() if name not in ("$schema", "$id", "$defs")}


def _file(key: str) -> str:
    return key.partition(".")[0]


def _inward(node: Any, file: str, whole: str) -> Any:
    """`node` of `file` with every reference turned to the ``$defs`` of the `whole`."""
    match node:
        case Mapping():
            return {
                key: _turned(value, file, whole) if key == "$ref" else _inward(value, file, whole)
                for key, value in node.items()
            }
        case list():
            return [_inward(value, file, whole) for value in node]
        case _:
            return node


def _turned(ref: str, file: str, whole: str) -> str:
    path, _, pointer = ref.partition("#")
    key = ".".join(filter(None, (path.removesuffix(".schema.json") or file, pointer.removeprefix("/$defs/"))))
    return "#" if key == whole else f"#/$defs/{key}"


def _wanted(node: Any) -> Iterator[str]:
    """The keys of the definitions that `node` refers to."""
    match node:
        case Mapping():
            for key, value in node.items():
                if key == "$ref" and value != "#":
                    yield value.removeprefix("#/$defs/")
                elif key != "$ref":
                    yield from _wanted(value)
        case list():
            for value in node:
                yield from _wanted(value)


def _number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)
