"""Knows tables: titled columns, cells, and numbers with what they are made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from xqctl.messages import Message
from xqctl.page.words import Run, Tone, Words


@dataclass(frozen=True, slots=True)
class Quotient:
    """The number in column `of` of the same row divided by that in column `by`."""

    of: int
    by: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The 差异系数 S ÷ X of column `of` over column `by` of the table named `table`, weighted by `by`.

    X = Σ of ÷ Σ by, S = √(Σ by · (of/by - X)² ÷ Σ by); unweighted X is the mean of the quotients and all weigh alike.
    """

    table: str
    of: int
    by: int
    weighted: bool = True


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of column `of` of the table named `table`, over the rows that hold a number there."""

    table: str
    of: int


Formula = Quotient | Spread | Total
"""How a number follows from other cells; a workbook computes it from them, other formats show the number."""

Measure = Literal["count", "ratio", "points", "index", "money", "area", "number"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: as people read it, and exactly; a share is a fraction of 1, money is in 元, an area in m2.

    `value` is None where it is a range or not known; `basis` is what it rests on (counted, stated, none).
    """

    shown: Words
    value: Decimal | None = None
    measure: Measure = "count"
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    basis: str = ""
    formula: Formula | None = None
    tone: Tone = Tone.PLAIN
    to: str = ""


Kind = Literal["text", "name", "number", "date"]
Cell = str | Message | Run | Amount | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, and what sort of values stand in it.

    A `beside` column holds the parts of a number in another one: workbooks and programs have it, pages for reading
    leave it out.
    """

    title: Words
    kind: Kind = "text"
    beside: bool = False

    @property
    def is_right_aligned(self) -> bool:
        """Numbers stand right, everything else left."""
        return self.kind == "number"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under titled columns.

    `name` tells it from the page's other tables, for programs and formulas; `anchors` are what lead to its rows, one a
    row, empty for none.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    anchors: tuple[str, ...] = ()
