"""Knows what a question is asked of: one named thing, each of a sort, or the declarer itself."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from xqctl.conditions import passes, variables
from xqctl.district import District, Entry
from xqctl.kinds.schools import open_schools, schools
from xqctl.kinds.units import units
from xqctl.measuring import Question, Thing
from xqctl.network import counted, pairs
from xqctl.stages import stages_of

KINDS: Mapping[str, str] = {"zone": "zones", "group": "groups", "alliance": "alliances"}
"""The kind of each sort of unit."""

_CITIES = ("city", "province")


def things(district: District, question: Question, day: date) -> tuple[Thing, ...]:
    """The things a question is asked of on a day: `of` names one, `each` a sort of them, `where` picks among these.

    Asked of a stage, schools and units that have other stages only are not among them.
    """
    each = question.each
    found: tuple[Thing, ...]
    if question.of is not None:
        every = () if each is None else _every(district, each, day)
        one = next((thing for thing in every if thing.id == question.of), None) or named(district, question.of, day)
        found = () if one is None else (one,)
    else:
        found = (Thing("district", district.itself),) if each is None else tuple(_every(district, each, day))
    where = question.where
    return tuple(
        thing
        for thing in found
        if _is_of_stage(thing, question.stage, day)
        and (where is None or passes(where, thing.each, variables(thing.entry, day)) is True)
    )


def named(district: District, id_: str, day: date) -> Thing | None:
    """The thing an id names, whatever its sort; None where it is not open then."""
    unit = units(district).get(id_)
    if unit is not None:
        sort = "pair" if unit.form(day) == "pair" else next(each for each, kind in KINDS.items() if kind == unit.kind)
        return Thing(sort, unit.entry, unit=unit) if unit.is_open(day) else None
    school = schools(district).get(id_)
    if school is not None:
        return Thing("school", school.entry, school=school) if school.is_open(day) else None
    if id_ == district.itself.text("name"):
        return Thing("district", district.itself)
    other = district.get("districts", id_)
    return None if other is None else Thing("district", other)


def _is_of_stage(thing: Thing, stage: str | None, day: date) -> bool:
    """Whether a school or unit has the stage, or does not say which ones it has."""
    one = thing.unit or thing.school
    has = one.stages(day) if one is not None and stage is not None else frozenset()
    return not has or stage is None or bool(stages_of(stage) & has)


def _every(district: District, each: str, day: date) -> Iterator[Thing]:
    return _SORTS[each](district, day) if each in _SORTS else iter(())


def _of(each: str) -> Callable[[District, date], Iterator[Thing]]:
    return lambda district, day: (Thing(each, unit.entry, unit=unit) for unit in counted(district, day, KINDS[each]))


def _pairs(district: District, day: date) -> Iterator[Thing]:
    return (Thing("pair", pair.unit.entry, unit=pair.unit) for pair in pairs(district, day))


def _schools(district: District, day: date) -> Iterator[Thing]:
    return (Thing("school", school.entry, school=school) for school in open_schools(district, day))


def _districts(district: District, _day: date) -> Iterator[Thing]:
    """A city or province measures each district that lies within it, a district itself."""
    if district.itself.text("level") not in _CITIES:
        return iter((Thing("district", district.itself),))
    named = (entry for entry in district.all("districts") if entry.text("level") not in _CITIES)
    return (Thing("district", entry) for entry in named if not entry.is_disputed and _lies_within(district, entry))


def _lies_within(district: District, entry: Entry) -> bool:
    """Whether a district lies within the one that declares, itself or by way of another."""
    outer, seen = entry.text("within"), set[str]()
    while outer is not None and outer not in seen:
        if outer == district.itself.text("name"):
            return True
        seen.add(outer)
        around = district.get("districts", outer)
        outer = None if around is None else around.text("within")
    return False


_SORTS: Mapping[str, Callable[[District, date], Iterator[Thing]]] = {
    **{each: _of(each) for each in KINDS},
    "pair": _pairs,
    "school": _schools,
    "district": _districts,
}
