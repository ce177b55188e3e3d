"""What workbooks promise: formulas over the cells a number follows from, which others find alike; text stays text."""

import io
import math
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import Command
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from xqctl import page as p
from xqctl.messages import Lang
from xqctl.page import Amount, Column, Page, Part, Run, Table, Tone, line
from xqctl.render import View, formats, xlsx
from xqctl.render.xlsx import cells, layout
from xqctl.render.xlsx.formulas import Here
from xqctl.render.xlsx.items import Grid
from xqctl.render.xlsx.layout import Book, Spot
from xqctl.render.xlsx.text import LONGEST, headers, sheet_names, units
from xqctl.terminal import Fault

EXAMPLES = sorted(path.parent for path in (Path(__file__).parent.parent / "examples").glob("*/district.yaml"))
NASTY = "[甲]/*:?\\ \x1b[31m红\u202e反\u200b零 |a| <script>@boss ]]> _x0041_ \ud800\ufffe &P '"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ("=1+1", '=HYPERLINK("http://evil","x")', "+1", "-1", "@SUM(A1)", "\t=1", "http://evil", "mailto:a@b")


def written(page: Page, lang: str = "zh") -> bytes:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n")
    xlsx.write(page, stream, View("en" if lang == "en" else "zh"))
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def opened(content: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=values)


def amount(value: Decimal | int | str | None, measure: p.Measure = "count", **more: object) -> Amount:
    exact = None if value is None else Decimal(value)
    shown = str(more.pop("shown", "—" if exact is None else f"{exact:.4f}"))
    return Amount(shown, exact, measure, **more)  # type: ignore[arg-type]  # the rest of its fields, by name


PUPILS = (1200, 800, None, 450, 1500, 90, 0)
AREAS = ("9000", "7000", "5000", "4100", "8000", "912.5", "300")
STAGES = ("小学", "小学", "小学", "小学", "初中", "初中", "初中")


def spread(pairs: list[tuple[Decimal, int]], *, weighted: bool = True, sample: bool = False) -> Decimal:
    """S ÷ X, as the docstring of `Spread` has it, by another way than the code under test."""
    weights = [Decimal(below) if weighted else Decimal(1) for _, below in pairs]
    every = sum(weights)
    mean = sum((w * top / below for w, (top, below) in zip(weights, pairs, strict=True)), Decimal(0)) / every
    squares = (w * (top / below - mean) ** 2 for w, (top, below) in zip(weights, pairs, strict=True))
    return (sum(squares, Decimal(0)) / (every - (1 if sample else 0))).sqrt() / mean


def pairs(stage: str = "") -> list[tuple[Decimal, int]]:
    rows = zip(AREAS, PUPILS, STAGES, strict=True)
    return [(Decimal(area), pupils) for area, pupils, own in rows if pupils and stage in ("", own)]


def departments(name: str = "departments", *, whole: bool = False) -> Table:
    columns = (
        Column("学校", "name"),
        Column("学段"),
        Column("学生", "number", beside=True),
        Column("面积", "number", beside=True),
        Column("生均面积", "number"),
    )
    rows = [
        (
            f"第{number}小学",
            stage,
            amount(pupils),
            amount(area, "area"),
            amount(Decimal(area) / pupils if pupils else None, "area", formula=p.Quotient(3, 2)),
        )
        for number, (pupils, area, stage) in enumerate(zip(PUPILS, AREAS, STAGES, strict=True))
        if pupils or not whole
    ]
    return Table(columns, tuple(rows), name, tuple(f"{name}-{number}" for number in range(len(rows))))


