"""Knows where units stand: beside the parties they tie, those within another one inside it, none on top of another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from xqctl.drawing.boxes import NAME, SMALL, Row
from xqctl.drawing.model import Bond, Network
from xqctl.drawing.svg import fitted, length
from xqctl.drawing.words import bond_gap, bond_note
from xqctl.messages import Lang

WIDTH = 262.0
PAIR = 12.0
_INSET = 12.0
_LINE = 17.0
_BETWEEN = 12.0
_INSIDE = 6.0
_PORT = 5.0
_LEAD = 3


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
    bonds = {bond.id: bond for bond in network.bonds}
    nested: dict[str, list[Bond]] = {}
    outermost = []
    for bond in network.bonds:
        if bond.within in bonds and not _is_circular(bond, bonds):
            nested.setdefault(bond.within, []).append(bond)
        else:
            outermost.append(bond)
    names = {bond.id: bond.name for bond in network.bonds} | {zone.id: zone.name for zone in network.zones}
    foot = max((row.y + row.height for row in rows.values()), default=top)
    blocks = []
    for bond in outermost:
        pills, height = _nest(bond, nested, names, x, lang)
        middle = _middle(pills, rows)
        wanted = foot + 1000 if middle is None and rows else middle or top
        blocks.append(_Block(tuple(pills), height, wanted))
    blocks.sort(key=lambda block: block.wanted)
    return tuple(
        replace(pill, y=pill.y + y)
        for block, y in zip(blocks, _spread(blocks, top, foot), strict=True)
        for pill in block.pills
    )


def _middle(pills: Iterable[Pill], rows: Mapping[str, Row]) -> float | None:
    """Where the parties are that some units tie, on the average; who leads counts most. None where there are none."""
    ties = [tie for pill in pills for tie in pill.bond.ties if tie.party in rows]
    weights = [_LEAD if tie.role == "lead" else 1 for tie in ties]
    whole = sum(rows[tie.party].middle * weight for tie, weight in zip(ties, weights, strict=True))
    return whole / sum(weights) if ties else None


def _is_circular(bond: Bond, bonds: Mapping[str, Bond]) -> bool:
    seen, outer = {bond.id}, bond.within
    while outer is not None and outer in bonds:
        if outer in seen:
            return True
        seen.add(outer)
        outer = bonds[outer].within
    return False


def _nest(
    bond: Bond, nested: Mapping[str, list[Bond]], names: Mapping[str, str], x: float, lang: Lang, depth: int = 0
) -> tuple[list[Pill], float]:
    """A unit's pill from 0 down, with those within it below it, and how high all of them are."""
    indent = min(depth, 4) * _INSET
    width = WIDTH - 2 * indent
    room = width - 24
    notes = [bond_note(bond if depth == 0 else replace(bond, within=None), names, lang), bond_gap(bond, lang)]
    shown = tuple(fitted(note, room, SMALL) for note in notes if note)
    if bond.kind == "pair" and len(shown) == 1:
        height, name = 28.0, fitted(bond.name, room - length(shown[0], SMALL) - 10, PAIR)
    else:
        height, name = 12 + _LINE * (1 + len(shown)), fitted(bond.name, room, NAME)
    height = max(height, _PORT * len(bond.ties) + 10)
    pill = Pill(bond, name, shown, x + indent, 0, width, height, depth=depth)
    found, at = [pill], height
    for each in nested.get(bond.id, ()):
        inner, takes = _nest(each, nested, names, x, lang, depth + 1)
        found += [replace(one, y=one.y + at + _INSIDE) for one in inner]
        at += takes + _INSIDE
    if len(found) > 1:
        at += _INSET
        found[0] = replace(pill, hull=at)
    return found, at


def _spread(blocks: Iterable[_Block], top: float, foot: float) -> Iterator[float]:
    """Where each block begins: no two overlap, and the sum of the squared ways from where they would be is least.

    Source: pool adjacent violators (Barlow et al., Statistical Inference under Order Restrictions, 1972).
    """
    pools: list[tuple[float, float, int]] = []  # wanted start, height, blocks
    heights = []
    for block in blocks:
        takes = block.height + _BETWEEN
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
