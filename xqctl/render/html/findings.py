"""Knows how findings stand on a page: their place, what is wrong, the source line with the thing marked in it."""

from dataclasses import dataclass

from xqctl import page as p
from xqctl.place import Span
from xqctl.render.html.words import Piece, Pieces, Reader
from xqctl.screen import quotation, visible, width

_QUOTED = 100


@dataclass(frozen=True, slots=True)
class Quote:
    """A source line, parted before and after what the finding is about."""

    number: int
    before: str
    thing: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as the template lays it out."""

    place: str
    severity: Piece
    code: str
    message: Pieces
    quote: Quote | None
    related: list[tuple[str, Pieces]]
    help: Pieces


def found(quoted: p.Quoted, reader: Reader) -> Finding:
    """One finding with its quotation; a line of blanks is not quoted."""
    finding = quoted.finding
    severity = p.SEVERITIES[finding.severity]
    return Finding(
        place=_at(finding.place),
        severity=Piece(severity.tone, reader.text(severity.words)),
        code=finding.code,
        message=reader.sentence(finding.message),
        quote=_quote(quoted.line, finding.place) if quoted.line is not None and quoted.line.strip() else None,
        related=[(_at(span), reader.sentence(message)) for message, span in finding.related],
        help=reader.sentence(finding.help) if finding.help else [],
    )


def _quote(line: str, place: Span) -> Quote:
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    cut = quotation(line, place.column - 1, max(end, place.column), _QUOTED)
    start = _position(cut.text, cut.before)
    stop = max(start + 1, _position(cut.text, cut.before + cut.length))
    return Quote(place.line, cut.text[:start], cut.text[start:stop] or " ", cut.text[stop:].rstrip())


def _position(text: str, columns: int) -> int:
    """How many characters of `text` stand within its first `columns`; what takes none belongs to what it is on."""
    used = 0
    for position, char in enumerate(text):
        used += width(char)
        if used > columns:
            return position
    return len(text)


def _at(span: Span) -> str:
    return f"{visible(span.file)}:{span.line}:{span.column}"
