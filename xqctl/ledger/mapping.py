"""Knows what a mapping file says: for each table of a workbook, where its headings are and what each column becomes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xqctl.compose.read import Data
from xqctl.findings import Problem
from xqctl.likeness import Names
from xqctl.messages import Message, msg
from xqctl.place import Keys, Route
from xqctl.relations import Scalar, Shape, shape

OWN = "*"
"""In the path of a field: the cell's own text."""
FIXED = "="
"""Begins an id that is the same for every row."""
_HEADING = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a column: the way to its field, a constant, what its texts mean, its unit, what parts several.

    `scalar` is what may stand at the field, `key` what may stand where a name on the way comes from the cell.
    """

    heading: str
    way: tuple[str, ...]
    scalar: Scalar
    value: Data = None
    values: Mapping[str, Data] = field(default_factory=dict)
    unit: str | None = None
    separator: str | None = None
    tally: tuple[str, ...] | None = None
    refs: tuple[str, ...] = ()

    @property
    def is_named_by_cell(self) -> bool:
        """Whether the cell's text is a name on the way, not what stands there."""
        return OWN in self.way


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its sheet, its heading rows (first and last, from 0), the kind its rows become, and its columns."""

    name: str
    sheet: str
    header: tuple[int, int]
    into: str
    id: str
    year: str | None
    file: str | None
    fixed: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    ignore: tuple[str, ...]
    skip: tuple[str, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping read: its tables, and what is wrong with it."""

    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]


def mapping_of(data: Mapping[str, Data], file: str) -> Mapped:
    """Reads a mapping whose shape is right already; a field that is none of the kind's is a problem."""
    tables: list[Table] = []
    problems: list[Problem] = []
    listed = data.get("tables")
    for name, each in listed.items() if isinstance(listed, dict) else ():
        if isinstance(each, dict):
            tables.append(_table(name, each, Route(file, ("tables", name)), problems))
    return Mapped(tuple(tables), tuple(problems))


def _table(name: str, said: dict[str, Data], where: Route, problems: list[Problem]) -> Table:
    into = str(said["into"])
    if into == "statistics" and "year" not in said:
        help_ = msg("add `year`, such as 2023-2024 or {heading}", heading="{学年}")
        problems.append(Problem(where, msg("statistics need a school year"), help_))
    columns, fixed = said.get("columns"), said.get("fixed")
    specs = columns if isinstance(columns, dict) else {}
    at = where.to("columns")
    rules = [
        _rule(into, heading, spec if isinstance(spec, dict) else {"field": spec}, at.to(heading), problems)
        for heading, spec in specs.items()
    ]
    constants = [
        _rule(into, "", {"field": way, "value": value}, where.to("fixed", way), problems)
        for way, value in (fixed.items() if isinstance(fixed, dict) else ())
    ]
    year = said.get("year")
    return Table(
        name,
        str(said.get("sheet", name)),
        _rows(said.get("header", 1)),
        into,
        str(said["id"]),
        None if year is None else str(year),
        str(said["file"]) if "file" in said else None,
        tuple(rule for rule in constants if rule is not None),
        tuple(rule for rule in rules if rule is not None),
        words(said.get("ignore")),
        words(said.get("skip")),
        words(said.get("blank")),
    )


def _rows(said: Data) -> tuple[int, int]:
    first, _, last = str(said).partition("..")
    return int(first) - 1, int(last or first) - 1


def words(value: Data) -> tuple[str, ...]:
    """One text or a list of them."""
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return () if value is None or isinstance(value, bool | dict) else (str(value),)


def _rule(into: str, heading: str, spec: Mapping[str, Data], where: Route, problems: list[Problem]) -> Rule | None:
    way = tuple(str(spec["field"]).split("."))
    found = walked(into, way)
    if isinstance(found, Message):
        problems.append(Problem(where, found, _advice(into, way)))
        return None
    said, keys = found
    if said.scalar is None:
        message = msg("{field} holds fields of its own; name one of them", field=".".join(way))
        names = [*said.fields, *([OWN] if said.values is not None else [])][:8]
        fields = [".".join((*way, name)) for name in names]
        problems.append(Problem(where, message, msg("such as {fields}", fields=fields)))
        return None
    values = spec.get("values")
    tally = spec.get("tally")
    unit = spec.get("unit")
    separator = spec.get("separator")
    return Rule(
        heading,
        way,
        said.scalar,
        spec.get("value"),
        values if isinstance(values, dict) else {},
        None if unit is None else {"平方米": "m2"}.get(str(unit), str(unit)),
        None if separator is None else str(separator),
        None if tally is None else words(tally),
        keys if OWN in way else said.scalar.refs,
    )


def walked(into: str, way: tuple[str, ...]) -> tuple[Shape, tuple[str, ...]] | Message:
    """What may stand at the end of a way into an entry, and which kinds the cell's own text names on it."""
    here: Shape | None = shape(into)
    while here is not None and not here.fields and here.values is not None:
        here = here.values  # from the kind down to one entry
    refs: tuple[str, ...] = ()
    for step in way:
        if here is None:
            break
        if step in here.fields:
            here = here.fields[step]
        elif here.values is not None and (here.fields.keys().isdisjoint({step})):
            if step == OWN and here.key is not None and here.key.scalar is not None:
                refs = here.key.scalar.refs
            here = here.values
        else:
            here = None
    if here is None:
        return msg("{kind} has no field {field}", kind=into, field=".".join(way))
    return here, refs


def _advice(into: str, way: tuple[str, ...]) -> Message | None:
    here = shape(into)
    while not here.fields and here.values is not None:
        here = here.values
    titled = next((name for name, each in here.fields.items() if each.title.zh == way[0]), None)
    near = (titled,) if titled is not None else Names(here.fields).closest(way[0])
    return msg("did you mean {close}", close=near) if near else msg("see xqctl explain {kind}", kind=into)


def headings_in(template: str) -> Iterator[str]:
    """The headings a template names in braces."""
    return (found[1] for found in _HEADING.finditer(template))


def filled(template: str, texts: Mapping[str, str]) -> str:
    """A template with each heading's text; one that has none leaves nothing."""
    return _HEADING.sub(lambda found: texts.get(found[1], ""), template)


__all__ = ["FIXED", "OWN", "Keys", "Mapped", "Rule", "Table", "filled", "headings_in", "mapping_of", "walked", "words"]
