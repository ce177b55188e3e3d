"""Knows what a drawing brings onto the page."""

from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing: the inside of its SVG and the ground it is drawn on, its size in pixels.

    `legend` says what its colours (classes of the style sheet) mean, `notes` what is to be said below it.
    """

    svg: Markup
    box: str = ""
    width: int = 0
    height: int = 0
    legend: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
