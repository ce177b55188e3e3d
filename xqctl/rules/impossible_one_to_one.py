"""凑不成的一对一
Regional alliances that cannot be one to one.

Why:
    区域联盟一对一，每对两个区县：11对要22个，区县只有21个，就必有一个区县在两对里，或另有一方加入。两个数出自同一份文件也要核对。

    Regional alliances one to one take two districts each: 11 of them need 22, and with 21 districts one must be in two,
    or another party takes part. Both numbers may come from one document and still have to be checked.

Wrong:
    alliances:
      区域教育联盟:
        form: regional
        declared: {all: 21}
    figures:
      区域教育联盟对数: {metric: alliances, of: 区域教育联盟, where: 'form == "regional"', value: 11}

Right:
    alliances:
      区域教育联盟:
        form: regional
        declared: {all: 20}
    figures:
      区域教育联盟对数: {metric: alliances, of: 区域教育联盟, where: 'form == "regional"', value: 10}

Mend:
    向发布单位核实各对名单，逐对写成 `form: regional` 的联盟；有区县在两对里的，在 note 里写明；数字抄错的，改正。

    Ask the publisher for the list and write each as an alliance of `form: regional`; where a district is in two of
    them, say so in `note`; where a number was copied wrongly, correct it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.figures import figures
from xqctl.kinds.units import Unit, open_units
from xqctl.messages import Message, msg
from xqctl.network import parts
from xqctl.place import Route
from xqctl.registers import is_complete
from xqctl.registry import Rule

RULE = Rule("XQZ010", Severity.WARNING)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number, where it stands, and the sources its entry names."""

    number: Decimal
    where: Route
    entry: Entry

    @property
    def told(self) -> Message:
        sources = self.entry.texts("source")
        return msg("after {sources}", sources=sources) if sources else msg("no source named")


def check(district: District) -> Iterator[Problem]:
    """Sets of regional alliances that are more than half as many as the districts in them."""
    for unit in open_units(district, district.as_of, "alliances"):
        if unit.form(district.as_of) != "regional":
            continue
        there, alliances = _districts(district, unit), _alliances(district, unit)
        if there is None or alliances is None or 2 * alliances.number <= there.number:
            continue
        name = unit.entry.name
        most = there.number // 2
        yield Problem(
            alliances.where,
            msg(
                "{alliances} alliances one to one need {needed} districts ({here}), {unit} has {districts} ({there})",
                alliances=alliances.number,
                needed=2 * alliances.number,
                here=alliances.told,
                unit=name,
                districts=there.number,
                there=there.told,
            ),
            msg(
                "{districts} districts make {most} at most: name who is in two, or correct a number",
                districts=there.number,
                most=most,
            ),
            (Related(there.where, msg("the districts of {unit}: {districts}", unit=name, districts=there.number)),),
        )


def _districts(district: District, unit: Unit) -> _Said | None:
    """The districts in a set of alliances: declared, else listed where the register is complete."""
    declared = unit.declared("all")
    if declared is not None:
        return None if declared.high is None else _Said(declared.high, unit.entry.route("declared", "all"), unit.entry)
    listed = unit.members_on(district.as_of)
    if not listed or not is_complete(district, "alliances"):
        return None
    return _Said(Decimal(len(listed)), unit.entry.route("members", part="key"), unit.entry)


def _alliances(district: District, unit: Unit) -> _Said | None:
    """The regional alliances in the set: published, else those that are declared."""
    day = district.as_of
    said = [
        figure
        for figure in figures(district)
        if (figure.metric, figure.entry.text("of")) == ("alliances", unit.id)
        and _is_of_regional(figure.entry.text("where"))
        and (figure.on is None or figure.on <= day)
    ]
    if said:
        latest = max(said, key=lambda figure: figure.on or date.min)
        low = latest.value.low
        return None if low is None else _Said(low, latest.entry.route("value"), latest.entry)
    inner = [part for part in parts(district).get(unit.id, ()) if part.is_open(day) and part.form(day) == "regional"]
    return _Said(Decimal(len(inner)), unit.entry.route(), unit.entry) if inner else None


def _is_of_regional(where: str | None) -> bool:
    return (where or "").replace(" ", "").replace("'", '"') == 'form=="regional"'
