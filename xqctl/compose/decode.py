"""Knows bytes: which encoding they are in, and which characters do not belong in a district's files."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from xqctl.findings import Mend, Problem
from xqctl.messages import Message, msg
from xqctl.place import Span

_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

# Zero-width and bidirectional controls, line breaks YAML 1.2 does not know (libyaml does), C0 and C1 controls.
_HIDDEN = re.compile(
    "[\u0085\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+"
)
# Those of them that libyaml refuses or takes for the end of a line.
_UNREADABLE = re.compile("[\u2028\u2029\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MANY = 100
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAK = re.compile("\r\n|\r|\n")
WIDE = re.compile("[\uff10-\uff19]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, without its byte order mark; None where the bytes are no text at all."""

    text: str | None
    problems: tuple[Problem, ...]
    dirty: bool


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them: broken at CR LF, CR and LF only."""
    return _BREAK.split(text)


def decode(raw: bytes, file: str) -> Decoded:
    """Text and what is wrong with it; `dirty` says that it holds characters which readers of it must clean away."""
    problems: list[Problem] = []
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _foreign(raw, file, name, 0)
    if raw.startswith(codecs.BOM_UTF8):
        raw = raw[3:]
        message = msg("the file starts with a byte order mark (BOM)")
        mend = Mend(Span(file, 1, 0, 1, 1), "")
        help_ = msg("save it as UTF-8 without BOM")
        problems.append(Problem(Span(file, 1, 1, 1, 1), message, help_, code="XQY004", mend=mend))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _foreign(raw, file, _guess(raw), error.start)
    if (first := raw.find(0)) >= 0 and _is_zeros(raw[:4096]):
        return _foreign(raw, file, _guess(raw), first)
    if b"\r\n" in raw:
        problems.append(_windows(text, file))
    if not _HIDDEN.search(text):
        return Decoded(text, tuple(problems), bool(WIDE.search(text)))
    problems.extend(_hidden(text, file))
    return Decoded(_UNREADABLE.sub(" ", text), tuple(problems), True)


def _windows(text: str, file: str) -> Problem:
    """That lines end in CR LF, told once, at the end of the first that does."""
    before = lines_of(text[: text.index("\r\n")])
    where = Span(file, len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 1)
    message = msg("lines end as on Windows (CRLF): git takes every line for changed once somebody saves them otherwise")
    help_ = msg("run xqctl validate --fix; *.yaml text eol=lf in .gitattributes keeps it so")
    return Problem(where, message, help_, code="XQY017", mend=Mend(Span(file, 1, 0, 1, 1), "\n"))


def clean(text: str) -> str:
    """A scalar without hidden characters and with ASCII digits, so that one mistake does not become two."""
    return narrow(_HIDDEN.sub("", text))


def narrow(text: str) -> str:
    """A text with ASCII digits."""
    return WIDE.sub(lambda m: str(int(m[0])).zfill(len(m[0])), text)


def _hidden(text: str, file: str) -> Iterator[Problem]:
    """Each stretch of hidden characters; of a file that is full of them the first ones, and how many more there are."""
    help_ = msg("delete it; retype the word if you are not sure")
    shown, more, last = 0, 0, Span(file, 1, 1, 1, 1)
    for number, line in enumerate(lines_of(text), 1):
        for match in _HIDDEN.finditer(line):
            if shown == _MANY:
                more += 1
                last = last if more > 1 else _at(file, number, match)
                continue
            shown += 1
            where = _at(file, number, match)
            yield Problem(where, _named(match[0][0]), help_, code="XQY011", mend=Mend(where, ""))
    if more:
        yield Problem(last, msg("from here on {n} more places with invisible characters", n=more), help_, code="XQY011")


def _at(file: str, number: int, match: re.Match[str]) -> Span:
    return Span(file, number, match.start() + 1, number, match.end() + 1)


def _named(character: str) -> Message:
    code = f"U+{ord(character):04X}"
    if character in _BIDI:
        return msg(
            "invisible character {code} turns the direction of the text: what is read is not what is shown", code=code
        )
    if character < " " or "\x7f" <= character <= "\x9f":
        return msg("control character {code} has no place in text", code=code)
    return msg("invisible character {code}: two names that look alike would differ", code=code)


def _is_zeros(sample: bytes) -> bool:
    """Whether so many bytes are zero that this is no text in UTF-8."""
    return sample.count(0) > len(sample) // 4


def _guess(raw: bytes) -> str | None:
    """The encoding that the bytes are in, as far as it can be told without a mark."""
    sample = raw[:4096]
    if _is_zeros(sample):
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if min(even, odd) > max(even, odd) // 4:
            return None
        return "UTF-16LE" if odd > even else "UTF-16BE"
    if 0 in sample:
        return None
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GB18030" if re.search("[\u4e00-\u9fff]", text) else None


def _foreign(raw: bytes, file: str, encoding: str | None, start: int) -> Decoded:
    before = raw[:start].decode("utf-8", "replace")
    *above, last = lines_of(before)
    span = Span(file, len(above) + 1, len(last) + 1, len(above) + 1, len(last) + 2)
    if encoding is None:
        message, help_ = msg("these bytes are no text in UTF-8"), msg("is this a YAML file at all? save it as UTF-8")
        return Decoded(None, (Problem(span, message, help_, code="XQY003"),), False)
    problem = Problem(
        span,
        msg("the file is in {encoding}, not in UTF-8", encoding=encoding),
        msg("convert it: iconv -f {encoding} -t UTF-8 {file} > new.yaml", encoding=encoding, file=file),
        code="XQY003",
    )
    return Decoded(_read_anyway(raw, encoding), (problem,), True)


def _read_anyway(raw: bytes, encoding: str) -> str | None:
    """The text in its own encoding, so that the rest of the district can still be checked."""
    try:
        text = raw.decode(encoding.lower())
    except UnicodeDecodeError:
        return None
    return _HIDDEN.sub(lambda match: " " * len(match[0]), text.removeprefix("\ufeff"))
