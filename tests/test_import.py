"""Ledgers in: messy workbooks through the real command, wrong cells told by their names, nothing half-written."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ledgers
import pytest
from conftest import Command, environment
from crashes import killed_at_random, seen, stumbled
from jsonschema import Draft202012Validator
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from referencing import Registry, Resource

from xqctl import resources
from xqctl.commands import _arrivals
from xqctl.commands._arrivals import Source
from xqctl.compose import Budgets, compose
from xqctl.ledger import guessed
from xqctl.schema import is_valid
from xqctl.tables.xlsx import sheets
from xqctl.tabular import letters
from xqctl.terminal import Fault, Terminal

MANY = 20_000
DEMO = Path(__file__).parent.parent / "examples" / "demo"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a small district `d` and a ledger."""
    ledgers.district(tmp_path / "d")
    ledgers.ledger(tmp_path / "台账.xlsx")
    return tmp_path


def mapped(home: Path, xqctl: Command) -> Path:
    """The mapping that is guessed for the ledger."""
    path = home / "d" / "mappings" / "台账.yaml"
    path.parent.mkdir(exist_ok=True)
    done = xqctl("import", "xlsx", "台账.xlsx", "--guess", "-o", path, cwd=home)
    assert done.code == 0, done.err
    return path


def answer(done: object) -> dict[str, object]:
    return json.loads(done.out)  # type: ignore[attr-defined,no-any-return]  # what a run left


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def data(path: Path) -> dict[str, dict[str, object]]:
    return compose(path.read_bytes(), str(path), Budgets()).data  # type: ignore[return-value]  # a mapping of mappings


def test_a_mapping_is_guessed_from_the_headings(home: Path) -> None:
    found = guessed(sheets(home / "台账.xlsx"))
    assert is_valid(found, "mapping")
    tables = found["tables"]
    assert isinstance(tables, dict)
    assert list(tables) == ["学校台账", "办学条件", "结对名单", "支教名单"]  # the hidden sheet is left alone
    assert tables["学校台账"] == {
        "header": 3,
        "into": "schools",
        "id": "学校名称",
        "columns": {
            "学校标识码": "code",
            "办学类型": {
                "field": "stages",
                "values": {"完全小学": "primary", "九年一贯制": ["primary", "junior"], "初级中学": "junior"},
            },
            "办学水平": {"field": "standing", "values": {"优质校": "quality", "一般": "ordinary"}},
            "城乡类型": {"field": "setting", "values": {"农村": "rural"}},
            "所在街镇": "subdistrict",
            "建校时间": "since",
            "备注": "note",
        },
        "ignore": ["序号", "校长"],
    }
    assert tables["办学条件"]["header"] == "2..3"  # type: ignore[index,call-overload]  # a mapping
    assert tables["办学条件"]["year"] == "2023-2024"  # type: ignore[index,call-overload]  # a mapping
    columns = tables["办学条件"]["columns"]  # type: ignore[index,call-overload]  # a mapping
    assert columns["在校生数/小学"] == "primary.students"  # type: ignore[index,call-overload]  # a mapping
    assert columns["教学仪器设备值（万元）"] == {"field": "equipment_value", "unit": "万元"}  # type: ignore[index,call-overload]  # a mapping
    assert tables["支教名单"]["columns"]["姓名"] == {"field": "count", "tally": True}  # type: ignore[index,call-overload]  # a mapping


def test_a_preview_writes_nothing_and_says_what_would_change(home: Path, xqctl: Command) -> None:
    before = contents(home / "d")
    done = xqctl("import", "xlsx", "台账.xlsx", "--into", "d", "--lang", "en", cwd=home)
    assert done.code == 0, done.out
    assert contents(home / "d") == before
    assert "北坡学校" in done.out
    assert "the mapping is guessed" in done.err
    assert "11010519491231002X" not in done.out + done.err
    found = answer(xqctl("import", "xlsx", "台账.xlsx", "--into", "d", "--format", "json", "-q", cwd=home))
    assert found["summary"] == {"rows": 13, "added": 9, "changed": 3, "removed": 0, "problems": 0}
    assert found["import"]["written"] is False  # type: ignore[index]  # a mapping
    assert found["import"]["files"] == ["d/alliances.yaml", "d/postings.yaml", "d/schools.yaml", "d/statistics.yaml"]  # type: ignore[index]  # a mapping


