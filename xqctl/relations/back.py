"""Knows how tables become entries again, each value with the cell it came from; what is wrong is told by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from xqctl.compose.read import Data
from xqctl.messages import Message, msg
from xqctl.place import Keys
from xqctl.relations.cells import is_data, read, unspelled
from xqctl.relations.plan import DISTRICT, FILE, REST, STEP, Cell, Plan, entry_shape, plan, plans
from xqctl.relations.shapes import Shape
from xqctl.schema import KINDS
from xqctl.tabular import DERIVED, Filled, Row

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong in a cell, or in a table as a whole, and what to do about it."""

    cell: str
    message: Message
    help: Message | None = None


class Incoming:
    """Entries that came in, by their keys: their data, the files they want to stand in, the cells it came from.

    `cells` says by keys where a value came from, `names` where the last key did; `slips` is what was wrong already.
    """

    def __init__(self) -> None:
        self.entries: dict[Keys, Data] = {}
        self.files: dict[Keys, str] = {}
        self.cells: dict[Keys, str] = {}
        self.names: dict[Keys, str] = {}
        self.slips: list[Slip] = []

    def put(self, keys: Keys, value: Data, cell: str, depth: int) -> None:
        """Says what stands at these keys; an entry's own are the first `depth`. What is around it becomes a mapping."""
        self.cells[keys] = cell
        entry = keys[:depth]
        if len(keys) == depth:
            self.entries[entry] = value
            return
        held = self.entries.setdefault(entry, {})
        if not isinstance(held, dict):
            held = self.entries[entry] = {}
        for key in keys[depth:-1]:
            inner = held.setdefault(key, {})
            if not isinstance(inner, dict):
                inner = held[key] = {}
            held = inner
        held[keys[-1]] = value

    def at(self, keys: Keys, depth: int) -> object:
        """What stands at these keys by now."""
        found: object = self.entries.get(keys[:depth], _MISSING)
        for key in keys[depth:]:
            found = found[key] if isinstance(found, dict) and key in found else _MISSING
        return found

    def has(self, keys: Keys, depth: int) -> bool:
        """Whether anything stands at these keys by now."""
        return self.at(keys, depth) is not _MISSING

    def cell(self, keys: Keys) -> str | None:
        """The cell that what stands at these keys came from: its own, of the nearest around it, or of one in it."""
        for length in range(len(keys), 1, -1):
            if keys[:length] in self.cells:
                return self.cells[keys[:length]]
        return next((cell for known, cell in self.cells.items() if known[: len(keys)] == keys), None)


def depth_of(kind: str) -> int:
    """How many keys lead to an entry of a kind: itself, then its names."""
    return 1 + len(plan(kind).keys)


def incoming(tables: Sequence[Filled], district: str | None = None) -> Incoming:
    """What tables of our own shape say; where they are of several districts, the rows of `district`."""
    found = Incoming()
    known = {each.name: each for kind in KINDS for each in plans(kind)}
    plain: list[tuple[Keys, str, Data, str, int]] = []
    for table in tables:
        if table.name in known:
            _Back(known[table.name], table, found, plain).read(district)
    for keys, own, value, cell, depth in plain:  # last, since only now it is known what else stands there
        is_mapping = isinstance(found.at(keys, depth), dict)
        found.put((*keys, own) if is_mapping else keys, value, cell, depth)
    for keys, value in found.entries.items():
        found.entries[keys] = in_order(value, entry_shape(keys[0]))
    return found


