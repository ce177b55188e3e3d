"""Tables: a district out and in again through every sort of file, nothing lost; nasty texts; rubbish; many rows."""

import csv
import io
import json
import shutil
import sqlite3
import struct
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from xqctl import district as districts
from xqctl import load, schema
from xqctl.arriving import arrive
from xqctl.compose import Budgets
from xqctl.district import District
from xqctl.folder import Folder, folder_of
from xqctl.relations import REST, Scalar, incoming, plans, relations
from xqctl.relations.cells import read, written
from xqctl.schema import KINDS
from xqctl.tables import SORTS, sort_called
from xqctl.tabular import Filled, Table, cell_name, plain_number

EXAMPLES = sorted(path.parent for path in (Path(__file__).parent.parent / "examples").glob("*/district.yaml"))
DAY = date(2025, 3, 1)
NASTY = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","点")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "'=1",
    "''=1",
    "a|b",
    "]]>&amp;",
    "\u202eabc",
    "校" * 200,
    " 前后有空格 ",
    "两\n行",
    "a\tb",
    "；分号；",
    '"引号"',
    "[方括号]",
    "{花括号}",
    "0123",
    "1e5",
    "true",
    "null",
    "~",
    "2024-01-01",
    "_x0041_",
    "x" * 40_000,
    "\x07铃",
    "优质",
    ",",
    "a,b\r\nc",
)


def built(folder: Folder) -> District:
    return districts.build(folder, schema.shape(folder), None, DAY)


def example(path: Path) -> District:
    return built(next(load.folders([str(path)], [])))


def entries(district: District) -> dict[tuple[str, ...], dict[str, object]]:
    return {entry.keys: dict(entry.data) for kind in district.kinds.values() for entry in kind.values()}


def spelled(value: object) -> object:
    """A value with its types told, so that 1 is no true and no "1"."""
    match value:
        case dict():
            return {key: spelled(each) for key, each in value.items()}
        case list():
            return [spelled(each) for each in value]
        case Decimal():
            return ("number", str(value.normalize()))
        case _:
            return (type(value).__name__, value)


def through(tables: tuple[Table, ...]) -> list[Filled]:
    return [Filled(each.name, tuple(column.name for column in each.columns), each.rows) for each in tables]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_tables_hold_all_of_a_district(path: Path) -> None:
    district = example(path)
    tables = relations([district])
    came = incoming(through(tables))
    assert not came.slips
    assert spelled(came.entries) == spelled(entries(district))
    assert not [table.name for table in tables for column in table.columns if column.name == REST]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_sort_brings_back_the_same_district(path: Path, sort: str, tmp_path: Path) -> None:
    district = example(path)
    file = tmp_path / f"export.{sort}"
    sort_called(sort).write(relations([district]), file, "zh")
    came = incoming(sort_called(sort).read(file))
    assert not came.slips
    assert spelled(came.entries) == spelled(entries(district))
    assert {keys: f"{district.root}/{name}" for keys, name in came.files.items()} == {
        entry.keys: entry.file for kind in district.kinds.values() for entry in kind.values()
    }
    new = arrive(Folder(str(tmp_path / "new"), ()), came)
    assert not new.slips
    assert spelled(entries(built(new.folder))) == spelled(entries(district))
    same = arrive(district.folder, came)
    assert (same.added, same.changed, same.removed, same.slips, dict(same.changes)) == (0, 0, 0, (), {})
    assert not arrive(district.folder, came, removing=True).changes


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort != "duckdb"])
def test_same_data_same_bytes(sort: str, tmp_path: Path) -> None:
    tables = relations([example(EXAMPLES[0])])
    for name in ("one", "two"):
        sort_called(sort).write(tables, tmp_path / name, "zh")
    one, two = (
        {file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name).glob("*")}
        if (tmp_path / name).is_dir()
        else (tmp_path / name).read_bytes()
        for name in ("one", "two")
    )
    assert one == two