def variations() -> Table:
    """A number by every formula over another sheet's table."""
    of, by = 3, 2
    known = pairs()
    pupils, area = sum(below for _, below in known), sum(top for top, _ in known)
    formulas: list[tuple[str, Decimal | int, p.Measure, p.Formula]] = [
        ("差异系数", spread(known), "index", p.Spread("departments", of, by)),
        ("小学差异系数", spread(pairs("小学")), "index", p.Spread("departments", of, by, where=(1, "小学"))),
        ("不加权", spread(known, weighted=False), "index", p.Spread("departments", of, by, weighted=False)),
        (
            "样本",
            spread(known, weighted=False, sample=True),
            "index",
            p.Spread("departments", of, by, False, sample=True),
        ),
        ("齐全", spread(known), "index", p.Spread("whole", of, by)),
        ("齐全不加权", spread(known, weighted=False), "index", p.Spread("whole", of, by, weighted=False)),
        ("学生", 4040, "count", p.Total("departments", by)),
        ("小学学生", 2450, "count", p.Total("departments", by, where=(1, "小学"))),
        ("高中学生", 0, "count", p.Total("departments", by, where=(1, "高中"))),
        ("均值", Decimal(4040) / 6, "number", p.Mean("departments", by)),
        ("小学均值", Decimal(2450) / 3, "number", p.Mean("departments", by, where=(1, "小学"))),
        ("总体", (area + 300) / pupils, "area", p.Overall("departments", of, by)),  # a school without pupils has 300
        ("每百名", 100 * area / pupils, "area", p.Overall("whole", of, by, times=100)),
        ("初中总体", Decimal("9212.5") / 1590, "area", p.Overall("departments", of, by, where=(1, "初中"))),
        ("达标", 2, "count", p.Tally("verdicts", 0, "达标")),
        ("达标比例", Decimal(2) / 6, "ratio", p.Tally("verdicts", 0, "达标", is_share=True)),
        ("怪名", 1, "count", p.Tally("verdicts", 1, '=*"甲"?')),
    ]
    rows = tuple((name, amount(value, measure, formula=formula)) for name, value, measure, formula in formulas)
    return Table((Column("指标"), Column("数值", "number")), rows, "variations")


def verdicts() -> Table:
    school = "#departments-0"
    states = (("达标", Tone.GOOD), ("未达标", Tone.BAD), ("数据不足", Tone.WARN))
    rows = [
        (
            Run(states[number % 3][0], states[number % 3][1]),
            '=*"甲"?' if number == 1 else f"目标{number}",
            amount(None if number == 2 else number),
            amount(32),
            amount(None if number == 2 else Decimal(number) / 32, "ratio", formula=p.Quotient(2, 3), to=school),
            amount(None if number == 2 else number - 32, formula=p.Difference(2, 3), basis="stated"),
            amount("0.34375", "ratio", numerator=Decimal(11), denominator=Decimal(32)),
            "2015-07-15" if number % 2 else "2015-07",
            date(2015, 7, number + 1),
        )
        for number in range(6)
    ]
    titles: tuple[tuple[str, p.Kind], ...] = (
        ("结论", "text"),
        ("目标", "name"),
        ("分子", "number"),
        ("分母", "number"),
        ("数值", "number"),
        ("差", "number"),
        ("直接", "number"),
        ("期限", "date"),
        ("日期", "date"),
    )
    columns = tuple(Column(title, kind) for title, kind in titles)
    return Table(columns, tuple(rows), "verdicts", tuple(f"v{number}" for number in range(6)))


def funds() -> Table:
    amounts = ((2018, "甲", 800_000, 900_000), (2019, "甲", 1_218_600, 900_000), (2018, "乙", 600, 900_000))
    rows = [
        (
            str(year),
            fund,
            amount(out, "money"),
            amount(own, "money"),
            amount(own - out, "money", formula=p.Difference(3, 2)),
        )
        for year, fund, out, own in amounts
    ]
    out, own = sum(each[2] for each in amounts), sum(each[3] for each in amounts)
    sums = (
        amount(out, "money", formula=p.Total("funds", 2)),
        amount(own, "money", formula=p.Total("funds", 3)),
        amount(own - out, "money", formula=p.Difference(3, 2)),
    )
    columns = (Column("年"), Column("资金"), *(Column(title, "number") for title in ("承诺", "可用", "差额")))
    return Table(columns, (*rows, ("", "合计", *sums)), "funds")


