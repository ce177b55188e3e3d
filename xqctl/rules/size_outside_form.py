"""成员数与形式不合
A unit of a size its form does not have.

Why:
    有的形式就是按规模定义的：优质教育资源带是一所龙头校带2至3所普通学校，一体化集团是一所优质学校合并1至2所学校，
    结对恰好两方。校区按一方计，支持方不计。成员没有全部列名时看 declared；登记齐全或有 declared 时才判断“太少”。

    Some forms are a size: a resource belt is one lead and 2 to 3 ordinary schools, a merged group is one quality school
    and 1 to 2 more, a pair is exactly two. A campus counts as itself, supporters do not count. Where not all are named,
    `declared` speaks; too few is only certain where it does, or where the register is complete.

Wrong:
    schools: {甲中学: {}, 乙中学: {}, 丙中学: {}, 丁中学: {}, 戊中学: {}}
    alliances:
      甲中学资源带:
        form: belt
        members: {甲中学: lead, 乙中学: member, 丙中学: member, 丁中学: member, 戊中学: member}

Right:
    schools: {甲中学: {}, 乙中学: {}, 丙中学: {}}
    alliances:
      甲中学资源带:
        form: belt
        members: {甲中学: lead, 乙中学: member, 丙中学: member}

Mend:
    核对成员名单；名单无误的，换一种合适的形式（如一带多 hub、连锁 chain、联合体 consortium），或拆成几个单位。

    Check the members; if they are right, choose the form that fits (hub, chain, consortium), or split the unit.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import Unit, open_units
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.quantities import Quantity, number, show, total
from xqctl.quantities import Unit as Measure
from xqctl.registers import is_complete
from xqctl.registry import Rule

RULE = Rule("XQZ003", Severity.WARNING)

SIZES: dict[str, tuple[int, int, Message]] = {
    "belt": (3, 4, msg("a lead and 2 to 3 others")),  # 东城区学区制综合改革方案 (2014), measure 8
    "merged": (2, 3, msg("a lead and 1 to 2 others")),  # 崇明区 (2019): one school merges 1 to 2 nearby
    "pair": (2, 2, msg("exactly 2 parties")),
}


def check(district: District) -> Iterator[Problem]:
    """Belts, merged groups and pairs that are surely too small or too large."""
    day = district.as_of
    for unit in open_units(district, day, "groups", "alliances"):
        form = unit.form(day) or ""
        listed = Counter(m.role for m in unit.members_on(day) if m.role != "supporter")
        size = _size(district, unit, listed) if form in SIZES else None
        if size is None:
            continue
        least, most, wanted = SIZES[form]
        if (size.low or 0) <= most and (size.high is None or size.high >= least):
            continue
        by_name = listed.total() > most or "declared" not in unit.entry.data
        yield Problem(
            unit.entry.route("members" if by_name else "declared", part="key"),
            msg(
                "{unit} counts {size}; the form {form} is {wanted}",
                unit=unit.entry.name,
                size=listed.total() if by_name else show(size),
                form=label(f"{unit.kind}.form", form),
                wanted=wanted,
            ),
            msg("check who is a member, or choose the form that fits"),
            (Related(unit.entry.held("form", day), msg("its form")),),
        )


def _size(district: District, unit: Unit, listed: Counter[str]) -> Quantity | None:
    """How many parties it has at least and at most; None where nothing is certain."""
    named, declared = Decimal(listed.total()), dict(unit.declared_parts())
    if not declared:
        whole = is_complete(district, unit.kind)
        return Quantity(named, named if whole else None, Measure.COUNT) if named else None
    supporters = declared.pop("supporter", number(0))
    if "all" in declared:
        counted = declared["all"] - supporters
    else:
        # A belt or a merged group has a lead, whether it is named or not.
        roles = dict(listed) if unit.form(district.as_of) == "pair" else {"lead": 1, **listed}
        counted = total((declared.get(role, number(roles.get(role, 0))) for role in roles | declared), Measure.COUNT)
    if counted.high is not None and counted.high < named:
        return None  # that more are listed than declared is another question
    return Quantity(max(named, counted.low or Decimal(0)), counted.high, Measure.COUNT)
