"""一份给人看的报告：网页、工作簿、Markdown、JSON 或文字
A report people look at: one offline page, a workbook, Markdown, JSON or text.

About:
    一份报告写清：目标达标情况和每个数字的由来，办学结构，资源配置与校际差异，教师交流，招生，资源共享，经费，考核，任务进度，
    公布数据及其矛盾，依据文件，缺什么数据。网页只有一个文件，不联网。格式看文件名后缀（.html、.md、.xlsx、.json、.txt），
    也可用 --format；几个区县一起时先给总览。文件要么完整写出，要么不动。退出码总是 0。

    What stands in it: targets with the way to each number, structure, resources and how far schools differ, people,
    admissions, shared resources, money, evaluations, tasks, published figures and their contradictions, documents, and
    what is not known. The page is one file that fetches nothing. The ending of the file says the format (.html, .md,
    .xlsx, .json, .txt), or --format does; of several districts an overview comes first. A file appears whole or not at
    all. The exit code is 0 whatever the verdicts are.

Examples:
    xqctl report examples/demo -o demo.html
    xqctl report examples/demo -o demo.xlsx -o demo.md
    xqctl report examples/demo --section summary --section funding
    xqctl report examples/dongcheng examples/chongming -o two.html
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from xqctl import rules, sections
from xqctl.answer import answer
from xqctl.assess import assess
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._outputs import FileVerb, output_option
from xqctl.commands._report import Subject, report_blocks, spelled_numbers, spelled_sections
from xqctl.commands._verb import Argument, Option, options, unknown
from xqctl.load import Folder
from xqctl.messages import msg
from xqctl.page import Page, linked
from xqctl.sections import State
from xqctl.terminal import Progress, Terminal


def _answer(
    terminal: Terminal, *, operands: tuple[str, ...], as_of: date | None, today: date | None, section: tuple[str, ...]
) -> Page:
    for name in section:
        if name not in sections.catalogue():
            raise unknown(msg("section"), name, sections.catalogue())
    where = operands or (".",)
    with Progress(terminal, msg("districts reported on")) as progress:
        subjects = []
        for folder in chain.from_iterable(folders((word,), None, terminal, as_of, today) for word in where):
            subjects.append(_subject(folder, where, terminal, as_of, today or clock()))
            progress.step()
    if len(subjects) > 1:
        subjects = [
            replace(each, state=replace(each.state, prefix=f"d{number}-")) for number, each in enumerate(subjects, 1)
        ]
    return _page(subjects, terminal, section, as_of)


def _subject(folder: Folder, where: Sequence[str], terminal: Terminal, as_of: date | None, today: date) -> Subject:
    district = built(folder, as_of, today)
    found = rules.findings(folder, district.as_of, today)
    return Subject(State(district, assess(district), found, terminal.lang), described(folder, where))


def _page(subjects: Sequence[Subject], terminal: Terminal, section: Sequence[str], as_of: date | None) -> Page:
    lang = terminal.lang
    blocks = linked(block for subject in subjects for block in report_blocks(subject, section))
    states = [subject.state for subject in subjects]
    days = {state.district.as_of for state in states}
    verdicts = [verdict.state for state in states for verdict in state.assessment.verdicts]
    data = answer(
        "report",
        lang,
        as_of=as_of or (days.pop() if len(days) == 1 else None),
        inputs=tuple(subject.given for subject in subjects),
        parts={**spelled_numbers(states, lang), "sections": spelled_sections(blocks, states, lang)},
        summary={
            "districts": len(states),
            "findings": sum(len(state.findings) for state in states),
            "verdicts": len(verdicts),
            **{each: verdicts.count(each) for each in ("met", "missed", "pending", "unknown", "waived")},
        },
    )
    names = [state.district.name for state in states]
    title = msg("{names}: report on the reform of schooling", names=names[:3])
    return Page(title, blocks, data)


command = FileVerb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(
            ["operands"],
            msg("districts, or folders of districts; else the working directory"),
            nargs=-1,
            metavar="[OPERAND]...",
        ),
        output_option(),
        as_of_option(),
        today_option(),
        Option(["--section"], msg("only this part"), multiple=True, metavar="NAME"),
        verb="report",
    ),
)
