"""Knows how one number is accounted for: what was counted, left out and divided, and on whose word; all by hand."""

from collections.abc import Iterator
from decimal import Decimal

from xqctl.derivation.words import (
    STATES,
    TONES,
    basis_of,
    confidence,
    documents,
    metric_title,
    remarks,
    written_amount,
    written_bound,
    written_value,
)
from xqctl.district import District
from xqctl.labels import label
from xqctl.measuring import Counted, Item, Number
from xqctl.messages import Message, Word, msg
from xqctl.metrics import Measurement, leaf
from xqctl.page import Block, Cell, Column, Facts, Heading, Line, Listing, Paragraph, Run, Table, Tone, line
from xqctl.quantities import Quantity, Ratio, number, plain, rounded
from xqctl.targets import Target, Verdict


def account(district: District, found: Measurement, verdict: Verdict | None = None) -> Iterator[Block]:
    """Everything a number rests on, and what a target's bound says to it."""
    title = metric_title(found.question.metric, district)
    of = found.thing.id or district.name
    yield Heading(msg("{thing} on {day}: {metric}", thing=of, day=district.as_of, metric=title), 2)
    yield Facts(tuple(_facts(found, verdict)))
    if found.counted is not None:
        yield from _counted(found, found.counted)
    yield from _section(msg("Steps"), tuple(line(step) for step in _steps(found)))
    yield from _figure(district, found)
    yield from _section(msg("What is missing"), tuple(line(reason) for reason in _lacking(found, verdict)))
    if verdict is not None:
        yield from _section(msg("Remarks"), tuple(line(remark) for remark in remarks(verdict)))
        yield from _authority(district, verdict.target)


def _facts(found: Measurement, verdict: Verdict | None) -> Iterator[tuple[Message, Line]]:
    bound = verdict.bound if verdict is not None else None
    if verdict is not None:
        yield msg("verdict"), line(Run(STATES[verdict.state], TONES[verdict.state]))
    yield msg("value"), line(*_arithmetic(found, bound.value if bound is not None else None))
    if verdict is not None and bound is not None:
        by = verdict.target.by
        text = written_bound(bound, found.measured_in)
        yield msg("bound"), line(text if by is None else msg("{bound} by {day}", bound=text, day=by))
    yield msg("basis"), line(basis_of(found))
    question = found.question
    if question.stage is not None:
        yield msg("stage"), line(msg("{stage}", stage=label("common.stage_or_compulsory", question.stage)))
    if question.among is not None:
        yield msg("counted are"), line(Run(question.among, Tone.NAME))
    if question.where is not None:
        yield msg("measured are"), line(Run(question.where, Tone.NAME))
    if question.choices:
        yield msg("choices"), line(Run(", ".join(f"{name}: {value}" for name, value in question.choices), Tone.NAME))
    known = leaf(question.metric)
    if known is not None:
        yield (
            msg("formula"),
            line(msg("{formula}", formula=Word(known.page.prose("Formula", "zh"), known.page.prose("Formula", "en")))),
        )


def _arithmetic(found: Measurement, beside: Number | None) -> Iterator[str]:
    """``11 ÷ 32 = 0.34375 = 34.38%``: what to key into a calculator."""
    value, told = found.value, written_value(found.value, found.measured_in, beside)
    if isinstance(value, Ratio) and _is_short(value) and found.measured_in == "ratio":
        yield f"{plain(value.numerator)} ÷ {plain(value.denominator)} = "
        yield f"{rounded(value, 6)} = "
    yield told


def _is_short(value: Ratio) -> bool:
    return max(len(plain(value.numerator)), len(plain(value.denominator))) <= 15


def _counted(found: Measurement, counted: Counted) -> Iterator[Block]:
    value = counted.value
    is_ratio = isinstance(value, Ratio) and bool(counted.denominator)
    top = msg("Numerator") if is_ratio else msg("What is counted")
    ends = (value.numerator, value.denominator) if isinstance(value, Ratio) and is_ratio else (value, None)
    for title, items, end in ((top, counted.numerator, ends[0]), (msg("Denominator"), counted.denominator, ends[1])):
        if items:
            yield Heading(title, 3)
            yield _items(items, end, found.measured_in if not is_ratio else "count")
    if counted.left_out:
        yield Heading(msg("Left out"), 3)
        rows = tuple((left.label, left.reason) for left in counted.left_out)
        yield Table((Column(msg("name"), "name"), Column(msg("why"))), rows)
    if found.basis == "none":
        partial = written_value(value, found.measured_in)
        said = msg("what is registered gives {value}, but it is not all there is", value=partial)
        yield Paragraph(line(said), Tone.MUTED)


