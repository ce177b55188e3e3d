"""Knows how to gather what is drawn of a district: its open units, their members on its day, the year's postings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xqctl.district import District
from xqctl.drawing.model import ALL, Area, AreaKind, Bond, Choice, Flow, Layer, Network, Party, Tie, TieKind, Unnamed
from xqctl.kinds.postings import postings
from xqctl.kinds.schools import open_schools
from xqctl.kinds.units import Member, Unit, open_units
from xqctl.network import campus_of, inside, parts, wholes
from xqctl.quantities import Quantity, school_year

_AREAS: Mapping[str, AreaKind] = {"organisation": "organisation", "district": "district", "unknown": "unknown"}
_DEEPEST = 4
"""Zones in zones are drawn no deeper."""
_LAYER: Mapping[TieKind, Layer] = {"group": "groups", "alliance": "alliances", "pair": "pairs"}


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is drawn beside zones: bonds, and campuses by their schools; where one unit is asked for, who is in it."""

    bonds: tuple[Bond, ...]
    campuses: Mapping[str, tuple[str, ...]]
    keep: set[str] | None
    core: tuple[Unit, ...] | None

    def members(self, unit: Unit, day: date) -> tuple[Member, ...]:
        """The members of a unit that are drawn."""
        return tuple(member for member in unit.members_on(day) if self.keep is None or member.party in self.keep)

    def is_core(self, unit: Unit) -> bool:
        """Whether a unit is shown whole."""
        return self.core is None or unit in self.core


def gathered(district: District, choice: Choice = ALL) -> Network:
    """The network of a district on its day, every party in one area, every unit once."""
    day, year = district.as_of, school_year(district.as_of)
    units = _units(district, choice)
    core = _core(district, units, choice.unit)
    keep = None if core is None else {member.party for unit in core for member in unit.members_on(day)}
    flows = _flows(district, keep) if "postings" in choice.layers else ()
    bonds = tuple(_bond(district, unit, keep, core) for unit in units if unit.kind != "zones")
    if keep is not None:
        ours = {unit.id for unit in core or ()}
        bonds = tuple(bond for bond in bonds if bond.ties or bond.id in ours)
    refs = dict.fromkeys(
        (
            *(school.id for school in open_schools(district, day) if keep is None),
            *(tie.party for bond in bonds for tie in bond.ties),
            *(party for flow in flows for party in (flow.origin, flow.target)),
        )
    )
    zones = [unit for unit in units if unit.kind == "zones"]
    if keep is not None:
        zones = [z for z in zones if z in (core or ()) or keep & {m.party for m in z.members_on(day)}]
    areas, placed = _zones(district, zones, _Scope(bonds, _campuses(refs), keep, core))
    inside_zones = {bond.id for area in areas for each in area.everywhere for bond in each.bonds}
    rest = [_party(district, ref) for ref in refs if ref not in placed]
    return Network(
        district.name,
        day,
        year,
        (*areas, *_others(district, rest)),
        tuple(bond for bond in bonds if bond.id not in inside_zones),
        flows,
        people=sum(flow.count for flow in flows),
        ways=len(flows),
        focus=next((unit.entry.name for unit in units if unit.id == choice.unit), None),
    )


def kind_of(unit: Unit, day: date) -> TieKind:
    """Whether a unit that is no zone is drawn as a group, an alliance or a pair."""
    if unit.kind == "groups":
        return "group"
    return "pair" if unit.form(day) == "pair" else "alliance"


def _units(district: District, choice: Choice) -> tuple[Unit, ...]:
    """The units drawn: of the layers asked for, and the one asked for whatever its layer."""
    day = district.as_of
    return tuple(
        unit
        for unit in open_units(district, day)
        if ("zones" if unit.kind == "zones" else _LAYER[kind_of(unit, day)]) in choice.layers or unit.id == choice.unit
    )


def _core(district: District, units: Iterable[Unit], asked: str | None) -> tuple[Unit, ...] | None:
    """The unit asked for and all that lies within it; None where all are."""
    if asked is None:
        return None
    return tuple(unit for unit in units if asked in (unit.id, *(outer.id for outer in wholes(district, unit))))


def _bond(district: District, unit: Unit, keep: set[str] | None, core: tuple[Unit, ...] | None) -> Bond:
    day = district.as_of
    members = unit.members_on(day)
    ties = tuple(_tie(member) for member in members if keep is None or member.party in keep)
    unnamed = tuple(_unnamed(district, unit))
    return Bond(
        unit.id,
        unit.entry.name,
        kind_of(unit, day),
        unit.form(day),
        unit.within,
        ties,
        unnamed,
        len(members) - len(ties) if core is not None else 0,
        not unnamed and not inside(district, unit, day) and not parts(district).get(unit.id),
    )


def _tie(member: Member) -> Tie:
    return Tie(member.party, member.role, member.title)


def _unnamed(district: District, unit: Unit) -> Iterator[Unnamed]:
    """What `declared` counts beyond the members named, role by role; in all, where no role says it."""
    listed = Counter(member.role for member in inside(district, unit, district.as_of))
    listed["all"] = listed.total()
    found = [
        Unnamed(role, left)
        for role, count in unit.declared_parts()
        if (left := _beyond(count, listed[role])) is not None
    ]
    roles = [each for each in found if each.role != "all"]
    yield from roles or found


