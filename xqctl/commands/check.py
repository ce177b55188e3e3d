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
from itertools import groupby

from xqctl import rules
from xqctl.answer import answer
from xqctl.assess import assess
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._verb import Argument, Option, Verb, one_of, options, unknown
from xqctl.derivation import (
    BASES,
    STATES,
    spelled_money,
    spelled_verdict,
    written_bound,
    written_value,
)
from xqctl.district import District
from xqctl.findings import Severity
from xqctl.load import Folder
from xqctl.messages import Message, msg
from xqctl.money import Balance
from xqctl.page import Block, Cell, Column, Heading, Page, Paragraph, Run, Table, Tone, line
from xqctl.quantities import show
from xqctl.standards import standards
from xqctl.targets import Verdict, adopt, judge
from xqctl.terminal import Progress, Terminal

_TONES = {"met": Tone.GOOD, "missed": Tone.BAD, "pending": Tone.MUTED, "unknown": Tone.WARN, "waived": Tone.NAME}
_ORDER = ("missed", "unknown", "waived", "pending", "met")
_LISTED = 12
NEVER = "never"


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    paths: tuple[str, ...],
    as_of: date | None,
    today: date | None,
    standard: tuple[str, ...],
    target: tuple[str, ...],
    strict: bool,
    fail_on: str,
) -> Page:
    for name in standard:
        if name not in standards():
            raise unknown(msg("standard"), name, standards())
    where = paths or (".",)
    blocks: list[Block] = []
    inputs, verdicts, money, states = [], [], [], Counter[str]()
    seen: set[str] = set()
    with Progress(terminal, msg("districts checked")) as progress:
        for folder in folders(where, None, terminal):
            inputs.append(described(folder, where))
            district = built(folder, as_of, today or clock())
            found = _verdicts(district, standard, target)
            seen.update(name for verdict in found for name in (verdict.target.id, verdict.target.entry.id))
            balances = assess(district).money if not (standard or target) else ()
            states.update(verdict.state for verdict in found)
            blocks += _blocks(district, folder, found, balances)
            verdicts += [spelled_verdict(verdict, folder.root, terminal.lang) for verdict in found]
            money += [{"district": folder.root, **row} for balance in balances for row in spelled_money(balance)]
            progress.step()
    for name in target:
        if name not in seen:
            raise unknown(
                msg("target"), name, seen or {t for s in standards().values() for t in (e.id for e in s.targets)}
            )
    summary = {"districts": len(inputs), "verdicts": len(verdicts), **{state: states[state] for state in STATES}}
    exit_code = int(_is_gated(states, fail_on, strict))
    if not terminal.quiet:
        blocks.append(Paragraph(line(*_summary(states))))
    data = answer(
        "check",
        terminal.lang,
        as_of=as_of,
        inputs=tuple(inputs),
        parts={"verdicts": verdicts, "money": money},
        summary=summary,
        exit_code=exit_code,
    )
    return Page(msg("Verdicts"), tuple(blocks), data, exit_code)


def _verdicts(district: District, asked: Sequence[str], only: Sequence[str]) -> tuple[Verdict, ...]:
    """What is in force, or what the named standards would say were they adopted; `only` picks targets of these."""
    day = district.as_of
    if asked:
        adopted = district.itself.mapping("adopts")
        terms = {name: t for name in asked if isinstance(t := adopted.get(name), Mapping)}
        chosen = [t for name in asked for t in adopt(standards()[name], terms.get(name, {}), day=day)]
        found = tuple(verdict for each in chosen for verdict in judge(district, each, day))
    else:
        found = assess(district).verdicts
    return tuple(v for v in found if not only or v.target.id in only or v.target.entry.id in only)


def _is_gated(states: Mapping[str, int], fail_on: str, strict: bool) -> bool:
    if fail_on == NEVER:
        return False
    return bool(states["missed"]) or ((strict or fail_on == "unknown") and bool(states["unknown"]))


def _blocks(
    district: District, folder: Folder, found: Sequence[Verdict], balances: Iterable[Balance]
) -> Iterator[Block]:
    yield Heading(msg("{district} on {day}", district=district.name, day=district.as_of))
    wrong = [f for f in rules.findings(folder, district.as_of, district.today) if f.severity is Severity.ERROR]
    wrong = [finding for finding in wrong if finding.suppressed is None]
    if wrong:
        first = wrong[0]
        place = f"{first.place.file}:{first.place.line}"
        said = msg(
            "{count} errors in the files make these numbers unreliable, first at {place}: {message}",
            count=len(wrong),
            place=place,
            message=first.message,
        )
        yield Paragraph(line(said), Tone.BAD)
    for title, verdicts in groupby(found, key=_group):
        yield Heading(title, 2)
        yield _table(tuple(verdicts))
    rows = tuple(_money_rows(balances))
    if rows:
        yield Heading(msg("Money"), 2)
        columns = (
            Column(msg("year")),
            Column(msg("fund"), "name"),
            Column(msg("rule"), "name"),
            Column(msg("units"), "number"),
            Column(msg("committed"), "number"),
            Column(msg("available"), "number"),
            Column(msg("short by"), "number"),
        )
        yield Table(columns, rows)


