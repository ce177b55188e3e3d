"""Knows what a change does to a district's numbers: metrics with targets, verdicts and money, before and after.

Only what moved is told. A thing that is measured on one side alone has nothing on the other.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from xqctl.assess import assess
from xqctl.district import District
from xqctl.metrics import Measurement
from xqctl.money import Balance
from xqctl.quantities import Quantity, machine
from xqctl.targets import Verdict

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Moved(Generic[_T]):
    """What one thing was before and is after; None where it is not there."""

    before: _T | None
    after: _T | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What moved; `verdicts` those that say something else now, `money` what a fund holds or owes."""

    metrics: tuple[Moved[Measurement], ...]
    verdicts: tuple[Moved[Verdict], ...]
    money: tuple[Moved[Balance], ...]


NOTHING = Effect((), (), ())
"""Where nothing moved."""


def effect(old: District, new: District) -> Effect:
    """What differs between two states' numbers, each on its own day."""
    before, after = assess(old), assess(new)
    verdicts = _moved(_by_thing(before.verdicts), _by_thing(after.verdicts))
    metrics = _moved(_measured(before.verdicts), _measured(after.verdicts))
    money = _moved(_by_fund(before.money), _by_fund(after.money))
    return Effect(
        tuple(each for each in metrics if _value(each.before) != _value(each.after)),
        tuple(each for each in verdicts if _state(each.before) != _state(each.after)),
        tuple(each for each in money if _sums(each.before) != _sums(each.after)),
    )


def _moved(before: Mapping[Hashable, _T], after: Mapping[Hashable, _T]) -> Iterable[Moved[_T]]:
    """Every thing of either side, in the order of the newer one, then what is gone."""
    return (Moved(before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before)))


def _by_thing(verdicts: Iterable[Verdict]) -> Mapping[Hashable, Verdict]:
    return {(verdict.target.id, verdict.thing.each, verdict.thing.id): verdict for verdict in verdicts}


def _measured(verdicts: Iterable[Verdict]) -> Mapping[Hashable, Measurement]:
    """What is measured, once for all targets that ask the same."""
    found = (verdict.measurement for verdict in verdicts)
    return {(each.question, each.thing.each, each.thing.id): each for each in found if each is not None}


def _by_fund(money: Iterable[Balance]) -> Mapping[Hashable, Balance]:
    return {balance.fund.id if balance.fund is not None else None: balance for balance in money}


def _value(found: Measurement | None) -> object:
    """As far as anybody is told: a ratio by its value, whatever its parts; what is unknown is nothing."""
    if found is None or found.value is None:
        return None
    return found.basis, str(found.value) if isinstance(found.value, Quantity) else machine(found.value)


def _state(verdict: Verdict | None) -> object:
    return None if verdict is None else verdict.state


def _sums(balance: Balance | None) -> object:
    return None if balance is None else (balance.committed, balance.available)
