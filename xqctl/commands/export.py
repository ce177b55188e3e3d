"""把区县的数据导出为 Excel、CSV、Parquet、SQLite 或 DuckDB 表格
Write a district's data out as tables: a workbook, CSV, Parquet, SQLite or DuckDB.

About:
    每类条目一张表，条目里的每个映射（成员、校区、按日期的取值……）各一张表，什么都不丢：用 import 再导入，数据不变。
    xlsx、sqlite、duckdb 写成一个文件，csv、parquet 写成一个文件夹；要么写全，要么不写。文字原样保留：标识码的前导零、
    30%、80万元都不变；带“换算”字样的列另给出纯数字。以 = + - @ 开头的内容一律作文字，不会成为公式。
    给出几个操作数时，每张表多一列区县。方案、注释和书写格式不导出。

    One table for each kind and one for each mapping in its entries (members, campuses, values by date): nothing is
    lost, and import brings the same data back. xlsx, sqlite and duckdb make one file, csv and parquet a folder, written
    whole or not at all. Text stays as it is: leading zeros, 30%, 80万元; columns marked as numbers repeat amounts for
    programs. What begins with = + - @ is text and never a formula. Several operands make a district column. Plans,
    comments and layout are not exported.

Examples:
    xqctl export xlsx examples/demo -o demo.xlsx
    xqctl export csv examples/demo -o tables/
    xqctl export sqlite examples/dongcheng examples/chongming -o districts.sqlite
    xqctl export parquet main:examples/demo -o before/ --format json
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from xqctl.answer import answer
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, one_of, options
from xqctl.district import District
from xqctl.messages import Lang, Message, Word, msg
from xqctl.page import Column, Page, Paragraph, Table, line
from xqctl.relations import relations
from xqctl.tables import SORTS, sort_called
from xqctl.tabular import Table as Written
from xqctl.terminal import Progress, Terminal


def _answer(
    terminal: Terminal, sort: str, *, operands: tuple[str, ...], output: str, as_of: date | None, today: date | None
) -> Page:
    words = operands or (".",)
    if not output.strip():
        raise WrongCall(msg("-o names no file; write where the tables are to go"))
    path = Path(output)
    day = today or clock()
    inputs: list[Mapping[str, object]] = []
    districts: list[District] = []
    with Progress(terminal, msg("districts read:")) as progress:
        for folder in folders(words, None, terminal, as_of, today):
            inputs.append(described(folder, words))
            districts.append(built(folder, as_of, day))
            progress.step()
    terminal.note(note for district in districts for note in _doubts(district))
    tables = relations(districts, _called(districts))
    sort_called(sort).write(tables, path, terminal.lang)
    spelled = {"format": sort, "path": path.as_posix(), "tables": [_spelled(each, terminal.lang) for each in tables]}
    rows = sum(len(each.rows) for each in tables)
    summary = {"districts": len(districts), "tables": len(tables), "rows": rows}
    data = answer("export", terminal.lang, inputs=tuple(inputs), parts={"export": spelled}, summary=summary)
    said = msg("{path}: tables {tables}, rows {rows}", path=path, tables=len(tables), rows=rows)
    columns = (Column(msg("table"), "name"), Column(msg("title")), Column(msg("rows"), "number"))
    shown = tuple((each.name, _title(each.title, terminal.lang), len(each.rows)) for each in tables)
    return Page(msg("Exported"), (Paragraph(line(said)), Table(columns, shown)), data)


def _called(districts: Sequence[District]) -> list[str]:
    """What each district is called in its column: its name, with its folder where two have the same."""
    names = [district.name for district in districts]
    told = [district.folder.operand or district.root for district in districts]
    return [name if names.count(name) == 1 else f"{name} ({where})" for name, where in zip(names, told, strict=True)]


def _doubts(district: District) -> list[Message]:
    """What the tables do not hold: the rest of files that could not be read, and the second of two entries."""
    broken = [each.file for each in district.folder.documents if not each.whole]
    found = [msg("{files} cannot be read to the end; what is in them is left out: xqctl validate", files=broken)]
    doubled = [second.address for _, second in district.doubled]
    more = [msg("given twice, the second left out: {addresses}; see xqctl validate", addresses=doubled[:5])]
    return (found if broken else []) + (more if doubled else [])


def _title(title: Word, lang: Lang) -> str:
    return title.zh if lang == "zh" else title.en


def _spelled(table: Written, lang: Lang) -> dict[str, object]:
    columns = [{"name": each.name, "title": _title(each.title, lang)} for each in table.columns]
    return {"name": table.name, "title": _title(table.title, lang), "rows": len(table.rows), "columns": columns}


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(
            ["sort"], msg("what to write: {sorts}", sorts=SORTS), type=one_of("FORMAT", SORTS), metavar="|".join(SORTS)
        ),
        Argument(["operands"], msg("what to export, [REV:]PATH[+PLAN][@DATE]"), nargs=-1, metavar="[OPERAND…]"),
        Option(
            ["-o", "--output"],
            msg("the file, or for csv and parquet the folder, to write"),
            type=str,
            required=True,
            metavar="PATH",
        ),
        as_of_option(),
        today_option(),
        verb="export",
    ),
)