class _Back:
    """Reads one table."""

    def __init__(
        self, table: Plan, filled: Filled, found: Incoming, plain: list[tuple[Keys, str, Data, str, int]]
    ) -> None:
        self._table, self._filled, self._found, self._plain = table, filled, found, plain
        self._kind = table.name.partition(".")[0]
        self._depth = depth_of(self._kind)
        places = {name: number for number, name in reversed(list(enumerate(filled.columns)))}
        self._keys = [places.get(key.name) for key in table.keys]
        self._cells = [(places[name], cell) for name, cell in table.cells.items() if name in places]
        self._rest, self._file = places.get(REST), places.get(FILE)
        self._whose = places.get(DISTRICT)

    def read(self, district: str | None) -> None:
        """Puts every row where it belongs; a row without a name, a column nobody knows are slips."""
        self._look_at_columns()
        for number, row in enumerate(self._filled.rows):
            whose = row[self._whose] if self._whose is not None else None
            if any(row) and (whose is None or district is None or whose == district):
                self._read(number, row)

    def _look_at_columns(self) -> None:
        known = {key.name for key in self._table.keys} | set(self._table.cells) | {REST, FILE, DISTRICT, ""}
        for number, name in enumerate(self._filled.columns):
            if name not in known and not name.endswith(DERIVED):
                said = msg("{table} has no column {column}", table=self._table.name, column=name)
                self._slip(-1, number, said)
        for key, place in zip(self._table.keys, self._keys, strict=True):
            if place is None and not key.may_lack:
                said = msg("{table} lacks the column {column}", table=self._table.name, column=key.name)
                self._slip(-1, 0, said)

    def _slip(self, row: int, column: int, message: Message) -> None:
        self._found.slips.append(Slip(self._filled.place(row, column), message))

    def _read(self, number: int, row: Row) -> None:
        keys, last = self._way(number, row)
        if keys is None:
            return
        place = self._filled.place
        if self._file is not None and row[self._file]:
            self._found.files[keys] = cast("str", row[self._file])
        own: tuple[Cell, Data, int] | None = None
        others = 0
        for column, cell in self._cells:
            text = row[column]
            if text is None:
                continue
            value = read(text, cell.scalar)
            if cell.way:
                others += 1
                self._found.put((*keys, *cell.way), value, place(number, column), self._depth)
            else:
                own = (cell, value, column)
        rest = row[self._rest] if self._rest is not None else None
        if rest is not None:
            self._lay(keys, rest, number)
        elif own is None and not others and not self._found.has(keys, self._depth):
            self._found.put(keys, {}, place(number, last), self._depth)
        self._found.cells.setdefault(keys, place(number, last))
        self._found.names.setdefault(keys, place(number, last))
        if own is not None:
            cell, value, column = own
            self._plain.append((keys, cell.name, value, place(number, column), self._depth))

    def _way(self, number: int, row: Row) -> tuple[Keys | None, int]:
        """The keys that lead to a row, and the column of the last of them; none where one is missing."""
        texts = [row[place] if place is not None else None for place in self._keys]
        names = iter(zip(self._table.keys, texts, self._keys, strict=True))
        keys: list[str] = [self._kind]
        last = 0
        for step in self._table.way:
            if step != STEP:
                keys.append(step)
                continue
            key, text, column = next(names)
            if text is not None:
                keys.append(text)
                last = column or 0
            elif not key.may_lack and self._says_something(row, keys):
                said = msg("the row has no {name}", name=key.title)
                self._slip(number, column or 0, said)
                return None, 0
        return tuple(keys), last

    def _says_something(self, row: Row, keys: list[str]) -> bool:
        """Whether a row without all its names needs them: one that only holds a place, or the rest of it, does not."""
        return len(keys) == 1 or any(row[column] is not None for column, _ in self._cells)

    def _lay(self, keys: Keys, rest: str, number: int) -> None:
        """What fitted no column is put back where it was."""
        value = unspelled(rest)
        cell = self._filled.place(number, self._rest or 0)
        if not is_data(value):
            self._found.slips.append(Slip(cell, msg("what stands in {column} is not JSON", column=REST)))
        elif isinstance(value, dict):
            if not self._found.has(keys, self._depth):
                self._found.put(keys, {}, cell, self._depth)
            self._deepen(keys, value, cell)
        else:
            self._found.put(keys, cast("Data", value), cell, self._depth)

    def _deepen(self, keys: Keys, value: Mapping[str, Data], cell: str) -> None:
        for key, each in value.items():
            here = (*keys, key)
            if isinstance(each, dict) and each and self._is_known(here):
                self._deepen(here, each, cell)
            elif not (each == {} and isinstance(each, dict) and self._found.has(here, self._depth)):
                self._found.put(here, each, cell, self._depth)

    def _is_known(self, keys: Keys) -> bool:
        return isinstance(self._found.at(keys, self._depth), dict)


def in_order(value: Data, said: Shape | None) -> Data:
    """A value with its fields in the order of the schema, names people chose after them as they came."""
    if not isinstance(value, dict) or said is None:
        return value
    known = [name for name in said.fields if name in value]
    others = [name for name in value if name not in said.fields]
    return {name: in_order(value[name], said.fields.get(name, said.values)) for name in (*known, *others)}
