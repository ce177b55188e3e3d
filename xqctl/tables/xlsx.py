"""Workbooks: written by XlsxWriter with a sheet a table, read again by the names in the hidden row above the headings.

Row 1 is hidden and holds the columns' names for programs, row 2 the headings for people; filters and panes begin there.
`_xqctl` is a hidden sheet that says which sheet is which table. Texts are written as texts and never as formulas, and
the day of creation is always the same, so that the same data gives the same bytes.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xqctl import __version__
from xqctl.messages import Lang, Word, msg
from xqctl.screen import width
from xqctl.tables import keep, unreadable
from xqctl.tables._workbook import grids
from xqctl.tabular import DERIVED, JOINT, Column, Filled, Grid, Row, Table, Text, cell_name, text_of
from xqctl.terminal import Fault

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ABOUT = "_xqctl"
LONG = "_xqctl_long"
"""Holds the texts that are longer than a cell takes, in pieces; their cells say which."""
_HEADS = 2
_MOST_ROWS = 1_048_576
_NARROWEST, _WIDEST = 8, 48
_LISTED = 255
_LONGEST, _PIECE = 32_000, 10_000
_ASIDE = re.compile(rf"{LONG}:([0-9]+)")
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_NEVER = str.maketrans("[]:*?/\\'", "        ")
_CONTENTS = Word("目录", "Contents")


def write(tables: Sequence[Table], path: Path, lang: Lang) -> None:
    """Writes a workbook."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": _CREATED, "author": "", "comments": f"xqctl {__version__}"})
    looks = _Looks(book)
    long: list[str] = []
    sheets = _sheet_names([table.title for table in tables], lang)
    _contents(book, looks, tables, sheets, lang)
    for table, sheet in zip(tables, sheets, strict=True):
        if len(table.rows) + _HEADS > _MOST_ROWS:
            said = msg("{table} has {rows} rows, more than a sheet takes; export csv instead", table=table.name,
                       rows=len(table.rows))  # fmt: skip
            raise Fault(said, 1)
        _sheet(book.add_worksheet(sheet), looks, _shortened(table, long), lang)
    about = book.add_worksheet(ABOUT)
    named = [(sheet, table.name) for sheet, table in zip(sheets, tables, strict=True)]
    for number, (sheet, name) in enumerate([("format_version", "1.0"), *named]):
        about.write_string(number, 0, sheet)
        about.write_string(number, 1, name)
    about.very_hidden()
    if long:
        _keep_long(book.add_worksheet(LONG), long)
    book.close()
    keep(path, stream.getvalue())


def _shortened(table: Table, long: list[str]) -> Table:
    """A table whose cells all fit; what does not, and what looks as if it did not, is put aside and pointed at."""
    if not any(text is not None and _is_aside(text) for row in table.rows for text in row):
        return table
    rows = []
    for row in table.rows:
        texts: list[Text] = []
        for text in row:
            if text is not None and _is_aside(text):
                long.append(text)
                texts.append(f"{LONG}:{len(long)}")
            else:
                texts.append(text)
        rows.append(tuple(texts))
    return replace(table, rows=rows)


def _is_aside(text: str) -> bool:
    return len(text.encode("utf-16-le")) // 2 > _LONGEST or _ASIDE.fullmatch(text) is not None


def _keep_long(sheet: "Worksheet", long: Sequence[str]) -> None:
    for number, text in enumerate(long):
        for place, start in enumerate(range(0, len(text), _PIECE)):
            sheet.write_string(number, place, text[start : start + _PIECE])
    sheet.very_hidden()


class _Looks:
    """How cells look."""

    def __init__(self, book: "Workbook") -> None:
        head = {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.head: Format = book.add_format(head)
        self.key_head: Format = book.add_format({**head, "bg_color": "#B8CCE4"})
        self.derived_head: Format = book.add_format({**head, "italic": True, "bg_color": "#EEEEEE"})
        self.text: Format = book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.number: Format = book.add_format({"num_format": "0", "valign": "top"})
        self.derived: Format = book.add_format({"num_format": "General", "valign": "top", "font_color": "#7F7F7F"})
        self.link: Format = book.add_format({"font_color": "#1F4E79", "underline": 1})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})


def _sheet_names(titles: Sequence[Word], lang: Lang) -> list[str]:
    """Names a spreadsheet takes: 31 characters at most, each another whatever its case."""
    found: list[str] = []
    for title in titles:
        plain = " ".join((title.zh if lang == "zh" else title.en).translate(_NEVER).split())[:31] or "?"
        name, number = plain, 1
        while name.lower() in {each.lower() for each in (*found, ABOUT, LONG, _CONTENTS.zh, _CONTENTS.en)}:
            number += 1
            name = f"{plain[:27]} {number}"
        found.append(name)
    return found


