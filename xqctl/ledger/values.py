"""Knows how what people type into a cell becomes a value: 30.5 under 万元 is `30.5万元`, 2023年9月 is 2023-09."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from xqctl.compose.read import Data
from xqctl.ledger.layout import Cell, tight
from xqctl.ledger.mapping import Rule
from xqctl.likeness import Names
from xqctl.messages import Message, msg
from xqctl.relations import Scalar
from xqctl.tabular import text_of

_PARTS = re.compile("[、，,；;\n]+")
_DAY = re.compile(r"([1-9][0-9]{3})[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2})日?|月)?")
_YEAR = re.compile(r"([1-9][0-9]{3})年?")
_COMPACT = re.compile(r"([12][0-9]{3})(0[1-9]|1[0-2])([0-3][0-9])")
_SCHOOL_YEAR = re.compile(r"([1-9][0-9]{3})(?:[-—–~～至/]+([1-9][0-9]{3}|[0-9]{2}))?(?:学年度?|年度?)?")
_AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(.*)")
_GROUPED = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?:[^0-9]|$))")
_UNITS = {"㎡": "m2", "平方米": "m2", "平米": "m2", "m²": "m2", "M2": "m2", "％": "%"}
_MONEY, _AREA = ("元", "万元", "亿元"), ("m2",)
_COUNTED = frozenset("人名个所班台册间周节次项")
_YES = frozenset(("是", "有", "√", "✓", "对", "y", "yes", "true", "1"))
_NO = frozenset(("否", "无", "×", "✗", "没有", "n", "no", "false", "0"))
_SHOWN = 12


class Wrong(Exception):
    """A cell that cannot be read: what is wrong, and what to do."""

    def __init__(self, message: Message, help_: Message | None = None) -> None:
        super().__init__(message.text)
        self.message, self.help = message, help_


def value_of(cell: Cell, rule: Rule) -> Data:
    """What a cell says for a field. Raises `Wrong`."""
    if cell.mark == "error":
        raise Wrong(msg("the cell shows an error of the spreadsheet"), msg("mend its formula, or empty it"))
    if cell.mark == "uncounted":
        raise Wrong(msg("the formula has no result in the file"), msg("open the workbook in Excel or WPS and save it"))
    if cell.text in rule.values:
        return rule.values[cell.text]
    if tight(cell.text) in rule.values:
        return rule.values[tight(cell.text)]
    scalar = rule.scalar
    if scalar.is_many and not scalar.quantity:
        parts = [part for part in _parted(cell.text, rule) if part]
        found = [_one(part, rule) for part in parts]
        return found[0] if len(found) == 1 and not scalar.is_list else list(dict.fromkeys(map(str, found)))
    return _single(cell, rule)


def _parted(text: str, rule: Rule) -> list[str]:
    parts = text.split(rule.separator) if rule.separator is not None else _PARTS.split(text)
    return [part.strip() for part in parts]


def _one(text: str, rule: Rule) -> Data:
    """One of several plain texts."""
    if text in rule.values:
        return rule.values[text]
    return _worded(text, rule.scalar) if rule.scalar.words else name_of(text) if rule.refs else text


def _single(cell: Cell, rule: Rule) -> Data:
    scalar = rule.scalar
    if scalar.quantity is not None and scalar.quantity in _READERS:
        return _READERS[scalar.quantity](cell, rule)
    if scalar.words:
        return _worded(cell.text, scalar)
    if scalar.types == {"boolean"}:
        return _truth(cell)
    if scalar.types == {"integer"}:
        return _count(cell, rule)
    if scalar.types == {"number"}:
        return _number(cell, rule)
    if "string" not in scalar.types and not scalar.is_any:
        return _number(cell, rule)
    if scalar.pattern is not None and re.search("[0-9]{4,}|\\{[0-9]+\\}", scalar.pattern):
        return _code(cell, scalar)
    return name_of(cell.text) if rule.refs else cell.text


def name_of(text: str) -> str:
    """A name without the blanks that people put between its characters to make columns even."""
    return tight(text) if not text.isascii() else text.strip()


def plain(text: str) -> str:
    """A text with full-width digits and signs as plain ones, without blanks: ``１，２００ 人`` is ``1,200人``."""
    return tight(unicodedata.normalize("NFKC", text))


def _worded(text: str, scalar: Scalar) -> str:
    said = tight(text)
    for word, called in scalar.words:
        if said in (word, tight(called.zh)) or said.lower() == called.en.lower():
            return word
    labels = {called.zh: word for word, called in scalar.words}
    near = Names(labels).closest(said)
    known = list(near) or list(labels)[:_SHOWN]
    raise Wrong(
        msg("{text} is none of the words known here", text=text[:40]),
        msg("add to `values` of this column: {example}; words: {words}",
            example=f"{said[:20]}: {labels[near[0]] if near else '…'}",
            words=[f"{labels[each]} {each}" for each in known]),
    )  # fmt: skip


def _truth(cell: Cell) -> bool:
    said = plain(cell.text).lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise Wrong(msg("{text} is neither 是 nor 否", text=cell.text[:40]))


def _amount(cell: Cell) -> tuple[Decimal, str] | None:
    """The number in a cell and the unit after it; None where there is no number."""
    if isinstance(cell.value, bool | date):
        return None
    if isinstance(cell.value, int | float):
        return _exact(cell.value), ""
    found = _AMOUNT.fullmatch(_GROUPED.sub("", plain(cell.text)))
    if found is None:
        return None
    return Decimal(found[1]), _UNITS.get(found[2], found[2])


def _exact(value: float) -> Decimal:
    """A spreadsheet's number as it shows it: fifteen digits, the last of which machines blur."""
    return Decimal(format(value, ".15g"))


