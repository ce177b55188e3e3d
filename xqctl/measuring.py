"""Knows what it is to measure: a question, the thing it is asked of, and the answer with all that was counted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from xqctl.conditions import passes, variables
from xqctl.district import District, Entry
from xqctl.kinds.schools import School, open_schools, schools
from xqctl.kinds.units import Unit, open_units, units
from xqctl.messages import Message, msg
from xqctl.network import counted, inside, pairs, school_of
from xqctl.place import Route
from xqctl.quantities import Interval, Quantity, Ratio, SchoolYear, school_year
from xqctl.stages import COMPULSORY

Number = Ratio | Quantity | Decimal | int
Basis = Literal["counted", "stated", "none"]
SMALL = 200
_KINDS = {"zone": "zones", "group": "groups", "alliance": "alliances"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a metric, and over what. `where` picks the things measured, `among` what is counted inside."""

    metric: str
    stage: str | None = None
    each: str = "district"
    of: str | None = None
    where: str | None = None
    among: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    over: str = "school_year"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing measured: a district, a unit, a pair or a school."""

    each: str
    entry: Entry
    unit: Unit | None = None
    school: School | None = None

    @property
    def id(self) -> str:
        """Its id; a district is called by its name."""
        return self.entry.id or self.entry.name


@dataclass(frozen=True, slots=True)
class Item:
    """Something counted: what it is called, how much it adds, and where that stands."""

    label: str
    amount: Decimal | int
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Something left out of the count, and why."""

    label: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Counted:
    """A value and how it came about: the parts of numerator and denominator, what was left out, the steps between."""

    value: Number
    numerator: tuple[Item, ...] = ()
    denominator: tuple[Item, ...] = ()
    left_out: tuple[Left, ...] = ()
    steps: tuple[Message, ...] = ()
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value, and which data would give one."""

    missing: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a metric's module says of itself besides its page.

    `measured_in` is ratio, count, money (元), area (m²), index or score; `each` the sorts of things it can be asked of;
    `registers` the collections that must be complete for its count to stand; `choices` its own options, the first
    value of each being the default.
    """

    measured_in: str
    each: tuple[str, ...] = ("district",)
    registers: tuple[str, ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A question put to one thing on one day: what a metric's module looks at."""

    district: District
    question: Question
    thing: Thing
    day: date
    left: list[Left] = field(default_factory=list)

    @property
    def stages(self) -> frozenset[str] | None:
        """The stages asked for, None for all of them."""
        stage = self.question.stage
        return None if stage is None else COMPULSORY if stage == "compulsory" else frozenset((stage,))

    @property
    def year(self) -> SchoolYear:
        """The school year that holds the day."""
        return school_year(self.day)

    @property
    def period(self) -> Interval:
        """The days flows are measured over: the school year that holds the day, or the calendar year."""
        if self.question.over == "year":
            return Interval(date(self.day.year, 1, 1), date(self.day.year + 1, 1, 1))
        return self.year.interval

    def choice(self, name: str, default: str = "") -> str:
        """One of the metric's own options."""
        return dict(self.question.choices).get(name, default)

    def schools(self) -> tuple[School, ...]:
        """The schools in the thing that are counted: open, of the stage, passing `among`; the rest goes to `left`."""
        return tuple(school for school in self._inside() if self._counts(school))

    def units(self, kind: str) -> tuple[Unit, ...]:
        """The units of a kind in the thing: the district's own that are counted, or those within a unit."""
        if self.thing.unit is not None:
            outer = self.thing.unit
            found = [u for u in open_units(self.district, self.day, kind) if u.within == outer.id]
        elif self.thing.each == "district":
            found = [u for u in counted(self.district, self.day, kind) if self._is_here(u.entry)]
        else:
            found = []
        return tuple(unit for unit in found if self._has_stage(unit))

    def leave_out(self, label: str, reason: Message) -> None:
        """Notes something that is not counted."""
        left = Left(label, reason)
        if left not in self.left:
            self.left.append(left)

    def _inside(self) -> Iterator[School]:
        thing = self.thing
        if thing.school is not None:
            yield thing.school
        elif thing.unit is not None:
            seen = set()
            for member in inside(self.district, thing.unit, self.day):
                school = school_of(self.district, member.party)
                if school is not None and school.id not in seen and school.is_open(self.day):
                    seen.add(school.id)
                    yield school
        elif thing.entry.kind == "district":
            yield from open_schools(self.district, self.day)
        else:
            yield from (s for s in schools(self.district).values() if s.is_open(self.day) and self._is_here(s.entry))

    def _is_here(self, entry: Entry) -> bool:
        """Whether something belongs to the district measured: the declarer, or one of those it names."""
        return self.thing.entry.kind == "district" or entry.text("district") == self.thing.entry.id

    def _counts(self, school: School) -> bool:
        wanted, has = self.stages, school.stages(self.day)
        if wanted is not None and not has:
            self.leave_out(school.id, msg("its stages are not said"))
            return False
        if wanted is not None and not wanted & has:
            return False
        passed = passes(self.question.among, "school", variables(school.entry, self.day))
        if passed is not True:
            self.leave_out(school.id, msg("it is not among {among}", among=self.question.among))
        return passed is True

    def _has_stage(self, unit: Unit) -> bool:
        wanted, has = self.stages, unit.stages(self.day)
        return wanted is None or not has or bool(wanted & has)


def things(district: District, question: Question, day: date) -> tuple[Thing, ...]:
    """The things a question is asked of on a day: `of` names one, `each` a sort of them, `where` picks among these."""
    found = (thing for thing in _every(district, question.each, day) if question.of in (None, thing.id))
    return tuple(t for t in found if passes(question.where, question.each, variables(t.entry, day)) is True)


def _every(district: District, each: str, day: date) -> Iterator[Thing]:
    match each:
        case "zone" | "group" | "alliance":
            yield from (Thing(each, unit.entry, unit=unit) for unit in counted(district, day, _KINDS[each]))
        case "pair":
            yield from (Thing(each, pair.unit.entry, unit=pair.unit) for pair in pairs(district, day))
        case "school":
            yield from (Thing(each, school.entry, school=school) for school in open_schools(district, day))
        case _:
            yield from _districts(district)


def _districts(district: District) -> Iterator[Thing]:
    """A city measures each district within it; a district itself."""
    within = [entry for entry in district.all("districts") if entry.text("within") == district.itself.text("name")]
    if district.itself.text("level") in ("city", "province") and within:
        yield from (Thing("district", entry) for entry in within)
    else:
        yield Thing("district", district.itself)


def named(district: District, id_: str, day: date) -> Thing | None:
    """The thing an id names, whatever its sort; None where it is not open then."""
    unit = units(district).get(id_)
    if unit is not None and unit.is_open(day):
        sort = "pair" if unit.form(day) == "pair" else next(k for k, v in _KINDS.items() if v == unit.kind)
        return Thing(sort, unit.entry, unit=unit)
    school = schools(district).get(id_)
    return Thing("school", school.entry, school=school) if school is not None and school.is_open(day) else None
