"""Knows who is tied to whom: which school a party stands for, who is inside a unit, which schools are paired."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from xqctl.district import District, kept
from xqctl.kinds.schools import Campus, School, schools
from xqctl.kinds.statistics import record
from xqctl.kinds.units import Member, Unit, open_units, units
from xqctl.place import Route
from xqctl.quantities import SchoolYear


@dataclass(frozen=True, slots=True)
class Pair:
    """An open alliance of form `pair` on a day, and the schools in it."""

    unit: Unit
    schools: tuple[School, ...]


def school_of(district: District, party: str) -> School | None:
    """The school a party stands for: itself, or the one a campus is a site of; None for every other party."""
    known = schools(district)
    return known.get(party) or known.get(party.partition("/")[0])


def campus_of(district: District, party: str) -> Campus | None:
    """The campus a party is, if it is one."""
    school = schools(district).get(party.partition("/")[0])
    return next((campus for campus in school.campuses if campus.ref == party), None) if school is not None else None


def stages_at(district: District, party: str, day: date) -> frozenset[str]:
    """The stages a school has on a day, or a campus (where it says none: its school); empty where nothing is said."""
    school, campus = school_of(district, party), campus_of(district, party)
    own = campus.stages(day) if campus is not None else frozenset()
    return own or (school.stages(day) if school is not None else frozenset())


def setting_at(district: District, party: str, day: date) -> str | None:
    """The setting of a school on a day, or of a campus (where it says none: of its school)."""
    school, campus = school_of(district, party), campus_of(district, party)
    own = campus.setting(day) if campus is not None else None
    return own or (school.setting(day) if school is not None else None)


def whole_number(district: District, school: School, name: str, year: SchoolYear) -> tuple[Decimal, Route] | None:
    """A school's number in a year, those of campuses with statistics of their own added, and where it stands.

    None where nothing is said of the school, or not of all its stages.
    """
    refs = (school.id, *(campus.ref for campus in school.campuses))
    records = [known for ref in refs if (known := record(district, ref, year)) is not None]
    day = year.interval.start or district.as_of
    totals = [each.total(name, stages_at(district, each.party, day)) for each in records]
    known_totals = [total for total in totals if total is not None]
    if not records or records[0].party != school.id or len(known_totals) < len(totals):
        return None
    return sum(known_totals, Decimal(0)), records[0].route(name)


@kept
def parts(district: District) -> Mapping[str, tuple[Unit, ...]]:
    """The units that lie directly within each unit, by its id."""
    found: dict[str, list[Unit]] = {}
    for unit in units(district).values():
        if unit.within is not None:
            found.setdefault(unit.within, []).append(unit)
    return MappingProxyType({id_: tuple(inner) for id_, inner in found.items()})


def wholes(district: District, unit: Unit) -> tuple[Unit, ...]:
    """The units around a unit, the nearest first; ends where they run in a circle."""
    known, found, outer = units(district), list[Unit](), unit.within
    while outer is not None and outer in known and known[outer] not in found:
        found.append(known[outer])
        outer = known[outer].within
    return tuple(found)


def is_placed(district: District, unit: Unit) -> bool:
    """Whether all around a unit is known: nothing it lies within is unknown, or of a shape that cannot be read."""
    outermost = (unit, *wholes(district, unit))[-1]
    return outermost.within is None or outermost.within in units(district)


def inside(district: District, unit: Unit, day: date) -> tuple[Member, ...]:
    """The members of a unit on a day and those of what lies within it, each party once, outermost role first."""
    found: dict[str, Member] = {}
    waiting, seen = [unit], set[str]()
    while waiting:
        here = waiting.pop(0)
        if here.id in seen:
            continue
        seen.add(here.id)
        for member in here.members_on(day):
            found.setdefault(member.party, member)
        waiting += parts(district).get(here.id, ())
    return tuple(found.values())


def counted(district: District, day: date, kind: str) -> tuple[Unit, ...]:
    """The declarer's own open units of a kind that are counted: not those that are part of another of that kind."""
    return tuple(
        unit
        for unit in open_units(district, day, kind)
        if not any(outer.kind == kind and outer.is_open(day) for outer in wholes(district, unit))
    )


def pairs(district: District, day: date) -> tuple[Pair, ...]:
    """The pairs of a day, those within a regional alliance too."""
    return tuple(
        Pair(unit, tuple(s for m in unit.members_on(day) if (s := school_of(district, m.party)) is not None))
        for unit in open_units(district, day, "alliances")
        if unit.form(day) == "pair"
    )


def units_of(district: District, school: str, day: date) -> tuple[tuple[Unit, Member], ...]:
    """Every unit a school is in on a day, itself or by a campus, with the membership."""
    return tuple(
        (unit, member)
        for unit in units(district).values()
        for member in unit.members_on(day)
        if member.party == school or member.party.partition("/")[0] == school
    )
