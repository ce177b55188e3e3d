"""协议已到期，单位还在
A unit that goes on after its agreement ran out.

Why:
    结对和委托管理都凭协议或合同，写明签订日期和年限。协议到期而单位没有终止，经费还按它拨付，责任却没有了依据。

    Pairs and entrusted groups rest on an agreement or contract with a day and a number of years. Where that has run
    out and the unit has no end, money still follows it, but nothing says who owes what.

Wrong:
    district: {name: 某区, level: district, as_of: 2019-11-02}
    schools: {甲校: {stages: primary, standing: quality}, 乙校: {stages: primary}}
    alliances:
      甲校—乙校: {form: pair, members: {甲校: lead, 乙校: member}, agreement: {signed: 2015-09-01, years: 3}}

Right:
    district: {name: 某区, level: district, as_of: 2019-11-02}
    schools: {甲校: {stages: primary, standing: quality}, 乙校: {stages: primary}}
    alliances:
      甲校—乙校: {form: pair, members: {甲校: lead, 乙校: member}, agreement: {signed: 2018-09-01, years: 3}}

Mend:
    续签的，写上新协议的签订日期和年限；已经结束的，给单位写 until。

    If it was renewed, write the new agreement's day and years; if it is over, give the unit an `until`.
"""

from collections.abc import Iterator
from datetime import date

from xqctl.district import District, Entry
from xqctl.findings import Problem, Severity
from xqctl.kinds.units import UNIT_KINDS
from xqctl.lives import latest, years_later
from xqctl.messages import msg
from xqctl.place import Route
from xqctl.quantities import last_day
from xqctl.registry import Rule

RULE = Rule("XQT005", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Yields each unit that lives on the day looked at, though all it rests on had run out by then."""
    for kind in UNIT_KINDS:
        for unit in district.all(kind):
            if not unit.life.contains(district.as_of) or unit.is_disputed:
                continue
            ends = [end for name in ("contract", "agreement") if (end := _end(unit, name)) is not None]
            last, where = max(ends, key=lambda end: end[0], default=(date.max, unit.route()))
            if last <= district.as_of and len(ends) == sum(name in unit.data for name in ("contract", "agreement")):
                message = msg("{unit} goes on after its agreement ran out on {end}", unit=unit.name, end=last)
                yield Problem(where, message, msg("write the new agreement, or give the unit an `until`"))


def _end(unit: Entry, name: str) -> tuple[date, Route] | None:
    """The last day an undertaking can mean as its end, and where it says so; None where it says nothing."""
    said = unit.mapping(name)
    until, signed, years = latest(said.get("until")), last_day(said.get("signed")), said.get("years")
    if until is not None:
        return until, unit.route(name, "until")
    if signed is not None and isinstance(years, int):
        return years_later(signed, years), unit.route(name, "years")
    return None
