"""Knows what there is to draw of a district on its day: parties in areas, what ties them, who is posted where."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xqctl.quantities import Quantity, SchoolYear

Layer = Literal["zones", "groups", "alliances", "pairs", "postings"]
LAYERS: tuple[Layer, ...] = ("zones", "groups", "alliances", "pairs", "postings")
"""What can be drawn, each by itself."""

TieKind = Literal["group", "alliance", "pair"]
PartyKind = Literal["school", "campus", "organisation", "district", "unknown", "area"]
AreaKind = Literal["zone", "schools", "elsewhere", "organisation", "district", "unknown"]


@dataclass(frozen=True, slots=True)
class Party:
    """A school, a campus, an organisation or a district; an `area` stands for the `count` parties in it."""

    id: str
    name: str
    kind: PartyKind
    count: int = 1


@dataclass(frozen=True, slots=True)
class Tie:
    """A party's part in a unit; `count` says how many parties one that stands for an area has in it."""

    party: str
    role: str
    title: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Members of a role (or `all`) that a document counts and nobody names."""

    role: str
    count: Quantity


@dataclass(frozen=True, slots=True)
class Bond:
    """A group, an alliance or a pair; `left_out` counts members that are not drawn."""

    id: str
    name: str
    kind: TieKind
    form: str | None
    within: str | None
    ties: tuple[Tie, ...]
    unnamed: tuple[Unnamed, ...] = ()
    left_out: int = 0
    is_silent: bool = False
    """Whether it neither names members nor says how many there are."""


@dataclass(frozen=True, slots=True)
class Area:
    """Parties that stand together: a zone with its roles, or those of one sort that are in no zone.

    `elsewhere` are parties of this zone drawn in another one, `bonds` the units within it that tie nobody by name.
    """

    id: str
    name: str
    kind: AreaKind
    parties: tuple[Party, ...]
    roles: Mapping[str, Tie]
    elsewhere: tuple[Party, ...] = ()
    inner: tuple["Area", ...] = ()
    bonds: tuple[Bond, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    left_out: int = 0
    is_silent: bool = False

    @property
    def everyone(self) -> tuple[Party, ...]:
        """Its parties, and those of the areas in it."""
        return (*self.parties, *(party for area in self.inner for party in area.everyone))

    @property
    def everywhere(self) -> tuple["Area", ...]:
        """Itself, and the areas in it."""
        return (self, *(each for area in self.inner for each in area.everywhere))


@dataclass(frozen=True, slots=True)
class Flow:
    """How many people of one party are posted to another in the school year, in all modes."""

    origin: str
    target: str
    count: int


@dataclass(frozen=True, slots=True)
class Network:
    """All that is drawn, and how many `people` are posted along how many `ways`.

    What is left out because there is too much is counted; `focus` is the name of the one unit asked for.
    """

    district: str
    day: date
    year: SchoolYear
    areas: tuple[Area, ...]
    bonds: tuple[Bond, ...]
    flows: tuple[Flow, ...]
    people: int = 0
    ways: int = 0
    schools_left_out: int = 0
    units_left_out: int = 0
    flows_left_out: int = 0
    focus: str | None = None

    @property
    def parties(self) -> Mapping[str, Party]:
        """Every party drawn, by its id, in the order of the areas."""
        return {party.id: party for area in self.areas for party in area.everyone}

    @property
    def zones(self) -> tuple[Area, ...]:
        """The areas that are zones, those in others too."""
        return tuple(each for area in self.areas for each in area.everywhere if each.kind == "zone")

    @property
    def guests(self) -> frozenset[str]:
        """The parties that are no schools and belong to one unit only: they are shown in it, not in an area."""
        ties = Counter(tie.party for bond in self.bonds for tie in bond.ties)
        posted = {party for flow in self.flows for party in (flow.origin, flow.target)}
        return frozenset(
            party.id
            for area in self.areas
            if area.kind in ("organisation", "district")
            for party in area.parties
            if ties[party.id] == 1 and party.id not in posted
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing ties anybody: no unit, and nobody posted."""
        return not self.zones and not self.bonds and not self.flows and not self.units_left_out


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for: the layers, and one unit alone with what touches it (None: all)."""

    layers: Collection[Layer] = LAYERS
    unit: str | None = None


ALL = Choice()
