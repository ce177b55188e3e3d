"""把文件写成统一的版式，内容和注释不变
Lay files out in one way; what they say and their comments stay.

About:
    类别和字段按模式里的顺序排列，条目、日期和成员的顺序不动；每级缩进两格，行内注释前空两格，类别之间空一行，别处最多
    空一行；换行用 LF，引号只留必要的；再长的行也不折。注释跟着它上方或旁边的内容走。数据会与原来不同的，一律不写。
    给出文件夹时整理其中每个区县及其方案，给出文件时只整理这个文件。有文字错误的文件不动，并指出错在哪里，退出码为 1。
    - 表示从标准输入读、写到标准输出，供编辑器使用。

    Kinds and fields stand in the order of the schemas; entries, dates and members stay in theirs. Two blanks a level,
    two before a comment beside something, an empty line between kinds and at most one elsewhere; LF, quotes only where
    needed; long lines stay long. Comments go with what they stand above or beside. Where anything would read otherwise
    than before, nothing is written. A folder means every district in it and its plans, a file that file alone. A file
    with mistakes in its text is left alone and told, with exit code 1. - reads standard input and writes standard
    output, for editors.

Examples:
    xqctl fmt
    xqctl fmt --check examples/chongming
    xqctl fmt --diff examples/demo/zones.yaml
    xqctl fmt - < units.yaml
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xqctl import load, rules
from xqctl.answer import answer, spelled
from xqctl.commands._previews import Changes, diff_option, difference, held, write
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, options
from xqctl.compose import Budgets
from xqctl.findings import Severity
from xqctl.folder import Document, Folder, document_of
from xqctl.layout import laid_out
from xqctl.messages import Message, msg
from xqctl.page import Block, Code, Findings, Listing, Page, Paragraph, Quoted, Run, Tone, line
from xqctl.terminal import Fault, Terminal

_STDIN = "-"


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of a district's files: those laid out anew, those left alone with the reason, those right before."""

    changes: Changes
    refused: tuple[Quoted, ...]
    kept: tuple[str, ...]
    right: int


def _answer(terminal: Terminal, *, paths: tuple[str, ...], check: bool, diff: bool) -> Page:
    if _STDIN in paths:
        if len(paths) > 1 or check or diff:
            raise WrongCall(msg("- stands alone: standard input is laid out to standard output"))
        return _streamed(terminal)
    notes: list[Message] = []
    done: list[_Done] = []
    for folder in load.folders(paths or (".",), notes):
        terminal.note(notes)
        notes.clear()
        done.append(_laid(folder) if check or diff else _written(folder))
    terminal.note(notes)
    return _page(terminal, done, check=check, diff=diff)


def _written(folder: Folder) -> _Done:
    """Lays a district's files out and writes those that change; the lock is taken only then."""
    seen = _laid(folder)
    if not seen.changes:
        return seen
    with held(folder) as again:
        done = _laid(again, folder.only)
        write(again, done.changes)
    return done


def _laid(folder: Folder, only: frozenset[str] | None = None) -> _Done:
    changes: dict[str, tuple[bytes, bytes | None]] = {}
    refused: list[Quoted] = []
    kept: list[str] = []
    right = 0
    asked = only if only is not None else folder.only
    for document, root in _documents(folder):
        if asked is not None and document.file not in asked:
            continue
        wrong = rules.textual(folder, document, Severity.ERROR)
        if wrong:
            refused += (Quoted(each, folder.line(each.place.file, each.place.line)) for each in wrong)
        elif (new := laid_out(document.raw, root)) is None:
            kept.append(document.file)
        elif new != document.raw:
            changes[document.file] = (document.raw, new)
        else:
            right += 1
    return _Done(changes, tuple(refused), tuple(kept), right)


def _documents(folder: Folder) -> list[tuple[Document, str]]:
    """The files of a district and its plans, each with the schema it follows."""
    mine = [(document, "xqctl") for document in folder.documents]
    return mine + [
        (document, "plan" if Path(document.file).name == "plan.yaml" else "xqctl")
        for draft in folder.drafts
        for document in draft.documents
    ]


def _streamed(terminal: Terminal) -> Page:
    """Standard input laid out; where it cannot be, nothing goes to standard output."""
    try:
        raw = sys.stdin.buffer.read(Budgets().size + 1)
    except (OSError, AttributeError) as error:
        raise Fault(msg("standard input cannot be read"), 4) from error
    document = document_of(_STDIN, raw, Budgets())
    wrong = rules.textual(Folder(".", (document,)), document, Severity.ERROR)
    new = None if wrong else laid_out(raw)
    if wrong:
        place = wrong[0].place
        said = msg("line {line}, column {column}: {message}; left as it is", line=place.line, column=place.column,
                   message=wrong[0].message)  # fmt: skip
        raise Fault(said, 1)
    if new is None:
        raise Fault(msg("it cannot be laid out without changing what it says; left as it is"), 1)
    text = new.decode()
    summary = {"changed": int(new != raw), "unchanged": int(new == raw), "refused": 0}
    data = answer("fmt", terminal.lang, parts={"files": [], "text": text, "findings": []}, summary=summary)
    return Page(msg("Layout"), (Code(text.removesuffix("\n")),) if text else (), data)


def _page(terminal: Terminal, done: Sequence[_Done], *, check: bool, diff: bool) -> Page:
    changes = {file: each for one in done for file, each in one.changes.items()}
    refused = [quoted for one in done for quoted in one.refused]
    kept = [file for one in done for file in one.kept]
    wrong = sorted({quoted.finding.place.file for quoted in refused} | set(kept))
    exit_code = int(bool(wrong) or (check and bool(changes)))
    summary = {"changed": len(changes), "unchanged": sum(one.right for one in done), "refused": len(wrong)}
    files = [{"file": file, "state": "changed"} for file in sorted(changes)]
    files += [{"file": file, "state": "refused"} for file in wrong]
    findings = [spelled(quoted.finding, terminal.lang) for quoted in refused]
    data = answer("fmt", terminal.lang, parts={"files": files, "findings": findings}, summary=summary,
                  exit_code=exit_code)  # fmt: skip
    blocks: list[Block] = [Findings(tuple(refused))] if refused else []
    if diff and changes:
        blocks.append(difference(changes))
    elif changes and (check or not terminal.quiet):
        blocks.append(Listing(tuple(line(file) for file in sorted(changes))))
    blocks += (Paragraph(line(_left(file))) for file in kept)
    if not terminal.quiet and not diff:
        blocks.append(Paragraph(line(*_summary(summary, check))))
    return Page(msg("Layout"), tuple(blocks), data, exit_code)


def _left(file: str) -> Run:
    return Run(msg("{file} cannot be laid out without changing what it says; left as it is", file=file), Tone.WARN)


def _summary(summary: Mapping[str, int], check: bool) -> list[Run]:
    changed, right = summary["changed"], summary["unchanged"]
    first = msg("to be laid out anew {n}", n=changed) if check else msg("laid out anew {n}", n=changed)
    runs = [Run(first, Tone.WARN if check and changed else Tone.GOOD), Run(msg(", right already {n}", n=right))]
    if summary["refused"]:
        runs.append(Run(msg(", left alone for mistakes {n}", n=summary["refused"]), Tone.BAD))
    return runs


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["paths"], msg("districts, folders of districts, or files; - is standard input; else the working"
                                " directory"), nargs=-1, metavar="[PATH]..."),
        Option(["--check"], msg("write nothing; exit code 1 where a file would change"), is_flag=True),
        diff_option(),
    ),
)  # fmt: skip
