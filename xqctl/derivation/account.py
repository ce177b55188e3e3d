"""Knows how one number is accounted for: what was counted, left out and divided, and on whose word; all by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from xqctl.derivation.amounts import amount
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
from xqctl.page import Amount, Block, Cell, Column, Facts, Heading, Line, Listing, Paragraph, Run, Table, Tone, line
from xqctl.place import Route, dotted
from xqctl.quantities import Quantity, Ratio, plain, rounded, total
from xqctl.targets import Target, Verdict


@dataclass(frozen=True, slots=True)
class Guide:
    """How an account points elsewhere.

    `at` says where in the files something stands, `declared` where a target does (empty: that is not told), `source`
    what leads to a document (empty: nothing), `most` how many parts, steps and left-out things are listed (None: all).
    """

    at: Callable[[Route], str] = lambda route: dotted(route.keys)
    declared: Callable[[Target], str] = lambda _: ""
    source: Callable[[str], str] = lambda _: ""
    most: int | None = None


PLAIN = Guide()


def account(district: District, found: Measurement, verdict: Verdict | None = None) -> Iterator[Block]:
    """Everything a number rests on, and what a target's bound says to it, under its title."""
    title = metric_title(found.question.metric, district)
    of = found.thing.id or district.name
    yield Heading(msg("{thing} on {day}: {metric}", thing=of, day=district.as_of, metric=title), 2)
    yield from account_blocks(district, found, verdict)


def account_blocks(
    district: District, found: Measurement, verdict: Verdict | None = None, guide: Guide = PLAIN
) -> Iterator[Block]:
    """The same without the title; `guide` says where things stand and lead, and how much of long lists is told."""
    yield Facts(tuple(_facts(found, verdict, guide)))
    if found.counted is not None:
        yield from _counted(found, found.counted, guide)
    yield from _section(msg("Steps"), _cut(tuple(line(step) for step in _steps(found)), guide))
    yield from _figure(district, found, guide)
    yield from _section(msg("What is missing"), tuple(line(reason) for reason in _lacking(found, verdict)))
    if verdict is not None:
        yield from _section(msg("Remarks"), tuple(line(remark) for remark in remarks(verdict)))
        yield from authority_blocks(district, verdict.target, guide)


def _cut(items: tuple[Line, ...], guide: Guide) -> tuple[Line, ...]:
    if guide.most is None or len(items) <= guide.most + 1:
        return items
    return (*items[: guide.most], line(Run(msg("{count} more", count=len(items) - guide.most), Tone.MUTED)))


def _facts(found: Measurement, verdict: Verdict | None, guide: Guide) -> Iterator[tuple[Message, Line]]:
    bound = verdict.bound if verdict is not None else None
    if verdict is not None:
        yield msg("verdict"), line(Run(STATES[verdict.state], TONES[verdict.state]))
    yield msg("value"), line(*_arithmetic(found, bound.value if bound is not None else None))
    if verdict is not None and bound is not None:
        by = verdict.target.by
        text = written_bound(bound, found.measured_in)
        yield msg("bound"), line(text if by is None else msg("{bound} by {day}", bound=text, day=by))
    if verdict is not None and guide.declared(verdict.target):
        yield msg("declared at"), line(Run(guide.declared(verdict.target), Tone.NAME))
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


def _counted(found: Measurement, counted: Counted, guide: Guide) -> Iterator[Block]:
    top = msg("Numerator") if counted.denominator else msg("What is counted")
    measured_in = "count" if counted.denominator else found.measured_in
    for title, items in ((top, counted.numerator), (msg("Denominator"), counted.denominator)):
        if items:
            yield Heading(title, 3)
            whole = _total(items)
            adds_up = bool(counted.denominator) or _same(whole, counted.value)
            yield _items(items, whole if adds_up else None, measured_in, guide)
    if counted.left_out:
        yield Heading(msg("Left out"), 3)
        shown = counted.left_out[: _room(len(counted.left_out), guide)]
        rows: list[tuple[Cell, ...]] = [(left.label, left.reason) for left in shown]
        if len(shown) < len(counted.left_out):
            rows.append((Run(msg("{count} more", count=len(counted.left_out) - len(shown)), Tone.MUTED), ""))
        yield Table((Column(msg("name"), "name"), Column(msg("why"))), tuple(rows))
    if found.basis == "none":
        partial = written_value(counted.value, found.measured_in)
        said = msg("what is registered gives {value}, but it is not all there is", value=partial)
        yield Paragraph(line(said), Tone.MUTED)
    elif found.basis == "stated" and (counted.numerator or counted.denominator):
        said = msg("listed here is what is registered; the number is published, and not counted from it")
        yield Paragraph(line(said), Tone.MUTED)