def test_a_ledger_is_written_in_place_and_then_says_nothing_new(home: Path, xqctl: Command) -> None:
    mapping = mapped(home, xqctl)
    call = ("import", "xlsx", "台账.xlsx", "--into", "d", "--mapping", mapping, "--write")
    assert xqctl(*call, cwd=home).code == 0
    text = (home / "d" / "schools.yaml").read_text(encoding="utf-8")
    assert text.startswith('# 学校\nschools:\n  东街小学:   # 百年老校\n    code: "9999000001"\n')
    assert '  西乡小学: {stages: primary, standing: weak, setting: rural, code: "9999000002"' in text
    assert data(home / "d" / "schools.yaml")["schools"]["北坡学校"] == {
        "code": "9999000005", "stages": ["primary", "junior"], "standing": "ordinary", "setting": "rural",
        "subdistrict": "西乡", "since": 2010, "note": "寄宿制",
    }  # fmt: skip
    statistics = data(home / "d" / "statistics.yaml")["statistics"]["2023-2024"]
    assert statistics["东街小学"] == {  # type: ignore[index]  # a mapping
        "primary": {"students": 420}, "students": 420, "classes": 12, "building_area": "3200.5m2", "books": 12600,
        "equipment_value": "90.5万元",
    }  # fmt: skip
    assert statistics["西乡小学"]["equipment_value"] == "80万元"  # type: ignore[index]  # a mapping
    assert statistics["西乡中学"]["equipment_value"] == "600000元"  # type: ignore[index]  # known by its other name
    postings = data(home / "d" / "postings.yaml")["postings"]
    assert postings["2023-2024东街小学—西乡小学"]["count"] == 2  # type: ignore[index]  # a mapping
    assert postings["2023-2024东街小学—西乡小学"]["backbone"] == 1  # type: ignore[index]  # a mapping
    pair = data(home / "d" / "alliances.yaml")["alliances"]["东街中学—西乡中学"]
    assert pair["members"] == {"东街中学": "lead", "西乡中学": "member"}  # type: ignore[index]  # a mapping
    for each in contents(home / "d").values():
        assert b"11010519491231002X" not in each
        assert "某".encode() not in each
    before = contents(home / "d")
    done = xqctl(*call, "--lang", "en", cwd=home)
    assert "nothing to write" in done.out
    assert contents(home / "d") == before
    assert xqctl("validate", "d", cwd=home).code == 0


def changed(home: Path, cells: dict[str, object], sheet: str = "学校台账", number_format: str | None = None) -> None:
    """The ledger with other values in some cells."""
    book = load_workbook(home / "台账.xlsx")
    for name, value in cells.items():
        cell = book[sheet][name]
        assert isinstance(cell, Cell)
        cell.value = value  # type: ignore[assignment]  # anything may stand in a cell
        if isinstance(value, str) and value.startswith("#"):
            cell.data_type = "e"
        if number_format is not None:
            cell.number_format = number_format
    book.save(home / "台账.xlsx")


def problems(home: Path, xqctl: Command) -> dict[str, str]:
    """What is wrong, by cell; and that nothing is written then."""
    mapping = home / "d" / "mappings" / "台账.yaml"
    before = contents(home / "d")
    done = xqctl("import", "xlsx", "台账.xlsx", "--into", "d", "--mapping", mapping, "--write", "--format", "json",
                 "--lang", "en", "-q", cwd=home)  # fmt: skip
    assert done.code == 1, done.err
    assert contents(home / "d") == before
    found = answer(done)
    assert found["import"]["written"] is False  # type: ignore[index]  # a mapping
    return {each["cell"]: each["message"] for each in found["problems"]}  # type: ignore[attr-defined]  # a list


