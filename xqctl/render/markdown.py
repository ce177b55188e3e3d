"""Markdown for a merge request's comment: tables and headings, every character of a name escaped."""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TextIO
from urllib.parse import quote

from xqctl import page as p
from xqctl.findings import Finding
from xqctl.messages import Lang, Message, msg, say
from xqctl.place import Span
from xqctl.render import View, shown, untoned
from xqctl.screen import visible, visible_lines

keeps_encoding = False

_MARKED = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")
_CALLS = re.compile(r"@(?=\w)")
"""``@name`` would call a person; an empty comment keeps it a word (merge request bots do the same)."""
_ROOM = 300
"""For the line that says what is left out."""
_ROWS = (25, 8, 3)
"""So many rows a table has where room is short, the first that fits."""
_TOP = 2
_OPEN, _CLOSE = "<details>", "</details>"
_MARKS = {p.Tone.STRONG: "**", p.Tone.BAD: "**"}


def write(page: p.Page, stream: TextIO, view: View) -> None:
    """Writes the page's blocks, an empty line between them; where room is short, briefly, then what there is room for.

    Of a long page the first part stands open, the others are folded where folds are known, and read on elsewhere.
    """
    for most in (None, *_ROWS):
        told = page.blocks if most is None else p.brief(page.blocks, most)
        blocks = list(_laid_out(told, view.lang))
        if page.longest is None or sum(map(_size, blocks)) <= page.longest - _ROOM:
            break
    else:
        blocks = _cut(blocks, (page.longest or 0) - _ROOM, view.lang)
    stream.write("\n".join("\n".join(lines) + "\n" for lines in blocks))


def _laid_out(blocks: Iterable[p.Block], lang: Lang, level: int = 2) -> Iterator[list[str]]:
    """The lines of each block; of several parts all but the first are folded."""
    is_first = True
    for block in blocks:
        match block:
            case p.Part(title=title, blocks=inner) if not is_first and level == _TOP:
                yield from _folded(f"<b>{_marked_up(say(title, lang))}</b>", inner, lang, level)
            case p.Part(title=title, blocks=inner):
                is_first = False
                yield [f"{'#' * level} {_escaped(say(title, lang))}"]
                yield from _laid_out(inner, lang, level + 1)
            case p.Fold(summary=summary, blocks=inner):
                yield from _folded(_marked_up(untoned(summary, lang)), inner, lang, level)
            case p.Tiles(items=tiles):
                yield list(_tiles(tiles, lang))
            case _:
                yield from (list(_lines(each, lang)) for each in p.simple((block,), level))


def _folded(summary: str, inner: Iterable[p.Block], lang: Lang, level: int) -> Iterator[list[str]]:
    """Blocks inside a fold, as GitHub and GitLab know them; Markdown is read again after an empty line."""
    yield [_OPEN, f"<summary>{summary}</summary>"]
    yield from _laid_out(inner, lang, level + 1)
    yield [_CLOSE]


def _marked_up(text: str) -> str:
    """`text` that means only itself inside HTML."""
    return _CALLS.sub("@<!-- -->", html.escape(visible(text)))


def _tiles(tiles: tuple[p.Tile, ...], lang: Lang) -> Iterator[str]:
    yield _row([_escaped(say(tile.label, lang)) for tile in tiles])
    yield _row(["--:"] * len(tiles))
    yield _row([f"**{_escaped(say(tile.value, lang))}**" for tile in tiles])


def _cut(blocks: list[list[str]], longest: int, lang: Lang) -> list[list[str]]:
    """The blocks up to the last line there is room for, and how many lines are left out; no code is cut in two."""
    kept: list[list[str]] = []
    left = longest
    for number, lines in enumerate(blocks):
        size = _size(lines)
        if size > left:
            fits = 0 if lines[0].startswith("```") else sum(1 for end in accumulate(map(_length, lines)) if end < left)
            rest = len(lines) - fits + sum(map(len, blocks[number + 1 :]))
            said = msg("{count} more lines do not fit here; --format text or json has them", count=rest)
            kept += [lines[:fits]] if fits else []
            open_ = sum(line == _OPEN for each in kept for line in each) - sum(each == [_CLOSE] for each in kept)
            return [*kept, *([[_CLOSE]] * open_), [f"> {_escaped(say(said, lang))}"]]
        left -= size
        kept.append(lines)
    return kept


