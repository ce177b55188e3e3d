"""总体情况
Overview.

About:
    先看这里：多少目标达标、未达标、数据不足，未达标的是哪些，缺的是什么。

    Read this first: how many targets are met, missed and unknown, which ones are missed, and what is not known.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from xqctl.derivation import ORDER, STATES, TONES, by_target, group_title, tally, verdict_table, wanting
from xqctl.findings import Severity
from xqctl.messages import msg
from xqctl.page import (
    Block,
    Chart,
    Column,
    Heading,
    Listing,
    Paragraph,
    Part,
    Run,
    Table,
    Tile,
    Tiles,
    Tone,
    Words,
    line,
)
from xqctl.rules import is_doubt
from xqctl.sections import State
from xqctl.targets import Verdict

PLACE = 10
_MOST = 20
_WANTING = 5


def part(state: State) -> Part | None:
    """The verdicts at a glance."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    verdicts = state.assessment.verdicts
    groups = by_target(verdicts)
    worst = Counter[str](mine[0].state for mine in groups)
    yield Paragraph(line(*_sentence(state, verdicts, groups, worst)))
    yield from _doubts(state)
    yield Tiles(tuple(_tiles(state, worst)))
    missed = [mine for mine in groups if mine[0].state == "missed"]
    if missed:
        yield Heading(msg("What is missed"), 3)
        only = [tuple(v for v in mine if v.state == "missed") for mine in missed]
        yield verdict_table(only[:_MOST], state.leads, name=state.table("summary.missed"), is_mixed=True)
        if len(only) > _MOST:
            more = msg("{count} more", count=len(only) - _MOST)
            yield Paragraph(line(Run(more, Tone.MUTED, state.to("part", "compliance"))))
    yield from _unknown(state)
    if len(groups) > 1:
        yield _chart(state, groups)


def _unknown(state: State) -> Iterator[Block]:
    """What is missing most, and how many verdicts it would settle."""
    found = wanting(state.assessment.verdicts)
    if found:
        yield Heading(msg("What is not known"), 3)
        items = [
            line(each.said, Run(msg(" ({count} verdicts)", count=len(each.verdicts)), Tone.MUTED))
            for each in found[:_WANTING]
        ]
        if len(found) > _WANTING:
            more = msg("{count} more", count=len(found) - _WANTING)
            items.append(line(Run(more, Tone.MUTED, state.to("part", "unknown"))))
        yield Listing(tuple(items))


def _sentence(
    state: State, verdicts: Sequence[Verdict], groups: Sequence[tuple[Verdict, ...]], worst: Counter[str]
) -> Iterator[Run]:
    if not groups:
        yield Run(msg("no target is in force on {day}: nothing is held against anything", day=state.district.as_of))
        return
    said = msg(
        "on {day}, of {targets} targets {missed} are missed and {unknown} cannot be told for want of data; ",
        day=state.district.as_of,
        targets=len(groups),
        missed=worst["missed"],
        unknown=worst["unknown"],
    )
    yield Run(said)
    yield Run(msg("thing by thing that makes {count} verdicts: ", count=len(verdicts)))
    yield from tally(Counter[str](verdict.state for verdict in verdicts))


def _doubts(state: State) -> Iterator[Block]:
    doubts = [finding for finding in state.findings if is_doubt(finding)]
    if doubts:
        said = msg("{count} findings make these numbers unreliable", count=len(doubts))
        yield Paragraph(line(Run(said, Tone.BAD, state.to("part", "findings"))))


def _tiles(state: State, worst: Counter[str]) -> Iterator[Tile]:
    for status in ("met", *(each for each in ORDER if each != "met")):
        if worst[status] or status in ("met", "missed", "unknown"):
            to = "unknown" if status == "unknown" else "compliance"
            tone = TONES[status] if worst[status] else Tone.MUTED
            yield Tile(msg("targets {state}", state=STATES[status]), str(worst[status]), tone, state.to("part", to))
    errors = sum(finding.severity is Severity.ERROR for finding in state.findings if finding.suppressed is None)
    warnings = sum(finding.severity is Severity.WARNING for finding in state.findings if finding.suppressed is None)
    if errors or warnings:
        tone = Tone.BAD if errors else Tone.WARN
        yield Tile(msg("errors and warnings"), f"{errors + warnings}", tone, state.to("part", "findings"))


def _chart(state: State, groups: Sequence[tuple[Verdict, ...]]) -> Chart:
    counts: dict[str, Counter[str]] = {}
    titles: dict[str, Words] = {}
    for mine in groups:
        standard = mine[0].target.standard
        whose = standard.id if standard is not None else ""
        titles.setdefault(whose, standard.id if standard is not None else group_title(mine[0]))
        counts.setdefault(whose, Counter())[mine[0].state] += 1
    rows = tuple(
        (titles[whose], Run(STATES[status], TONES[status]), counts[whose][status])
        for whose in counts
        for status in ORDER
        if any(each[status] for each in counts.values())
    )
    columns = (Column(msg("whose targets")), Column(msg("verdict")), Column(msg("targets"), "number"))
    return Chart(
        msg("Targets by verdict"),
        msg("of each document, how many targets are met, missed, not yet due, waived or unknown"),
        "stacked",
        Table(columns, rows, state.table("summary.verdicts")),
        category=0,
        value=2,
        series=1,
    )
