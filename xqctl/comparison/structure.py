"""Knows how a district's units compare: how many of each kind and form, what they are called, who is in them."""

from collections.abc import Iterator, Sequence

from xqctl.comparison.asking import ask, disputes, metric_title
from xqctl.comparison.lexicon import local_word
from xqctl.comparison.values import UNKNOWN, Row, Said, Value, words
from xqctl.district import District
from xqctl.kinds.figures import figures
from xqctl.kinds.units import UNIT_KINDS, Unit, open_units
from xqctl.labels import label
from xqctl.measuring import Question
from xqctl.messages import Message, Word, msg
from xqctl.metrics import asked_by
from xqctl.network import counted
from xqctl.quantities import Quantity, number, show, total
from xqctl.quantities import Unit as Measure
from xqctl.registers import is_complete
from xqctl.schema import schema
from xqctl.sizes import declared_role, unlisted

SECTION = "structure"
PLURALS = {kind: Word(schema(kind)["title"], schema(kind)["x-title-en"]) for kind in UNIT_KINDS}
ROLES = ("lead", "deputy", "member", "branch", "supporter")


def rows(districts: Sequence[District], names: Sequence[str]) -> Iterator[Row]:
    """For each kind of unit: how many, of which forms, called what, bound how, with which members."""
    for kind in UNIT_KINDS:
        yield _count(districts, names, Question(kind), kind, metric_title(kind))
        if kind == "alliances":
            yield _count(districts, names, Question("pairs"), "pairs", metric_title("pairs"))
        forms = _forms(districts, kind)
        for form in (form for form in forms if form != "pair"):
            question = Question(kind, among=f'form == "{form}"')
            title = msg("{kind} of form {form}", kind=metric_title(kind), form=label(f"{kind}.form", form))
            yield _count(districts, names, question, f"{kind}.{form}", title)
        for kept in (*forms, None):
            yield _members(districts, kind, kept)
        yield from _bonds(districts, kind)


def _count(districts: Sequence[District], names: Sequence[str], question: Question, id_: str, title: Said) -> Row:
    notes = [
        note for district, name in zip(districts, names, strict=True) for note in disputes(district, name, question)
    ]
    values = tuple(_number(district, question) for district in districts)
    return Row(SECTION, id_, title, values, "count", tuple(notes), is_kept=True)


def _number(district: District, question: Question) -> Value:
    """How many there are; where nobody says, how many a figure says that the one entry standing for all of them is."""
    value = ask(district, question)
    if value.number is not None or question.among is None:
        return value
    of = {
        asked.of
        for figure in figures(district)
        if (asked := asked_by(figure)).metric == question.metric and asked.among == question.among and asked.of
    }
    if len(of) != 1:
        return value
    (one,) = of
    return ask(district, Question(question.metric, of=one, among=question.among))


def _forms(districts: Sequence[District], kind: str) -> tuple[str, ...]:
    """The forms that one of them has units of, in the order of the schema."""
    here = {unit.form(district.as_of) for district in districts for unit in open_units(district, district.as_of, kind)}
    labels = schema(kind)["$defs"].get("form", {}).get("x-labels", {})
    return tuple(form for form in labels if form in here)


def _units(district: District, kind: str, form: str | None) -> tuple[Unit, ...]:
    day = district.as_of
    return tuple(unit for unit in counted(district, day, kind) if unit.form(day) == form)


def _members(districts: Sequence[District], kind: str, form: str | None) -> Row:
    """The members by role, all units of a form together."""
    title: Said = msg("members of {kind}", kind=PLURALS[kind])
    if form is not None:
        title = msg("members of {kind} ({form})", kind=PLURALS[kind], form=label(f"{kind}.form", form))
    values = tuple(_roles(district, kind, _units(district, kind, form)) for district in districts)
    has_units = any(_units(district, kind, form) for district in districts)
    return Row(SECTION, f"{kind}.members.{form or 'none'}", title, values, is_kept=has_units)


