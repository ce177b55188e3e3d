"""Knows how far schools differ, laid out so that it can be done again: what each has, how many pupils, the 差异系数."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from xqctl.derivation.amounts import amount, exactly, measured
from xqctl.derivation.tables import Leads
from xqctl.derivation.words import STATES, TONES, basis_of, written_bound
from xqctl.district import District
from xqctl.indicators import EIGHT, INDICATORS, SEVEN
from xqctl.labels import label
from xqctl.measuring import Number, Question, Thing
from xqctl.messages import Word, msg
from xqctl.metrics import Measurement, measure
from xqctl.page import Amount, Cell, Column, Mean, Overall, Quotient, Run, Spread, Table, Tone
from xqctl.place import Route
from xqctl.quantities import Ratio
from xqctl.stages import COMPULSORY, in_order
from xqctl.targets import Verdict

Choices = tuple[tuple[str, str], ...]
_OWN = ("indicator", "weights")


@dataclass(frozen=True, slots=True)
class Grid:
    """The schools of one stage that some variations are of.

    `choices` say which count, `found` is each indicator's variation, `schools` are the pupils of every department and
    where they stand, `tops` what it has of each indicator.
    """

    stage: str
    choices: Choices
    found: Mapping[str, Measurement]
    verdicts: tuple[Verdict, ...]
    schools: Mapping[str, tuple[Decimal, Route | None]]
    tops: Mapping[str, Mapping[str, Decimal]]

    @property
    def name(self) -> str:
        """What tells it from the others: its stage, and who counts."""
        return ".".join((self.stage, *(value for _, value in self.choices)))

    def values(self, indicator: str) -> Mapping[str, Fraction]:
        """What a pupil (or a hundred) of each school has."""
        factor = INDICATORS[indicator].factor
        return {
            school: factor * Fraction(top) / Fraction(self.schools[school][0])
            for school, top in self.tops[indicator].items()
        }


def grids(district: District, verdicts: Sequence[Verdict]) -> tuple[Grid, ...]:
    """What targets ask of how far schools differ, those of one stage and population together, a standard's first.

    Where no target asks, the seven indicators of each stage of compulsory schooling.
    """
    asked: dict[tuple[str, Choices], list[Verdict]] = {}
    for verdict in sorted(verdicts, key=lambda each: each.target.standard is None):
        question = verdict.target.question
        is_spread = question.metric in ("variation", "composite_variation") and verdict.thing.is_declarer
        if is_spread and question.stage in COMPULSORY and dict(question.choices).get("weights", "pupils") == "pupils":
            asked.setdefault((question.stage, _population(question)), []).append(verdict)
    keys = asked or {(stage, ()): [] for stage in in_order(COMPULSORY)}
    made = (_grid(district, stage, choices, tuple(mine)) for (stage, choices), mine in keys.items())
    return tuple(grid for grid in made if grid.schools)


def _grid(district: District, stage: str, choices: Choices, mine: tuple[Verdict, ...]) -> Grid:
    found = _found(district, stage, choices, mine)
    schools: dict[str, tuple[Decimal, Route | None]] = {}
    tops: dict[str, Mapping[str, Decimal]] = {}
    for indicator, each in found.items():
        counted = each.counted
        schools |= {item.label: (_decimal(item.amount), item.route) for item in counted.denominator} if counted else {}
        tops[indicator] = {item.label: _decimal(item.amount) for item in counted.numerator} if counted else {}
    return Grid(stage, choices, found, mine, schools, tops)


def _population(question: Question) -> Choices:
    return tuple(each for each in question.choices if each[0] not in _OWN)


def _found(district: District, stage: str, choices: Choices, mine: Sequence[Verdict]) -> dict[str, Measurement]:
    """Each indicator's variation: as a verdict has it, else measured for the composite one, or because nobody asks."""
    has = {_indicator(v): v.measurement for v in mine if v.measurement is not None and _indicator(v)}
    wanted = {name for name in INDICATORS if name in has}
    if any(verdict.target.question.metric == "composite_variation" for verdict in mine):
        wanted |= set(EIGHT)
    wanted = wanted or set(SEVEN)
    found: dict[str, Measurement] = {}
    for name in (each for each in INDICATORS if each in wanted):
        one = has.get(name) or _measured(district, stage, choices, name)
        if one.counted is not None:
            found[name] = one
    return found


def _measured(district: District, stage: str, choices: Choices, indicator: str) -> Measurement:
    question = Question("variation", stage, choices=tuple(sorted((*choices, ("indicator", indicator)))))
    return measure(district, question, Thing("district", district.itself), district.as_of)


def _indicator(verdict: Verdict) -> str:
    question = verdict.target.question
    return dict(question.choices).get("indicator", "") if question.metric == "variation" else ""


def called(indicator: str) -> Word:
    """What an indicator is called."""
    return Word(INDICATORS[indicator].zh, indicator)


def floor_of(indicator: str, stage: str) -> Decimal | None:
    """The floor of 2017."""
    return dict(INDICATORS[indicator].floors).get(stage)


def _decimal(found: Number) -> Decimal:
    return exactly(found) or Decimal(0)


