"""Knows how a workbook becomes entries by its mapping: each value with its cell, everything wrong told at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from xqctl.compose.read import Data
from xqctl.ledger.layout import Cell, Line, headings, lines, tight
from xqctl.ledger.mapping import FIXED, OWN, Rule, Table, filled, headings_in
from xqctl.ledger.values import Wrong, name_of, plain, school_year, value_of
from xqctl.likeness import Names
from xqctl.long_numbers import is_citizen_id, masked
from xqctl.messages import Message, msg
from xqctl.place import Keys
from xqctl.relations import Incoming, Scalar, Slip, depth_of, entry_shape, in_order
from xqctl.tabular import Grid, cell_name

_PERSONAL = re.compile("身份证|证件号|手机|电话|联系方式|银行卡|银行账号|家庭住址|住址|出生日期|出生年月")
_LONG = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])")
_ROUND = "000000"
_BLANK = frozenset(("-", "—", "——", "/", "／", "－", "--"))
_MOST_SLIPS = 200
_IN_NAMES = ("school_year", "date", "year")

Called = Callable[[str, tuple[str, ...]], str]
"""The id of what people call by some other name, among these kinds."""


class Ledger:
    """What a workbook said: the entries, what was passed over, and how many rows were read."""

    def __init__(self, came: Incoming | None = None, rows: int = 0) -> None:
        self.came = Incoming() if came is None else came
        self.notes: list[Message] = []
        self.rows = rows


def read_ledger(grids: Sequence[Grid], tables: Sequence[Table], called: Called, step: Callable[[], None]) -> Ledger:
    """Reads all tables of a mapping; `called` finds the id behind a name, `step` is told of every row."""
    ledger = Ledger()
    by_name = {tight(grid.name): grid for grid in grids}
    for table in tables:
        grid = by_name.get(tight(table.sheet))
        if grid is None:
            near = Names(by_name).closest(tight(table.sheet)) or tuple(by_name)[:8]
            said = msg("there is no sheet {sheet}; there is {known}", sheet=table.sheet, known=near)
            ledger.came.slips.append(Slip(table.sheet, said))
        else:
            _Reading(grid, table, ledger, called, step).read()
    for keys, value in ledger.came.entries.items():
        ledger.came.entries[keys] = in_order(value, entry_shape(keys[0]))
    if len(ledger.came.slips) > _MOST_SLIPS:
        more = len(ledger.came.slips) - _MOST_SLIPS
        del ledger.came.slips[_MOST_SLIPS:]
        ledger.came.slips.append(Slip("", msg("{count} more", count=more)))
    return ledger


class _Reading:
    """Reads one table."""

    def __init__(self, grid: Grid, table: Table, ledger: Ledger, called: Called, step: Callable[[], None]) -> None:
        self._grid, self._table, self._ledger, self._called, self._step = grid, table, ledger, called, step
        self._came = ledger.came
        self._depth = depth_of(table.into)
        self._tallied: dict[Keys, int] = {}
        self._of_ids = tuple(self._made_of())
        self._counted = {rule.heading for rule in table.rules if rule.tally is not None}
        self._counted -= {rule.heading for rule in table.rules if rule.tally is None} | set(self._of_ids)
        self._kept = {rule.heading for rule in table.rules} - self._counted | set(self._of_ids)
        self._rules: dict[str, list[Rule]] = {}
        for rule in table.rules:
            self._rules.setdefault(rule.heading, []).append(rule)
        self._blank = _BLANK | {tight(each) for each in table.blank}

    def read(self) -> None:
        """Headings first: where one is not there, or holds what must not be kept, no row is read."""
        first, last = self._table.header
        names = headings(self._grid, first, last)
        if not self._has_headings(names):
            return
        passed: list[str] = []
        for each in lines(self._grid, names, last, self._table.skip):
            if isinstance(each, Cell):
                passed.append(f"{each.row + 1} {each.text[:12]}")
            else:
                self._step()
                self._ledger.rows += 1
                self._row(each)
        for keys, count in self._tallied.items():
            self._came.put(keys, count, self._came.cells[keys], self._depth)
        if passed:
            said = msg("{sheet}: rows passed over: {rows}", sheet=self._grid.name, rows=passed[:6])
            self._ledger.notes.append(said)

    def _has_headings(self, names: Mapping[int, str]) -> bool:
        """Whether every heading of the mapping is there; what is neither read nor ignored is noted."""
        wanted = {rule.heading for rule in self._table.rules} | set(self._of_ids)
        present = set(names.values())
        found = True
        row = self._table.header[1]
        for heading in sorted(wanted - present):
            found = False
            near = Names(present).closest(heading)
            said = msg("there is no column {heading}", heading=heading)
            help_ = msg("did you mean {close}", close=near) if near else msg("headings here: {names}",
                                                                            names=sorted(present)[:12])  # fmt: skip
            self._slip(cell_name(row, 0, self._grid.name), said, help_)
        for column, heading in names.items():
            kept = heading in wanted and heading not in self._counted
            if kept and _PERSONAL.search(heading):
                found = False
                said = msg("{heading} is about a person: git keeps it for ever", heading=heading)
                self._slip(cell_name(row, column, self._grid.name), said, msg("leave the column out of the mapping"))
        left = sorted(present - wanted - set(self._table.ignore))
        if left:
            said = msg("{sheet}: columns not in the mapping: {columns}", sheet=self._grid.name, columns=left[:12])
            self._ledger.notes.append(said)
        return found

    def _made_of(self) -> list[str]:
        """The headings the ids and ways are made of."""
        table = self._table
        templates = [table.id, table.year or "", *(step for rule in (*table.rules, *table.fixed) for step in rule.way)]
        found = [name for template in templates for name in headings_in(template)]
        return found if "{" in table.id or table.id.startswith(FIXED) else [*found, table.id]

    def _slip(self, cell: str, message: Message, help_: Message | None = None) -> None:
        self._came.slips.append(Slip(cell, message, help_))

    def _row(self, line: Line) -> None:
        cells = {name: cell for name, cell in line.cells.items() if tight(cell.text) not in self._blank or cell.mark}
        for name, cell in list(cells.items()):
            if self._is_personal(name, cell):
                del cells[name]
        texts = {name: self._as_name(name, cell) for name, cell in cells.items()}
        keys = self._keys(line, cells, texts)
        if keys is None:
            return
        if not self._came.has(keys, self._depth):
            self._came.put(keys, {}, self._id_cell(line, cells), self._depth)
            if self._table.file is not None:
                self._came.files[keys] = self._table.file
        for rule in self._table.fixed:
            self._put(keys, rule, rule.value, texts, self._id_cell(line, cells))
        for rule in self._table.rules:
            if rule.heading in cells:
                self._column(keys, rule, cells[rule.heading], texts)

    def _as_name(self, heading: str, cell: Cell) -> str:
        """A cell as part of a name: a school's own id, a year as we write it."""
        for rule in self._rules.get(heading, ()):
            if rule.tally is None:
                if rule.refs:
                    return self._called(name_of(cell.text), rule.refs)
                if rule.scalar.quantity in _IN_NAMES:
                    with suppress(Wrong):
                        return str(value_of(cell, rule))
        return name_of(cell.text)

    def _is_personal(self, name: str, cell: Cell) -> bool:
        """Whether a cell that would be kept holds an id number or a mobile number; that is told, masked."""
        if name not in self._kept:
            return False
        for found in _LONG.finditer(plain(cell.text)):
            text = found[0]
            if is_citizen_id(text) or (len(text) == 11 and not text.endswith(_ROUND)):
                said = msg("this looks like a number of a person: {number}", number=masked(text))
                self._slip(cell.name, said, msg("take it out of the workbook: git keeps it for ever"))
                return True
        return False

    def _id_cell(self, line: Line, cells: Mapping[str, Cell]) -> str:
        for name in self._of_ids:
            if name in cells:
                return cells[name].name
        return cell_name(line.number, 0, self._grid.name)

    def _keys(self, line: Line, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> Keys | None:
        """The keys of the entry a row is about; none where its id cannot be made."""
        table = self._table
        where = cell_name(line.number, 0, self._grid.name)
        needed = self._of_ids
        for name in needed:
            if name in cells and cells[name].mark in ("error", "uncounted"):
                self._wrong(cells[name], Rule(name, (), _TEXT))
                return None
        lacking = [name for name in needed if name not in texts and self._is_of_id(name)]
        if lacking:
            self._slip(where, msg("the row has no {names}", names=lacking),
                       msg("fill it in, or name the row's first words under `skip`"))  # fmt: skip
            return None
        id_ = texts.get(table.id) or filled(table.id.removeprefix(FIXED), texts)
        if table.into != "statistics":
            return (table.into, self._called(id_, (table.into,)))
        try:
            year = school_year(filled(table.year or "", texts))
        except Wrong as wrong:
            self._slip(where, wrong.message, wrong.help)
            return None
        return (table.into, year, self._called(id_, ("schools",)))

    def _is_of_id(self, name: str) -> bool:
        made_of = [*headings_in(self._table.id), *headings_in(self._table.year or "")]
        return name in made_of or name == self._table.id

    def _wrong(self, cell: Cell, rule: Rule) -> None:
        try:
            value_of(cell, rule)
        except Wrong as wrong:
            self._slip(cell.name, wrong.message, wrong.help)

    def _column(self, keys: Keys, rule: Rule, cell: Cell, texts: Mapping[str, str]) -> None:
        if rule.tally is not None:
            if not rule.tally or tight(cell.text) in rule.tally:
                way = (*keys, *rule.way)
                self._tallied[way] = self._tallied.get(way, 0) + 1
                self._came.cells.setdefault(way, cell.name)
            return
        if cell.mark in ("error", "uncounted"):
            self._wrong(cell, rule)
            return
        if rule.is_named_by_cell:
            parts = cell.text.split(rule.separator) if rule.separator else re.split("[、，,；;\n]+", cell.text)
            for part in filter(None, map(name_of, parts)):
                name = self._called(part, rule.refs) if rule.refs else part
                self._put(keys, rule, {} if rule.value is None else rule.value, {**texts, OWN: name}, cell.name)
            return
        value: Data
        try:
            value = rule.value if rule.value is not None else value_of(cell, rule)
        except Wrong as wrong:
            self._slip(cell.name, wrong.message, wrong.help)
            return
        if value is not None:
            self._put(keys, rule, self._referred(value, rule), texts, cell.name)

    def _referred(self, value: Data, rule: Rule) -> Data:
        """Names of things as the ids they have here."""
        if not rule.refs or rule.values:
            return value
        if isinstance(value, list):
            return [self._called(str(each), rule.refs) for each in value]
        return self._called(value, rule.refs) if isinstance(value, str) else value

    def _put(self, keys: Keys, rule: Rule, value: Data, texts: Mapping[str, str], cell: str) -> None:
        way = tuple(texts.get(OWN, step) if step == OWN else filled(step, texts) for step in rule.way)
        if not all(way):
            return
        here = (*keys, *way)
        if self._came.has(here, self._depth):
            known = self._came.at(here, self._depth)
            if known != value and not (value == {} or known == {}):
                said = msg("{value} here, but {known} at {other}", value=str(value), known=str(known),
                           other=self._came.cell(here) or "?")  # fmt: skip
                help_ = msg("two rows name the same thing; give them ids of their own, or let them agree")
                self._slip(cell, said, help_)
            if value in ({}, known):
                return
        self._came.put(here, value, cell, self._depth)


_TEXT = Scalar(frozenset(("string",)))
