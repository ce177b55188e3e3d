"""Knows the classes of a department: the largest, those that are too large, and the rooms they have to have."""

from decimal import Decimal
from fractions import Fraction

from xqctl.departments import Amount, Department, Gap, amount_of, departments, missing, nothing, ratio_of, shown
from xqctl.measuring import Counted, Frame, Item, Unknown
from xqctl.messages import msg

OVER = ("large", "extra_large", "30", "35", "40", "45", "50", "55", "60", "65")
"""What a class may not be larger than: 大班额 and 超大班额 begin at 56 and 66 pupils."""

_WORDS = {"large": (55, "large_classes"), "extra_large": (65, "extra_large_classes")}


def largest(department: Department) -> Amount | Gap:
    """The pupils of the largest class, whichever of the two ways it is written says more."""
    said, sizes = department.amounts("largest_class"), department.sizes()
    found = [] if isinstance(said, Gap) else list(said)
    if not isinstance(sizes, Gap) and sizes[0]:
        found.append(Amount(Fraction(max(sizes[0])), sizes[1]))
    if not found:
        return said if isinstance(said, Gap) else Gap(department.school.id, "largest_class")
    return max(found, key=lambda amount: amount.value)


def oversize(department: Department, over: str) -> Amount | Gap:
    """How many classes have more pupils than a number, or are large or extra large."""
    limit, field = _WORDS[over] if over in _WORDS else (int(over), None)
    sizes = department.sizes()
    if not isinstance(sizes, Gap):
        return Amount(Fraction(sum(size > limit for size in sizes[0])), sizes[1])
    said = department.amount(field) if field is not None else sizes
    if not isinstance(said, Gap):
        return said
    most = largest(department)
    return Amount(Fraction(0), most.route) if isinstance(most, Amount) and most.value <= limit else sizes


def classes(department: Department) -> Amount | Gap:
    """How many classes there are, by their number or their list."""
    said, sizes = department.amount("classes"), department.sizes()
    if not isinstance(said, Gap) or isinstance(sizes, Gap):
        return said
    return Amount(Fraction(len(sizes[0])), sizes[1])


def rooms_per_twelve(frame: Frame, name: str) -> Counted | Unknown:
    """Rooms over ⌈classes ÷ 12⌉, of one school."""
    found = departments(frame, apart=False)
    if not found:
        return nothing(frame)
    rooms, count = found[0].amount(name), classes(found[0])
    if isinstance(rooms, Gap) or isinstance(count, Gap):
        return Unknown(missing(frame, [each for each in (rooms, count) if isinstance(each, Gap)]))
    needed = -(-count.value // 12)
    if not needed:
        return Unknown((msg("there is no class to count"),))
    steps = (
        msg("{classes} ÷ 12, rounded up = {needed}", classes=shown(count.value), needed=needed),
        msg("{rooms} ÷ {needed} = {value}", rooms=shown(rooms.value), needed=needed, value=shown(rooms.value / needed)),
    )
    label = found[0].label
    return Counted(
        ratio_of(rooms.value / needed),
        (Item(label, amount_of(rooms.value), rooms.route),),
        (Item(label, Decimal(needed), count.route),),
        steps=steps,
    )


def smallest_room(frame: Frame, name: str) -> Counted | Unknown:
    """The area of the smallest room of a sort, of one school."""
    found = departments(frame, apart=False)
    if not found:
        return nothing(frame)
    areas = found[0].amounts(name)
    if isinstance(areas, Gap):
        return Unknown(missing(frame, (areas,)))
    least = min(areas, key=lambda area: area.value)
    items = tuple(Item(found[0].label, amount_of(area.value), area.route) for area in areas)
    return Counted(amount_of(least.value), items)