def test_every_wrong_cell_is_told_at_once_by_sheet_and_cell(home: Path, xqctl: Command) -> None:
    mapped(home, xqctl)
    changed(home, {"C5": 12345, "E5": "很好", "H6": "去年", "B8": None, "C9": "#REF!", "D8": "=1+1"})
    changed(home, {"C4": "许多", "F4": 3.5, "H5": "很大", "G7": "三十"}, "办学条件")
    found = problems(home, xqctl)
    assert found == {
        "学校台账!C5": "12345 is stored as a number: the zeros it began with are lost; it has 10 digits",
        "学校台账!E5": "很好 is none of the words known here",
        "学校台账!H6": "去年 is no date",
        "学校台账!A8": "the row has no 学校名称",
        "学校台账!C9": "the cell shows an error of the spreadsheet",
        "办学条件!C4": "许多 is no whole number",
        "办学条件!F4": "3.5 is no whole number",
        "办学条件!H5": "很大 is no area",
        "办学条件!G7": "三十 is no sum of money",
    }


def test_a_formula_without_a_result_is_no_blank(home: Path, xqctl: Command) -> None:
    mapped(home, xqctl)
    changed(home, {"C4": "=D4+E4"}, "办学条件")
    assert problems(home, xqctl) == {"办学条件!C4": "the formula has no result in the file"}


def test_money_without_a_unit_is_refused_and_percentages_are_read_as_shown(home: Path, xqctl: Command) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("经费")
    for row in (["名称", "金额", "占比"], ["甲", 30, 0.3], ["乙", "30万元", "30%"], ["丙", "1,234.5元", 0.125]):
        sheet.append(row)
    book.save(home / "台账.xlsx")
    mapping = home / "d" / "mappings" / "台账.yaml"
    mapping.parent.mkdir()
    mapping.write_text(
        "tables:\n  经费:\n    into: funds\n    id: 名称\n    columns: {金额: amount}\n"
        "  占比:\n    sheet: 经费\n    into: feeders\n    id: 对口{名称}\n    columns: {占比: share}\n"
        "    fixed: {from: 东街小学, to: 东街中学, way: direct}\n",
        encoding="utf-8",
    )
    assert problems(home, xqctl) == {
        "经费!B2": "30 has no unit",
        "经费!C2": "0.3 may mean 0.3% or 30%",
        "经费!C4": "0.125 may mean 0.125% or 12.5%",
    }
    changed(home, {"C2": 0.3, "C4": 0.125}, "经费", "0.0%")
    changed(home, {"B2": "30 万元"}, "经费")
    call = ("import", "xlsx", "台账.xlsx", "--into", "d", "--mapping", mapping, "--format", "json", "-q")
    found = answer(xqctl(*call, cwd=home))
    told = {each["address"]: each["after"] for each in found["changes"]}  # type: ignore[attr-defined]  # a list
    assert told["funds.甲"]["amount"] == "30万元"
    assert told["funds.丙"]["amount"] == "1234.5元"
    assert [told[f"feeders.对口{id_}"]["share"] for id_ in "甲乙丙"] == ["30%", "30%", "12.5%"]


def test_what_would_be_wrong_in_the_files_is_told_by_cell_too(home: Path, xqctl: Command) -> None:
    mapped(home, xqctl)
    changed(home, {"C2": "南街小学", "D2": "2028-09", "E2": "2026-09"}, "结对名单")
    found = problems(home, xqctl)
    assert any(cell.startswith("结对名单!C2") and "XQR001" in said for cell, said in found.items())
    assert any(cell.startswith("结对名单!") and "XQT001" in said for cell, said in found.items())


def test_two_rows_that_disagree_are_told(home: Path, xqctl: Command) -> None:
    mapped(home, xqctl)
    changed(home, {"B9": "东街小学"})
    found = problems(home, xqctl)
    assert found["学校台账!C9"] == "9999000003 here, but 9999000001 at 学校台账!C5"


def test_numbers_of_people_do_not_get_in(home: Path, xqctl: Command) -> None:
    mapping = mapped(home, xqctl)
    changed(home, {"J5": "联系13812345678", "J8": "11010519491231002X"})
    found = problems(home, xqctl)
    assert found == {
        "学校台账!J5": "this looks like a number of a person: 138********",
        "学校台账!J8": "this looks like a number of a person: 110***************",
    }
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace("派出学校: from", "派出学校: from\n      身份证号: note"),
        encoding="utf-8",
    )
    assert "身份证号 is about a person: git keeps it for ever" in problems(home, xqctl).values()


