"""Knows how money is laid out for people: what every rule pays, under its fund, and what there is for it."""

from collections.abc import Iterable, Iterator, Sequence

from xqctl.derivation.amounts import amount, money, short_by
from xqctl.messages import msg
from xqctl.money import Balance, Commitment
from xqctl.page import Amount, Block, Cell, Column, Heading, Run, Table, Tone
from xqctl.quantities import show


def money_blocks(balances: Iterable[Balance]) -> Iterator[Block]:
    """What every rule pays in the last year, under its fund, and what there is for it; of earlier years the sums."""
    rows = tuple(_rows(tuple(balances)))
    if rows:
        yield Heading(msg("Money"), 2)
        columns = (
            Column(msg("year")),
            Column(msg("fund"), "name"),
            Column(msg("rule"), "name"),
            Column(msg("how many"), "number"),
            Column(msg("committed"), "number"),
            Column(msg("available"), "number"),
            Column(msg("short by"), "number"),
        )
        yield Table(columns, rows)


def own(balance: Balance) -> tuple[Commitment, ...]:
    """What is charged to a balance's own fund; to the one of all funds, what is charged to no named one."""
    fund = balance.fund.id if balance.fund is not None else None
    return tuple(each for each in balance.commitments if each.fund == fund)


def units_of(each: Commitment) -> Amount:
    """For how many a rule pays; at least so many where not all are registered."""
    told = amount(each.units)
    return told if each.whole or each.units is None else Amount(f"≥ {show(each.units)}", None)


def fund_name(balance: Balance) -> Cell:
    """A fund by its name, or that it is all of them."""
    return Run(balance.fund.id if balance.fund is not None else msg("all together"), Tone.STRONG)


def _rows(balances: Sequence[Balance]) -> Iterator[tuple[Cell, ...]]:
    last = max((balance.year for balance in balances), default=0)
    for balance in balances:
        for each in own(balance) if balance.year == last else ():
            named: Cell = each.fund or Run(msg("no named fund"), Tone.MUTED)
            paid = money(each.amount, is_whole=each.whole)
            yield (str(each.year), named, each.subsidy.id, units_of(each), paid, "", "")
        committed = money(balance.committed, is_whole=balance.is_whole)
        short = short_by(balance.gap, is_whole=balance.is_whole)
        yield (str(balance.year), fund_name(balance), "", "", committed, money(balance.available), short)
