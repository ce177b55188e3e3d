"""Knows a number as an amount: shown as people read it, kept so exactly that a program can go on reckoning with it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from xqctl.derivation.words import written_value
from xqctl.measuring import Number
from xqctl.messages import msg
from xqctl.metrics import Measurement
from xqctl.page import Amount, Measure, Tone, Words
from xqctl.quantities import Quantity, Ratio, Unit, machine, plain, show
from xqctl.targets import Verdict

_MEASURES: Mapping[str, Measure] = {
    "ratio": "ratio",
    "points": "points",
    "count": "count",
    "money": "money",
    "area": "area",
    "index": "index",
}
_UNITS: Mapping[Unit, Measure] = {
    Unit.COUNT: "count",
    Unit.RATIO: "ratio",
    Unit.POINTS: "points",
    Unit.MONEY: "money",
    Unit.AREA: "area",
}


def amount(value: Number | None, measured_in: str = "count", beside: Number | None = None) -> Amount:
    """A value as an amount; see `written_value` for `beside`. A range, or nothing, has no number to reckon with."""
    measure = _UNITS[value.unit] if isinstance(value, Quantity) else _MEASURES.get(measured_in, "number")
    return Amount(written_value(value, measured_in, beside), exactly(value), measure)


def exactly(value: Number | None) -> Decimal | None:
    """The number itself: exact, or at the 12 digits of machine output; None for a range and for nothing."""
    match value:
        case None:
            return None
        case Quantity():
            return None if value.exact is None else _plain(value.exact)
        case Ratio() | Decimal():
            return Decimal(machine(value))
        case _:
            return Decimal(value)


def _plain(number: Decimal) -> Decimal:
    """The same number without exponent or zeros at its end, so that every format spells it alike."""
    return Decimal(plain(number))


def measured(found: Measurement | None, beside: Number | None = None, to: str = "") -> Amount:
    """What was measured, with its basis, and its numerator and denominator where it was counted."""
    if found is None:
        return Amount("—", basis="none")
    told = replace(amount(found.value, found.measured_in, beside), basis=found.basis, to=to)
    if found.basis == "counted" and isinstance(found.value, Ratio):
        return replace(told, numerator=_plain(found.value.numerator), denominator=_plain(found.value.denominator))
    return told


def measured_of(verdict: Verdict, to: str = "") -> Amount:
    """What a verdict holds against its bound, told on the right side of it."""
    return measured(verdict.measurement, verdict.bound.value if verdict.bound is not None else None, to)


def parts_of(told: Amount) -> tuple[Amount | None, Amount | None]:
    """An amount's numerator and denominator as amounts of their own, to stand in cells beside it."""
    return tuple(None if part is None else plain_amount(part) for part in (told.numerator, told.denominator))  # type: ignore[return-value]  # two of two


def plain_amount(number: Decimal | int, to: str = "") -> Amount:
    """A bare number."""
    exact = _plain(Decimal(number))
    return Amount(written_value(exact if exact != exact.to_integral() else int(exact), "count"), exact, "number", to=to)


def money(found: Quantity | None, *, is_whole: bool = True, tone: Tone = Tone.PLAIN) -> Amount:
    """An amount of money in 元; where not all of it is known, at least so much, which is no number to reckon with."""
    if found is None:
        return Amount("—", None, "money", tone=tone)
    shown: Words = show(found) if is_whole else f"≥ {show(found)}"
    return Amount(shown, exactly(found) if is_whole else None, "money", tone=tone)


def short_by(gap: Quantity | None, *, is_whole: bool = True) -> Amount:
    """How much is short; what is left over is no shortage, and is a number below zero."""
    if gap is None or not is_whole:
        return money(gap, is_whole=is_whole, tone=Tone.BAD if gap is not None and _is_over(gap) else Tone.PLAIN)
    if gap.high is not None and gap.high <= 0:
        said = msg("nothing; {left} left", left=show(-gap)) if gap.low != 0 or gap.high != 0 else show(gap)
        return Amount(said, exactly(gap), "money")
    return Amount(show(gap), exactly(gap), "money", tone=Tone.BAD)


def _is_over(gap: Quantity) -> bool:
    return gap.low is not None and gap.low > 0
