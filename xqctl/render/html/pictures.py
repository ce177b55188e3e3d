"""Knows how a finished drawing comes onto the page: only shapes and words, its names its own."""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from xqctl.render.html.drawings import Drawn

_SHAPES = frozenset(
    [
        "svg",
        "g",
        "path",
        "line",
        "polyline",
        "polygon",
        "rect",
        "circle",
        "ellipse",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "marker",
        "clipPath",
        "pattern",
        "linearGradient",
        "radialGradient",
        "stop",
        "use",
        "symbol",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "dx",
        "dy",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "points",
        "transform",
        "viewBox",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "opacity",
        "font-size",
        "font-weight",
        "font-family",
        "font-style",
        "text-anchor",
        "dominant-baseline",
        "paint-order",
        "marker-start",
        "marker-mid",
        "marker-end",
        "markerWidth",
        "markerHeight",
        "markerUnits",
        "refX",
        "refY",
        "orient",
        "clip-path",
        "patternUnits",
        "gradientUnits",
        "offset",
        "stop-color",
        "stop-opacity",
        "textLength",
        "lengthAdjust",
        "preserveAspectRatio",
        "vector-effect",
    ]
)
_OWN = re.compile(r"url\(#([^()\s\"']+)\)")
_SAID = frozenset({"title", "desc"})
"""What the page says of the drawing itself."""
_PLACED = frozenset({"x", "y", "width", "height", "viewBox", "preserveAspectRatio", "transform"})
_SAFE = re.compile(r"var\(--[\w-]+(?:, *\w+)?\)")
"""A colour of the page's own style sheet."""
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def cleaned(svg: str, prefix: str) -> Drawn:
    """The drawing; ids in it begin with `prefix`, since other drawings may have the same."""
    root = ET.fromstring(svg)  # noqa: S314  drawn by xqctl itself; what is no shape is left out below
    box = root.get("viewBox") or f"0 0 {_pixels(root, 'width')} {_pixels(root, 'height')}"
    width, height = (round(float(number)) for number in box.split()[2:])
    told = ((name, value) for name, value in _attributes(root, prefix) if name not in _PLACED)
    shapes = (child for child in root if _local(child.tag) not in _SAID)
    inside = Markup("").join(piece for child in shapes for piece in _written(child, prefix))
    return Drawn(Markup("<g{}>{}</g>").format(_told(told), inside), box, width, height)


def _pixels(root: ET.Element, name: str) -> str:
    return root.get(name, "").removesuffix("px") or "100"


def _told(attributes: Iterable[tuple[str, str]]) -> Markup:
    return Markup("").join(Markup(' {}="{}"').format(*each) for each in attributes)


def _written(element: ET.Element, prefix: str) -> Iterator[Markup]:
    tag = _local(element.tag)
    if tag in _SHAPES:
        yield Markup("<{}{}>").format(tag, _told(_attributes(element, prefix)))
        yield escape(element.text or "")
        for child in element:
            yield from _written(child, prefix)
            yield escape(child.tail or "")
        yield Markup("</{}>").format(tag)


def _attributes(element: ET.Element, prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        if name == "id":
            yield name, f"{prefix}-{value}"
        elif name in _ATTRIBUTES and (name == "transform" or "(" not in _SAFE.sub("", _OWN.sub("", value))):
            yield name, _OWN.sub(rf"url(#{prefix}-\1)", value)
        elif name in _HREFS and value.startswith("#"):
            yield "href", f"#{prefix}-{value[1:]}"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
