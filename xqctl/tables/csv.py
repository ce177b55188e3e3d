"""CSV: a folder with a file a table, UTF-8 with a mark, lines as RFC 4180 has them, harmless to spreadsheets.

Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV Injection), which reading
takes off again; text that has one before such a sign gets one more, so that what comes back is what went out.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from xqctl.messages import Lang, msg
from xqctl.tables import folder_files, keep_folder, unreadable
from xqctl.tabular import Filled, Row, Table, Text, cell_name

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?")
_LARGEST = 64 * 1024 * 1024
_LONGEST = 1024 * 1024


def write(tables: Sequence[Table], path: Path, lang: Lang) -> None:
    """Writes a folder of CSV files."""
    keep_folder(path, tables, {f"{table.name}.csv": _written(table) for table in tables}, lang)


def _written(table: Table) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_harmless(text) for text in row] for row in table.rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _harmless(text: Text) -> str:
    if text is None:
        return ""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def read(path: Path) -> tuple[Filled, ...]:
    """The tables of a folder of CSV files."""
    return tuple(_read(file) for file in folder_files(path, "csv"))


def _read(file: Path) -> Filled:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise unreadable(file, error.strerror or str(error)) from error
    if len(raw) > _LARGEST:
        raise unreadable(file, msg("it is larger than {size} MB", size=_LARGEST // 1024 // 1024))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(file, msg("it is not UTF-8; in Excel save it as CSV UTF-8")) from error
    csv.field_size_limit(_LONGEST)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise unreadable(file, str(error)) from error
    names = tuple(lines[0]) if lines else ()
    rows = [_row(line, len(names)) for line in lines[1:]]
    return Filled(file.stem, names, rows, lambda row, column: cell_name(row + 1, column, file.name))


def _row(line: list[str], length: int) -> Row:
    texts = [_as_it_was(text) for text in line[:length]]
    return (*texts, *([None] * (length - len(texts))))


def _as_it_was(text: str) -> Text:
    if not text:
        return None
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
