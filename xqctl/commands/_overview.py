"""Knows several districts at a glance: who stands how, with what leads to the report on each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from xqctl import page as p
from xqctl.derivation import ORDER, STATES, TONES, basis_of, by_target, measured, metric_title
from xqctl.measuring import Question, Thing
from xqctl.messages import msg
from xqctl.metrics import Measurement, measure
from xqctl.rules import is_doubt
from xqctl.sections import State

_METRICS = ("schools", "zones", "groups", "alliances", "zone_share", "group_share", "pairing_ratio", "funding_coverage")


@dataclass(frozen=True, slots=True)
class Glance:
    """One district in a row: its name, its day, what leads to its report, and what there is to see."""

    name: p.Words
    operand: str
    root: str
    day: date
    to: str
    targets: Mapping[str, int]
    missed: tuple[str, ...]
    numbers: tuple[p.Amount, ...]
    doubts: int


def glance(state: State, operand: str, to: str) -> Glance:
    """A district at a glance; small enough to be kept of thousands."""
    district, groups = state.district, by_target(state.assessment.verdicts)
    itself = Thing("district", district.itself)
    found = (measure(district, Question(metric), itself, district.as_of) for metric in _METRICS)
    return Glance(
        district.name,
        operand,
        district.root,
        district.as_of,
        to,
        Counter[str](mine[0].state for mine in groups),
        tuple(mine[0].target.id for mine in groups if mine[0].state == "missed"),
        tuple(_measured(each) for each in found),
        sum(map(is_doubt, state.findings)),
    )


def _measured(found: Measurement) -> p.Amount:
    """A number with its basis: one that is stated says so, one that is counted needs no word."""
    told = measured(found)
    if found.basis != "stated":
        return told
    return replace(told, shown=msg("{value} ({basis})", value=told.shown, basis=basis_of(found)))


def overview(glances: Sequence[Glance]) -> p.Part:
    """The part that comes before the reports on several districts."""
    told = tuple(_told_apart(glances))
    return p.Part("overview", msg("Overview of {count} districts", count=len(told)), tuple(_blocks(told)))


def _told_apart(glances: Sequence[Glance]) -> Iterator[Glance]:
    """Districts of one name, or states of one district, with what tells them apart: operands, else folders."""
    names = Counter(each.name for each in glances)
    operands = Counter((each.name, each.operand) for each in glances)
    for each in glances:
        root = each.operand if operands[each.name, each.operand] == 1 else each.root
        told = msg("{name}, {root}", name=each.name, root=root)
        yield each if names[each.name] == 1 else replace(each, name=told)


def _blocks(glances: Sequence[Glance]) -> Iterator[p.Block]:
    missed = [each for each in glances if each.missed]
    doubtful = [each for each in glances if each.doubts]
    said = msg("of {count} districts {missed} miss some target", count=len(glances), missed=len(missed))
    yield p.Paragraph(p.line(said))
    if doubtful:
        names = [each.name for each in doubtful[:_NAMED]]
        told = msg("in {count} districts findings make numbers unreliable: {names}", count=len(doubtful), names=names)
        yield p.Paragraph(p.line(told), p.Tone.WARN)
    yield _verdicts(glances)
    if len(glances) <= _DRAWN:
        yield _chart(glances)
    yield p.Heading(msg("Numbers side by side"), 3)
    yield p.Paragraph(p.line(msg("counted where nothing else is said; —: not known")), p.Tone.MUTED)
    yield _numbers(glances)
    yield from _most_missed(glances)


_NAMED, _DRAWN = 12, 40


def _name(each: Glance) -> p.Run:
    return p.Run(each.name, p.Tone.NAME, each.to)


def _verdicts(glances: Sequence[Glance]) -> p.Table:
    columns = (
        p.Column(msg("district"), "name"),
        p.Column(msg("as of"), "date"),
        *(p.Column(msg("targets {state}", state=STATES[state]), "number") for state in ORDER),
        p.Column(msg("what is missed")),
        p.Column(msg("findings that make numbers unreliable"), "number"),
    )
    return p.Table(columns, tuple(map(_row, glances)), "overview.verdicts")


def _row(each: Glance) -> tuple[p.Cell, ...]:
    names: list[object] = list(each.missed[:_SHOWN])
    if len(each.missed) > _SHOWN:
        names.append(msg("{count} more", count=len(each.missed) - _SHOWN))
    counts = (_count(each.targets.get(state, 0), state) for state in ORDER)
    return (_name(each), each.day, *counts, msg("{names}", names=names), each.doubts)


_SHOWN = 4


def _count(many: int, state: str) -> p.Amount:
    tone = TONES[state] if many and state in ("missed", "unknown") else p.Tone.PLAIN
    return p.Amount(str(many), Decimal(many), tone=tone)


def _chart(glances: Sequence[Glance]) -> p.Chart:
    states = [state for state in ORDER if any(each.targets.get(state) for each in glances)]
    rows: tuple[tuple[p.Cell, ...], ...] = tuple(
        (_name(each), p.Run(STATES[state], TONES[state]), each.targets.get(state, 0))
        for each in glances
        for state in states
    )
    columns = (p.Column(msg("district")), p.Column(msg("verdict")), p.Column(msg("targets"), "number"))
    return p.Chart(
        msg("Targets by verdict"),
        msg("of each district, how many targets are met, missed, not yet due, waived or unknown"),
        "stacked",
        p.Table(columns, rows, "overview.chart"),
        category=0,
        value=2,
        series=1,
    )


def _numbers(glances: Sequence[Glance]) -> p.Table:
    titles: list[p.Column] = []
    for metric in _METRICS:
        title = msg("{title}", title=metric_title(metric))
        titles += (
            p.Column(title, "number"),
            p.Column(msg("{title}: numerator", title=title), "number", beside=True),
            p.Column(msg("{title}: denominator", title=title), "number", beside=True),
        )
    rows = tuple((_name(each), *_cells(each.numbers)) for each in glances)
    return p.Table((p.Column(msg("district"), "name"), *titles), rows, "overview.numbers")


def _cells(numbers: Sequence[p.Amount]) -> Iterator[p.Cell]:
    for place, each in enumerate(numbers):
        of = 1 + 3 * place + 1
        top, bottom = each.numerator, each.denominator
        yield replace(each, formula=p.Quotient(of, of + 1)) if top is not None else each
        yield None if top is None else p.Amount(f"{top:f}", top, "number")
        yield None if bottom is None else p.Amount(f"{bottom:f}", bottom, "number")


def _most_missed(glances: Sequence[Glance]) -> Iterator[p.Block]:
    """Which targets most districts miss."""
    many = Counter(target for each in glances for target in each.missed)
    shared = [(target, count) for target, count in many.most_common() if count > 1]
    if shared:
        yield p.Heading(msg("Missed in several districts"), 3)
        columns = (p.Column(msg("target"), "name"), p.Column(msg("districts"), "number"))
        yield p.Table(columns, tuple(shared), "overview.missed")
