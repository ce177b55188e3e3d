"""检查区县文件，指出错在哪里
Check the files of districts and show exactly what is wrong.

About:
    给出文件夹时检查其中每个区县及其各个方案；给出文件时检查它所属的区县，只显示这个文件的问题；给出方案里的文件时显示
    该方案的问题。有错误时退出码为 1。
    --fix 先改能改的，只动有问题的几个字：全角数字、看不见的字符、该加引号的编码、BOM；--unsafe 连同要猜的也改，例如只差
    一个字的校名。--diff 只显示会怎样改，不写文件。改完重新检查，退出码看剩下的问题。

    A folder means every district in it, and each of its plans laid over it by itself; a file means the district it
    belongs to, with findings for that file alone, a plan's file those of its plan. The exit code is 1 when something is
    as bad as --fail-on says. --fix first mends what it can, touching only the words that are wrong: full-width digits,
    invisible characters, codes that need quotes, a byte order mark; with --unsafe also what has to be guessed, such as
    a school's name that is one character off. --diff shows what would change and writes nothing. What is left is
    checked and decides the exit code.

Examples:
    xqctl validate
    xqctl validate examples/chongming --as-of 2019-11-02
    xqctl validate HEAD~1:examples/chongming
    xqctl validate --select Z --ignore XQZ003 --format plain
    xqctl validate --fix --unsafe --diff
    xqctl validate --format text --format sarif=xqctl.sarif --format junit=junit.xml
    git show HEAD:units.yaml | xqctl validate - --stdin-filename units.yaml
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xqctl import rules
from xqctl.answer import answer, spelled
from xqctl.commands._mends import Fixing
from xqctl.commands._operands import as_of_option, clock, described, states, today_option
from xqctl.commands._previews import diff_option
from xqctl.commands._results import files_of, listed_once, rule_criteria, rule_results
from xqctl.commands._settings import Chosen, Flags, baseline_option, chosen, isolated_option, selecting_options
from xqctl.commands._verb import Argument, Option, Verb, one_of, options
from xqctl.findings import Finding, Severity
from xqctl.folder import Folder
from xqctl.long_numbers import veiled
from xqctl.messages import msg
from xqctl.page import Block, Findings, Judged, Page, Paragraph, Quoted, Result, Results, Run, Tone, line
from xqctl.terminal import Progress, Terminal

NEVER = "never"


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    paths: tuple[str, ...],
    as_of: date | None,
    today: date | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    isolated: bool,
    fail_on: str | None,
    stdin_filename: str | None,
    fix: bool,
    unsafe: bool,
    diff: bool,
) -> Page:
    fixing = Fixing(fix, unsafe, diff, stdin_filename)
    flags = Flags(select, ignore, baseline, isolated)
    where = paths or (".",)
    found: list[Quoted] = []
    judged: list[Judged] = []
    items: list[Result] = []
    inputs: list[Mapping[str, object]] = []
    files = 0
    with Progress(terminal, msg("districts checked")) as progress:
        for one in chosen(states(where, stdin_filename, terminal, as_of, today, flags.budgets), flags):

            def look(folder: Folder, one: Chosen = one) -> Sequence[Finding]:
                return rules.everything(folder, as_of, today or clock(), one.codes, one.known)

            folder = fixing.of(one.folder, look)
            inputs.append(described(folder, where))
            files += len(folder.files)
            here = look(folder)
            items += rule_results(here, _gating(one.said.gate("validate", fail_on, Severity.ERROR)))
            found += (Quoted(finding, veiled(folder.line(finding.place.file, finding.place.line))) for finding in here)
            judged += files_of(folder)
            progress.step()
    findings = [quoted.finding for quoted in found]
    summary = {"districts": len(inputs), "files": files, **_counts(findings)}
    exit_code = int(any(item.gates for item in items))
    parts = {"findings": [spelled(finding, terminal.lang) for finding in findings]}
    data = answer(
        "validate",
        terminal.lang,
        as_of=as_of,
        inputs=tuple(inputs),
        parts=parts,
        summary=summary,
        exit_code=exit_code,
    )
    shown = tuple(quoted for quoted in found if quoted.finding.suppressed is None)
    results = Results("validate", "file", tuple(rule_criteria(items, terminal.lang)), tuple(items), listed_once(judged))
    blocks = (*fixing.blocks(terminal), *_blocks(shown, summary, terminal))
    return Page(msg("Findings"), blocks, data, exit_code, results=results)


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    counted = Counter(f.severity if f.suppressed is None else None for f in findings)
    named = {f"{severity}s": counted[severity] for severity in Severity}
    return {**named, "suppressed": counted[None]}


def _gating(fail_on: str) -> frozenset[Severity]:
    """The severities that make the exit code 1: the one `fail_on` names, and all that are worse."""
    return frozenset(each for each in Severity if fail_on != NEVER and each.rank <= Severity(fail_on).rank)


def _blocks(shown: tuple[Quoted, ...], summary: Mapping[str, int], terminal: Terminal) -> tuple[Block, ...]:
    blocks: list[Block] = [Findings(shown)] if shown else []
    if not terminal.quiet:
        blocks.append(Paragraph(line(*_summary(summary))))
    if shown and not terminal.quiet:
        hint = msg("why, and how to mend it: xqctl explain {code}", code=shown[0].finding.code)
        blocks.append(Paragraph(line(hint), Tone.MUTED))
    return tuple(blocks)


def _summary(counts: Mapping[str, int]) -> Iterable[Run]:
    yield Run(msg("districts {districts}, files {files}: ", districts=counts["districts"], files=counts["files"]))
    if not any(counts[f"{severity}s"] for severity in Severity):
        yield Run(msg("nothing wrong"), Tone.GOOD)
    else:
        yield Run(msg("errors {n}", n=counts["errors"]), Tone.BAD if counts["errors"] else Tone.MUTED)
        yield Run(msg(", warnings {n}", n=counts["warnings"]), Tone.WARN if counts["warnings"] else Tone.MUTED)
        yield Run(msg(", infos {n}", n=counts["infos"]), Tone.NOTED if counts["infos"] else Tone.MUTED)
    if counts["suppressed"]:
        yield Run(msg(", tolerated {n}", n=counts["suppressed"]), Tone.MUTED)


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(
            ["paths"],
            msg("districts, folders of districts, or files, as [REV:]PATH[+PLAN…][@DATE]; else the working directory"),
            nargs=-1,
            metavar="[PATH]...",
        ),
        as_of_option(),
        today_option(),
        *selecting_options(),
        baseline_option(),
        isolated_option(),
        Option(
            ["--fail-on"],
            msg("how bad a finding makes the exit code 1; else as .xqctl.yaml says, else error"),
            type=one_of("--fail-on", (*Severity, NEVER)),
            metavar="|".join((*Severity, NEVER)),
        ),
        Option(["--stdin-filename"], msg("the file that standard input (-) stands for"), metavar="FILE"),
        Option(["--fix"], msg("mend what can be mended without guessing, then check"), is_flag=True),
        Option(["--unsafe"], msg("with --fix: mend also by guessing, names nearly right among it"), is_flag=True),
        diff_option(),
        verb="validate",
    ),
)
