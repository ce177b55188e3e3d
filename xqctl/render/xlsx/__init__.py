"""A workbook to be checked: a sheet a part, every ratio, 差异系数 and sum a formula over the cells it follows from.

Tables of more than a few rows are Excel's own tables, which have a filter each; a sheet has but one without them. What
people wrote is text and never a formula, and two runs give the same bytes: no clock is in them.
"""

import io
from datetime import datetime
from typing import TextIO

from xqctl.messages import Lang, msg, say
from xqctl.page import Page
from xqctl.render import View
from xqctl.render.xlsx.text import clean, first
from xqctl.terminal import Fault

keeps_encoding = False

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  the day a workbook says it was made: always this one
_LANGS = {"zh": "zh-CN", "en": "en"}
_WRONG_CALL = 2


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes the whole workbook where bytes go; a terminal cannot show one."""
    if stream.isatty():
        said = msg(
            "a workbook cannot be shown on a terminal; write it to a file: {example}", example="--format xlsx=FILE"
        )
        raise Fault(said, _WRONG_CALL)
    content = _content(page, view.lang)
    stream.flush()
    stream.buffer.write(content)


def _content(page: Page, lang: Lang) -> bytes:
    from xlsxwriter import Workbook

    from xqctl.render.xlsx.cells import Cells
    from xqctl.render.xlsx.charts import Charts
    from xqctl.render.xlsx.formulas import bare_columns
    from xqctl.render.xlsx.layout import book as laid_out
    from xqctl.render.xlsx.sheet import Writer
    from xqctl.render.xlsx.styles import FONT, Styles

    laid = laid_out(page, lang)
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(FONT),
        "default_row_height": 22,
    }
    with Workbook(content, options) as book:
        title = first(clean(say(page.title, lang)), 255)
        book.set_properties({"title": title, "author": "xqctl", "created": _CREATED})
        book.set_custom_property("Language", _LANGS[lang])
        styles, bare = Styles(book), bare_columns(laid)
        sheets = {sheet.name: book.add_worksheet(sheet.name) for sheet in laid.sheets}
        for sheet in laid.sheets:
            Writer(sheet, Cells(sheets[sheet.name], laid, styles, lang, bare)).write()
        Charts(book, laid, styles, lang).draw(sheets)
    return content.getvalue()
