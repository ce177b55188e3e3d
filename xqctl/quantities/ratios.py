"""Ratios kept as numerator and denominator, roots, exact comparison, and what a rounded figure can mean.

Rounding is half up (四舍五入) wherever a number is shown: what readers of these documents do by hand.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import ceil, floor

from xqctl.quantities.numbers import EXACT, Quantity, plain, show

_MACHINE = Context(prec=12, rounding=ROUND_HALF_UP)
_ROOT = Context(prec=50, rounding=ROUND_HALF_UP)
_GUARD = Context(prec=110, rounding=ROUND_HALF_UP)
_MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator over a denominator, both exact: a share, or an amount per thing.

    Raises ValueError when the denominator is not over zero; `ratio` gives None instead.
    """

    numerator: Decimal
    denominator: Decimal

    def __post_init__(self) -> None:
        if not self.denominator > 0:
            raise ValueError(f"a ratio over {self.denominator}")

    @property
    def fraction(self) -> Fraction:
        """The exact value."""
        return Fraction(self.numerator) / Fraction(self.denominator)


Value = Ratio | Quantity | Decimal | int
"""What is held against a bound: a ratio, an exact amount or a range, a bare decimal such as a root."""


def ratio(numerator: int | Decimal, denominator: int | Decimal) -> Ratio | None:
    """A ratio; None where the denominator is zero or less: nothing to divide by, so the value is unknown."""
    return Ratio(Decimal(numerator), Decimal(denominator)) if denominator > 0 else None


def root(value: Ratio | Decimal) -> Decimal:
    """The square root at 50 digits. Raises decimal.InvalidOperation for a negative value."""
    square = _GUARD.divide(value.numerator, value.denominator) if isinstance(value, Ratio) else value
    return square.sqrt(_ROOT)


def machine(value: Ratio | Decimal | int) -> str:
    """The number for machine output: a ratio or root at 12 significant digits, `0.3125`, `0.333333333333`."""
    match value:
        case Ratio():
            return plain(_MACHINE.divide(value.numerator, value.denominator))
        case Decimal():
            return plain(_MACHINE.plus(value))
        case int():
            return str(value)


# Three-valued: True, False, or None where a range leaves it open. Units are for the caller to hold together: amounts
# are compared in the base unit. A bound lies inside (0.45 is at least 45%).


def at_least(value: Value, bound: Value) -> bool | None:
    """Is the value at or over the bound?"""
    low, high = _ends(value)
    bound_low, bound_high = _ends(bound)
    if low is not None and bound_high is not None and low >= bound_high:
        return True
    if high is not None and bound_low is not None and high < bound_low:
        return False
    return None


def at_most(value: Value, bound: Value) -> bool | None:
    """Is the value at or under the bound?"""
    low, high = _ends(value)
    bound_low, bound_high = _ends(bound)
    if high is not None and bound_low is not None and high <= bound_low:
        return True
    if low is not None and bound_high is not None and low > bound_high:
        return False
    return None


def equals(value: Value, bound: Value) -> bool | None:
    """Are they the same amount? Ranges are only known to be apart, never to be the same."""
    least, most = at_least(value, bound), at_most(value, bound)
    return False if least is False or most is False else (True if least and most else None)


def between(value: Value, bounds: Quantity) -> bool | None:
    """Does the value lie in a range, ends included?"""
    low = True if bounds.low is None else at_least(value, bounds.low)
    high = True if bounds.high is None else at_most(value, bounds.high)
    return False if low is False or high is False else (True if low and high else None)


def percent(value: Ratio | Decimal, places: int = 2, beside: Decimal | None = None) -> str:
    """A share as people read it, `31.25%`; see `rounded` for `beside` (a fraction of 1)."""
    exact = _fraction(value)
    return _rounded(exact * 100, places, None if beside is None else Fraction(beside) * 100) + "%"