def _items(items: tuple[Item, ...], end: Number | None, measured_in: str) -> Table:
    """The parts, and what they add up to where that is what is meant."""
    rows: list[tuple[Cell, ...]] = [
        (item.label, written_amount(item.amount, measured_in), _place(item)) for item in items
    ]
    whole = _total(items)
    if len(items) > 1 and whole is not None and _same(whole, end):
        rows.append((Run(msg("sum"), Tone.STRONG), written_amount(whole, measured_in), ""))
    return Table((Column(msg("name"), "name"), Column(msg("amount"), "number"), Column(msg("where"))), tuple(rows))


def _place(item: Item) -> str:
    return "" if item.route is None else ".".join(item.route.keys)


def _total(items: tuple[Item, ...]) -> Number | None:
    whole: Quantity | None = None
    for item in items:
        amount = item.amount
        if isinstance(amount, Ratio):
            return None
        part = amount if isinstance(amount, Quantity) else number(amount)
        if whole is not None and whole.unit is not part.unit:
            return None
        whole = part if whole is None else whole + part
    return whole


def _same(one: Number, other: Number | None) -> bool:
    """Whether two amounts are one number, whichever way they are kept; a reduced fraction is told by its parts."""
    ends = [(e.low, e.high) if isinstance(e, Quantity) else (e, e) for e in (one, other) if not isinstance(e, Ratio)]
    return len(ends) == 2 and ends[0] == tuple(None if e is None else Decimal(e) for e in ends[1])


def _steps(found: Measurement) -> tuple[Message, ...]:
    counted = found.counted.steps if found.counted is not None else ()
    return tuple(dict.fromkeys((*counted, *found.steps)))


def _figure(district: District, found: Measurement) -> Iterator[Block]:
    """The latest published number, which is taken where nothing can be counted."""
    if found.figure is None:
        return
    entry = found.figure.entry
    yield Heading(msg("Published"), 3)
    rows: list[tuple[Message, Line]] = [(msg("figure"), line(Run(entry.id, Tone.NAME)))]
    rows.append((msg("value"), line(str(entry["value"]))))
    if entry["on"] is not None:
        rows.append((msg("date"), line(str(entry["on"]))))
    for part, name in (("numerator", msg("numerator")), ("denominator", msg("denominator"))):
        if entry[part] is not None:
            rows.append((name, line(str(entry[part]))))
    if entry.text("says") is not None:
        rows.append((msg("wording"), line(entry.text("says") or "")))
    yield Facts((*rows, *_sources(district, entry.texts("source"))))


def _lacking(found: Measurement, verdict: Verdict | None) -> tuple[Message, ...]:
    return verdict.missing if verdict is not None else found.missing


def _authority(district: District, target: Target) -> Iterator[Block]:
    """Which document says so, how sure that is, and what was taken for granted."""
    rows = list(_sources(district, target.entry.texts("source")))
    entry, standard = target.entry, target.standard
    if standard is not None:
        known = " ".join(part for part in (standard.document.text("title"), standard.document.text("number")) if part)
        rows.append((standard.id, line(known)))
    for name, title in (("confidence", msg("bound")), ("formula", msg("formula"))):
        if entry.text(name) is not None:
            rows.append((title, line(confidence(entry.text(name)))))
    rows += [(msg("assumed"), line(text)) for text in entry.texts("assumed")]
    if entry.text("note") is not None:
        rows.append((msg("note"), line(entry.text("note") or "")))
    if rows:
        yield Heading(msg("Authority"), 3)
        yield Facts(tuple(rows))


def _sources(district: District, refs: tuple[str, ...]) -> Iterator[tuple[str | Message, Line]]:
    for ref, document in documents(district, refs):
        if document is None:
            yield ref, line("")
            continue
        known = " ".join(part for part in (document.text("title"), document.text("number")) if part)
        sure = document.text("confidence")
        yield ref, line(known) if sure is None else line(known, " ", confidence(sure))


def _section(title: Message, items: tuple[Line, ...]) -> Iterator[Block]:
    if items:
        yield Heading(title, 3)
        yield Listing(items)
