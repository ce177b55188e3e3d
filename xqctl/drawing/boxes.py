"""Knows where parties stand: areas as boxes one below the other, a row for each party that something leads to.

Those that nothing leads to need no row of their own: they are set side by side at the foot of their area.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from xqctl.drawing.model import Area, Network, Party, Tie
from xqctl.drawing.svg import fitted, length, lines
from xqctl.drawing.words import area_name, area_note, bond_gap, party_label
from xqctl.messages import Lang

WIDTH = 268.0
PAD = 12.0
NAME = 13.0
SMALL = 11.5
PORT = 8.0
_ROW = 24.0
_HIGHEST = 110.0
_GAP = 3.0
_TITLE = 34.0
_NOTE = 18.0
_CHIP = 22.0
_BETWEEN = 14.0
_FEW = 3
"""So few that they have rows even where nothing leads to them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A party that links lead to."""

    party: Party
    tie: Tie | None
    label: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Chip:
    """A name that nothing leads to; `hint` is all of it."""

    label: str
    hint: str
    x: float
    y: float
    is_unit: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """An area: its title, what is said of it (beside the title, where there is room), and what stands in it."""

    area: Area
    title: str
    note: str
    is_beside: bool
    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...]
    chips: tuple[Chip, ...]
    inner: tuple["Box", ...]

    @property
    def every_row(self) -> tuple[Row, ...]:
        """Its rows, and those of the boxes in it."""
        return (*self.rows, *(row for box in self.inner for row in box.every_row))

    @property
    def everyone(self) -> tuple["Box", ...]:
        """Itself, and the boxes in it."""
        return (self, *(each for box in self.inner for each in box.everyone))


@dataclass(frozen=True, slots=True)
class _Stack:
    """Boxes being set one below the other; `links` says how many links end at each party, on its busier side."""

    network: Network
    links: Mapping[str, int]
    lang: Lang

    def box(self, area: Area, x: float, y: float, width: float) -> Box:
        """An area from `y` on."""
        room, note = width - 2 * PAD, area_note(area, self.lang)
        title = fitted(area_name(area, self.network, self.lang), room, 14)
        is_beside = length(title, 14) + length(note, SMALL) + 12 <= room
        note = fitted(note, room, SMALL)
        at = y + _TITLE + (_NOTE if note and not is_beside else 0)
        rows, at = self._rows(area, x + PAD, at, width - 2 * PAD)
        chips, at = self._chips(area, {row.party.id for row in rows}, x + PAD, at, width - 2 * PAD)
        inner = []
        for each in area.inner:
            inner.append(self.box(each, x + PAD, at + 4, width - 2 * PAD))
            at = inner[-1].y + inner[-1].height + 4
        height = at - y + (PAD - _GAP if rows or chips or inner else 0)
        return Box(area, title, note, is_beside, x, y, width, height, rows, chips, tuple(inner))

    def _rows(self, area: Area, x: float, y: float, width: float) -> tuple[tuple[Row, ...], float]:
        tied = [party for party in area.parties if self.links.get(party.id) or _leads(area, party)]
        chosen = area.parties if len(area.parties) - len(tied) <= _FEW else tied
        found = []
        for party in chosen:
            height = max(_ROW, min(PORT * self.links.get(party.id, 0) + 5, _HIGHEST))
            indent = 16.0 if party.kind == "campus" and any(party.id.startswith(f"{p.id}/") for p in chosen) else 0.0
            tie = area.roles.get(party.id)
            room = width - indent - (38 if tie is not None and tie.role in ("lead", "deputy") else 22)
            label = fitted(party_label(party, self.lang), room, NAME)
            found.append(Row(party, tie, label, x + indent, y, width - indent, height))
            y += height + _GAP
        return tuple(found), y

    def _chips(self, area: Area, shown: set[str], x: float, y: float, width: float) -> tuple[tuple[Chip, ...], float]:
        parties = [party for party in area.parties if party.id not in shown]
        names = [(fitted(party.name, width - 16, SMALL), party.name) for party in parties]
        names += [(fitted(f"({party.name})", width - 16, SMALL), party.name) for party in area.elsewhere]
        found: list[Chip] = []
        set_lines = lines([name for name, _ in names], width - 8, SMALL, 14)
        hints = iter(hint for _, hint in names)
        for line in set_lines:
            found += [Chip(name, next(hints), x + 4 + at, y + 15) for at, name in line]
            y += _CHIP
        for bond in area.bonds:
            gap = "" if bond.is_silent else bond_gap(bond, self.lang)
            said = f"{bond.name} · {gap}" if gap else bond.name
            found.append(Chip(fitted(said, width - 16, SMALL), said, x + 4, y + 15, is_unit=True))
            y += _CHIP + 5
        return tuple(found), y


def stacked(network: Network, x: float, y: float, lang: Lang) -> tuple[Box, ...]:
    """The areas of a network that something leads to or from (of a small one: all), from (x, y) downwards."""
    stack, found = _stack(network, lang), []
    for area in _standing(network):
        found.append(stack.box(area, x, y, WIDTH))
        y += found[-1].height + _BETWEEN
    return tuple(found)


def set_side_by_side(network: Network, x: float, y: float, room: float, lang: Lang) -> tuple[Box, ...]:
    """The zones, where nothing leads to any of them, in rows from (x, y) on."""
    loose = _loose(network)
    columns = max(1, min(len(loose), int((room + _BETWEEN) // (WIDTH * 0.8 + _BETWEEN))))
    width = (room + _BETWEEN) / columns - _BETWEEN
    stack, found = _stack(network, lang), list[Box]()
    for start in range(0, len(loose), columns):
        row = [
            stack.box(area, x + place * (width + _BETWEEN), y, width)
            for place, area in enumerate(loose[start : start + columns])
        ]
        height = max(box.height for box in row)
        found += [replace(box, height=height) for box in row]
        y += height + _BETWEEN
    return tuple(found)


def _stack(network: Network, lang: Lang) -> _Stack:
    ties = Counter(tie.party for bond in network.bonds for tie in bond.ties)
    ways = Counter(party for flow in network.flows for party in (flow.origin, flow.target))
    return _Stack(network, ties | ways, lang)


def _standing(network: Network) -> Iterator[Area]:
    """The areas that are drawn in the column, without those who are shown in a unit."""
    loose, guests = _loose(network), network.guests
    for area in network.areas:
        parties = tuple(party for party in area.parties if party.id not in guests)
        if area not in loose and (parties or area.kind == "zone"):
            yield replace(area, parties=parties)


def _loose(network: Network) -> tuple[Area, ...]:
    zones = tuple(area for area in network.areas if area.kind == "zone")
    met = {tie.party for bond in network.bonds for tie in bond.ties}
    met |= {party for flow in network.flows for party in (flow.origin, flow.target)}
    reached = any(party.id in met for zone in zones for party in zone.everyone)
    return zones if len(zones) > 1 and not reached else ()


def _leads(area: Area, party: Party) -> bool:
    tie = area.roles.get(party.id)
    return tie is not None and tie.role in ("lead", "deputy")
