"""Knows how changes and their effect are laid out for people, and spelled for programs, name by name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from xqctl.changes import CLASSES, MISSING, Change, Value, spelled
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
from xqctl.folder import Folder
from xqctl.labels import label
from xqctl.messages import Lang, Message, msg, say
from xqctl.metrics import Measurement
from xqctl.money import Balance
from xqctl.page import Block, Cell, Column, Heading, Line, Listing, Paragraph, Run, Table, Tone, line
from xqctl.place import Route, Span, dotted
from xqctl.quantities import Quantity, show
from xqctl.targets import Verdict

TITLES: Mapping[str, Message] = {
    "structure": msg("Structure"),
    "people": msg("People"),
    "admissions": msg("Admissions"),
    "money": msg("Money"),
    "promise": msg("Promises"),
    "record": msg("Records"),
}
WORDS: Mapping[str, Message] = {
    "added": msg("added"),
    "removed": msg("removed"),
    "changed": msg("changed"),
    "renamed": msg("renamed"),
    "merged": msg("merged"),
    "split": msg("split"),
    "restored": msg("restored"),
    "opened": msg("opened"),
    "closed": msg("closed"),
    "founded": msg("founded"),
    "dissolved": msg("dissolved"),
    "paired": msg("paired"),
    "ended": msg("ended"),
    "joined": msg("joined"),
    "left": msg("left"),
    "moved": msg("moved"),
    "tightened": msg("tightened"),
    "weakened": msg("weakened"),
}
_COMES = frozenset(("added", "opened", "founded", "paired", "joined", "restored"))
_GOES = frozenset(("removed", "closed", "dissolved", "ended", "left"))
_ROWS = 40


def told(changes: Sequence[Change], detail: str, old: Folder, new: Folder) -> Iterator[Block]:
    """The changes, class by class: how many (``summary``), each that is no plain record, or everything (``full``)."""
    if not changes:
        yield Paragraph(line(msg("nothing changed")), Tone.MUTED)
        return
    if detail == "summary":
        counts = Counter((change.kind, change.action) for change in changes)
        ordered = sorted(counts, key=lambda key: (CLASSES.index(key[0]), key[1]))
        columns = (Column(msg("class")), Column(msg("action")), Column(msg("changes"), "number"))
        yield Table(columns, tuple((TITLES[kind], WORDS[action], counts[kind, action]) for kind, action in ordered))
        return
    for kind, mine in groupby(changes, key=lambda change: change.kind):
        listed = tuple(mine)
        yield Heading(TITLES[kind], 3)
        if kind == "record" and detail != "full":
            said = msg(
                "{count} changes of notes, sources and other records; --detail full lists them", count=len(listed)
            )
            yield Paragraph(line(said), Tone.MUTED)
        else:
            yield Listing(tuple(row for change in listed for row in _rows(change, detail, old, new)))


def _rows(change: Change, detail: str, old: Folder, new: Folder) -> Iterator[Line]:
    said = (Run(change.summary, _tone(change)), *_weight(change))
    if detail != "full":
        yield said
    else:
        places = [f"{span.file}:{span.line}" for span in (_span(old, change.old), _span(new, change.new)) if span]
        yield (*said, Run("  "), Run(" → ".join(dict.fromkeys(places)), Tone.MUTED))
        if len(change.edits) > 1 or change.edits[0].keys != change.address:
            for edit in change.edits:
                values = {"path": dotted(edit.keys), "before": _brief(edit.before), "after": _brief(edit.after)}
                yield (Run("↳ "), Run(msg("{path}: {before} → {after}", **values), Tone.MUTED))


def _tone(change: Change) -> Tone:
    if change.is_weaker:
        return Tone.BAD
    if change.action in _COMES:
        return Tone.GOOD
    return Tone.WARN if change.action in _GOES else Tone.PLAIN


def _weight(change: Change) -> Iterator[Run]:
    if change.kind == "promise" and change.action in ("tightened", "weakened"):
        yield Run("  ")
        yield Run(WORDS[change.action], Tone.BAD if change.is_weaker else Tone.GOOD)


def _brief(value: Value) -> object:
    if value is MISSING:
        return "—"
    text = str(spelled(value))
    return text if len(text) <= 80 else f"{text[:79]}…"


def moved(found: Effect, detail: str) -> Iterator[Block]:
    """What the changes do: verdicts, metrics and money before and after; nothing where nothing moved."""
    tables = (
        (msg("Verdicts before and after"), _verdicts(found.verdicts)),
        (msg("Metrics before and after"), _metrics(found.metrics)),
        (msg("Money before and after"), _money(found.money)),
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


_Rows = tuple[tuple[Column, ...], list[tuple[Cell, ...]]]


def _verdicts(found: Iterable[Moved[Verdict]]) -> _Rows:
    columns = (Column(msg("target"), "name"), Column(msg("of")), Column(msg("before")), Column(msg("after")))
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        verdict = each.after or each.before
        if verdict is not None:
            rows.append((verdict.target.id, verdict.thing.id, _state(each.before), _state(each.after)))
    return columns, rows


def _state(verdict: Verdict | None) -> Cell:
    return "—" if verdict is None else Run(STATES[verdict.state], TONES[verdict.state])


def _metrics(found: Iterable[Moved[Measurement]]) -> _Rows:
    columns = (
        Column(msg("metric")),
        Column(msg("of")),
        Column(msg("before"), "number"),
        Column(msg("after"), "number"),
        Column(msg("basis")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in found:
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
            rows.append((title, one.thing.id, _number(each.before), _number(each.after), basis))
    return columns, rows


def _number(found: Measurement | None) -> str:
    return "—" if found is None else written_value(found.value, found.measured_in)


def _money(found: Iterable[Moved[Balance]]) -> _Rows:
    columns = (
        Column(msg("fund"), "name"),
        *(Column(title, "number") for title in (msg("committed before"), msg("committed"))),
        *(Column(title, "number") for title in (msg("available before"), msg("available"))),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        one = each.after or each.before
        if one is not None:
            name: Cell = one.fund.id if one.fund is not None else Run(msg("all together"), Tone.STRONG)
            sums = [balance.committed if balance is not None else None for balance in (each.before, each.after)]
            held = [balance.available if balance is not None else None for balance in (each.before, each.after)]
            rows.append((name, *(show(amount) if amount is not None else "—" for amount in (*sums, *held))))
    return columns, rows


def spelled_change(change: Change, old: District, new: District, lang: Lang) -> dict[str, object]:
    """One element of `changes[]`."""
    return {
        "district": new.root,
        "class": change.kind,
        "action": change.action,
        "weaker": change.is_weaker,
        "address": change.path,
        "summary": say(change.summary, lang),
        "before": spelled(change.before),
        "after": spelled(change.after),
        "old": _place(old.folder, change.old),
        "new": _place(new.folder, change.new),
        "edits": [
            {"path": list(edit.keys), "before": spelled(edit.before), "after": spelled(edit.after)}
            for edit in change.edits
        ],
        "fingerprint": change.fingerprint,
    }


def spelled_effect(found: Effect, old: District, new: District, lang: Lang) -> dict[str, list[object]]:
    """What one district adds to `effect`."""
    verdicts: list[object] = [
        {
            "before": spelled_verdict(each.before, old.root, lang) if each.before is not None else None,
            "after": spelled_verdict(each.after, new.root, lang) if each.after is not None else None,
        }
        for each in found.verdicts
    ]
    metrics: list[object] = [
        {
            "before": _traceless(spelled_measurement(each.before, old.root, lang)) if each.before is not None else None,
            "after": _traceless(spelled_measurement(each.after, new.root, lang)) if each.after is not None else None,
        }
        for each in found.metrics
    ]
    money: list[object] = [
        {"before": _balance(each.before, old.root), "after": _balance(each.after, new.root)} for each in found.money
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


def _span(folder: Folder, route: Route | None) -> Span | None:
    return folder.span(route) if route is not None else None


def _place(folder: Folder, route: Route | None) -> dict[str, object] | None:
    span = _span(folder, route)
    if span is None:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
