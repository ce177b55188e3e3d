"""Knows what each of a district's expressions sees: a thing's own fields, and the things around and inside it."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from xqctl.district import Entry
from xqctl.expressions import (
    Compiled,
    EvaluationError,
    ExpressionError,
    ListOf,
    Record,
    Scalar,
    Type,
    compile_expression,
    fields_of,
    holds,
    record,
)
from xqctl.kinds.units import UNIT_KINDS
from xqctl.schema import schema

KIND_OF = {
    "district": "district",
    "zone": "zones",
    "group": "groups",
    "alliance": "alliances",
    "pair": "alliances",
    "school": "schools",
    "branch": "groups",
    "posting": "postings",
    "resource": "resources",
    "booking": "bookings",
    "task": "tasks",
    "subsidy": "subsidies",
    "request": "requests",
}
"""The kind whose fields a condition on each sort of thing sees; a branch is seen with its group as `unit`."""

INSIDE = ("zones", "groups", "alliances", "postings", "resources", "tasks")
"""The kinds a formula sees as lists under their own name, beside `schools`, `pairs` and `members`."""

_UNSAID: Mapping[str, Mapping[str, object]] = {
    "schools": {"status": "open"},
    "postings": {"count": 1, "role": "teacher"},
    "bookings": {"state": "requested"},
    "subsidies": {"per": "year"},
}
"""What fields mean that are left out."""

_PLACES = {"count": 0, "money": 2, "area": 2}
"""Decimal places of the smallest unit a formula sees each sort of number in: one, 分, 平方分米."""


@cache
def sees(each: str) -> Record:
    """What a condition on a sort of thing may name: its fields, and `school`, `unit` or `member` beside them.

    A posting has the schools it goes from and to beside it, as `sender` and `receiver`; a district has also the fields
    it is given where a city names it, such as `circle`.
    """
    own = fields_of(KIND_OF.get(each, "schools"))
    around: dict[str, Type] = {}
    if each in ("school", "branch", "student", "teacher"):
        around["school"] = fields_of("schools")
    if each == "district":
        around.update((name, kind) for name, kind in fields_of("districts").fields if own.get(name) is None)
    if each == "posting":
        around.update(sender=fields_of("schools"), receiver=fields_of("schools"))
    if KIND_OF.get(each) in UNIT_KINDS:
        around["unit"] = own
    if each == "resource":
        around["resource"] = own
    if each == "branch":
        around["member"] = record(
            {"role": Scalar.TEXT, "title": Scalar.TEXT, "legal": Scalar.TEXT, "party": Scalar.TEXT}
        )
    return own.also(**around)


@cache
def condition(text: str, each: str) -> Compiled | tuple[ExpressionError, ...]:
    """A condition on a sort of thing, compiled; errors where it does not compile."""
    return compile_expression(text, sees(each), Scalar.TRUTH)


def passes(text: str | None, each: str, variables: Mapping[str, object]) -> bool | EvaluationError:
    """Whether a thing passes: no condition lets everything pass, one that does not compile (a finding) nothing."""
    if text is None:
        return True
    compiled = condition(text, each)
    return holds(compiled, variables) if isinstance(compiled, Compiled) else False


def variables(entry: Entry, day: date, **around: Mapping[str, object]) -> dict[str, object]:
    """An entry as an expression sees it on a day: dated values resolved, its id beside its fields.

    What is left out and means something so (a school is open, a posting is one teacher) is filled in.
    """
    said = {name: entry.on(name, day) for name in entry.data}
    return {**_UNSAID.get(entry.kind, {}), **said, "id": entry.id, **around}


@cache
def sees_inside(each: str) -> Record:
    """What a metric's own formula sees: the thing measured, and in it `schools`, `pairs`, `postings` … as lists.

    A school has its numbers of the school year beside its fields: people and things as they are, money in 分, areas in
    平方分米 (so that `sum` stays exact). `members` are those of a unit.
    """
    inside: dict[str, Type] = {kind: ListOf(fields_of(kind)) for kind in INSIDE}
    inside["pairs"] = ListOf(fields_of("alliances"))
    inside["schools"] = ListOf(_school())
    inside["members"] = ListOf(record({"party": Scalar.TEXT, "role": Scalar.TEXT}))
    return sees(each).also(**inside)


@cache
def places(name: str) -> int | None:
    """How many decimal places a number of the statistics has in a formula's smallest unit; None for anything else."""
    ref = schema("statistics")["$defs"].get(name, {}).get("$ref", "")
    quantity = schema("common")["$defs"].get(ref.rpartition("/")[2], {}).get("x-quantity")
    return _PLACES.get(quantity)


def _school() -> Record:
    """A school in a formula also has its statistics of the school year."""
    own, numbers = fields_of("schools"), fields_of("statistics").fields
    beside = {name: kind if places(name) is None else Scalar.WHOLE for name, kind in numbers if own.get(name) is None}
    return own.also(**beside)
