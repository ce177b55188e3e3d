"""Knows how the effect of changes is laid out for people, and spelled for programs: before, after, and why."""

from collections.abc import Iterator, Mapping, Sequence

from xqctl.causes import Causes
from xqctl.changes import Change
from xqctl.commands._changed import WORDS
from xqctl.derivation import (
    BASES,
    STATES,
    TONES,
    metric_title,
    spelled_measurement,
    spelled_value,
    spelled_verdict,
    written_value,
)
from xqctl.district import District
from xqctl.effect import Effect, Moved
from xqctl.labels import label
from xqctl.messages import Lang, msg
from xqctl.metrics import Measurement
from xqctl.money import Balance
from xqctl.page import Block, Cell, Column, Heading, Paragraph, Run, Table, Tone, line
from xqctl.quantities import Quantity, show
from xqctl.targets import Verdict

_ROWS = 40
_NAMED = 3


def moved(found: Effect, why: Causes, detail: str) -> Iterator[Block]:
    """What the changes do: verdicts, metrics and money before and after; nothing where nothing moved."""
    tables = (
        (msg("Verdicts before and after"), _verdicts(found.verdicts, why.verdicts)),
        (msg("Metrics before and after"), _metrics(found.metrics, why.metrics)),
        (msg("Money before and after"), _money(found.money, why.money)),
    )
    for title, (columns, rows) in tables:
        if not rows:
            continue
        yield Heading(title, 3)
        if detail == "summary":
            yield Paragraph(line(msg("moved: {count}", count=len(rows))))
            continue
        shown = rows if detail == "full" else rows[:_ROWS]
        yield Table(columns, tuple(shown))
        if len(rows) > len(shown):
            yield Paragraph(line(msg("{count} more", count=len(rows) - len(shown))), Tone.MUTED)


_Why = Sequence[Sequence[Change]]
_Rows = tuple[tuple[Column, ...], list[tuple[Cell, ...]]]


def _verdicts(found: Sequence[Moved[Verdict]], why: _Why) -> _Rows:
    columns = (
        Column(msg("target"), "name"),
        Column(msg("of")),
        Column(msg("before")),
        Column(msg("after")),
        Column(msg("because")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each, mine in zip(found, why, strict=True):
        verdict = each.after or each.before
        if verdict is not None:
            rows.append((verdict.target.id, verdict.thing.id, _state(each.before), _state(each.after), _because(mine)))
    return columns, rows


def _because(changes: Sequence[Change]) -> Cell:
    """The changes that moved a row, in brief; nothing where none can be named."""
    named = tuple(msg("{path} {action}", path=each.path, action=WORDS[each.action]) for each in changes[:_NAMED])
    left = len(changes) - len(named)
    more = (msg("{count} more", count=left),) if left else ()
    return msg("{changes}", changes=(*named, *more)) if named else ""


def _state(verdict: Verdict | None) -> Cell:
    return "—" if verdict is None else Run(STATES[verdict.state], TONES[verdict.state])


def _metrics(found: Sequence[Moved[Measurement]], why: _Why) -> _Rows:
    columns = (
        Column(msg("metric")),
        Column(msg("of")),
        Column(msg("before"), "number"),
        Column(msg("after"), "number"),
        Column(msg("basis")),
        Column(msg("because")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each, mine in zip(found, why, strict=True):
        one = each.after or each.before
        if one is not None:
            basis: Cell = BASES[one.basis]
            if each.before is not None and each.after is not None and each.before.basis != each.after.basis:
                values = {"before": BASES[each.before.basis], "after": BASES[each.after.basis]}
                basis = msg("{before} → {after}", **values)
            title = msg("{title}", title=metric_title(one.question.metric))
            if one.question.stage is not None:
                title = msg(
                    "{title}: {stage}", title=title, stage=label("common.stage_or_compulsory", one.question.stage)
                )
            rows.append((title, one.thing.id, _number(each.before), _number(each.after), basis, _because(mine)))
    return columns, rows


def _number(found: Measurement | None) -> str:
    return "—" if found is None else written_value(found.value, found.measured_in)


def _money(found: Sequence[Moved[Balance]], why: _Why) -> _Rows:
    columns = (
        Column(msg("fund"), "name"),
        *(Column(title, "number") for title in (msg("committed before"), msg("committed"))),
        *(Column(title, "number") for title in (msg("available before"), msg("available"))),
        Column(msg("because")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each, mine in zip(found, why, strict=True):
        one = each.after or each.before
        if one is not None:
            name: Cell = one.fund.id if one.fund is not None else Run(msg("all together"), Tone.STRONG)
            sums = [balance.committed if balance is not None else None for balance in (each.before, each.after)]
            held = [balance.available if balance is not None else None for balance in (each.before, each.after)]
            shown = (show(amount) if amount is not None else "—" for amount in (*sums, *held))
            rows.append((name, *shown, _because(mine)))
    return columns, rows


def spelled_effect(found: Effect, why: Causes, old: District, new: District, lang: Lang) -> dict[str, list[object]]:
    """What one district adds to `effect`."""
    verdicts: list[object] = [
        {
            "before": spelled_verdict(each.before, old.root, lang) if each.before is not None else None,
            "after": spelled_verdict(each.after, new.root, lang) if each.after is not None else None,
            "because": [change.fingerprint for change in mine],
        }
        for each, mine in zip(found.verdicts, why.verdicts, strict=True)
    ]
    metrics: list[object] = [
        {
            "before": _traceless(spelled_measurement(each.before, old.root, lang)) if each.before is not None else None,
            "after": _traceless(spelled_measurement(each.after, new.root, lang)) if each.after is not None else None,
            "because": [change.fingerprint for change in mine],
        }
        for each, mine in zip(found.metrics, why.metrics, strict=True)
    ]
    money: list[object] = [
        {
            "before": _balance(each.before, old.root),
            "after": _balance(each.after, new.root),
            "because": [change.fingerprint for change in mine],
        }
        for each, mine in zip(found.money, why.money, strict=True)
    ]
    return {"metrics": metrics, "verdicts": verdicts, "money": money}


def _traceless(measurement: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in measurement.items() if name != "trace"}


def _balance(balance: Balance | None, district: str) -> dict[str, object] | None:
    if balance is None:
        return None
    sums: Mapping[str, Quantity | None] = {
        "committed": balance.committed,
        "available": balance.available,
        "gap": balance.gap,
    }
    fund = balance.fund.id if balance.fund is not None else None
    amounts = {name: spelled_value(amount) for name, amount in sums.items()}
    return {"district": district, "year": balance.year, "fund": fund, **amounts}
