"""Knows where units stand: beside the parties they tie, those within another one inside it, none on top of another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from xqctl.drawing.boxes import NAME, SMALL, Row
from xqctl.drawing.model import Bond, Network, Tie
from xqctl.drawing.svg import fitted, length, lines
from xqctl.drawing.words import bond_gap, bond_notes
from xqctl.messages import Lang

WIDTH = 262.0
PAIR = 12.0
_INSET = 12.0
_LINE = 17.0
BETWEEN = 12.0
_INSIDE = 6.0
_PORT = 5.0
_LEAD = 3
_MARK = 23.0
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Guest:
    """A party shown in its only unit, at (x, y) from the unit's corner."""

    tie: Tie
    name: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Pill:
    """A unit; `hull` is the height of the frame around it and the units within it, 0 where there are none."""

    bond: Bond
    name: str
    notes: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    hull: float = 0
    depth: int = 0
    guests: tuple["Guest", ...] = ()
    is_one_line: bool = False

    @property
    def right(self) -> float:
        """Where links leave it."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class _Block:
    """Pills that stay together, from 0 down; `wanted` is where their middle would like to be."""

    pills: tuple[Pill, ...]
    height: float
    wanted: float


def placed(network: Network, rows: Mapping[str, Row], x: float, top: float, lang: Lang) -> tuple[Pill, ...]:
    """The units in the column at `x`, each as near as can be to the parties it ties."""
    column = _column(network, x, lang)
    foot = max((row.y + row.height for row in rows.values()), default=top)
    blocks = []
    for bond in column.outermost:
        pills, height = column.nest(bond)
        middle = _middle(pills, rows)
        blocks.append(_Block(tuple(pills), height, middle if middle is not None else foot + 1000))
    blocks.sort(key=lambda block: block.wanted)
    return tuple(
        replace(pill, y=pill.y + y)
        for block, y in zip(blocks, _spread(blocks, top, foot), strict=True)
        for pill in block.pills
    )


def set_side_by_side(network: Network, x: float, y: float, room: float, lang: Lang) -> tuple[Pill, ...]:
    """The units in rows from (x, y) on, where none of them ties anybody that is drawn."""
    column, found = _column(network, x, lang), list[Pill]()
    across = max(1, int((room + BETWEEN) // (WIDTH + BETWEEN)))
    for start in range(0, len(column.outermost), across):
        row = [column.nest(bond) for bond in column.outermost[start : start + across]]
        for place, (pills, _) in enumerate(row):
            found += [replace(pill, x=pill.x + place * (WIDTH + BETWEEN), y=pill.y + y) for pill in pills]
        y += max(height for _, height in row) + BETWEEN
    return tuple(found)


def _middle(pills: Iterable[Pill], rows: Mapping[str, Row]) -> float | None:
    """Where the parties are that some units tie, on the average; who leads counts most. None where there are none."""
    ties = [tie for pill in pills for tie in pill.bond.ties if tie.party in rows]
    weights = [_LEAD if tie.role == "lead" else 1 for tie in ties]
    whole = sum(rows[tie.party].middle * weight for tie, weight in zip(ties, weights, strict=True))
    return whole / sum(weights) if ties else None


@dataclass(frozen=True, slots=True)
class _Column:
    """The units to be set: those in no other one, and by each the ones within it."""

    outermost: tuple[Bond, ...]
    nested: Mapping[str, tuple[Bond, ...]]
    names: Mapping[str, str]
    guests: Mapping[str, str]
    x: float
    lang: Lang

    def nest(self, bond: Bond, depth: int = 0) -> tuple[list[Pill], float]:
        """A unit's pill from 0 down, with those within it below it, and how high all of them are."""
        pill = self._pill(bond, depth)
        found, at = [pill], pill.height
        for each in self.nested.get(bond.id, ()):
            inner, takes = self.nest(each, depth + 1)
            found += [replace(one, y=one.y + at + _INSIDE) for one in inner]
            at += takes + _INSIDE
        if len(found) > 1:
            at += _INSET
            found[0] = replace(pill, hull=at)
        return found, at

    def _pill(self, bond: Bond, depth: int) -> Pill:
        indent = min(depth, 4) * _INSET
        width = WIDTH - 2 * indent
        room = width - 24
        known = bond if depth == 0 else replace(bond, within=None)
        notes = [*_joined(bond_notes(known, self.names, self.lang), room), bond_gap(bond, self.lang)]
        shown = tuple(fitted(note, room, SMALL) for note in notes if note)
        guests, high = self._guests(bond, room, 12 + _LINE * (1 + len(shown)))
        is_one_line = len(shown) == 1 and length(bond.name, PAIR) + length(shown[0], SMALL) + 10 <= room
        if bond.kind == "pair" and is_one_line and not guests:
            high, name = 28.0, fitted(bond.name, room, PAIR)
        else:
            is_one_line, name = False, fitted(bond.name, room, NAME)
        height = max(high, _PORT * (len(bond.ties) - len(guests)) + 10)
        return Pill(
            bond, name, shown, self.x + indent, 0, width, height, depth=depth, guests=guests, is_one_line=is_one_line
        )

    def _guests(self, bond: Bond, room: float, top: float) -> tuple[tuple[Guest, ...], float]:
        """Who is shown in the unit itself, and how high it is with them."""
        ties = [tie for tie in bond.ties if tie.party in self.guests]
        labels = [fitted(self.guests[tie.party], room - _MARK, SMALL) for tie in ties]
        # Blanks before a label keep the room for its mark: two of them are wider than any mark is.
        set_lines = lines([f"　　{label}" for label in labels], room, SMALL, 10)
        places = [(at, number) for number, line in enumerate(set_lines) for at, _ in line]
        found = [
            Guest(tie, self.guests[tie.party], label, 12 + at, top + 10 + _LINE * number)
            for tie, label, (at, number) in zip(ties, labels, places, strict=True)
        ]
        return tuple(found), top + _LINE * len(set_lines)


