"""Knows how reports are put together: a head, an overview of several districts, the parts of each, and the JSON."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xqctl import __version__
from xqctl import page as p
from xqctl.answer import spelled
from xqctl.derivation import spelled_measurement, spelled_money, spelled_places, spelled_verdict
from xqctl.messages import Lang, msg, say
from xqctl.quantities import plain
from xqctl.render import shown
from xqctl.sections import State, parts
from xqctl.standards import standards


@dataclass(frozen=True, slots=True)
class Subject:
    """One district of a report: what is known of it, and what it was read from (an element of `inputs[]`)."""

    state: State
    given: Mapping[str, object]

    @property
    def operand(self) -> str:
        """The operand it was found at."""
        return str(self.given["operand"])


def report_blocks(subject: Subject, only: Collection[str]) -> tuple[p.Block, ...]:
    """The head of the report on one district, and its parts; what would lead nowhere leads nowhere."""
    return (*head(subject), *parts(subject.state, only))


def head(subject: Subject) -> Iterator[p.Block]:
    """What the report is about, what it was made from and with."""
    district = subject.state.district
    title = msg("{district}: report of {day}", district=district.name, day=district.as_of)
    yield p.Heading(title, anchor=f"{subject.state.prefix}report")
    adopted = [name for name in district.itself.mapping("adopts") if name in standards()]
    rows: list[tuple[p.Words, p.Line]] = [
        (msg("district"), p.line(msg("{name}, {root}", name=district.name, root=subject.operand))),
        (msg("as of"), p.line(district.as_of.isoformat())),
        (msg("standards"), p.line(msg("{names}", names=adopted) if adopted else msg("none adopted"))),
        (msg("tool"), p.line(f"xqctl {__version__}")),
        (msg("hash of the inputs"), p.line(p.Run(str(subject.given["tree"]), p.Tone.MUTED))),
    ]
    yield p.Facts(tuple(rows))


def tool_facts() -> p.Facts:
    """What the reports on several districts were made with."""
    return p.Facts(((msg("tool"), p.line(f"xqctl {__version__}")),))


def spelled_sections(blocks: Iterable[p.Block], roots: Mapping[str, str], lang: Lang) -> list[dict[str, object]]:
    """The elements of `sections[]`: every part with its tables; `roots` are the districts by their anchors' prefix."""
    return [
        {
            "district": next((root for prefix, root in roots.items() if _is_of(part, prefix)), None),
            "id": part.name,
            "title": say(part.title, lang),
            "tables": list(_spelled_tables(part, lang)),
        }
        for part in blocks
        if isinstance(part, p.Part)
    ]


def _is_of(part: p.Part, prefix: str) -> bool:
    return part.name.startswith(prefix) and part.name != "overview"


def _spelled_tables(part: p.Part, lang: Lang) -> Iterator[dict[str, object]]:
    for number, (title, table) in enumerate(_tables(part.blocks)):
        yield _spelled_table(table.name or f"{part.name}.{number}", title, table, lang)


def _tables(blocks: Iterable[p.Block], title: p.Words = "") -> Iterator[tuple[p.Words, p.Table]]:
    """Every table with what it stands under."""
    for block in blocks:
        match block:
            case p.Heading(words=words):
                title = words
            case p.Table():
                yield title, block
            case p.Chart(title=words, table=table):
                yield words, table
            case p.Fold(summary=summary, blocks=inner):
                yield from _tables(inner, summary[0].words)
            case p.Part(title=words, blocks=inner):
                yield from _tables(inner, words)


def _spelled_table(name: str, title: p.Words, table: p.Table, lang: Lang) -> dict[str, object]:
    return {
        "id": name,
        "title": say(title, lang) or None,
        "columns": [
            {"title": say(column.title, lang), "kind": column.kind, "beside": column.beside} for column in table.columns
        ],
        "rows": [[_spelled_cell(cell, lang) for cell in row] for row in table.rows],
    }


def _spelled_cell(cell: p.Cell, lang: Lang) -> dict[str, object]:
    told: dict[str, object] = {"shown": shown(cell, lang)}
    match cell:
        case p.Amount():
            told |= {
                "value": _number(cell.value),
                "measure": cell.measure,
                "numerator": _number(cell.numerator),
                "denominator": _number(cell.denominator),
                "basis": cell.basis or None,
            }
        case int():
            told |= {"value": str(cell), "measure": "count", "numerator": None, "denominator": None, "basis": None}
    return told


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def spelled_numbers(states: Sequence[State], lang: Lang) -> dict[str, object]:
    """The parts of the JSON that other verbs have too: findings, verdicts, metrics, money, evaluations."""
    found: dict[str, list[object]] = {"findings": [], "verdicts": [], "metrics": [], "money": [], "evaluations": []}
    for state in states:
        root, verdicts = state.district.root, state.assessment.verdicts
        measured = {
            (each.question, each.thing.each, each.thing.id): each
            for verdict in verdicts
            if (each := verdict.measurement) is not None
        }
        found["findings"] += [spelled(finding, lang) for finding in state.findings]
        found["verdicts"] += [spelled_verdict(verdict, root, lang) for verdict in verdicts]
        found["metrics"] += [spelled_measurement(each, root, lang) for each in measured.values()]
        found["money"] += [{"district": root, **row} for each in state.assessment.years for row in spelled_money(each)]
        found["evaluations"] += spelled_places(state.district)
    return dict(found)
