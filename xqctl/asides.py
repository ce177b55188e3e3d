"""Knows how a file of ours beside a district is read: whole and in its shape, or not at all."""

from collections.abc import Iterator

from xqctl.compose import Places
from xqctl.findings import Problem
from xqctl.folder import Document
from xqctl.messages import msg
from xqctl.place import Route
from xqctl.schema import is_valid, schema
from xqctl.schema.sentences import explained
from xqctl.terminal import Fault

WRONG = 2
# What the text stage says of a file that is read as it is meant all the same.
_READ_ANYWAY = frozenset(("XQY004", "XQY010", "XQY015", "XQY016", "XQY017"))


def shaped(document: Document, name: str) -> Document:
    """The file, where it has the shape of the schema `name`; else a `Fault` tells the first thing wrong, and where."""
    wrong = list(_wrong(document, name))
    if wrong:
        raise misread(document, wrong)
    return document


def misread(document: Document, wrong: list[Problem]) -> Fault:
    """What is wrong with such a file, the first of it at its place."""
    first = wrong[0]
    where = first.where
    span = Places(document.raw, document.file).of(where) if isinstance(where, Route) else where
    told = first.message
    if first.help is not None:
        told = msg("{wrong}; {help}", wrong=told, help=first.help)
    if len(wrong) > 1:
        told = msg("{first}; and {count} more", first=told, count=len(wrong) - 1)
    return Fault(msg("{file}:{line}:{column}: {told}", file=span.file, line=span.line, column=span.column, told=told),
                 WRONG)  # fmt: skip


def _wrong(document: Document, name: str) -> Iterator[Problem]:
    """What the text stage refuses; else what is wrong with the shape."""
    refused = [problem for problem in document.problems if problem.code not in _READ_ANYWAY]
    if refused or is_valid(document.data, name, schema):
        yield from refused
        return
    yield from explained(document.file, document.data, name, schema)