def test_headings_and_sheets_that_are_not_there(home: Path, xqctl: Command) -> None:
    mapping = mapped(home, xqctl)
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(
        text.replace("学校标识码: code", "学校识别码: code").replace("结对名单:", "结对名录:"), encoding="utf-8"
    )
    found = problems(home, xqctl)
    assert found == {
        "学校台账!A3": "there is no column 学校识别码",
        "结对名录": "there is no sheet 结对名录; there is 结对名单",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tables: [1]\n", "m.yaml:1"),
        ("tables: {a: {into: schools, id: x, columns: {x: colour}}}\n", "schools has no field colour"),
        ("tables: {a: {into: schools, id: x, columns: {x: 学校标识码}}}\n", "did you mean code"),
        ("tables: {a: {into: schools, id: x, columns: {x: location}}}\n", "location.lon"),
        ("tables: {a: {into: statistics, id: x}}\n", "statistics need a school year"),
        ("tables: {a: {into: wrong, id: x}}\n", "m.yaml:1"),
        ("tables: {a: {into: schools, id: x, colour: 1}}\n", "colour"),
        ("tables: {a: {into: schools, id: x, header: 0}}\n", "m.yaml:1"),
        ("a: [\n", "m.yaml:"),
    ],
)
def test_a_wrong_mapping_is_told_by_line(home: Path, text: str, said: str, xqctl: Command) -> None:
    (home / "m.yaml").write_text(text, encoding="utf-8")
    done = xqctl("import", "xlsx", "台账.xlsx", "--into", "d", "--mapping", "m.yaml", "--lang", "en", cwd=home)
    assert done.code == 1, done.err
    assert said in done.err
    assert done.err.count("\n") == 1


def test_history_is_not_overwritten(home: Path, xqctl: Command) -> None:
    mapping = mapped(home, xqctl)
    schools = home / "d" / "schools.yaml"
    text = schools.read_text(encoding="utf-8")
    text = text.replace("standing: quality\n", "standing: {2000: ordinary, 2010: quality}\n", 1)
    text = text.replace("primary, standing: weak", "primary, standing: {2000: weak, 2020: ordinary}")
    schools.write_text(text, encoding="utf-8")
    found = problems(home, xqctl)
    assert list(found) == ["学校台账!E6"]
    assert "changes by date" in found["学校台账!E6"]
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace("field: standing", "field: standing.2024"), encoding="utf-8")
    done = xqctl("import", "xlsx", "台账.xlsx", "--into", "d", "--mapping", mapping, "--write", cwd=home)
    assert done.code == 0, done.out
    assert "2024: weak" in schools.read_text(encoding="utf-8")


def test_a_member_that_has_more_than_a_role_keeps_it(home: Path, xqctl: Command) -> None:
    mapping = mapped(home, xqctl)
    pairs = home / "d" / "pairs.yaml"
    pairs.write_text(
        "alliances:\n  东街小学—西乡小学:\n    form: pair\n    members:\n"
        "      东街小学: {role: lead, since: 2023-09}  # 牵头\n"
        "      西乡小学: member\n    since: 2023-09-01\n",
        encoding="utf-8",
    )
    done = xqctl("import", "xlsx", "台账.xlsx", "--into", "d", "--mapping", mapping, "--write", cwd=home)
    assert done.code == 0, done.out
    text = pairs.read_text(encoding="utf-8")
    assert "东街小学: {role: lead, since: 2023-09}  # 牵头\n" in text
    assert "until: 2026-09" in text
    assert "东街中学—西乡中学" in text


