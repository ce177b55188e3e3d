"""Knows the numbers of one field side by side: what targets ask of the whole district, and what can be told besides."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from xqctl.comparison.asking import title
from xqctl.derivation.account import Guide, account_blocks
from xqctl.derivation.amounts import measured, parts_of
from xqctl.derivation.tables import Leads
from xqctl.derivation.words import STATES, TONES, basis_of, metric_title, written_bound, written_value
from xqctl.district import District
from xqctl.measuring import Question, Thing
from xqctl.messages import Message, Word, msg
from xqctl.metrics import Measurement, leaf, measure
from xqctl.page import Block, Cell, Column, Fold, Paragraph, Quotient, Run, Table, Tone, line
from xqctl.targets import Verdict

_COLUMNS = (
    Column(msg("metric")),
    Column(msg("value"), "number"),
    Column(msg("numerator"), "number", beside=True),
    Column(msg("denominator"), "number", beside=True),
    Column(msg("basis")),
    Column(msg("bound"), "number"),
    Column(msg("verdict")),
    Column(msg("target"), "name"),
)


def number_blocks(
    district: District,
    verdicts: Sequence[Verdict],
    metrics: Sequence[str],
    *,
    leads: Leads,
    anchor: Callable[[Measurement], str],
    guide: Guide,
    name: str = "",
) -> Iterator[Block]:
    """The numbers of some metrics for the whole district, and an account of each that has no verdict.

    What no target asks is told where it can be; what cannot is named.
    """
    asked = [v for v in verdicts if v.target.question.metric in metrics and v.thing.is_declarer and v.measurement]
    told = {v.target.question.metric for v in asked}
    besides = [_measured(district, metric) for metric in metrics if metric not in told and _is_whole(metric)]
    known = [found for found in besides if found.value is not None]
    rows = [_asked(verdict, leads) for verdict in sorted(asked, key=lambda v: metrics.index(v.target.question.metric))]
    rows += [_told(found, anchor(found)) for found in known]
    if rows:
        yield Table(_COLUMNS, tuple(rows), name)
    for found in known:
        head = line(Run(_title(found.question), Tone.STRONG), f"  {written_value(found.value, found.measured_in)}")
        yield Fold(head, tuple(account_blocks(district, found, None, guide)), anchor(found))
    lacking = [metric_title(found.question.metric) for found in besides if found.value is None]
    if rows and lacking:
        yield Paragraph(line(msg("not known: {names}", names=lacking)), Tone.MUTED)


def _is_whole(metric: str) -> bool:
    """Whether a metric can be asked of the whole district without choosing anything."""
    known = leaf(metric)
    return known is not None and "district" in known.metric.each


def _measured(district: District, metric: str) -> Measurement:
    return measure(district, Question(metric), Thing("district", district.itself), district.as_of)


def _title(question: Question) -> Message:
    """What is asked, in words: the metric, its stage, what is counted."""
    said = title(question, metric_title(question.metric))
    return said if isinstance(said, Message) else msg("{title}", title=said if isinstance(said, Word) else str(said))


def _asked(verdict: Verdict, leads: Leads) -> tuple[Cell, ...]:
    bound, to = verdict.bound, leads((verdict,))
    row = _row(verdict.measurement, bound.value if bound is not None else None, to, verdict.target.question)
    measured_in = verdict.measurement.measured_in if verdict.measurement is not None else "count"
    return (
        *row,
        written_bound(bound, measured_in) if bound is not None else "",
        Run(STATES[verdict.state], TONES[verdict.state]),
        Run(verdict.target.id, Tone.NAME, to),
    )


def _told(found: Measurement, name: str) -> tuple[Cell, ...]:
    return (*_row(found, None, f"#{name}", found.question), "", "", "")


def _row(found: Measurement | None, beside: object, to: str, question: Question) -> tuple[Cell, ...]:
    value = measured(found, beside, to)  # type: ignore[arg-type]  # the value of a bound
    top, bottom = parts_of(value)
    if top is not None:
        value = replace(value, formula=Quotient(2, 3))
    return (Run(_title(question), to=to), value, top, bottom, basis_of(found))
