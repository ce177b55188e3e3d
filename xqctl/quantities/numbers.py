"""Numbers with their units: text such as `80万元` or `8..16` to exact decimals and back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from enum import StrEnum

# Long enough for any sum or product of what `parse` lets in; were it not, it would raise instead of losing digits.
EXACT = Context(prec=200, traps=[Inexact, InvalidOperation])
DIGITS = 30  # most digits before the point, and after it; more is rubbish

_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
_SUFFIX = r"%|‰|个百分点|亿元|万元|元|m2"
_EXACT = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>{_SUFFIX})?")
_RANGE = re.compile(
    rf"(?:(?P<low>{_NUMBER})(?P<low_unit>{_SUFFIX})?)?\.\.(?:(?P<high>{_NUMBER})(?P<high_unit>{_SUFFIX})?)?"
)


class Unit(StrEnum):
    """What a number counts; amounts are kept in the base unit named here."""

    COUNT = "count"  # things, people, scores: the bare number
    RATIO = "ratio"  # a fraction of 1
    POINTS = "points"  # percentage points, as a fraction of 1
    MONEY = "yuan"  # 元
    AREA = "m2"


# how each unit is written -> its unit, and the power of ten that leads to the base unit
_WRITTEN: dict[str, tuple[Unit, int]] = {
    "": (Unit.COUNT, 0),
    "%": (Unit.RATIO, -2),
    "‰": (Unit.RATIO, -3),
    "个百分点": (Unit.POINTS, -2),
    "元": (Unit.MONEY, 0),
    "万元": (Unit.MONEY, 4),
    "亿元": (Unit.MONEY, 8),
    "m2": (Unit.AREA, 0),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount (`low == high`) or a range with both ends inside; None is an open end.

    Amounts are in the base unit of `unit`: yuan, fractions of 1, square metres.
    Raises ValueError when both ends are open or stand the wrong way round: `parse` never lets that happen.
    """

    low: Decimal | None
    high: Decimal | None
    unit: Unit

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a quantity needs at least one end")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{self.low} is over {self.high}")

    @property
    def exact(self) -> Decimal | None:
        """The one amount this stands for; None for a range."""
        return self.low if self.low == self.high else None

    def holds(self, amount: Decimal) -> bool:
        """True when an amount in the base unit lies inside, ends included."""
        return (self.low is None or self.low <= amount) and (self.high is None or amount <= self.high)

    def __add__(self, other: "Quantity") -> "Quantity":
        """The sum, end by end; percentage points may be added to a ratio. Raises ValueError for other mixed units."""
        if self.unit != other.unit and (self.unit, other.unit) != (Unit.RATIO, Unit.POINTS):
            raise ValueError(f"cannot add {other.unit} to {self.unit}")
        return Quantity(_add(self.low, other.low), _add(self.high, other.high), self.unit)

    def __neg__(self) -> "Quantity":
        return Quantity(_negate(self.high), _negate(self.low), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        """The difference: the least of this less the most of the other, and the reverse."""
        return self + -other

    def times(self, count: "int | Decimal | Quantity") -> "Quantity":
        """So many of these; a count that is a range gives a range.

        Raises ValueError for a negative count, or a Quantity that is no count.
        """
        many = count if isinstance(count, Quantity) else number(count)
        if many.unit is not Unit.COUNT or many.low is None or many.low < 0:
            raise ValueError(f"not a count: {count}")
        ends = (_multiply(self.low, many, least=True), _multiply(self.high, many, least=False))
        return Quantity(*ends, self.unit)

    def __str__(self) -> str:
        return show(self)


def number(amount: int | Decimal, unit: Unit = Unit.COUNT) -> Quantity:
    """One exact amount, given in the base unit."""
    exact = Decimal(amount)
    return Quantity(exact, exact, unit)


def parse(value: object) -> Quantity | None:
    """Read a quantity: int, Decimal, or text such as `30%`, `1.5亿元`, `8..16`, `..40%`, `3..5亿元`.

    None for anything else, also for a range whose ends differ in unit or stand the wrong way round,
    and for numbers too long to mean anything.
    """
    match value:
        case bool():
            return None
        case int() if abs(value) < 10**DIGITS:
            return number(value)
        case Decimal() if (
            value.is_finite() and len(value.as_tuple().digits) <= DIGITS and abs(value.adjusted()) < DIGITS
        ):
            return number(value)
        case str() if len(value) < 4 * DIGITS:
            return _parse_text(value)
        case _:
            return None


def total(quantities: Iterable[Quantity], unit: Unit) -> Quantity:
    """The sum of quantities of one unit; zero of it when there are none."""
    result = number(0, unit)
    for quantity in quantities:
        result += quantity
    return result


def show(quantity: Quantity) -> str:
    """Write a quantity the way people do, losing nothing: `240万元`, `80..160万元`, `31.25%`, `8..16`."""
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    suffix, shift = _best_unit(ends, quantity.unit)
    if quantity.exact is not None:
        return _shifted(quantity.exact, shift) + suffix
    if quantity.high is None:
        return f"{_shifted(ends[0], shift)}{suffix}.."
    low = "" if quantity.low is None else _shifted(quantity.low, shift)
    return f"{low}..{_shifted(quantity.high, shift)}{suffix}"


def plain(amount: Decimal) -> str:
    """A decimal as text for people and machines: no exponent, no trailing zeros, never `-0`."""
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _parse_text(text: str) -> Quantity | None:
    if found := _EXACT.fullmatch(text):
        unit, shift = _WRITTEN[found["unit"] or ""]
        end = _end(found["number"], shift)
        return None if end is None else Quantity(end, end, unit)
    found = _RANGE.fullmatch(text)
    if found is None or (found["low"] is None and found["high"] is None):
        return None
    if found["low"] and found["high"] and found["low_unit"] and found["low_unit"] != found["high_unit"]:
        return None
    unit, shift = _WRITTEN[found["high_unit"] or found["low_unit"] or ""]
    low = None if found["low"] is None else _end(found["low"], shift)
    high = None if found["high"] is None else _end(found["high"], shift)
    if (low is None) != (found["low"] is None) or (high is None) != (found["high"] is None):
        return None  # an end with too many digits must not become an open one
    if low is not None and high is not None and low > high:
        return None
    return Quantity(low, high, unit)


def _end(text: str, shift: int) -> Decimal | None:
    whole, _, fraction = text.lstrip("-").partition(".")
    if len(whole) > DIGITS or len(fraction) > DIGITS:
        return None
    return Decimal(text).scaleb(shift, EXACT)


def _best_unit(ends: list[Decimal], unit: Unit) -> tuple[str, int]:
    """Money goes by the largest unit that keeps two decimals at most; every other unit has one way."""
    match unit:
        case Unit.COUNT:
            return "", 0
        case Unit.RATIO:
            return "%", -2
        case Unit.POINTS:
            return "个百分点", -2
        case Unit.AREA:
            return "m2", 0
        case Unit.MONEY:
            largest = max(abs(end) for end in ends)
            for suffix, shift in (("亿元", 8), ("万元", 4)):
                if largest >= Decimal(10) ** shift and all(_is_round(end, shift - 2) for end in ends):
                    return suffix, shift
            return "元", 0


def _is_round(amount: Decimal, power: int) -> bool:
    with localcontext(EXACT):
        return amount % (Decimal(10) ** power) == 0


def _shifted(amount: Decimal, shift: int) -> str:
    return plain(amount.scaleb(-shift, EXACT))


def _add(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else EXACT.add(one, other)


def _negate(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.copy_negate()


def _multiply(amount: Decimal | None, many: Quantity, *, least: bool) -> Decimal | None:
    """One end times a count: the smaller or larger of the products with both ends of the count."""
    if amount is None:
        return None
    if amount == 0:
        return Decimal(0)
    factor = many.low if (amount > 0) == least else many.high
    return None if factor is None else EXACT.multiply(amount, factor)
