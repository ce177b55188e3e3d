"""Knows who may use a shared resource, who decides on it, and how much of it is taken at which time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from xqctl.district import District, Entry
from xqctl.kinds.bookings import Booking, bookings
from xqctl.kinds.units import units
from xqctl.network import inside, units_of, wholes

_KINDS = {"zone": "zones", "group": "groups", "alliance": "alliances"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time, half-open, through which the same bookings hold a resource; `taken` is how much of it they take."""

    start: datetime
    end: datetime
    taken: int
    held: tuple[Booking, ...]


def is_open_to_all(resource: Entry) -> bool:
    """Whether a resource says nothing about to whom it is open."""
    return resource["open_to"] is None and resource["open_within"] is None


def is_open_to(district: District, resource: Entry, applicant: str, day: date) -> bool:
    """Whether an applicant is the provider, is named, or is on that day in a unit that is named or shared."""
    if is_open_to_all(resource):
        return True
    provider = resource.text("provider") or ""
    kinds = {_KINDS[each] for each in resource.texts("open_within")}
    shared = {unit.id for unit, _ in units_of(district, provider.partition("/")[0], day) if unit.kind in kinds}
    circle = {provider, *resource.texts("open_to"), *shared}
    school = applicant.partition("/")[0]
    if {applicant, school} & circle:
        return True
    mine = {unit.id for party in (applicant, school) for unit, _ in units_of(district, party, day)}
    known = units(district)
    around = {outer.id for id_ in mine if id_ in known for outer in wholes(district, known[id_])}
    return bool((mine | around) & circle) or bool({applicant, _home(district, school)} & _all_in(district, circle, day))


def deciders(district: District, resource: Entry, day: date) -> tuple[str, ...]:
    """Who decides on a resource: its provider; the school of a campus that provides it; the leads of a unit."""
    provider = resource.text("provider") or ""
    unit = units(district).get(provider)
    leads = (lead.party for lead in unit.leads(day)) if unit is not None else ()
    return tuple(dict.fromkeys((provider, provider.partition("/")[0], *leads)))


def stretches(district: District, resource: str, start: datetime, end: datetime) -> tuple[Stretch, ...]:
    """How much of a resource is taken between two moments, in stretches that follow one another without a gap."""
    held = [b for b in bookings(district) if b.resource == resource and b.holds and b.start < end and b.end > start]
    edges = sorted({start, end, *(max(start, b.start) for b in held), *(min(end, b.end) for b in held)})
    return tuple(_stretches(held, edges))


def room(resource: Entry, found: Sequence[Stretch]) -> int | None:
    """How much of a resource is left throughout the stretches; None where its capacity is not said."""
    capacity = resource["capacity"]
    if not isinstance(capacity, int):
        return None
    return capacity - max((stretch.taken for stretch in found), default=0)


def _stretches(held: Sequence[Booking], edges: Sequence[datetime]) -> Iterator[Stretch]:
    for start, end in pairwise(edges):
        now = tuple(b for b in held if b.start <= start and b.end >= end)
        yield Stretch(start, end, sum(b.amount for b in now), now)


def _home(district: District, party: str) -> str:
    """The district a school or organisation belongs to: the declarer, where nothing is said."""
    found = district.party(party)
    return (found.text("district") if found is not None else None) or district.name


def _all_in(district: District, circle: set[str], day: date) -> set[str]:
    """Who is named, and the members of the units that are: organisations and districts are members too."""
    known = units(district)
    return circle | {m.party for id_ in circle if id_ in known for m in inside(district, known[id_], day)}
