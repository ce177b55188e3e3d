"""Knows how a district's entries are put into tables, and what fits no column into the column for that."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.messages import Word
from xqctl.quantities import parse
from xqctl.relations.cells import spelled, written
from xqctl.relations.plan import DISTRICT, FILE, REST, Cell, Plan, plan, plans
from xqctl.relations.shapes import Shape
from xqctl.schema import KINDS
from xqctl.tabular import DERIVED, Column, Row, Sort, Table

_MEASURED = frozenset(("percent", "money", "area", "value", "bound", "quantity"))
_FILE = Column(FILE, Word("所在文件", "file"))
_REST = Column(REST, Word("其余内容", "anything else"))
_DISTRICT = Column(DISTRICT, Word("区县", "district"), is_key=True)
_NOTHING = object()

_Rows = dict[str, list[dict[str, str]]]


def relations(districts: Sequence[District], called: Sequence[str] = ()) -> tuple[Table, ...]:
    """The tables of one district, or of several with a column that says whose each row is; empty ones are left out.

    `called` are the districts' names in that column, else their own.
    """
    rows: _Rows = {}
    for district, whose in zip(districts, called or [each.name for each in districts], strict=True):
        mine: _Rows = {}
        for entry in _entries(district):
            _Out(mine).entry(entry, _written(district, entry), entry.file.removeprefix(f"{district.root}/"))
        for name, found in mine.items():
            if len(districts) > 1:
                rows.setdefault(name, []).extend({DISTRICT: whose, **row} for row in found)
            else:
                rows.setdefault(name, []).extend(found)
    return tuple(_table(each, rows[each.name]) for kind in KINDS for each in plans(kind) if each.name in rows)


def _entries(district: District) -> Iterator[Entry]:
    for kind in KINDS:
        yield from district.kinds.get(kind, {}).values()


def _written(district: District, entry: Entry) -> Data:
    """An entry as it stands in its file, also where it is no mapping."""
    found: Data = next(each.data for each in district.folder.documents if each.file == entry.file)
    for key in entry.keys:
        found = found[key] if isinstance(found, dict) else None
    return found


class _Out:
    """Fills rows; the name of a column may be absent in a row, which then is empty there."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def entry(self, entry: Entry, value: Data, file: str) -> None:
        """One entry as it is written, under its file."""
        table = plan(entry.kind)
        keys = entry.keys[1:]
        self._row(table, keys, max(0, len(keys) - 1), value, {FILE: file})

    def _row(self, table: Plan, keys: tuple[str, ...], level: int, value: Data, about: Mapping[str, str]) -> None:
        shape = table.levels[level]
        cells: dict[str, str] = {}
        rest: object = _NOTHING
        has_rows = False
        if isinstance(value, dict):
            left: dict[str, Data] = {}
            for name, each in value.items():
                if name in shape.fields:
                    over, below = self._field(table, keys, (name,), each, shape.fields[name], cells)
                    has_rows |= below
                elif shape.values is not None and level + 1 < len(table.levels):
                    self._row(table, (*keys, name), level + 1, each, {})
                    over, has_rows = _NOTHING, True
                else:
                    over = each
                if over is not _NOTHING:
                    left[name] = cast("Data", over)
            short = not has_rows and shape.scalar is not None and set(cells) == {shape.own}
            rest = left if left or short or (not value and shape.scalar is not None) else _NOTHING
        else:
            text = written(value, shape.scalar) if shape.scalar is not None else None
            if text is None:
                rest = value
            else:
                cells[shape.own] = text
        if rest is not _NOTHING:
            cells[REST] = spelled(cast("Data", rest))
        if cells or about or not has_rows:
            names = [key.name for key in table.keys]
            filled = dict(zip(names, keys, strict=False))
            self._rows.setdefault(table.name, []).append({**filled, **cells, **about})

    def _field(
        self, table: Plan, keys: tuple[str, ...], way: tuple[str, ...], value: Data, shape: Shape, cells: dict[str, str]
    ) -> tuple[object, bool]:
        """One field of a row; what fits nowhere is given back, with whether some of it went into rows of its own."""
        if not isinstance(value, dict):
            text = written(value, shape.scalar) if shape.scalar is not None else None
            if text is None:
                return value, False
            cells[".".join(way)] = text
            return _NOTHING, False
        if shape.scalar is not None and shape.scalar.is_any:
            cells[".".join(way)] = spelled(value)
            return _NOTHING, False
        left: dict[str, Data] = {}
        has_rows = False
        for name, each in value.items():
            if name in shape.fields:
                over, below = self._field(table, keys, (*way, name), each, shape.fields[name], cells)
                has_rows |= below
            elif shape.values is not None:
                self._row(table.children[way], _padded(table, keys, name), 0, each, {})
                over, has_rows = _NOTHING, True
            else:
                over = each
            if over is not _NOTHING:
                left[name] = cast("Data", over)
        return (left if left or not value else _NOTHING), has_rows


def _padded(table: Plan, keys: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The keys of a row in a table below: those of its own row first, empty where there is none."""
    return (*keys, *("" for _ in range(len(table.keys) - len(keys))), name)


def _table(found: Plan, rows: list[dict[str, str]]) -> Table:
    filled = {name for row in rows for name in row}
    columns: list[Column] = [_DISTRICT] if DISTRICT in filled else []
    keys = [key for key in found.keys if not key.may_lack or any(row.get(key.name) for row in rows)]
    columns += [Column(key.name, key.title, is_key=True) for key in keys]
    columns += [_column(cell) for name, cell in found.cells.items() if name in filled]
    columns += [each for each in (_REST, _FILE) if each.name in filled]
    for cell in found.cells.values():
        if cell.name in filled and _is_measured(cell, rows):
            title = cell.title
            columns.append(Column(f"{cell.name}{DERIVED}", Word(f"{title.zh}（换算）", f"{title.en} (number)")))
    names = [column.name for column in columns]
    return Table(found.name, found.title, tuple(columns), [_texts(row, names) for row in rows])


def _texts(row: Mapping[str, str], names: Sequence[str]) -> Row:
    return tuple(_number(row, name) if name.endswith(DERIVED) else row.get(name) or None for name in names)


def _number(row: Mapping[str, str], name: str) -> str | None:
    quantity = parse(row.get(name.removesuffix(DERIVED)))
    if quantity is None or quantity.low is None or quantity.low != quantity.high:
        return None
    return format(quantity.low, "f")


def _is_measured(cell: Cell, rows: list[dict[str, str]]) -> bool:
    """Whether some text of the column is an amount with its unit, which programs want as a bare number."""
    if cell.scalar.quantity not in _MEASURED:
        return False
    return any(_number({cell.name: row[cell.name]}, cell.name) for row in rows if row.get(cell.name))


def _column(cell: Cell) -> Column:
    scalar = cell.scalar
    words = scalar.words if _are_told_apart(scalar.words) else ()
    return Column(cell.name, cell.title, _sort(cell), words)


def _are_told_apart(words: tuple[tuple[str, Word], ...]) -> bool:
    """Whether each word has a name of its own, in each language, which is no other word."""
    zh, en = [called.zh for _, called in words], [called.en for _, called in words]
    return len(set(zh)) == len(zh) and len(set(en)) == len(en)


def _sort(cell: Cell) -> Sort:
    if cell.scalar.is_many or cell.scalar.is_any:
        return "text"
    if cell.scalar.types == {"integer"}:
        return "integer"
    return "truth" if cell.scalar.types == {"boolean"} else "text"