def _contents(book: "Workbook", looks: _Looks, tables: Sequence[Table], sheets: Sequence[str], lang: Lang) -> None:
    zh = lang == "zh"
    sheet = book.add_worksheet(_CONTENTS.zh if zh else _CONTENTS.en)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 28)
    sheet.write_string(0, 0, "数据表" if zh else "Tables", looks.title)
    said = (
        "改完后用 xqctl import xlsx 写回；第 1 行（隐藏）和标“换算”的列请勿改动。"
        if zh
        else "Edit and bring back with xqctl import xlsx; leave the hidden row 1 and the columns marked (number) alone."
    )
    sheet.write_string(1, 0, said)
    for column, head in enumerate(("表", "行数", "名称") if zh else ("table", "rows", "name")):
        sheet.write_string(3, column, head, looks.head)
    for number, (table, name) in enumerate(zip(tables, sheets, strict=True), 4):
        sheet.write_url(number, 0, f"internal:'{name}'!A2", looks.link, name)
        sheet.write_number(number, 1, len(table.rows))
        sheet.write_string(number, 2, table.name)


def _sheet(sheet: "Worksheet", looks: _Looks, table: Table, lang: Lang) -> None:
    keys = sum(column.is_key for column in table.columns)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name)
        heading = column.title.zh if lang == "zh" else column.title.en
        is_derived = column.name.endswith(DERIVED)
        head = looks.derived_head if is_derived else looks.key_head if column.is_key else looks.head
        sheet.write_string(1, place, heading, head)
        texts = [row[place] for row in table.rows]
        wide = min(_WIDEST, max(_NARROWEST, width(heading) + 4, *(_wide(text) for text in texts[:500]), 0))
        form = looks.derived if is_derived else looks.number if column.sort == "integer" else looks.text
        sheet.set_column(place, place, wide, form)
        called = {word: each.zh if lang == "zh" else each.en for word, each in column.words}
        for number, text in enumerate(texts, _HEADS):
            if text is not None:
                _cell(sheet, number, place, text, column, called, looks)
        _offer(sheet, place, len(texts), list(called.values()))
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(1, 30)
    sheet.freeze_panes(_HEADS, min(keys, 2))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.autofilter(1, 0, max(1, len(table.rows) + 1), max(0, len(table.columns) - 1))


def _cell(
    sheet: "Worksheet", row: int, place: int, text: str, column: Column, called: dict[str, str], looks: _Looks
) -> None:
    is_derived = column.name.endswith(DERIVED)
    if (column.sort == "integer" or is_derived) and len(text.strip("-").replace(".", "")) <= 15:
        sheet.write_number(row, place, float(text) if "." in text else int(text),
                           looks.derived if is_derived else looks.number)  # fmt: skip
        return
    if called and not text.startswith(('"', "[")):
        text = JOINT.join(called.get(word, word) for word in text.split(JOINT))
    sheet.write_string(row, place, text, looks.wrapped if _wide(text) > _WIDEST else looks.text)


def _wide(text: Text) -> int:
    return 0 if text is None else max(width(line) for line in text[:200].split("\n")) + 2


def _offer(sheet: "Worksheet", place: int, rows: int, words: list[str]) -> None:
    """Lets people choose a word instead of typing it; others are warned of, not refused."""
    if words and len(",".join(words)) <= _LISTED and not any("," in word for word in words):
        choice = {"validate": "list", "source": words, "error_type": "warning", "ignore_blank": True}
        sheet.data_validation(_HEADS, place, _HEADS + rows + 200, place, choice)


def sheets(path: Path) -> tuple[Grid, ...]:
    """The sheets of any workbook, as they are."""
    return grids(path)


def read(path: Path) -> tuple[Filled, ...]:
    """The tables of a workbook that we wrote, whatever became of the order of its sheets, rows and columns."""
    found = grids(path)
    tables = tables_of(found)
    if tables is None:
        raise unreadable(path, msg("xqctl did not write it; give --mapping, or --guess one"))
    return tables


def tables_of(found: Sequence[Grid]) -> tuple[Filled, ...] | None:
    """The tables in a workbook's sheets; None where it is none of ours."""
    about = next((grid for grid in found if grid.name == ABOUT), None)
    if about is None:
        return None
    named = {text_of(row[0]): text_of(row[1]) for row in about.rows if len(row) > 1}
    aside = next((grid for grid in found if grid.name == LONG), None)
    long = ["".join(text_of(value) or "" for value in row) for row in aside.rows] if aside is not None else []
    return tuple(_filled(grid, named[grid.name] or "", long) for grid in found if named.get(grid.name))


def _filled(grid: Grid, name: str, long: Sequence[str]) -> Filled:
    heads = tuple(text_of(value) or "" for value in grid.rows[0]) if grid.rows else ()
    rows: list[Row] = [
        tuple(_whole(text_of(value), long) for value in (*row, *([""] * (len(heads) - len(row)))))
        for row in grid.rows[_HEADS:]
    ]
    return Filled(name, heads, rows, partial(_place, grid.name))


def _whole(text: Text, long: Sequence[str]) -> Text:
    """A cell's text, or the long one it points at."""
    found = _ASIDE.fullmatch(text) if text is not None and long else None
    number = 0 if found is None else int(found[1])
    return long[number - 1] if 0 < number <= len(long) else text


def _place(sheet: str, row: int, column: int) -> str:
    return cell_name(row + _HEADS, column, sheet)
