"""Knows how to propose a mapping from a workbook's headings: what bureaus call things, our own titles, likeness."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xqctl.compose.read import Data
from xqctl.edit.patches import written
from xqctl.ledger.layout import JOIN, Cell, headings, lines, tight
from xqctl.ledger.mapping import walked
from xqctl.ledger.synonyms import (
    EVERYWHERE,
    HEADINGS,
    HINTS,
    LEAD,
    LEFT_OUT,
    MEMBER,
    NAME,
    STAGES,
    TALLY,
    WORDS,
)
from xqctl.likeness import Names
from xqctl.messages import Lang, Message, say
from xqctl.relations import Scalar, Shape, shape
from xqctl.tabular import Grid, text_of

_TOP = 15
_LIKELY = 2
_LOOKED_AT = 2000
_ENOUGH = 3
"""A heading of fewer characters is like too many others."""
_UNIT = re.compile(r"[（(](?:单位[:：])?(亿元|万元|元|平方米|㎡|m2|m²|%|％|人|台|册|个|间|名|班|周)[)）]")
_SCHOOL_YEAR = re.compile(r"([12][0-9]{3})[-—–~～至]([12][0-9]{3})学?年")
_DASH = "—"
_ENDINGS = frozenset(("校", "学校", "部", "类", "段", "学段"))


@dataclass(frozen=True, slots=True)
class _Guess:
    """A sheet's headings, the kind they speak for, and what each column is taken for (None: left out)."""

    grid: Grid
    header: tuple[int, int]
    kind: str
    names: Mapping[int, str]
    fields: Mapping[str, str | None]
    score: int


def guessed(grids: Sequence[Grid]) -> dict[str, Data]:
    """A mapping for a workbook, as data; no tables where nothing is known again."""
    tables: dict[str, Data] = {}
    for grid in grids:
        best = None if grid.is_hidden else _best(grid)
        if best is not None:
            tables[tight(grid.name)] = _table(best)
    return {"tables": tables}


def spelled_mapping(data: dict[str, Data], head: Sequence[Message | str], lang: Lang) -> str:
    """A mapping as the text of a file."""
    return written(data, [f"# {say(each, lang)}" for each in head]).decode()


def _best(grid: Grid) -> _Guess | None:
    """The heading rows and the kind that most columns are known by."""
    title = tight(grid.name + "".join(text_of(value) or "" for row in grid.rows[:2] for value in row[:3]))
    hinted = next((kind for kind, words in HINTS.items() if any(word in title for word in words)), None)
    found: list[_Guess] = []
    for first in range(min(_TOP, len(grid.rows))):
        last = _last(grid, first)
        names = headings(grid, first, last)
        if len(names) < _LIKELY:
            continue
        for kind in HEADINGS:
            fields = {name: _field(kind, name) for name in names.values()}
            known = {field for field in fields.values() if field is not None}
            ends = {LEAD, MEMBER} <= known or {"from", "to"} <= known
            if len(known) >= _LIKELY and (NAME in known or ends):
                score = 2 * len(known) + (3 if kind == hinted else 0)
                found.append(_Guess(grid, (first, last), kind, names, fields, score))
    return max(found, key=lambda each: each.score, default=None)


def _last(grid: Grid, first: int) -> int:
    """The last row of headings that begin in a row: what is merged says how far they reach."""
    mine = [(start, end) for start, end in grid.merged if start[0] == first]
    deepest = max((end[0] for _, end in mine), default=first)
    if deepest == first and any(end[1] > start[1] > 0 for start, end in mine):
        deepest = first + 1
    return min(deepest, first + 3)


def _field(kind: str, heading: str) -> str | None:
    """The field a heading speaks of, None where nobody knows."""
    plain = _UNIT.sub("", heading.partition("#")[0])
    own = HEADINGS[kind]
    for name in (plain, plain.strip("*＊：:")):
        if name in own:
            return own[name]
        if name in LEFT_OUT:
            return None
        if name in EVERYWHERE:
            return EVERYWHERE[name]
    if kind == "statistics":
        staged = _staged(plain)
        if staged is not None:
            return staged
    titles = _titles(kind)
    if plain in titles:
        return titles[plain]
    parts = plain.split(JOIN)
    if len(parts) > 1:
        return next((found for part in reversed(parts) if (found := _known(kind, part)) is not None), None)
    near = Names([*own, *titles]).closest(plain, 1)
    if not near or len(plain) < _ENOUGH or abs(len(near[0]) - len(plain)) > 1:
        return None
    found = own.get(near[0], titles.get(near[0]))
    return None if found == NAME or (found or "").endswith(TALLY) else found


def _known(kind: str, name: str) -> str | None:
    return HEADINGS[kind].get(name, _titles(kind).get(name))


def _staged(heading: str) -> str | None:
    """A heading that names a stage and a number of it: ``在校生/小学``, ``小学在校生数``."""
    parts = heading.split(JOIN)
    for place, part in enumerate(parts):
        if part in STAGES:
            rest = [each for number, each in enumerate(parts) if number != place]
            field = next((found for each in reversed(rest) if (found := _known("statistics", each)) is not None), None)
            return f"{STAGES[part]}.{field}" if field is not None else None
    for word, stage in STAGES.items():
        if heading.startswith(word) and (found := _known("statistics", heading.removeprefix(word))) is not None:
            return f"{stage}.{found}"
    for part in parts:
        if part in ("合计", "小计", "总计", "计"):
            rest = [each for each in parts if each != part]
            return next((found for each in reversed(rest) if (found := _known("statistics", each)) is not None), None)
    return None


