"""Knows where schools and their campuses stand: coordinates as they are written, each in its own system."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xqctl.district import District, kept
from xqctl.kinds.schools import open_schools
from xqctl.messages import Lang, Message, msg
from xqctl.quantities import on
from xqctl.schema import schema

_CLOSED = ("planned", "suspended", "closed")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a school or a campus stands, in degrees east and north; `crs` is None where it is not said."""

    party: str
    name: str
    lon: Decimal
    lat: Decimal
    crs: str | None


@kept
def places(district: District) -> tuple[Place, ...]:
    """The places of the open schools and campuses that give theirs, in the order of the files."""
    return tuple(_places(district))


def crs_name(crs: str | None, lang: Lang) -> str | Message:
    """What people call a coordinate system."""
    if crs is None:
        return msg("coordinate system not said")
    said = schema("common")["$defs"]["location"]["properties"]["crs"]["x-labels"].get(crs, {})
    name = said.get(lang, crs)
    return name if isinstance(name, str) else crs


def _places(district: District) -> Iterator[Place]:
    day = district.as_of
    for school in open_schools(district, day):
        yield from _place(school.id, school.entry.name, school.entry["location"])
        for campus in school.campuses:
            if campus.life.contains(day) and on(campus.data.get("status"), day) not in _CLOSED:
                yield from _place(campus.ref, f"{school.entry.name}·{campus.id}", campus.data.get("location"))


def _place(party: str, name: str, location: object) -> Iterator[Place]:
    if isinstance(location, Mapping):
        lon, lat, crs = _degrees(location.get("lon")), _degrees(location.get("lat")), location.get("crs")
        if lon is not None and lat is not None:
            yield Place(party, name, lon, lat, crs if isinstance(crs, str) else None)


def _degrees(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