def test_our_own_workbook_back_changes_no_byte_and_edits_come_through(tmp_path: Path, xqctl: Command) -> None:
    shutil.copytree(DEMO, tmp_path / "d")
    before = contents(tmp_path / "d")
    assert xqctl("export", "xlsx", "d", "-o", "out.xlsx", cwd=tmp_path).code == 0
    assert xqctl("import", "xlsx", "out.xlsx", "--into", "d", "--write", cwd=tmp_path).code == 0
    assert contents(tmp_path / "d") == before
    book = load_workbook(tmp_path / "out.xlsx")
    sheet = book["学校"]
    heads = {sheet.cell(1, number).value: number for number in range(1, sheet.max_column + 1)}
    row = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == "听雨小学")
    sheet.cell(row, heads["standing"]).value = "普通"
    sheet.cell(row, heads["since"]).value = date(1950, 9, 1)
    book.save(tmp_path / "out.xlsx")
    done = xqctl("import", "xlsx", "out.xlsx", "--into", "d", "--write", cwd=tmp_path)
    assert done.code in (0, 1), done.err
    after = contents(tmp_path / "d")
    assert [name for name in before if before[name] != after[name]] == (["schools.yaml"] if done.code == 0 else [])


def test_calls_that_cannot_be_meant(home: Path, xqctl: Command) -> None:
    for words, code in (
        (["台账.xlsx"], 2),
        (["none.xlsx", "--into", "d"], 3),
        (["台账.xlsx", "--into", "d", "--remove-missing"], 2),
        (["台账.xlsx", "--into", "d", "-o", "x.yaml"], 2),
        (["台账.xlsx", "--into", "台账.xlsx"], 2),
        (["台账.xlsx", "--into", "d", "--mapping", "none.yaml"], 4),
    ):
        done = xqctl("import", "xlsx", *words, cwd=home)
        assert done.code == code, (words, done.err)
        assert done.err.count("\n") == 1
    assert xqctl("import", "pdf", "x", "--into", "d", cwd=home).code == 2


def test_a_workbook_without_known_headings(home: Path, xqctl: Command) -> None:
    book = Workbook()
    book.worksheets[0].append(["甲", "乙"])
    book.save(home / "x.xlsx")
    done = xqctl("import", "xlsx", "x.xlsx", "--guess", "--lang", "en", cwd=home)
    assert done.code == 1
    assert "no headings are known" in done.err


def test_an_old_workbook_is_read_too(home: Path, xqctl: Command) -> None:
    """`.xls` as WPS and old Excel write it; the bytes are made by LibreOffice where it is installed."""
    office = next((each for each in ("/usr/bin/soffice", "/usr/bin/libreoffice") if os.access(each, os.X_OK)), None)
    if office is None and not os.environ.get("CI"):
        pytest.skip("needs LibreOffice to make an .xls")
    assert office is not None
    subprocess.run(
        [office, "--headless", "--convert-to", "xls", "台账.xlsx"],
        cwd=home,
        check=True,
        capture_output=True,
        timeout=120,
    )
    mapping = mapped(home, xqctl)
    done = xqctl("import", "xlsx", "台账.xls", "--into", "d", "--mapping", mapping, "--format", "json", "-q", cwd=home)
    assert done.code == 0, done.out
    assert answer(done)["summary"] == {"rows": 13, "added": 9, "changed": 3, "removed": 0, "problems": 0}


def test_an_end_at_any_moment_leaves_all_old_or_all_new(home: Path, xqctl: Command) -> None:
    mapping = mapped(home, xqctl)
    words = ("import", "xlsx", str(home / "台账.xlsx"), "--into", ".", "--mapping", str(mapping), "--write", "-q")
    homes = iter(range(10**6))

    def make() -> Path:
        return shutil.copytree(home / "d", home / str(next(homes)))

    done = make()
    before = seen(done)
    start = time.monotonic()
    assert xqctl(*words, cwd=done).code == 0
    took = time.monotonic() - start
    after = seen(done)
    assert len(after) > len(before)
    found = stumbled(words, make, every=9)
    assert all(state in (before, after) for state in found)
    assert before in found
    assert found[-1] == after
    assert all(state in (before, after) for state in killed_at_random(words, make, trials=8, longest=took * 1.1))


