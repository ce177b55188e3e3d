"""Knows how a district's own things are shown on a day: what a kind holds, what a thing says, which units it is in."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xqctl.commands._fields import Field, fields, labelled
from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.kinds.units import UNIT_KINDS, Unit, units
from xqctl.messages import Lang, listed, msg
from xqctl.network import units_of
from xqctl.page import Block, Cell, Column, Facts, Heading, Paragraph, Run, Table, Tone, line
from xqctl.schema import KINDS, PARTY_KINDS

_ASIDE = frozenset(("name", "members", "since", "until", "source", "note", "assumed", "disputed"))
_MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Holding:
    """One declared thing of a district, looked at on the district's day."""

    district: District
    entry: Entry

    @property
    def is_there(self) -> bool:
        """Whether it lives on that day."""
        return self.entry.life.contains(self.district.as_of)

    @property
    def unit(self) -> Unit | None:
        """The same as a unit, where it is one."""
        return units(self.district).get(self.entry.id) if self.entry.kind in UNIT_KINDS else None

    def says(self, name: str) -> Data:
        """What a field says on that day."""
        return self.entry.on(name, self.district.as_of)


def held(district: District, kind: str) -> tuple[Holding, ...]:
    """Everything of a kind that is declared, in the order of the files."""
    return tuple(Holding(district, entry) for entry in district.declared(kind))


def called(district: District, name: str) -> tuple[Holding, ...]:
    """Everything that bears this id, or this name, in any kind; a campus is found by ``school/campus``."""
    found = [entry for kind in KINDS for entry in district.declared(kind) if name in (entry.id, entry.name)]
    if not found and "/" in name and (owner := district.party(name)) is not None:
        found = [owner]
    return tuple(Holding(district, entry) for entry in found)


def ids(district: District) -> set[str]:
    """Every id that is declared."""
    return {entry.id for entry in district.declared()}


def kind_blocks(kind: str, holdings: Sequence[Holding], lang: Lang) -> Iterator[Block]:
    """A table of what a kind holds on the day, and how many there are of each form."""
    there = [holding for holding in holdings if holding.is_there]
    if not there:
        yield Paragraph(line(msg("nothing of this kind that day")), Tone.MUTED)
    elif kind in UNIT_KINDS:
        yield _units_table(there, kind, lang)
        forms = Counter(str(holding.says("form") or "") for holding in there)
        counts = [f"{_labelled(kind, 'form', form, lang) or '—'} {forms[form]}" for form in sorted(forms)]
        told = msg("{n} in all: {counts}", n=len(there), counts=counts)
        yield Paragraph(line(told if any(forms) else msg("{n} in all", n=len(there))))
    else:
        yield _table(there, kind, lang)
        yield Paragraph(line(msg("{n} in all", n=len(there))))
    if len(there) < len(holdings):
        yield Paragraph(line(msg("{n} more on other days", n=len(holdings) - len(there))), Tone.MUTED)


def _units_table(there: Sequence[Holding], kind: str, lang: Lang) -> Table:
    titles = (msg("form"), msg("lead"), msg("members"), msg("since"))
    columns = (Column(msg("name"), "name"), *(Column(title) for title in titles))
    return Table(columns, tuple(_unit_row(holding, kind, lang) for holding in there))


def _unit_row(holding: Holding, kind: str, lang: Lang) -> tuple[Cell, ...]:
    unit, day = holding.unit, holding.district.as_of
    members = unit.members_on(day) if unit else ()
    others = [member.party for member in members if member.role != "lead"]
    leads = [member.party for member in members if member.role == "lead"]
    form = _labelled(kind, "form", str(holding.says("form") or ""), lang)
    return (holding.entry.id, form, listed(leads, lang), listed(others, lang), str(holding.says("since") or ""))


def _table(there: Sequence[Holding], kind: str, lang: Lang) -> Table:
    """The fields that are used most of all, in the schema's order."""
    known = [f for f in fields(kind, lang) if "." not in f.path and f.path not in _ASIDE]
    used = Counter(f.path for f in known for holding in there if holding.says(f.path) is not None)
    most = {path for path, _ in used.most_common(_MOST_COLUMNS)}
    chosen = [f for f in known if f.path in most]
    columns = (Column(msg("name"), "name"), *(Column(f.title or f.path) for f in chosen))
    return Table(columns, tuple((h.entry.id, *(_value(h.says(f.path), f, lang) for f in chosen)) for h in there))


