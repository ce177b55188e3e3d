"""Knows statistics: the numbers of a school or campus in a school year, whole and by stage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from xqctl.district import District, Entry, kept
from xqctl.place import Route
from xqctl.quantities import SchoolYear, parse, parse_school_year
from xqctl.stages import STAGES


@dataclass(frozen=True, slots=True)
class Record:
    """What is written for one party and school year: whole-school numbers beside those of its stages."""

    entry: Entry
    year: SchoolYear
    party: str

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that have numbers of their own, in the order of schooling."""
        return tuple(stage for stage in STAGES if self.entry.mapping(stage))

    def amount(self, name: str, stage: str | None = None) -> Decimal | None:
        """One number as it is written, of the whole school (no `stage`) or of a stage: people, m², yuan; else None."""
        numbers = self.entry.data if stage is None else self.entry.mapping(stage)
        quantity = parse(numbers.get(name))
        return None if quantity is None else quantity.exact

    def total(self, name: str, stages: Iterable[str]) -> Decimal | None:
        """A number of the whole school: as it is written, else the sum of its `stages` if each of them has it."""
        whole = self.amount(name)
        if whole is not None:
            return whole
        parts = [self.amount(name, stage) for stage in stages]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(parts) else None

    def route(self, name: str, stage: str | None = None) -> Route:
        """Where a number stands; where its stages have it instead, the first of these."""
        if stage is None and name not in self.entry.data:
            stage = next((each for each in self.stages if name in self.entry.mapping(each)), None)
        return self.entry.route(name) if stage is None else self.entry.route(stage, name)


@kept
def statistics(district: District) -> Mapping[SchoolYear, Mapping[str, Record]]:
    """Every sound record that no source denies, by school year and by the school or campus it is of."""
    found: dict[SchoolYear, dict[str, Record]] = {}
    for entry in district.all("statistics"):
        year, party = parse_school_year(entry.keys[1]), entry.keys[2]
        if year is not None and not entry.is_disputed:
            found.setdefault(year, {})[party] = Record(entry, year, party)
    return MappingProxyType({year: MappingProxyType(records) for year, records in sorted(found.items())})


def record(district: District, party: str, year: SchoolYear) -> Record | None:
    """The record of a school or campus in a school year."""
    return statistics(district).get(year, {}).get(party)