def nasty(root: Path) -> District:
    """A district whose notes, titles and names are what programs choke on."""
    lines = ["district: {name: 远山县, level: district, code: '999999'}", "sources:"]
    for number, text in enumerate(NASTY):
        said = json.dumps(text)
        lines += [f"  文件{number}:", f"    title: {said}", f"    note: {said}", f"    formerly: [{said}, 另一个]"]
        lines += [f"    disputed: {{title: {{value: {said}, note: {said}}}}}"]
    lines += ["schools:", "  甲校: {standing: 优质, status: {2019: {value: closed, note: '=1'}}, also_named: [一个]}"]
    lines += ["  乙校: {unknown: {x: [1, 2]}, code: 123, honours: {}, location: {}, campuses: {东: {}, 西: {name: x}}}"]
    lines += ["  丙校:", "  丁校: 5", "statistics: {2023-2024: {甲校: {students: 0012, primary: {students: 5}}}}"]
    lines += ["groups: {团: {members: {甲校: {role: lead}, 乙校: {2019: member, 2020: {role: lead}}, 丙校: lead}}}"]
    root.mkdir(exist_ok=True)
    (root / "district.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return example(root)


def raw(district: District) -> dict[tuple[str, ...], object]:
    """Entries as they stand in the files, those that are no mappings too."""
    found: dict[tuple[str, ...], object] = {}
    for kind in district.kinds.values():
        for entry in kind.values():
            value: object = next(each.data for each in district.folder.documents if each.file == entry.file)
            for key in entry.keys:
                value = value[key] if isinstance(value, dict) else None
            found[entry.keys] = value
    return found


@pytest.mark.parametrize("sort", SORTS)
def test_what_programs_choke_on_comes_back_as_it_was(sort: str, tmp_path: Path) -> None:
    district = nasty(tmp_path / "d")
    file = tmp_path / "export"
    sort_called(sort).write(relations([district]), file, "zh")
    came = incoming(sort_called(sort).read(file))
    assert not came.slips
    assert spelled(came.entries) == spelled(raw(district))


def test_no_cell_of_a_workbook_or_csv_is_a_formula(tmp_path: Path) -> None:
    district = nasty(tmp_path / "d")
    sort_called("xlsx").write(relations([district]), tmp_path / "out.xlsx", "zh")
    cells = [cell for sheet in load_workbook(tmp_path / "out.xlsx") for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(cell.value == '=HYPERLINK("http://x","点")' for cell in cells)
    sort_called("csv").write(relations([district]), tmp_path / "out", "zh")
    text = (tmp_path / "out" / "sources.csv").read_text(encoding="utf-8-sig")
    cells_ = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert '\'=HYPERLINK("http://x","点")' in cells_
    assert not [cell for cell in cells_ if cell[:1] in ("=", "+", "@", "\t", "\r")]


def test_a_workbook_is_one_to_work_with(tmp_path: Path) -> None:
    path = next(path for path in EXAMPLES if path.name == "demo")
    sort_called("xlsx").write(relations([example(path)]), tmp_path / "out.xlsx", "zh")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames[0] == "目录"
    assert book["_xqctl"].sheet_state == "veryHidden"
    sheet = book["学校"]
    assert sheet.freeze_panes == "B3"
    assert sheet.row_dimensions[1].hidden
    heads = {sheet.cell(1, column).value: sheet.cell(2, column).value for column in range(1, sheet.max_column + 1)}
    assert heads["code"] == "学校标识码"
    assert heads["location.lon"] == "位置·经度"
    column = [sheet.cell(1, number).value for number in range(1, sheet.max_column + 1)].index("code") + 1
    assert sheet.cell(3, column).number_format == "@"
    assert sheet.cell(3, column).data_type == "s"
    assert str(sheet.auto_filter.ref).startswith("A2:")
    assert {"优质", "普通"} <= {cell.value for row in sheet.iter_rows() for cell in row}


def test_money_is_given_as_a_number_too(tmp_path: Path) -> None:
    path = next(path for path in EXAMPLES if path.name == "demo")
    sort_called("sqlite").write(relations([example(path)]), tmp_path / "out.sqlite", "zh")
    with sqlite3.connect(tmp_path / "out.sqlite") as database:
        rows = database.execute("SELECT asked, asked__number FROM requests").fetchall()
    database.close()
    assert all(text.endswith("元") and float(number) >= 10_000 for text, number in rows)


@given(st.one_of(st.text(), st.integers(), st.booleans(), st.lists(st.text(), max_size=4), st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-10**12, max_value=10**12, places=3)))  # fmt: skip
def test_what_fits_a_cell_is_read_as_it_was(value: object) -> None:
    for types in ({"string"}, {"string", "integer"}, {"number", "string", "boolean"}):
        for many in (False, True):
            scalar = Scalar(frozenset(types), many)
            text = written(value, scalar)  # type: ignore[arg-type]  # more than files hold
            if text is not None:
                back = read(text, scalar)
                same = spelled(int(value)) if isinstance(value, Decimal) and value == int(value) else spelled(value)
                whole = isinstance(back, Decimal) and back == int(back)
                assert spelled(int(back) if whole else back) == same  # type: ignore[arg-type]  # a number where whole


def test_each_kind_has_tables_with_names_of_their_own() -> None:
    names = [plan.name for kind in KINDS for plan in plans(kind)]
    assert len(names) == len(set(names))
    for kind in KINDS:
        for plan in plans(kind):
            columns = [key.name for key in plan.keys] + list(plan.cells)
            assert len(columns) == len(set(columns)), plan.name


def test_cells_are_named_as_spreadsheets_do() -> None:
    assert [cell_name(0, 0), cell_name(16, 5, "表"), cell_name(9, 26), cell_name(0, 701), cell_name(0, 702)] == [
        "A1", "表!F17", "AA10", "ZZ1", "AAA1"
    ]  # fmt: skip
    assert [plain_number(166.0), plain_number(0.3), plain_number(1e20)] == ["166", "0.3", "1e+20"]


def test_a_row_edited_by_hand_is_told_by_its_cell(tmp_path: Path) -> None:
    path = next(path for path in EXAMPLES if path.name == "demo")
    file = tmp_path / "out.xlsx"
    sort_called("xlsx").write(relations([example(path)]), file, "zh")
    book = load_workbook(file)
    sheet = book["学校"]
    sheet["A3"].value = None
    sheet["A1"].value = "id"
    sheet.cell(1, sheet.max_column + 1, "colour")
    book.save(file)
    slips = {(slip.cell, slip.message.text) for slip in incoming(sort_called("xlsx").read(file)).slips}
    assert ("学校!A3", "the row has no {name}") in slips
    assert any(text == "{table} has no column {column}" for _, text in slips)


RUBBISH = {
    "empty.xlsx": b"",
    "text.xlsx": "不是工作簿".encode(),
    "page.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "cut.xlsx": b"PK\x03\x04" + b"\0" * 100,
    "password.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    "ole.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_is_told_in_a_sentence(name: str, tmp_path: Path, xqctl: Command) -> None:
    (tmp_path / name).write_bytes(RUBBISH[name])
    done = xqctl("import", "xlsx", tmp_path / name, "--into", tmp_path / "d", "--lang", "en")
    assert done.code == 4, done.err
    assert done.err.count("\n") == 1
    assert name in done.err


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort != "xlsx"])
def test_rubbish_of_other_sorts_too(sort: str, tmp_path: Path, xqctl: Command) -> None:
    (tmp_path / "file").write_bytes(b"\xff\xfe rubbish \0" * 50)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / f"schools.{sort}").write_bytes(b"\xff\xfe rubbish \0" * 50)
    for path in ("file", "folder"):
        done = xqctl("import", sort, tmp_path / path, "--into", tmp_path / "d", "--lang", "en")
        assert done.code == 4, done.err
        assert "Traceback" not in done.err
        assert done.err.count("\n") == 1
    assert xqctl("import", sort, tmp_path / "none", "--into", tmp_path / "d").code == 3


