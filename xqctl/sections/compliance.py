"""达标情况
Compliance.

About:
    逐份文件、逐条目标写明数值、界限、结论和依据方式；点目标名可看数字怎样得来：算法，分子、分母逐项，哪些没有计入、为什么，依据
    的文件及其可信程度，在文件里的位置。

    Document by document, target by target: value, bound, verdict and basis. A target leads to how its number came
    about: formula, each part of numerator and denominator, what was left out and why, the document and how sure it is,
    and the place in the files.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from xqctl.derivation import (
    FEW,
    ORDER,
    STATES,
    TONES,
    account_blocks,
    authority_blocks,
    by_target,
    group_title,
    metric_title,
    remarks,
    tally,
    thing_table,
    verdict_table,
    written_bound,
    written_value,
)
from xqctl.messages import msg
from xqctl.page import Block, Facts, Fold, Heading, Line, Listing, Paragraph, Part, Run, Tone, line
from xqctl.sections import State
from xqctl.targets import Verdict

PLACE = 30
_ACCOUNTS = 12
_ALL = 200


def part(state: State) -> Part | None:
    """Every target with its verdict, and the way to each number."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    groups = by_target(state.assessment.verdicts)
    for title, each in groupby(groups, key=lambda mine: group_title(mine[0])):
        mine = tuple(sorted(each, key=lambda verdicts: ORDER.index(verdicts[0].state)))
        yield Heading(title, 3, state.anchor("standard", _whose(mine[0][0])))
        worst = Counter[str](verdicts[0].state for verdicts in mine)
        yield Paragraph(line(msg("targets {count}: ", count=len(mine)), *tally(worst)))
        name = state.table(f"compliance.{_whose(mine[0][0]) or 'own'}")
        yield verdict_table(mine, state.leads, name=name)
        yield from (fold for verdicts in mine for fold in _folds(state, verdicts))


def _whose(verdict: Verdict) -> str:
    return verdict.target.standard.id if verdict.target.standard is not None else ""


def _folds(state: State, mine: tuple[Verdict, ...]) -> Iterator[Block]:
    """An account of each number; of very many things a table of all, and accounts of those that are not met."""
    if len(mine) <= FEW:
        yield from (_fold(state, verdict) for verdict in mine)
        return
    open_ = [verdict for verdict in mine if verdict.state != "met"]
    told = [each for each in open_ if each.measurement is not None and each.measurement.value is not None]
    inner = [_fold(state, verdict) for verdict in told[:_ACCOUNTS]]
    shown = mine if len(mine) <= _ALL else tuple(open_[:_ALL])
    anchor = state.verdict(mine[0])
    if inner:  # the row of all of them leads to the worst one's account, the others are reached from the table
        yield from inner
        anchor = ""
    blocks: list[Block] = [thing_table(shown, state.leads)]
    if len(shown) < len(mine):
        said = msg("{count} that are met are not listed", count=len(mine) - len(shown))
        blocks.append(Paragraph(line(said), Tone.MUTED))
    first = mine[0]
    if first.measurement is not None and not inner:
        blocks += account_blocks(state.district, first.measurement, first, state.guide)
    title = msg("{target}: all {count}", target=first.target.entry.id, count=len(mine))
    yield Fold(line(title), tuple(blocks), anchor)


def _fold(state: State, verdict: Verdict) -> Fold:
    return Fold(_summary(verdict), tuple(_account(state, verdict)), state.verdict(verdict))


def _summary(verdict: Verdict) -> Line:
    found, bound = verdict.measurement, verdict.bound
    head = [Run(verdict.target.entry.id, Tone.STRONG)]
    if not verdict.thing.is_declarer:
        head.append(Run(f" {verdict.thing.id}"))
    head += [Run("  "), Run(STATES[verdict.state], TONES[verdict.state])]
    if found is not None:
        value = written_value(found.value, found.measured_in, bound.value if bound is not None else None)
        told = f"  {value}" if bound is None else f"  {value}  {written_bound(bound, found.measured_in)}"
        head.append(Run(told))
    return tuple(head)


def _account(state: State, verdict: Verdict) -> Iterator[Block]:
    if verdict.measurement is not None:
        title = metric_title(verdict.target.question.metric, state.district)
        yield Paragraph(line(msg("{title}", title=title)))
        yield from account_blocks(state.district, verdict.measurement, verdict, state.guide)
        return
    rows = [(msg("verdict"), line(Run(STATES[verdict.state], TONES[verdict.state])))]
    if verdict.target.evidence:
        rows.append((msg("evidence"), line(msg("{names}", names=verdict.target.evidence))))
    rows.append((msg("declared at"), line(Run(state.declared(verdict.target), Tone.NAME))))
    yield Facts(tuple(rows))
    said = (*verdict.missing, *remarks(verdict))
    if said:
        yield Listing(tuple(line(each) for each in said))
    yield from authority_blocks(state.district, verdict.target, state.guide)