def whole_page() -> Page:
    chart = p.Chart(
        "各校生均面积", "每校一柱", "bars", departments("chart"), 0, 4, limits=(p.Limit("界限", Decimal(5)),)
    )
    fold = p.Fold(line("目标0的推导"), (p.Code("a: 1\n\tb: 2"), departments("whole", whole=True)), "fold")
    head = (
        p.Heading("报告"),
        p.Facts((("截至", line("2025-03-01")),)),
        p.Tiles((p.Tile("达标", "2", Tone.GOOD, "#verdicts"),)),
    )
    return Page(
        "报告",
        (
            *head,
            Part("verdicts", "结论：一览", (p.Paragraph(line("共 ", Run("6", Tone.STRONG))), verdicts(), fold)),
            Part("resources", "资源/配置", (departments(), p.Heading("由各校算出", 2), variations(), chart)),
            Part(
                "money", "资源/配置", (p.Chart("资金", "按年", "stacked", funds(), 0, 2, 1), p.Listing((line("甲"),)))
            ),
        ),
        {},
    )


def formula_cells(content: bytes) -> dict[tuple[str, str], tuple[str, object]]:
    """Every formula of a workbook, with the value that is kept beside it; read from its XML, which is quick."""
    names = opened_names(content)
    found: dict[tuple[str, str], tuple[str, object]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for number, name in enumerate(names, 1):
            for cell in ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{MAIN}c"):  # noqa: S314
                formula = cell.findtext(f"{MAIN}f")
                if formula is not None:
                    kept = cell.findtext(f"{MAIN}v")
                    is_number = kept is not None and cell.get("t", "n") == "n"
                    found[name, cell.attrib["r"]] = (f"={formula}", float(kept or "") if is_number else kept)
    return found


def opened_names(content: bytes) -> list[str]:
    """The names of a workbook's sheets, in the order of their files."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [each.attrib["name"] for each in ET.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]  # noqa: S314


def by_label(content: bytes, sheet: str, label: str) -> tuple[str, object]:
    found = formula_cells(content)
    page = opened(content)[sheet]
    row = next(row for row in page.iter_rows() if row[0].value == label)
    return found[sheet, row[1].coordinate]


def test_a_sheet_a_part() -> None:
    book = opened(written(whole_page()))
    assert book.sheetnames[1:4] == ["结论：一览", "资源／配置", "资源／配置 2"]
    contents = book.worksheets[0]
    links = [cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'结论：一览'!A1", "'结论：一览'!A1", "'资源／配置'!A1", "'资源／配置 2'!A1"]
    assert book["结论：一览"]["A2"].hyperlink.location.endswith("!A1")


def test_without_parts_there_is_one_sheet() -> None:
    page = Page("核对", (p.Heading("核对"), verdicts(), departments()), {})
    book = opened(written(page))
    assert book.sheetnames == ["核对"]
    assert len(book.worksheets[0].tables) == 2


def test_several_districts_are_groups_of_sheets() -> None:
    blocks: tuple[p.Block, ...] = ()
    for name in ("甲区", "乙区"):
        part = Part(f"{name}-summary", "总体情况", (p.Paragraph(line(Run("到乙区", to="#乙区"))),))
        blocks += (p.Heading(f"{name}：报告", 1, name), p.Facts((("截至", line("2025")),)), part)
    book = opened(written(Page("两个区县", (Part("overview", "总览", (verdicts(),)), *blocks), {})))
    assert book.sheetnames[1:] == ["总览", "1·甲区：报告", "1·总体情况", "2·乙区：报告", "2·总体情况"]
    assert book["1·甲区：报告"]["B3"].value == "2025"
    assert book["1·总体情况"]["A3"].hyperlink.location == "'2·乙区：报告'!A1"


def test_every_link_leads_to_a_cell_and_every_filter_has_its_titles() -> None:
    for page in (whole_page(), nasty_page()):
        book = opened(written(page))
        for sheet in book:
            links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
            assert all(re.fullmatch(r"'(.+)'![A-Z]+[0-9]+", link) for link in links)
            assert {link[1 : link.rindex("'")].replace("''", "'") for link in links} <= set(book.sheetnames)
            for table in sheet.tables.values():
                heads = [cell.value for cell in sheet[table.ref][0]]
                assert heads == [column.name for column in table.tableColumns]


def test_numbers_of_a_column_are_written_alike() -> None:
    columns = tuple(Column(title, "number") for title in "甲乙丙丁")
    rows = (
        (
            amount(4, "number", shown="4"),
            amount(900_000, "money"),
            amount(600, "money"),
            amount("0.28409", "ratio", shown="28.409%"),
        ),
        (
            amount("4.2", "number", shown="4.2"),
            amount(1_234_000, "money"),
            amount("900000.5", "money"),
            amount(1, "ratio", shown="100%"),
        ),
    )
    sheet = opened(written(Page("页", (Table(columns, rows),), {}))).worksheets[0]
    codes = [[sheet.cell(row, column).number_format for row in (3, 4)] for column in (1, 2, 3, 4)]
    assert codes[0] == ["#,##0.00"] * 2
    assert codes[1] == ['#,##0"元"'] * 2
    assert codes[2] == ['#,##0.00"元"'] * 2
    assert codes[3] == ["0.000%", "0.00%"]
    only = Table(columns[:2], tuple(row[:2] for row in rows))
    assert opened(written(Page("页", (only,), {}))).worksheets[0]["B3"].number_format == '0\\.0,"万元"'


def test_every_formula_is_written_with_its_value() -> None:
    content = written(whole_page())
    found = {row[0]: by_label(content, "资源／配置", row[0]) for row in variations().rows if isinstance(row[0], str)}
    for row in variations().rows:
        assert isinstance(row[0], str)
        assert isinstance(row[1], Amount)
        assert row[1].value is not None
        formula, cached = found[row[0]]
        assert formula.startswith("=")
        assert isinstance(cached, float)
        assert math.isclose(cached, row[1].value, rel_tol=1e-12)
    by, of = re.findall(r"'结论：一览'!\$[CD]\$[0-9]+:\$[CD]\$[0-9]+", found["齐全"][0])[:2]
    short = f'=IFERROR(SQRT(SUMPRODUCT({by}*({of}/{by}-SUM({of})/SUM({by}))^2)/SUM({by}))/(SUM({of})/SUM({by})),"—")'
    assert found["齐全"][0] == short
    assert found["达标"][0] == "=COUNTIF('结论：一览'!$A$5:$A$10,\"达标\")"


def test_what_is_not_known_breaks_no_formula() -> None:
    content = written(whole_page())
    sheet, values = opened(content)["资源／配置"], opened(content, values=True)["资源／配置"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "第2小学")
    assert row[2].value is None  # the pupils are read by a formula row by row: no text there
    assert str(row[4].value).startswith("=IF(COUNT(")
    assert values[row[4].coordinate].value == "—"


def test_a_range_where_only_numbers_may_stand_is_a_note() -> None:
    table = departments()
    ranged = (*table.rows[2][:2], Amount("8..16"), *table.rows[2][3:])
    rows = (*table.rows[:2], ranged, *table.rows[3:])
    page = Page("页", (Table(table.columns, rows, "departments"), variations()), {})
    cell = opened(written(page)).worksheets[0]["C5"]
    assert cell.value is None
    assert cell.comment is not None
    assert cell.comment.text == "8..16"


def test_a_formula_that_would_not_give_the_number_is_not_written() -> None:
    row = (amount(1), amount(4), amount("0.3", "ratio", formula=p.Quotient(0, 1)))
    columns = tuple(Column(title, "number") for title in "甲乙丙")
    sheet = opened(written(Page("页", (Table(columns, (row,)),), {}))).worksheets[0]
    assert [sheet.cell(3, column).value for column in (1, 2, 3)] == [1, 4, 0.3]


def test_a_number_that_leads_to_the_same_account_follows_from_the_same_cells() -> None:
    cv = spread(pairs())
    told = amount(cv, "index", formula=p.Spread("departments", 3, 2), to="#account")
    tables = [Table((Column("差异系数", "number"),), ((each,),)) for each in (told, amount(cv, "index", to="#account"))]
    sheet = opened(written(Page("页", (departments(), *tables), {}))).worksheets[0]
    one, other = (cell.value for row in sheet.iter_rows() for cell in row if "SQRT" in str(cell.value))
    assert one == other


def test_sums_stand_below_what_they_sum_up() -> None:
    content = written(whole_page())
    name = "资源／配置 2"
    row = next(row for row in opened(content)[name].iter_rows() if row[1].value == "合计")
    assert formula_cells(content)[name, row[2].coordinate] == ("=SUM($C$6:$C$8)", 2_019_200)


def test_numbers_and_days_are_numbers_and_days() -> None:
    sheet = opened(written(whole_page())).worksheets[1]
    first = next(row for row in sheet.iter_rows() if row[1].value == "目标0")
    second = next(row for row in sheet.iter_rows() if row[0].value == "未达标")
    assert first[7].value == "2015-07"
    assert second[7].value == datetime.fromisoformat("2015-07-15")
    assert first[8].value == datetime.fromisoformat("2015-07-01")
    assert first[4].number_format == "0.0000%"  # as it is shown
    assert first[5].number_format == '"※ "#,##0'
    assert first[6].value == "=11/32"
    assert first[4].hyperlink.location == "'资源／配置'!A4"
    assert second[0].font.b
    assert second[0].fill.fgColor.rgb != first[0].fill.fgColor.rgb


def test_days_before_spreadsheets_count_are_text() -> None:
    page = Page("页", (Table((Column("日", "date"),), ((date(1898, 7, 3),), ("1900-02-28",), ("1900-03-01",))),), {})
    sheet = opened(written(page)).worksheets[0]
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == [
        "1898-07-03",
        "1900-02-28",
        datetime.fromisoformat("1900-03-01"),
    ]


def test_how_a_sheet_is_set_up() -> None:
    rows = tuple((f"甲{number}", number) for number in range(40))
    page = Page("页", (Part("a", "甲 & 乙", (Table((Column("名", "name"), Column("数", "number")), rows),)),), {})
    sheet = opened(written(page)).worksheets[1]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.oddFooter.left.text == "甲 && 乙"
    (table,) = sheet.tables.values()
    assert table.ref == table.autoFilter.ref == "A3:B43"


def test_folds_are_closed_and_can_be_opened() -> None:
    sheet = opened(written(whole_page())).worksheets[1]
    inner = [number for number, row in sheet.row_dimensions.items() if row.outlineLevel == 1]
    assert inner
    assert inner == list(range(inner[0], inner[-1] + 1))
    assert all(sheet.row_dimensions[number].hidden for number in inner)
    assert sheet.cell(inner[0] - 1, 1).value == "目标0的推导"
    assert not sheet.row_dimensions[inner[0] - 1].hidden


def test_charts_follow_from_cells() -> None:
    content = written(whole_page())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
        drawings = "".join(archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name)
    assert len(charts) == 2
    assert "<c:barChart>" in charts[0]
    assert "<c:lineChart>" in charts[0]  # the limit
    assert '<c:grouping val="stacked"/>' in charts[1]
    assert 'descr="每校一柱"' in drawings
    sheet = opened(content, values=True).worksheets[-1]
    assert [cell.value for cell in sheet[2]][:3] == [None, "生均面积", "界限"]
    assert sheet["B3"].value == 7.5


def test_points_have_a_table_alone() -> None:
    chart = p.Chart("点", "点", "points", departments(), 0, 4)
    book = opened(written(Page("页", (chart,), {})))
    assert len(book.sheetnames) == 1
    assert book.worksheets[0].max_row > len(PUPILS)


# text


def nasty_page() -> Page:
    columns = (Column(NASTY, "name"), Column("=1+1"), Column(""), Column("=1+1"), Column("数", "number"))
    rows = tuple((text, Run(text, Tone.BAD), NASTY, "名" * 200, text) for text in FORMULAS)
    blocks: tuple[p.Block, ...] = (
        p.Heading(NASTY, 2),
        *(p.Paragraph(line(text)) for text in (*FORMULAS, "名" * 200, "长" * 40_000)),
        p.Paragraph(line(Run(NASTY, Tone.BAD, "http://evil"), Run("=1", Tone.STRONG))),
        p.Facts(tuple((text, line(text)) for text in FORMULAS)),
        p.Tiles((p.Tile(NASTY, "=1+1", Tone.GOOD, "other.html#x"),)),
        p.Code(f"{NASTY}\n=1+1"),
        Table(columns, rows, NASTY, tuple(f"{NASTY}{number}" for number in range(len(rows)))),
        p.Chart("=1+1", NASTY, "bars", Table((Column("=x"), Column("y")), (("=1+1", 1), (NASTY, 2))), 0, 1),
        p.Fold(line(NASTY), (p.Listing((line("=1+1"),)),), NASTY),
    )
    names = (NASTY, NASTY, "HISTORY", "'", "", "甲" * 40, "甲" * 41, "a", "A", "=1+1", "&P&N")
    return Page(NASTY, tuple(Part(f"{number}", name, blocks) for number, name in enumerate(names)), {})


def test_names_stay_text() -> None:
    content = written(nasty_page())
    book = opened(content)
    drawn = [cell for sheet in book.worksheets[:-1] for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in drawn if cell.data_type == "f"]
    texts = {str(cell.value) for cell in drawn if cell.value is not None}
    assert set(FORMULAS) - {"\t=1"} <= texts
    assert "<U+0009>=1" in texts
    assert "名" * 200 in texts
    assert not {char for text in texts for char in text} & set("\x1b\u202e\u200b\ud800\ufffe")
    assert any("_x0041_" in text and "]]>" in text and "<U+202E>" in text for text in texts)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            ET.fromstring(archive.read(name))  # noqa: S314  our own bytes: are they XML at all
            assert b"http://evil" not in archive.read(name) or name == "xl/sharedStrings.xml"
            assert b'TargetMode="External"' not in archive.read(name)


def test_names_of_sheets() -> None:
    names = opened(written(nasty_page())).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 13
    assert all(0 < units(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert all(name.strip("'") == name and name.casefold() != "history" for name in names)
    assert sheet_names(["a/b", "A/B", "𠮷" * 20], "页") == ("a／b", "A／B 2", "𠮷" * 15)
    assert headers(["甲", "", "甲", "列 2"], "列") == ("甲", "列", "甲 (2)", "列 2")
    assert sheet_names(["_x0041_"], "页") == headers(["_x0041_"], "列") == ("＿x0041_",)


def test_long_text_is_cut_and_says_so() -> None:
    sheet = opened(written(Page("页", (p.Paragraph(line("长" * 40_000)),), {}), "en")).worksheets[0]
    text = str(sheet["A2"].value)
    assert len(text) == LONGEST
    assert text.endswith("… (cut: 40000 characters in all)")


def test_more_rows_than_a_sheet_has_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "ROWS", 30)
    table = Table((Column("名"),), tuple((f"甲{number}",) for number in range(50)))
    sheet = opened(written(Page("页", (table, table), {}), "en")).worksheets[0]
    texts = [str(sheet.cell(row, 1).value) for row in range(1, sheet.max_row + 1)]
    kept = sum(text.startswith("甲") for text in texts)
    assert sheet.max_row <= 30
    assert f"{50 - kept} more rows have no room on this sheet" in texts
    assert texts[-1] == "1 more lines and tables have no room on this sheet"


def test_more_links_than_a_sheet_bears_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_LINKS", 3)
    rows = tuple((Run(f"甲{number}", to="#a"), amount(number, to="#a")) for number in range(5))
    page = Page("页", (Part("a", "甲", (Table((Column("名"), Column("数", "number")), rows),)),), {})
    sheet = opened(written(page)).worksheets[1]
    assert sum(cell.hyperlink is not None for row in sheet.iter_rows() for cell in row) == 3
    assert sheet["A8"].value == "甲4"
    assert sheet["B8"].value == 4


# the command


def test_a_terminal_gets_no_workbook() -> None:
    class Screen(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    with pytest.raises(Fault) as caught:
        xlsx.write(whole_page(), Screen(io.BytesIO(), "utf-8"), View("zh"))
    assert caught.value.exit_code == 2


def test_verbs_that_have_numbers_have_workbooks() -> None:
    assert all("xlsx" in formats(verb) for verb in ("check", "compare", "diff", "explain", "report"))
    assert "xlsx" not in formats("validate")


def test_same_page_same_bytes(tmp_path: Path, xqctl: Command) -> None:
    assert written(whole_page()) == written(whole_page())
    files = [tmp_path / "1.xlsx", tmp_path / "2.xlsx"]
    for file, zone in zip(files, ("Asia/Shanghai", "America/New_York"), strict=True):
        xqctl("check", EXAMPLES[0], "--format", f"xlsx={file}", env={"TZ": zone, "PYTHONHASHSEED": str(len(zone))})
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as archive:
        assert {each.date_time[0] for each in archive.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_two_thousand_schools_take_seconds() -> None:
    rows = tuple(
        (f"第{number}小学", *(amount(number + column, to="#v1") for column in range(2, 11)), amount(1), amount(2))
        for number in range(2000)
    )
    table = Table(tuple(Column(f"列{number}", "number") for number in range(12)), rows, "big")
    cv = Table((Column("数", "number"),), ((amount(None, formula=p.Spread("big", 2, 3)),),))
    begun = time.monotonic()
    assert len(written(Page("页", (Part("a", "甲", (table,)), Part("b", "乙", (cv,))), {}))) < 3_000_000
    assert time.monotonic() - begun < 20  # about 2 s where nothing else runs


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for reports of the examples."""
    return tmp_path_factory.mktemp("reports")


def reads_nothing(formula: p.Formula, tables: Mapping[str, tuple[Spot, Grid]]) -> bool:
    """Whether a formula reads a table that is not there or has no rows."""
    if isinstance(formula, p.Quotient | p.Difference):
        return False
    return formula.table not in tables or not tables[formula.table][1].body


def report_of(example: Path, reports: Path, xqctl_inside: Command) -> bytes:
    """The report of an example, as the command writes it."""
    file = reports / f"{example.name}.xlsx"
    done = xqctl_inside("report", example, "--format", f"xlsx={file}")
    assert done.code == 0, done.err
    return file.read_bytes()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_number_of_a_report_that_says_how_it_follows_is_live(
    example: Path, reports: Path, xqctl_inside: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: Counter[bool] = Counter()
    dead: list[object] = []
    live = cells.live

    def watched(of: Amount, here: Here, book: Book, lang: Lang) -> str | None:
        found = live(of, here, book, lang)
        if of.formula is not None and of.value is not None:
            seen[found is not None] += 1
            if found is None and not reads_nothing(of.formula, book.tables):
                dead.append((of, here))
        if here.table.name.startswith("compliance.") and of.measure == "index" and of.value is not None:
            seen[found is not None] += 1
            dead.extend([(of, here)] if found is None else [])
        return found

    monkeypatch.setattr(cells, "live", watched)
    report_of(example, reports, xqctl_inside)
    assert not dead
    if example.name == "demo":
        assert seen[True] > 500


def without_values(content: bytes) -> bytes:
    """The same workbook with nothing kept beside its formulas: who shows numbers there has computed them."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(copy, "w") as other:
        for name in archive.namelist():
            data = archive.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
                data = re.sub(rb' t="str"(><f>)', rb"\1", data)
            other.writestr(name, data)
    return copy.getvalue()


def computed(office: str, files: list[Path], into: Path) -> None:
    """Lets LibreOffice compute workbooks and keep them again."""
    profile = (into / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", str(into)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)


def differences(content: bytes, other: bytes) -> Iterator[str]:
    """The cells in which the value kept beside a formula is not what was computed."""
    found = formula_cells(other)
    for place, (formula, kept) in formula_cells(content).items():
        value = found[place][1]
        if isinstance(kept, float) and isinstance(value, float):
            if math.isclose(kept, value, rel_tol=1e-9, abs_tol=1e-12):
                continue
        elif kept == value:
            continue
        yield f"{place} {formula}: {kept} is kept, {value} computed"


def test_libreoffice_finds_the_same_numbers(tmp_path: Path, reports: Path, xqctl_inside: Command) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None and os.environ.get("CI") != "true":
        pytest.skip("LibreOffice is not here: apt-get install libreoffice-calc-nogui")
    assert office is not None
    pages = {"whole": whole_page(), "nasty": nasty_page()}
    contents = {name: written(page) for name, page in pages.items()}
    for example in EXAMPLES:
        file = reports / f"{example.name}.xlsx"
        content = file.read_bytes() if file.exists() else report_of(example, reports, xqctl_inside)
        contents[f"report-{example.name}"] = content
    blank = tmp_path / "blank"
    blank.mkdir()
    for name, content in contents.items():
        (blank / f"{name}.xlsx").write_bytes(without_values(content))
    computed(office, sorted(blank.iterdir()), tmp_path / "computed")
    counts = {name: len(formula_cells(content)) for name, content in contents.items()}
    assert counts["whole"] > 40
    assert counts["report-demo"] > 500
    for name, content in contents.items():
        assert not list(differences(content, (tmp_path / "computed" / f"{name}.xlsx").read_bytes())), name