def _group(verdict: Verdict) -> Message:
    standard = verdict.target.standard
    if standard is None:
        return msg("The district's own targets")
    document = standard.document
    known = " ".join(part for part in (document.text("title"), document.text("number")) if part)
    return msg("{standard}: {document}", standard=standard.id, document=known)


def _table(verdicts: tuple[Verdict, ...]) -> Table:
    columns = (
        Column(msg("verdict")),
        Column(msg("target"), "name"),
        Column(msg("of")),
        Column(msg("value"), "number"),
        Column(msg("bound"), "number"),
        Column(msg("basis")),
        Column(msg("remarks")),
    )
    rows: list[tuple[Cell, ...]] = []
    for _, same in groupby(verdicts, key=lambda verdict: verdict.target.id):
        mine = sorted(same, key=lambda verdict: _ORDER.index(verdict.state))
        rows += _rows(mine)
    return Table(columns, tuple(rows))


def _rows(mine: list[Verdict]) -> Iterator[tuple[Cell, ...]]:
    """One row a thing; of many things those that are not met, and how many are."""
    if len(mine) <= 4:
        yield from map(_row, mine)
        return
    counts = Counter[str](verdict.state for verdict in mine)
    worst = next(state for state in _ORDER if counts[state])
    told = tuple(msg("{state} {count}", state=STATES[state], count=counts[state]) for state in _ORDER if counts[state])
    first = mine[0]
    yield (
        Run(STATES[worst], _TONES[worst]),
        first.target.entry.id,
        msg("{count} in all", count=len(mine)),
        "",
        _bound(first),
        "",
        msg("{counts}", counts=told),
    )
    open_ = [verdict for verdict in mine if verdict.state != "met"]
    yield from map(_row, open_[:_LISTED])
    if len(open_) > _LISTED:
        yield ("", "", msg("{count} more", count=len(open_) - _LISTED), "", "", "", "")


def _row(verdict: Verdict) -> tuple[Cell, ...]:
    found, bound = verdict.measurement, verdict.bound
    value = written_value(found.value, found.measured_in, bound.value if bound else None) if found else "—"
    return (
        Run(STATES[verdict.state], _TONES[verdict.state]),
        verdict.target.entry.id,
        verdict.thing.id,
        value,
        _bound(verdict),
        BASES[found.basis] if found else "",
        msg("{remarks}", remarks=tuple(_remarks(verdict))),
    )


def _bound(verdict: Verdict) -> Cell:
    by = verdict.target.by
    text = written_bound(verdict.bound)
    return text if by is None or verdict.bound is None else msg("{bound} by {day}", bound=text, day=by)


def _remarks(verdict: Verdict) -> Iterator[Message | str]:
    """What is missing, why the bound is another, who waived it, how sure the formula is."""
    yield from verdict.missing
    if verdict.bound is not None and verdict.bound.because is not None:
        yield verdict.bound.because
    if verdict.waiver is not None:
        waiver = verdict.waiver
        yield msg(
            "waived by {who} until {day}: {reason}",
            who=waiver.text("approved_by") or "?",
            day=waiver.life.end or "?",
            reason=waiver.text("reason") or "",
        )
    if verdict.target.entry.text("formula") == "inferred":
        yield msg("the formula is inferred")


def _money_rows(balances: Iterable[Balance]) -> Iterator[tuple[Cell, ...]]:
    for balance in balances:
        fund = balance.fund.id if balance.fund is not None else None
        for each in balance.commitments:
            if each.fund == fund:
                amount = show(each.amount) if each.amount is not None else "—"
                units = show(each.units) if each.units is not None else "—"
                least = "" if each.whole else "≥ "
                yield (str(each.year), fund or "", each.subsidy.id, least + units, least + amount, "", "")
        name: Cell = Run(fund, Tone.STRONG) if fund is not None else Run(msg("all together"), Tone.STRONG)
        available = show(balance.available) if balance.available is not None else "—"
        gap = show(balance.gap) if balance.gap is not None else "—"
        yield (str(balance.year), name, "", "", show(balance.committed), available, gap)


def _summary(states: Mapping[str, int]) -> Iterator[Run]:
    if not sum(states.values()):
        yield Run(msg("there is no target to check"), Tone.MUTED)
    for number, state in enumerate(STATES):
        if states[state]:
            yield Run(msg("{state} {count}", state=STATES[state], count=states[state]), _TONES[state])
            yield Run("  " if number < len(STATES) - 1 else "")


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
        Option(["--strict"], msg("a target that is unknown fails too"), is_flag=True),
        Option(
            ["--fail-on"],
            msg("what makes the exit code 1; else missed"),
            type=one_of("--fail-on", ("missed", "unknown", NEVER)),
            default="missed",
            metavar="missed|unknown|never",
        ),
    ),
)
