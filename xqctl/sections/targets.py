"""目标进度
Targets over time.

About:
    随时间变化的界限一步一步怎样提高，现在的数值在哪里；还没到期的目标何时到期、差多少。

    How bounds that change with time rise step by step, and where the number is today; and targets with a deadline: when
    they fall due and how they stand.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from xqctl.bounds import kind_of
from xqctl.derivation import STATES, TONES, amount, measured_of, written_bound
from xqctl.messages import msg
from xqctl.page import Amount, Block, Cell, Chart, Column, Fold, Heading, Limit, Paragraph, Part, Run, Table, Tone, line
from xqctl.quantities import Quantity, is_dated, parse, steps
from xqctl.sections import State
from xqctl.targets import Target, Verdict

PLACE = 110
_DRAWN = 6


def part(state: State) -> Part | None:
    """Bounds and deadlines by date."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    dated = [target for target in state.assessment.targets if _steps(target)]
    due = [verdict for verdict in state.assessment.verdicts if verdict.target.by is not None]
    if not dated and not due:
        return
    ahead = [verdict for verdict in due if verdict.state == "pending"]
    told = {"dated": len(dated), "due": len({verdict.target.id for verdict in due}), "ahead": len(ahead)}
    yield Paragraph(
        line(msg("targets whose bound changes with time {dated}, with a deadline {due}; not yet due {ahead}", **told))
    )
    if due:
        yield Heading(msg("Deadlines"), 3)
        yield _deadlines(state, due)
    charts = [_chart(state, target) for target in dated]
    yield from charts[:_DRAWN]
    if len(charts) > _DRAWN:
        yield Fold(line(msg("{count} more", count=len(charts) - _DRAWN)), tuple(charts[_DRAWN:]))


def _steps(target: Target) -> tuple[tuple[date | None, Quantity], ...]:
    """The bounds of a target by the day from which each holds; none where it does not change, or is no one number."""
    kind = target.kind or kind_of(target.entry)
    said = target.entry[kind] if kind is not None else None
    if not is_dated(said):
        return ()
    found = [(step.interval.start, _bound(step.value)) for step in steps(said)]
    return tuple((day, bound) for day, bound in found if bound is not None and bound.exact is not None)


def _bound(said: object) -> Quantity | None:
    return parse(said.get("value") if isinstance(said, dict) else said)


def _chart(state: State, target: Target) -> Chart:
    mine = [v for v in state.assessment.verdicts if v.target.id == target.id and v.thing.is_declarer]
    now = measured_of(mine[0], state.leads(mine)) if mine else Amount("—")
    columns = (Column(msg("target"), "name"), Column(msg("holds from"), "date"), Column(msg("bound"), "number"))
    rows: list[tuple[Cell, ...]] = [(target.entry.id, day, amount(bound)) for day, bound in _steps(target)]
    limits = () if now.value is None else (Limit(msg("now {value}", value=now.shown), Decimal(now.value)),)
    return Chart(
        msg("{target}: the bound by date", target=target.entry.id),
        msg("the bound from each date on, and the number on the day of this report"),
        "steps",
        Table(columns, tuple(rows), state.table(f"targets.{target.id}")),
        category=1,
        value=2,
        series=0,
        limits=limits,
    )


def _deadlines(state: State, due: Sequence[Verdict]) -> Table:
    ordered = sorted(due, key=lambda v: (v.target.by.last_day if v.target.by is not None else date.max, v.target.id))
    columns = (
        Column(msg("by"), "date"),
        Column(msg("target"), "name"),
        Column(msg("of")),
        Column(msg("value"), "number"),
        Column(msg("bound"), "number"),
        Column(msg("verdict")),
    )
    return Table(columns, tuple(_deadline(state, verdict) for verdict in ordered), state.table("targets.deadlines"))


def _deadline(state: State, verdict: Verdict) -> tuple[Cell, ...]:
    measured_in = verdict.measurement.measured_in if verdict.measurement is not None else "count"
    return (
        str(verdict.target.by or ""),
        Run(verdict.target.id, Tone.NAME, state.leads((verdict,))),
        "" if verdict.thing.is_declarer else verdict.thing.id,
        measured_of(verdict),
        written_bound(verdict.bound, measured_in),
        Run(STATES[verdict.state], TONES[verdict.state]),
    )
