"""Knows the legend of the network: every line and mark in it, and what each means; nothing that is not there."""

from collections.abc import Iterator
from dataclasses import dataclass

from xqctl.drawing.marks import COLOURS, DASHES, FLOW, mark, width
from xqctl.drawing.model import Network, TieKind
from xqctl.drawing.routes import thickness
from xqctl.drawing.svg import TEXT, element, length, path, text
from xqctl.labels import label
from xqctl.messages import Lang, msg, say

_SIZE = 12.0
_LINE = 24.0
_GAP = 22.0
_SAMPLE = 34.0
_ROLES = ("lead", "deputy", "member", "branch", "supporter")


@dataclass(frozen=True, slots=True)
class _Item:
    sample: str
    """SVG around (0, 0), `_SAMPLE` wide."""
    words: str


def legend(network: Network, x: float, y: float, room: float, lang: Lang) -> tuple[str, float]:
    """The legend from (x, y) on, in as many lines as it needs, and how high it is."""
    items = list(_items(network, lang))
    found, at, down = [], 0.0, 0.0
    for item in items:
        takes = _SAMPLE + 6 + length(item.words, _SIZE)
        if at and at + takes > room:
            at, down = 0.0, down + _LINE
        said = text(_SAMPLE + 6, 4, item.words, size=_SIZE)
        found.append(element("g", item.sample, said, transform=f"translate({x + at:.1f} {y + down + 10:.1f})"))
        at += takes + _GAP
    return element("g", *found, class_="legend") if found else "", down + _LINE if found else 0


def _items(network: Network, lang: Lang) -> Iterator[_Item]:
    kinds = {bond.kind for bond in network.bonds if bond.ties}
    every: tuple[TieKind, ...] = ("group", "alliance", "pair")
    for kind in (kind for kind in every if kind in kinds):
        line = path(
            "M", 0, 0, "H", _SAMPLE,
            fill="none", stroke=TEXT, stroke_width=width("deputy", kind),
            stroke_dasharray=DASHES[kind], stroke_linecap="round" if kind == "pair" else None,
        )  # fmt: skip
        said = label("common.each", kind)
        yield _Item(line, said.zh if lang == "zh" else said.en)
    yield from _roles(network, lang)
    if sum(bool(bond.ties) for bond in network.bonds) > 1:
        yield _Item(_swatches(), say(msg("colours only tell neighbours apart"), lang))
    if network.flows:
        most = max(flow.count for flow in network.flows)
        for count in dict.fromkeys((1, most)):
            thick = thickness(count, most)
            line = path("M", 0, 0, "H", _SAMPLE - 8, fill="none", stroke=FLOW, stroke_width=thick)
            head = path("M", _SAMPLE, 0, "l", -9, -5, "v", 10, "z", fill=FLOW)
            yield _Item(line + head, say(msg("people posted: {count}", count=count), lang))


def _swatches() -> str:
    each = _SAMPLE / len(COLOURS)
    return "".join(
        element("rect", x=each * number, y=-5, width=each - 1, height=10, fill=fill)
        for number, fill in enumerate(COLOURS)
    )


def _roles(network: Network, lang: Lang) -> Iterator[_Item]:
    ties = [tie for bond in network.bonds for tie in bond.ties]
    ties += [tie for zone in network.zones for tie in zone.roles.values() if tie.role in ("lead", "deputy")]
    found = {tie.role for tie in ties}
    for role in _ROLES:
        if role in found:
            said = label("unit.role", role)
            yield _Item(mark(role, _SAMPLE - 9, 0, TEXT), said.zh if lang == "zh" else said.en)