def _roles(district: District, kind: str, units: Sequence[Unit]) -> Value:
    """Each role with how many have it: counted where all are listed, stated where some unit declares them instead."""
    if not units:
        return Value()
    told: list[Said] = []
    for role in (*ROLES, "all"):
        found = [_role(district, unit, role) for unit in units]
        known = [each for each in found if each is not None]
        if known and any(each.high for each in known):
            name = msg("in all") if role == "all" else label("unit.role", role)
            told.append(msg("{role} {count}", role=name, count=show(total(known, Measure.COUNT))))
    if not told:
        return UNKNOWN
    if not is_complete(district, kind):
        told = [msg("of {count} listed: {members}", count=len(units), members=told)]
    declared = any(unlisted(district, unit, district.as_of) is not None for unit in units)
    sources = tuple(dict.fromkeys(source for unit in units for source in unit.entry.texts("source")))
    return Value(tuple(told), basis="stated" if declared else "counted", sources=sources if declared else ())


def _role(district: District, unit: Unit, role: str) -> Quantity | None:
    """How many of a role a unit has: as it declares, else as it lists."""
    day = district.as_of
    if role == "all":
        return unit.declared("all")
    if unit.declared("all") is not None:
        return None
    listed = sum(member.role == role for member in unit.members_on(day))
    return declared_role(unit, role, day) or number(listed)


def _bonds(districts: Sequence[District], kind: str) -> Iterator[Row]:
    """What units of a kind are called, and how firmly they are bound, wherever one of them says so."""
    plural = PLURALS[kind]
    yield _told(districts, kind, "called", msg("local word for {kind}", kind=plural), None)
    yield _told(districts, kind, "legal", msg("legal persons of {kind}", kind=plural), "common.legal")
    if kind == "zones":
        yield _told(districts, kind, "tightness", msg("tightness of {kind}", kind=plural), "unit.tightness")
    yield _told(districts, kind, "unifies", msg("unified in {kind}", kind=plural), "unit.unified")
    terms = tuple(_terms(district, kind) for district in districts)
    yield Row(
        SECTION,
        f"{kind}.agreement",
        msg("terms of {kind}", kind=plural),
        terms,
        is_kept=any(value.is_said for value in terms),
    )


def _terms(district: District, kind: str) -> Value:
    """For how many years units are agreed or contracted, as their documents say."""
    found: dict[Said, None] = {}
    sources: dict[str, None] = {}
    for unit in open_units(district, district.as_of, kind):
        for name in ("agreement", "contract"):
            terms = unit.entry.mapping(name)
            if terms.get("years") is not None:
                found[msg("{years} years", years=str(terms["years"]))] = None
                sources.update(dict.fromkeys(unit.entry.texts("source")))
    return Value(tuple(found), basis="stated" if found else None, sources=tuple(sources))


def _told(districts: Sequence[District], kind: str, field: str, title: Message, owner: str | None) -> Row:
    values = tuple(_words(district, kind, field, owner) for district in districts)
    return Row(SECTION, f"{kind}.{field}", title, values, is_kept=any(value.is_said for value in values))


def _words(district: District, kind: str, field: str, owner: str | None) -> Value:
    units = open_units(district, district.as_of, kind)
    if owner is None:
        return words(word for unit in units if (word := local_word(unit)) is not None)
    return words(labelled(district, units, field, owner))


def labelled(district: District, units: Sequence[Unit], field: str, owner: str) -> tuple[Said, ...]:
    """What units say in a field, by label; where some say nothing, that too."""
    found: dict[Said, None] = {}
    silent = False
    for unit in units:
        said = unit.entry.on(field, district.as_of)
        told = [word for word in (said if isinstance(said, list) else [said]) if isinstance(word, str)]
        silent |= not told
        found.update((label(owner, word), None) for word in told)
    return (*found, msg("others do not say")) if found and silent else tuple(found)
