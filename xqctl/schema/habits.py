"""Knows how people write dates, areas, money, numbers and names when they slip, and how that is written here."""

import difflib
import re
from collections.abc import Sequence

from xqctl.findings import Mend
from xqctl.place import Route

QUOTES = "“”‘’"
_SEPARATOR = re.compile("[,， ]")
_NUMBER = re.compile("([0-9]+)[^0-9.%％‰千万亿]*")
_DATE = re.compile("([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2}))?[月日号]?")
_AREA = re.compile("([0-9]+(?:[.][0-9]+)?) ?(?:m²|㎡|平方米|平米|m)")


def closest(name: str, known: Sequence[str]) -> str | None:
    """The one of some names that another is most likely a slip of; None where none is like it."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.7)), None)


def whole_number(text: str) -> str | None:
    """The digits of a count written with separators or a measure word, ``2,130人``; None where it says more."""
    found = _NUMBER.fullmatch(_SEPARATOR.sub("", text))
    return found[1] if found else None


def retyped(where: Route, value: object, wanted: Sequence[str], quantity: str | None) -> Mend | None:
    """A code that reads as a number as text, a number that is text as a number; None where more would be guessed."""
    if wanted == ["string"] and isinstance(value, int) and not isinstance(value, bool) and quantity is None:
        return Mend(where, str(value))
    if "integer" in wanted and isinstance(value, str) and (number := whole_number(value)):
        return Mend(where, int(number), is_safe=number == value)
    return None


def rewritten(text: str, quantity: str | None, pattern: str) -> str | None:
    """A date, area or amount as it was probably meant; None where that would not fit the schema's `pattern` either."""
    match quantity:
        case "date" if found := _DATE.fullmatch(text):
            meant = "-".join(f"{int(part):02}" for part in found.groups() if part)
        case "area" if found := _AREA.fullmatch(text):
            meant = f"{found[1]}m2"
        case "money":
            meant = f"{text}元"
        case _:
            return None
    return meant if re.search(pattern, meant) else None
