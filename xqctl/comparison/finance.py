"""Knows how districts pay for their reform: what is there, what is committed, rule by rule, asked for and granted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from xqctl.comparison.asking import ask, metric_title, pupils, told
from xqctl.comparison.numbers import normalised
from xqctl.comparison.values import NOTHING, UNKNOWN, Row, Said, Value
from xqctl.district import District, Entry
from xqctl.labels import label
from xqctl.measuring import Question, Thing
from xqctl.messages import Message, msg
from xqctl.metrics import measure
from xqctl.money import day_of, requests, years
from xqctl.quantities import parse, show
from xqctl.schema import schema

SECTION = "money"
_SUMS = ("available", "committed", "funding_gap", "funding_coverage", "approval_ratio")


def rows(districts: Sequence[District]) -> Iterator[Row]:
    """The sums of the year of each day, the same over schools and pupils, then funds, rules, requests and outlays."""
    asked = {metric: tuple(_in_year(district, metric) for district in districts) for metric in _SUMS}
    for metric, values in asked.items():
        unit = next((value.measured_in for value in values if value.measured_in), "money")
        yield Row(SECTION, metric, metric_title(metric), values, unit, is_kept=True)
    schools, people = [ask(district, Question("schools")) for district in districts], [*map(pupils, districts)]
    for metric in ("available", "committed"):
        yield from normalised(SECTION, metric, metric_title(metric), asked[metric], schools, people)
    yield from _years(districts)
    days = [district.as_of for district in districts]
    yield _row("funds", msg("funds"), [_entries(district, "funds") for district in districts], days)
    for each in schema("subsidies")["$defs"]["each"]["x-labels"]:
        paid = [
            [e for e in _entries(district, "subsidies") if (e.text("each") or "district") == each]
            for district in districts
        ]
        if any(paid):
            yield _row(f"subsidies.{each}", msg("paid for each {each}", each=label("subsidies.each", each)), paid, days)
    yield Row(SECTION, "requests", msg("asked for and granted"), tuple(map(_requests, districts)), is_kept=True)
    yield _row("outlays", msg("spent"), [_entries(district, "outlays") for district in districts], days, is_kept=False)


def _in_year(district: District, metric: str) -> Value:
    """A sum of the year of the day."""
    return _dated(ask(district, Question(metric)), district.as_of.year)


def _years(districts: Sequence[District]) -> Iterator[Row]:
    """What was available and committed in each earlier year that money rules of one of them speak of."""
    spoken = [years(district) for district in districts]
    for year in sorted({year for each in spoken for year in each}):
        for metric in ("available", "committed"):
            values = tuple(
                _of_year(district, metric, year) if year in each and year < district.as_of.year else UNKNOWN
                for district, each in zip(districts, spoken, strict=True)
            )
            if any(value.is_said for value in values):
                title = msg("{title} in {year}", title=metric_title(metric), year=f"{year:04}")
                yield Row(SECTION, f"{metric}.{year:04}", title, values, "money")


def _of_year(district: District, metric: str, year: int) -> Value:
    found = measure(district, Question(metric), Thing("district", district.itself), day_of(district, year))
    return _dated(told(found), year)


def _dated(value: Value, year: int) -> Value:
    return value if value.number is None or value.day is not None else replace(value, day=f"{year:04}")


def _entries(district: District, kind: str) -> list[Entry]:
    """What is in force on the day: funds, rules, and outlays so far."""
    return [entry for entry in district.all(kind) if entry.life.contains(district.as_of) and not entry.is_disputed]


def _row(id_: str, title: Said, paid: Sequence[Sequence[Entry]], days: Sequence[date], *, is_kept: bool = True) -> Row:
    values = tuple(_stated(entries, day) for entries, day in zip(paid, days, strict=True))
    return Row(SECTION, id_, title, values, is_kept=is_kept)


def _stated(entries: Sequence[Entry], day: date) -> Value:
    if not entries:
        return NOTHING
    sources = tuple(dict.fromkeys(source for entry in entries for source in entry.texts("source")))
    has_sum = any(entry["amount"] is not None for entry in entries)
    told_ = tuple(_amount(entry, day) for entry in entries)
    return Value(told_, basis="stated" if has_sum else "none", sources=sources)


def _amount(entry: Entry, day: date) -> Message:
    """A sum as it is declared for a day: a year or once, as an average or a fixed one."""
    found = parse(entry.on("amount", day))
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
