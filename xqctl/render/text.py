"""Text for a terminal: tones as colours, source lines quoted with carets by display width, tables that fit.

Lines are painted and written as they are; rich draws the tables, and is given `Text` only, so that ``[…]`` in a name is
no markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TextIO

from rich import box
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from xqctl import page as p
from xqctl.findings import Finding
from xqctl.messages import say
from xqctl.page import Tone
from xqctl.place import Span
from xqctl.render import View, shown
from xqctl.screen import breaks, padded, quotation, visible, visible_lines, width

keeps_encoding = True

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.GOOD: "green",
    Tone.WARN: "yellow",
    Tone.BAD: "bold red",
    Tone.MUTED: "dim",
    Tone.NAME: "cyan",
}


def write(page: p.Page, stream: TextIO, view: View) -> None:
    """Writes the page's blocks, an empty line between them."""
    pen = _Pen(view, _console(stream, view))
    for number, block in enumerate(page.blocks):
        if number:
            stream.write("\n")
        stream.writelines(line + "\n" for line in _lines(block, pen))


def _console(stream: TextIO, view: View) -> Console:
    return Console(
        file=stream,
        width=view.columns,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        no_color=not view.color,
        markup=False,
        highlight=False,
        emoji=False,
    )


@dataclass(frozen=True, slots=True)
class _Pen:
    """How words become text on this terminal; an old Windows console knows no escapes and is left without colour."""

    view: View
    console: Console

    def paint(self, text: str, tone: Tone) -> str:
        """`text` in the colour of its tone."""
        if tone is Tone.PLAIN or not self.view.color or self.console.legacy_windows or not text:
            return text
        return _style(tone).render(text, color_system=ColorSystem.STANDARD)

    def said(self, words: p.Words) -> str:
        """Words in the reader's language, with nothing in them that could reach the terminal."""
        return visible(say(words, self.view.lang))

    def sentence(self, words: p.Words) -> str:
        """The same; what is set in backticks stands out."""
        pieces = self.said(words).split("`")
        return "`".join(self.paint(piece, Tone.STRONG) if n % 2 else piece for n, piece in enumerate(pieces))

    def wrapped(self, line: p.Line, columns: int, tone: Tone = Tone.PLAIN) -> list[str]:
        """A line of runs as lines of at most `columns`; `tone` is that of plain runs."""
        runs = [(self.said(run.words), tone if run.tone is Tone.PLAIN else run.tone) for run in line]
        whole = "".join(text for text, _ in runs)
        ends = [*breaks(whole, columns), len(whole)]
        return [self._cut(runs, start, end) for start, end in zip([0, *ends], ends, strict=False)]

    def _cut(self, runs: list[tuple[str, Tone]], start: int, end: int) -> str:
        """The characters from `start` to `end` of all runs together, painted."""
        painted = ""
        for text, tone in runs:
            painted += self.paint(text[max(0, start) : max(0, end)], tone)
            start, end = start - len(text), end - len(text)
        return painted.rstrip(" ")


@cache
def _style(tone: Tone) -> Style:
    return Style.parse(_STYLES[tone])


def _lines(block: p.Block, pen: _Pen) -> Iterator[str]:
    match block:
        case p.Heading(words=words, level=level):
            yield pen.paint(pen.said(words), Tone.STRONG if level > 1 else Tone.NAME)
        case p.Paragraph(line=line, tone=tone):
            yield from pen.wrapped(line, pen.view.columns, tone)
        case p.Listing(items=items):
            for item in items:
                yield from _hanging("- ", pen.wrapped(item, pen.view.columns - 2))
        case p.Facts(rows=rows):
            yield from _facts(rows, pen)
        case p.Table():
            yield from _table(block, pen)
        case p.Code(text=code):
            yield from visible_lines(code)
        case p.Findings(items=items):
            for number, quoted in enumerate(items):
                yield from [""] * bool(number)
                yield from _finding(quoted, pen)


def _hanging(head: str, lines: list[str], indent: int = 2) -> Iterator[str]:
    """Lines beside a head, the later ones indented."""
    yield head + lines[0]
    yield from (" " * indent + line for line in lines[1:])


def _facts(rows: tuple[tuple[p.Words, p.Line], ...], pen: _Pen) -> Iterator[str]:
    """Names in a column of their own, what they stand for beside them."""
    names = [pen.said(name) for name, _ in rows]
    indent = min(max(map(width, names), default=0) + 2, pen.view.columns // 2)
    for name, (_, line) in zip(names, rows, strict=True):
        gap = padded(name, max(indent, width(name) + 2))[len(name) :]
        yield from _hanging(pen.paint(name, Tone.NAME) + gap, pen.wrapped(line, pen.view.columns - indent), indent)


def _table(table: p.Table, pen: _Pen) -> Iterator[str]:
    """The table's lines, without the blanks that fill the last column."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in table.columns:
        justify: Literal["left", "right"] = "right" if column.is_right_aligned else "left"
        drawn.add_column(Text(pen.said(column.title), style=_style(Tone.STRONG)), justify=justify, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_cell(cell, column, pen) for cell, column in zip(row, table.columns, strict=True)))
    for segments in pen.console.render_lines(drawn, pad=False):
        line = Text.assemble(*((segment.text, segment.style or "") for segment in segments))
        line.rstrip()
        with pen.console.capture() as captured:
            pen.console.print(line, soft_wrap=True, end="")
        yield captured.get()


def _cell(cell: p.Cell, column: p.Column, pen: _Pen) -> Text:
    tone = cell.tone if isinstance(cell, p.Run) else Tone.NAME if column.kind == "name" else Tone.PLAIN
    return Text(visible(shown(cell, pen.view.lang)), style=_style(tone))


def _finding(quoted: p.Quoted, pen: _Pen) -> Iterator[str]:
    """A finding: place and sentence, the line it is on with carets, the places that explain it, what to do."""
    finding = quoted.finding
    severity = p.SEVERITIES[finding.severity]
    place = pen.paint(_at(finding.place), Tone.STRONG)
    weight = pen.paint(pen.said(severity.words), severity.tone)
    yield f"{place} {weight} {pen.paint(finding.code, Tone.NAME)} {pen.sentence(finding.message)}"
    if quoted.line is not None and quoted.line.strip():
        yield from _quote(quoted.line, finding, pen)
    for message, span in finding.related:
        yield f"    {pen.paint(_at(span), Tone.MUTED)} {pen.sentence(message)}"
    if finding.help:
        yield f"    {pen.paint('=', Tone.MUTED)} {pen.sentence(finding.help)}"


def _quote(line: str, finding: Finding, pen: _Pen) -> Iterator[str]:
    place = finding.place
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    number = f" {place.line} "
    quoted = quotation(line, place.column - 1, max(end, place.column), pen.view.columns - len(number) - 2)
    carets = pen.paint("^" * quoted.length, p.SEVERITIES[finding.severity].tone)
    yield pen.paint(f"{number}|", Tone.MUTED) + f" {quoted.text.rstrip()}"
    yield pen.paint(" " * len(number) + "|", Tone.MUTED) + f" {' ' * quoted.before}{carets}"


def _at(span: Span) -> str:
    return f"{visible(span.file)}:{span.line}:{span.column}:"
