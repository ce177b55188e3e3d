"""把几个区县（或同一区县的几个方案）的改革并排比较
Put the reforms of several districts, or drafts of one, side by side.

About:
    比较改革手段、治理、结构、覆盖、指标（原值、校均、每千名学生）、目标、资金和时间表，再列出同一个词含义不同的地方，
    以及只有一方有的。每个数都写明依据：按登记计算、采用公布数据，还是数据不足；方括号里是依据文件的序号，列在最后。

    Compares instruments, governance, structure, coverage, metrics (raw, per school, per thousand pupils), targets,
    money and dates, then where they mean different things by one word, and what only one of them has. Every number
    says whether it is counted, stated or unknown; numbers in brackets are the documents listed at the end.

Examples:
    xqctl compare examples/dongcheng examples/chongming examples/erdao examples/chengdu
    xqctl compare examples/dongcheng examples/chongming --section governance --section words
    xqctl compare examples/erdao examples/demo --format markdown=compare.md
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain

from xqctl import comparison, rules
from xqctl.answer import answer
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._side_by_side import View, blocks, plain
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, options, unknown
from xqctl.comparison import SECTIONS, Value
from xqctl.derivation import spelled_value
from xqctl.messages import Lang, msg, say
from xqctl.page import Page
from xqctl.terminal import Progress, Terminal


def _answer(
    terminal: Terminal,
    *,
    operands: tuple[str, ...],
    as_of: date | None,
    today: date | None,
    section: tuple[str, ...],
) -> Page:
    for name in section:
        if name not in SECTIONS:
            raise unknown(msg("section"), name, SECTIONS)
    inputs, districts, doubts = [], [], []
    with Progress(terminal, msg("districts read")) as progress:
        for folder in chain.from_iterable(folders((word,), None, terminal, as_of, today) for word in operands):
            given = described(folder, operands)
            if given not in inputs:  # a path may lie in another
                inputs.append(given)
                districts.append(built(folder, as_of, today or clock()))
                day = districts[-1].as_of
                doubts.append(len(rules.doubts(folder, day, districts[-1].today)))
            progress.step()
    if len(districts) < 2:
        raise WrongCall(msg("{count} district to compare; name at least two", count=len(districts)))
    found = comparison.of(districts)
    view = View(found.narrowed(section) if section else found, tuple(doubts), terminal.lang)
    data = answer(
        "compare",
        terminal.lang,
        as_of=as_of,
        inputs=tuple(inputs),
        parts={"comparison": _spelled(view, inputs)},
        summary={"districts": len(districts), "rows": len(view.found.rows)},
    )
    return Page(msg("Comparison"), tuple(blocks(view, quiet=terminal.quiet)), data)


def _spelled(view: View, inputs: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """`comparison`: columns, rows with their values aligned, and the documents these are taken from."""
    lang = view.lang
    columns = [
        {
            "operand": given["operand"],
            "district": column.district,
            "name": column.name,
            "as_of": column.as_of.isoformat(),
            "doubts": doubts,
        }
        for given, column, doubts in zip(inputs, view.found.columns, view.doubts, strict=True)
    ]
    documents = [
        {
            "column": document.column,
            "id": document.id,
            "title": document.title,
            "number": document.number,
            "date": document.date,
            "confidence": document.confidence,
        }
        for document in view.found.documents
    ]
    spelled = [
        {
            "section": row.section,
            "id": row.id,
            "title": say(plain(row.title), lang),
            "unit": row.measured_in,
            "values": [_spelled_value(value, lang) for value in row.values],
            "only": row.only,
            "note": "; ".join(say(note, lang) for note in row.note) or None,
        }
        for row in view.found.rows
    ]
    return {"columns": columns, "rows": spelled, "documents": documents}


def _spelled_value(value: Value, lang: Lang) -> dict[str, object]:
    low = spelled_value(value.number)
    return {
        "value": low if value.high is None else {"low": low, "high": spelled_value(value.high)},
        "words": [say(plain(said), lang) for said in value.words],
        "basis": value.basis,
        "on": value.day,
        "source": list(value.sources),
        "missing": [say(reason, lang) for reason in value.missing],
    }


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(
            ["operands"], msg("districts to compare, at least two"), nargs=-1, required=True, metavar="OPERAND..."
        ),
        as_of_option(),
        today_option(),
        Option(["--section"], msg("only this section"), multiple=True, metavar="NAME"),
        verb="compare",
    ),
)
