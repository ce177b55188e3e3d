"""经费
Money.

About:
    每年每条规则按什么、按多少、从哪项资金支出，资金有多少，够不够；申请和批复，已经列支的。

    Year by year what each rule pays, for how many, from which fund, what the fund holds and what is short; what was
    asked for and granted, and what was spent.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from xqctl.derivation import amount, fund_name, money, own, short_by, units_of
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.money import Balance, Commitment, day_of, requests
from xqctl.page import (
    Amount,
    Block,
    Cell,
    Chart,
    Column,
    Difference,
    Fold,
    Heading,
    Paragraph,
    Part,
    Quotient,
    Run,
    Table,
    Tone,
    Total,
    line,
)
from xqctl.quantities import Ratio, parse
from xqctl.sections import State

PLACE = 80


def part(state: State) -> Part | None:
    """Money by year and rule."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    years = {year: tuple(each) for year, each in groupby(state.assessment.years, key=lambda balance: balance.year)}
    if years:
        yield Paragraph(line(*_sentence(years)))
        yield _chart(state, years)
        last = max(years)
        yield from _year(state, last, years[last])
        for year in sorted(years, reverse=True):
            if year != last:
                yield Fold(line(msg("{year}", year=str(year))), tuple(_year(state, year, years[year])))
    yield from _unsized(state, {balance.fund.id for mine in years.values() for balance in mine if balance.fund})
    yield from _requests(state)
    yield from _outlays(state)


def _unsized(state: State, told: Collection[str]) -> Iterator[Block]:
    """Funds that no year tells of, mostly because nobody says how much they hold."""
    left = [
        fund
        for fund in state.district.all("funds")
        if fund.id not in told and fund.life.contains(state.district.as_of) and not fund.is_disputed
    ]
    if left:
        yield Heading(msg("Funds without an amount"), 3)
        columns = (Column(msg("fund"), "name"), Column(msg("source")), Column(msg("where"), "name"))
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (fund.id, Run(source[0], to=state.to_source(source[0])) if source else "", state.at(fund.route()))
            for fund in left
            for source in (fund.texts("source"),)
        )
        yield Table(columns, rows, state.table("funding.unsized"))


def _sentence(years: dict[int, tuple[Balance, ...]]) -> Iterator[Run]:
    last = max(years)
    together = next(balance for balance in years[last] if balance.fund is None)
    committed = money(together.committed, is_whole=together.is_whole).shown
    if together.available is None:
        said = msg(
            "in {year} the rules commit {committed}; what is available is not said", year=str(last), committed=committed
        )
        yield Run(said)
        return
    told = {"year": str(last), "committed": committed, "available": money(together.available).shown}
    yield Run(msg("in {year} the rules commit {committed} of {available} available", **told))
    gaps = [(balance.fund.id, balance.gap) for balance in years[last] if balance.fund is not None]
    names = [name for name, each in gaps if each is not None and each.low is not None and each.low > 0]
    short = together.gap
    if names:
        yield Run(msg("; short are: {names}", names=names), Tone.BAD)
    elif short is not None and short.low is not None and short.low > 0:  # by what is charged to no named fund
        gap = money(short, is_whole=together.is_whole).shown
        yield Run(msg("; all together are short by {gap}", gap=gap), Tone.BAD)
    else:
        yield Run(msg("; no fund is short"))


def _chart(state: State, years: dict[int, tuple[Balance, ...]]) -> Chart:
    """Committed against available, fund by fund, of all years."""
    rows: list[tuple[Cell, ...]] = []
    for year in sorted(years):
        for balance in years[year]:
            if balance.fund is None:
                continue
            name = f"{year} {balance.fund.id}"
            rows.append((name, msg("committed"), money(balance.committed, is_whole=balance.is_whole)))
            rows.append((name, msg("available"), money(balance.available)))
    columns = (Column(msg("fund")), Column(msg("committed or available")), Column(msg("sum of money"), "number"))
    return Chart(
        msg("Committed against available"),
        msg("for each fund and year, what the rules commit beside what the fund holds"),
        "bars",
        Table(columns, tuple(rows), state.table("funding.chart")),
        category=0,
        value=2,
        series=1,
    )


