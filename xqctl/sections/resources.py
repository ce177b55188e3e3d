"""资源配置与校际差异
Resources, and how far schools differ.

About:
    逐项指标写明全区水平、最低和最高的学校、差异系数及其限值；各校数值与下限之比的分布图；逐校的学生数、总量和指标值，差异系数可
    照着重算。

    Indicator by indicator: the whole district, the lowest and highest school, the variation against its limit; how
    schools lie about the floors; and school by school the pupils, the amounts and the quotients, so that it can be done
    again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from xqctl.derivation import amount
from xqctl.derivation.spreads import (
    Grid,
    called,
    composite_rows,
    floor_of,
    grids,
    school_table,
    spread_table,
)
from xqctl.labels import label
from xqctl.messages import Message, Word, msg
from xqctl.page import (
    Amount,
    Block,
    Cell,
    Chart,
    Column,
    Fold,
    Heading,
    Limit,
    Paragraph,
    Part,
    Quotient,
    Run,
    Table,
    Tone,
    line,
)
from xqctl.quantities import Quantity, Ratio
from xqctl.sections import State

PLACE = 50
_DRAWN = 1500
_METRICS = ("largest_class", "oversize_classes", "small_school_share")
_POPULATIONS = {
    "quality_2017": Word("优质均衡2017统计口径", "the population of 2017"),
    "basic_2012": Word("基本均衡2012统计口径", "the population of 2012"),
}


def part(state: State) -> Part | None:
    """Indicators, how far schools differ, and the schools."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    found = grids(state.district, state.assessment.verdicts)
    has_floors = _asks_floors(state)
    if not found:
        return
    yield Paragraph(line(*_sentence(found)))
    main = found[0].choices
    for grid in found:
        blocks = tuple(_grid(state, grid, floors=has_floors))
        if grid.choices == main:
            yield Heading(_title(grid), 3)
            yield from blocks
        else:
            yield Fold(line(_title(grid)), blocks)
    rows = tuple(
        row
        for grid in found
        for row in composite_rows(grid, state.leads, state.table(f"resources.{grid.name}.variation"))
    )
    if rows:
        yield Heading(msg("Composite variation of the eight indicators"), 3)
        yield Table(_COMPOSITE, rows, state.table("resources.composite"))
    numbers = tuple(state.numbers(_METRICS, "resources.numbers"))
    if numbers:
        yield Heading(msg("Classes and schools"), 3)
        yield from numbers


_COMPOSITE = (
    Column(msg("stage")),
    Column(msg("variation"), "number"),
    Column(msg("limit"), "number"),
    Column(msg("verdict")),
    Column(msg("target"), "name"),
    Column(msg("basis")),
)


def _asks_floors(state: State) -> bool:
    """Whether some target holds schools to the floors of 2017."""
    return any(target.question.metric == "indicators_met" for target in state.assessment.targets)


def _sentence(found: Sequence[Grid]) -> Iterator[Run]:
    verdicts = [verdict for grid in found for verdict in grid.verdicts]
    missed = [verdict for verdict in verdicts if verdict.state == "missed"]
    if not verdicts:
        yield Run(msg("no target limits how far schools may differ; this is how far they do"))
    elif missed:
        names = list(dict.fromkeys(verdict.target.entry.id for verdict in missed))
        yield Run(
            msg(
                "{count} of {all} limits of variation are missed: {names}",
                count=len(missed),
                all=len(verdicts),
                names=names,
            )
        )
    else:
        yield Run(msg("of {count} limits of variation none is missed", count=len(verdicts)))


def _title(grid: Grid) -> Message:
    stage = label("common.stage", grid.stage)
    said = [_POPULATIONS.get(value, value) for _, value in grid.choices]
    count = len(grid.schools)
    if said:
        return msg("{stage}, {population}: {count} schools", stage=stage, population=said, count=count)
    return msg("{stage}: {count} schools", stage=stage, count=count)


def _grid(state: State, grid: Grid, *, floors: bool) -> Iterator[Block]:
    schools, name = state.table(f"resources.{grid.name}"), state.table(f"resources.{grid.name}.variation")
    table = spread_table(grid, state.leads, schools, name, floors=floors)
    limits = _limits(grid)
    stage = label("common.stage", grid.stage)
    yield table
    about = msg("the variation of each indicator among the schools of this stage, beside its limit")
    drawn = Table(
        (Column(msg("indicator")), Column(msg("variation"), "number")),
        tuple((row[0], _bare(row[6])) for row in table.rows),
        state.table(f"resources.{grid.name}.bars"),
    )
    yield Chart(msg("Variation, {stage}", stage=stage), about, "bars", drawn, category=0, value=1, limits=limits)
    if floors:
        yield from _distribution(state, grid)
    said = msg("school by school: {count}", count=len(grid.schools))
    yield Fold(line(said), (school_table(grid, state.at, schools),))


def _bare(cell: Cell) -> Cell:
    """The number alone: what it follows from stands in the table it is taken from."""
    return replace(cell, formula=None, numerator=None, denominator=None) if isinstance(cell, Amount) else cell


def _limits(grid: Grid) -> tuple[Limit, ...]:
    found = {}
    for verdict in grid.verdicts:
        bound = verdict.bound.value if verdict.bound is not None else None
        is_single = verdict.target.question.metric == "variation"
        if is_single and isinstance(bound, Quantity) and bound.exact is not None:
            found[bound.exact] = Limit(msg("limit {value}", value=f"{bound.exact.normalize():f}"), bound.exact)
    return tuple(found.values())


def _distribution(state: State, grid: Grid) -> Iterator[Block]:
    """Every school a point: its value over the floor, indicator by indicator; of very many schools none."""
    if len(grid.schools) * len(grid.found) > _DRAWN:
        return
    rows: list[tuple[Cell, ...]] = []
    for indicator in grid.found:
        floor = floor_of(indicator, grid.stage)
        if floor is not None:
            rows += [_point(indicator, school, value, floor) for school, value in grid.values(indicator).items()]
    if not rows:
        return
    columns = (
        Column(msg("indicator")),
        Column(msg("school"), "name"),
        Column(msg("value"), "number"),
        Column(msg("floor"), "number"),
        Column(msg("value of floor"), "number"),
    )
    stage = label("common.stage", grid.stage)
    yield Chart(
        msg("Schools about the floor, {stage}", stage=stage),
        msg("for each indicator every school as a point: its value over the floor; left of the line it is under it"),
        "points",
        Table(columns, tuple(rows), state.table(f"resources.{grid.name}.floors")),
        category=0,
        value=4,
        limits=(Limit(msg("floor"), Decimal(1)),),
    )


def _point(indicator: str, school: str, value: Fraction, floor: Decimal) -> tuple[Cell, ...]:
    own = amount(Ratio(Decimal(value.numerator), Decimal(value.denominator)), "number", floor)
    over = value / Fraction(floor)
    ratio = amount(Ratio(Decimal(over.numerator), Decimal(over.denominator)), "ratio", Decimal(1))
    tone = Tone.BAD if over < 1 else Tone.PLAIN
    return (
        msg("{name}", name=called(indicator)),
        school,
        own,
        amount(floor, "number"),
        replace(ratio, formula=Quotient(2, 3), tone=tone),
    )
