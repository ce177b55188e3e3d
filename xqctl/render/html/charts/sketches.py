"""Knows how bars are drawn: one a row, or one a category in parts; and which module draws the other charts."""

from dataclasses import replace

from xqctl import page as p
from xqctl.messages import Lang
from xqctl.page import Tone
from xqctl.render.html.charts import clouds, times
from xqctl.render.html.charts.canvas import (
    ROW,
    WIDTH,
    Data,
    Ground,
    Layer,
    Sketch,
    above,
    across,
    coloured,
    fewer,
    labels,
    left_out,
    limits,
    pixel,
    room_for,
    spec,
    texts,
    unit,
    whole,
)
from xqctl.render.html.charts.colours import ink, of_series, of_tone
from xqctl.render.html.charts.reading import Mark, measure
from xqctl.render.html.charts.scales import Scale, numbers, pixels

_SIGNS = {Tone.GOOD: "✓ ", Tone.BAD: "✗ ", Tone.WARN: "! "}
_THICK = 14
_ROW = ROW + 4
_GAP = 8
"""Between the bars of one category and those of the next."""


def sketch(chart: p.Chart, found: list[Mark], lang: Lang) -> Sketch | None:
    """How the chart is to be drawn; None where there is nothing to draw."""
    if not any(mark.value is not None or mark.until is not None for mark in found):
        return None
    match chart.mark:
        case "bars":
            return _bars(chart, found, lang)
        case "stacked":
            return _stacked(chart, found)
        case "points":
            return clouds.points(chart, found, lang)
        case "steps":
            return times.steps(chart, found, lang)
        case "spans":
            return times.spans(chart, found, lang)


def _bars(chart: p.Chart, every: list[Mark], lang: Lang) -> Sketch:
    found, rows = fewer(every)
    colours = of_series(every) if chart.series is not None else {}
    said = [_SIGNS.get(mark.tone, "") + mark.shown for mark in found]
    ground = Ground(room_for(rows), max(map(pixels, said)) + 10, above(chart), 0)
    scale = _scale(chart, found, ground)
    data: Data = []
    beside: Data = []
    heads: dict[str, float] = {}
    parted = rows.index("") if "" in rows and found is not every else len(rows)
    for number, mark in enumerate(found):
        group = rows.index(mark.category)
        y = _middle(number + (group > parted)) + (_GAP * group if colours else 0)
        heads.setdefault(mark.category, y)
        colour = ink("tick" if mark.value is None else "text")
        beside.append({"x": 6 + _right(scale, mark.value), "y": y, "t": said[number], "ink": colour})
        if mark.value is not None:
            colour = ink(colours.get(mark.series) or of_tone(mark.tone))
            data.append({"x": mark.value / scale.per, "y": y, "ink": colour})
    bars: Layer = {
        "data": {"values": data},
        "mark": {"type": "bar", "orient": "horizontal", "height": _THICK},
        "encoding": {"x": across(scale), "y": pixel("y"), "fill": coloured()},
    }
    height = round(max(place["y"] for place in beside)) + ROW // 2
    ground = replace(ground, height=height)
    layers = [bars, *limits(chart, scale, ground, lang), labels(heads.items()), texts(beside)]
    legend = list(colours.items()) if len(colours) > 1 else []
    return Sketch(spec(ground, layers), WIDTH, whole(ground), legend, [*unit(scale), *left_out(every, found)])


def _stacked(chart: p.Chart, every: list[Mark]) -> Sketch:
    found, rows = fewer(every)
    colours = of_series(every)
    places = {name: _middle(number, _ROW) for number, name in enumerate(rows)}
    sums = dict.fromkeys(rows, 0.0)
    for mark in found:
        sums[mark.category] += max(0.0, mark.value or 0.0)
    ground = Ground(room_for(rows), 20, 4, _ROW * len(rows))
    scale = numbers([0.0, *sums.values()], measure(chart), ground.length, from_zero=True)
    parts: Data = []
    inside: Data = []
    ends = dict.fromkeys(rows, 0.0)
    order = list(colours)
    for mark in sorted(found, key=lambda mark: order.index(mark.series)):
        start = ends[mark.category]
        end = ends[mark.category] = start + max(0.0, mark.value or 0.0)
        y, room = places[mark.category], scale.at(end) - scale.at(start)
        if room:
            parts.append({"x": start / scale.per, "x2": end / scale.per, "y": y, "ink": ink(colours[mark.series])})
        if pixels(mark.shown) + 2 <= room:
            inside.append({"x": scale.at(start) + room / 2, "y": y, "t": mark.shown, "ink": ink("on")})
    bars: Layer = {
        "data": {"values": parts},
        "mark": {"type": "bar", "orient": "horizontal", "height": _THICK + 4, "stroke": ink("faint")},
        "encoding": {"x": across(scale), "x2": {"field": "x2"}, "y": pixel("y"), "fill": coloured()},
    }
    layers = [bars, labels((name, y) for name, y in places.items() if name), texts(inside, "center")]
    notes = [*unit(scale), *left_out(every, found)]
    return Sketch(spec(ground, layers), WIDTH, whole(ground), list(colours.items()), notes)


def _right(scale: Scale, value: float | None) -> float:
    """Where a bar's text begins: right of it, also of one that runs left from zero."""
    return max(scale.at(0), scale.at(value or 0))


def _scale(chart: p.Chart, found: list[Mark], ground: Ground) -> Scale:
    values = [mark.value for mark in found if mark.value is not None]
    bounds = [float(limit.value) for limit in chart.limits]
    return numbers([*values, *bounds], measure(chart), ground.length, from_zero=True)


def _middle(number: int, row: int = ROW) -> float:
    return (number + 0.5) * row
