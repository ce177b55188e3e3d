"""Knows how far the schools of a district differ: the 差异系数 of an indicator, weighted by pupils.

The formula is that of the teaching sheet 县域义务教育校际均衡指标计算方法, written for 教督〔2012〕3号; that
教督〔2017〕6号 means the same is inferred.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Literal

from xqctl.departments import departments, ratio_of, shown
from xqctl.indicators import INDICATORS, Row, called, divided, gaps, items_of, rows
from xqctl.measuring import Counted, Frame, Item, Unknown
from xqctl.messages import Message, msg
from xqctl.quantities import root

Weights = Literal["pupils", "unweighted", "sample"]

_ROOT = Context(prec=50)


def variation(frame: Frame, indicator: str, weights: Weights = "pupils") -> Counted | Unknown:
    """差异系数, S ÷ X, of one indicator over all departments in the thing.

    By pupils: X = Σ raw ÷ N, S = √(Σ nᵢ/N · (xᵢ − X)²), with nᵢ the pupils of a department and N those of all (the
    teaching sheet 县域义务教育校际均衡指标计算方法). Without weights X is the mean of the xᵢ and every department
    weighs 1/k (`sample`: 1/(k − 1) in S). Exact up to the root, which has 50 digits.
    """
    steps: list[Message] = []
    found = rows(frame, indicator, departments(frame, apart=True), steps)
    if isinstance(found, Unknown):
        return found
    if weights == "sample" and len(found) == 1:
        return Unknown((msg("a sample of one school has no variation"),))
    spread = _spread(found, INDICATORS[indicator].factor, weights)
    if spread.mean <= 0:
        return Unknown((msg("no school has any: the mean is {mean}", mean=shown(spread.mean)),))
    result = root(ratio_of(spread.square / spread.mean**2))
    steps += _derivation(found, spread, INDICATORS[indicator].factor)
    steps.append(
        msg(
            "{indicator}: S ÷ X = {deviation} ÷ {mean} = {value}",
            indicator=called(indicator),
            deviation=shown(root(ratio_of(spread.square)), 5),
            mean=shown(spread.mean, 5),
            value=shown(result, 5),
        )
    )
    return Counted(result, *items_of(found), tuple(frame.left), tuple(steps))


def composite(frame: Frame, indicators: tuple[str, ...]) -> Counted | Unknown:
    """综合差异系数: the arithmetic mean of the variations of several indicators, at the 50 digits of their roots."""
    lacking = gaps(frame, indicators, departments(frame, apart=True))
    if lacking:
        return Unknown(lacking)
    found, items, steps = list[Decimal](), list[Item](), list[Message]()
    for indicator in indicators:
        one = variation(frame, indicator)
        if isinstance(one, Unknown) or not isinstance(one.value, Decimal):
            return one
        found.append(one.value)
        items.append(Item(indicator, one.value))
        steps += one.steps
    mean = _ROOT.divide(sum(found, Decimal(0)), Decimal(len(found)))
    parts = " + ".join(str(shown(value, 5)) for value in found)
    steps.append(msg("({parts}) ÷ {count} = {value}", parts=parts, count=len(found), value=shown(mean, 5)))
    return Counted(mean, tuple(items), (), tuple(frame.left), tuple(dict.fromkeys(steps)))


@dataclass(frozen=True, slots=True)
class _Spread:
    """What each department has a pupil, the mean, how much each differs by its weight, and the square of S."""

    weights: Weights
    values: tuple[Fraction, ...]
    mean: Fraction
    parts: tuple[Fraction, ...]
    over: Fraction

    @property
    def square(self) -> Fraction:
        return sum(self.parts, Fraction(0)) / self.over


def _spread(found: tuple[Row, ...], factor: int, weights: Weights) -> _Spread:
    values = tuple(factor * row.value for row in found)
    weighs = tuple(row.pupils if weights == "pupils" else Fraction(1) for row in found)
    every = sum(weighs, Fraction(0))
    mean = sum((weight * value for weight, value in zip(weighs, values, strict=True)), Fraction(0)) / every
    parts = tuple(weight * (value - mean) ** 2 for weight, value in zip(weighs, values, strict=True))
    return _Spread(weights, values, mean, parts, every - 1 if weights == "sample" else every)


def _derivation(found: tuple[Row, ...], spread: _Spread, factor: int) -> list[Message]:
    """The way to S², with every number on it."""
    pupils, raw = sum((row.pupils for row in found), Fraction(0)), sum((row.raw for row in found), Fraction(0))
    if spread.weights == "pupils":
        steps = [msg("X: {division}", division=divided(raw, factor, pupils, spread.mean))]
    else:
        steps = [
            msg("not weighted by pupils, as the standards do: each of {count} weighs the same", count=len(found)),
            msg("X: the mean of {count} values is {mean}", count=len(found), mean=shown(spread.mean)),
        ]
    if spread.weights == "sample":
        steps.append(msg("as of a sample: divided by {count} less 1", count=len(found)))
    for row, value, part in zip(found, spread.values, spread.parts, strict=True):
        steps.append(
            msg(
                "{department}: x = {division}; {weight} × (x − X)² = {part}",
                department=row.department.label,
                division=divided(row.raw, factor, row.pupils, value),
                weight=shown(row.pupils) if spread.weights == "pupils" else "1",
                part=shown(part),
            )
        )
    steps.append(
        msg(
            "S² = {sum} ÷ {over} = {square}",
            sum=shown(sum(spread.parts, Fraction(0))),
            over=shown(spread.over),
            square=shown(spread.square),
        )
    )
    return steps