def thing_blocks(holding: Holding, lang: Lang) -> Iterator[Block]:
    """What is said of a thing on the day, its members, and every unit it is in."""
    entry, place = holding.entry, holding.district.folder.span(holding.entry.route())
    yield Heading(f"{entry.kind}.{entry.id}", 2)
    known = {f.path: f for f in fields(entry.kind, lang) if "." not in f.path}
    names = [name for name in known if name != "members" and holding.says(name) is not None]
    rows = [(_title(known[name]), line(_value(holding.says(name), known[name], lang))) for name in names]
    yield Facts(((msg("declared at"), line(Run(f"{place.file}:{place.line}", Tone.NAME))), *rows))
    if holding.unit is not None:
        yield _members_table(holding, lang)
    if entry.kind in PARTY_KINDS:
        yield from _memberships(holding, lang)


def _members_table(holding: Holding, lang: Lang) -> Table:
    unit = holding.unit
    members = unit.members_on(holding.district.as_of) if unit else ()
    columns = (Column(msg("member"), "name"), Column(msg("role")), Column(msg("called")))
    kind = holding.entry.kind
    return Table(columns, tuple((m.party, _labelled(kind, "members.*.role", m.role, lang), m.title) for m in members))


def _memberships(holding: Holding, lang: Lang) -> Iterator[Block]:
    found = units_of(holding.district, holding.entry.id, holding.district.as_of)
    yield Heading(msg("Units it is in"), 3)
    if not found:
        yield Paragraph(line(msg("none that day")), Tone.MUTED)
        return
    titles = (msg("kind"), msg("form"), msg("as"), msg("role"))
    rows = []
    for unit, member in found:
        form = _labelled(unit.kind, "form", unit.form(holding.district.as_of) or "", lang)
        role = _labelled(unit.kind, "members.*.role", member.role, lang)
        rows.append((unit.id, unit.kind, form, member.party, role))
    yield Table((Column(msg("unit"), "name"), *(Column(title) for title in titles)), tuple(rows))


def _title(field: Field) -> str:
    return f"{field.path} {field.title}".strip()


def _labelled(kind: str, path: str, word: str, lang: Lang) -> str:
    """A word of the schema with its label: ``merged 一体化``."""
    field = next((f for f in fields(kind, lang) if f.path == path), None)
    return labelled(word, dict(field.values).get(word, "") if field else "", lang)


def _value(value: Data, field: Field, lang: Lang) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict():
            return listed([f"{key}: {_value(inner, field, lang)}" for key, inner in value.items()], lang)
        case list():
            return listed([_value(inner, field, lang) for inner in value], lang)
        case str():
            return labelled(value, dict(field.values).get(value, ""), lang)
        case _:
            return str(value)


def spelled_holding(holding: Holding) -> Mapping[str, object]:
    """One element of `holds[]` or `things[]`."""
    entry, day = holding.entry, holding.district.as_of
    place = holding.district.folder.span(entry.route())
    unit = holding.unit
    frame = {
        "district": holding.district.root,
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.name,
        "as_of": day.isoformat(),
        "path": entry.address,
        "file": place.file,
        "line": place.line,
        "disputed": entry.is_disputed,
        "fields": {f: holding.says(f) for f in entry.data if f != "members" and holding.says(f) is not None},
    }
    return frame if unit is None else {**frame, **_spelled_unit(unit, holding)}


def _spelled_unit(unit: Unit, holding: Holding) -> Mapping[str, object]:
    day = holding.district.as_of
    members = unit.members_on(day)
    return {
        "form": unit.form(day),
        "within": unit.within,
        "leads": [member.party for member in members if member.role == "lead"],
        "members": [{"party": member.party, "role": member.role, "title": member.title} for member in members],
    }


def spelled_units(holding: Holding) -> list[Mapping[str, object]]:
    """The units a party is in on the day: `units[]` of a thing."""
    if holding.entry.kind not in PARTY_KINDS:
        return []
    day = holding.district.as_of
    return [
        {"unit": unit.id, "kind": unit.kind, "form": unit.form(day), "as": member.party, "role": member.role}
        for unit, member in units_of(holding.district, holding.entry.id, day)
    ]
