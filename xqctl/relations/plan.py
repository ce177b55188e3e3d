"""Knows which tables a kind has: one for its entries, one for each mapping in them, keyed by all names on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from xqctl.messages import Word
from xqctl.relations.shapes import Scalar, Shape, shape

FILE, REST, DISTRICT = "_file", "_rest", "_district"
"""Columns about a row: its file, what fits no column (as JSON), and whose it is where there are several districts."""

STEP = "*"
"""On the way to a table's rows: a name that stands in one of its key columns."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key column; `may_lack` where a row may stand above it, as one that does not change by date does."""

    name: str
    title: Word
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of values: the way to it below the row, empty for the row's own plain value."""

    name: str
    title: Word
    way: tuple[str, ...]
    scalar: Scalar


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A table: `way` leads to its rows, `levels` are the shapes a row may have, by how many keys lead to it.

    `children` are the tables of mappings in a row, by the way to them.
    """

    name: str
    title: Word
    way: tuple[str, ...]
    keys: tuple[Key, ...]
    levels: tuple[Shape, ...]
    cells: Mapping[str, Cell]
    children: Mapping[tuple[str, ...], "Plan"]

    @property
    def is_of_entries(self) -> bool:
        """Whether its rows are whole entries, so that they remember their file."""
        return "." not in self.name


@cache
def plan(kind: str) -> Plan:
    """The table of a kind's entries, with all tables below it."""
    whole = shape(kind)
    if whole.values is None:  # one alone: the district
        return _plan(kind, whole.title, (), (), (whole,))
    return _below(kind, whole.title, (), (), whole, whole.title)


def entry_shape(kind: str) -> Shape:
    """The shape of one entry of a kind."""
    return plan(kind).levels[-1]


@cache
def plans(kind: str) -> tuple[Plan, ...]:
    """All tables of a kind, those above first."""
    return tuple(_all(plan(kind)))


def _all(one: Plan) -> Iterator[Plan]:
    yield one
    for child in one.children.values():
        yield from _all(child)


def _below(name: str, title: Word, way: tuple[str, ...], keys: tuple[Key, ...], outer: Shape, called: Word) -> Plan:
    """The table of what stands under names in `outer`; mappings of mappings are one table with more keys."""
    levels: list[Shape] = []
    steps: list[str] = []
    mine = list(keys)
    while outer.values is not None:
        inner = outer.values
        may_lack = bool(levels) and (levels[-1].scalar is not None or bool(levels[-1].fields))
        mine.append(_key(outer, name, mine, inner, called, may_lack=may_lack))
        steps.append(STEP)
        levels.append(inner)
        outer = inner
    return _plan(name, title, (*way, *steps), tuple(mine), tuple(levels))


def _key(outer: Shape, table: str, known: list[Key], inner: Shape, called: Word, *, may_lack: bool) -> Key:
    """A key's column, called after its definition, else after the table; never like a field or another key."""
    named = outer.key.name if outer.key is not None else ""
    last = table.rpartition(".")[2]
    name = named or ("id" if not known else f"{last}_id")
    taken = {key.name for key in known} | set(inner.fields)
    while name in taken:
        name = f"{name}_key" if name.endswith("_id") or name == named else f"{last}_id"
    title = outer.key.title if outer.key is not None else called
    return Key(name, title, may_lack)


def _plan(name: str, title: Word, way: tuple[str, ...], keys: tuple[Key, ...], levels: tuple[Shape, ...]) -> Plan:
    cells: dict[str, Cell] = {}
    children: dict[tuple[str, ...], Plan] = {}
    for level in levels:
        if level.scalar is not None:
            own = level.own
            field = level.fields.get(own)
            cells.setdefault(own, Cell(own, (field or level).title, (), level.scalar))
        for each in _cells(level, (), ()):
            if each.name not in cells or cells[each.name].way:
                cells.setdefault(each.name, each)
        for inner, titles, held in _mappings(level, (), ()):
            if inner not in children:
                child = f"{name}.{'.'.join(inner)}"
                called = _joined((title, *titles))
                children[inner] = _below(child, called, (*way, *inner), keys, held, titles[-1])
    return Plan(name, title, way, keys, levels, cells, children)


def _cells(level: Shape, way: tuple[str, ...], titles: tuple[Word, ...]) -> Iterator[Cell]:
    for name, each in level.fields.items():
        here, called = (*way, name), (*titles, each.title)
        if each.scalar is not None:
            yield Cell(".".join(here), _joined(called), here, each.scalar)
        yield from _cells(each, here, called)


def _mappings(
    level: Shape, way: tuple[str, ...], titles: tuple[Word, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[Word, ...], Shape]]:
    for name, each in level.fields.items():
        here, called = (*way, name), (*titles, each.title)
        if each.values is not None:
            yield here, called, each
        yield from _mappings(each, here, called)


def _joined(titles: tuple[Word, ...]) -> Word:
    return Word("·".join(each.zh for each in titles), " · ".join(each.en for each in titles))
