"""Knows how districts, or drafts of one, stand side by side: what they use, how they are built, what they promise."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xqctl.comparison import finance, governance, instruments, meanings, numbers, promises, structure, timetable
from xqctl.comparison.values import Row, Said, Value
from xqctl.district import District
from xqctl.messages import Message, msg

__all__ = ["SECTIONS", "Column", "Comparison", "Document", "Row", "Said", "Value", "of"]

SECTIONS: Mapping[str, Message] = {
    "instruments": msg("Reform instruments"),
    "governance": msg("Governance"),
    "structure": msg("Structure"),
    "coverage": msg("Coverage"),
    "metrics": msg("Metrics"),
    "targets": msg("Targets and how demanding they are"),
    "money": msg("Money"),
    "timetable": msg("Timetable"),
    "words": msg("One word, different meanings"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One of the districts compared; `name` tells it from the others, `operand` is what it was read from."""

    name: str
    district: str
    operand: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Document:
    """A document that something in a column (by its position) is taken from."""

    column: int
    id: str
    title: str
    number: str | None
    date: str | None
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Districts side by side; the values of each row stand as the columns do."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    documents: tuple[Document, ...]

    def narrowed(self, sections: Collection[str]) -> "Comparison":
        """Some of its sections, and the documents these are taken from."""
        rows = tuple(row for row in self.rows if row.section in sections)
        cited = {(column, id_) for column in range(len(self.columns)) for id_ in _cited(rows, column)}
        kept = tuple(document for document in self.documents if (document.column, document.id) in cited)
        return Comparison(self.columns, rows, kept)


def of(districts: Sequence[District]) -> Comparison:
    """Puts districts side by side, each on its own day, in the order given."""
    columns = _columns(districts)
    names = [column.name for column in columns]
    rows = tuple(_rows(districts, names))
    return Comparison(columns, rows, tuple(_documents(districts, rows)))


def _rows(districts: Sequence[District], names: Sequence[str]) -> Iterator[Row]:
    yield from instruments.rows(districts)
    yield from governance.rows(districts)
    yield from structure.rows(districts, names)
    yield from numbers.coverage(districts, names)
    yield from numbers.metrics(districts, names)
    yield from promises.rows(districts, names)
    yield from finance.rows(districts)
    yield from timetable.rows(districts)
    yield from meanings.rows(districts)


def _columns(districts: Sequence[District]) -> tuple[Column, ...]:
    """The columns, called by the district; where several are of one name, by their day or their folder too."""
    names = [district.name for district in districts]
    for told in (lambda d: d.name, lambda d: f"{d.name} {d.as_of}", lambda d: f"{d.name} {d.folder.operand or d.root}"):
        names = [told(district) for district in districts]
        if len(set(names)) == len(names):
            break
    else:
        seen = Counter[str]()
        for position, name in enumerate(names):
            seen[name] += 1
            names[position] = f"{name} ({seen[name]})"
    return tuple(
        Column(name, district.name, district.folder.operand or district.root, district.as_of)
        for name, district in zip(names, districts, strict=True)
    )


def _documents(districts: Sequence[District], rows: Sequence[Row]) -> Iterator[Document]:
    """Every document that a value names, district by district, in the order they are first named."""
    for position, district in enumerate(districts):
        for id_ in _cited(rows, position):
            entry = district.get("sources", id_)
            if entry is None:
                yield Document(position, id_, id_, None, None, None)
            else:
                day, title = entry["date"], entry.text("title") or entry.name
                yield Document(
                    position,
                    id_,
                    title,
                    entry.text("number"),
                    None if day is None else str(day),
                    entry.text("confidence"),
                )


def _cited(rows: Sequence[Row], column: int) -> Iterable[str]:
    """The documents a column's values name, each once."""
    return dict.fromkeys(source.partition("#")[0] for row in rows for source in row.values[column].sources)
