"""Knows how workbooks are read: bounded, whatever is in them, with what the reader does not tell of their cells.

python-calamine reads values. It gives errors (``#REF!``) and formulas without a result as blanks and says nothing of
formats, so the cells' own marks are read from the file beside it.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from xqctl.messages import Message, msg
from xqctl.tables import unreadable
from xqctl.tabular import Grid, Mark
from xqctl.terminal import Fault

LARGEST = 100 * 1024 * 1024
_UNPACKED = 600 * 1024 * 1024
_MOST_CELLS = 30_000_000
_CHUNK = 1 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The part that holds a workbook with a password (MS-OFFCRYPTO 1.4)."""
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_UNCOUNTED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:</c>|<v\s*/>|<v></)")
_FORMATS = re.compile(rb'<(?:\w+:)?numFmt\s[^>]*?numFmtId="([0-9]+)"[^>]*?formatCode="([^"]*)"')
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^>]*?numFmtId=\"([0-9]+)\"")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_PERCENTS = (9, 10)
_LINGERS = 4096


def grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of a workbook (.xlsx, .xlsm, .xls). Raises `Fault` where it is none, or larger than is sensible."""
    raw = _bytes(path)
    if raw.startswith(_ZIP):
        marks = _marks(path, raw)
    elif _ENCRYPTED in raw:
        raise unreadable(path, msg("it is protected by a password; save it without one"))
    elif raw.startswith(_OLE):
        marks = {}
    else:
        raise unreadable(path, _not_a_workbook(raw))
    return tuple(_read(path, raw, marks))


def _bytes(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error
    if len(raw) > LARGEST:
        raise unreadable(path, msg("it is larger than {size} MB", size=LARGEST // 1024 // 1024))
    return raw


def _not_a_workbook(raw: bytes) -> Message:
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not raw:
        return msg("it is empty")
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return msg("it is a web page or XML named as a workbook; open it in Excel or WPS and save it as .xlsx")
    return msg("it is no workbook; save it as .xlsx or .xls")


def _marks(path: Path, raw: bytes) -> dict[str, dict[tuple[int, int], Mark]]:
    """The marks of each sheet's cells, by its name; a workbook that would burst the memory is refused before."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise unreadable(path, msg("it is no .xlsx workbook; save it as .xlsx or .xls"))
            if sum(each.file_size for each in archive.infolist()) > _UNPACKED:
                raise unreadable(path, msg("unpacked it is larger than {size} MB", size=_UNPACKED // 1024 // 1024))
            parts = _sheet_parts(archive)
            percents = _percents(archive) if "xl/styles.xml" in names else frozenset()
            found = {name: _cells(path, archive, part, percents) for name, part in parts.items() if part in names}
            for each in archive.infolist():
                if each.filename not in parts.values():
                    for _ in _chunks(archive, each.filename):  # what unpacks to more than it says fails here
                        pass
            return found
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError) as error:
        raise unreadable(path, msg("the file is damaged ({reason})", reason=str(error))) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise unreadable(path, msg("the file is damaged ({reason})", reason=str(error))) from error
        raise


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    from html import unescape

    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    told = re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links)
    targets = {_attribute(each, "Id"): _attribute(each, "Target") for each in told}
    found: dict[str, str] = {}
    for each in _SHEET.findall(book):
        target = targets.get(_attribute(each, r"\w+:id"), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[unescape(_attribute(each, "name"))] = part
    return found


def _attribute(element: str, name: str) -> str:
    found = re.search(rf"\s{name}=\"([^\"]*)\"|\s{name}='([^']*)'", element)
    return "" if found is None else found[1] or found[2] or ""


def _percents(archive: zipfile.ZipFile) -> frozenset[int]:
    """The styles that show a number as a percentage."""
    styles = archive.read("xl/styles.xml")
    own = {int(number) for number, code in _FORMATS.findall(styles) if b"%" in code}
    listed = _CELL_FORMATS.search(styles)
    shown = _FORMAT.findall(listed[0]) if listed is not None else []
    return frozenset(place for place, number in enumerate(shown) if int(number) in own or int(number) in _PERCENTS)


def _cells(path: Path, archive: zipfile.ZipFile, part: str, percents: frozenset[int]) -> dict[tuple[int, int], Mark]:
    """The marks of one sheet's cells. Raises `Fault` where it reaches too far."""
    found: dict[tuple[int, int], Mark] = {}
    columns: set[bytes] = set()
    last = 0
    rest = b""
    for chunk in _chunks(archive, part):
        text = rest + chunk
        stop = max(0, len(text) - _LINGERS)
        end = 0
        for cell in _CELL.finditer(text):
            if cell.start() >= stop and len(chunk) == _CHUNK:
                break
            end = cell.end()
            place = _REFERENCE.search(cell[1])
            if place is None:
                continue
            columns.add(place[1])
            last = max(last, int(place[2]))
            mark = _mark(cell, text, percents)
            if mark is not None:
                found[int(place[2]) - 1, _number(place[1])] = mark
        rest = text[max(end, stop) :]
        if last * (max((_number(each) for each in columns), default=0) + 1) > _MOST_CELLS:
            raise unreadable(path, msg("a sheet has more than {count} cells", count=_MOST_CELLS))
    return found


def _mark(cell: re.Match[bytes], text: bytes, percents: frozenset[int]) -> Mark | None:
    if b't="e"' in cell[1]:
        return "error"
    if not cell[2] and text[cell.end() : cell.end() + 3] in (b"<f>", b"<f ") and _UNCOUNTED.match(text, cell.end()):
        return "uncounted"
    style = _STYLE.search(cell[1])
    return "percent" if percents and style is not None and int(style[1]) in percents else None


def _number(column: bytes) -> int:
    found = 0
    for letter in column:
        found = found * 26 + letter - 64
    return found - 1


def _read(path: Path, raw: bytes, marks: Mapping[str, Mapping[tuple[int, int], Mark]]) -> Iterator[Grid]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for about in book.sheets_metadata:
            if about.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)
                rows = sheet.to_python(skip_empty_area=False)
                hidden = about.visible != calamine.SheetVisibleEnum.Visible
                merged = tuple(sheet.merged_cell_ranges or ())
                yield Grid(about.name, rows, hidden, merged, marks.get(about.name, {}))
    except calamine.PasswordError as error:
        raise unreadable(path, msg("it is protected by a password; save it without one")) from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise unreadable(path, msg("the file is damaged ({reason})", reason=str(error))) from error
    except Fault:
        raise
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # the reader's own way to fail
            raise
        raise unreadable(path, msg("the file is damaged ({reason})", reason=str(error))) from error
