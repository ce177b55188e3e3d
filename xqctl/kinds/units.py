"""Knows zones, groups and alliances: their members with roles over time, their form, what they lie within."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from xqctl.district import District, Entry, kept
from xqctl.place import Part, Route
from xqctl.quantities import Interval, Quantity, is_dated, parse, steps
from xqctl.stages import stages_of

UNIT_KINDS = ("zones", "groups", "alliances")


@dataclass(frozen=True, slots=True)
class Member:
    """One stint of a party in a unit: its role, and the days it has it (those it states itself).

    `key` is the date it stands under where there are several; one that a source denies (`is_disputed`) is declared,
    but on no day counted.
    """

    party: str
    role: str
    interval: Interval
    title: str | None
    legal: str | None
    unit: Entry
    key: str | None = None
    is_disputed: bool = False

    def route(self, part: Part = "key") -> Route:
        """Where it is declared."""
        return self.unit.route("members", self.party, part=part)

    def place(self, name: str) -> Route:
        """Where a field of this stint stands; the stint itself where it has none."""
        dated = () if self.key is None else (self.key,)
        return self.unit.route("members", self.party, *dated, name)


@dataclass(frozen=True, slots=True)
class Unit:
    """A zone, a group or an alliance; `members` holds every stint there ever was."""

    entry: Entry
    members: tuple[Member, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return self.entry.id

    @property
    def kind(self) -> str:
        """zones, groups or alliances."""
        return self.entry.kind

    @property
    def within(self) -> str | None:
        """The id of the unit this one is part of."""
        return self.entry.text("within")

    def form(self, day: date) -> str | None:
        """merged, entrusted …; pair, hub, belt …; None for zones and where nothing is said."""
        return self.entry.word("form", day)

    def legal(self, day: date) -> str | None:
        """``one`` legal person, or ``separate`` ones."""
        return self.entry.word("legal", day)

    def stages(self, day: date) -> frozenset[str]:
        """The stages it covers; empty where nothing is said."""
        return stages_of(self.entry.on("stages", day))

    def is_open(self, day: date) -> bool:
        """Whether it lives on that day."""
        return self.entry.life.contains(day)

    def members_on(self, day: date) -> tuple[Member, ...]:
        """Those who belong to it on a day, in the order of the file; none while it does not live."""
        if not self.is_open(day):
            return ()
        return tuple(member for member in self.members if member.interval.contains(day) and not member.is_disputed)

    def leads(self, day: date) -> tuple[Member, ...]:
        """Its members of role lead on a day."""
        return tuple(member for member in self.members_on(day) if member.role == "lead")

    def declared(self, role: str) -> Quantity | None:
        """How many members of a role (or ``all``) a document counts; a number or a range."""
        return parse(self.entry.mapping("declared").get(role))

    def declared_parts(self) -> Iterator[tuple[str, Quantity]]:
        """Every count that is declared, by role."""
        for role in self.entry.mapping("declared"):
            count = self.declared(role)
            if count is not None:
                yield role, count


@kept
def units(district: District) -> Mapping[str, Unit]:
    """Every sound unit by its id: zones, then groups, then alliances, each in the order of the files."""
    return MappingProxyType(
        {entry.id: Unit(entry, tuple(_members(entry))) for kind in UNIT_KINDS for entry in district.all(kind)}
    )


def open_units(district: District, day: date, *kinds: str) -> tuple[Unit, ...]:
    """The declarer's own units of these kinds (all, if none is named) that live on a day and are not disputed."""
    return tuple(
        unit
        for unit in units(district).values()
        if (not kinds or unit.kind in kinds)
        and unit.is_open(day)
        and not unit.entry.is_disputed
        and district.is_own(unit.entry)
    )


def _members(entry: Entry) -> Iterator[Member]:
    for party, value in entry.mapping("members").items():
        for step in steps(value):
            stint = step.value
            if isinstance(stint, str):
                yield Member(party, stint, step.interval, None, None, entry, step.key)
            elif isinstance(stint, dict) and not is_dated(stint) and isinstance(stint.get("role"), str):
                yield Member(
                    party,
                    stint["role"],
                    step.interval,
                    stint.get("title"),
                    stint.get("legal"),
                    entry,
                    step.key,
                    isinstance(stint.get("disputed"), str),
                )