def _written(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(cell: Cell, rule: Rule) -> Data:
    found = _amount(cell)
    if found is None or found[1] not in ("", rule.unit):
        raise Wrong(msg("{text} is no number", text=cell.text[:40]))
    whole = found[0] == found[0].to_integral_value()
    return int(found[0]) if whole else found[0]


def _count(cell: Cell, rule: Rule) -> Data:
    text = plain(cell.text)
    if ".." in text and "string" in rule.scalar.types:
        return text
    found = _amount(cell)
    if found is None or (found[1] != (rule.unit or "") and found[1] not in _COUNTED and found[1]):
        raise Wrong(msg("{text} is no whole number", text=cell.text[:40]))
    if found[0] != found[0].to_integral_value():
        raise Wrong(msg("{text} is no whole number", text=_written(found[0])))
    return int(found[0])


def _measured(units: tuple[str, ...], what: Message) -> Callable[[Cell, Rule], Data]:
    """The reader of an amount that needs one of some units."""

    def read(cell: Cell, rule: Rule) -> Data:
        found = _amount(cell)
        if found is None:
            return _ranged(cell, what)
        unit = found[1] or rule.unit
        if unit is None:
            likely = units[min(1, len(units) - 1)]
            help_ = msg("say the unit of the column in the mapping: `unit: {unit}`", unit=likely)
            raise Wrong(msg("{number} has no unit", number=_written(found[0])), help_)
        if unit not in units:
            raise Wrong(msg("{text} is no {what}", text=cell.text[:40], what=what))
        return f"{_written(found[0])}{unit}"

    return read


def _ranged(cell: Cell, what: Message) -> str:
    text = plain(cell.text).replace("～", "..").replace("~", "..")
    if ".." in text:
        return text
    raise Wrong(msg("{text} is no {what}", text=cell.text[:40], what=what))


def _percent(cell: Cell, rule: Rule) -> Data:
    found = _amount(cell)
    if found is None:
        return _ranged(cell, msg("percentage"))
    number, unit = found
    if cell.mark == "percent":
        return f"{_written(number * 100)}%"
    if unit in ("%", "‰") or rule.unit in ("%", "‰"):
        return f"{_written(number)}{unit or rule.unit}"
    raise Wrong(
        msg("{number} may mean {one}% or {other}%", number=_written(number), one=_written(number),
            other=_written(number * 100)),
        msg("format the cells as percentages, or say `unit: '%'` in the mapping"),
    )  # fmt: skip


def _day(cell: Cell, _rule: Rule) -> Data:
    value = cell.value
    if isinstance(value, datetime | date):
        return text_of(value) if not isinstance(value, datetime) else value.date().isoformat()
    text = plain(cell.text)
    year = _YEAR.fullmatch(text)
    if year is not None:
        return int(year[1])
    found = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is not None:
        try:
            date(int(found[1]), int(found[2]), int(found[3] or 1))
        except ValueError:
            found = None
    if found is None:
        raise Wrong(msg("{text} is no date", text=cell.text[:40]), msg("write it like 2023-09-01, 2023-09 or 2023"))
    return "-".join(part.zfill(2) for part in found.groups() if part)


def _moment(cell: Cell, rule: Rule) -> Data:
    if isinstance(cell.value, datetime):
        return cell.value.isoformat(sep=" ", timespec="minutes")
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}", text):
        return text
    return _day(cell, rule)


def _year_of_school(cell: Cell, _rule: Rule) -> Data:
    return school_year(cell.text)


def school_year(said: str) -> str:
    """A school year as we write it. Raises `Wrong`."""
    found = _SCHOOL_YEAR.fullmatch(plain(said))
    if found is None:
        raise Wrong(msg("{text} is no school year", text=said[:40]), msg("write it like 2023-2024"))
    first = int(found[1])
    last = found[2] or str(first + 1)
    return f"{first}-{last if len(last) == 4 else str(first)[:2] + last}"


def _year(cell: Cell, _rule: Rule) -> Data:
    found = _YEAR.fullmatch(plain(cell.text))
    if found is None:
        raise Wrong(msg("{text} is no year", text=cell.text[:40]), msg("write it like 2023"))
    return int(found[1])


def _any_amount(cell: Cell, rule: Rule) -> Data:
    """A quantity of any sort: a bare number, or one with its unit."""
    found = _amount(cell)
    if found is None:
        return plain(cell.text)
    if cell.mark == "percent":
        return f"{_written(found[0] * 100)}%"
    unit = found[1] or rule.unit or ""
    whole = found[0] == found[0].to_integral_value()
    return f"{_written(found[0])}{unit}" if unit else int(found[0]) if whole else found[0]


def _code(cell: Cell, scalar: Scalar) -> str:
    """A code, which is text: one that was stored as a number has lost the zeros it began with."""
    text = plain(cell.text)
    if re.match(scalar.pattern or "", text):
        return text
    length = re.search(r"\{([0-9]+)\}", scalar.pattern or "")
    if isinstance(cell.value, float | int) and length is not None and len(text) < int(length[1]):
        raise Wrong(
            msg("{text} is stored as a number: the zeros it began with are lost; it has {length} digits", text=text,
                length=int(length[1])),
            msg("format the column as text in the workbook and write the codes again"),
        )  # fmt: skip
    return text


_READERS: Mapping[str, Callable[[Cell, Rule], Data]] = {
    "area": _measured(_AREA, msg("area")),
    "bound": _any_amount,
    "count": _count,
    "date": _day,
    "moment": _moment,
    "money": _measured(_MONEY, msg("sum of money")),
    "number": _number,
    "percent": _percent,
    "quantity": _any_amount,
    "school_year": _year_of_school,
    "value": _any_amount,
    "year": _year,
}
