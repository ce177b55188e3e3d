"""Knows the colours of a chart by name, and how Vega's SVG becomes small and takes its colours from the style sheet.

While Vega draws, each colour is a number that stands for its name; afterwards it is a class, so that the page's style
sheet says what it looks like by day, by night and on paper.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from xqctl.page import Tone
from xqctl.render.html.charts.reading import Mark

SERIES = tuple(f"c{number}" for number in range(1, 9))
_TONES = {Tone.GOOD: "good", Tone.BAD: "bad", Tone.WARN: "warn", Tone.MUTED: "muted", Tone.NOTED: "noted"}
_NAMES = (*SERIES, *_TONES.values(), "text", "tick", "faint", "edge", "limit", "on")
_NUMBERS = {name: f"#0000{number:02x}" for number, name in enumerate(_NAMES, 16)}
_BY_NUMBER = {number: name for name, number in _NUMBERS.items()}
_KEPT = ("transform", "d", "x", "y", "x2", "y2", "width", "height", "text-anchor", "stroke-width", "stroke-dasharray")
_USELESS = {("stroke-width", "1"), ("transform", "translate(0,0)"), ("text-anchor", "start")}
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}(e-?\d+)?")
_DOT = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?")
_MOVED = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")


def ink(name: str) -> str:
    """What stands for a colour while Vega draws."""
    return _NUMBERS[name]


def of_tone(tone: Tone) -> str:
    """The colour of a single mark: that of its tone, else the first."""
    return _TONES.get(tone, SERIES[0])


def of_series(found: Iterable[Mark]) -> dict[str, str]:
    """The colour of each series in the order of their first marks: its tone's, where tones tell them apart."""
    tones: dict[str, Tone] = {}
    for mark in found:
        tones.setdefault(mark.series, mark.tone)
    toned = [_TONES.get(tone) for tone in tones.values()]
    if None not in toned and len(set(toned)) == len(toned):
        return {series: of_tone(tone) for series, tone in tones.items()}
    return {series: SERIES[number % len(SERIES)] for number, series in enumerate(tones)}


def inked(svg: str) -> Markup:
    """The inside of Vega's SVG without what it says twice, its colours as classes."""
    root = ET.fromstring(svg)  # noqa: S314  drawn in this process a moment ago
    return Markup("").join(piece for child in root for piece in _written(child))


def _written(element: ET.Element) -> Iterator[Markup]:
    tag = element.tag.rpartition("}")[2]
    if tag == "g":
        yield from _group(element)
    elif not _is_nothing(element, tag):
        kept = {name: element.get(name, "") for name in _KEPT if element.get(name) is not None}
        kept = {name: _LONG_NUMBER.sub(_rounded, value) for name, value in kept.items()}
        yield _tag(*_dot(tag, kept), _classes(element), _inside(element))


def _group(element: ET.Element) -> Iterator[Markup]:
    inner = Markup("").join(piece for child in element for piece in _written(child))
    moved = _LONG_NUMBER.sub(_rounded, element.get("transform", ""))
    if inner:
        yield inner if moved in ("", "translate(0,0)") else Markup('<g transform="{}">{}</g>').format(moved, inner)


def _is_nothing(element: ET.Element, tag: str) -> bool:
    """Whether nothing of it is seen."""
    hidden = element.get("class") in ("background", "foreground") or element.get("opacity") == "0"
    return hidden or (tag == "text" and not (element.text or "").strip()) or (tag == "path" and not element.get("d"))


def _tag(tag: str, attributes: dict[str, str], classes: str, inside: Markup) -> Markup:
    every = {**attributes, "class": classes} if classes else attributes
    told = Markup("").join(Markup(' {}="{}"').format(*each) for each in every.items() if each not in _USELESS)
    return Markup("<{0}{1}>{2}</{0}>").format(tag, told, inside) if inside else Markup("<{}{}/>").format(tag, told)


def _dot(tag: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
    """A path that is a circle, as a circle."""
    dot = _DOT.fullmatch(attributes.get("d", ""))
    moved = _MOVED.fullmatch(attributes.get("transform", "translate(0,0)"))
    if dot and moved:
        return "circle", {"cx": moved[1], "cy": moved[2], "r": dot[1]}
    return tag, attributes


def _classes(element: ET.Element) -> str:
    fill, stroke = (_BY_NUMBER.get(element.get(name, "")) for name in ("fill", "stroke"))
    return " ".join(filter(None, (f"f-{fill}" if fill else "", f"s-{stroke}" if stroke else "")))


def _inside(element: ET.Element) -> Markup:
    label = element.get("aria-label")
    return (Markup("<title>{}</title>").format(label) if label else Markup("")) + escape(element.text or "")


def _rounded(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 1):g}"
