"""写出 JSON Schema，供编辑器和别的工具使用
Print the JSON Schema, for editors and other tools.

About:
    写出的模式自成一体，不引用别的文件。给出类别（如 groups）时只写这一类，不给时写整个区县文件的；plan 是方案中
    plan.yaml 的，patch 是方案其余文件的：什么都不必写，可写 null。

    The schema stands alone and refers to no other file. With a kind, such as groups, it is that kind's; without one, it
    is that of a whole district file; plan is that of a plan's plan.yaml, patch that of its other files: nothing is
    required there, and null is taken.

Examples:
    xqctl schema groups
    xqctl schema > xqctl.schema.json
    xqctl schema plan --format json
    xqctl schema patch > patch.schema.json
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from xqctl.answer import answer
from xqctl.commands._verb import Argument, Verb, options, unknown
from xqctl.messages import msg
from xqctl.page import Code, Page
from xqctl.schema import KINDS, schema
from xqctl.schema.engines import Read
from xqctl.schema.patch import loose
from xqctl.terminal import Terminal

WHOLE, PLAN, PATCH = "xqctl", "plan", "patch"


def _answer(terminal: Terminal, kind: str | None) -> Page:
    if kind is not None and kind not in (*KINDS, PLAN, PATCH):
        raise unknown(msg("kind"), kind, (*KINDS, PLAN, PATCH))
    whole = bundled(WHOLE, loose) if kind == PATCH else bundled(kind or WHOLE)
    text = json.dumps(whole, ensure_ascii=False, indent=2, default=_number)
    parts = {"kind": kind, "schema": whole}
    data = answer("schema", terminal.lang, parts=parts, summary={"definitions": len(whole.get("$defs", ()))})
    return Page(kind or WHOLE, (Code(text, "json"),), data)


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
    return {**whole, "$defs": dict(sorted(found.items()))} if found else whole


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


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(Argument(["kind"], msg("one kind only: groups, schools, plan …"), required=False, metavar="[KIND]")),
)
