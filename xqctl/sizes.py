"""Knows how many members a unit has: those it lists, those it declares, and whether the list is whole."""

from collections import Counter
from datetime import date
from decimal import Decimal

from xqctl.district import District
from xqctl.kinds.units import Member, Unit
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.network import inside, parts
from xqctl.quantities import Quantity, number, show, total
from xqctl.quantities import Unit as Measure

SUPPORTER = "supporter"
"""The role that does not make a party one of those that run the unit: it is left out of its size."""


def members(district: District, unit: Unit, day: date) -> tuple[Member, ...]:
    """The members that make its size on a day, those of what lies within it too: all but supporters."""
    return tuple(member for member in inside(district, unit, day) if member.role != SUPPORTER)


def declared_size(district: District, unit: Unit, day: date) -> Quantity | None:
    """The size a unit's `declared` gives: `all` less supporters, else role by role, the listed where none is declared.

    Never less than are listed. None where nothing is declared, or where nobody says whether anyone leads.
    """
    declared = dict(unit.declared_parts())
    supporters = declared.pop(SUPPORTER, number(0))
    listed = Counter(member.role for member in members(district, unit, day))
    if "all" in declared:
        size = declared["all"] - supporters
    elif declared and (listed["lead"] or "lead" in declared):
        roles = sorted({*listed, *declared})
        size = total((declared.get(role, number(listed[role])) for role in roles), Measure.COUNT)
    else:
        return None
    return _at_least(size, listed.total())


def declared_role(unit: Unit, role: str, day: date) -> Quantity | None:
    """How many members of a role a unit declares, never less than it lists."""
    declared = unit.declared(role)
    if declared is None:
        return None
    return _at_least(declared, sum(member.role == role for member in unit.members_on(day)))


def unlisted(district: District, unit: Unit, day: date) -> Message | None:
    """Why a unit's list of members is not whole; None where it is.

    A unit that lists none itself is as whole as what lies within it.
    """
    waiting, seen = [unit], set[str]()
    while waiting:
        here = waiting.pop(0)
        if here.id in seen or not here.is_open(day):
            continue
        seen.add(here.id)
        within = () if "members" in here.entry.data else parts(district).get(here.id, ())
        waiting += within
        if "members" not in here.entry.data and not within:
            return msg("{unit} does not list its members", unit=here.id)
        if (short := _short(here, day)) is not None:
            return short
    return None


def _short(unit: Unit, day: date) -> Message | None:
    """Says how many are declared where these are, or may be, more than are listed."""
    listed = Counter(member.role for member in unit.members_on(day))
    for role, declared in unit.declared_parts():
        named = listed.total() if role == "all" else listed[role]
        if declared.high is None or declared.high > named:
            return msg(
                "{unit} declares {declared} ({role}) and lists {listed}",
                unit=unit.id,
                declared=show(declared),
                role=msg("in all") if role == "all" else label("unit.role", role),
                listed=named,
            )
    return None


def _at_least(size: Quantity, listed: int) -> Quantity:
    """A size that is not under what is listed; where all of it is, the listed count."""
    low = max(size.low or Decimal(0), Decimal(listed))
    return Quantity(low, None if size.high is None else max(size.high, low), size.unit)
