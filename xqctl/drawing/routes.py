"""Knows how links run: from a unit to each party it ties, and from where people are posted to where they work.

Ends are spread over the side they meet, in the order of where the other ends are, so that links of one thing do not
cross each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xqctl.drawing.boxes import PORT, Row
from xqctl.drawing.model import Flow, Tie
from xqctl.drawing.pills import Pill

_NARROW, _WIDE, _MANY = 1.2, 8.0, 12


@dataclass(frozen=True, slots=True)
class Link:
    """A curve from a unit (its pill's place among all: `number`) to a party."""

    number: int
    pill: Pill
    tie: Tie
    row: Row
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A curve from one party to another, `bulge` wide at its middle, as thick as many people go."""

    flow: Flow
    origin: Row
    target: Row
    start: float
    end: float
    bulge: float
    thickness: float


def links(pills: Sequence[Pill], rows: Mapping[str, Row]) -> tuple[Link, ...]:
    """The links between units and parties, those of a unit together."""
    every = [(number, pill, tie) for number, pill in enumerate(pills) for tie in pill.bond.ties if tie.party in rows]
    leaving: dict[int, list[Tie]] = {}
    arriving: dict[str, list[int]] = {}
    for number, _, tie in sorted(every, key=lambda each: (each[0], rows[each[2].party].middle)):
        leaving.setdefault(number, []).append(tie)
    for number, _, tie in sorted(every, key=lambda each: each[1].y):
        arriving.setdefault(tie.party, []).append(number)
    return tuple(
        Link(
            number,
            pill,
            tie,
            rows[tie.party],
            _port(pill.y, pill.height, len(leaving[number]), leaving[number].index(tie), 6),
            _port_of(rows[tie.party], len(arriving[tie.party]), arriving[tie.party].index(number)),
        )
        for number, pill, tie in every
    )


def arcs(flows: Sequence[Flow], rows: Mapping[str, Row], room: float) -> tuple[Arc, ...]:
    """The postings, the longest first; a longer one bulges further, up to `room`."""
    drawn = [f for f in flows if f.origin in rows and f.target in rows and f.origin != f.target]
    ends: dict[str, list[tuple[bool, float, int, bool]]] = {}
    for number, flow in enumerate(drawn):
        for party, other, leaves in ((flow.origin, flow.target, True), (flow.target, flow.origin, False)):
            here, there = rows[party].middle, rows[other].middle
            ends.setdefault(party, []).append((there > here, -there, number, leaves))
    for met in ends.values():
        met.sort()
    longest = max((abs(rows[f.origin].middle - rows[f.target].middle) for f in drawn), default=1) or 1
    most = max((flow.count for flow in drawn), default=1)
    found = []
    for number, flow in enumerate(drawn):
        origin, target = rows[flow.origin], rows[flow.target]
        start = _port_of(origin, len(ends[flow.origin]), _place(ends[flow.origin], number, leaves=True))
        end = _port_of(target, len(ends[flow.target]), _place(ends[flow.target], number, leaves=False))
        far = abs(origin.middle - target.middle) / longest
        found.append(Arc(flow, origin, target, start, end, 34 + (room - 34) * far**0.7, thickness(flow.count, most)))
    return tuple(sorted(found, key=lambda arc: -abs(arc.start - arc.end)))


def thickness(count: int, most: int) -> float:
    """How thick the line of so many people is; the most anywhere has the thickest."""
    return _NARROW + (_WIDE - _NARROW) * count / max(most, _MANY)


def _place(ends: Sequence[tuple[bool, float, int, bool]], number: int, *, leaves: bool) -> int:
    return next(place for place, end in enumerate(ends) if end[2] == number and end[3] is leaves)


def _port_of(row: Row, count: int, place: int) -> float:
    return _port(row.y, row.height, count, place, PORT)


def _port(y: float, height: float, count: int, place: int, most: float) -> float:
    step = min(most, (height - 7) / max(count - 1, 1))
    return y + height / 2 + (place - (count - 1) / 2) * step
