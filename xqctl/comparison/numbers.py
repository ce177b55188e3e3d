"""Knows the numbers districts are compared by: coverage, what their figures and targets ask, per school and pupil."""

from collections.abc import Iterator, Sequence

from xqctl.comparison.asking import ask, disputes, key, over, plain, pupils, title_of
from xqctl.comparison.values import Row, Said, Value, words
from xqctl.district import District
from xqctl.kinds.figures import figures
from xqctl.measuring import Question
from xqctl.messages import Word, msg
from xqctl.metrics import asked_by, catalogue
from xqctl.schema import KINDS, schema
from xqctl.targets import targets

COVERAGE = "coverage"
METRICS = "metrics"
_COVERAGE = ("zone_share", "group_share", "alliance_share", "pairing_ratio", "zones_with_quality_school")
_STRUCTURE = ("zones", "groups", "alliances", "pairs")
_MONEY = ("committed", "available", "funding_gap", "funding_coverage", "approval_ratio")


def coverage(districts: Sequence[District], names: Sequence[str]) -> Iterator[Row]:
    """How many schools and pupils there are, how many schools are in units, and which registers are complete."""
    yield _row(COVERAGE, districts, names, Question("schools"), is_kept=True)
    yield Row(COVERAGE, "pupils", msg("pupils"), tuple(map(pupils, districts)), "count", is_kept=True)
    asked = _asked(districts)
    for metric in _COVERAGE:
        yield _row(COVERAGE, districts, names, Question(metric), is_kept=True)
        for question in asked:
            if question.metric == metric and question != plain(Question(metric)):
                yield _row(COVERAGE, districts, names, question)
    yield Row(COVERAGE, "registers", msg("complete registers"), tuple(map(_registers, districts)), is_kept=True)


def metrics(districts: Sequence[District], names: Sequence[str]) -> Iterator[Row]:
    """Every other number that a figure or a target of one of them asks for, then counts over schools and pupils."""
    for question in _asked(districts):
        if question.metric not in (*_COVERAGE, *_MONEY) and not _is_structure(question):
            yield _row(METRICS, districts, names, question)
    many, people = [ask(district, Question("schools")) for district in districts], [*map(pupils, districts)]
    for metric in (*_STRUCTURE, "resources_offered"):
        values = [ask(district, Question(metric)) for district in districts]
        if any(value.number for value in values):
            yield from normalised(METRICS, metric, title_of(Question(metric)), values, many, people)


def normalised(
    section: str, id_: str, title: Said, values: Sequence[Value], schools: Sequence[Value], people: Sequence[Value]
) -> Iterator[Row]:
    """An amount over schools, and over a thousand pupils; nothing where neither is known of any district."""
    a_school = tuple(over(value, many) for value, many in zip(values, schools, strict=True))
    a_thousand = tuple(over(value, many, 1000) for value, many in zip(values, people, strict=True))
    unit = "money" if any(value.measured_in == "money" for value in values) else "index"
    for kind, told, said in (
        ("per_school", msg("{title} per school", title=title), a_school),
        ("per_thousand_pupils", msg("{title} per thousand pupils", title=title), a_thousand),
    ):
        if any(value.is_said for value in said):
            yield Row(section, f"{id_}.{kind}", told, said, unit)


def _row(
    section: str, districts: Sequence[District], names: Sequence[str], question: Question, *, is_kept: bool = False
) -> Row:
    asked = plain(question)
    values = tuple(ask(district, asked) for district in districts)
    notes = [note for district, name in zip(districts, names, strict=True) for note in disputes(district, name, asked)]
    unit = next((value.measured_in for value in values if value.measured_in), "count")
    return Row(section, key(asked), title_of(asked, districts), values, unit, tuple(notes), is_kept=is_kept)


def _asked(districts: Sequence[District]) -> tuple[Question, ...]:
    """What figures and targets ask, each once: built-in metrics in their order, then the districts' own."""
    found: dict[Question, None] = {}
    for district in districts:
        asked = [
            asked_by(figure) for figure in figures(district) if district.declares(figure.metric, "metrics") is None
        ]
        own = [asked_by(figure) for figure in figures(district) if district.declares(figure.metric, "metrics")]
        promised = [target.question for target in targets(district, district.as_of) if target.question.metric]
        found.update(dict.fromkeys(map(plain, (*asked, *promised, *own))))
    order = {id_: place for place, id_ in enumerate(sorted(catalogue()))}
    return tuple(sorted(found, key=lambda question: (order.get(question.metric, len(order)), key(question))))


def _is_structure(question: Question) -> bool:
    """Whether the section on structure shows it already: how many units, of which form."""
    if question.metric == "schools":
        return question == plain(Question("schools"))
    form = question.among is None or (question.among.startswith('form == "') and question.among.count('"') == 2)
    return question.metric in _STRUCTURE and form and question.stage is None and question.each is None


def _registers(district: District) -> Value:
    said = district.itself.mapping("registers")
    return words(_title(kind) for kind in said if said[kind] == "complete")


def _title(kind: str) -> Said:
    """What a collection is called; one that is no kind (乡镇) by its field."""
    if kind not in KINDS:
        return kind
    return Word(schema(kind)["title"], schema(kind)["x-title-en"])