def rounded(value: Ratio | Decimal, places: int = 2, beside: Decimal | None = None) -> str:
    """A number as people read it, rounded half up; zeros at the end mean that it was rounded.

    `beside` is the bound it is shown next to: more places are given until the text stands on the same side of it
    as the number, so that 29.96% is never `30.0%` beside a missed 30%.
    """
    return _rounded(_fraction(value), places, None if beside is None else Fraction(beside))


def written(value: Value) -> str:
    """Any value as people write it: a ratio in percent, an amount with its unit, a bare number to four places."""
    match value:
        case Quantity():
            return show(value)
        case Ratio():
            return percent(value)
        case Decimal():
            return plain(value) if value == round(value, 4) else rounded(value, 4)
        case int():
            return str(value)


@dataclass(frozen=True, slots=True)
class Published:
    """The true values a rounded figure can stand for: from `low` up to but without `high`, in the base unit."""

    low: Decimal
    high: Decimal

    def holds(self, value: Ratio | Decimal | int) -> bool:
        """True when the exact value would have been rounded to the figure."""
        return Fraction(self.low) <= _fraction(value) < Fraction(self.high)


def published(figure: Quantity, rounded_to: Quantity | None = None) -> Published | None:
    """What a published figure can stand for: `35%` to the nearest `1%` is 34.5% up to but without 35.5%.

    Without `rounded_to` the last digit written is the step (35% -> 1%, 35.0% -> 0.1%, 80万元 -> 1万元).
    None for a range, and for a step of zero or less.
    """
    if figure.exact is None:
        return None
    exponent = figure.exact.as_tuple().exponent
    step = Decimal(1).scaleb(int(exponent), EXACT) if rounded_to is None else rounded_to.exact
    if step is None or step <= 0:
        return None
    half = EXACT.divide(step, Decimal(2))
    return Published(EXACT.subtract(figure.exact, half), EXACT.add(figure.exact, half))


def numerators(denominator: int, share: Published) -> range:
    """The whole numbers k for which k / denominator is rounded to the share. Raises ValueError for no denominator."""
    if denominator <= 0:
        raise ValueError(f"a share of {denominator}")
    first, end = Fraction(share.low) * denominator, Fraction(share.high) * denominator
    return range(max(0, ceil(first)), max(0, ceil(end)))


def denominators(numerator: int, share: Published) -> range | None:
    """The whole numbers n for which numerator / n is rounded to the share: 24 at 35% gives 68 and 69.

    None where any number large enough would do (a share that may be zero). Raises ValueError for a negative numerator.
    """
    if numerator < 0:
        raise ValueError(f"a share made by {numerator}")
    if share.low <= 0 < share.high:
        return None
    if numerator == 0 or share.high <= 0:
        return range(0)
    last, before = Fraction(numerator) / Fraction(share.low), Fraction(numerator) / Fraction(share.high)
    return range(floor(before) + 1, floor(last) + 1)


def _fraction(value: Ratio | Decimal | int) -> Fraction:
    return value.fraction if isinstance(value, Ratio) else Fraction(value)


def _ends(value: Value) -> tuple[Fraction | None, Fraction | None]:
    if isinstance(value, Quantity):
        low = None if value.low is None else Fraction(value.low)
        return low, None if value.high is None else Fraction(value.high)
    exact = _fraction(value)
    return exact, exact


def _rounded(exact: Fraction, places: int, beside: Fraction | None) -> str:
    while (
        beside is not None and places < _MOST_PLACES and _side(_half_up(exact, places), beside) != _side(exact, beside)
    ):
        places += 1
    shown = _half_up(exact, places)
    text = f"{Decimal(int(shown * 10**places)).scaleb(-places, EXACT):.{places}f}"
    return plain(Decimal(text)) if shown == exact else text


def _half_up(exact: Fraction, places: int) -> Fraction:
    scale: int = 10**places
    whole = floor(abs(exact) * scale + Fraction(1, 2))
    return Fraction(whole if exact >= 0 else -whole, scale)


def _side(one: Fraction, other: Fraction) -> int:
    return (one > other) - (one < other)
