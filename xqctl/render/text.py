"""Text for a terminal: tones as colours, source lines quoted with carets by display width, tables that fit.

Lines are painted and written as they are; rich draws the tables, is imported for them alone, and is given `Text`, never
a string, so that ``[…]`` in a name is no markup.
"""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

from xqctl import page as p
from xqctl.findings import Finding
from xqctl.messages import say
from xqctl.page import Tone
from xqctl.place import Span
from xqctl.render import View, shown
from xqctl.screen import breaks, padded, quotation, visible, visible_lines, width, wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

keeps_encoding = True

_COLOURS = {
    Tone.STRONG: "1",
    Tone.GOOD: "32",
    Tone.WARN: "33",
    Tone.BAD: "1;31",
    Tone.MUTED: "2",
    Tone.NOTED: "36",
    Tone.NAME: "36",
}
"""Select Graphic Rendition, ECMA-48 8.3.117: bold, green, yellow, bold red, faint, cyan."""


def write(page: p.Page, stream: TextIO, view: View) -> None:
    """Writes the page's blocks, an empty line between them."""
    pen = _Pen(view, view.color and not _is_old_windows(), stream.encoding)
    for number, block in enumerate(p.simple(p.brief(page.blocks))):
        if number:
            stream.write("\n")
        stream.writelines(line + "\n" for line in _lines(block, pen))


def _is_old_windows() -> bool:
    """Whether this is a Windows console that knows no escapes."""
    if os.name != "nt":
        return False
    from rich.console import detect_legacy_windows

    return detect_legacy_windows()


@dataclass(frozen=True, slots=True)
class _Pen:
    """How words become text on this terminal; rich looks at the `encoding` before it draws lines."""

    view: View
    color: bool
    encoding: str

    def paint(self, text: str, tone: Tone) -> str:
        """`text` in the colour of its tone."""
        return f"\x1b[{_COLOURS[tone]}m{text}\x1b[0m" if self.color and tone in _COLOURS and text else text

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


def _lines(block: p.Simple, pen: _Pen) -> Iterator[str]:
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
    """The table's lines, without the blanks that fill the last column; cells are broken as text is."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = _console(pen)
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    rows = [[visible(shown(cell, pen.view.lang)) for cell in row] for row in table.rows]
    titles = [pen.said(column.title) for column in table.columns]
    widths = _widths([titles, *rows], table.columns, pen.view.columns)
    for column, title, columns in zip(table.columns, titles, widths, strict=True):
        justify: Literal["left", "right"] = "right" if column.is_right_aligned else "left"
        drawn.add_column(_cell(title, Tone.STRONG, columns, pen), justify=justify, overflow="fold")
    for row, texts in zip(table.rows, rows, strict=True):
        drawn.add_row(
            *(
                _cell(text, _tone(cell, column), columns, pen)
                for cell, column, text, columns in zip(row, table.columns, texts, widths, strict=True)
            )
        )
    for segments in console.render_lines(drawn, pad=False):
        line = Text.assemble(*((segment.text, segment.style or "") for segment in segments))
        line.rstrip()
        with console.capture() as captured:
            console.print(line, soft_wrap=True, end="")
        yield captured.get()


_GAP, _LEAST = 3, 6


def _widths(rows: list[list[str]], columns: tuple[p.Column, ...], room: int) -> list[int]:
    """How wide each column is: as it needs where all have room, else the widest are held to one width that fits.

    Numbers and dates stay on one line as long as words can be broken instead.
    """
    needs = [max((width(row[place]) for row in rows), default=0) for place in range(len(columns))]
    room -= _GAP * (len(columns) - 1)
    if sum(needs) <= room:
        return needs
    for kinds in (("text", "name"), ("text", "name", "number", "date")):
        soft = [place for place, column in enumerate(columns) if column.kind in kinds]
        free = room - sum(need for place, need in enumerate(needs) if place not in soft)
        cap = _cap([needs[place] for place in soft], free)
        if cap >= _LEAST:
            return [min(need, cap) if place in soft else need for place, need in enumerate(needs)]
    return [min(need, _LEAST) for need in needs]


def _cap(needs: list[int], room: int) -> int:
    """The width to which the widest have to be held for all to fit."""
    cap = 0
    for place, need in enumerate(sorted(needs)):
        rest = len(needs) - place
        if need * rest > room:
            return room // rest
        room, cap = room - need, need
    return cap


def _tone(cell: p.Cell, column: p.Column) -> Tone:
    if isinstance(cell, p.Run | p.Amount) and cell.tone is not Tone.PLAIN:
        return cell.tone
    return Tone.NAME if column.kind == "name" and not isinstance(cell, p.Run) else Tone.PLAIN


def _cell(text: str, tone: Tone, columns: int, pen: _Pen) -> "Text":
    """A cell's text, broken where text may be broken."""
    from rich.text import Text

    return Text.from_ansi("\n".join(pen.paint(line, tone) for line in wrapped(text, max(1, columns))))


def _console(pen: _Pen) -> "Console":
    from rich.console import Console

    return Console(
        file=io.TextIOWrapper(io.BytesIO(), pen.encoding),
        width=pen.view.columns,
        force_terminal=pen.color,
        color_system="standard" if pen.color else None,
        no_color=not pen.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


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
