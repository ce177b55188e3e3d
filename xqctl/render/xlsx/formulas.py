"""Knows how a number follows from other cells, as a formula that Excel, WPS and LibreOffice compute alike.

Only functions of 2007 and before stand in them, none has to be entered as an array, and ranges are whole columns of a
table, so that sorting and filtering change nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import fsum, sqrt
from operator import mul

from xqctl import page as p
from xqctl.messages import Lang, say
from xqctl.render import shown
from xqctl.render.xlsx.items import Grid
from xqctl.render.xlsx.layout import Book, Spot
from xqctl.render.xlsx.text import clean, units

NOTHING = "—"
"""What a formula shows where it has nothing to compute."""
_CRITERION = set('<>=*?~"')
"""Characters that mean something in a criterion of COUNTIF."""
_LONGEST_TEXT = 255
"""Characters of a text in a formula."""
_DIGITS = 15
_CLOSE = Fraction(1, 10**10)

_Tables = Mapping[str, tuple[Spot, Grid]]


@dataclass(frozen=True, slots=True)
class Here:
    """The cell that is to hold a formula: where, and the row of the table it is in."""

    spot: Spot
    row: tuple[p.Cell, ...]
    table: p.Table
    is_sum: bool


def live(amount: p.Amount, here: Here, book: Book, lang: Lang) -> str | None:
    """The formula of an amount; None where it has none, or where its cells would not give its value.

    What is not known stays a text, unless it is the parts of a quotient that are lacking: with them it would be known.
    """
    formula = amount.formula
    if formula is None and amount.value is not None:
        formula = book.accounts.get((amount.to, amount.value))
    if formula is None:
        return _division(amount)
    found = _Formulas(here, book.tables, lang)
    value = found.value(formula)
    if amount.value is None:
        return found.text(formula) if isinstance(formula, p.Quotient | p.Difference) and value is None else None
    return found.text(formula) if value is not None and _is_close(value, amount.value) else None


def _division(amount: p.Amount) -> str | None:
    """A share whose parts stand in no cells, as the division it is."""
    top, below = amount.numerator, amount.denominator
    if amount.value is None or top is None or not below or not _is_close(Fraction(top) / Fraction(below), amount.value):
        return None
    parts = f"{top:f}", f"{below:f}"
    return None if any(len(part) > _DIGITS for part in parts) else f"={parts[0]}/{parts[1]}"


def _is_close(value: Fraction, exact: Decimal) -> bool:
    return abs(value - Fraction(exact)) <= abs(Fraction(exact)) * _CLOSE


def a1(row: int, column: int, fixed: str = "") -> str:
    """A cell's name: row and column from 0."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{fixed}{letters}{fixed}{row + 1}"


def quoted(sheet: str) -> str:
    """A sheet's name in a formula or a link."""
    return "'" + sheet.replace("'", "''") + "'"


def bare_columns(book: Book) -> frozenset[tuple[str, int]]:
    """The columns that formulas multiply row by row: text would break them, so there are numbers in them or nothing."""
    grids = (placed.item for sheet in book.sheets for placed in sheet.placed if isinstance(placed.item, Grid))
    cells = (cell for grid in grids for row in grid.table.rows for cell in row if isinstance(cell, p.Amount))
    rowwise = (cell.formula for cell in cells if isinstance(cell.formula, p.Spread | p.Overall))
    return frozenset((formula.table, column) for formula in rowwise for column in (formula.of, formula.by))


