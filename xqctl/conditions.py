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

KIND_OF = {
    "district": "district",
    "zone": "zones",
    "group": "groups",
    "alliance": "alliances",
    "pair": "alliances",
    "school": "schools",
    "branch": "groups",
}
"""The kind whose fields a condition on each sort of thing sees; a branch is seen with its group as `unit`."""

_COUNTS = {"zones": "zone", "groups": "group", "alliances": "alliance", "pairs": "pair"}


@cache
def sees(each: str) -> Record:
    """What a condition on a sort of thing may name: its fields, and `school`, `unit` or `member` beside them."""
    own = fields_of(KIND_OF.get(each, "schools"))
    around: dict[str, Type] = {}
    if each in ("school", "branch", "student", "teacher"):
        around["school"] = fields_of("schools")
    if KIND_OF.get(each) in UNIT_KINDS:
        around["unit"] = own
    if each == "branch":
        around["member"] = record(
            {"role": Scalar.TEXT, "title": Scalar.TEXT, "legal": Scalar.TEXT, "party": Scalar.TEXT}
        )
    return own.also(**around)


@cache
def condition(text: str, each: str) -> Compiled | tuple[ExpressionError, ...]:
    """A condition on a sort of thing, compiled; errors where it does not compile."""
    return compile_expression(text, sees(each), Scalar.TRUTH)


def counted_by(metric: str | None) -> str:
    """The sort of things a metric counts, which its `among` is about: units where it counts units, else schools."""
    return _COUNTS.get(metric or "", "school")


def passes(text: str | None, each: str, variables: Mapping[str, object]) -> bool | EvaluationError:
    """Whether a thing passes: no condition lets everything pass, one that does not compile (a finding) nothing."""
    if text is None:
        return True
    compiled = condition(text, each)
    return holds(compiled, variables) if isinstance(compiled, Compiled) else False


def variables(entry: Entry, day: date, **around: Mapping[str, object]) -> dict[str, object]:
    """An entry as an expression sees it on a day: dated values resolved, its id beside its fields."""
    return {**{name: entry.on(name, day) for name in entry.data}, "id": entry.id, **around}


@cache
def sees_inside(each: str) -> Record:
    """What a metric's own formula sees: the thing measured, and in it `schools`, `pairs`, `postings` … as lists."""
    inside: dict[str, Type] = {"schools": ListOf(_school()), "units": ListOf(fields_of("groups"))}
    inside["postings"] = ListOf(fields_of("postings"))
    inside["members"] = ListOf(record({"party": Scalar.TEXT, "role": Scalar.TEXT}))
    return fields_of(KIND_OF.get(each, "schools")).also(**inside)


def _school() -> Record:
    """A school in a formula also has the numbers of its latest statistics."""
    numbers = fields_of("statistics")
    return fields_of("schools").also(**dict(numbers.fields))
