"""承诺超过资金
More promised than there is.

Why:
    按规则一年要支出的钱，最少也超过了当年的资金。要么还有资金没有登记，要么有的规则从别处列支，要么预算本来就不平。

    Even the least that the rules cost in a year is more than the funds of that year hold: some fund is not entered,
    some rule is paid from elsewhere, or the budget does not close.

Wrong:
    district: {name: 某区, level: district, as_of: 2019-11-02, registers: {groups: complete}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    groups:
      东集团: {form: entrusted, members: {甲校: lead, 乙校: branch}}
    funds:
      专项: {amount: 50万元, per: year}
    subsidies:
      托管经费: {amount: 60万元, each: group, per: year, from: 专项}

Right:
    district: {name: 某区, level: district, as_of: 2019-11-02, registers: {groups: complete}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    groups:
      东集团: {form: entrusted, members: {甲校: lead, 乙校: branch}}
    funds:
      专项: {amount: 80万元, per: year}
    subsidies:
      托管经费: {amount: 60万元, each: group, per: year, from: 专项}

Mend:
    把每条规则由哪笔资金列支写进 from，登记漏掉的资金，再核对金额；差额用 xqctl check 逐年看。

    Write in `from` which fund pays each rule, enter the funds that are lacking, then check the sums; `xqctl check`
    shows the gap year by year.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import Message, msg
from xqctl.money import Balance, Commitment, balances
from xqctl.quantities import show
from xqctl.registry import Rule

RULE = Rule("XQF001", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Each fund in the district's own year; where every fund closes by itself, all of them together."""
    year = district.as_of.year
    found = balances(district, year)
    short = [balance for balance in found if balance.fund is not None and _is_short(balance)]
    for balance in short or [balance for balance in found if balance.fund is None and _is_short(balance)]:
        yield _told(balance, found)


def _is_short(balance: Balance) -> bool:
    """Certainly so: the least that is promised over the most there is."""
    gap = balance.gap
    return gap is not None and gap.low is not None and gap.low > 0


def _told(balance: Balance, found: tuple[Balance, ...]) -> Problem:
    known = {"year": balance.year, "committed": show(balance.committed)}
    available = show(balance.available) if balance.available is not None else ""
    help_ = msg("write in `from` which fund pays each rule, and enter the funds that are lacking")
    rules = tuple(Related(c.subsidy.route("amount"), _costs(c)) for c in balance.commitments if c.amount is not None)
    if balance.fund is not None:
        message = msg(
            "{year}: {committed} promised from {fund}, which holds {available}",
            fund=balance.fund.id,
            available=available,
            **known,
        )
        return Problem(balance.fund.route("amount"), message, help_, rules)
    funds = tuple(
        Related(
            b.fund.route("amount"),
            msg("{fund} holds {amount} ({source})", fund=b.fund.id, amount=show(b.available), source=b.fund.cited),
        )
        for b in found
        if b.fund is not None and b.available is not None
    )
    message = msg(
        "{year}: all rules together cost {committed}, all funds together hold {available}", available=available, **known
    )
    dearest = max(
        (c for c in balance.commitments if c.amount is not None), key=lambda c: c.amount.low or 0 if c.amount else 0
    )
    return Problem(dearest.subsidy.route("amount"), message, help_, (*rules, *funds))


def _costs(commitment: Commitment) -> Message:
    units = show(commitment.units) if commitment.units is not None else "?"
    amount = show(commitment.amount) if commitment.amount is not None else "?"
    entry = commitment.subsidy
    return msg(
        "{subsidy}: {units} units, {amount} ({source})",
        subsidy=entry.id,
        units=units,
        amount=amount,
        source=entry.cited,
    )
