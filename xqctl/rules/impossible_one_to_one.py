"""凑不成的一对一
Regional alliances that cannot be one to one.

Why:
    区域联盟一对一，每对两个区县：11对要22个，区县只有21个，就必有一个区县在两对里，或另有一方加入。两个数出自同一份文件也要核对。

    Regional alliances one to one take two districts each: 11 of them need 22, and with 21 districts one must be in two,
    or another party takes part. Both numbers may come from one document and still have to be checked.

Wrong:
    districts: {甲县: {}, 乙县: {}, 丙县: {}}
    alliances:
      区域教育联盟: {form: regional, declared: {all: 3}}
      甲县—乙县: {form: regional, within: 区域教育联盟, members: {甲县: lead, 乙县: member}}
      乙县—丙县: {form: regional, within: 区域教育联盟, members: {乙县: lead, 丙县: member}}

Right:
    districts: {甲县: {}, 乙县: {}, 丙县: {}, 丁县: {}}
    alliances:
      区域教育联盟: {form: regional, declared: {all: 4}}
      甲县—乙县: {form: regional, within: 区域教育联盟, members: {甲县: lead, 乙县: member}}
      丙县—丁县: {form: regional, within: 区域教育联盟, members: {丙县: lead, 丁县: member}}

Mend:
    向发布单位核实各对名单，逐对写成 `form: regional` 的联盟；有区县在两对里的，在 note 里写明；数字抄错的，改正。

    Ask the publisher for the list and write each as an alliance of `form: regional`; where a district is in two of
    them, say so in `note`; where a number was copied wrongly, correct it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.figures import Figure, figures
from xqctl.kinds.units import Unit, open_units
from xqctl.messages import Message, msg
from xqctl.network import parts
from xqctl.place import Route
from xqctl.registry import Rule

RULE = Rule("XQZ010", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Regional alliances that hold more alliances of two than their districts can make."""
    day = district.as_of
    for unit in open_units(district, day, "alliances"):
        declared = unit.declared("all")
        districts = None if declared is None else declared.high
        alliances, here, entry = _alliances(district, unit)
        if unit.form(day) != "regional" or districts is None or alliances is None or 2 * alliances <= districts:
            continue
        name, there = unit.entry.name, unit.entry.route("declared", "all")
        yield Problem(
            here,
            msg(
                "{alliances} alliances one to one need {needed} districts ({here}), {unit} has {districts} ({there})",
                alliances=alliances,
                needed=2 * alliances,
                here=_source(entry),
                unit=name,
                districts=districts,
                there=_source(unit.entry),
            ),
            msg(
                "{districts} districts make {most} at most: name who is in two, or correct a number",
                districts=districts,
                most=districts // 2,
            ),
            (Related(there, msg("the districts of {unit}: {districts}", unit=name, districts=districts)),),
        )


def _alliances(district: District, unit: Unit) -> tuple[Decimal | None, Route, Entry]:
    """How many regional alliances are in it: the latest figure, else those declared within it; where that stands."""
    day = district.as_of
    said = [f for f in figures(district) if _is_of(f, unit) and (f.on is None or f.on <= day)]
    if said:
        latest = max(said, key=lambda figure: figure.on or date.min)
        return latest.value.low, latest.entry.route("value"), latest.entry
    inner = [part for part in parts(district).get(unit.id, ()) if part.is_open(day) and part.form(day) == "regional"]
    return Decimal(len(inner)), unit.entry.route(), unit.entry


def _is_of(figure: Figure, unit: Unit) -> bool:
    """Whether a figure counts the regional alliances in a unit."""
    among = (figure.entry.text("among") or "").replace(" ", "").replace("'", '"')
    return (figure.metric, figure.entry.text("of"), among) == ("alliances", unit.id, 'form=="regional"')


def _source(entry: Entry) -> Message:
    sources = entry.texts("source")
    return msg("after {sources}", sources=sources) if sources else msg("no source named")
