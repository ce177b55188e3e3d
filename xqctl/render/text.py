"""Text for a terminal: tones as colours, source lines quoted with carets by display width, tables that fit.

rich is given `Text` only, never a string, so that ``[…]`` in a name is no markup.
"""

from collections.abc import Iterator
from typing import Literal, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from xqctl import page as p
from xqctl.findings import Finding, Severity
from xqctl.messages import Lang, msg, say
from xqctl.page import Tone
from xqctl.place import Span
from xqctl.render import View, shown
from xqctl.screen import breaks, quotation, visible, width

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
_SEVERITIES = {
    Severity.ERROR: (msg("error"), Tone.BAD),
    Severity.WARNING: (msg("warning"), Tone.WARN),
    Severity.INFO: (msg("note"), Tone.NAME),
}


def write(page: p.Page, stream: TextIO, view: View) -> None:
    """Writes the page's blocks, an empty line between those that are not of one breath."""
    console = _console(stream, view)
    before: p.Block | None = None
    for block in page.blocks:
        if before is not None and not isinstance(before, p.Findings):
            console.print()
        for part in _parts(block, console, view):
            console.print(part, soft_wrap=True)
        before = block


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


def _parts(block: p.Block, console: Console, view: View) -> Iterator[Text]:
    match block:
        case p.Heading(words=words, level=level):
            yield _text(words, Tone.STRONG if level > 1 else Tone.NAME, view.lang)
        case p.Paragraph(line=line, tone=tone):
            text = _line(line, view.lang)
            text.style = _STYLES[tone]
            yield _wrapped(text, view.columns)
        case p.Listing(items=items):
            for item in items:
                yield Text("- ") + _wrapped(_line(item, view.lang), view.columns - 2, indent=2)
        case p.Facts(rows=rows):
            yield from _facts(rows, view)
        case p.Table():
            yield from _table(block, console, view.lang)
        case p.Code(text=code):
            yield _code(code)
        case p.Findings(items=items):
            for quoted in items:
                yield _finding(quoted, view)


def _text(words: p.Words, tone: Tone, lang: Lang) -> Text:
    return Text(visible(say(words, lang)), style=_STYLES[tone])


def _line(line: p.Line, lang: Lang) -> Text:
    text = Text()
    for run in line:
        text.append(visible(say(run.words, lang)), style=_STYLES[run.tone])
    return text


def _wrapped(text: Text, columns: int, indent: int = 0) -> Text:
    """`text` in lines of at most `columns`, the later ones indented."""
    lines = text.divide(breaks(text.plain, columns))
    for line in lines:
        line.rstrip()
    return Text("\n" + " " * indent).join(lines)


def _facts(rows: tuple[tuple[p.Words, p.Line], ...], view: View) -> Iterator[Text]:
    """Names in a column of their own, what they stand for beside them."""
    names = [visible(say(name, view.lang)) for name, _ in rows]
    indent = min(max(map(width, names), default=0) + 2, view.columns // 2)
    for name, (_, line) in zip(names, rows, strict=True):
        gap = " " * max(2, indent - width(name))
        value = _wrapped(_line(line, view.lang), view.columns - indent, indent)
        yield Text(name, style=_STYLES[Tone.NAME]) + Text(gap) + value


def _table(table: p.Table, console: Console, lang: Lang) -> Iterator[Text]:
    """The table's lines, without the blanks that fill the last column."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in table.columns:
        justify: Literal["left", "right"] = "right" if column.is_right_aligned else "left"
        drawn.add_column(_text(column.title, Tone.STRONG, lang), justify=justify, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_cell(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)))
    for segments in console.render_lines(drawn, pad=False):
        text = Text.assemble(*((segment.text, segment.style or "") for segment in segments))
        text.rstrip()
        yield text


def _cell(cell: p.Cell, column: p.Column, lang: Lang) -> Text:
    tone = cell.tone if isinstance(cell, p.Run) else Tone.NAME if column.kind == "name" else Tone.PLAIN
    return Text(visible(shown(cell, lang)), style=_STYLES[tone])


def _code(code: str) -> Text:
    """Quoted text, its lines and tabs kept, what cannot be seen in them written out."""
    return Text("\n".join("\t".join(map(visible, line.split("\t"))) for line in code.split("\n")), tab_size=8)


def _finding(quoted: p.Quoted, view: View) -> Text:
    """A finding: place and sentence, the line it is on with carets, the places that explain it, what to do."""
    text = _sentence(quoted.finding, view.lang)
    if quoted.line is not None and quoted.line.strip():
        text.append_text(_quote(quoted.line, quoted.finding, view.columns))
    for message, span in quoted.finding.related:
        text.append(f"    {_at(span)} ", style=_STYLES[Tone.MUTED]).append(visible(say(message, view.lang)) + "\n")
    if quoted.finding.help:
        text.append("    = ", style=_STYLES[Tone.MUTED]).append(visible(say(quoted.finding.help, view.lang)) + "\n")
    return text


def _sentence(finding: Finding, lang: Lang) -> Text:
    name, tone = _SEVERITIES[finding.severity]
    return Text.assemble(
        (f"{_at(finding.place)} ", _STYLES[Tone.STRONG]),
        (f"{say(name, lang)} ", _STYLES[tone]),
        (f"{finding.code} ", _STYLES[Tone.NAME]),
        visible(say(finding.message, lang)),
        "\n",
    )


def _quote(line: str, finding: Finding, columns: int) -> Text:
    place = finding.place
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    number = f" {place.line} "
    shown_line = quotation(line, place.column - 1, max(end, place.column), columns - len(number) - 2)
    carets = " " * shown_line.before + "^" * shown_line.length
    return Text.assemble(
        (f"{number}| ", _STYLES[Tone.MUTED]),
        (shown_line.text.rstrip() + "\n"),
        (" " * len(number) + "| ", _STYLES[Tone.MUTED]),
        (carets + "\n", _STYLES[_SEVERITIES[finding.severity][1]]),
    )


def _at(span: Span) -> str:
    return f"{visible(span.file)}:{span.line}:{span.column}:"