def test_a_truncated_workbook_and_a_changed_one(tmp_path: Path, xqctl: Command) -> None:
    book = Workbook()
    for number in range(2000):
        book.active.append([f"学校{number}", number])  # type: ignore[union-attr]  # a new book has a sheet
    book.save(tmp_path / "whole.xlsx")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    for length in (10, len(whole) // 2, len(whole) - 10):
        (tmp_path / "cut.xlsx").write_bytes(whole[:length])
        done = xqctl("import", "xlsx", tmp_path / "cut.xlsx", "--guess")
        assert done.code == 4, (length, done.err)
    for place in range(0, len(whole), max(1, len(whole) // 10)):
        (tmp_path / "bad.xlsx").write_bytes(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
        done = xqctl("import", "xlsx", tmp_path / "bad.xlsx", "--guess")
        assert done.code in (0, 1, 4), (place, done.err)
        assert "Traceback" not in done.err


def _zipped(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


PARTS = {
    "xl/workbook.xml": b'<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
    b"</Relationships>",
}


def test_what_would_burst_the_memory_is_refused(tmp_path: Path, xqctl: Command) -> None:
    far = b"<worksheet><sheetData>%b</sheetData></worksheet>" % b"".join(
        b'<row r="%d"><c r="%b"><v>1</v></c></row>' % each for each in ((1, b"A1"), (1048576, b"XFD1048576"))
    )
    sheet = "xl/worksheets/sheet1.xml"
    _zipped(tmp_path / "far.xlsx", {**PARTS, sheet: far})
    _zipped(tmp_path / "bomb.xlsx", {**PARTS, sheet: b"<worksheet>" + b" " * (620 * 1024 * 1024)})
    _zipped(tmp_path / "other.xlsx", {"word/document.xml": b"<x/>"})
    for name in ("far", "bomb", "other"):
        start = time.monotonic()
        done = xqctl("import", "xlsx", tmp_path / f"{name}.xlsx", "--guess", "--lang", "en")
        assert done.code == 4, (name, done.err)
        assert time.monotonic() - start < 20
    lying = bytearray((tmp_path / "bomb.xlsx").read_bytes())
    place = lying.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", lying, place + 24, 100)
    (tmp_path / "lying.xlsx").write_bytes(lying)
    assert xqctl("import", "xlsx", tmp_path / "lying.xlsx", "--guess").code == 4


def test_a_file_named_in_a_table_stays_in_the_district(tmp_path: Path) -> None:
    heads = ("id", "stages", "_file")
    files = ("../../etc/x.yaml", "/etc/x.yaml", "plans/p/x.yaml", "sub/.hidden.yaml", "sub/ok.yaml", "x.sh")
    rows = [(id_, "primary", file) for id_, file in zip("甲乙丙丁戊己", files, strict=True)]
    new = arrive(Folder(str(tmp_path), ()), incoming([Filled("schools", heads, rows)]))
    assert sorted(new.changes) == [f"{tmp_path}/schools.yaml", f"{tmp_path}/sub/ok.yaml"]


def test_blank_cells_remove_nothing_unless_asked() -> None:
    old = "schools:\n  甲: {stages: primary, note: 注}  # 说\n  乙: {stages: junior}\n"
    files = {"d/district.yaml": b"district: {name: x, level: district}\n", "d/s.yaml": old.encode()}
    folder = folder_of("d", files, {}, None, Budgets())
    came = incoming([Filled("schools", ("id", "stages", "note"), [("甲", "junior", None)])])
    assert arrive(folder, came).changes["d/s.yaml"].decode() == old.replace("primary", "junior", 1)
    gone = arrive(folder, came, removing=True)
    assert gone.removed == 1
    assert gone.changes["d/s.yaml"].decode() == "schools:\n  甲: {stages: junior}  # 说\n"


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, xqctl: Command) -> None:
    shutil.copytree(EXAMPLES[0], tmp_path / "d")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x", encoding="utf-8")
    assert xqctl("export", "csv", tmp_path / "d", "-o", tmp_path / "out").code == 2
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert xqctl("export", "csv", tmp_path / "d", "-o", tmp_path / "fresh").code == 0
    (tmp_path / "fresh" / "old.csv").write_text("id\n", encoding="utf-8")
    assert xqctl("export", "csv", tmp_path / "d", "-o", tmp_path / "fresh").code == 0
    assert not (tmp_path / "fresh" / "old.csv").exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["d", "fresh", "out"]


def test_several_districts_have_a_column_that_says_whose(tmp_path: Path, xqctl: Command) -> None:
    one, two = (next(path for path in EXAMPLES if path.name == name) for name in ("chongming", "erdao"))
    file = tmp_path / "out.sqlite"
    assert xqctl("export", "sqlite", one, two, "-o", file).code == 0
    done = xqctl("import", "sqlite", file, "--into", tmp_path / "new", "--lang", "en")
    assert done.code == 2
    assert "--district" in done.err
    name = example(two).name
    done = xqctl("import", "sqlite", file, "--into", tmp_path / "new", "--district", name, "--write")
    assert done.code == 0, done.out
    assert spelled(entries(example(tmp_path / "new"))) == spelled(entries(example(two)))
    assert xqctl("import", "sqlite", file, "--into", tmp_path / "new", "--district", "谁").code == 2


def test_duckdb_that_is_missing_is_named_with_its_extra(tmp_path: Path, xqctl: Command) -> None:
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "duckdb.py").write_text("raise ImportError\n", encoding="utf-8")
    env = {"PYTHONPATH": str(tmp_path / "stub")}
    for sort in ("parquet", "duckdb"):
        done = xqctl("export", sort, EXAMPLES[0], "-o", tmp_path / "out", env=env)
        assert done.code == 2
        assert "xqctl[db]" in done.err
    assert xqctl("export", "sqlite", EXAMPLES[0], "-o", tmp_path / "out", env=env).code == 0


_WORDS = st.one_of(
    st.sampled_from(["lead", "weak", "优质", "2019", "2019-09", "30%", "80万元", "；", "=1", "[", "primary", ""]),
    st.text(max_size=6),
)
_FIELDS = (
    "role value since 2019 2020-09 members standing stages disputed source note 甲 results indicators "
    "declared contract honours campuses location lon primary students"
)
_NAMES = st.one_of(st.sampled_from(_FIELDS.split()), st.text(alphabet="甲乙丙abc", min_size=1, max_size=3))
_LEAVES = st.one_of(_WORDS, st.integers(-5, 10**6), st.booleans(), st.none(), st.lists(_WORDS, max_size=3))
_ANYTHING = st.recursive(_LEAVES, lambda inner: st.dictionaries(_NAMES, inner, max_size=4), max_leaves=12)


@given(
    kind=st.sampled_from(["schools", "groups", "evaluations", "targets", "statistics", "quotas", "bodies", "district"]),
    said=st.dictionaries(st.sampled_from(["甲", "乙", "2019-2020"]), _ANYTHING, min_size=1, max_size=2),
)
def test_whatever_stands_in_an_entry_comes_back(kind: str, said: dict[str, object]) -> None:
    """Right or wrong, known or unknown: tables hold it, and give it back with its types."""
    whole = {"statistics": {"2019-2020": said}, "district": said}.get(kind, said)
    text = json.dumps({kind: whole}, ensure_ascii=True).encode()
    folder = folder_of("d", {"d/district.yaml": text}, {}, None, Budgets())
    district = built(folder)
    came = incoming(through(relations([district])))
    assert not came.slips
    assert spelled(came.entries) == spelled(raw(district))
