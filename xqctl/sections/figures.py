"""公布数据
Published figures.

About:
    文件公布过的数字：何时、出自哪里、原话怎么说；与台账或其他依据对不上的，有争议的，凭假定写下的。

    Numbers that documents published: when, where, in which words; which contradict the registers or each other, what is
    disputed, and what was taken for granted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xqctl.comparison.asking import title
from xqctl.derivation import amount, metric_title
from xqctl.district import District, Entry, remarks
from xqctl.findings import Finding
from xqctl.kinds.figures import Figure, figures
from xqctl.messages import Message, Word, msg
from xqctl.metrics import asked_by
from xqctl.page import Block, Cell, Column, Findings, Heading, Paragraph, Part, Quoted, Run, Table, line
from xqctl.place import dotted
from xqctl.sections import State

PLACE = 120
_CONTRADICTIONS = "XQG"
_NOTED = ("XQG005", "XQG006")
"""What is disputed or assumed has tables of its own."""


def part(state: State) -> Part | None:
    """Figures, what contradicts them, what is disputed and assumed."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    found = figures(state.district)
    wrong = tuple(f for f in state.findings if f.code.startswith(_CONTRADICTIONS) and f.code not in _NOTED)
    disputed, assumed = tuple(_disputed(state)), tuple(_assumed(state))
    if not (found or wrong or disputed or assumed):
        return
    told = {"figures": len(found), "wrong": len(wrong), "disputed": len(disputed), "assumed": len(assumed)}
    yield Paragraph(
        line(msg("figures {figures}, contradictions {wrong}, disputed {disputed}, taken for granted {assumed}", **told))
    )
    if wrong:
        yield Heading(msg("Contradictions"), 3)
        yield Findings(tuple(_quoted(state.district, finding) for finding in wrong))
    if disputed:
        yield Heading(msg("Disputed"), 3)
        columns = (
            Column(msg("of"), "name"),
            Column(msg("counted on")),
            Column(msg("another source says")),
            Column(msg("source")),
            Column(msg("where"), "name"),
        )
        yield Table(columns, disputed, state.table("figures.disputed"))
    if assumed:
        yield Heading(msg("Taken for granted"), 3)
        titles = (Column(msg("of"), "name"), Column(msg("what is taken for granted")), Column(msg("where"), "name"))
        yield Table(titles, assumed, state.table("figures.assumed"))
    if found:
        yield Heading(msg("Figures"), 3)
        yield _figures(state, found)


def _quoted(district: District, finding: Finding) -> Quoted:
    return Quoted(finding, district.folder.line(finding.place.file, finding.place.line))


def _figures(state: State, found: Sequence[Figure]) -> Table:
    columns = (
        Column(msg("figure"), "name"),
        Column(msg("what it tells")),
        Column(msg("value"), "number"),
        Column(msg("date"), "date"),
        Column(msg("wording")),
        Column(msg("source")),
        Column(msg("where"), "name"),
    )
    anchors = tuple(state.anchor("figure", figure.entry.id) for figure in found)
    return Table(columns, tuple(_figure(state, figure) for figure in found), state.table("figures.figures"), anchors)


def _figure(state: State, figure: Figure) -> tuple[Cell, ...]:
    entry, question = figure.entry, asked_by(figure)
    said = title(question, metric_title(figure.metric, state.district))
    sources = entry.texts("source")
    day = entry["on"] or entry["since"]
    return (
        entry.id,
        msg("{title}", title=said) if isinstance(said, Word | str) else said,
        replace(amount(figure.value), basis="stated"),
        "" if day is None else str(day),
        entry.text("says") or "",
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(entry.route()),
    )


def _disputed(state: State) -> Iterator[tuple[Cell, ...]]:
    for entry in state.district.declared():
        for keys, around, said in remarks(entry, "disputed"):
            where = state.at(entry.route(*keys, "disputed"))
            if isinstance(said, str):
                yield (_address(entry, *keys), msg("not counted"), said, "", where)
            for field, other in said.items() if isinstance(said, dict) else ():
                if isinstance(other, dict):
                    source = str(other.get("source") or "")
                    held, value = _shown(around.get(field)), _shown(other.get("value"))
                    cited = Run(source, to=state.to_source(source))
                    yield (_address(entry, *keys, field), held, value, cited, where)


def _assumed(state: State) -> Iterator[tuple[Cell, ...]]:
    for entry in state.district.declared():
        for keys, _, said in remarks(entry, "assumed"):
            texts = said if isinstance(said, list) else [said]
            for text in texts:
                yield (_address(entry, *keys), str(text), state.at(entry.route(*keys, "assumed")))


def _address(entry: Entry, *keys: str) -> str:
    return dotted((*entry.keys, *keys))


def _shown(value: object) -> Message | str:
    if value is None:
        return msg("not said")
    return "、".join(map(str, value)) if isinstance(value, list | dict) else str(value)
