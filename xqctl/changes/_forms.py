"""Knows the one form that everything declared can be brought to, so that two states differ only where they mean to.

What may be one or several is a list, plain words in a list are sorted, a short value is written long, a quantity in one
way; seen on a day, what changes by date is what it is then, and what does not live then is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final, cast

from xqctl.changes._points import Point, root
from xqctl.compose.read import Data
from xqctl.district import District
from xqctl.quantities import Interval, interval, is_dated, on, parse, show
from xqctl.refactoring.things import in_literals
from xqctl.references import PARTY, UNIT


class _Missing(Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING
"""What stands where nothing stands; a district's own null is something."""
Value = Data | _Missing
Tree = Mapping[str, Data]
Renames = Mapping[tuple[str, str], str]
"""The new id of a thing, by its kind and its old one."""

_SETS = {"party": PARTY, "unit": UNIT, "party-or-unit": (*PARTY, *UNIT)}
_IN_ORDER = ("order", "when")
_DAYS = frozenset(("date", "year", "moment"))
_WRITTEN_ANYHOW = frozenset(("percent", "money", "area", "number", "range", "value", "bound", "quantity", "count"))


@dataclass(frozen=True, slots=True)
class Form:
    """How a tree is formed: on a day, or (None) for all time; with things called by other ids."""

    day: date | None = None
    renames: Renames = field(default_factory=dict)

    def tree(self, district: District) -> dict[str, Data]:
        """All collections of a district, joined, by kind and id."""
        found: dict[str, Data] = {}
        for kind, entries in district.kinds.items():
            collection: dict[str, Data] = {}
            for entry in entries.values():
                here = collection
                for key in entry.keys[1:-1]:
                    here = cast("dict[str, Data]", here.setdefault(key, {}))
                here[entry.keys[-1]] = dict(entry.data)
            whole = collection[kind] if kind == "district" else collection
            formed = self.value(whole, root(kind), kind)
            if isinstance(formed, dict):
                renamed = {self._called(kind, id_): value for id_, value in formed.items()}
                found[kind] = renamed if kind not in ("district", "statistics") else formed
        return found

    def value(self, value: Data, point: Point, key: str = "") -> Value:
        """A value in its one form; MISSING where it is nothing on the day."""
        said = point.seen(value)
        match value:
            case dict() if said.says("x-dated") and is_dated(value):
                return self._dated(value, point, key)
            case dict() if said.says("x-dated") and "value" in value and said.says("x-long") is None:
                return self._held(value, point, key)
            case dict():
                return self._mapping(value, said, key)
            case list():
                items = [item for each in value if (item := self.value(each, said.items, key)) is not MISSING]
                plain = all(isinstance(item, str | int) for item in items)
                return sorted(items, key=str) if plain and key not in _IN_ORDER else items
            case str() if key == "at" and self.renames:
                return self._plain(self._path(value), said)
            case _:
                return self._plain(value, said)

    def _dated(self, value: dict[str, Data], point: Point, key: str) -> Value:
        if self.day is not None:
            held = on(value, self.day)
            return MISSING if held is None else self.value(cast("Data", held), point, key)
        found: dict[str, Data] = {}
        for when, each in value.items():
            inner = self._held(each, point, key) if isinstance(each, dict) and "value" in each else None
            formed = inner if inner is not None else self.value(each, point, key)
            if formed is not MISSING:
                found[when] = formed
        return found

    def _held(self, value: dict[str, Data], point: Point, key: str) -> Value:
        """An object around a value that dates it, or says where it is from."""
        inner = self.value(value["value"], point, key)
        if self.day is not None:
            return inner if _days(value).contains(self.day) else MISSING
        if set(value) == {"value"} or inner is MISSING:
            return inner
        rest = {name: self.value(each, point.seen(value).below(name), name) for name, each in value.items()}
        return {**{name: each for name, each in rest.items() if each is not MISSING}, "value": inner}

    def _mapping(self, value: dict[str, Data], said: Point, key: str) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for name, each in value.items():
            below = said.below(name)
            is_over = not below.is_field and isinstance(each, dict) and not is_dated(each) and key != "disputed"
            if is_over and self.day is not None and not _days(cast("dict[str, Data]", each)).contains(self.day):
                continue
            formed = self.value(each, below, name if below.is_field else key)
            if formed is not MISSING:
                found[name if below.is_field else self._reference(name, said.names.seen(name))] = formed
        return found

    def _plain(self, value: Data, said: Point) -> Data:
        formed = value
        if isinstance(value, int) and said.says("x-quantity") in _DAYS:
            formed = str(value)
        elif isinstance(value, str):
            formed = self._reference(value, said)
            if said.says("x-quantity") in _WRITTEN_ANYHOW:
                quantity = parse(value)
                formed = show(quantity) if quantity is not None else value
        long = said.says("x-long")
        if long is not None and isinstance(formed, str):
            return {long: formed}
        return [formed] if said.says("x-many") else formed

    def _reference(self, text: str, said: Point) -> str:
        """A name that means something else by now."""
        kinds = said.says("x-ref")
        if self.renames and said.says("x-expression"):
            for (_, old), new in self.renames.items():
                text = in_literals(text, old, new)
        if kinds is None or not self.renames:
            return text
        kinds = _SETS[kinds] if isinstance(kinds, str) else tuple(kinds)
        name, mark, place = text.partition("#") if said.says("x-place") else (text, "", "")
        for kind in kinds:
            if (kind, name) in self.renames:
                return self.renames[kind, name] + mark + place
        school, slash, campus = name.partition("/")
        if slash and "campuses" in kinds:
            return self._called("schools", school) + slash + campus
        return text

    def _path(self, text: str) -> str:
        """A path that leads to or through something that is called otherwise by now."""
        kind, *names = text.split(".")
        every = {old: new for (_, old), new in self.renames.items()}
        found = [self._called(kind, name) if number == 0 else name for number, name in enumerate(names)]
        return ".".join((kind, *found[:1], *(every.get(name, name) for name in found[1:])))

    def _called(self, kind: str, id_: str) -> str:
        return self.renames.get((kind, id_), id_)


def _days(value: Mapping[str, Data]) -> Interval:
    return interval(value.get("since"), value.get("until"))