def _year(state: State, year: int, balances: Sequence[Balance]) -> Iterator[Block]:
    yield Heading(msg("Rules in {year}", year=str(year)), 3)
    rules, funds = state.table(f"funding.{year}.rules"), state.table(f"funding.{year}.funds")
    paid = [each for balance in balances for each in own(balance)]
    columns = (
        Column(msg("fund"), "name"),
        Column(msg("rule"), "name"),
        Column(msg("for each")),
        Column(msg("a piece"), "number"),
        Column(msg("how many"), "number"),
        Column(msg("committed"), "number"),
        Column(msg("source")),
        Column(msg("where"), "name"),
    )
    yield Table(columns, tuple(_rule(state, each) for each in paid), rules)
    yield Heading(msg("Funds in {year}", year=str(year)), 3)
    titles = (
        Column(msg("fund"), "name"),
        Column(msg("committed"), "number"),
        Column(msg("available"), "number"),
        Column(msg("short by"), "number"),
        Column(msg("committed of available"), "number"),
        Column(msg("where"), "name"),
    )
    yield Table(titles, tuple(_fund(state, balance, rules) for balance in balances), funds)


def _rule(state: State, each: Commitment) -> tuple[Cell, ...]:
    entry = each.subsidy
    rate = parse(entry.on("amount", day_of(state.district, each.year)))
    sources = entry.texts("source")
    return (
        each.fund or Run(msg("no named fund"), Tone.MUTED),
        entry.id,
        msg("{each}", each=label("subsidies.each", each.each)),
        money(rate),
        units_of(each),
        money(each.amount, is_whole=each.whole),
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(entry.route()),
    )


def _fund(state: State, balance: Balance, rules: str) -> tuple[Cell, ...]:
    committed = money(balance.committed, is_whole=balance.is_whole)
    share: Amount | str = ""
    held = balance.available.exact if balance.available is not None else None
    if held and committed.value is not None:
        share = replace(amount(Ratio(committed.value, held), "ratio"), formula=Quotient(1, 2))
    name = fund_name(balance)
    if balance.fund is not None:
        committed = replace(committed, formula=Total(rules, 5, (0, balance.fund.id)))
    else:
        committed = replace(committed, formula=Total(rules, 5))
    gap = short_by(balance.gap, is_whole=balance.is_whole)
    if gap.value is not None and committed.value is not None:
        gap = replace(gap, formula=Difference(1, 2))
    where = state.at(balance.fund.route()) if balance.fund is not None else ""
    return (name, committed, money(balance.available), gap, share, where)


def _requests(state: State) -> Iterator[Block]:
    found = requests(state.district)
    if found:
        yield Heading(msg("Asked for and granted"), 3)
        columns = (
            Column(msg("request"), "name"),
            Column(msg("year")),
            Column(msg("asked"), "number"),
            Column(msg("granted"), "number"),
            Column(msg("granted of asked"), "number"),
            Column(msg("into"), "name"),
            Column(msg("where"), "name"),
        )
        rows: list[tuple[Cell, ...]] = []
        for each in found:
            share: Amount | str = ""
            if each.granted is not None and each.granted.exact is not None and each.asked.exact:
                ratio = amount(Ratio(each.granted.exact, each.asked.exact), "ratio")
                share = replace(ratio, formula=Quotient(3, 2))
            rows.append(
                (
                    each.entry.id,
                    each.year,
                    money(each.asked),
                    money(each.granted),
                    share,
                    each.entry.text("into") or "",
                    state.at(each.entry.route()),
                )
            )
        yield Table(columns, tuple(rows), state.table("funding.requests"))


def _outlays(state: State) -> Iterator[Block]:
    found = [entry for entry in state.district.all("outlays") if not entry.is_disputed]
    if found:
        yield Heading(msg("Outlays"), 3)
        columns = (
            Column(msg("outlay"), "name"),
            Column(msg("sum of money"), "number"),
            Column(msg("how often")),
            Column(msg("what for")),
            Column(msg("of")),
            Column(msg("since"), "date"),
            Column(msg("fund"), "name"),
            Column(msg("where"), "name"),
        )
        rows = tuple(
            (
                entry.id,
                money(parse(entry.on("amount", state.district.as_of))),
                msg("{per}", per=label("funds.per", entry.text("per") or "once")),
                entry.text("for") or "",
                msg("{names}", names=entry.texts("of")),
                str(entry["since"] or ""),
                entry.text("from") or "",
                state.at(entry.route()),
            )
            for entry in found
        )
        yield Table(columns, rows, state.table("funding.outlays"))
