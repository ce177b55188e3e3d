"""互相包含
Units within each other.

Why:
    `within` 写的是上一级。顺着它往上又回到自己，谁也不是最外层，成员和数目就没法归总。

    `within` names what a thing is part of. Where that leads back to itself nothing is outermost, and neither members
    nor numbers can be added up.

Wrong:
    schools: {甲校: {}, 乙校: {}}
    zones:
      城东学区: {within: 城东北片, members: {甲校: member}}
      城东北片: {within: 城东学区, members: {乙校: member}}

Right:
    schools: {甲校: {}, 乙校: {}}
    zones:
      城东学区: {members: {甲校: member}}
      城东北片: {within: 城东学区, members: {乙校: member}}

Mend:
    删去最外层那一个的 within。

    Delete the `within` of the outermost one.
"""

from collections.abc import Iterator

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import UNIT_KINDS
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQZ011", Severity.ERROR)

NESTED = (UNIT_KINDS, ("districts",), ("bodies",))


def check(district: District) -> Iterator[Problem]:
    """Units, districts and bodies whose `within` leads back to them; each circle once, at its first."""
    for kinds in NESTED:
        known = {entry.id: entry for kind in kinds for entry in district.all(kind)}
        told: set[str] = set()
        for entry in known.values():
            way = _way(entry, known)
            if way and entry.id not in told:
                told.update(each.id for each in way)
                yield Problem(
                    entry.route("within"),
                    msg(
                        "{name} lies within itself: {way}",
                        name=entry.id,
                        way=" > ".join([*(e.id for e in way), entry.id]),
                    ),
                    msg("delete the `within` of the outermost one"),
                    tuple(
                        Related(each.route("within"), msg("{name} lies within the next", name=each.id))
                        for each in way[1:]
                    ),
                )


def _way(entry: Entry, known: dict[str, Entry]) -> list[Entry]:
    """From an entry outwards until it comes round to itself; empty if it does not."""
    way = [entry]
    while (outer := known.get(way[-1].text("within") or "")) is not None:
        if outer is entry:
            return way
        if outer in way:
            return []
        way.append(outer)
    return []
