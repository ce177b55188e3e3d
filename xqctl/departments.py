"""Knows the departments of schools: what each stage of a school has of its own, and its share of what all use together.

Each department is counted as if it were a school. What a school of several stages writes only for the whole is split
by weighted pupils, primary : junior : senior = 1 : 1.1 : 1.32, so that 九年一贯制 are split 1 : 1.1, 完全中学 1 : 1.2
(= 1.1 : 1.32) and 十二年一贯制 1 : 1.1 : 1.32 (as two public texts give the ratios).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xqctl import counting
from xqctl.kinds.schools import School
from xqctl.kinds.statistics import Record, record
from xqctl.labels import label
from xqctl.measuring import Frame, Unknown
from xqctl.messages import Message, msg
from xqctl.network import stages_at
from xqctl.place import Route
from xqctl.quantities import Ratio, SchoolYear, parse, rounded
from xqctl.stages import COMPULSORY, in_order

WEIGHTS: Mapping[str, Decimal] = {"primary": Decimal(1), "junior": Decimal("1.1"), "senior": Decimal("1.32")}
"""What a pupil of a stage weighs where a school's resources are split."""

SHARED = frozenset(
    (
        "teaching_area",
        "indoor_sports_area",
        "sports_area",
        "rented_sports_area",
        "equipment_value",
        "multimedia_rooms",
        "computers",
        "books",
    )
)
"""What departments use together and is split where it is written only for the whole school; people never are."""

