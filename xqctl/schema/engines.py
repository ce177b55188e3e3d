"""Knows the schemas themselves and the two engines that hold data against them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, cast

from xqctl import resources
from xqctl.place import Keys

Schema = Mapping[str, Any]

_SHARED = frozenset(("baseline", "common", "mapping", "plan", "settings", "standard", "unit", "xqctl"))
_ENDING = ".schema.json"
PARTY_KINDS = ("schools", "organisations", "districts", "zones", "groups", "alliances")
"""The kinds that share one namespace: an id names one party."""


def _kinds() -> tuple[str, ...]:
    names = {path.name.removesuffix(_ENDING) for path in resources.schemas().glob(f"*{_ENDING}")}
    ordered = [name for name in schema("xqctl")["properties"] if name in names]
    return (*ordered, *sorted(names - set(ordered) - _SHARED))


@cache
def schema(name: str) -> Schema:
    """A schema by its name (``schools``, ``common`` …), its numbers exact."""
    text = (resources.schemas() / f"{name}{_ENDING}").read_text(encoding="utf-8")
    return cast("Schema", json.loads(text, parse_float=Decimal))


Read = Callable[[str], Schema]
KINDS = _kinds()
"""Every kind, in the order of the joined schema."""


def is_valid(data: object, root: str = "xqctl", read: Read = schema) -> bool:
    """Whether a document has the right shape; the fast engine answers.

    It is held against the schema called `root`; `read` gives all schemas by their names, as they are or patched.
    """
    return _fast(root, read)(data)


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of the reference engine: where, which keyword it broke, what that wanted, what was there instead.

    `schema` is the subschema that holds the keyword, `own` the one that says what the field itself is, `fields`
    those of the fields in it; `of_name` says that a key is meant, which `value` then is.
    """

    keys: Keys
    keyword: str
    wanted: Any
    value: Any
    schema: Schema
    own: Schema
    fields: Mapping[str, Schema]
    of_name: bool


def faults(data: object, root: str = "xqctl", read: Read = schema) -> Iterator[Fault]:
    """What the reference engine says of a document, in its order; `root` and `read` as for `is_valid`."""
    for error in _reference(root, read).iter_errors(data):
        found = error.schema if isinstance(error.schema, dict) else {}
        own, file = _own(error.absolute_schema_path, root, read)
        yield Fault(
            keys=tuple(str(step) for step in error.absolute_path),
            keyword=str(error.validator),
            wanted=error.validator_value,
            value=error.instance,
            schema=found,
            own=own or found,
            fields={name: _told(field, file, read)[0] for name, field in found.get("properties", {}).items()},
            of_name="propertyNames" in error.absolute_schema_path,
        )


def _own(way: Iterable[str | int], root: str, read: Read) -> tuple[Schema, str]:
    """What the last field on the way to a keyword is, and the file of the schema that the way ends in."""
    here, file, own = read(root), root, cast("Schema", {})
    is_name = False
    for step in way:
        while step not in here and "$ref" in here:
            here, file = _pointed(here["$ref"], file, read)
        here = cast("Any", here)[step]
        if is_name:
            own, _ = _told(here, file, read)
        is_name = step == "properties" and not is_name
    return own, file


def _told(here: Schema, file: str, read: Read) -> tuple[Schema, str]:
    """The schema itself, or the one it refers to, whichever has a title."""
    while "title" not in here and "$ref" in here:
        here, file = _pointed(here["$ref"], file, read)
    return here, file


def _pointed(ref: str, file: str, read: Read) -> tuple[Schema, str]:
    path, _, pointer = ref.partition("#/$defs/")
    file = path.removesuffix(_ENDING) or file
    return (read(file)["$defs"][pointer] if pointer else read(file)), file


def _all(read: Read) -> Iterator[Schema]:
    return (read(path.name.removesuffix(_ENDING)) for path in sorted(resources.schemas().glob(f"*{_ENDING}")))


@cache
def _fast(root: str, read: Read) -> Callable[[object], bool]:
    import jsonschema_rs

    registry = jsonschema_rs.Registry([(each["$id"], dict(each)) for each in _all(read)])
    validator = jsonschema_rs.validator_for(dict(read(root)), registry=registry)
    return cast("Callable[[object], bool]", validator.is_valid)


@cache
def _reference(root: str, read: Read) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    resources_ = ((each["$id"], Resource.from_contents(each)) for each in _all(read))
    registry: Registry[Any] = Registry().with_resources(resources_)
    return Draft202012Validator(read(root), registry=registry)
