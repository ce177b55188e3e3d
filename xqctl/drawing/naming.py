"""Knows where names stand on a map: beside their points, else led to by a line; never on each other or on a point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from xqctl.drawing.svg import length

SIZE = 11.5
_HIGH = SIZE + 4
_POINT = 6.0
_FAR = (26.0, 40.0, 56.0, 74.0, 94.0, 118.0)
_TURNS = 16
_SQUARE = 48.0
_MANY = 160
"""Of more names than this none is led to by a line: the map would be full of lines."""

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
    sheet = _Sheet(frame)
    for name in names:
        sheet.take((name.x - _POINT, name.y - _POINT, name.x + _POINT, name.y + _POINT))
    found, waiting = [], []
    for name in names:
        span = next(filter(sheet.is_free, _beside(name)), None)
        if span is None:
            waiting.append(name)
        else:
            sheet.take(span)
            found.append(Spot(name, span, None))
    for name in waiting if len(names) <= _MANY else ():
        far = next((each for each in _afar(name) if sheet.is_free(each[0])), None)
        if far is not None:
            sheet.take(far[0])
            found.append(Spot(name, *far))
    return tuple(found)


class _Sheet:
    """What is taken already, by squares, so that only what is near is looked at."""

    def __init__(self, frame: Span) -> None:
        self._frame = frame
        self._squares: dict[tuple[int, int], list[Span]] = {}

    def take(self, span: Span) -> None:
        """Keeps a place for something."""
        for square in _squares(span):
            self._squares.setdefault(square, []).append(span)

    def is_free(self, span: Span) -> bool:
        """Whether a place lies in the frame and meets nothing."""
        frame = self._frame
        inside = span[0] >= frame[0] and span[1] >= frame[1] and span[2] <= frame[2] and span[3] <= frame[3]
        return inside and not any(
            span[0] < each[2] and span[2] > each[0] and span[1] < each[3] and span[3] > each[1]
            for square in _squares(span)
            for each in self._squares.get(square, ())
        )


def _squares(span: Span) -> Iterator[tuple[int, int]]:
    for across in range(int(span[0] // _SQUARE), int(span[2] // _SQUARE) + 1):
        for down in range(int(span[1] // _SQUARE), int(span[3] // _SQUARE) + 1):
            yield across, down


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
