"""Knows what a chart is drawn with: layers of bars, rules, texts and dots on a ground of a known size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xqctl import page as p
from xqctl.messages import Lang, Message, msg, say
from xqctl.render.html.charts.colours import ink
from xqctl.render.html.charts.reading import Mark, categories
from xqctl.render.html.charts.scales import EM, Scale, cut, pixels, rows_of
from xqctl.screen import visible

WIDTH = 720
ROW = 24
MOST = 80
"""Categories that one picture holds."""
LABEL = 30
"""Columns of text of the longest label beside a row."""
_LINE = 16
_AXIS = 24

Layer = dict[str, Any]
Data = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ground:
    """The place for marks, in pixels: what stands left, right, above and below it is outside."""

    left: int
    right: int
    top: int
    height: int
    bottom: int = _AXIS

    @property
    def length(self) -> int:
        """From its left edge to its right one."""
        return WIDTH - self.left - self.right


@dataclass(frozen=True, slots=True)
class Sketch:
    """A chart that is to be drawn: its specification in Vega-Lite, its whole size, its legend, remarks below it."""

    spec: dict[str, Any]
    width: int
    height: int
    legend: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def spec(ground: Ground, layers: Sequence[Layer]) -> dict[str, Any]:
    """The layers on their ground; nothing is moved to make room, so no font is measured."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": ground.length,
        "height": ground.height,
        "padding": {"left": ground.left, "right": ground.right, "top": ground.top, "bottom": ground.bottom},
        "autosize": "none",
        "background": None,
        "layer": list(layers),
        "config": {
            "aria": False,
            "view": {"stroke": None},
            "text": {"fontSize": EM, "baseline": "middle"},
            "axis": {
                "domain": False,
                "ticks": False,
                "labelFontSize": EM - 1,
                "labelPadding": 6,
                "labelColor": ink("tick"),
                "gridColor": ink("edge"),
            },
        },
    }


def whole(ground: Ground) -> int:
    """The height of the picture."""
    return ground.top + ground.height + ground.bottom


def across(scale: Scale, name: str = "x", *, is_first: bool = True) -> dict[str, Any]:
    """A field on the level scale; the first layer that has it draws its axis."""
    axis = scale.axis() if is_first else None
    return {"field": name, "type": "quantitative", "scale": scale.domain(), "axis": axis}


def pixel(name: str) -> dict[str, Any]:
    """A field that holds pixels."""
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def coloured(name: str = "ink") -> dict[str, Any]:
    """A field that holds the colour."""
    return {"field": name, "type": "nominal", "scale": None}


def texts(data: Data, align: str = "left", **mark: object) -> Layer:
    """Texts at `x` and `y` pixels in their colours."""
    return {
        "data": {"values": data},
        "mark": {"type": "text", "align": align, "limit": 0, **mark},
        "encoding": {"x": pixel("x"), "y": pixel("y"), "text": {"field": "t", "type": "nominal"}, "fill": coloured()},
    }


def labels(found: Iterable[tuple[str, float]]) -> Layer:
    """What stands left of the ground, beside the middle of its row."""
    data = [{"x": -10, "y": y, "t": cut(text, LABEL), "ink": ink("text")} for text, y in found]
    return texts(data, "right")


def room_for(names: Iterable[str]) -> int:
    """The pixels that labels take left of the ground."""
    return max((pixels(cut(name, LABEL)) for name in names), default=0) + 14


def limits(chart: p.Chart, scale: Scale, ground: Ground, lang: Lang) -> list[Layer]:
    """The bounds across the chart, each called by its name above it."""
    if not chart.limits:
        return []
    named = sorted((scale.at(float(each.value)), called(each, lang)) for each in chart.limits)
    starts = [_start(at, pixels(text), ground) for at, text in named]
    rows = rows_of([(start, start + pixels(text)) for start, (_, text) in zip(starts, named, strict=True)])
    said = [
        {"x": start, "y": -10 - row * _LINE, "t": text, "ink": ink("limit")}
        for start, row, (_, text) in zip(starts, rows, named, strict=True)
    ]
    lines = [{"x": at, "y": -4 - row * _LINE, "y2": ground.height} for row, (at, _) in zip(rows, named, strict=True)]
    rule = {
        "data": {"values": lines},
        "mark": {"type": "rule", "strokeDash": [5, 3], "strokeWidth": 1.5, "stroke": ink("limit")},
        "encoding": {"x": pixel("x"), "y": pixel("y"), "y2": {"field": "y2"}},
    }
    return [rule, texts(said)]


def called(limit: p.Limit, lang: Lang) -> str:
    """What stands beside a limit's line."""
    return cut(visible(say(limit.label, lang)), LABEL)


def above(chart: p.Chart) -> int:
    """The pixels that the names of the limits may take above the ground."""
    return 8 + _LINE * len(chart.limits)


def unit(scale: Scale) -> list[Message]:
    """What the scale counts, where that needs saying."""
    return [msg("unit: {unit}", unit=scale.unit)] if scale.unit else []


def _start(at: float, long: int, ground: Ground) -> float:
    """Where a limit's name begins: beside its line, inside the picture."""
    return max(-float(ground.left), min(at - 4, WIDTH - ground.left - long - 2))


def fewer(found: list[Mark]) -> tuple[list[Mark], list[str]]:
    """The marks a picture holds, and their categories as its rows from top to bottom.

    Of too many categories those with the highest and the lowest values are kept; an empty row parts them.
    """
    every = categories(found)
    if len(every) <= MOST:
        return found, every
    sums: dict[str, float] = {}
    for mark in found:
        if mark.value is not None:
            sums[mark.category] = sums.get(mark.category, 0.0) + mark.value
    ranked = sorted(sums, key=lambda name: -sums[name])
    kept = [*ranked[: MOST // 2], "", *ranked[MOST // 2 :][-(MOST // 2) :]]
    place = {name: number for number, name in enumerate(kept)}
    shown = [mark for mark in found if mark.category in place]
    return sorted(shown, key=lambda mark: place[mark.category]), kept


def left_out(every: Iterable[Mark], found: Iterable[Mark]) -> list[Message]:
    """What is said where a picture does not show all."""
    all_, shown = len(categories(every)), len(categories(found))
    if shown == all_:
        return []
    half = shown // 2
    return [
        msg(
            "of {all} the picture shows the {half} highest and the {half} lowest; the table has all",
            all=all_,
            half=half,
        )
    ]