def _size(lines: list[str]) -> int:
    """The characters a block takes, with the empty line after it."""
    return sum(map(_length, lines)) + 1


def _length(line: str) -> int:
    return len(line) + 1


def _lines(block: p.Simple, lang: Lang) -> Iterator[str]:
    match block:
        case p.Heading(words=words, level=level):
            yield f"{'#' * level} {_escaped(say(words, lang))}"
        case p.Paragraph(line=line, tone=tone):
            yield f"{'> ' if tone is p.Tone.MUTED else ''}{_line(line, lang)}"
        case p.Listing(items=items):
            yield from (f"- {_line(item, lang)}" for item in items)
        case p.Facts(rows=rows):
            yield from (f"- **{_escaped(say(name, lang))}** {_line(line, lang)}" for name, line in rows)
        case p.Table():
            yield from _table(block, lang)
        case p.Code(text=text, language=language):
            yield from _code(text, language)
        case p.Findings(items=items):
            yield from _findings(tuple(item.finding for item in items), lang)


def _line(line: p.Line, lang: Lang) -> str:
    return "".join(_run(run, lang) for run in line)


def _run(run: p.Run, lang: Lang) -> str:
    text = say(run.words, lang)
    if run.to and not run.to.startswith("#"):  # a page beside this one; comments have no anchors of their own
        return f"[{_escaped(text)}]({quote(run.to)})"
    if run.tone is p.Tone.NAME:
        return _code_span(text)
    if run.tone is p.Tone.PLAIN:
        return _sentence(text)
    mark = _MARKS.get(run.tone, "") if text.strip() == text and text else ""
    return f"{mark}{_escaped(text)}{mark}"


def _escaped(text: str) -> str:
    """`text` that means only itself, in a table or outside, as Markdown or as HTML."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _CALLS.sub("@<!-- -->", _MARKED.sub(r"\\\1", text))


def _code_span(text: str) -> str:
    """`text` as code; a fence longer than any run of backticks in it; a bar would end a table's cell."""
    text = visible(text).replace("|", "¦")
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    blank = " " if "`" in text else ""
    return f"{fence}{blank}{text}{blank}{fence}" if text else ""


def _table(table: p.Table, lang: Lang) -> Iterator[str]:
    yield _row([_escaped(say(column.title, lang)) for column in table.columns])
    yield _row(["--:" if column.is_right_aligned else "---" for column in table.columns])
    for row in table.rows:
        yield _row([_cell(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: p.Cell, column: p.Column, lang: Lang) -> str:
    if isinstance(cell, p.Run):
        return _run(cell, lang)
    text = shown(cell, lang)
    if column.kind == "name":
        return _code_span(text)
    return _sentence(text) if isinstance(cell, Message) else _escaped(text)


def _code(text: str, language: str) -> Iterator[str]:
    fence = "`" * max(3, max(map(len, re.findall("`+", text)), default=0) + 1)
    yield fence + language
    yield from visible_lines(text)
    yield fence


def _findings(findings: tuple[Finding, ...], lang: Lang) -> Iterator[str]:
    titles = (msg("where"), msg("severity"), msg("code"), msg("what is wrong"))
    yield _row([_escaped(say(title, lang)) for title in titles])
    yield _row(["---"] * len(titles))
    for finding in findings:
        severity = _escaped(say(p.SEVERITIES[finding.severity].words, lang))
        yield _row([_at(finding.place), severity, _code_span(finding.code), _told(finding, lang)])


def _told(finding: Finding, lang: Lang) -> str:
    """What is wrong, where else to look, what to do: the parts of one cell."""
    related = [f"{_at(span)} {_said(message, lang)}" for message, span in finding.related]
    advice = [_said(finding.help, lang)] if finding.help else []
    return "<br>".join([_said(finding.message, lang), *related, *advice])


def _said(message: Message, lang: Lang) -> str:
    return _sentence(say(message, lang))


def _sentence(text: str) -> str:
    """A sentence; what it sets in backticks is code, and everything else is escaped whoever wrote it."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return _escaped("`".join(pieces))
    return "".join(_code_span(piece) if inside % 2 else _escaped(piece) for inside, piece in enumerate(pieces))


def _at(span: Span) -> str:
    return _code_span(f"{span.file}:{span.line}:{span.column}")
