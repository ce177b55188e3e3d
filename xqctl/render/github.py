"""GitHub workflow commands: annotations of a merge request, the worst first, ten a level as GitHub keeps them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from xqctl.findings import Severity
from xqctl.messages import msg, say
from xqctl.page import Page, Result, Results
from xqctl.render import View
from xqctl.screen import visible

keeps_encoding = False

MOST = 10
"""So many annotations of one level are kept of one step.

Source: https://docs.github.com/actions, problem matchers, limitations.
"""
_LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes one command a line; what there is no room for is counted in one last notice."""
    results = page.results or Results("")
    by_level: dict[str, list[Result]] = {level: [] for level in _LEVELS.values()}
    for item in _ranked(results.seen):
        by_level[_LEVELS[item.severity or Severity.INFO]].append(item)
    left = Counter({level: len(items) - MOST for level, items in by_level.items() if len(items) > MOST})
    if left and len(by_level["notice"]) >= MOST:  # the last notice takes a place too
        left["notice"] = len(by_level["notice"]) - (MOST - 1)
    for level, items in by_level.items():
        room = MOST - 1 if level == "notice" and left else MOST
        stream.writelines(f"{line}\n" for line in _lines(level, items[:room], view))
    if left:
        told = msg(
            "not shown here: errors {errors}, warnings {warnings}, notices {notices}; the whole list is in the log",
            errors=left["error"],
            warnings=left["warning"],
            notices=left["notice"],
        )
        stream.write(f"::notice title=xqctl::{_data(say(told, view.lang))}\n")


def _ranked(items: Iterable[Result]) -> list[Result]:
    """What is wrong or open, what gates before what does not."""
    open_ = (item for item in items if item.severity is not None)
    return sorted(open_, key=lambda item: (not item.gates, item.severity.rank if item.severity else 0))


def _lines(level: str, items: Iterable[Result], view: View) -> Iterator[str]:
    for item in items:
        place = item.place
        where = {"file": item.file, "line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # GitHub takes columns within one line only
            where |= {"col": str(place.column), "endColumn": str(place.end_column)}
        where["title"] = visible(item.name)
        parts = (item.message, *((item.help,) if item.help else ()))
        told = "\n".join(visible(say(part, view.lang)) for part in parts)
        properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
        yield f"::{level} {properties}::{_data(told)}"


def _data(text: str) -> str:
    """Text behind the last colons, as GitHub's runner reads it back."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property: what ends one is written out too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
