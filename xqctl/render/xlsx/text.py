"""Knows which texts a workbook can hold: what is written out, how long a cell is, what a sheet may be called."""

import re
from collections.abc import Iterable

from xqctl.messages import Lang, msg, say
from xqctl.screen import visible

LONGEST = 32_767
"""Characters of a cell, in units of UTF-16 (Excel specifications and limits)."""
_LONGEST_NAME = 31
_NO_XML = {0xFFFE: "<U+FFFE>", 0xFFFF: "<U+FFFF>"}
"""Characters that no XML 1.0 document may hold and that are no controls."""
_NOT_IN_NAMES = str.maketrans({"[": "【", "]": "】", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "#": "＃"})
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""``_x0041_`` is an A to Excel (ECMA-376, ST_Xstring); where XlsxWriter does not escape it, another line begins it."""
_TAKEN = frozenset({"history"})
"""Excel keeps this name for itself."""


def clean(text: str) -> str:
    """`text` with everything that hides, moves or breaks written out."""
    return text if text.isprintable() else visible(text).translate(_NO_XML)


def fitting(text: str, lang: Lang) -> str:
    """`text`, made clean, within what a cell holds; what is cut off is said."""
    text = clean(text)
    size = units(text)
    if size <= LONGEST:
        return text
    said = say(msg(" … (cut: {count} characters in all)", count=len(text)), lang)
    return first(text, LONGEST - units(said)) + said


def first(text: str, longest: int) -> str:
    """The beginning of `text` within so many units of UTF-16; no character is cut in two."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", errors="ignore")


def units(text: str) -> int:
    """The length of `text` as Excel counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def sheet_names(titles: Iterable[str], nameless: str) -> tuple[str, ...]:
    """A name for each sheet: allowed, legible, unlike the others whatever the case of their letters."""
    found: dict[str, str] = {}
    for title in titles:
        bare = _ESCAPE.sub("＿", clean(title)).translate(_NOT_IN_NAMES).strip("' ") or nameless
        name, number = first(bare, _LONGEST_NAME).rstrip("' "), 1
        while name.casefold() in found or name.casefold() in _TAKEN:
            number += 1
            name = first(bare, _LONGEST_NAME - len(f" {number}")).rstrip("' ") + f" {number}"
        found[name.casefold()] = name
    return tuple(found.values())


def headers(titles: Iterable[str], nameless: str) -> tuple[str, ...]:
    """The titles of a table's columns, none empty, no two alike, none longer than Excel takes."""
    found: dict[str, str] = {}
    for title in titles:
        bare = first(_ESCAPE.sub("＿", clean(title)).strip() or nameless, 240)
        name, again = bare, 1
        while name.casefold() in found:
            again += 1
            name = f"{bare} ({again})"
        found[name.casefold()] = name
    return tuple(found.values())