def _items(items: tuple[Item, ...], whole: Number | None, measured_in: str, guide: Guide) -> Table:
    """The parts, and what they add up to."""
    shown = items[: _room(len(items), guide)]
    rows: list[tuple[Cell, ...]] = [
        (item.label, _part(item.amount, measured_in), "" if item.route is None else guide.at(item.route))
        for item in shown
    ]
    if len(shown) < len(items):
        rows.append((Run(msg("{count} more", count=len(items) - len(shown)), Tone.MUTED), "", ""))
    if len(items) > 1 and whole is not None:
        rows.append((Run(msg("sum"), Tone.STRONG), _part(whole, measured_in), ""))
    return Table((Column(msg("name"), "name"), Column(msg("amount"), "number"), Column(msg("where"))), tuple(rows))


def _room(many: int, guide: Guide) -> int:
    """How many of a long list are told; one that is over by one is told whole."""
    return many if guide.most is None or many <= guide.most + 1 else guide.most


def _part(found: Number, measured_in: str) -> Amount:
    return replace(amount(found, measured_in), shown=written_amount(found, measured_in))


def _total(items: tuple[Item, ...]) -> Number | None:
    """What parts add up to: amounts of one unit, or plain numbers and fractions; None where they do not mix."""
    amounts = [item.amount for item in items]
    quantities = [amount for amount in amounts if isinstance(amount, Quantity)]
    if len(quantities) == len(amounts):
        units = {quantity.unit for quantity in quantities}
        return total(quantities, units.pop()) if len(units) == 1 else None
    if quantities:
        return None
    whole = sum((_fraction(amount) for amount in amounts), Fraction(0))
    return Ratio(Decimal(whole.numerator), Decimal(whole.denominator)) if whole.denominator > 1 else int(whole)


def _same(one: Number | None, other: Number) -> bool:
    """Whether two amounts are one number, whichever way they are kept."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one == other
    if one is None or (isinstance(one, Quantity) and one.exact is None):
        return False
    return not (isinstance(other, Quantity) and other.exact is None) and _fraction(one) == _fraction(other)


def _fraction(amount: Number) -> Fraction:
    match amount:
        case Ratio():
            return amount.fraction
        case Quantity():
            return Fraction(amount.exact or 0)
        case _:
            return Fraction(amount)


def _steps(found: Measurement) -> tuple[Message, ...]:
    counted = found.counted.steps if found.counted is not None else ()
    return tuple(dict.fromkeys((*counted, *found.steps)))


def _figure(district: District, found: Measurement, guide: Guide) -> Iterator[Block]:
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
    if guide.declared is not PLAIN.declared:
        rows.append((msg("declared at"), line(Run(guide.at(entry.route()), Tone.NAME))))
    yield Facts((*rows, *_sources(district, entry.texts("source"), guide)))


def _lacking(found: Measurement, verdict: Verdict | None) -> tuple[Message, ...]:
    return verdict.missing if verdict is not None else found.missing


def authority_blocks(district: District, target: Target, guide: Guide = PLAIN) -> Iterator[Block]:
    """Which document says so, how sure that is, and what was taken for granted."""
    rows = list(_sources(district, target.entry.texts("source"), guide))
    entry, standard = target.entry, target.standard
    if standard is not None:
        known = " ".join(part for part in (standard.document.text("title"), standard.document.text("number")) if part)
        rows.append((standard.id, line(Run(known, to=guide.source(standard.id)))))
    for name, title in (("confidence", msg("bound")), ("formula", msg("formula"))):
        if entry.text(name) is not None:
            rows.append((title, line(confidence(entry.text(name)))))
    rows += [(msg("assumed"), line(text)) for text in entry.texts("assumed")]
    if entry.text("note") is not None:
        rows.append((msg("note"), line(entry.text("note") or "")))
    if rows:
        yield Heading(msg("Authority"), 3)
        yield Facts(tuple(rows))


def _sources(district: District, refs: tuple[str, ...], guide: Guide) -> Iterator[tuple[str | Message, Line]]:
    for ref, document in documents(district, refs):
        if document is None:
            yield ref, line("")
            continue
        known = " ".join(part for part in (document.text("title"), document.text("number")) if part)
        sure = document.text("confidence")
        told = Run(known, to=guide.source(ref))
        yield ref, line(told) if sure is None else line(told, " ", confidence(sure))


def _section(title: Message, items: tuple[Line, ...]) -> Iterator[Block]:
    if items:
        yield Heading(title, 3)
        yield Listing(items)
