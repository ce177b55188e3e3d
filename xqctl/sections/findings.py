"""文件中的问题
What is wrong in the files.

About:
    xqctl validate 找出的全部问题，各在哪个文件哪一行、怎么改；容忍的写明理由。

    All that `xqctl validate` finds, each with file and line and what to do about it; what is tolerated with its reason.
"""

from collections import Counter
from collections.abc import Iterator

from xqctl.findings import Finding
from xqctl.messages import msg
from xqctl.page import (
    SEVERITIES,
    Block,
    Column,
    Findings,
    Fold,
    Paragraph,
    Part,
    Quoted,
    Run,
    Table,
    Tone,
    line,
)
from xqctl.rules import is_doubt
from xqctl.sections import State

PLACE = 130
_MOST = 200


def part(state: State) -> Part | None:
    """Everything `validate` has to say."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    open_ = [finding for finding in state.findings if finding.suppressed is None]
    tolerated = [finding for finding in state.findings if finding.suppressed is not None]
    if not open_:
        yield Paragraph(line(Run(msg("nothing is wrong in the files"), Tone.GOOD)))
    else:
        counts = Counter(finding.severity for finding in open_)
        runs = [
            part
            for severity, said in SEVERITIES.items()
            if counts[severity]
            for part in (said, Run(msg(" {count}  ", count=counts[severity])))
        ]
        yield Paragraph(tuple(runs))
        ordered = sorted(open_, key=lambda finding: (not is_doubt(finding), finding.severity.rank))
        yield Findings(tuple(_quoted(state, finding) for finding in ordered[:_MOST]))
        if len(ordered) > _MOST:
            more = msg("{count} more: xqctl validate {path}", count=len(ordered) - _MOST, path=state.district.root)
            yield Paragraph(line(more))
    if tolerated:
        columns = (
            Column(msg("code"), "name"),
            Column(msg("what is wrong")),
            Column(msg("reason")),
            Column(msg("where"), "name"),
        )
        rows = tuple(
            (f.code, f.message, f.suppressed.told if f.suppressed else "", _place(state, f)) for f in tolerated
        )
        said = msg("tolerated: {count}", count=len(tolerated))
        yield Fold(line(said), (Table(columns, rows, state.table("findings.tolerated")),))


def _quoted(state: State, finding: Finding) -> Quoted:
    return Quoted(finding, state.district.folder.line(finding.place.file, finding.place.line))


def _place(state: State, finding: Finding) -> str:
    return f"{finding.place.file.removeprefix(state.district.root + '/')}:{finding.place.line}"
