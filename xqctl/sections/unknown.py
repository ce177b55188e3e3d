"""数据缺口
What is not known.

About:
    哪些目标因为缺数据说不清，补上哪一项数据能得出多少条结论；哪些台账还没有登记齐全。

    Which targets cannot be told for want of data, which data would settle how many of them, and which registers are not
    complete.
"""

from collections.abc import Iterator, Sequence

from xqctl.derivation import Wanting, subject, wanting
from xqctl.labels import title_of
from xqctl.messages import msg
from xqctl.page import Block, Cell, Column, Heading, Paragraph, Part, Run, Table, Tone, line
from xqctl.registers import is_complete
from xqctl.sections import State
from xqctl.targets import Verdict

PLACE = 40
_NAMED = 8
_COUNTED = (
    "schools",
    "statistics",
    "zones",
    "groups",
    "alliances",
    "postings",
    "feeders",
    "quotas",
    "resources",
    "bookings",
    "funds",
    "subsidies",
    "requests",
    "tasks",
)
"""The collections that numbers are counted from."""


def part(state: State) -> Part | None:
    """What is unknown, and what would settle it."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    unknown = [verdict for verdict in state.assessment.verdicts if verdict.state == "unknown"]
    lacking = wanting(state.assessment.verdicts)
    if not state.assessment.verdicts:
        yield Paragraph(line(msg("no target is in force: there is no verdict that data could settle")))
    elif not unknown:
        yield Paragraph(line(msg("every verdict can be told from the data")))
    else:
        data = sum(any(verdict.state == "unknown" for verdict in each.verdicts) for each in lacking)
        said = msg(
            "{count} verdicts cannot be told; {data} pieces of data would settle them", count=len(unknown), data=data
        )
        yield Paragraph(line(said))
    if lacking:
        yield _table(state, lacking)
    yield from _registers(state)


def _table(state: State, lacking: Sequence[Wanting]) -> Table:
    """One row says which data would settle how many verdicts, the most first."""
    columns = (
        Column(msg("what is missing")),
        Column(msg("verdicts it concerns"), "number"),
        Column(msg("of them for want of this alone"), "number"),
        Column(msg("targets")),
    )
    rows = tuple((each.said, len(each.verdicts), each.alone, _names(state, each.verdicts)) for each in lacking)
    return Table(columns, rows, state.table("unknown.data"))


def _names(state: State, mine: Sequence[Verdict]) -> Cell:
    """The targets; what is said leads to the account of the first."""
    targets = list(dict.fromkeys(verdict.target.id for verdict in mine))
    names: list[object] = [subject(mine[0])] if len(mine) == 1 else list(targets[:_NAMED])
    if len(targets) > _NAMED:
        names.append(msg("{count} more", count=len(targets) - _NAMED))
    return Run(msg("{names}", names=names), to=state.leads(mine))


def _registers(state: State) -> Iterator[Block]:
    """The collections that hold something and are not said to be complete: nothing in them is counted as if whole."""
    district = state.district
    partial = [kind for kind in _COUNTED if district.kinds.get(kind) and not _is_said(state, kind)]
    if partial:
        yield Heading(msg("Registers that are not complete"), 3)
        yield Paragraph(
            line(msg("what they hold is not counted as if it were all; `district.registers` says which are")),
            Tone.MUTED,
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (msg("{kind}", kind=title_of(kind)), Run(kind, Tone.NAME), len(district.kinds[kind])) for kind in partial
        )
        columns = (Column(msg("register")), Column(msg("kind"), "name"), Column(msg("entries"), "number"))
        yield Table(columns, rows, state.table("unknown.registers"))


def _is_said(state: State, kind: str) -> bool:
    """Whether a collection is said to be complete, were it only for some stages or years."""
    said = state.district.itself.mapping("registers").get(kind)
    return is_complete(state.district, kind) or isinstance(said, dict)
