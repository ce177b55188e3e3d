"""Knows figures: numbers somebody published, with what they measure, their date and their source."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xqctl.district import District, Entry, kept
from xqctl.quantities import Published, Quantity, Unit, Value, between, first_day, parse, published


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

    @property
    def is_count(self) -> bool:
        """Whether it is a bare number."""
        return self.value.unit is Unit.COUNT

    def allows(self, value: Value) -> bool:
        """Whether a number would be published like this; for a range, whether it may lie in it."""
        rounding = self.rounding
        if rounding is not None and not isinstance(value, Quantity):
            return rounding.holds(value)
        return between(value, self.value) is not False

    def can_be(self, other: "Figure") -> bool:
        """Whether some number would be published as this and as the other."""
        if self.value.unit is not other.value.unit:
            return False
        (low, high), (least, most) = self._ends(), other._ends()
        return (low is None or most is None or low <= most) and (high is None or least is None or least <= high)

    def _ends(self) -> tuple[Decimal | None, Decimal | None]:
        rounding = self.rounding
        return (self.value.low, self.value.high) if rounding is None or self.is_count else (rounding.low, rounding.high)


@kept
def figures(district: District) -> tuple[Figure, ...]:
    """Every sound figure with a number, those that a source denies left out, in the order of the files."""
    return tuple(
        Figure(entry, entry.text("metric") or "", value, first_day(entry["on"]) or first_day(entry["since"]))
        for entry in district.all("figures")
        if not entry.is_disputed and (value := parse(entry["value"])) is not None
    )
