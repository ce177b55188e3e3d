"""CSV for spreadsheets and scripts: the first list of records of an answer, a row each, exact; UTF-8 with a mark.

Nested names are joined by dots (`bound.value`). Text that a spreadsheet would take for a formula gets an apostrophe
before it (OWASP, CSV Injection); the byte order mark at the start is what Excel on Chinese Windows knows UTF-8 by.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TextIO

from xqctl.messages import Lang, Message, say
from xqctl.page import Page
from xqctl.render import View

keeps_encoding = False

_ABOUT = ("tool", "inputs", "summary")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?")


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes a line of names and one a record; a page without records gives one line about what it explains.

    Findings that are tolerated are left out, as in all formats but JSON and SARIF.
    """
    rows = [dict(_flat("", record, view.lang)) for record in _records(page.data)]
    every = dict.fromkeys(name for row in rows for name in row)
    names = [name for name in every if not _is_hollow(name, rows, every)]
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)


def _records(data: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The first list of an answer that says anything, verdicts before the findings they rest on."""
    comparison = data.get("comparison")
    if isinstance(comparison, Mapping):
        return list(_side_by_side(comparison))
    parts = {name: part for name, part in data.items() if name not in _ABOUT}
    lists = [_mappings(parts[name]) for name in sorted(parts, key=lambda name: name == "findings")]
    found = next((each for each in map(_told, lists) if each), None)
    if found is not None:
        return found
    explained = data.get("explained")
    if not isinstance(explained, Mapping):
        return []
    inner = (_mappings(part) for part in explained.values())
    return next((each for each in inner if each), [explained])


def _told(records: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    return [record for record in records if record.get("suppressed") is None]


def _side_by_side(comparison: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """A record a row, its values beside each other under the names of the columns."""
    names = [_safe(str(column["name"])) for column in _mappings(comparison.get("columns"))]
    for row in _mappings(comparison.get("rows")):
        record = {name: part for name, part in row.items() if name not in ("values", "only")}
        for name, value in zip(names, _mappings(row.get("values")), strict=True):
            amount = value["value"]
            if isinstance(amount, Mapping):
                amount = f"{amount['low'] or ''}..{amount['high'] or ''}"
            record[name] = value["words"] if amount is None else amount
            record |= {f"{name} {part}": value[part] for part in ("basis", "on", "source")}
        yield record


def _mappings(part: object) -> list[Mapping[str, object]]:
    return [item for item in part if isinstance(item, Mapping)] if isinstance(part, list | tuple) else []


def _is_hollow(name: str, rows: list[dict[str, str]], names: Iterable[str]) -> bool:
    """Whether a name only says that what others have in it is not there."""
    return any(other.startswith(f"{name}.") for other in names) and not any(row.get(name) for row in rows)


def _flat(name: str, value: object, lang: Lang) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else str(key), inner, lang)
    else:
        yield name, _safe(_text(value, lang))


def _text(value: object, lang: Lang) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case Message():
            return say(value, lang)
        case list() | tuple():
            return "; ".join(_text(item, lang) for item in value)
        case Mapping():
            return ", ".join(f"{key}: {_text(inner, lang)}" for key, inner in value.items())
        case _:
            return str(value)


def _safe(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
