"""Knows tables: titled columns, cells, and numbers with what they are made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from xqctl.messages import Message
from xqctl.page.words import Run, Tone, Words

Where = tuple[int, Words]
"""Which rows of a table count: those whose cell in that column reads so, wherever sorting has put them."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """The number in column `of` of the same row divided by that in column `by`, `times` a whole number (per 100)."""

    of: int
    by: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """The number in column `of` of the same row less that in column `less`."""

    of: int
    less: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The 差异系数 S ÷ X of column `of` over column `by` of the table named `table`, weighted by `by`.

    X = Σ of ÷ Σ by, S = √(Σ by · (of/by - X)² ÷ Σ by); unweighted X is the mean of the quotients and all weigh alike
    (`sample`: 1 ÷ (k - 1) in S). Rows without both numbers, or with nothing to divide by, are left out.
    """

    table: str
    of: int
    by: int
    weighted: bool = True
    where: Where | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of column `of` of the table named `table`, over the rows that hold a number there."""

    table: str
    of: int
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of column `of` of the table named `table`, over the rows that hold a number there (综合差异系数)."""

    table: str
    of: int
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Overall:
    """The sum of column `of` of the table named `table` divided by that of column `by`, `times` a whole number.

    What all have over all, never a mean of means; rows without both numbers are left out.
    """

    table: str
    of: int
    by: int
    times: int = 1
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of the table named `table` read `reads` in column `of`; with `is_share`, of all its rows."""

    table: str
    of: int
    reads: Words
    is_share: bool = False


Formula = Quotient | Difference | Spread | Total | Mean | Overall | Tally
"""How a number follows from other cells; a workbook computes it from them, other formats show the number.

A column of numbers that a formula reads holds amounts or counts, each with its exact value; what is not known there
has none.
"""

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