def _titles(kind: str) -> dict[str, str]:
    """Our own titles of plain fields."""
    return {each.title.zh: name for name, each in _entry(kind).fields.items() if each.scalar is not None}


def _entry(kind: str) -> Shape:
    here = shape(kind)
    while not here.fields and here.values is not None:
        here = here.values
    return here


def _table(guess: _Guess) -> dict[str, Data]:
    columns: dict[str, Data] = {}
    left: list[Data] = []
    used: set[str] = set()
    for heading in guess.names.values():
        field = guess.fields[heading]
        if field is None or field == NAME or (field in used and not field.startswith("members")):
            if field != NAME:
                left.append(heading)
            continue
        used.add(field)
        columns[heading] = _column(guess, heading, field)
    first, last = guess.header
    found: dict[str, Data] = {} if tight(guess.grid.name) == guess.grid.name else {"sheet": guess.grid.name}
    found |= {"header": first + 1 if first == last else f"{first + 1}..{last + 1}", "into": guess.kind}
    found |= _ids(guess)
    if guess.kind == "alliances" and "form" not in used:
        found["fixed"] = {"form": "pair"}
    if guess.kind == "postings" and not used & {"mode"}:
        found["fixed"] = {"mode": "support"}
    found["columns"] = columns
    return found | ({"ignore": left} if left else {})


def _ids(guess: _Guess) -> dict[str, Data]:
    by_field = {field: heading for heading, field in reversed(list(guess.fields.items())) if field is not None}
    if guess.kind == "statistics":
        year = _year(guess)
        return {"id": by_field[NAME], **({"year": year} if year is not None else {})}
    if NAME in by_field:
        return {"id": by_field[NAME]}
    if LEAD in by_field:
        return {"id": f"{{{by_field[LEAD]}}}{_DASH}{{{by_field[MEMBER]}}}"}
    ends = f"{{{by_field['from']}}}{_DASH}{{{by_field['to']}}}"
    return {"id": f"{{{by_field['year']}}}{ends}" if "year" in by_field else ends}


def _year(guess: _Guess) -> str | None:
    """The school year of a table: a column of it, or what its title says."""
    column = next((name for name in guess.names.values() if name in ("学年", "学年度", "年度")), None)
    if column is not None:
        return f"{{{column}}}"
    rows = guess.grid.rows[: guess.header[0]]
    above = " ".join([guess.grid.name, *(text_of(value) or "" for row in rows for value in row)])
    found = _SCHOOL_YEAR.search(tight(above))
    return None if found is None else f"{found[1]}-{found[2]}"


def _column(guess: _Guess, heading: str, field: str) -> Data:
    if field in (LEAD, MEMBER):
        way, _, role = field.partition("=")
        return {"field": way, "value": role}
    if field.endswith(TALLY):
        plain = field.removesuffix(TALLY)
        return {"field": plain, "tally": True if plain == "count" else ["是", "√"]}
    found = walked(guess.kind, tuple(field.split(".")))
    scalar = None if isinstance(found, Message) else found[0].scalar
    spec: dict[str, Data] = {"field": field}
    if scalar is not None:
        unit = _unit(heading, scalar)
        if unit is not None:
            spec["unit"] = unit
        values = dict(_values(guess, heading, field, scalar))
        if values:
            spec["values"] = values
    return field if len(spec) == 1 else spec


def _unit(heading: str, scalar: Scalar) -> str | None:
    found = _UNIT.search(heading)
    unit = {"㎡": "m2", "m²": "m2", "平方米": "m2", "％": "%"}.get(found[1], found[1]) if found is not None else None
    if scalar.quantity == "area":
        return unit or "m2"
    if scalar.quantity in ("money", "percent", "count"):
        return unit
    return None


def _is_short_for(said: str, name: str) -> bool:
    """Whether a text is a name cut short, or with an ending that adds nothing; what only holds it may deny it."""
    return bool(said) and (name.startswith(said) or (said.startswith(name) and said.removeprefix(name) in _ENDINGS))


def _values(guess: _Guess, heading: str, field: str, scalar: Scalar) -> Iterator[tuple[str, Data]]:
    """What the texts of a column mean that are no words of ours, as far as anybody knows."""
    if not scalar.words:
        return
    called = {tight(each.zh): word for word, each in scalar.words}
    name = field.rpartition(".")[2]
    known = WORDS.get({"stage": "stages"}.get(name, name), {})
    seen: set[str] = set()
    for number, each in enumerate(lines(guess.grid, guess.names, guess.header[1], ())):
        cell = None if isinstance(each, Cell) else each.cells.get(heading)
        if number >= _LOOKED_AT:
            return
        if cell is None or cell.text in seen:
            continue
        seen.add(cell.text)
        plain = tight(cell.text)
        if plain in called or plain in called.values():
            continue
        near = next((name for name in called if _is_short_for(plain, name)), None)
        value = known.get(plain) or (called[near] if near else None)
        if value is not None:
            several: list[Data] = [*value.split()]
            yield cell.text, value if len(several) == 1 else several
