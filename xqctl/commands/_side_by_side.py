"""Knows how a comparison is laid out: a table a section, what only one has, and the documents it all rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from xqctl.comparison import SECTIONS, Comparison, Document, Row, Said, Value
from xqctl.derivation import written_value
from xqctl.labels import label
from xqctl.messages import Lang, Message, Word, msg, say
from xqctl.page import Block, Cell, Column, Facts, Heading, Listing, Paragraph, Run, Table, Tone, line
from xqctl.quantities import Quantity, Unit, number

_LOOSE = ("instruments", "governance", "words")
"""The sections that cite whole documents."""

_MOST = 4
"""So many names of a long list stand in a cell; the JSON has all of them."""


@dataclass(frozen=True, slots=True)
class View:
    """A comparison or some of its sections, how doubtful each column is, and the language it is told in.

    `doubts` counts, column by column, the findings that make its numbers unreliable.
    """

    found: Comparison
    doubts: tuple[int, ...]
    lang: Lang

    def cited(self, column: int, value: Value) -> Mapping[int, tuple[str, ...]]:
        """The numbers of the documents a value is taken from, and where in them it stands."""
        found: dict[int, tuple[str, ...]] = {}
        for place, document in enumerate(self.found.documents, 1):
            named = [source.partition("#") for source in value.sources if document.column == column]
            here = [where for id_, _, where in named if id_ == document.id]
            if here:
                found[place] = tuple(where for where in here if where)
        return found


def blocks(view: View, *, quiet: bool) -> Iterator[Block]:
    """The comparison as it is read, section by section."""
    rows = view.found.rows
    columns = view.found.columns
    yield Heading(msg("{names} side by side", names=tuple(column.name for column in columns)))
    told = tuple(
        (column.name, line(Run(column.operand, Tone.NAME), msg(", on {day}", day=column.as_of))) for column in columns
    )
    yield Facts(told)
    for column, count in zip(columns, view.doubts, strict=True):
        if count:
            told_of = msg("{name}: {count} findings make its numbers unreliable: ", name=column.name, count=count)
            yield Paragraph(line(told_of, Run(f"xqctl check {column.operand}", Tone.NAME)), Tone.WARN)
    if not quiet:
        yield Paragraph(
            line(
                msg(
                    "counted: from registers that are complete; stated: a document says so; unknown: no data; "
                    "—: nothing is declared; [1]: the document, listed at the end"
                )
            ),
            Tone.MUTED,
        )
    for section in SECTIONS:
        mine = [row for row in rows if row.section == section]
        blocks = tuple(_section(view, mine))
        if blocks:
            yield Heading(SECTIONS[section], 2)
            yield from blocks
    yield from _only(view, rows)
    yield from _documents(view)


def _section(view: View, rows: Sequence[Row]) -> Iterator[Block]:
    """The rows that stand side by side, then what there is to note, then what nobody has a number for."""
    for group, same in groupby(rows, key=lambda row: row.group):
        side = [row for row in same if row.is_shared or (row.is_kept and _is_worth_a_line(row))]
        if group:
            yield Heading(group, 3)
        if side:
            titles = (Column(""), *(Column(column.name) for column in view.found.columns))
            yield Table(titles, tuple(_cells(view, row) for row in side))
    notes = tuple(line(plain(row.title), ": ", note) for row in rows for note in row.note)
    if notes:
        yield Listing(notes)
    unknown_ = [row.title for row in rows if not row.is_kept and not row.is_said and row.measured_in is not None]
    if unknown_:
        yield Paragraph(line(msg("no number in any of them: {names}", names=tuple(unknown_))), Tone.MUTED)


def _is_worth_a_line(row: Row) -> bool:
    """Whether anyone says something, or is asked for a number."""
    return row.is_said or any(value.basis is not None for value in row.values)


def _cells(view: View, row: Row) -> tuple[Cell, ...]:
    values = (_cell(view, position, row) for position in range(len(row.values)))
    return (plain(row.title), *values)


def _cell(view: View, column: int, row: Row) -> Cell:
    value = row.values[column]
    if not value.is_said:
        return Run(msg("unknown"), Tone.WARN) if value.basis == "none" else Run("—", Tone.MUTED)
    return _told(view, column, row)


def _told(view: View, column: int, row: Row) -> Message:
    """What a value says, on which basis, after which documents; of targets and numbers also where in them."""
    value = row.values[column]
    words = _number(value) if value.number is not None else _words(tuple(_cut(said) for said in value.words), view.lang)
    cited = _cited(view.cited(column, value), is_exact=row.section not in _LOOSE)
    said: Message = msg("{words}", words=words)
    if value.basis in ("counted", "stated"):
        basis = msg("counted") if value.basis == "counted" else msg("stated")
        said = (
            msg("{value} ({basis})", value=words, basis=basis)
            if value.day is None
            else msg("{value} ({basis} {day})", value=words, basis=basis, day=value.day)
        )
    return msg("{said} {cited}", said=said, cited=cited) if cited else said


def _cited(documents: Mapping[int, tuple[str, ...]], *, is_exact: bool) -> str:
    """``[1: 三（三）13]``; only the document where several places in it are meant."""
    return "".join(
        f"[{place}: {where[0]}]" if is_exact and len(where) == 1 else f"[{place}]" for place, where in documents.items()
    )


def _words(words: Sequence[Said], lang: Lang) -> str:
    """Several things in one cell: a comma between names, a semicolon between sentences."""
    told = [say(plain(each), lang) for each in words]
    is_long = any(isinstance(each, Message) for each in words)
    comma = ("；" if is_long else "、") if lang == "zh" else ("; " if is_long else ", ")
    return comma.join(told)


def _number(value: Value) -> str | Message:
    low = _written(value, value.number)
    return low if value.high is None else msg("{low} to {high}", low=low, high=_written(value, value.high))


def _written(value: Value, amount: object) -> str:
    """A number as people read it; a range with ends of no more digits than one needs."""
    if isinstance(amount, Quantity) and amount.exact is None and amount.low is not None and amount.high is not None:
        places = Decimal("0.0001") if amount.unit is Unit.RATIO else Decimal("0.01")
        ends = [end if end == end.to_integral() else end.quantize(places) for end in (amount.low, amount.high)]
        amount = Quantity(ends[0], ends[1], amount.unit)
    if isinstance(amount, Decimal | int) and value.measured_in == "money":
        amount = number(amount, Unit.MONEY)
    return written_value(amount, value.measured_in)  # type: ignore[arg-type]  # one of a value's two numbers


def _cut(said: Said) -> Said:
    """A sentence with long lists in it cut: how many more there are is said."""
    if not isinstance(said, Message):
        return said
    return Message(said.text, tuple((name, _short(value)) for name, value in said.values))


def _short(value: object) -> object:
    if isinstance(value, tuple) and len(value) > _MOST + 1:
        return (*value[:_MOST], msg("and {count} more", count=len(value) - _MOST))
    return value


def _only(view: View, rows: Sequence[Row]) -> Iterator[Block]:
    """What only one of them has, one after the other: its instruments in a line, the rest in a table."""
    alone = [row for row in rows if row.only is not None and not row.is_kept]
    if alone:
        yield Heading(msg("Only one of them has"), 2)
    for position, column in enumerate(view.found.columns):
        mine = [row for row in alone if row.only == position]
        used = tuple(row.title for row in mine if row.section == "instruments")
        told = [row for row in mine if row.section != "instruments"]
        if mine:
            yield Heading(column.name, 3)
        if used:
            yield Paragraph(line(msg("Reform instruments: {names}", names=used)))
        for section, same in groupby(told, key=lambda row: row.section):
            cells = tuple((plain(row.title), _told(view, position, row)) for row in same)
            yield Table((Column(SECTIONS[section]), Column(msg("{district} alone", district=column.name))), cells)


def _documents(view: View) -> Iterator[Block]:
    """The documents that what is shown is taken from."""
    if view.found.documents:
        items = (_document(view, place, document) for place, document in enumerate(view.found.documents, 1))
        yield Heading(msg("Documents"), 2)
        yield Listing(tuple(map(line, items)))


def _document(view: View, place: int, document: Document) -> Message:
    parts: list[object] = [part for part in (document.title, document.number, document.date) if part]
    if document.confidence is not None:
        parts.append(label("common.confidence", document.confidence))
    return msg(
        "[{place}] {district}: {parts}", place=place, district=view.found.columns[document.column].name, parts=parts
    )


def plain(said: Said) -> str | Message:
    """A label as a message, so that it can be said like everything else."""
    return msg("{words}", words=said) if isinstance(said, Word) else said
