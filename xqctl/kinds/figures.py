"""Knows figures: numbers somebody published, with what they measure, their date and their source."""

from dataclasses import dataclass
from datetime import date

from xqctl.district import District, Entry, kept
from xqctl.quantities import Published, Quantity, first_day, parse, published


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number, and the day it was true."""

    entry: Entry
    metric: str
    value: Quantity
    on: date | None

    @property
    def rounding(self) -> Published | None:
        """The values that would be published like this; None for a range."""
        return published(self.value, parse(self.entry["rounded_to"]))


@kept
def figures(district: District) -> tuple[Figure, ...]:
    """Every sound figure with a number, those that a source denies left out, in the order of the files."""
    return tuple(
        Figure(entry, entry.text("metric") or "", value, first_day(entry["on"]) or first_day(entry["since"]))
        for entry in district.all("figures")
        if not entry.is_disputed and (value := parse(entry["value"])) is not None
    )
