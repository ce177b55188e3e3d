"""一份给人看的报告：网页、工作簿、Markdown、JSON 或文字
A report people look at: one offline page, a workbook, Markdown, JSON or text.

About:
    一份报告写清目标达标情况和每个数字的由来、办学结构、资源配置与校际差异、教师交流、招生、资源共享、经费、考核、任务
    进度、公布数据及其矛盾、依据文件，以及缺什么数据。网页只有一个文件，不联网。格式看文件名后缀（.html、.md、.xlsx、
    .json、.txt），也可用 --format。几个区县一起时先给总览；-o 给文件夹（以 / 结尾）时一个区县一页，另有总览页。文件
    要么完整写出，要么不动。退出码总是 0。

    What stands in it: targets with the way to each number, structure, resources and how far schools differ, people,
    admissions, shared resources, money, evaluations, tasks, published figures and their contradictions, documents, and
    what is not known. The page is one file that fetches nothing. The ending of the file says the format (.html, .md,
    .xlsx, .json, .txt), or --format does. Of several districts an overview comes first; given a folder (-o pages/),
    each district has a page of its own beside that of the overview. A file appears whole or not at all. The exit code
    is 0 whatever the verdicts are.

Examples:
    xqctl report examples/demo -o demo.html
    xqctl report examples/demo -o demo.xlsx -o demo.md
    xqctl report examples/demo --section summary --section funding
    xqctl report examples/dongcheng examples/chongming -o two.html
    xqctl report province -o pages/
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

import click

from xqctl import rules, sections
from xqctl.answer import answer
from xqctl.assess import assess
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._outputs import FileVerb, ending_of, output_option
from xqctl.commands._overview import Glance, glance, overview
from xqctl.commands._report import Subject, report_blocks, spelled_numbers, spelled_sections, tool_facts
from xqctl.commands._verb import OUTPUTS, Argument, Option, Output, Reply, WrongCall, options, unknown
from xqctl.messages import Message, msg
from xqctl.page import Block, Book, Heading, Later, Page, Paragraph, Run, Words, line, linked
from xqctl.sections import State
from xqctl.terminal import Progress, Terminal

_INDEX = "index"
_TITLED = 3
_LONGEST = 60_000
"""Characters: what a comment on a merge request takes, with room to spare (GitHub takes 65,536)."""
_COUNTED = ("districts", "findings", "verdicts", "met", "missed", "pending", "unknown", "waived")
_UNSAFE = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class _Call:
    """What was asked for: of which districts, of which day, which parts."""

    operands: tuple[str, ...]
    as_of: date | None
    today: date
    section: tuple[str, ...]
    terminal: Terminal

    def subjects(self) -> Iterator[Subject]:
        """The districts, each once, each worked out when its turn comes."""
        seen = set[tuple[object, ...]]()
        where, lang = self.operands, self.terminal.lang
        with Progress(self.terminal, msg("districts reported on")) as progress:
            every = (folders((word,), None, self.terminal, self.as_of, self.today) for word in where)
            for folder in chain.from_iterable(every):
                given = described(folder, where)
                if tuple(given.values()) not in seen:  # a path may lie in another
                    seen.add(tuple(given.values()))
                    district = built(folder, self.as_of, self.today)
                    found = rules.findings(folder, district.as_of, self.today)
                    yield Subject(State(district, assess(district), found, lang), given)
                progress.step()


def _answer(
    terminal: Terminal,
    *,
    operands: tuple[str, ...],
    as_of: date | None,
    today: date | None,
    section: tuple[str, ...],
    ending: str | None = None,
) -> Page | Book:
    for name in section:
        if name not in sections.catalogue():
            raise unknown(msg("section"), name, sections.catalogue())
    call = _Call(operands or (".",), as_of, today or clock(), section, terminal)
    if ending is not None:
        return Book(_pages(call, ending))
    subjects = list(call.subjects())
    if len(subjects) > 1:
        subjects = [
            replace(each, state=replace(each.state, prefix=f"d{number}-")) for number, each in enumerate(subjects, 1)
        ]
        told = [glance(each.state, each.operand, f"#{each.state.prefix}report") for each in subjects]
        return _page(call, subjects, _before(told))
    return _page(call, subjects, ())


def _page(call: _Call, subjects: Sequence[Subject], before: Sequence[Block]) -> Page:
    """One page on all of them."""
    with Progress(call.terminal, msg("parts of the report written")) as progress:
        made = list(before)
        for block in (block for subject in subjects for block in report_blocks(subject, call.section)):
            made.append(block)
            progress.step()
    blocks = linked(made)
    states, lang = [subject.state for subject in subjects], call.terminal.lang

    def data() -> dict[str, object]:
        roots = {state.prefix: state.district.root for state in states}
        parts = {**spelled_numbers(states, lang), "sections": spelled_sections(blocks, roots, lang)}
        given = [subject.given for subject in subjects]
        counts = sum(map(_counted, states), Counter[str]())
        return _data(call, given, {state.district.as_of for state in states}, parts, counts)

    return Page(_title([state.district.name for state in states]), blocks, Later(data), longest=_LONGEST)


def _title(names: Sequence[Words]) -> Message:
    each = list(dict.fromkeys(names))  # states of one district, or districts of one name, are named once
    if len(each) > _TITLED:
        told = {"names": each[:_TITLED], "count": len(names)}
        return msg("{names} …, {count} districts: report on the reform of schooling", **told)
    return msg("{names}: report on the reform of schooling", names=each)


def _before(told: Sequence[Glance]) -> tuple[Block, ...]:
    """What comes before the reports on several districts."""
    return (Heading(_title([each.name for each in told])), tool_facts(), overview(told))


def _counted(state: State) -> Counter[str]:
    """What the summary of the JSON counts of a district."""
    verdicts = [verdict.state for verdict in state.assessment.verdicts]
    return Counter[str](districts=1, findings=len(state.findings), verdicts=len(verdicts), **Counter[str](verdicts))


def _data(
    call: _Call,
    given: Sequence[Mapping[str, object]],
    days: Collection[date],
    parts: Mapping[str, object],
    counts: Mapping[str, int],
) -> dict[str, object]:
    return answer(
        "report",
        call.terminal.lang,
        as_of=call.as_of or (next(iter(days)) if len(days) == 1 else None),
        inputs=tuple(given),
        parts=parts,
        summary={name: counts.get(name, 0) for name in _COUNTED},
    )


def _pages(call: _Call, ending: str) -> Iterator[tuple[str, Page]]:
    """A page a district, then the one that leads to them; of each nothing but a row is kept."""
    told, given, counts, taken = list[Glance](), list[Mapping[str, object]](), Counter[str](), {_INDEX}
    for subject in call.subjects():
        name = _named(subject, taken) + ending
        back = Paragraph(line(Run(msg("all districts"), to=_INDEX + ending)))
        yield name, _page(call, (subject,), (back,))
        told.append(glance(subject.state, subject.operand, name))
        given.append(subject.given)
        counts += _counted(subject.state)
    blocks = _before(told)
    parts = {
        **spelled_numbers((), call.terminal.lang),
        "sections": spelled_sections(blocks, {}, call.terminal.lang),
    }
    data = _data(call, given, {each.day for each in told}, parts, counts)
    yield _INDEX + ending, Page(_title([each.name for each in told]), blocks, data, longest=_LONGEST)


def _named(subject: Subject, taken: set[str]) -> str:
    """The file of a district: its folder's name, as every file system takes it, told apart from the others."""
    root = subject.state.district.root.rstrip("/").rpartition("/")[2]
    stem = _UNSAFE.sub("_", root).strip("_")[:60] or "district"
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return name


class ReportVerb(FileVerb):
    """A verb that may be given a folder for its files."""

    def settled(self, files: Sequence[str], said: Sequence[Output], known: Sequence[str]) -> tuple[Output, ...]:
        """What is written where: a folder takes one format, html unless ``--format`` says another."""
        folders_ = [file for file in files if file.endswith(("/", "\\")) or Path(file).is_dir()]
        if not folders_:
            return super().settled(files, said, known)
        if len(files) > 1 or len(said) > 1 or any(output.path is not None for output in said):
            raise WrongCall(
                msg("{folder} is a folder for a page a district; write nothing else with it", folder=folders_[0])
            )
        return (Output(said[0].format if said else "html", Path(folders_[0]), is_folder=True),)

    def invoke(self, ctx: click.Context) -> Reply:
        """Runs the verb, which has to know how the files of a folder are called."""
        output = ctx.meta[OUTPUTS][0]
        ctx.params["ending"] = ending_of(output.format) if output.is_folder else None
        return super().invoke(ctx)


command = ReportVerb(
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
