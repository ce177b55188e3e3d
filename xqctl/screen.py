"""Knows how text looks on a screen: which characters can be seen, how many columns they take, where a line breaks."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})
_NEVER_FIRST = frozenset("、，。；：！？）》」』”’…%,.;:!?)]}")
_NEVER_LAST = frozenset("（《「『“‘([{")
_TAB = 4
_CUT = "..."


def visible(text: str) -> str:
    """`text` with every character that hides, moves or turns text written out: ``<U+202E>``.

    Control characters, bidi marks, zero-width characters, line separators and lone surrogates come from files that
    strangers wrote; on a terminal they would erase or reorder what is around them.
    """
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(char):04X}>" if unicodedata.category(char) in _UNSEEN else char for char in text)


def visible_lines(text: str) -> list[str]:
    """The lines of a quoted text, made visible; tabs stay what they are."""
    return ["\t".join(map(visible, line.split("\t"))) for line in text.split("\n")]


def width(text: str) -> int:
    """The columns `text` takes on a terminal: two for a Chinese character, none for a combining one.

    Source: Unicode Standard Annex #11, East Asian Width; ambiguous characters count one, as terminals and rich have it.
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in _ZERO_WIDTH or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """`text` followed by blanks up to `columns`."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`, without the blanks around the breaks."""
    ends = [*breaks(text, columns), len(text)]
    return [text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]


def breaks(text: str, columns: int) -> list[int]:
    """Where `text` is broken into lines of at most `columns`: after blanks, or between Chinese characters.

    Chinese punctuation keeps its place: none that closes begins a line, none that opens ends one. A word longer than
    a line stands out of it.
    """
    found: list[int] = []
    start = position = used = 0
    for piece in _pieces(text):
        if used + width(piece.rstrip()) > columns and text[start:position].strip():
            found.append(position)
            start, used = position, 0
        position += len(piece)
        used += width(piece)
    return found


def _pieces(text: str) -> Iterator[str]:
    """The parts of `text` that must stay on one line: words with the blanks after them, single wide characters."""
    start = 0
    for position in range(1, len(text)):
        if _may_break(text[position - 1], text[position]):
            yield text[start:position]
            start = position
    yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after.isspace() or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before.isspace() or _columns(before) == 2 or _columns(after) == 2


@dataclass(frozen=True, slots=True)
class Quotation:
    """A line as it can be shown, and where on it the thing stands: columns before it, columns it takes."""

    text: str
    before: int
    length: int


def quotation(line: str, start: int, end: int, columns: int) -> Quotation:
    """Quotes `line` within `columns` so that its characters from `start` to `end` (from 0, exclusive) are seen.

    Tabs become blanks, what cannot be seen is written out, and both count in the result. Of a line too long for the
    screen, the part around the thing is kept.
    """
    head = _legible(line[max(0, start - columns) : start], 0)
    body = _legible(line[start : min(end, start + columns)], width(head))
    tail = _legible(line[end : end + columns], width(head + body))
    room = max(columns // 3, columns - width(body + tail) - len(_CUT))
    if width(head + body + tail) > columns and width(head) > room:
        head = _CUT + _last(head, room)
    text = head + body + tail
    if width(text) > columns:
        text = _first(text, columns - len(_CUT)) + _CUT
    return Quotation(text, width(head), max(1, min(width(body), width(text) - width(head))))


def _legible(text: str, at: int) -> str:
    """`text` that begins in column `at`, its tabs as blanks up to the next stop, its unseen characters written out."""
    first, *rest = text.split("\t")
    shown = visible(first)
    for piece in rest:
        shown += " " * (_TAB - (at + width(shown)) % _TAB) + visible(piece)
    return shown


def _first(text: str, columns: int) -> str:
    used = 0
    for position, char in enumerate(text):
        used += _columns(char)
        if used > columns:
            return text[:position]
    return text


def _last(text: str, columns: int) -> str:
    return _first(text[::-1], columns)[::-1]
