"""Knows how places become points: equirectangular, degrees of longitude shortened by the cosine of the middle latitude.

No coordinate is moved from one system into another: a projection is made for places of one system.
Source: Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), chapter 12.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, floor, log10, radians

from xqctl.drawing.places import Place

_KM_A_DEGREE = 111.195
"""Along a meridian, on a sphere of 6371 km: good to one in two hundred, which is less than a scale bar shows."""
_WIDE, _HIGH = 860.0, 640.0
_LEAST = (420.0, 300.0)
_AROUND = 0.1
_CLOSEST = 0.004
"""The fewest degrees shown, and the most pixels a degree has: one school alone is not magnified without end."""
_GREATEST = 60_000.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Projection:
    """A window of degrees on a window of pixels; (0, 0) is its upper left corner."""

    west: float
    north: float
    shrink: float
    scale: float
    width: float
    height: float

    def point(self, lon: float, lat: float) -> Point:
        """Where a place is in the window."""
        return (lon - self.west) * self.shrink * self.scale, (self.north - lat) * self.scale

    @property
    def meridians(self) -> tuple[tuple[float, str], ...]:
        """The meridians drawn: how far right, and their degrees."""
        east = self.west + self.width / self.shrink / self.scale
        return tuple((self.point(at, 0)[0], f"{said}°E") for at, said in _ticks(self.west, east, 110 / self._across))

    @property
    def parallels(self) -> tuple[tuple[float, str], ...]:
        """The parallels drawn: how far down, and their degrees."""
        south = self.north - self.height / self.scale
        return tuple((self.point(0, at)[1], f"{said}°N") for at, said in _ticks(south, self.north, 90 / self.scale))

    @property
    def bar(self) -> tuple[float, str]:
        """A round length for the scale bar, in pixels, and what it is."""
        a_km = self.scale / _KM_A_DEGREE
        length = _round(self.width / 4 / a_km)
        return length * a_km, f"{length:g} km" if length >= 1 else f"{length * 1000:g} m"

    @property
    def _across(self) -> float:
        return self.scale * self.shrink


def projected(places: Sequence[Place]) -> Projection:
    """The window that holds all of these places, with some room around them."""
    lons, lats = [float(place.lon) for place in places], [float(place.lat) for place in places]
    middle = ((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)
    shrink = cos(radians(middle[1]))
    wide = max(max(lons) - min(lons), _CLOSEST) * shrink * (1 + 2 * _AROUND)
    high = max(max(lats) - min(lats), _CLOSEST) * (1 + 2 * _AROUND)
    scale = min(_WIDE / wide, _HIGH / high, _GREATEST)
    width, height = max(wide * scale, _LEAST[0]), max(high * scale, _LEAST[1])
    west, north = middle[0] - width / scale / shrink / 2, middle[1] + height / scale / 2
    return Projection(west, north, shrink, scale, width, height)


def hull(points: Iterable[Point]) -> list[Point]:
    """The convex hull of points, anticlockwise. Source: Andrew's monotone chain (1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return [*_half(ordered), *_half(ordered[::-1])]


def _half(points: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _ticks(start: float, end: float, least: float) -> Iterator[tuple[float, str]]:
    """Round degrees from start to end, at least so far apart."""
    step = _round(least, up=True)
    digits = max(0, -floor(log10(step)))
    number = floor(start / step) + 1
    while number * step < end:
        yield number * step, f"{number * step:.{digits}f}"
        number += 1


def _round(value: float, *, up: bool = False) -> float:
    """1, 2 or 5 times a power of ten: the greatest not over `value`, or the least not under it."""
    power = 10.0 ** floor(log10(value))
    choices = [power, 2 * power, 5 * power, 10 * power]
    if up:
        return next(choice for choice in choices if choice >= value * 0.999999)
    return max(choice for choice in choices if choice <= value * 1.000001)
