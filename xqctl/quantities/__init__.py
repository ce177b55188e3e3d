"""Percent, money, areas, ranges, partial dates, intervals, school years: exact.

`numbers` knows units, `ratios` shares and comparison, `dates` days, `dated` values that change with time. Full-width
digits are not read here: a text rule reports them.
"""

from xqctl.quantities.dated import Step, at, is_dated, on, steps
from xqctl.quantities.dates import (
    Interval,
    PartialDate,
    SchoolYear,
    first_day,
    interval,
    last_day,
    looks_like_date,
    parse_date,
    parse_school_year,
    school_year,
)
from xqctl.quantities.numbers import EXACT, Quantity, Unit, number, parse, plain, show, total
from xqctl.quantities.ratios import (
    Published,
    Ratio,
    Value,
    at_least,
    at_most,
    between,
    denominators,
    equals,
    machine,
    numerators,
    percent,
    published,
    ratio,
    root,
    rounded,
)

__all__ = [
    "EXACT",
    "Interval",
    "PartialDate",
    "Published",
    "Quantity",
    "Ratio",
    "SchoolYear",
    "Step",
    "Unit",
    "Value",
    "at",
    "at_least",
    "at_most",
    "between",
    "denominators",
    "equals",
    "first_day",
    "interval",
    "is_dated",
    "last_day",
    "looks_like_date",
    "machine",
    "number",
    "numerators",
    "on",
    "parse",
    "parse_date",
    "parse_school_year",
    "percent",
    "plain",
    "published",
    "ratio",
    "root",
    "rounded",
    "school_year",
    "show",
    "steps",
    "total",
]
