"""Knows how districts pay for their reform: what is there, what is committed, rule by rule, asked for and granted."""

from collections.abc import Iterator, Sequence

from xqctl.comparison.asking import ask, metric_title, pupils
from xqctl.comparison.numbers import normalised
from xqctl.comparison.values import Row, Said, Value
from xqctl.district import District, Entry
from xqctl.labels import label
from xqctl.measuring import Question
from xqctl.messages import Message, msg
from xqctl.money import requests
from xqctl.quantities import parse, show
from xqctl.schema import schema

SECTION = "money"
_SUMS = ("available", "committed", "funding_gap", "funding_coverage", "approval_ratio")


def rows(districts: Sequence[District]) -> Iterator[Row]:
    """The sums of the year of each day, the same over schools and pupils, then funds, rules, requests and outlays."""
    asked = {metric: tuple(ask(district, Question(metric)) for district in districts) for metric in _SUMS}
    for metric, values in asked.items():
        unit = next((value.measured_in for value in values if value.measured_in), "money")
        yield Row(SECTION, metric, metric_title(metric), values, unit, is_kept=True)
    schools, people = [ask(district, Question("schools")) for district in districts], [*map(pupils, districts)]
    for metric in ("available", "committed"):
        yield from normalised(SECTION, metric, metric_title(metric), asked[metric], schools, people)
    yield _row("funds", msg("funds"), [_entries(district, "funds") for district in districts])
    for each in schema("subsidies")["$defs"]["each"]["x-labels"]:
        paid = [
            [e for e in _entries(district, "subsidies") if (e.text("each") or "district") == each]
            for district in districts
        ]
        if any(paid):
            yield _row(f"subsidies.{each}", msg("paid for each {each}", each=label("subsidies.each", each)), paid)
    yield Row(SECTION, "requests", msg("asked for and granted"), tuple(map(_requests, districts)), is_kept=True)
    yield _row("outlays", msg("spent"), [_entries(district, "outlays") for district in districts], is_kept=False)


def _entries(district: District, kind: str) -> list[Entry]:
    """What is in force on the day: funds, rules, and outlays so far."""
    return [entry for entry in district.all(kind) if entry.life.contains(district.as_of) and not entry.is_disputed]


def _row(id_: str, title: Said, paid: Sequence[Sequence[Entry]], *, is_kept: bool = True) -> Row:
    return Row(SECTION, id_, title, tuple(map(_stated, paid)), is_kept=is_kept)


def _stated(entries: Sequence[Entry]) -> Value:
    if not entries:
        return Value()
    sources = tuple(dict.fromkeys(source for entry in entries for source in entry.texts("source")))
    has_sum = any(entry["amount"] is not None for entry in entries)
    return Value(tuple(map(_amount, entries)), basis="stated" if has_sum else "none", sources=sources)


def _amount(entry: Entry) -> Message:
    """A sum as it is declared: a year or once, as an average or a fixed one."""
    amount = entry["amount"]
    found = parse(amount) if not isinstance(amount, dict) else None
    if found is None and isinstance(amount, dict):
        return msg("{name}: changes by date", name=entry.name)
    if found is None:
        return msg("{name}: amount not said", name=entry.name)
    average, per = entry["average"] is True, entry.text("per")
    if per == "year":
        said = (
            msg("{amount} a year on average", amount=show(found))
            if average
            else msg("{amount} a year", amount=show(found))
        )
    else:
        said = msg("{amount} on average", amount=show(found)) if average else msg("{amount}", amount=show(found))
    return msg("{name}: {amount}", name=entry.name, amount=said)


def _requests(district: District) -> Value:
    found = sorted(requests(district), key=lambda each: (each.year, each.entry.id))
    told = tuple(
        msg(
            "{year}: {asked} asked, {granted} granted",
            year=each.year,
            asked=show(each.asked),
            granted="?" if each.granted is None else show(each.granted),
        )
        for each in found
    )
    sources = tuple(dict.fromkeys(source for each in found for source in each.entry.texts("source")))
    return Value(told, basis="stated" if told else None, sources=sources)
