"""Knows how several things become one on a day: the old ones end, the new one says whom it succeeds."""

from collections.abc import Mapping, Sequence
from typing import cast

from xqctl.compose.read import Data
from xqctl.district import District
from xqctl.edit.patches import Edit, Put
from xqctl.messages import msg
from xqctl.quantities import first_day
from xqctl.refactoring import Left, Refactoring, Refused
from xqctl.refactoring.ending import UNITS, closing
from xqctl.refactoring.things import Thing, thing
from xqctl.references import declared
from xqctl.schema import PARTY_KINDS

_TAKEN_ON = ("district", "subdistrict", "setting", "ownership", "type", "within")


def merged(
    district: District, olds: Sequence[str], new: str, on: str, joins: Mapping[str, str], kind: str | None
) -> Refactoring:
    """The edits that make one thing of several on a day.

    `new` may be there already, as one of the old ones or another; else it is made, of what the old ones agree in.
    `joins` are units, each with the role the new one has there from that day on. Raises `Refused` where that cannot be.
    """
    gone = [thing(district, old, kind) for old in dict.fromkeys(olds) if old != new]
    kinds = {each.kind for each in gone}
    if len(kinds) > 1 or not kinds <= set(PARTY_KINDS):
        names = [f"{each.id} ({each.kind})" for each in gone]
        raise Refused(msg("only schools, organisations, districts or units of one kind merge; these are {names}",
                          names=names))  # fmt: skip
    if not gone:
        raise Refused(msg("nothing merges into itself"))
    mine = gone[0].kind
    heir = district.kinds.get(mine, {}).get(new)
    taken = any(new in declared(district).get(each, {}) for each in PARTY_KINDS)
    if heir is None and taken:
        raise Refused(msg("{name} is there already, and is none of {kind}", name=new, kind=mine))
    edits: dict[str, list[Edit]] = {}
    left: list[Left] = []
    for each in gone:
        left += closing(district, each, on, edits, None)
    if heir is None:
        edits.setdefault(gone[0].entry.file, []).append(Put((mine, new), _made(gone, on)))
    else:
        begins = first_day(heir.data.get("until"))
        if begins is not None and begins <= (first_day(on) or begins):
            raise Refused(msg("{name} has ended already, on {day}", name=new, day=heir.data.get("until")))
        before = heir.texts("succeeds")
        known: list[Data] = [*before, *(each.id for each in gone if each.id not in before)]
        edits.setdefault(heir.file, []).append(Put((*heir.keys, "succeeds"), known[0] if len(known) == 1 else known))
    for unit, role in joins.items():
        _join(district, unit, new, role, on, edits)
    return Refactoring(edits, tuple(left))


def _made(gone: Sequence[Thing], on: str) -> dict[str, Data]:
    """The new thing: from that day on, whom it succeeds, and what all of them agreed in."""
    found: dict[str, Data] = {}
    stages = [each.data.get("stages") for each in gone]
    if all(isinstance(each, str | list) for each in stages):
        every = [word for each in stages for word in (each if isinstance(each, list) else [each])]
        union = list(dict.fromkeys(every))
        found["stages"] = union[0] if len(union) == 1 else cast("Data", union)
    for field in _TAKEN_ON:
        said = [each.data.get(field) for each in gone]
        if said[0] is not None and all(each == said[0] for each in said):
            found[field] = said[0]
    found["since"] = int(on) if on.isdigit() else on
    found["succeeds"] = gone[0].id if len(gone) == 1 else [each.id for each in gone]
    return found


def _join(district: District, unit: str, name: str, role: str, on: str, edits: dict[str, list[Edit]]) -> None:
    found = next((district.kinds[kind][unit] for kind in UNITS if unit in district.kinds.get(kind, {})), None)
    if found is None:
        raise Refused(msg("no zone, group or alliance is called {name}", name=unit))
    if name in found.mapping("members"):
        raise Refused(msg("{name} is a member of {unit} already", name=name, unit=unit))
    member: Data = {"role": role, "since": int(on) if on.isdigit() else on}
    edits.setdefault(found.file, []).append(Put((*found.keys, "members", name), member))