@dataclass(frozen=True, slots=True)
class _Formulas:
    here: Here
    tables: _Tables
    lang: Lang

    def value(self, formula: p.Formula) -> Fraction | None:
        """What the formula will give, exact up to a root's 50 digits; None where it gives no number."""
        match formula:
            case p.Quotient(of=of, by=by, times=times):
                top, bottom = self._own(of), self._own(by)
                return times * top / bottom if top is not None and bottom else None
            case p.Difference(of=of, less=less):
                top, bottom = self._own(of), self._own(less)
                return top - bottom if top is not None and bottom is not None else None
            case p.Tally(table=table, of=of, reads=reads, is_share=is_share):
                cells = self._cells(table, of)
                count = sum(self._reads(cell, reads) for cell in cells)
                return Fraction(count, len(cells) if is_share else 1) if cells else None
            case p.Total(table=table, of=of):
                found = [each for (each,) in self._numbers(formula, of)]
                return sum(found, Fraction(0)) if self._cells(table, of) else None
            case p.Mean(of=of):
                found = [each for (each,) in self._numbers(formula, of)]
                return sum(found, Fraction(0)) / len(found) if found else None
            case p.Overall(of=of, by=by, times=times):
                pairs = self._numbers(formula, of, by)
                below = sum((pair[1] for pair in pairs), Fraction(0))
                return times * sum((pair[0] for pair in pairs), Fraction(0)) / below if below else None
            case p.Spread(of=of, by=by):
                return _spread([(top, below) for top, below in self._numbers(formula, of, by) if below > 0], formula)

    def _own(self, column: int) -> Fraction | None:
        return number(self.here.row[column])

    def _cells(self, table: str, column: int) -> tuple[p.Cell, ...]:
        if table not in self.tables or (table == self.here.table.name and not self.here.is_sum):
            return ()
        grid = self.tables[table][1]
        return tuple(row[column] for row in grid.table.rows[: grid.body])

    def _reads(self, cell: p.Cell, words: p.Words) -> bool:
        return clean(shown(cell, self.lang)).casefold() == clean(say(words, self.lang)).casefold()

    def _numbers(self, formula: p.Spread | p.Total | p.Mean | p.Overall, *columns: int) -> list[tuple[Fraction, ...]]:
        """The numbers of the rows that count and hold one in each of the columns."""
        where = formula.where
        counts = (
            None if where is None else [self._reads(cell, where[1]) for cell in self._cells(formula.table, where[0])]
        )
        rows = zip(*(self._cells(formula.table, column) for column in columns), strict=True)
        found: list[tuple[Fraction, ...]] = []
        for place, cells in enumerate(rows):
            numbers = [each for each in map(number, cells) if each is not None]
            if len(numbers) == len(columns) and (counts is None or counts[place]):
                found.append(tuple(numbers))
        return found

    def text(self, formula: p.Formula) -> str | None:
        """The formula as it stands in the cell; None where it cannot be written."""
        match formula:
            case p.Quotient(of=of, by=by, times=times):
                top, below = self._cell(of), self._cell(by)
                over = f"{top}/{below}" if times == 1 else f"{top}*{times}/{below}"
                return f'=IF(COUNT({top},{below})=2,IF({below}=0,"{NOTHING}",{over}),"{NOTHING}")'
            case p.Difference(of=of, less=less):
                top, below = self._cell(of), self._cell(less)
                return f'=IF(COUNT({top},{below})=2,{top}-{below},"{NOTHING}")'
            case p.Tally():
                return self._tally(formula)
        mask = self._mask(formula.where, formula.table)
        return None if mask is None else self._over_rows(formula, mask)

    def _over_rows(self, formula: p.Spread | p.Total | p.Mean | p.Overall, mask: str) -> str:
        of = self._range(formula.table, formula.of)
        match formula:
            case p.Total():
                return f"=SUMPRODUCT({mask},{of})" if mask else f"=SUM({of})"
            case p.Mean() if mask:
                return f'=IFERROR(SUMPRODUCT({mask},{of})/SUMPRODUCT({mask},--ISNUMBER({of})),"{NOTHING}")'
            case p.Mean():
                return f'=IFERROR(AVERAGE({of}),"{NOTHING}")'
            case p.Overall(by=by):
                below = self._range(formula.table, by)
                return f'=IFERROR({self._overall(formula, of, below, mask)},"{NOTHING}")'
            case p.Spread(by=by):
                below = self._range(formula.table, by)
                return f'=IFERROR({self._spread(formula, of, below, mask)},"{NOTHING}")'

    def _overall(self, formula: p.Overall, of: str, by: str, mask: str) -> str:
        factor = "" if formula.times == 1 else f"*{formula.times}"
        if not mask and self._is_full(formula):
            return f"SUM({of}){factor}/SUM({by})"
        mask = f"{mask or '1'}*ISNUMBER({of})*ISNUMBER({by})"
        return f"SUMPRODUCT({mask}*{of}){factor}/SUMPRODUCT({mask}*{by})"

    def _spread(self, formula: p.Spread, of: str, by: str, mask: str) -> str:
        """S ÷ X; where every row has both numbers and counts, as short as on paper."""
        if not mask and self._is_full(formula):
            quotient, below, weight, count = f"{of}/{by}", "", f"{by}*", f"SUM({by})"
            mean = f"SUM({of})/SUM({by})"
            if not formula.weighted:
                weight, count = "", f"ROWS({of})"
                mean = f"SUMPRODUCT({quotient})/{count}"
        else:
            mask = f"{mask or '1'}*ISNUMBER({of})*ISNUMBER({by})*({by}>0)"
            quotient, below = f"{of}/({by}+({by}=0))", f"{mask}*"
            weight, count = f"{by}*", f"SUMPRODUCT({mask}*{by})"
            mean = f"SUMPRODUCT({mask}*{of})/{count}"
            if not formula.weighted:
                weight, count = "", f"SUMPRODUCT({mask})"
                mean = f"SUMPRODUCT({mask}*{quotient})/{count}"
        over = f"({count}-1)" if formula.sample else count
        return f"SQRT(SUMPRODUCT({below}{weight}({quotient}-{mean})^2)/{over})/({mean})"

    def _is_full(self, formula: p.Spread | p.Overall) -> bool:
        pairs = zip(self._cells(formula.table, formula.of), self._cells(formula.table, formula.by), strict=True)
        return all(number(top) is not None and (number(below) or 0) > 0 for top, below in pairs)

    def _tally(self, formula: p.Tally) -> str | None:
        name = self._range(formula.table, formula.of)
        reads = _quoted(clean(say(formula.reads, self.lang)))
        if reads is None:
            return None
        is_plain = not _CRITERION & set(reads[1:-1])
        count = f"COUNTIF({name},{reads})" if is_plain else f"SUMPRODUCT(--({name}={reads}))"
        return f"={count}/ROWS({name})" if formula.is_share else f"={count}"

    def _mask(self, where: p.Where | None, table: str) -> str | None:
        """Which rows count, as ones and zeros; empty for all of them, None where a formula cannot say it."""
        if where is None:
            return ""
        words = _quoted(clean(say(where[1], self.lang)))
        return None if words is None else f"--({self._range(table, where[0])}={words})"

    def _cell(self, column: int) -> str:
        return a1(self.here.spot.row, column)

    def _range(self, table: str, column: int) -> str:
        spot, grid = self.tables[table]
        sheet = "" if spot.sheet == self.here.spot.sheet else f"{quoted(spot.sheet)}!"
        first, last = a1(spot.row, column, "$"), a1(spot.row + grid.body - 1, column, "$")
        return f"{sheet}{first}:{last}"


def number(cell: p.Cell) -> Fraction | None:
    """The number that a cell holds."""
    match cell:
        case p.Amount(value=value):
            return None if value is None else Fraction(value)
        case int():
            return Fraction(cell)
        case _:
            return None


def _quoted(text: str) -> str | None:
    return None if units(text) > _LONGEST_TEXT else '"' + text.replace('"', '""') + '"'


def _spread(pairs: list[tuple[Fraction, Fraction]], formula: p.Spread) -> Fraction | None:
    """S ÷ X in machine numbers: near enough to tell whether the cells give it."""
    weights = [float(below) if formula.weighted else 1.0 for _, below in pairs]
    values = [float(top / below) for top, below in pairs]
    every = fsum(weights)
    over = every - 1 if formula.sample else every
    mean = fsum(map(mul, weights, values)) / every if every else 0.0
    if over <= 0 or not mean:
        return None
    square = fsum(weight * (value - mean) ** 2 for weight, value in zip(weights, values, strict=True)) / over
    return Fraction(sqrt(square) / mean)
