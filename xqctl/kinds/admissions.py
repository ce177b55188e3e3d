"""Knows admissions: feeders, catchments and quotas, who goes on to which school."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from xqctl.district import District, Entry, kept
from xqctl.quantities import Interval, Quantity, parse, year_of


@dataclass(frozen=True, slots=True)
class Feeder:
    """Pupils of each of `origins` go on to `targets`, `share` of them where it is said."""

    entry: Entry
    origins: tuple[str, ...]
    targets: tuple[str, ...]
    share: Quantity | None
    way: str | None


@dataclass(frozen=True, slots=True)
class Catchment:
    """The places whose children go to `schools`: whole subdistricts, or the areas (estates, villages) named."""

    entry: Entry
    schools: tuple[str, ...]
    stage: str | None
    subdistricts: tuple[str, ...]
    areas: tuple[str, ...]
    way: str | None


@dataclass(frozen=True, slots=True)
class Quota:
    """Of a senior school's `places` in a year of admission, those `allotted` to each junior school."""

    entry: Entry
    year: Interval
    school: str
    places: int | None
    allotted: Mapping[str, int]


@kept
def feeders(district: District) -> tuple[Feeder, ...]:
    """Every sound feeder that no source denies, in the order of the files."""
    return tuple(
        Feeder(entry, entry.texts("from"), entry.texts("to"), parse(entry["share"]), entry.text("way"))
        for entry in district.all("feeders")
        if not entry.is_disputed
    )


@kept
def catchments(district: District) -> tuple[Catchment, ...]:
    """Every sound catchment that no source denies, in the order of the files."""
    return tuple(
        Catchment(
            entry,
            entry.texts("schools"),
            entry.text("stage"),
            entry.texts("subdistricts"),
            entry.texts("areas"),
            entry.text("way"),
        )
        for entry in district.all("catchments")
        if not entry.is_disputed
    )


@kept
def quotas(district: District) -> tuple[Quota, ...]:
    """Every sound quota that no source denies, in the order of the files."""
    return tuple(
        Quota(
            entry,
            year_of(entry["year"]),
            entry.text("of") or "",
            _count(entry["places"]),
            MappingProxyType({k: n for k, v in entry.mapping("allotted").items() if (n := _count(v)) is not None}),
        )
        for entry in district.all("quotas")
        if not entry.is_disputed
    )


def open_feeders(district: District, day: date) -> tuple[Feeder, ...]:
    """The feeders that hold on a day."""
    return tuple(feeder for feeder in feeders(district) if feeder.entry.life.contains(day))


def open_catchments(district: District, day: date) -> tuple[Catchment, ...]:
    """The catchments that hold on a day."""
    return tuple(catchment for catchment in catchments(district) if catchment.entry.life.contains(day))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
