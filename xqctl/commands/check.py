"""对照政策目标检查指标，说明达标、未达标还是数据不足
Hold a district's numbers against its targets and the standards it adopted.

About:
    逐条目标给出结论：达标、未达标、未到期、数据不足、豁免，并写明数值是按登记计算的、还是采用公布数据。缺数据不算达标。
    有未达标时退出码为 1；加 --strict，数据不足也算。

    Each target gets a verdict: met, missed, pending, unknown or waived, with its value and whether that was counted
    from the registers or stated by a figure. No data is never met. The exit code is 1 when something is missed; with
    --strict also when something is unknown.

Examples:
    xqctl check examples/demo
    xqctl check examples/demo --standard 优质均衡2017
    xqctl check examples/chongming --as-of 2019-11-02 --format json=check.json
    xqctl check examples/demo --target 义务教育学校结对比例 --strict
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from xqctl import rules
from xqctl.answer import answer, spelled
from xqctl.assess import assess
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._results import (
    files_of,
    listed_once,
    rule_criteria,
    rule_results,
    target_criteria,
    told_once,
    verdict_results,
)
from xqctl.commands._settings import Flags, isolated_option
from xqctl.commands._verb import Argument, Option, Verb, one_of, options, unknown
from xqctl.derivation import (
    STATES,
    money_blocks,
    ranking_blocks,
    spelled_money,
    spelled_places,
    spelled_verdict,
    tally,
    verdict_blocks,
)
from xqctl.district import District
from xqctl.findings import Finding
from xqctl.messages import msg
from xqctl.money import Balance
from xqctl.page import (
    Block,
    Criterion,
    Findings,
    Heading,
    Judged,
    Page,
    Paragraph,
    Quoted,
    Result,
    Results,
    Tone,
    line,
)
from xqctl.settings import Settings, settings
from xqctl.standards import standards
from xqctl.targets import Target, Verdict, adopt, judge, targets
from xqctl.terminal import Progress, Terminal

NEVER = "never"
_SHOWN = 5


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    paths: tuple[str, ...],
    as_of: date | None,
    today: date | None,
    standard: tuple[str, ...],
    target: tuple[str, ...],
    strict: bool,
    isolated: bool,
    fail_on: str | None,
) -> Page:
    for name in standard:
        if name not in standards():
            raise unknown(msg("standard"), name, standards())
    where = paths or (".",)
    blocks: list[Block] = []
    inputs, findings, verdicts, money, rankings = [], [], [], [], list[dict[str, object]]()
    judged, items, criteria = list[Judged](), list[Result](), list[Criterion]()
    states, days = Counter[str](), set[date]()
    known = set[str]()
    with Progress(terminal, msg("districts checked")) as progress:
        flags = Flags(isolated=isolated)
        for folder in folders(where, None, terminal, as_of, today, flags.budgets):
            gate = (Settings() if isolated else settings(folder)).gate("check", fail_on, "missed")
            inputs.append(described(folder, where))
            district = built(folder, as_of, today or clock())
            asked = tuple(_targets(district, standard))
            known.update(name for each in asked for name in (each.id, each.entry.id))
            found = _verdicts(district, asked, standard, target)
            balances = assess(district).years if not (standard or target) else ()
            wrong = rules.doubts(folder, district.as_of, district.today)
            states.update(verdict.state for verdict in found)
            days.add(district.as_of)
            blocks += _blocks(district, wrong, found, balances)
            if not (standard or target):
                blocks += ranking_blocks(district)
                rankings += spelled_places(district)
            findings += [spelled(finding, terminal.lang) for finding in wrong]
            verdicts += [spelled_verdict(verdict, folder.root, terminal.lang) for verdict in found]
            money += [{"district": folder.root, **row} for balance in balances for row in spelled_money(balance)]
            judged += files_of(folder)
            items += rule_results(wrong, frozenset())
            items += verdict_results(folder, district, found, _gating(gate, strict))
            criteria += target_criteria(found, district, terminal.lang)
            progress.step()
    for name in target:
        if name not in known:
            raise unknown(msg("target"), name, known)
    counts = {state: states[state] for state in STATES}
    summary = {"districts": len(inputs), "findings": len(findings), "verdicts": len(verdicts), **counts}
    exit_code = int(any(item.gates for item in items))
    if not terminal.quiet:
        blocks.append(Paragraph(line(*tally(states))))
    data = answer(
        "check",
        terminal.lang,
        as_of=as_of or (days.pop() if len(days) == 1 else None),
        inputs=tuple(inputs),
        parts={"findings": findings, "verdicts": verdicts, "money": money, "evaluations": rankings},
        summary=summary,
        exit_code=exit_code,
    )
    held_against = told_once((*rule_criteria(items, terminal.lang), *criteria))
    results = Results("check", "district", held_against, tuple(items), listed_once(judged))
    return Page(msg("Verdicts"), tuple(blocks), data, exit_code, results=results)


def _targets(district: District, standard: Sequence[str]) -> Iterator[Target]:
    """The targets in force, or those of the named standards, as they would be were these adopted."""
    if not standard:
        yield from targets(district, district.as_of)
        return
    adopted = district.itself.mapping("adopts")
    for name in standard:
        terms = adopted.get(name)
        yield from adopt(standards()[name], terms if isinstance(terms, Mapping) else {}, day=district.as_of)


def _verdicts(
    district: District, asked: Sequence[Target], standard: Sequence[str], only: Sequence[str]
) -> tuple[Verdict, ...]:
    """What is said to each target; `only` picks some by name, then also one that otherwise counts towards another."""
    if not standard and not only:
        return assess(district).verdicts
    picked = [
        each
        for each in asked
        if (each.id in only or each.entry.id in only if only else each.entry["counts_towards"] is None)
    ]
    return tuple(verdict for each in picked for verdict in judge(district, each, district.as_of))


def _gating(fail_on: str, strict: bool) -> frozenset[str]:
    """The verdicts that make the exit code 1."""
    if fail_on == NEVER:
        return frozenset()
    return frozenset(("missed", "unknown") if strict or fail_on == "unknown" else ("missed",))


def _blocks(
    district: District, wrong: Sequence[Finding], found: Sequence[Verdict], balances: Iterable[Balance]
) -> Iterator[Block]:
    yield Heading(msg("{district} on {day}", district=district.name, day=district.as_of))
    if wrong:
        yield Paragraph(line(msg("{count} findings make these numbers unreliable", count=len(wrong))), Tone.BAD)
        yield Findings(tuple(Quoted(finding, None) for finding in wrong[:_SHOWN]))
        if len(wrong) > _SHOWN:
            yield Paragraph(
                line(msg("{count} more: xqctl validate {path}", count=len(wrong) - _SHOWN, path=district.root))
            )
    yield from verdict_blocks(found)
    yield from money_blocks(balances)


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(
            ["paths"],
            msg("districts, or folders of districts; else the working directory"),
            nargs=-1,
            metavar="[PATH]...",
        ),
        as_of_option(),
        today_option(),
        Option(["--standard"], msg("hold against this standard alone, adopted or not"), multiple=True, metavar="ID"),
        Option(["--target"], msg("only this target"), multiple=True, metavar="ID"),
        isolated_option(),
        Option(["--strict"], msg("a target that is unknown fails too"), is_flag=True),
        Option(
            ["--fail-on"],
            msg("what makes the exit code 1; else as .xqctl.yaml says, else missed"),
            type=one_of("--fail-on", ("missed", "unknown", NEVER)),
            metavar="missed|unknown|never",
        ),
        verb="check",
    ),
)
