"""Knows which changes moved a number: those that touch what is counted now and was not, or the other way round.

Nothing is measured again. A moved number is held part by part against what it was; a change is named where one of its
edits stands at, above or below a part that differs, else where it is of the very thing that the part is called after.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from xqctl.assess import assess
from xqctl.changes import Change
from xqctl.district import District
from xqctl.effect import Effect, Moved
from xqctl.measuring import Thing
from xqctl.metrics import Measurement
from xqctl.money import Balance, requests
from xqctl.place import Keys
from xqctl.targets import Target, Verdict

_TOLD_OF = frozenset(("note", "source", "assumed", "formerly", "also_named"))
"""Fields that no number rests on."""
_REGISTERS: Keys = ("district", "registers")


@dataclass(frozen=True, slots=True)
class Causes:
    """The changes that moved each row of an effect, in its order; none where none can be named."""

    metrics: tuple[tuple[Change, ...], ...]
    verdicts: tuple[tuple[Change, ...], ...]
    money: tuple[tuple[Change, ...], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Something a number is made of: in which role, what it is called, how much it is, and where that stands."""

    role: str
    label: str
    amount: object
    keys: Keys | None = None


def causes(found: Effect, changes: Sequence[Change], old: District, new: District) -> Causes:
    """For everything that moved between two states, which of the changes between them moved it."""
    renames = {
        each.before: each.after
        for each in changes
        if each.action == "renamed" and isinstance(each.before, str) and isinstance(each.after, str)
    }
    sides, told = _Sides(old, new, renames), _Told(changes)
    return Causes(
        tuple(told.of(*_of_metric(each, sides)) for each in found.metrics),
        tuple(told.of(*_of_verdict(each, sides)) for each in found.verdicts),
        tuple(told.of((), _of_money(each, sides)) for each in found.money),
    )


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both states, and the names that things of the older one go by now."""

    old: District
    new: District
    renames: Mapping[str, str]

    def differing(self, before: Iterable[_Part], after: Iterable[_Part]) -> tuple[_Part, ...]:
        """The parts that are on one side alone; the same in another place is no difference."""
        sides = tuple(map(self._now, before)), tuple(after)
        counts = [Counter((part.role, part.label, part.amount) for part in side) for side in sides]
        return tuple(
            part
            for part in (*sides[0], *sides[1])
            if counts[0][part.role, part.label, part.amount] != counts[1][part.role, part.label, part.amount]
        )

    def asked(self, is_after: bool) -> tuple[Target, ...]:
        """The targets of one side."""
        return assess(self.new if is_after else self.old).targets

    def _now(self, part: _Part) -> _Part:
        keys = None if part.keys is None else tuple(self.renames.get(key, key) for key in part.keys)
        return replace(part, label=self.renames.get(part.label, part.label), keys=keys)


class _Told:
    """The changes, found by what they edit and by the things they are of."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._order = {id(change): position for position, change in enumerate(changes)}
        self._exact: dict[Keys, list[Change]] = {}
        self._around: dict[Keys, list[Change]] = {}
        self._fields: dict[Keys, list[Change]] = {}
        self._things: dict[str, list[Change]] = {}
        self._names: dict[str, list[Change]] = {}
        for change in changes:
            telling = [each.keys for each in change.edits if _is_telling(change, each.keys)]
            for keys in telling:
                self._exact.setdefault(keys, []).append(change)
                if len(keys) == _depth(keys) + 1:
                    self._fields.setdefault(keys[:-1], []).append(change)
                for length in range(1, len(keys)):
                    self._around.setdefault(keys[:length], []).append(change)
            if telling:
                self._things.setdefault(change.address[: _depth(change.address)][-1], []).append(change)
                for name in change.address[1:]:
                    self._names.setdefault(name, []).append(change)

    def of(self, places: Iterable[Keys], parts: Sequence[_Part]) -> tuple[Change, ...]:
        """The changes at any of these places or parts; only where there are none, those of the parts' namesakes."""
        near = [change for keys in places for change in self._at(keys)]
        for part in parts:
            if part.keys is None:
                near += self._names.get(part.label, ())
            else:  # else what its thing says of itself, as how long it lives
                near += [*self._at(part.keys)] or self._fields.get(part.keys[: _depth(part.keys)], ())
        near = near or [change for part in parts for change in self._things.get(part.label, ())]
        single = {id(change): change for change in near}
        return tuple(single[key] for key in sorted(single, key=self._order.__getitem__))

    def _at(self, keys: Keys) -> Iterator[Change]:
        yield from self._around.get(keys, ())
        for length in range(1, len(keys) + 1):
            yield from self._exact.get(keys[:length], ())


def _is_telling(change: Change, keys: Keys) -> bool:
    """Whether some number may rest on what is edited."""
    if change.kind == "record" and keys[0] in ("targets", "waivers", "funds", "subsidies"):
        return False
    return _TOLD_OF.isdisjoint(keys[2:]) and (keys[0], *keys[2:3]) != ("funds", "from")


def _depth(keys: Keys) -> int:
    """How many keys lead to the thing itself: its kind and id; statistics are of a school in a year."""
    return 3 if keys[0] == "statistics" else 2


_Grounds = tuple[tuple[Keys, ...], tuple[_Part, ...]]


