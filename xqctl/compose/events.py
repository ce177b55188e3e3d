"""Knows libyaml through PyYAML: a stream of events, and its complaints in our own words."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, cast

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not re-export it
from yaml.error import MarkedYAMLError, YAMLError

from xqctl.compose.decode import lines_of
from xqctl.findings import Mend, Problem
from xqctl.messages import Message, msg
from xqctl.place import Span

__all__ = ["Event", "Mark", "YAMLError", "events", "explained"]


class Mark(Protocol):
    """Where an event begins or ends; all numbers count from 0, in code points."""

    index: int
    line: int
    column: int


class Event(Protocol):
    """What we read of libyaml's events; the class of one says which of the fields it has."""

    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    start_mark: Mark
    end_mark: Mark


def events(text: str) -> Callable[[], Event | None]:
    """Gives the next event of `text` at each call, None after the last; raises `YAMLError` where it is no YAML."""
    return cast("Callable[[], Event | None]", CParser(text).get_event)


# A part of libyaml's words, ours, and whether the mistake is rather where the thing began than where it was noticed.
_PROBLEMS: tuple[tuple[str, Message, bool], ...] = (
    ("could not find expected ':'", msg("this line is neither `key: value` nor an item of a list"), True),
    (
        "mapping values are not allowed",
        msg("a colon stands where no key can begin: a second `: ` on the line, or wrong indentation"),
        False,
    ),
    (
        "did not find expected key",
        msg("the indentation does not fit the lines above, or a quote or bracket ends too early"),
        False,
    ),
    ("did not find expected '-' indicator", msg("the indentation does not fit the list above"), False),
    ("did not find expected ',' or '}'", msg("the brace opened here is not closed, or a comma is missing in it"), True),
    (
        "did not find expected ',' or ']'",
        msg("the bracket opened here is not closed, or a comma is missing in it"),
        True,
    ),
    ("found unexpected end of stream", msg("the quoted text that begins here is not closed"), True),
    ("unexpected document indicator", msg("the quoted text that begins here is not closed"), True),
    ("block sequence entries are not allowed", msg("a list cannot begin here: put it on a line of its own"), False),
    (
        "did not find expected node content",
        msg("something is missing here, or a bracket or comma is in the wrong place"),
        False,
    ),
    (
        "did not find expected <document start>",
        msg("the text goes on where the document should have ended: mind the indentation"),
        False,
    ),
    ("found undefined alias", msg("this alias names no anchor above it"), False),
    ("invalid Unicode character escape code", msg("no such character: write the character itself"), False),
    ("found unknown escape character", msg("there is no such escape: write paths with / or in single quotes"), False),
    (
        "did not find expected alphabetic or numeric character",
        msg("text that begins with & or * is taken for an anchor or an alias: put it in quotes"),
        True,
    ),
    (
        "did not find expected whitespace or line break",
        msg("text that begins with ! is taken for a tag: put it in quotes"),
        True,
    ),
    ("cannot start any token", msg("no value can begin with this character: put the value in quotes"), False),
)


def explained(error: YAMLError, text: str, file: str) -> Problem:
    """A complaint of libyaml as a problem at its place: what people often do, else unreadable YAML."""
    words = str(getattr(error, "problem", None) or error).splitlines()[0]
    told, at_start = next(((told, early) for part, told, early in _PROBLEMS if part in words), (None, False))
    lines = lines_of(text)
    noticed, began = _marks(error)
    often = _conflict(lines, file) or _indented(lines, noticed, file) or _glued(lines, noticed, file)
    if often is not None:
        return often
    line, column = _seen(lines, *(began if at_start and began else noticed))
    return _unreadable(lines, line, column, file, told or msg("this is no YAML: {words}", words=words))


def _unreadable(
    lines: list[str], line: int, column: int, file: str, message: Message, help_: Message | None = None
) -> Problem:
    """From a column, counted from 0, to the end of what stands on its line."""
    end = max(len(lines[line].rstrip(" \t")), column + 1)
    return Problem(Span(file, line + 1, column + 1, line + 1, end + 1), message, help_, code="XQY001")


def _conflict(lines: list[str], file: str) -> Problem | None:
    """What git leaves where two sides changed the same lines."""
    line = next((number for number, line in enumerate(lines) if line.startswith("<<<<<<< ")), None)
    if line is None:
        return None
    help_ = msg("keep one side, or both, and delete the lines with <<<<<<<, ======= and >>>>>>>")
    return _unreadable(lines, line, 0, file, msg("a merge conflict has not been resolved here"), help_)


def _glued(lines: list[str], noticed: tuple[int, int], file: str) -> Problem | None:
    """A field whose colon YAML does not see, at the place or right above: the text runs on into the next line."""
    for line in (noticed[0] - 1, noticed[0] - 2, noticed[0]):
        found = re.match("[ ]*([a-z_0-9]+) ?([:：])[^ ]", lines[line]) if 0 <= line < len(lines) else None
        if found is not None:
            message = _PROBLEMS[0][1]
            wide = msg("the colon is full-width: write `:` and a blank")
            help_ = wide if found[2] == "：" else msg("a blank belongs behind the colon")
            span = Span(file, line + 1, found.end(1) + 1, line + 1, found.end(2) + 1)
            problem = _unreadable(lines, line, found.start(1), file, message, help_)
            return replace(problem, mend=Mend(span, ": ", is_safe=False))
    return None


def _marks(error: YAMLError) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Where it was noticed and, if told, where the thing began; both count from 0."""
    if not isinstance(error, MarkedYAMLError):
        return (0, 0), None
    noticed, began = error.problem_mark or error.context_mark, error.context_mark
    return (noticed.line, noticed.column) if noticed else (0, 0), (began.line, began.column) if began else None


def _indented(lines: list[str], noticed: tuple[int, int], file: str) -> Problem | None:
    """A line indented with what is no blank in YAML: a tab, or at the place or right above it a wide or fixed blank."""
    line, column = noticed
    help_ = msg("indent with blanks, two a level")
    tabs = re.match(r"[ ]*\t[ \t]*", lines[line]) if line < len(lines) else None
    if tabs and tabs.end() >= column:
        span = Span(file, line + 1, 1, line + 1, tabs.end() + 1)
        mend = Mend(span, tabs[0].replace("\t", "  "), is_safe=False)
        return Problem(span, msg("the line is indented with a tab"), help_, code="XQY013", mend=mend)
    for near in (line, line - 1):
        wide = re.match("[ ]*([\u3000\u00a0])[ \u3000\u00a0]*", lines[near]) if 0 <= near < len(lines) else None
        if wide:
            message = msg("the line is indented with {code}, which is no blank in YAML", code=f"U+{ord(wide[1]):04X}")
            span = Span(file, near + 1, 1, near + 1, wide.end() + 1)
            mend = Mend(span, wide[0].replace("\u3000", "  ").replace("\u00a0", " "), is_safe=False)
            return Problem(span, message, help_, code="XQY001", mend=mend)
    return None


def _seen(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """The place itself, or the end of the last line that holds something where the parser only noticed at the end."""
    line = min(line, len(lines) - 1)
    if column == 0 and not lines[line].strip(" \t"):
        while line > 0 and not lines[line].strip(" \t"):
            line -= 1
        return line, max(len(lines[line].rstrip(" \t")) - 1, 0)
    return line, min(column, max(len(lines[line]) - 1, 0))
