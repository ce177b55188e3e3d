"""Knows how what changes with time is drawn: values as steps, doings as spans of days."""

from xqctl import page as p
from xqctl.messages import Lang, Message, msg
from xqctl.render.html.charts.canvas import (
    MOST,
    ROW,
    WIDTH,
    Data,
    Ground,
    Layer,
    Sketch,
    above,
    across,
    called,
    coloured,
    labels,
    limits,
    pixel,
    room_for,
    spec,
    texts,
    unit,
    whole,
)
from xqctl.render.html.charts.colours import ink, of_series
from xqctl.render.html.charts.reading import Mark, categories, measure
from xqctl.render.html.charts.scales import Scale, days, numbers, pixels

_HEIGHT = 220
_LABELLED = 24
"""Points whose values are written beside them."""
_LEAST = 4


def steps(chart: p.Chart, every: list[Mark], lang: Lang) -> Sketch | None:
    """A line a series, level from each day to the next and from the last on."""
    found = [mark for mark in every if mark.on is not None and mark.value is not None]
    if not found:
        return None
    colours = of_series(found)
    bounds = [float(limit.value) for limit in chart.limits]
    up = numbers([*(mark.value or 0.0 for mark in found), *bounds], measure(chart), _HEIGHT, from_zero=False)
    ends = max((pixels(called(limit, lang)) for limit in chart.limits), default=0)
    ground = Ground(64, max(48, ends + 8), 20, _HEIGHT)
    along = days([mark.on or 0.0 for mark in found], ground.length)
    data = [
        {"x": mark.on, "y": (mark.value or 0.0) / up.per, "s": mark.series, "ink": ink(colours[mark.series])}
        for mark in sorted(found, key=lambda mark: mark.on or 0.0)
    ]
    last = {each["s"]: {**each, "x": along.high} for each in data}
    y = {"field": "y", "type": "quantitative", "scale": up.domain(), "axis": up.axis(tickCount=5)}
    shared: Layer = {"x": across(along), "y": y}
    lines: Layer = {
        "data": {"values": [*data, *last.values()]},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {**shared, "stroke": coloured(), "detail": {"field": "s"}},
    }
    dots: Layer = {
        "data": {"values": data},
        "mark": {"type": "point", "shape": "circle", "size": 49},
        "encoding": {**shared, "fill": coloured(), "stroke": {"value": ink("faint")}},
    }
    layers = [*_bounds(chart, up, ground, lang), lines, dots, texts(_values(found, along, up, colours), "center")]
    legend = list(colours.items()) if len(colours) > 1 else []
    return Sketch(spec(ground, layers), WIDTH, whole(ground), legend, unit(up))


def _values(found: list[Mark], along: Scale, up: Scale, colours: dict[str, str]) -> Data:
    """The values beside their points: of every other series below, of few points all, else each line's last."""
    order = list(colours)
    last = {mark.series: mark for mark in sorted(found, key=lambda mark: mark.on or 0.0)}
    named = found if len(found) <= _LABELLED else list(last.values())
    return [
        {
            "x": along.at(mark.on or 0.0),
            "y": _HEIGHT - up.at(mark.value or 0.0) + (13 if order.index(mark.series) % 2 else -13),
            "t": mark.shown,
            "ink": ink("text"),
        }
        for mark in named
    ]


def _bounds(chart: p.Chart, up: Scale, ground: Ground, lang: Lang) -> list[Layer]:
    """The limits as level lines with their names at the right end."""
    levels = [(_HEIGHT - up.at(float(limit.value)), called(limit, lang)) for limit in chart.limits]
    lines = [{"x": 0, "x2": ground.length, "y": level} for level, _ in levels]
    said = [{"x": ground.length + 6, "y": level, "t": text, "ink": ink("limit")} for level, text in levels]
    rule: Layer = {
        "data": {"values": lines},
        "mark": {"type": "rule", "strokeDash": [5, 3], "strokeWidth": 1.5, "stroke": ink("limit")},
        "encoding": {"x": pixel("x"), "x2": {"field": "x2"}, "y": pixel("y")},
    }
    return [rule, texts(said)] if levels else []


def spans(chart: p.Chart, every: list[Mark], lang: Lang) -> Sketch:
    """A bar from day to day; what has but one day is a dot on it, what has no end runs on to the edge."""
    names = categories(every)[:MOST]
    found = [mark for mark in every if mark.category in names]
    colours = of_series(every)
    ground = Ground(room_for(names), 16, above(chart) if chart.limits else 4, ROW * len(names))
    known = [day for mark in found for day in (mark.value, mark.until) if day is not None]
    scale = days([*known, *(float(limit.value) for limit in chart.limits)], ground.length)
    bars: Data = []
    dots: Data = []
    for mark in found:
        told = {"ink": ink(colours[mark.series]), "t": " ".join(filter(None, (mark.name, mark.shown, mark.series)))}
        y = (names.index(mark.category) + 0.5) * ROW
        if mark.value is not None:
            end = scale.length if mark.until is None else max(scale.at(mark.value) + _LEAST, scale.at(mark.until))
            bars.append({**told, "x": scale.at(mark.value), "x2": end, "y": y})
        elif mark.until is not None:
            dots.append({**told, "x": scale.at(mark.until), "y": y})
    layers = [_ground(scale), _spans(bars), _days(dots), labels(_middles(names)), *limits(chart, scale, ground, lang)]
    legend = list(colours.items()) if len(colours) > 1 else []
    return Sketch(spec(ground, layers), WIDTH, whole(ground), legend, _left_out(every, names))


def _middles(names: list[str]) -> list[tuple[str, float]]:
    return [(name, (number + 0.5) * ROW) for number, name in enumerate(names)]


def _ground(scale: Scale) -> Layer:
    """Nothing but the scale's own lines."""
    place = {"datum": scale.low, "type": "quantitative", "scale": scale.domain(), "axis": scale.axis()}
    return {"mark": {"type": "rule", "stroke": ink("edge")}, "encoding": {"x": place}}


def _spans(data: Data) -> Layer:
    return {
        "data": {"values": data},
        "mark": {"type": "bar", "orient": "horizontal", "height": 12, "cornerRadius": 2, "aria": True},
        "encoding": {
            "x": pixel("x"),
            "x2": {"field": "x2"},
            "y": pixel("y"),
            "fill": coloured(),
            "description": {"field": "t", "type": "nominal"},
        },
    }


def _days(data: Data) -> Layer:
    return {
        "data": {"values": data},
        "mark": {"type": "point", "shape": "diamond", "size": 150, "aria": True},
        "encoding": {
            "x": pixel("x"),
            "y": pixel("y"),
            "fill": coloured(),
            "stroke": {"value": ink("faint")},
            "description": {"field": "t", "type": "nominal"},
        },
    }


def _left_out(every: list[Mark], names: list[str]) -> list[Message]:
    count = len(categories(every))
    return (
        [msg("of {all} the picture shows the first {count}; the table has all", all=count, count=len(names))]
        if (count > len(names))
        else []
    )
