"""Workbooks as bureaus make them: titles above, headings in two rows, totals, notes, numbers as text; all invented."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

DISTRICT = """district: {name: 远山县, level: district, code: "999999", subdistricts: [东街道, 西乡]}
"""
SCHOOLS = """# 学校
schools:
  东街小学:   # 百年老校
    code: "9999000001"
    stages: primary
    standing: quality
    setting: urban
  西乡小学: {stages: primary, standing: weak, setting: rural}
  东街中学: {code: "9999000003", stages: junior, standing: quality, setting: urban}
  西乡中学: {code: "9999000004", stages: junior, standing: weak, setting: rural, also_named: 西乡实验中学}
"""


def district(root: Path) -> Path:
    """A small district to import into."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "district.yaml").write_text(DISTRICT, encoding="utf-8")
    (root / "schools.yaml").write_text(SCHOOLS, encoding="utf-8")
    return root


def _title(sheet: Worksheet, title: str, columns: int) -> None:
    sheet["A1"] = title
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)


def schools(book: Workbook) -> None:
    """学校台账: a title, a unit line, parts of the table, a total, a note, people's names and numbers beside."""
    sheet = book.create_sheet("学校台账")
    _title(sheet, "远山县中小学校台账", 10)
    sheet["A2"] = "填报单位：远山县教育局"
    heads = [
        "序号",
        "学校名称",
        "学校标识码",
        "办学类型",
        "办学 水平",
        "城乡\n类型",
        "所在街镇",
        "建校时间",
        "校长",
        "备注",
    ]
    for column, head in enumerate(heads, 1):
        sheet.cell(3, column, head)
    sheet["A4"] = "一、小学"
    sheet.merge_cells("A4:J4")
    rows = [
        [1, "东街小学", "9999000001", "完全小学", "优质校", "城区", "东街道", date(1908, 9, 1), "张某", None],
        [2, "西 乡 小 学", "９９９９００００02", "小学", "薄弱", "农村", "西乡", "1956年9月", "李某", "/"],
        None,
        [3, "北坡学校", 9999000005, "九年一贯制", "一般", "乡村", "西乡", 2010, "王某", "寄宿制"],
        [4, "东街中学", "9999000003", "初级中学", "优质", "城区", "东街道", "1984.9", "赵某", "-"],
    ]
    for number, row in enumerate(rows, 5):
        for column, value in enumerate(row or [], 1):
            sheet.cell(number, column, value)
    sheet.append(["合  计", 4, None, None, None, None, None, None, None, None])
    sheet.append(["注：数据截至2024年9月1日。"])
    sheet.append(["填表人：钱某", None, "审核人：孙某"])
    sheet.column_dimensions["I"].hidden = True


def statistics(book: Workbook) -> None:
    """统计表: headings in two rows, numbers as text and in full width, 万元, a total below each part."""
    sheet = book.create_sheet("办学条件")
    _title(sheet, "远山县2023-2024学年办学条件统计表", 9)
    sheet["A2"], sheet["B2"], sheet["C2"] = "序号", "学校名称", "在校生数"
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C2:E2")
    sheet["C3"], sheet["D3"], sheet["E3"] = "小学", "初中", "合计"
    for column, head in zip(
        "FGHI", ("班级数", "教学仪器设备值（万元）", "校舍建筑面积（平方米）", "图书册数"), strict=True
    ):
        sheet[f"{column}2"] = head
        sheet.merge_cells(f"{column}2:{column}3")
    rows = [
        [1, "东街小学", "４２０", None, 420, 12, 90.5, "3,200.5", "12,600"],
        [2, "西乡小学", 96, None, 96, "6个", "80万元", 1500, 3000.0],
        ["小计", None, 516, None, 516, 18, 170.5, 4700.5, 15600],
        [3, "东街中学", None, 610, 610, 14, 120, 5200, 20000],
        [4, "西乡实验中学", "—", 210, 210, 6, "600000元", "2100㎡", "/"],
    ]
    for number, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    sheet.append(["总计", None, 516, 820, 1336, 38, None, None, None])


def pairs(book: Workbook) -> None:
    """结对名单: the supporting school merged over the schools it supports."""
    sheet = book.create_sheet("结对名单")
    for column, head in enumerate(["序号", "帮扶学校", "受援学校", "结对时间", "终止时间", "学段"], 1):
        sheet.cell(1, column, head)
    for row in ([1, "东街小学", "西乡小学", date(2023, 9, 1), "2026-09", "小学"],
                [2, "东街中学", "西乡实验中学", "2023年9月1日", None, "初中"]):  # fmt: skip
        sheet.append(row)


def postings(book: Workbook) -> None:
    """支教名单: one row a teacher, with names and numbers that must not get in; only how many is kept."""
    sheet = book.create_sheet("支教名单")
    _title(sheet, "支教教师名单", 7)
    for column, head in enumerate(["序号", "姓名", "身份证号", "派出学校", "支教学校", "学年", "是否骨干"], 1):
        sheet.cell(2, column, head)
    for number, row in enumerate(
        [
            ["周某", "11010519491231002X", "东街小学", "西乡小学", "2023-2024学年", "是"],
            ["吴某", "11010519491231002X", "东街小学", "西乡小学", "2023-2024学年", "否"],
            ["郑某", "11010519491231002X", "东街中学", "西乡中学", "2023—2024", "√"],
        ],
        1,
    ):
        sheet.append([number, *row])
    sheet["D3"] = "东街小学"
    sheet.merge_cells("D3:D4")


def ledger(path: Path) -> Path:
    """All of them in one workbook, with a hidden sheet that nobody wants."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for make in (schools, statistics, pairs, postings):
        make(book)
    hidden = book.create_sheet("旧表")
    hidden.append(["学校名称", "学校标识码", "学段"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path