def test_many_rows_in_bounded_time(home: Path, xqctl: Command) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("学校台账")
    sheet.append(["学校名称", "学段", "办学水平", "备注"])
    for number in range(MANY):
        sheet.append([f"第{number}小学", "小学", "普通", "无"])
    book.save(home / "大.xlsx")
    start = time.monotonic()
    done = xqctl(
        "import", "xlsx", "大.xlsx", "--into", "d", "--detail", "summary", "--lang", "en", cwd=home, timeout=600
    )
    assert done.code == 0, done.err
    assert time.monotonic() - start < 120
    assert str(MANY) in done.out.replace(",", "")


DOCS = Path(__file__).parent.parent / "docs" / "import.md"
_BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_what_the_manual_shows_is_what_is_printed(tmp_path: Path, xqctl: Command) -> None:
    """The example of docs/import.md, command after command; XQCTL_UPDATE=1 writes what is printed into it."""
    ledgers.district(tmp_path / "远山县")
    ledgers.ledger(tmp_path / "台账.xlsx")
    changed(tmp_path, {"C5": 12345, "E5": "很好", "H6": "去年", "C9": "#REF!", "J8": "电话13812345678"})
    (tmp_path / "台账.xlsx").rename(tmp_path / "有错.xlsx")
    ledgers.ledger(tmp_path / "台账.xlsx")
    text = DOCS.read_text(encoding="utf-8")
    printed: list[str] = []
    for block in _BLOCK.finditer(text):
        program, *words = shlex.split(block["command"])
        if program == "cat":
            printed.append((tmp_path / words[0]).read_text(encoding="utf-8"))
        else:
            done = xqctl(*words, "--today", "2025-01-01", cwd=tmp_path, env={"NO_COLOR": "1"})
            assert done.code in (0, 1), done.err
            printed.append(done.err + re.sub(r"[ \t]+$", "", done.out, flags=re.MULTILINE).strip("\n") + "\n")
    assert len(printed) >= 9
    told = iter(printed)
    new = _BLOCK.sub(lambda block: f"```console\n$ {block['command']}\n{next(told)}```", text)
    if os.environ.get("XQCTL_UPDATE") == "1":
        DOCS.write_text(new, encoding="utf-8")
    assert new == DOCS.read_text(encoding="utf-8")


def test_the_demo_maps_its_own_statistics(tmp_path: Path, xqctl: Command) -> None:
    shutil.copytree(DEMO, tmp_path / "demo")
    rows = data(DEMO / "statistics-2024.yaml")["statistics"]["2024-2025"]
    assert isinstance(rows, dict)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "办学条件"
    heads = (
        "序号",
        "学年",
        "学校名称",
        "学生",
        None,
        "班级",
        None,
        "教师",
        None,
        "教学及辅助用房面积",
        "教学仪器设备值",
        "图书册数",
    )
    under = ["在校生数", "招生数", "班数", "最大班额", "专任教师数", "其中骨干教师"]
    for row in (["云溪区办学条件统计表（虚构）"], list(heads), [None, None, None, *under]):
        sheet.append(row)
    for merged in ("A1:L1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2", "J2:J3", "K2:K3", "L2:L3"):
        sheet.merge_cells(merged)
    fields = ("students", "new_students", "classes", "largest_class", "full_time_teachers", "backbone_teachers")
    for number, (school, said) in enumerate(rows.items(), 1):
        area, value = str(said.get("teaching_area", "")), str(said.get("equipment_value", ""))
        sheet.append([number, "2024-2025学年", school, *(said.get(field) for field in fields), area.removesuffix("m2"),
                      value.removesuffix("万元") or None, said.get("books")])  # fmt: skip
    sheet.append(["合计", None, None, 1])
    sheet.append(["附：各校填报表略"])
    book.save(tmp_path / "办学条件2024.xlsx")
    mapping = "demo/mappings/办学条件统计.yaml"
    call = ("import", "xlsx", "办学条件2024.xlsx", "--into", "demo", "--mapping", mapping, "--lang", "en", "--write")
    done = xqctl(*call, cwd=tmp_path)
    assert done.code == 0, done.out
    assert "nothing to write" in done.out
    assert contents(tmp_path / "demo") == contents(DEMO)
    sheet["D5"].value = "２１３１"
    book.save(tmp_path / "办学条件2024.xlsx")
    assert xqctl(*call, cwd=tmp_path).code == 0
    old, new = contents(DEMO), contents(tmp_path / "demo")
    assert [name for name in old if old[name] != new[name]] == ["statistics-2024.yaml"]
    assert new["statistics-2024.yaml"].decode() == old["statistics-2024.yaml"].decode().replace(
        "students: 2130", "students: 2131", 1
    )