def _beyond(count: Quantity, listed: int) -> Quantity | None:
    low = max(Decimal(0), (count.low or Decimal(0)) - listed)
    high = None if count.high is None else count.high - listed
    return None if high is not None and high <= 0 else Quantity(low, high, count.unit)


def _flows(district: District, keep: set[str] | None) -> tuple[Flow, ...]:
    year, found = school_year(district.as_of), Counter[tuple[str, str]]()
    for posting in postings(district):
        ends = (posting.origin, posting.target)
        if posting.year == year and posting.is_counted and (keep is None or keep.issuperset(ends)):
            found[ends] += posting.count
    return tuple(Flow(origin, target, count) for (origin, target), count in found.items() if count > 0)


def _party(district: District, ref: str) -> Party:
    """What a reference names; one that names nobody is drawn all the same, as what it is."""
    campus = campus_of(district, ref)
    if campus is not None:
        name = campus.data.get("name")
        return Party(ref, name if isinstance(name, str) else f"{campus.school}·{campus.id}", "campus")
    entry = district.party(ref)
    match entry.kind if entry is not None else None:
        case "schools" if entry is not None:
            return Party(ref, entry.name if "/" not in ref else ref, "school")
        case "organisations" if entry is not None:
            return Party(ref, entry.name, "organisation")
        case "district" | "districts" if entry is not None:
            return Party(ref, entry.name, "district")
    return Party(ref, ref, "unknown")


def _zones(district: District, zones: list[Unit], scope: _Scope) -> tuple[tuple[Area, ...], dict[str, str]]:
    """The zones with those in them, and who is placed where: a party in the innermost zone that first names it."""
    placed: dict[str, str] = {}
    for zone in sorted(zones, key=lambda zone: -len(wholes(district, zone))):
        for member in scope.members(zone, district.as_of):
            placed.setdefault(member.party, zone.id)
    known = {zone.id: zone for zone in zones}
    flat = {zone.id for zone in zones if zone in (around := wholes(district, zone)) or len(around) > _DEEPEST}
    nested: dict[str, list[Unit]] = {}
    outermost = []
    for zone in zones:
        if zone.within in known and zone.id not in flat:
            nested.setdefault(zone.within, []).append(zone)
        else:
            outermost.append(zone)
    return tuple(_zone(district, zone, nested, placed, scope) for zone in outermost), placed


def _zone(
    district: District, zone: Unit, nested: Mapping[str, list[Unit]], placed: dict[str, str], scope: _Scope
) -> Area:
    day = district.as_of
    members = scope.members(zone, day)
    parties = [_party(district, member.party) for member in members]
    unnamed = tuple(_unnamed(district, zone)) if scope.is_core(zone) else ()
    mine = [party for party in parties if placed[party.id] == zone.id]
    return Area(
        zone.id,
        zone.entry.name,
        "zone",
        tuple(_beside(district, mine, placed, zone.id, scope.campuses)),
        {member.party: _tie(member) for member in members},
        elsewhere=tuple(party for party in parties if placed[party.id] != zone.id),
        inner=tuple(_zone(district, each, nested, placed, scope) for each in nested.get(zone.id, ())),
        bonds=tuple(b for b in scope.bonds if b.within == zone.id and not b.ties and not _holds(b, scope.bonds)),
        unnamed=unnamed,
        left_out=len(zone.members_on(day)) - len(members),
        is_silent=not unnamed and not inside(district, zone, day),
    )


def _campuses(refs: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for ref in refs:
        school, is_campus, _ = ref.partition("/")
        if is_campus:
            found[school] = (*found.get(school, ()), ref)
    return found


def _holds(bond: Bond, bonds: tuple[Bond, ...]) -> bool:
    return any(each.within == bond.id for each in bonds)


def _beside(
    district: District, parties: list[Party], placed: dict[str, str], zone: str, campuses: Mapping[str, tuple[str, ...]]
) -> Iterator[Party]:
    """The parties of a zone, each school followed by those of its campuses that something names and no zone does."""
    for party in parties:
        yield party
        for ref in campuses.get(party.id, ()):
            if ref not in placed:
                placed[ref] = zone
                yield _party(district, ref)


def _others(district: District, rest: list[Party]) -> Iterator[Area]:
    """Those in no zone, by sort: own schools, those of other districts, organisations, districts, unknown ones."""
    found: dict[AreaKind, list[Party]] = {
        kind: [] for kind in ("schools", "elsewhere", "organisation", "district", "unknown")
    }
    for party in sorted(rest, key=lambda party: party.kind == "campus"):
        found[_area_of(district, party)].append(party)
    for kind, parties in found.items():
        if parties:
            yield Area(f"#{kind}", "", kind, tuple(_with_campuses(parties)), {})


def _area_of(district: District, party: Party) -> AreaKind:
    if party.kind in _AREAS:
        return _AREAS[party.kind]
    entry = district.party(party.id)
    return "schools" if entry is not None and district.is_own(entry) else "elsewhere"


def _with_campuses(parties: list[Party]) -> Iterator[Party]:
    """Each school followed by its campuses."""
    schools = {party.id for party in parties if party.kind != "campus"}
    campuses: dict[str, list[Party]] = {}
    for party in parties:
        if party.kind == "campus":
            campuses.setdefault(party.id.partition("/")[0], []).append(party)
    for party in parties:
        if party.kind != "campus" or party.id.partition("/")[0] not in schools:
            yield party
        if party.kind != "campus":
            yield from campuses.get(party.id, ())