def _of_metric(moved: Moved[Measurement], sides: _Sides) -> _Grounds:
    """What a measured number rests on: where it is not on both sides, the thing, else the targets that ask for it."""
    before, after = moved.before, moved.after
    if before is not None and after is not None:
        places: list[Keys] = [("metrics", after.question.metric)]
        if (before.missing, before.is_whole) != (after.missing, after.is_whole):
            places.append(_REGISTERS)
        parts = sides.differing(_counted(before), _counted(after))
        paid = {part.label for part in parts if part.keys is not None and part.keys[0] == "subsidies"}
        return tuple(places), (*parts, *(_paid_by(paid, sides) if paid else ()))
    one = before or after
    if one is None:
        return (), ()
    if any(target.question == one.question for target in sides.asked(after is None)):
        return _of_thing(one.thing)
    asking = (target for target in sides.asked(after is not None) if target.question == one.question)
    return tuple(keys for target in asking for keys in _said(target, one.thing)), ()


def _of_verdict(moved: Moved[Verdict], sides: _Sides) -> _Grounds:
    """What a verdict rests on: what is asked and tolerated, and the number where that moved too."""
    before, after = moved.before, moved.after
    one = after or before
    if one is None:
        return (), ()
    if before is None or after is None:
        if any(target.id == one.target.id for target in sides.asked(after is None)):
            return _of_thing(one.thing)
        return _said(one.target, one.thing), ()
    places = [*_said(before.target, one.thing), *_said(after.target, one.thing)]
    places += [each.waiver.keys for each in (before, after) if each.waiver is not None]
    if before.missing != after.missing:
        places.append(_REGISTERS)
    numbers = Moved(before.measurement, after.measurement)
    if not (numbers.before and numbers.after) or numbers.before.value == numbers.after.value:
        return tuple(places), ()
    more, parts = _of_metric(numbers, sides)
    return (*places, *more), parts


def _of_thing(thing: Thing) -> _Grounds:
    """The thing itself, come or gone; the whole is always there, but not everything in it may be registered."""
    if thing.is_declarer:
        return (_REGISTERS,), ()
    return (), (_Part("thing", thing.id, None, thing.entry.keys),)


def _said(target: Target, thing: Thing) -> tuple[Keys, ...]:
    """Where a target says what it asks of a thing, or where its standard is adopted; not what it asks of others."""
    if target.standard is not None:
        return (("district", "adopts", target.standard.id),)
    keys = target.entry.keys
    return *((*keys, name) for name in target.entry.data if name != "except"), (*keys, "except", thing.id)


def _counted(found: Measurement) -> Iterator[_Part]:
    """The parts of a number: those counted, or the figure that states it."""
    if found.counted is not None and (found.basis != "stated" or not found.missing):
        for role, items in (("numerator", found.counted.numerator), ("denominator", found.counted.denominator)):
            for item in items:
                yield _Part(role, item.label, item.amount, item.route.keys if item.route is not None else None)
    elif found.figure is not None:
        yield _Part("figure", found.figure.entry.id, found.value, found.figure.entry.keys)


def _of_money(moved: Moved[Balance], sides: _Sides) -> tuple[_Part, ...]:
    """What a fund, or all of them, owe and have, as far as that moved."""
    before, after = moved.before, moved.after
    parts: list[_Part] = []
    if before is None or after is None or before.committed != after.committed:
        parts += _of_owed(before, after, sides)
    if before is None or after is None or before.available != after.available:
        parts += sides.differing(_held(before, sides.old), _held(after, sides.new))
    return tuple(parts)


def _paid_by(subsidies: Set[str], sides: _Sides) -> Iterator[_Part]:
    """What differs in what these subsidies are paid for."""
    before, after = (next(iter(assess(side).money[-1:]), None) for side in (sides.old, sides.new))  # all together
    return (part for part in _of_owed(before, after, sides) if part.role in subsidies)


def _of_owed(before: Balance | None, after: Balance | None, sides: _Sides) -> tuple[_Part, ...]:
    """The subsidies that differ, and what is paid for by those that are on both sides."""
    paid = [{each.subsidy.id for each in side.commitments} if side else set[str]() for side in (before, after)]
    lasting = paid[1] & {sides.renames.get(id_, id_) for id_ in paid[0]}
    differing = sides.differing(_owed(before), _owed(after))
    return tuple(part for part in differing if part.keys is not None or part.role in lasting)


def _owed(balance: Balance | None) -> Iterator[_Part]:
    """The subsidies of a balance, and what each is paid for, under its name."""
    for each in balance.commitments if balance is not None else ():
        yield _Part("subsidy", each.subsidy.id, each.amount, each.subsidy.keys)
        for label, count in each.parts:
            yield _Part(each.subsidy.id, label, count)


def _held(balance: Balance | None, district: District) -> Iterator[_Part]:
    """The funds of a balance, and what was granted into them."""
    for other in assess(district).money if balance is not None else ():
        if balance is None or other.fund is None or balance.fund not in (None, other.fund):
            continue
        yield _Part("fund", other.fund.id, other.available, other.fund.keys)
        for request in requests(district):
            if request.entry.text("into") == other.fund.id and request.year == str(balance.year):
                yield _Part("request", request.entry.id, request.granted, request.entry.keys)
