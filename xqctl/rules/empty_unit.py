"""空的单位
A unit of nobody.

Why:
    既没有成员，也没有公布的成员数，里面也没有更小的单位，这个单位就只有一个名字，什么也算不出来。

    Without members, without a declared count and without units in it, a unit is a name that nothing can be measured of.

Wrong:
    zones:
      城东学区: {since: 2010}

Right:
    zones:
      城东学区: {since: 2010, declared: {all: 8}}

Mend:
    补上成员；只知道数目的写 `declared: {all: 8}`；成员都已退出的，给单位写 until。

    List its members; where only their number is known, write `declared: {all: 8}`; where all have left, give the unit
    an `until`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.kinds.units import UNIT_KINDS, open_units
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQZ009", Severity.INFO)


def check(district: District) -> Iterator[Problem]:
    """Open units that neither list, nor count, nor contain anybody."""
    day = district.as_of
    around = {unit.text("within") for unit in district.declared(*UNIT_KINDS)}
    for unit in open_units(district, day):
        if unit.members_on(day) or unit.entry.mapping("declared") or unit.id in around:
            continue
        if unit.members:
            message = msg("{unit} has no member on {day}", unit=unit.entry.name, day=day)
            yield Problem(
                unit.entry.route("members", part="key"), message, msg("give it an `until`, or list who is left")
            )
        else:
            message = msg("{unit} names no members and does not count them", unit=unit.entry.name)
            yield Problem(unit.entry.route(), message, msg("list them under `members`, or write `declared: {all: 8}`"))
