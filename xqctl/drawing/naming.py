"""Knows where names stand on a map: beside their points, else led to by a line; never on each other or on a point."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from xqctl.drawing.svg import length

SIZE = 11.5
_HIGH = SIZE + 4
_POINT = 6.0
_FAR = (26.0, 40.0, 56.0, 74.0, 94.0, 118.0)
_TURNS = 16

Span = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be set; `place` tells whose it is."""

    place: int
    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name stands; `line` leads to it from its point, None where it stands beside it."""

    name: Name
    span: Span
    line: tuple[float, float] | None


def spots(names: Sequence[Name], frame: Span) -> tuple[Spot, ...]:
    """Where the names stand, the first ones first; those that find no room have no spot."""
    taken: list[Span] = [(n.x - _POINT, n.y - _POINT, n.x + _POINT, n.y + _POINT) for n in names]
    found, waiting = [], []
    for name in names:
        span = next((span for span in _beside(name) if _is_free(span, frame, taken)), None)
        if span is None:
            waiting.append(name)
        else:
            taken.append(span)
            found.append(Spot(name, span, None))
    for name in waiting:
        far = next(((span, end) for span, end in _afar(name) if _is_free(span, frame, taken)), None)
        if far is not None:
            taken.append(far[0])
            found.append(Spot(name, *far))
    return tuple(found)


def _beside(name: Name) -> Iterator[Span]:
    """Right of the point, left, above, below, then in the corners."""
    wide = length(name.words, SIZE) + 2
    for dx, dy in (
        (10, -_HIGH / 2), (-10 - wide, -_HIGH / 2), (-wide / 2, -10 - _HIGH), (-wide / 2, 10),
        (8, -_HIGH - 4), (8, 4), (-8 - wide, -_HIGH - 4), (-8 - wide, 4),
    ):  # fmt: skip
        yield (name.x + dx, name.y + dy, name.x + dx + wide, name.y + dy + _HIGH)


def _afar(name: Name) -> Iterator[tuple[Span, tuple[float, float]]]:
    """Farther and farther out, all around, with the end of the line that leads there."""
    wide = length(name.words, SIZE) + 2
    for far in _FAR:
        for step in range(_TURNS):
            turn = 2 * pi * step / _TURNS
            x, y = name.x + far * cos(turn), name.y + far * sin(turn)
            left = x if cos(turn) >= -0.01 else x - wide
            yield (left, y - _HIGH / 2, left + wide, y + _HIGH / 2), (x, y)


def _is_free(span: Span, frame: Span, taken: Iterable[Span]) -> bool:
    inside = span[0] >= frame[0] and span[1] >= frame[1] and span[2] <= frame[2] and span[3] <= frame[3]
    return inside and not any(
        span[0] < each[2] and span[2] > each[0] and span[1] < each[3] and span[3] > each[1] for each in taken
    )
