"""Knows, for one frame, what its rules commit in the year of the day, what its funds hold, and how it adds up."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xqctl import counting
from xqctl.kinds.units import units
from xqctl.measuring import Counted, Frame, Item, Number, Unknown
from xqctl.messages import Message, msg
from xqctl.money import Commitment, available, commitments, day_of
from xqctl.quantities import Quantity, parse, show, total
from xqctl.quantities import Unit as Measure

NOT_TOLD_APART = msg("money is declared for the whole, not told apart by district")


def committed(frame: Frame) -> Counted | Unknown:
    """The sum of what every rule pays in the year; of a unit or school, what is paid for it, or for its branches."""
    if frame.thing.each == "district" and not frame.thing.is_declarer:
        return Unknown((NOT_TOLD_APART,))
    frame.rest_on("subsidies")
    items, steps, stated = list[Item](), list[Message](), False
    for each in commitments(frame.district, frame.day.year):
        if not _is_asked_for(frame, each):
            continue
        counted = _units(frame, each)
        amount = _amount(frame, each)
        if counted is None or amount is None:
            continue
        paid = amount.times(counted)
        stated |= _is_declared(frame, each)
        items.append(Item(each.subsidy.id, paid, each.subsidy.route("amount")))
        steps.append(_told(each, amount, counted, paid))
        if each.subsidy["average"] is True:
            steps.append(msg("{name} is an average, not a fixed sum", name=each.subsidy.id))
    value = total((item.amount for item in items if isinstance(item.amount, Quantity)), Measure.MONEY)
    return Counted(value, tuple(items), steps=tuple(steps), basis="stated" if stated else "counted")


def held(frame: Frame) -> Counted | Unknown:
    """The sum of what every fund holds in the year."""
    if not frame.thing.is_declarer:
        return Unknown((NOT_TOLD_APART,))
    frame.rest_on("funds")
    year = frame.day.year
    day, items, steps = day_of(frame.district, year), list[Item](), list[Message]()
    for fund in frame.district.all("funds"):
        if fund.is_disputed or not fund.life.contains(day):
            continue
        amount = available(frame.district, fund, year, day)
        if amount is not None:
            items.append(Item(fund.id, amount, fund.route("amount") if "amount" in fund.data else fund.route()))
            steps.append(msg("{name}: {amount}", name=fund.id, amount=show(amount)))
            if fund["average"] is True:
                steps.append(msg("{name} is an average, not a fixed sum", name=fund.id))
        elif fund.text("per") == "once":
            frame.leave_out(fund.id, msg("it fell due once, in another year"))
        else:
            frame.lack(msg("{fund} does not say how much it holds in {year}", fund=fund.id, year=str(year)))
    value = total((item.amount for item in items if isinstance(item.amount, Quantity)), Measure.MONEY)
    return Counted(value, tuple(items), steps=tuple(steps))


def per(frame: Frame, found: Iterable[Item], nothing: Message) -> Counted | Unknown:
    """What is committed, over how many there are."""
    much, items = committed(frame), tuple(found)
    many = counting.count(items).value
    if not isinstance(much, Counted) or not isinstance(much.value, Quantity) or not isinstance(many, int):
        return much
    value = counting.quotient(much.value, many)
    if value is None:
        return Unknown(() if frame.lacking else (nothing,))
    told = msg("{amount} ÷ {count}", amount=show(much.value), count=many)
    return replace(much, value=value, denominator=items, steps=(*much.steps, told))


def joined(one: Counted, other: Counted, value: Number, step: Message, *, over: bool = False) -> Counted:
    """A value made of two sums: the parts of both, the steps of both and the one that joins them.

    `over` says that the first is divided by the second, whose parts are then the denominator.
    """
    return Counted(
        value,
        one.numerator if over else (*one.numerator, *(_less(item) for item in other.numerator)),
        other.numerator if over else (),
        steps=(*one.steps, *other.steps, step),
        basis="stated" if "stated" in (one.basis, other.basis) else "counted",
    )


def unknown(*sums: Counted | Unknown) -> Unknown:
    """What is missing for either of two sums."""
    return Unknown(tuple(missing for each in sums if isinstance(each, Unknown) for missing in each.missing))


def _less(item: Item) -> Item:
    return replace(item, amount=-item.amount) if isinstance(item.amount, Quantity) else item


def _is_asked_for(frame: Frame, each: Commitment) -> bool:
    """Whether a rule is of the stage asked for and passes `among`, where that is about rules."""
    stage = frame.question.stage
    if stage is not None and each.subsidy.text("stage") != stage:
        frame.leave_out(each.subsidy.id, msg("it is not paid for this stage"))
        return False
    return frame.admits(each.subsidy, "subsidy")


def _units(frame: Frame, each: Commitment) -> Quantity | None:
    """For how many a rule pays here; None where that is nothing, or not known."""
    if frame.thing.is_declarer:
        if each.units is None:
            named = counting.cut(each.lacking)
            frame.lack(msg("{rule}: for how many it pays is not known: {names}", rule=each.subsidy.id, names=named))
        elif not each.whole:
            frame.lack(msg("{rule}: what it pays for is not registered completely", rule=each.subsidy.id))
        return each.units
    mine = [count for label, count in each.parts if label in _names(frame) or _is_campus_of(frame, label)]
    return total(mine, Measure.COUNT) if mine else None


def _names(frame: Frame) -> Iterator[str]:
    """The labels under which the thing is paid for: itself, and, of a unit, its branches."""
    yield frame.thing.id
    if frame.thing.unit is not None:
        yield from (member.party for member in frame.thing.unit.members_on(frame.day) if member.role == "branch")


def _is_campus_of(frame: Frame, label: str) -> bool:
    return frame.thing.school is not None and label.startswith(f"{frame.thing.school.id}/")


def _amount(frame: Frame, each: Commitment) -> Quantity | None:
    """What a rule pays for one."""
    amount = parse(each.subsidy.on("amount", day_of(frame.district, each.year)))
    if amount is None:
        frame.lack(msg("{rule} does not say how much it pays", rule=each.subsidy.id))
    return amount


def _is_declared(frame: Frame, each: Commitment) -> bool:
    """Whether branches are counted as their groups declare them, not by name."""
    return each.each == "branch" and any(label in units(frame.district) for label, _ in each.parts)


def _told(each: Commitment, amount: Quantity, counted: Quantity, paid: Quantity) -> Message:
    return msg(
        "{rule}: {amount} × {count} = {sum}",
        rule=each.subsidy.id,
        amount=show(amount),
        count=show(counted),
        sum=show(paid),
    )
