"""Knows what money follows which rule: subsidies held against funds, year by year, as the district was in that year.

A year is looked at on its last day, the year of the day itself on that day. Counts that are ranges give ranges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from xqctl import counting
from xqctl.conditions import passes, variables
from xqctl.district import District, Entry
from xqctl.kinds.units import Member, Unit
from xqctl.measuring import Frame, Question, Thing
from xqctl.quantities import Quantity, first_day, number, parse, school_year, total
from xqctl.quantities import Unit as Measure
from xqctl.registers import is_complete
from xqctl.things import things

_REGISTER = {
    "zone": "zones",
    "group": "groups",
    "alliance": "alliances",
    "pair": "alliances",
    "branch": "groups",
    "school": "schools",
}
_PEOPLE = {"student": "students", "teacher": "full_time_teachers"}


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one subsidy pays in one year: so many of `each`, and how much; None where that is not known.

    `whole` says that the register counted is complete: otherwise it is at least so much. `lacking` names the schools
    whose pupils or teachers are not known.
    """

    year: int
    subsidy: Entry
    each: str
    fund: str | None
    units: Quantity | None
    amount: Quantity | None
    parts: tuple[tuple[str, Quantity], ...]
    whole: bool
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """One fund in one year, or all of them (`fund` None): what is committed, and what there is."""

    year: int
    fund: Entry | None
    committed: Quantity
    available: Quantity | None
    commitments: tuple[Commitment, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all that is paid is known: else what is committed is at least so much."""
        return all(each.whole and each.amount is not None for each in self.commitments)

    @property
    def gap(self) -> Quantity | None:
        """Positive where more is committed than there is."""
        return None if self.available is None else self.committed - self.available


@dataclass(frozen=True, slots=True)
class Request:
    """Money asked for, and what was granted of it."""

    entry: Entry
    year: str
    asked: Quantity
    granted: Quantity | None


def day_of(district: District, year: int) -> date:
    """The day a year is looked at: its last, or the district's own day in that day's year."""
    return district.as_of if year == district.as_of.year else date(year, 12, 31)


def years(district: District) -> tuple[int, ...]:
    """Every year that some money rule or fund speaks of, up to the year of the day."""
    begins = [
        day.year
        for kind in ("funds", "subsidies", "requests")
        for entry in district.all(kind)
        if (day := first_day(entry["since"]) or first_day(_calendar(entry))) is not None
    ]
    last = district.as_of.year
    return tuple(range(min((*begins, last)), last + 1)) if min((*begins, last)) > last - 60 else (last,)


def commitments(district: District, year: int) -> tuple[Commitment, ...]:
    """What every subsidy pays in a year; one that does not live then, or is disputed, is not among them."""
    day = day_of(district, year)
    return tuple(
        _commitment(district, entry, year, day)
        for entry in district.all("subsidies")
        if not entry.is_disputed and _falls_due(entry, year, day)
    )


def balances(district: District, year: int) -> tuple[Balance, ...]:
    """Each fund of a year with what is charged to it, then all funds together with all that is committed."""
    day = day_of(district, year)
    committed = commitments(district, year)
    found = []
    for fund in (entry for entry in district.all("funds") if not entry.is_disputed):
        mine = tuple(each for each in committed if each.fund == fund.id)
        money = available(district, fund, year, day)
        if mine or money is not None:
            found.append(Balance(year, fund, _sum(mine), money, mine))
    known = [balance.available for balance in found if balance.available is not None]
    if committed or known:
        together = total(known, Measure.MONEY) if known else None
        found.append(Balance(year, None, _sum(committed), together, committed))
    return tuple(found)


def available(district: District, fund: Entry, year: int, day: date) -> Quantity | None:
    """What a fund holds in a year: its own amount, else what was granted into it; None where neither is said."""
    if not _falls_due(fund, year, day):
        return None
    own = parse(fund.on("amount", day))
    if own is not None:
        return own
    granted = [r.granted for r in requests(district) if r.entry.text("into") == fund.id and r.year == str(year)]
    sums = [each for each in granted if each is not None]
    return total(sums, Measure.MONEY) if sums else None


def requests(district: District) -> tuple[Request, ...]:
    """Every request that says what was asked."""
    return tuple(
        Request(entry, str(entry["year"]), asked, parse(entry["granted"]))
        for entry in district.all("requests")
        if not entry.is_disputed and (asked := parse(entry["asked"])) is not None
    )


def spent(district: District, year: int) -> Quantity:
    """What the outlays of a year add up to."""
    day = day_of(district, year)
    amounts = (parse(e.on("amount", day)) for e in district.all("outlays") if _falls_due(e, year, day, "once"))
    return total((amount for amount in amounts if amount is not None), Measure.MONEY)


def _commitment(district: District, entry: Entry, year: int, day: date) -> Commitment:
    each = entry.text("each") or "district"
    parts = tuple(_parts(district, entry, each, day))
    known = [count for _, count in parts if count is not None]
    units = total(known, Measure.COUNT) if len(known) == len(parts) else None
    amount = parse(entry.on("amount", day))
    return Commitment(
        year,
        entry,
        each,
        entry.text("from"),
        units,
        amount.times(units) if amount is not None and units is not None else None,
        tuple((label, count) for label, count in parts if count is not None),
        each == "district"
        or is_complete(district, _REGISTER.get(each, "schools"), entry.text("stage"), str(school_year(day))),
        tuple(label for label, count in parts if count is None),
    )


def _parts(district: District, entry: Entry, each: str, day: date) -> Iterator[tuple[str, Quantity | None]]:
    """What is paid for, one by one: a label and how many; None where that is not known."""
    where, stage = entry.text("where"), entry.text("stage")
    if each == "branch":
        for thing in things(district, Question("", each="group"), day):
            yield from _branches(thing, where, day)
    elif each in _PEOPLE:
        frame = Frame(district, Question("", stage=stage), _itself(district), day)
        for school in frame.schools():
            if passes(where, each, variables(school.entry, day)) is True:
                found = counting.number(frame, _PEOPLE[each], school)
                yield school.id, parse(found.amount) if found is not None else None
    else:
        question = Question("", stage=stage, each=each, where=where)
        one = number(1)
        yield from ((thing.id, one) for thing in things(district, question, day))


def _branches(thing: Thing, where: str | None, day: date) -> Iterator[tuple[str, Quantity | None]]:
    """The branches of one group: what it declares, which includes the named ones, else the named ones."""
    unit = thing.unit
    if unit is None:
        return
    seen = partial(_as_branch, unit, day)
    declared = unit.declared("branch")
    named = [m for m in unit.members_on(day) if m.role == "branch" and passes(where, "branch", seen(m)) is True]
    if declared is not None:
        if passes(where, "branch", seen(None)) is True:
            yield unit.id, declared
    else:
        yield from ((member.party, number(1)) for member in named)


def _as_branch(unit: Unit, day: date, member: Member | None) -> dict[str, object]:
    """What a condition on a branch sees: the group's fields, and the membership where there is one."""
    own = variables(unit.entry, day)
    shown = {} if member is None else {"party": member.party, "role": member.role, "title": member.title}
    return {**own, "unit": own, "member": shown}


def _itself(district: District) -> Thing:
    return Thing("district", district.itself)


def _falls_due(entry: Entry, year: int, day: date, otherwise: str = "year") -> bool:
    """Whether money with `per` and a life falls due in a year; what is paid once, in the year it begins."""
    if (entry.text("per") or otherwise) == "once":
        begins = first_day(entry["since"])
        return begins is None or begins.year == year
    return entry.life.contains(day)


def _sum(committed: tuple[Commitment, ...]) -> Quantity:
    return total((each.amount for each in committed if each.amount is not None), Measure.MONEY)


def _calendar(entry: Entry) -> str | int | None:
    year = entry["year"]
    return year if isinstance(year, int) else year[:4] if isinstance(year, str) else None
