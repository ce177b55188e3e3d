"""空的单位
A unit of nobody.

Why:
    既没有成员，也没有公布的成员数，里面的单位也都没有，这个单位就只有一个名字，什么也算不出来。

    Without members and without a declared count, its own or of a unit in it, a unit is a name that nothing can be
    measured of.

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
from xqctl.kinds.units import Unit, open_units
from xqctl.messages import msg
from xqctl.network import wholes
from xqctl.registry import Rule

RULE = Rule("XQZ009", Severity.INFO)


def check(district: District) -> Iterator[Problem]:
    """Open units that neither list, nor count, nor contain anybody; of such units within each other the outermost."""
    day = district.as_of
    units = open_units(district, day)
    around = {unit.id: wholes(district, unit) for unit in units}
    peopled = [unit for unit in units if unit.members_on(day) or unit.entry.mapping("declared")]
    full = {each.id for unit in peopled for each in (unit, *around[unit.id])}
    bare = [unit for unit in units if unit.id not in full]
    names = {unit.id for unit in bare if not unit.members}
    for unit in bare:
        if unit.members:
            message = msg("{unit} has no member on {day}", unit=unit.entry.name, day=day)
            yield Problem(
                unit.entry.route("members", part="key"), message, msg("give it an `until`, or list who is left")
            )
        elif names.isdisjoint(outer.id for outer in around[unit.id]):
            yield _nobody(unit, sum(unit in around[inner] for inner in names))


def _nobody(unit: Unit, inner: int) -> Problem:
    name = unit.entry.name
    message = msg("{unit} names no members and does not count them", unit=name)
    if inner:
        message = msg(
            "{unit} and the {count} units in it name no members and do not count them", unit=name, count=inner
        )
    return Problem(unit.entry.route(), message, msg("list them under `members`, or write `declared: {all: 8}`"))
