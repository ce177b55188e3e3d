"""Knows the formats: one a module, found because it stands here, each writing a page to a stream."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from json import dumps
from typing import Protocol, TextIO, cast

from xqctl.messages import Lang, Message, say
from xqctl.page import Amount, Cell, Line, Page, Run
from xqctl.registry import leaves


@dataclass(frozen=True, slots=True)
class View:
    """Who reads: in which language, with colour or without, on how many columns."""

    lang: Lang
    color: bool = False
    columns: int = 100


class Format(Protocol):
    """What a module in this folder fulfils.

    `keeps_encoding` is true where people read on their own terminal; everything else is UTF-8 wherever it goes. The
    stream is a `TextIOWrapper`: a format that writes bytes finds the place for them at `stream.buffer`.
    """

    keeps_encoding: bool

    def write(self, page: Page, stream: TextIO, view: View) -> None:
        """Writes the whole page."""


_JUDGING = ("check", "validate")
_OF_SOME_VERBS: Mapping[str, tuple[str, ...]] = {
    "dot": ("graph",),
    "github": _JUDGING,
    "gitlab": _JUDGING,
    "ics": ("calendar",),
    "jsonpatch": ("diff",),
    "junit": _JUDGING,
    "mergepatch": ("diff",),
    "mermaid": ("graph",),
    "sarif": _JUDGING,
    "svg": ("graph",),
    "xlsx": ("check", "compare", "diff", "explain", "report"),
}
"""Formats of what only some verbs find; all others are every verb's."""


def formats(verb: str = "") -> tuple[str, ...]:
    """The names of the formats that every verb has, and those only some have with `verb`, sorted; none is imported."""
    return tuple(name for name in leaves(__name__) if verb in _OF_SOME_VERBS.get(name, (verb,)))


def format_called(name: str) -> Format:
    """The format of that name, which is one of `formats()`."""
    return cast("Format", importlib.import_module(f"{__name__}.{name}"))


def untoned(line: Line, lang: Lang) -> str:
    """A line of runs as text."""
    return "".join(say(run.words, lang) for run in line)


def shown(cell: Cell, lang: Lang) -> str:
    """A cell as people read it."""
    match cell:
        case None:
            return ""
        case Run(words=words) | Amount(shown=words):
            return say(words, lang)
        case str() | Message():
            return say(cell, lang)
        case date():
            return cell.isoformat()
        case int():
            return f"{cell:,}"


def exact(value: object, before: str = "") -> str:
    """Data as JSON with every number as it is, not as some machine's nearest; `before` stands before each line."""
    inner = f"{before}  "
    match value:
        case dict() if value:
            fields = (f"{inner}{dumps(key, ensure_ascii=False)}: {exact(each, inner)}" for key, each in value.items())
            return "{\n" + ",\n".join(fields) + f"\n{before}}}"
        case list() if value:
            return "[\n" + ",\n".join(inner + exact(each, inner) for each in value) + f"\n{before}]"
        case Decimal():
            return format(value, "f")
        case _:
            return dumps(value, ensure_ascii=False)