def school_table(grid: Grid, at: Callable[[Route], str], name: str) -> Table:
    """Every school: its pupils, what it has of each indicator beside it, and the quotient."""
    columns = [Column(msg("school"), "name"), Column(msg("students"), "number")]
    for indicator in grid.found:
        columns.append(Column(msg("{name}: amount", name=called(indicator)), "number", beside=True))
        columns.append(Column(msg("{name}", name=called(indicator)), "number"))
    rows = []
    for school, (pupils, route) in grid.schools.items():
        row: list[Cell] = [school, _number(pupils)]
        for place, indicator in enumerate(grid.found):
            row += _cells(grid, indicator, grid.tops[indicator].get(school), pupils, 2 + 2 * place)
        rows.append((*row, "" if route is None else at(route)))
    return Table((*columns, Column(msg("where"), "name")), tuple(rows), name)


def _cells(grid: Grid, indicator: str, top: Decimal | None, pupils: Decimal, place: int) -> tuple[Cell, Cell]:
    """What a school has, and that over its pupils."""
    if top is None:
        return None, Amount("—")
    known = INDICATORS[indicator]
    ratio = Ratio(known.factor * top, pupils)
    floor = floor_of(indicator, grid.stage)
    is_under = floor is not None and ratio.fraction < Fraction(floor)
    told = replace(
        amount(ratio, _measure(indicator), floor),
        formula=Quotient(place, 1, known.factor),
        tone=Tone.BAD if is_under else Tone.PLAIN,
    )
    return _number(top), told


def _number(found: Decimal) -> Amount:
    return Amount(f"{found.normalize():f}", found, "number")


def _measure(indicator: str) -> str:
    return {"equipment_value": "money", "teaching_area": "area", "sports_area": "area"}.get(
        INDICATORS[indicator].top, "number"
    )


_SUMMARY = (
    Column(msg("indicator")),
    Column(msg("district as a whole"), "number"),
    Column(msg("lowest"), "number"),
    Column(msg("highest"), "number"),
    Column(msg("floor"), "number"),
    Column(msg("schools under the floor"), "number"),
    Column(msg("variation"), "number"),
    Column(msg("limit"), "number"),
    Column(msg("verdict")),
    Column(msg("basis")),
    Column(msg("set"), beside=True),
)
_VARIATION = 6


def spread_table(grid: Grid, leads: Leads, schools: str, name: str, *, floors: bool) -> Table:
    """Each indicator: the whole district, the lowest and highest school, the variation against its limit.

    `schools` is the table these follow from, by name; `floors` says whether the floors of 2017 are asked here.
    """
    rows = [
        _summary(grid, indicator, place, leads, schools, floors=floors) for place, indicator in enumerate(grid.found)
    ]
    return Table(_SUMMARY, tuple(rows), name)


def _summary(grid: Grid, indicator: str, place: int, leads: Leads, schools: str, *, floors: bool) -> tuple[Cell, ...]:
    found, factor = grid.found[indicator], INDICATORS[indicator].factor
    values = grid.values(indicator).values()
    floor = floor_of(indicator, grid.stage) if floors else None
    verdict = next((each for each in grid.verdicts if _indicator(each) == indicator), None)
    bound = verdict.bound if verdict is not None else None
    to = leads((verdict,)) if verdict is not None else ""
    variation = measured(found, bound.value if bound is not None else None, to)
    if variation.value is not None:
        variation = replace(variation, formula=Spread(schools, 2 + 2 * place, 1))
    under = sum(value < Fraction(floor) for value in values) if floor is not None else None
    return (
        Run(msg("{name}", name=called(indicator)), to=to),
        replace(_value(_whole(grid, indicator), indicator), formula=Overall(schools, 2 + 2 * place, 1, factor)),
        _value(min(values), indicator),
        _value(max(values), indicator),
        "" if floor is None else _value(Fraction(floor), indicator),
        "" if under is None else Amount(str(under), Decimal(under), tone=Tone.BAD if under else Tone.PLAIN),
        variation,
        written_bound(bound, "index") if bound is not None else "",
        Run(STATES[verdict.state], TONES[verdict.state]) if verdict is not None else "",
        basis_of(found),
        msg("the eight of 2012") if indicator in EIGHT else "",
    )


def _whole(grid: Grid, indicator: str) -> Fraction:
    tops = sum(grid.tops[indicator].values(), Decimal(0))
    pupils = sum((pupils for pupils, _ in grid.schools.values()), Decimal(0))
    return INDICATORS[indicator].factor * Fraction(tops) / Fraction(pupils)


def _value(value: Fraction, indicator: str) -> Amount:
    return amount(Ratio(Decimal(value.numerator), Decimal(value.denominator)), _measure(indicator))


def composite_rows(grid: Grid, leads: Leads, name: str) -> Iterator[tuple[Cell, ...]]:
    """The composite variations of a grid: the mean of the eight in the table called `name`."""
    for verdict in grid.verdicts:
        if verdict.target.question.metric != "composite_variation" or verdict.measurement is None:
            continue
        told = measured(
            verdict.measurement, verdict.bound.value if verdict.bound is not None else None, leads((verdict,))
        )
        if told.value is not None:
            told = replace(told, formula=Mean(name, _VARIATION, (10, msg("the eight of 2012"))))
        yield (
            msg("{stage}", stage=label("common.stage", grid.stage)),
            told,
            written_bound(verdict.bound, "index"),
            Run(STATES[verdict.state], TONES[verdict.state]),
            Run(verdict.target.id, Tone.NAME, leads((verdict,))),
            basis_of(verdict.measurement),
        )
