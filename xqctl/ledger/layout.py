"""Knows how people lay out a sheet: titles above, headings in several rows, totals, headings between, notes below."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xqctl.tabular import Grid, Mark, Value, cell_name, text_of

JOIN = "/"
_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
_TOTAL = re.compile(r"(全[区县市省校])?(合|总|小|共|累)计.*|(分)?类?汇总|总数|平均(数|值)?")
_BESIDE = 3
"""So many cells a line of notes may fill: who filled it in, who checked it, when."""
_NOTE = re.compile(
    r"(注|备注|说明|填表|填报|制表|审核|单位负责人|负责人|联系人|联系电话|统计人|报送|资料来源|数据来源)"
    r"[0-9一二三]?(人|日期|时间|单位)?[：:（(].*|注[0-9]?[、.].*"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value, what it is beside it, and where it stands (from 0)."""

    value: Value
    mark: Mark | None
    row: int
    column: int
    sheet: str

    @property
    def name(self) -> str:
        """How people call it: ``学校台账!F17``."""
        return cell_name(self.row, self.column, self.sheet)

    @property
    def text(self) -> str:
        """Its value as text without blanks around it; empty where it is none."""
        return (text_of(self.value) or "").strip(" \t\r\n\u00a0\u3000\u200b\ufeff")


def tight(text: str) -> str:
    """A text without any blanks: ``在 校 生`` is 在校生."""
    return _BLANKS.sub("", text)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is read: its cells by heading; `number` counts from 0."""

    number: int
    cells: Mapping[str, Cell]


def headings(grid: Grid, first: int, last: int) -> dict[int, str]:
    """The heading of each column: those of several rows joined by ``/``, merged cells counting in all they cover."""
    names = {}
    taken: dict[str, int] = {}
    covered = _covered(grid, first, last)
    for column in range(max((len(row) for row in grid.rows[first : last + 1]), default=0)):
        parts: list[str] = []
        for row in range(first, last + 1):
            at_row, at_column = covered.get((row, column), (row, column))
            part = tight(text_of(_at(grid, at_row, at_column)) or "")
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        if parts:
            name = JOIN.join(parts)
            taken[name] = taken.get(name, 0) + 1
            names[column] = name if taken[name] == 1 else f"{name}#{taken[name]}"
    return names


def _at(grid: Grid, row: int, column: int) -> Value:
    found = grid.rows[row] if row < len(grid.rows) else ()
    return found[column] if column < len(found) else ""


def _covered(grid: Grid, first: int, last: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Where the value of each merged cell in some rows stands."""
    return {
        (row, column): start
        for start, end in grid.merged
        if start[0] <= last and end[0] >= first
        for row in range(max(start[0], first), min(end[0], last) + 1)
        for column in range(start[1], end[1] + 1)
    }


def lines(grid: Grid, names: Mapping[int, str], last: int, skip: Sequence[str]) -> Iterator[Line | Cell]:
    """The rows below the headings, the cell that says so for each that is passed over: a total, a note, a part's title.

    Blank rows are passed over without a word. A cell merged over several rows says the same in each.
    """
    covered = {
        (row, start[1]): start
        for start, end in grid.merged
        if start[0] > last and end[0] > start[0]
        for row in range(start[0], end[0] + 1)
    }
    across = {start[0]: end[1] - start[1] for start, end in grid.merged if start[0] > last and start[1] == 0}
    wanted = [(column, name) for column, name in names.items()]
    for number in range(last + 1, len(grid.rows)):
        row = grid.rows[number]
        own = [column for column, value in enumerate(row) if not isinstance(value, str) or tight(value)]
        marked = [column for column, _ in wanted if grid.marks.get((number, column)) in ("error", "uncounted")]
        if not own and not marked:
            continue
        said = _cell(grid, number, own[0] if own else marked[0])
        if _is_beside(said.text, own, across.get(number, 0), skip) or _is_repeated(row, names):
            yield said
            continue
        cells = {}
        for column, name in wanted:
            at_row, at_column = covered.get((number, column), (number, column))
            cell = _cell(grid, at_row, at_column)
            if cell.text or cell.mark in ("error", "uncounted"):
                cells[name] = cell
        if cells:
            yield Line(number, cells)


def _cell(grid: Grid, row: int, column: int) -> Cell:
    return Cell(_at(grid, row, column), grid.marks.get((row, column)), row, column, grid.name)


def _is_beside(text: str, own: Sequence[int], across: int, skip: Sequence[str]) -> bool:
    """Whether a row holds no entry: a total, a note below, the title of a part of the table."""
    plain = tight(text)
    if _TOTAL.fullmatch(plain) or any(plain.startswith(tight(each)) for each in skip):
        return True
    if _NOTE.match(plain):
        return len(own) <= _BESIDE
    return len(own) == 1 and across > 0


def _is_repeated(row: Sequence[Value], names: Mapping[int, str]) -> bool:
    """Whether the headings are said again, as on a new page."""
    texts = [(tight(text_of(row[column]) or ""), name) for column, name in names.items() if column < len(row)]
    said = [(text, name) for text, name in texts if text]
    return len(said) > 1 and all(text in name.split(JOIN) for text, name in said)
