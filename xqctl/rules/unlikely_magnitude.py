"""数量级可疑
A number of an unlikely size.

Why:
    万元写成了元，平方米写成了亩，班数和人数填反，都会让数字差上几个数量级，而格式完全正确。这里只报差得离谱的。

    万元 written as 元, classes and pupils swapped: such slips are off by orders of magnitude, and perfectly well
    formed. Only what is absurd is told here.

Wrong:
    schools:
      甲校: {stages: primary}
    statistics:
      2024-2025:
        甲校: {equipment_value: 90元, primary: {students: 900, classes: 20}}

Right:
    schools:
      甲校: {stages: primary}
    statistics:
      2024-2025:
        甲校: {equipment_value: 90万元, primary: {students: 900, classes: 20}}

Mend:
    先看单位，再看两个数是不是填反了；数字确实如此的，用注释忽略并说明。

    Look at the unit first, then whether two numbers were swapped; where it really is so, silence it and say why.
"""

from collections.abc import Iterator
from decimal import Decimal

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.statistics import Record, statistics
from xqctl.messages import msg
from xqctl.quantities import Quantity, Unit, number, parse, rounded, show, steps
from xqctl.registry import Rule

RULE = Rule("XQF005", Severity.WARNING)

# Amounts of money by field: no rule, request or fund of a district is under 100 元 or over 1000 亿元.
_MONEY = {"funds": ("amount",), "subsidies": ("amount",), "requests": ("asked", "granted"), "outlays": ("amount",)}
_LEAST, _MOST, _MOST_A_HEAD = Decimal(100), Decimal(10) ** 11, Decimal(10) ** 6
# Numbers of a school for each of another, far outside what any school in the country has.
_EACH = (
    ("equipment_value", "students", Decimal(10), Decimal(1_000_000)),
    ("teaching_area", "students", Decimal("0.2"), Decimal(500)),
    ("students", "classes", Decimal(1), Decimal(200)),
    ("books", "students", Decimal(0), Decimal(5000)),
    ("students", "full_time_teachers", Decimal("0.2"), Decimal(300)),
)


def check(district: District) -> Iterator[Problem]:
    """Sums of money by themselves, numbers of a school beside each other."""
    for kind, fields in _MONEY.items():
        for entry in district.all(kind):
            for field in fields:
                yield from _money(entry, field)
    for records in statistics(district).values():
        for record in records.values():
            yield from _numbers(record)


def _money(entry: Entry, field: str) -> Iterator[Problem]:
    a_head = entry.text("each") in ("student", "teacher")
    least, most = (Decimal(1), _MOST_A_HEAD) if a_head else (_LEAST, _MOST)
    for step in steps(entry[field]) if entry[field] is not None else ():
        amount = parse(step.value)
        if amount is not None and amount.unit is Unit.MONEY and not _is_likely(amount, least, most):
            keys = (field, step.key) if step.key is not None else (field,)
            message = msg("{entry} is {amount}: is the unit right?", entry=entry.id, amount=show(amount))
            yield Problem(
                entry.route(*keys),
                message,
                msg("sums here lie between {least} and {most}", least=_yuan(least), most=_yuan(most)),
            )


def _is_likely(amount: Quantity, least: Decimal, most: Decimal) -> bool:
    """Zero is a plain statement; a range is looked at by its ends."""
    ends = [end for end in (amount.low, amount.high) if end is not None]
    return all(end == 0 or least <= end <= most for end in ends)


def _yuan(amount: Decimal) -> str:
    return show(number(amount, Unit.MONEY))


def _numbers(record: Record) -> Iterator[Problem]:
    for name, other, least, most in _EACH:
        top, bottom = record.total(name, record.stages), record.total(other, record.stages)
        if not top or not bottom or least <= top / bottom <= most:
            continue
        is_money = name == "equipment_value"
        message = msg(
            "{party}: `{name}` is {top} for {bottom} `{other}`, {each} each",
            party=record.party,
            name=name,
            top=_yuan(top) if is_money else top,
            bottom=bottom,
            other=other,
            each=_yuan(round(top / bottom, 2)) if is_money else rounded(top / bottom),
        )
        told = Related(record.route(other), msg("held against this"))
        yield Problem(record.route(name), message, msg("is the unit right? are two numbers swapped?"), (told,))