POPULATION = ("population", ("all", "quality_2017", "basic_2012"))
"""The option that says which schools count: all asked for, or those a standard names; see `departments`."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a department, where it stands, and how it was split off where only the whole is written."""

    value: Fraction
    route: Route
    steps: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that is not there: whose (a stage's after a dot), and which; no `field` where nothing is."""

    party: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """The stages of a school that are looked at together, in one school year; `label` is how a trace calls them."""

    school: School
    stages: frozenset[str]
    label: str
    records: tuple[tuple[Record, frozenset[str]], ...]
    """Those of the school and its campuses, with the stages each has."""

    def amount(self, name: str, *, where_written: bool = False) -> Amount | Gap:
        """A number of these stages: as it is written for them, else for the whole, split where that is what is done.

        It has to be there for every stage and campus, unless it counts only `where_written`.
        """
        found = self.amounts(name, where_written=where_written)
        if isinstance(found, Gap):
            return found
        steps = tuple(step for each in found for step in each.steps)
        return Amount(sum((each.value for each in found), Fraction(0)), found[0].route, steps)

    def amounts(self, name: str, *, where_written: bool = False) -> tuple[Amount, ...] | Gap:
        """The same, not added up: the whole school's where that is written, else each stage's, and each campus's."""
        found = [each for one, has in self.records for each in _amounts(one, has, self.stages, name)]
        gap = next((each for each in found if isinstance(each, Gap)), None)
        amounts = tuple(each for each in found if isinstance(each, Amount))
        if gap is not None and not (where_written and amounts):
            return gap
        return amounts or Gap(self.school.id, name if self.records else None)

    def whole(self, name: str) -> Amount | Gap:
        """A number of the whole school, whatever stages are looked at."""
        every = frozenset(stage for _, has in self.records for stage in has)
        return Department(self.school, every, self.school.id, self.records).amount(name)

    def sizes(self) -> tuple[tuple[Decimal, ...], Route] | Gap:
        """The pupils of every class, and where the first list of them stands."""
        lists = [each for one, has in self.records for each in _sizes(one, has, self.stages)]
        gap = next((each for each in lists if isinstance(each, Gap)), None)
        found = [each for each in lists if not isinstance(each, Gap)]
        if gap is not None or not found:
            return gap or Gap(self.school.id, "class_sizes" if self.records else None)
        return tuple(size for sizes, _ in found for size in sizes), found[0][1]


def departments(frame: Frame, *, apart: bool) -> tuple[Department, ...]:
    """The departments of the frame's schools: one a stage (`apart`), else one a school for all stages asked for.

    The option `population` leaves out what a standard does: `quality_2017` all but primary and junior departments, and
    teaching points of fewer than 50 pupils; `basic_2012` all but these departments, schools not run by the county's
    education department (private ones among them) and primary teaching points.
    """
    found: list[Department] = []
    for school in frame.schools():
        has, year = school.stages(frame.day), frame.year
        wanted = has if frame.stages is None else has & frame.stages
        if frame.choice("population", "all") != "all":
            if not has:
                frame.lack(msg("the stages of {name} are not said", name=school.id))
            wanted = _population(frame, school, wanted & COMPULSORY)
            if not wanted:
                continue
        records = _records(frame, school, year)
        several = apart and (frame.stages is None or len(frame.stages) > 1) and len(wanted) > 1
        groups = [frozenset((stage,)) for stage in in_order(wanted)] if apart and wanted else [wanted]
        found += (
            Department(school, group, f"{school.id}.{'.'.join(group)}" if several else school.id, records)
            for group in groups
        )
    return tuple(found)


def missing(frame: Frame, gaps: Iterable[Gap]) -> tuple[Message, ...]:
    """What is not there: first who has no statistics at all, then each number with those who lack it."""
    fields: dict[str | None, list[str]] = {None: []}
    for gap in gaps:
        lacking = fields.setdefault(gap.field, [])
        if gap.party not in lacking:
            lacking.append(gap.party)
    absent = fields.pop(None)
    said = [counting.missing(frame, name, lacking) for name, lacking in fields.items() if name is not None]
    if not absent:
        return tuple(said)
    nothing = msg("no statistics for {year}: {schools}", year=str(frame.year), schools=counting.cut(absent))
    return (nothing, *said)


def nothing(frame: Frame) -> Unknown:
    """That no department is counted: what is not known of them, else why this one school is left out."""
    if frame.lacking:
        return Unknown(())
    reasons = tuple(left.reason for left in frame.left) if frame.thing.school is not None else ()
    return Unknown(reasons or (msg("there is no school to count"),), outside=frame.thing.school is not None)


def ratio_of(value: Fraction) -> Ratio:
    """An exact fraction as a value."""
    return Ratio(Decimal(value.numerator), Decimal(value.denominator))


def amount_of(value: Fraction) -> Ratio | Decimal:
    """An exact fraction as an amount in a trace: bare where it is a whole number."""
    return Decimal(value.numerator) if value.denominator == 1 else ratio_of(value)


@dataclass(frozen=True, slots=True)
class Shown:
    """A number in a step, put in digits only when somebody reads it: very many steps are never read."""

    value: Fraction | Decimal | int
    places: int
    beside: Decimal | None

    def __str__(self) -> str:
        """As it is where that is short, else rounded; enough for a pocket calculator."""
        return rounded(ratio_of(Fraction(self.value)), self.places, self.beside)


def shown(value: Fraction | Decimal | int, places: int = 4, beside: Decimal | None = None) -> Shown:
    """A number as a step tells it; see `rounded` for `beside`."""
    return Shown(value, places, beside)


def _records(frame: Frame, school: School, year: SchoolYear) -> tuple[tuple[Record, frozenset[str]], ...]:
    refs = (school.id, *(campus.ref for campus in school.campuses))
    known = [found for ref in refs if (found := record(frame.district, ref, year)) is not None]
    if not known or known[0].party != school.id:
        return ()
    return tuple((each, stages_at(frame.district, each.party, frame.day)) for each in known)


def _population(frame: Frame, school: School, wanted: frozenset[str]) -> frozenset[str]:
    """The departments of a school that a standard counts."""
    if not wanted:
        frame.leave_out(school.id, msg("it has no primary or junior department"))
        return wanted
    designations = school.entry.on("designations", frame.day)
    is_point = designations == "teaching_point" or (isinstance(designations, list) and "teaching_point" in designations)
    if frame.choice("population") == "basic_2012":
        if school.ownership(frame.day) not in (None, "education"):
            frame.leave_out(school.id, msg("the county's education department does not run it"))
            return frozenset()
        if is_point and "primary" in wanted:
            frame.leave_out(school.id, msg("it is a primary teaching point"))
            return wanted - {"primary"}
        return wanted
    if is_point:
        pupils = Department(school, wanted, school.id, _records(frame, school, frame.year)).amount("students")
        if isinstance(pupils, Amount) and pupils.value < 50:
            frame.leave_out(school.id, msg("it is a teaching point of fewer than 50 pupils"))
            return frozenset()
    return wanted


def _amounts(one: Record, has: frozenset[str], wanted: frozenset[str], name: str) -> Iterator[Amount | Gap]:
    """A number of some stages of one record; nothing where it has none of them."""
    here = has & wanted if wanted else has
    if has and not here:
        return
    whole = one.amount(name)
    if here == has and whole is not None:
        yield Amount(Fraction(whole), one.route(name))
        return
    for stage in in_order(here):
        own = one.amount(name, stage)
        yield Amount(Fraction(own), one.route(name, stage)) if own is not None else _split(one, has, stage, name)
    if not here:
        yield Gap(one.party, name) if whole is None else Amount(Fraction(whole), one.route(name))


def _split(one: Record, has: frozenset[str], stage: str, name: str) -> Amount | Gap:
    """A stage's share of what is written for the whole school only."""
    whole, part = one.amount(name), f"{one.party}.{stage}"
    if len(has) == 1:
        return Gap(one.party, name)
    if name not in SHARED or not has <= WEIGHTS.keys() or any(one.amount(name, other) is not None for other in has):
        return Gap(part, name)
    if whole is None:
        return Gap(one.party, name)
    pupils = {each: one.amount("students", each) for each in in_order(has)}
    lacking = next((each for each, number in pupils.items() if number is None), None)
    if lacking is not None:
        return Gap(f"{one.party}.{lacking}", "students")
    known = {each: number for each, number in pupils.items() if number is not None}
    weighted = {each: WEIGHTS[each] * number for each, number in known.items()}
    every = sum(weighted.values(), Decimal(0))
    if not every:
        return Gap(part, "students")
    value = Fraction(whole) * Fraction(weighted[stage]) / Fraction(every)
    step = msg(
        "{school}: {name} of its {stage} part = {whole} × {weight} × {pupils} ÷ ({parts}) = {value}",
        school=one.party,
        name=counting.field_name(name),
        stage=label("common.stage", stage),
        whole=shown(whole),
        weight=shown(WEIGHTS[stage]),
        pupils=shown(known[stage]),
        parts=" + ".join(f"{shown(WEIGHTS[each])} × {shown(number)}" for each, number in known.items()),
        value=shown(value),
    )
    return Amount(value, one.route(name), (step,))


_Sizes = tuple[tuple[Decimal, ...], Route]


def _sizes(one: Record, has: frozenset[str], wanted: frozenset[str]) -> Iterator[_Sizes | Gap]:
    """The classes of some stages of one record: in one list for all its stages, else in one for each."""
    here = has & wanted if wanted else has
    if has and not here:
        return
    if here == has and "class_sizes" in one.entry.data:
        yield _listed(one.entry["class_sizes"]), one.route("class_sizes")
        return
    for stage in in_order(here):
        numbers = one.entry.mapping(stage)
        if "class_sizes" in numbers:
            yield _listed(numbers["class_sizes"]), one.route("class_sizes", stage)
        else:
            yield Gap(one.party if len(has) == 1 else f"{one.party}.{stage}", "class_sizes")


def _listed(value: object) -> tuple[Decimal, ...]:
    read = [parse(each) for each in value] if isinstance(value, list) else []
    return tuple(quantity.exact for quantity in read if quantity is not None and quantity.exact is not None)
