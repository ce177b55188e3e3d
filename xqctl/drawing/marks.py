"""Knows the marks and colours of the network: what tells kinds and roles apart without colour, and colours besides.

The colours are those of Okabe and Ito (Color Universal Design, 2008), darkened or lightened until each has a contrast
of 3 : 1 on white and on the dark page (WCAG 2.2, 1.4.11); only neighbours have to differ, dashes and marks say more.
"""

from collections.abc import Mapping
from math import cos, pi, sin

from xqctl.drawing.model import TieKind
from xqctl.drawing.svg import PAPER, element, number

COLOURS = ("#1b7fc4", "#d55e00", "#00906a", "#b5638f", "#a87400", "#6f7c8a")
FLOW = "#7a8490"
DASHES: Mapping[TieKind, str | None] = {"group": None, "alliance": "8 4", "pair": "0.1 5.5"}
WIDTHS: Mapping[str, float] = {"lead": 3.4, "deputy": 2.4, "supporter": 1.2}
_MEMBER = 1.7


def width(role: str, kind: TieKind) -> float:
    """How thick the link of a role is."""
    return max(WIDTHS.get(role, _MEMBER), 2.6 if kind == "pair" else 0)


def colour(position: int) -> str:
    """The colour of the unit at a place in the column: never its neighbour's."""
    return COLOURS[position % len(COLOURS)]


def mark(role: str, x: float, y: float, fill: str) -> str:
    """The mark of a role: star for lead, diamond for deputy, square for branch, ring for supporter, dot for member."""
    match role:
        case "lead":
            return _shape(_star(x, y, 7), fill, PAPER, 1)
        case "deputy":
            return _shape([(x, y - 5.2), (x + 5.2, y), (x, y + 5.2), (x - 5.2, y)], fill, PAPER, 1)
        case "branch":
            return _shape([(x - 3, y - 3), (x + 3, y - 3), (x + 3, y + 3), (x - 3, y + 3)], fill, PAPER, 0.8)
        case "supporter":
            return element("circle", cx=x, cy=y, r=3, fill=PAPER, stroke=fill, stroke_width=1.4)
        case _:
            return element("circle", cx=x, cy=y, r=3, fill=fill, stroke=PAPER, stroke_width=0.8)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    turns = [(pi * step / 5 - pi / 2, radius if step % 2 == 0 else radius * 0.45) for step in range(10)]
    return [(x + far * cos(turn), y + far * sin(turn)) for turn, far in turns]


def _shape(points: list[tuple[float, float]], fill: str, stroke: str, thick: float) -> str:
    said = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return element("polygon", points=said, fill=fill, stroke=stroke, stroke_width=thick)