def test_answers_are_as_published(home: Path, xqctl: Command) -> None:
    registry: Registry[object] = Registry()
    for path in (resources.schemas() / "output").glob("*.json"):
        said = json.loads(path.read_text(encoding="utf-8"))
        registry = registry.with_resource(said["$id"], Resource.from_contents(said))
    for verb, words in (
        ("import", ["xlsx", "台账.xlsx", "--guess"]),
        ("import", ["xlsx", "台账.xlsx", "--into", "d"]),
        ("export", ["csv", "d", "-o", "out"]),
        ("import", ["csv", "out", "--into", "new", "--write"]),
    ):
        found = answer(xqctl(verb, *words, "--format", "json", "-q", cwd=home))
        said = json.loads((resources.schemas() / "output" / f"{verb}.schema.json").read_text(encoding="utf-8"))
        errors = [error.message for error in Draft202012Validator(said, registry=registry).iter_errors(found)]
        assert not errors, (words, errors[:3])


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals there")
@pytest.mark.parametrize(
    ("typed", "writes"), [(b"y\n", True), ("是\n".encode(), True), (b"\n", False), (b"n\n", False)]
)
def test_somebody_at_a_terminal_is_asked(home: Path, typed: bytes, writes: bool) -> None:
    import pty

    before = contents(home / "d")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "xqctl", "import", "xlsx", "台账.xlsx", "--into", "d", "--lang", "zh"],
        cwd=home, env=environment(), stdin=follower, stderr=follower, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(follower)
    said = b""
    while "写入吗".encode() not in said and b"[y/N]" not in said:
        said += os.read(leader, 4096)
    os.write(leader, typed)
    assert process.wait(timeout=60) == 0
    os.close(leader)
    assert (contents(home / "d") != before) is writes


def test_files_that_changed_meanwhile_are_left_alone(home: Path) -> None:
    folder = _arrivals.target(str(home / "d"), Terminal("en"), None, date(2025, 1, 1))
    grids = sheets(home / "台账.xlsx")
    source = Source(grids=grids, mapping=_arrivals.tables_of(_arrivals.guess(grids, home), home))
    done = _arrivals.imported(folder, source, as_of=None, today=date(2025, 1, 1), removing=False, district=None,
                              step=lambda: None)  # fmt: skip
    assert not done.slips
    with open(home / "d" / "schools.yaml", "a", encoding="utf-8") as file:
        file.write("# 同时有人改了\n")
    before = contents(home / "d")
    with pytest.raises(Fault):
        _arrivals.write(folder, done)
    assert contents(home / "d") == before


def test_what_is_wrong_in_our_own_workbook_is_told_by_its_cell(tmp_path: Path, xqctl: Command) -> None:
    shutil.copytree(DEMO, tmp_path / "d")
    assert xqctl("export", "xlsx", "d", "-o", "台账.xlsx", cwd=tmp_path).code == 0
    book = load_workbook(tmp_path / "台账.xlsx")
    sheet = book["学校"]
    heads = {sheet.cell(1, number).value: number for number in range(1, sheet.max_column + 1)}
    for row, (field, value) in enumerate((("code", "12"), ("standing", "好"), ("district", "某某区")), 4):
        sheet.cell(row, heads[field]).value = value
    book["教育集团·成员"]["B3"].value = "无此校"
    book.save(tmp_path / "台账.xlsx")
    done = xqctl("import", "xlsx", "台账.xlsx", "--into", "d", "--write", "--format", "json", "-q", cwd=tmp_path)
    assert done.code == 1
    cells = [f"学校!{letters(heads[field] - 1)}{row}" for row, field in enumerate(("code", "standing", "district"), 4)]
    assert sorted(each["cell"] for each in answer(done)["problems"]) == sorted([*cells, "教育集团·成员!B3"])  # type: ignore[attr-defined]  # a list
    assert contents(tmp_path / "d") == contents(DEMO)


