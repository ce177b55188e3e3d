"""依据文件
Documents.

About:
    这份报告所依据的文件，各有多可信，哪些目标、公布数据、规则等出自它；没有写明依据的有多少。

    The documents this report rests on, how sure each is, and what is taken from it; and how much names no document.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from xqctl.annotations import annotated
from xqctl.derivation import confidence
from xqctl.district import District, Entry, kept
from xqctl.labels import title_of
from xqctl.messages import msg
from xqctl.page import Block, Cell, Column, Fold, Heading, Paragraph, Part, Run, Table, Tone, line
from xqctl.schema import KINDS
from xqctl.sections import State

PLACE = 140
_SURE = {"official": Tone.GOOD, "secondary": Tone.WARN, "unverified": Tone.BAD}
_ASIDE = ("sources", "districts", "statistics", "postings", "schools", "organisations")
_MOST = 300


def part(state: State) -> Part | None:
    """The documents, and what rests on each."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    cited = _cited(state.district)
    declared = {entry.id: entry for entry in state.district.all("sources")}
    names = list(dict.fromkeys((*declared, *cited)))
    adopted = {t.standard.id: t.standard for t in state.assessment.targets if t.standard is not None}.values()
    if not names and not adopted:
        return
    unsure = sum(entry.text("confidence") not in (None, "official") for entry in declared.values())
    silent = _silent(state)
    told = {"documents": len(declared), "unsure": unsure, "silent": sum(silent.values())}
    yield Paragraph(
        line(msg("documents {documents}, not official {unsure}; entries that name no document {silent}", **told))
    )
    columns = (
        Column(msg("document"), "name"),
        Column(msg("title of the document")),
        Column(msg("issuer")),
        Column(msg("number of the document")),
        Column(msg("date"), "date"),
        Column(msg("how sure")),
        Column(msg("what rests on it"), "number"),
        Column(msg("where"), "name"),
    )
    rows = tuple(
        _row(name, declared.get(name), len(cited.get(name, ())), _where(state, declared.get(name))) for name in names
    )
    anchors = tuple(state.source(name) for name in names)
    if rows:
        yield Table(columns, rows, state.table("sources.documents"), anchors)
    if adopted:
        yield Heading(msg("Standards adopted"), 3)
        made = tuple(
            _row(s.id, s.document, sum(t.standard is s for t in state.assessment.targets), "") for s in adopted
        )
        led = tuple("" if s.id in names else state.source(s.id) for s in adopted)
        yield Table(columns, made, state.table("sources.standards"), led)
    yield from _resting(state, cited)
    if silent:
        titles = (Column(msg("kind")), Column(msg("entries that name no document"), "number"))
        counted = tuple((msg("{kind}", kind=title_of(kind)), count) for kind, count in silent.items())
        said = msg("entries that name no document: {count}", count=sum(silent.values()))
        yield Fold(line(said), (Table(titles, counted, state.table("sources.silent")),))


def _where(state: State, entry: Entry | None) -> str:
    return "" if entry is None else state.at(entry.route())


def _row(name: str, entry: Entry | None, many: int, where: str) -> tuple[Cell, ...]:
    if entry is None:
        return (name, Run(msg("not declared under `sources`"), Tone.WARN), "", "", "", "", many, "")
    sure = entry.text("confidence")
    day = entry["date"]
    return (
        name,
        entry.text("title") or entry.name,
        msg("{names}", names=entry.texts("issuer")),
        entry.text("number") or "",
        "" if day is None else str(day),
        Run(confidence(sure), _SURE.get(sure or "", Tone.PLAIN))
        if sure is not None
        else Run(msg("not said"), Tone.MUTED),
        many,
        where,
    )


def _resting(state: State, cited: Mapping[str, tuple[tuple[str, str], ...]]) -> Iterator[Block]:
    """What is taken from each document, thing by thing."""
    rows: list[tuple[Cell, ...]] = [
        (Run(name, Tone.NAME, state.to_source(name)), address, clause)
        for name, uses in cited.items()
        for address, clause in uses
    ]
    if rows:
        columns = (Column(msg("document"), "name"), Column(msg("what rests on it"), "name"), Column(msg("clause")))
        said = msg("what rests on which document: {count}", count=len(rows))
        blocks: list[Block] = [Table(columns, tuple(rows[:_MOST]), state.table("sources.uses"))]
        if len(rows) > _MOST:
            blocks.append(Paragraph(line(Run(msg("{count} more", count=len(rows) - _MOST), Tone.MUTED))))
        yield Fold(line(said), tuple(blocks))


def _reader(said: Mapping[str, object]) -> bool | None:
    """Whether a value is a reference to a document."""
    kinds = said.get("x-ref")
    return True if kinds in ("sources", ["sources"]) else None


@kept
def _cited(district: District) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By document: what names it, and which clause."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in district.declared():
        for each in annotated(entry, _reader) if entry.sound else ():
            if each.part == "value":
                name, _, clause = each.value.partition("#")
                found.setdefault(name, []).append((entry.address, clause))
    return {name: tuple(uses) for name, uses in found.items()}


def _silent(state: State) -> dict[str, int]:
    """How many entries of each kind name no document."""
    found = Counter(
        entry.kind
        for kind in KINDS
        if kind not in _ASIDE
        for entry in state.district.declared(kind)
        if entry["source"] is None
    )
    return dict(found)
