"""Plain lines without colour, for grep, editors and logs: ``file:line:column: severity code message``."""

from collections.abc import Iterator
from typing import TextIO

from xqctl import page as p
from xqctl.findings import Finding
from xqctl.messages import Lang, Message, say
from xqctl.place import Span
from xqctl.render import View, shown, untoned
from xqctl.screen import visible, visible_lines

keeps_encoding = False


def write(page: p.Page, stream: TextIO, view: View) -> None:
    """Writes the page's blocks as lines."""
    for block in p.simple(page.blocks):
        stream.writelines(line + "\n" for line in _lines(block, view.lang))


def _lines(block: p.Simple, lang: Lang) -> Iterator[str]:
    match block:
        case p.Heading(words=words):
            yield visible(say(words, lang))
        case p.Paragraph(line=line):
            yield visible(untoned(line, lang))
        case p.Listing(items=items):
            yield from (visible(untoned(item, lang)) for item in items)
        case p.Facts(rows=rows):
            yield from (f"{visible(say(name, lang))}: {visible(untoned(line, lang))}" for name, line in rows)
        case p.Table():
            yield from _table(block, lang)
        case p.Code(text=text):
            yield from visible_lines(text)
        case p.Findings(items=items):
            for item in items:
                yield from _finding(item.finding, lang)


def _table(table: p.Table, lang: Lang) -> Iterator[str]:
    from tabulate import tabulate

    rows = [[visible(shown(cell, lang)) for cell in row] for row in table.rows]
    yield from tabulate(
        rows,
        headers=[visible(say(column.title, lang)) for column in table.columns],
        tablefmt="plain",
        disable_numparse=True,
        colalign=["right" if column.is_right_aligned else "left" for column in table.columns] if rows else None,
    ).split("\n")


def _finding(finding: Finding, lang: Lang) -> Iterator[str]:
    """One line for the finding; what belongs to it follows, indented."""
    yield f"{_at(finding.place)} {finding.severity} {finding.code} {_said(finding.message, lang)}"
    for message, span in finding.related:
        yield f"    {_at(span)} {_said(message, lang)}"
    if finding.help:
        yield f"    {_said(finding.help, lang)}"


def _said(message: Message, lang: Lang) -> str:
    return visible(say(message, lang))


def _at(span: Span) -> str:
    return f"{visible(span.file)}:{span.line}:{span.column}:"