def test_whole_tables_may_take_away_what_they_no_longer_hold(home: Path, xqctl: Command) -> None:
    assert xqctl("export", "csv", "d", "-o", "out", cwd=home).code == 0
    text = (home / "out" / "schools.csv").read_text(encoding="utf-8-sig")
    kept = [line for line in text.splitlines() if not line.startswith("西乡小学")]
    (home / "out" / "schools.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    before = contents(home / "d")
    assert xqctl("import", "csv", "out", "--into", "d", "--write", cwd=home).code == 0
    assert contents(home / "d") == before
    done = xqctl("import", "csv", "out", "--into", "d", "--remove-missing", "--write", "--lang", "en", cwd=home)
    assert done.code == 0, done.out
    assert "removed 1" in done.out
    after = (home / "d" / "schools.yaml").read_text(encoding="utf-8")
    assert after == "".join(line for line in ledgers.SCHOOLS.splitlines(keepends=True) if "西乡小学" not in line)


def test_several_rows_and_merged_cells_make_one_entry(home: Path, xqctl: Command) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "集团"
    sheet.append(["集团名称", "核心校", "成员校", "成立时间"])
    sheet.append(["东街教育集团", "东街小学", "西乡小学", "2019年3月"])
    sheet.append([None, None, "西乡实验中学", None])
    sheet.append(["西教育集团", "东街中学", "东街小学、\n西乡小学", 2020])
    for merged in ("A2:A3", "B2:B3", "D2:D3"):
        sheet.merge_cells(merged)
    scores = book.create_sheet("考核")
    for row in (["年度", "集团", "综合得分"], [2023, "东街教育集团", 92.5], [2024, "东街教育集团", "９５"]):
        scores.append(row)
    book.save(home / "集团.xlsx")
    columns = "{核心校: {field: members.*, value: lead}, 成员校: {field: members.*, value: member}, 成立时间: since}"
    (home / "m.yaml").write_text(
        f"tables:\n  集团:\n    into: groups\n    id: 集团名称\n    columns: {columns}\n"
        "  考核:\n    into: evaluations\n    id: =捆绑考核\n    fixed: {of: group}\n"
        '    columns: {综合得分: "results.{年度}.{集团}.综合"}\n',
        encoding="utf-8",
    )
    done = xqctl("import", "xlsx", "集团.xlsx", "--into", "d", "--mapping", "m.yaml", "--write", cwd=home)
    assert done.code == 0, done.out
    assert data(home / "d" / "groups.yaml")["groups"] == {
        "东街教育集团": {
            "members": {"东街小学": "lead", "西乡小学": "member", "西乡中学": "member"},
            "since": "2019-03",
        },
        "西教育集团": {"members": {"东街中学": "lead", "东街小学": "member", "西乡小学": "member"}, "since": 2020},
    }
    scheme = data(home / "d" / "evaluations.yaml")["evaluations"]["捆绑考核"]
    assert scheme["results"] == {  # type: ignore[index]  # a mapping
        "2023": {"东街教育集团": {"综合": Decimal("92.5")}},
        "2024": {"东街教育集团": {"综合": 95}},
    }


def test_no_word_is_guessed_from_one_that_may_deny_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["学校名称", "学段", "办学水平"])
    for word in ("完全中学", "优", "优质校", "高初中", "非小学", "不优质", "小学部"):
        sheet.append([f"{word}一校", word, word])
    book.save(tmp_path / "a.xlsx")
    found: Any = guessed(sheets(tmp_path / "a.xlsx"))
    (spec,) = found["tables"].values()
    columns = spec["columns"]
    assert columns["学段"]["values"] == {"完全中学": ["junior", "senior"], "小学部": "primary"}
    assert columns["办学水平"]["values"] == {"优": "quality", "优质校": "quality"}
