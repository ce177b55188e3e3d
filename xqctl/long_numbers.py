"""Knows where long numbers stand in the files as they are, comments included: what may name a person or an account."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from xqctl.district import District, kept
from xqctl.place import Span

# Ten times as fast as a regular expression: every digit becomes 0, what may part them goes.
_ZEROS = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_PARTING = b" -"
_LONG = b"0" * 11
_WIDE = re.compile(rb"\xef\xbc[\x90-\x99]")
_LONG_IN_LINE = re.compile(r"[0-9](?:[ -]?[0-9]){10}")
_TO_VEIL = re.compile("[0-9\uff10-\uff19](?:[ -]?[0-9\uff10-\uff19]){10,}[Xx]?")
_PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)}
_SHOWN = 20
"""So many are shown of one file; the last one tells how many more there are."""

# GB 11643: the weights of the first 17 digits, and the eighteenth by the remainder (ISO 7064, MOD 11-2).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# GB/T 2260: the first two digits of a province.
_PROVINCES = frozenset(
    str(code)
    for part in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*part)
)


def is_province(digits: str) -> bool:
    """Whether codes of GB/T 2260 begin with these two digits."""
    return digits in _PROVINCES


@dataclass(frozen=True, slots=True)
class Stretch:
    """A number that was looked for; `more` tells, on the last that is shown, how many follow in its file."""

    span: Span
    text: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    number: int
    text: str


def stretches(
    district: District, pattern: re.Pattern[str], accepts: Callable[[re.Match[str]], bool]
) -> Iterator[Stretch]:
    """What matches a pattern in any text of any file and is accepted, with its exact place; digits are plain ones."""
    found: dict[str, list[Stretch]] = {}
    for line in _lines(district):
        for match in filter(accepts, pattern.finditer(line.text)):
            span = Span(line.file, line.number, match.start() + 1, line.number, match.end() + 1)
            found.setdefault(line.file, []).append(Stretch(span, match[0]))
    for in_file in found.values():
        yield from in_file[: _SHOWN - 1]
        for last in in_file[_SHOWN - 1 : _SHOWN]:
            yield Stretch(last.span, last.text, len(in_file) - _SHOWN)


def masked(text: str) -> str:
    """A number that may be shown: its first three digits, and stars."""
    return text[:3] + "*" * (len(text) - 3)


def veiled(line: str) -> str:
    """A line that may be shown: the same, of the same length, with every long number masked."""
    return _TO_VEIL.sub(lambda match: masked(match[0]), line)


def is_citizen_id(text: str) -> bool:
    """Whether 18 signs are a citizen's id number: a province, a day of birth, and the check digit."""
    year, month, day = text[6:10], text[10:12], text[12:14]
    if len(text) != 18 or not text[:17].isdigit() or text[:2] not in _PROVINCES or not "1880" <= year <= "2099":
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True)) % 11
    return text[17].upper() == _CHECK[rest]


@kept
def _lines(district: District) -> tuple[_Line, ...]:
    """The lines that hold a number of eleven digits or more; a file without any is passed over at once."""
    return tuple(
        _Line(document.file, number, plain)
        for document in district.folder.documents
        if _may_hold(document.raw)
        for number, line in enumerate(district.folder.places(document.file).lines, 1)
        if _LONG_IN_LINE.search(plain := line.translate(_PLAIN))
    )


def _may_hold(raw: bytes) -> bool:
    return _LONG in raw.translate(_ZEROS, _PARTING) or _WIDE.search(raw) is not None or b"\0" in raw