def _joined(pieces: Iterable[str], room: float) -> list[str]:
    """Short remarks, as many on a line as it has room for."""
    found: list[str] = []
    for piece in pieces:
        if found and length(f"{found[-1]} · {piece}", SMALL) <= room:
            found[-1] = f"{found[-1]} · {piece}"
        else:
            found.append(piece)
    return found


def _column(network: Network, x: float, lang: Lang) -> _Column:
    bonds = {bond.id: bond for bond in network.bonds}
    nested: dict[str, tuple[Bond, ...]] = {}
    outermost = []
    for bond in network.bonds:
        if bond.within in bonds and _is_nested(bond, bonds):
            nested[bond.within] = (*nested.get(bond.within, ()), bond)
        else:
            outermost.append(bond)
    names = {bond.id: bond.name for bond in network.bonds} | {zone.id: zone.name for zone in network.zones}
    guests = {id_: party.name for id_, party in network.parties.items() if id_ in network.guests}
    return _Column(tuple(outermost), nested, names, guests, x, lang)


def _is_nested(bond: Bond, bonds: Mapping[str, Bond]) -> bool:
    """Whether a unit is drawn in the one it lies within: not in a circle, and not deeper than can be seen."""
    seen, outer = {bond.id}, bond.within
    while outer is not None and outer in bonds:
        if outer in seen or len(seen) > _DEEPEST:
            return False
        seen.add(outer)
        outer = bonds[outer].within
    return True


def _spread(blocks: Iterable[_Block], top: float, foot: float) -> Iterator[float]:
    """Where each block begins: no two overlap, and the sum of the squared ways from where they would be is least.

    Source: pool adjacent violators (Barlow et al., Statistical Inference under Order Restrictions, 1972).
    """
    pools: list[tuple[float, float, int]] = []  # wanted start, height, blocks
    heights = []
    for block in blocks:
        takes = block.height + BETWEEN
        heights.append(takes)
        start = min(block.wanted, foot) - block.height / 2
        pools.append((start, takes, 1))
        while len(pools) > 1 and pools[-2][0] + pools[-2][1] > pools[-1][0]:
            last, before = pools.pop(), pools.pop()
            count = before[2] + last[2]
            start = (before[0] * before[2] + (last[0] - before[1]) * last[2]) / count
            pools.append((start, before[1] + last[1], count))
    at, number = top, 0
    for start, _, count in pools:
        at = max(at, start)
        for takes in heights[number : number + count]:
            yield at
            at += takes
        number += count
