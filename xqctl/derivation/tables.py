"""Knows how verdicts are laid out for people: a table a document, then what is missing and what has to be known."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from xqctl.derivation.amounts import measured_of, parts_of
from xqctl.derivation.words import ORDER, STATES, TONES, basis_of, remarks, subject, written_bound
from xqctl.measuring import Number
from xqctl.messages import Message, msg
from xqctl.page import Amount, Block, Cell, Column, Heading, Line, Listing, Quotient, Run, Table, Tone, line
from xqctl.quantities import Quantity, at_least, at_most
from xqctl.targets import Verdict

_LISTED = 12
_NAMED = 6
_T = TypeVar("_T")
Leads = Callable[[tuple[Verdict, ...]], str]
"""Where the account of one verdict stands, or that of several on one target; empty where there is none."""

FEW = 4
"""So many things of one target have a row each."""


def nowhere(_: tuple[Verdict, ...]) -> str:
    """No account leads anywhere."""
    return ""


def verdict_blocks(found: Sequence[Verdict]) -> Iterator[Block]:
    """The verdicts of each document in a table of their own, then what would settle the unknown ones, and remarks."""
    for title, groups in groupby(by_target(found), key=lambda mine: group_title(mine[0])):
        yield Heading(title, 2)
        yield verdict_table(tuple(groups))
    lacking = ((v, m) for v in found if v.state in ("unknown", "pending") for m in v.missing)
    yield from _told(msg("What is missing"), lacking)
    said = ((v, m) for v in found for m in (*remarks(v), *_beside(v, found)))
    yield from _told(msg("Remarks"), said)


def group_title(verdict: Verdict) -> Message:
    """Whose target it is: the district's own, or a document's."""
    standard = verdict.target.standard
    if standard is None:
        return msg("The district's own targets")
    document = standard.document
    known = " ".join(part for part in (document.text("title"), document.text("number")) if part)
    return msg("{standard}: {document}", standard=standard.id, document=known)


def tally(states: Mapping[str, int]) -> Iterator[Run]:
    """How many verdicts there are of each state."""
    if not sum(states.values()):
        yield Run(msg("there is no target to check"), Tone.MUTED)
    shown = [state for state in STATES if states.get(state)]
    for number, state in enumerate(shown):
        yield Run("  " if number else "")
        yield Run(msg("{state} {count}", state=STATES[state], count=states[state]), TONES[state])


def by_target(found: Sequence[Verdict]) -> list[tuple[Verdict, ...]]:
    """The verdicts of one target after the other, the worst of each first."""
    each = (tuple(same) for _, same in groupby(found, key=lambda verdict: verdict.target.id))
    return [tuple(sorted(same, key=lambda verdict: ORDER.index(verdict.state))) for same in each]


def verdict_table(
    groups: Sequence[tuple[Verdict, ...]], leads: Leads = nowhere, *, name: str = "", is_mixed: bool = False
) -> Table:
    """The verdicts of some targets, those of one after each other; `leads` says where each one's account stands.

    Targets of several documents (`is_mixed`) say which one theirs is.
    """
    every = [verdict for mine in groups for verdict in mine]
    rows = tuple((*row, _whose(mine[0])) for mine in groups for row in _rows(mine, leads))
    has_things = any(not verdict.thing.is_declarer for verdict in every)
    has_deadlines = any(verdict.target.by is not None for verdict in every)
    has_parts = any(row[_TOP] is not None for row in rows)
    shown = (True, True, has_things, True, has_parts, has_parts, True, has_deadlines, True, is_mixed)
    columns = (
        Column(msg("verdict")),
        Column(msg("target"), "name"),
        Column(msg("of")),
        Column(msg("value"), "number"),
        Column(msg("numerator"), "number", beside=True),
        Column(msg("denominator"), "number", beside=True),
        Column(msg("bound"), "number"),
        Column(msg("by"), "date"),
        Column(msg("basis")),
        Column(msg("asked by")),
    )
    left = sum(not is_shown for is_shown in shown[:_TOP])
    formula = Quotient(_TOP - left, _TOP + 1 - left)
    kept = (_kept(_with_formula(row, formula), shown) for row in rows)
    return Table(_kept(columns, shown), tuple(kept), name)


_VALUE, _TOP = 3, 4


def _whose(verdict: Verdict) -> Cell:
    standard = verdict.target.standard
    return msg("the district itself") if standard is None else standard.id


def _with_formula(row: tuple[Cell, ...], formula: Quotient) -> tuple[Cell, ...]:
    value = row[_VALUE]
    if row[_TOP] is None or not isinstance(value, Amount):
        return row
    return (*row[:_VALUE], replace(value, formula=formula), *row[_TOP:])


def _kept(cells: tuple[_T, ...], shown: tuple[bool, ...]) -> tuple[_T, ...]:
    return tuple(cell for cell, is_shown in zip(cells, shown, strict=True) if is_shown)


def _rows(mine: tuple[Verdict, ...], leads: Leads) -> Iterator[tuple[Cell, ...]]:
    """One row a thing; of many things one for all, and those that are not met unless nothing is known of any."""
    if len(mine) <= FEW:
        yield from (verdict_row(verdict, leads) for verdict in mine)
        return
    yield _sum(mine, leads)
    open_ = [verdict for verdict in mine if verdict.state != "met"]
    if len({verdict.state for verdict in mine}) == 1 and all(_value(verdict) is None for verdict in mine):
        return
    yield from (verdict_row(verdict, leads) for verdict in open_[:_LISTED])
    if len(open_) > _LISTED:
        yield ("", "", msg("{count} more", count=len(open_) - _LISTED), "", None, None, "", "", "")


def _sum(mine: tuple[Verdict, ...], leads: Leads) -> tuple[Cell, ...]:
    """All things of a target in one row: how many of them are in which state."""
    counts = Counter[str](verdict.state for verdict in mine)
    told = tuple(msg("{state} {count}", state=STATES[state], count=counts[state]) for state in ORDER if counts[state])
    bounds = {_bound(verdict) for verdict in mine}
    bases = list(dict.fromkeys(basis_of(verdict.measurement) for verdict in mine))
    return (
        Run(STATES[mine[0].state], TONES[mine[0].state]),
        _named(mine[0].target.entry.id, leads(mine)),
        msg("{counts}", counts=told),
        "",
        None,
        None,
        bounds.pop() if len(bounds) == 1 else msg("varies"),
        _by(mine[0]),
        bases[0] if len(bases) == 1 else "",
    )


def verdict_row(verdict: Verdict, leads: Leads = nowhere) -> tuple[Cell, ...]:
    """One verdict: state, target, thing, value with numerator and denominator, bound, deadline, basis."""
    to = leads((verdict,))
    value = measured_of(verdict, to)
    return (
        Run(STATES[verdict.state], TONES[verdict.state]),
        _named(verdict.target.entry.id, to),
        "" if verdict.thing.is_declarer else verdict.thing.id,
        value,
        *parts_of(value),
        _bound(verdict),
        _by(verdict),
        basis_of(verdict.measurement),
    )


def thing_table(mine: Sequence[Verdict], leads: Leads = nowhere, *, name: str = "") -> Table:
    """All things of one target, the worst first; a number leads to its account where it has one of its own."""
    columns = (
        Column(msg("of")),
        Column(msg("verdict")),
        Column(msg("value"), "number"),
        Column(msg("numerator"), "number", beside=True),
        Column(msg("denominator"), "number", beside=True),
        Column(msg("bound"), "number"),
        Column(msg("basis")),
    )
    return Table(columns, tuple(_thing_row(verdict, leads) for verdict in mine), name)


def _thing_row(verdict: Verdict, leads: Leads) -> tuple[Cell, ...]:
    value = measured_of(verdict)
    top, bottom = parts_of(value)
    if top is not None:
        value = replace(value, formula=Quotient(3, 4))
    return (
        _named(verdict.thing.id, leads((verdict,))),
        Run(STATES[verdict.state], TONES[verdict.state]),
        value,
        top,
        bottom,
        _bound(verdict),
        basis_of(verdict.measurement),
    )


def _named(name: str, to: str) -> Cell:
    return Run(name, Tone.NAME, to) if to else name


def _value(verdict: Verdict) -> Number | None:
    return verdict.measurement.value if verdict.measurement is not None else None


def _bound(verdict: Verdict) -> str:
    return written_bound(verdict.bound, verdict.measurement.measured_in if verdict.measurement else "count")


def _by(verdict: Verdict) -> str:
    return "" if verdict.target.by is None else str(verdict.target.by)


def _told(title: Message, said: Iterator[tuple[Verdict, Message]]) -> Iterator[Block]:
    """Every sentence once, with all it is said of."""
    about: dict[Message, list[Verdict]] = {}
    for verdict, sentence in said:
        about.setdefault(sentence, []).append(verdict)
    if about:
        yield Heading(title, 3)
        yield Listing(tuple(_sentence(sentence, told) for sentence, told in about.items()))


def _sentence(sentence: Message, told: list[Verdict]) -> Line:
    """A sentence and its subjects: a target by its name, with the thing where it is one, or how many there are."""
    things: dict[str, list[Verdict]] = {}
    for verdict in told:
        things.setdefault(verdict.target.id, []).append(verdict)
    names = [
        subject(mine[0])
        if len(mine) == 1
        else msg("{target} {count}×", target=mine[0].target.entry.id, count=len(mine))
        for mine in things.values()
    ]
    subjects: tuple[object, ...] = tuple(names)
    if len(names) > _NAMED + 1:
        subjects = (*names[:_NAMED], msg("{count} more", count=len(names) - _NAMED))
    return line(sentence, Run(msg(" ({subjects})", subjects=subjects), Tone.MUTED))


def _beside(own: Verdict, found: Sequence[Verdict]) -> Iterator[Message]:
    """How a district's own target stands to the same one of a standard it adopted."""
    if own.target.standard is not None or own.bound is None or own.bound.because is not None:
        return
    for other in {v.target.id: v for v in found if v.target.standard is not None and v.bound is not None}.values():
        how = _how(own, other)
        if how is not None:
            yield msg("{how} {standard}: {bound}", how=how, standard=other.target.id, bound=_bound(other))


def _how(own: Verdict, other: Verdict) -> Message | None:
    mine, theirs = own.bound, other.bound
    if mine is None or theirs is None or theirs.because is not None or mine.kind != theirs.kind:
        return None
    if not isinstance(mine.value, Quantity) or not isinstance(theirs.value, Quantity) or _asked(own) != _asked(other):
        return None
    if mine.value == theirs.value:
        return None
    is_over, is_under = at_least(mine.value, theirs.value), at_most(mine.value, theirs.value)
    tighter = is_over if mine.kind == "at_least" else is_under if mine.kind == "at_most" else None
    return None if tighter is None else msg("the bound is tighter than") if tighter else msg("the bound is weaker than")


def _asked(verdict: Verdict) -> tuple[object, ...]:
    """What two targets must have in common to be held against each other; whom they count may differ."""
    question = verdict.target.question
    choices = tuple(pair for pair in question.choices if pair[0] != "population")
    return question.metric, question.stage, question.each, question.of, choices
