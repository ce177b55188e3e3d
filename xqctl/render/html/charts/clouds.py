"""Knows how values are drawn as points on the lines of their categories; where they are too many, as heaps."""

from collections import Counter
from collections.abc import Iterable
from math import sqrt

from xqctl import page as p
from xqctl.messages import Lang, Message, msg
from xqctl.render.html.charts.canvas import (
    MOST,
    WIDTH,
    Data,
    Ground,
    Layer,
    Sketch,
    above,
    across,
    coloured,
    labels,
    limits,
    pixel,
    room_for,
    spec,
    unit,
    whole,
)
from xqctl.render.html.charts.colours import SERIES, ink, of_series, of_tone
from xqctl.render.html.charts.reading import Mark, categories, measure
from xqctl.render.html.charts.scales import Scale, numbers

_FEW = 600
"""Points that are drawn one by one."""
_RADIUS = 4
_LOWEST, _HIGHEST = 36, 132
_HEAPS = 60
_NEAR = 200
"""Dots that are looked at for room: those before a dot in the order of values."""


def points(chart: p.Chart, every: list[Mark], lang: Lang) -> Sketch:
    """A dot for each value beside the others of its size, or, of very many, how many there are of each size."""
    names = categories(every)[:MOST]
    found = [mark for mark in every if mark.value is not None and mark.category in names]
    left = room_for(names)
    ground = Ground(left, 24, above(chart), 0)
    values = [mark.value for mark in found if mark.value is not None]
    bounds = [float(limit.value) for limit in chart.limits]
    scale = numbers([*values, *bounds], measure(chart), ground.length, from_zero=False)
    by_name = {name: [mark for mark in found if mark.category == name] for name in names}
    draw = _heaps if len(found) > _FEW else _dots
    colours = of_series(every) if chart.series is not None else {}
    layer, height, notes = draw(by_name, scale, colours)
    ground = Ground(left, 24, above(chart), height * len(names))
    middles = ((name, (number + 0.5) * height) for number, name in enumerate(names))
    layers = [layer, labels(middles), *limits(chart, scale, ground, lang)]
    missing = sum(mark.value is None for mark in every)
    if missing:
        notes.append(msg("{count} without a value are not drawn", count=missing))
    notes += unit(scale)
    legend = list(colours.items()) if len(colours) > 1 and draw is _dots else []
    return Sketch(spec(ground, layers), WIDTH, whole(ground), legend, notes)


def _dots(by_name: dict[str, list[Mark]], scale: Scale, colours: dict[str, str]) -> tuple[Layer, int, list[Message]]:
    """Each dot at its own value; those that would hide another stand above or below it while there is room."""
    swarms = [_swarm(found, scale) for found in by_name.values()]
    farthest = max(abs(y) for swarm in swarms for _, y, _ in swarm)
    height = round(max(_LOWEST, min(_HIGHEST, 2 * farthest + 16)))
    squeezed = min(1.0, (height - 16) / 2 / farthest) if farthest else 1.0
    data: Data = [
        {
            "x": at,
            "y": (number + 0.5) * height + y * squeezed,
            "ink": ink(colours.get(mark.series) or of_tone(mark.tone)),
            "t": f"{mark.name} {mark.shown}",
        }
        for number, swarm in enumerate(swarms)
        for at, y, mark in swarm
    ]
    return _layer(data, scale), height, []


def _swarm(found: Iterable[Mark], scale: Scale) -> list[tuple[float, float, Mark]]:
    """Where each dot stands: its value, and as near to the middle of its line as the dots before it let it."""
    wide = 2 * _RADIUS
    placed: list[tuple[float, float, Mark]] = []
    for mark in sorted(found, key=lambda mark: (mark.value or 0.0, mark.name)):
        at = scale.at(mark.value or 0.0)
        near = [(at - x, y) for x, y, _ in placed[-_NEAR:] if at - x < wide]
        edges = [y + side * sqrt(wide**2 - x**2) for x, y in near for side in (1, -1)]
        free = (y for y in sorted([0.0, *edges], key=lambda y: (abs(y), y)) if _is_free(y, near))
        placed.append((at, next(free), mark))
    return placed


def _is_free(y: float, near: Iterable[tuple[float, float]]) -> bool:
    """Whether a dot at `y` hides none of those near it, told by how far they are in both directions."""
    return all(x**2 + (y - other) ** 2 >= (2 * _RADIUS) ** 2 - 0.01 for x, other in near)


def _layer(data: Data, scale: Scale) -> Layer:
    ground = {"x": {"datum": scale.low, "type": "quantitative", "scale": scale.domain(), "axis": scale.axis()}}
    return {
        "layer": [
            {"mark": {"type": "rule", "stroke": ink("edge")}, "encoding": ground},
            {
                "data": {"values": data},
                "mark": {"type": "point", "shape": "circle", "size": 4 * _RADIUS**2, "strokeWidth": 1, "aria": True},
                "encoding": {
                    "x": pixel("x"),
                    "y": pixel("y"),
                    "fill": coloured(),
                    "stroke": {"value": ink("faint")},
                    "description": {"field": "t", "type": "nominal"},
                },
            },
        ]
    }


def _heaps(by_name: dict[str, list[Mark]], scale: Scale, _: dict[str, str]) -> tuple[Layer, int, list[Message]]:
    """Each line is parted into equal steps; the more values lie in one, the higher it stands."""
    wide = (scale.high - scale.low) / _HEAPS
    counts = {
        name: Counter(min(_HEAPS - 1, int(((mark.value or 0.0) / scale.per - scale.low) / wide)) for mark in found)
        for name, found in by_name.items()
    }
    most = max(count for each in counts.values() for count in each.values())
    height = 84 if len(by_name) < 12 else 48
    data: Data = []
    for number, each in enumerate(counts.values()):
        foot = (number + 1) * height - 8
        for step, count in sorted(each.items()):
            start = scale.low + step * wide
            data.append(
                {"x": start, "x2": start + wide * 0.92, "y": foot - max(1.0, count / most * (height - 16)), "y2": foot}
            )
    layer: Layer = {
        "data": {"values": data},
        "mark": {"type": "rect", "fill": ink(SERIES[0])},
        "encoding": {"x": across(scale), "x2": {"field": "x2"}, "y": pixel("y"), "y2": {"field": "y2"}},
    }
    total = sum(map(len, by_name.values()))
    said = msg("{total} values in {steps} equal steps, at most {most} in one", total=total, steps=_HEAPS, most=most)
    return layer, height, [said]
