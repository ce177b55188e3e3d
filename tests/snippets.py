"""Knows how a snippet of YAML, from a rule's page or the corpus of mistakes, becomes a district's folder."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xqctl.baselines import NAME, baseline
from xqctl.compose import Budgets
from xqctl.findings import Finding
from xqctl.load import folders
from xqctl.place import Span
from xqctl.rules import chosen, everything

CASE, MAIN = "case.yaml", "district.yaml"
TODAY = date(2026, 11, 1)
"""The day on which every snippet is looked at, unless it says otherwise."""

_BASE = (Path(__file__).parent / "mistakes" / "base" / MAIN).read_bytes()
_HEADER = re.compile(rb"# *(args|bytes|budgets)\b:? *([^\n]*)\n")
_NEXT_FILE = re.compile(rb"^=== *(\S+) *\n", re.MULTILINE)
_SETS = re.compile(rb"([a-z]+): *([0-9]+)")
_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[nrt0\\])")
_SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0", b"\\": b"\\"}
_MARKS = ("«".encode(), "»".encode())


@dataclass(frozen=True, slots=True)
class Snippet:
    """A district's files with the call they are looked at with; `marked` is the place between « and »."""

    files: dict[str, bytes]
    marked: Span | None = None
    args: tuple[str, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)

    def given(self, option: str) -> list[str]:
        """What an option of the call gives, as often as it stands there."""
        return [value for name, value in zip(self.args, self.args[1:], strict=False) if name == option]

    def day(self, option: str) -> date | None:
        """The day an option of the call gives."""
        return next(map(date.fromisoformat, self.given(option)), None)


def snippet(raw: bytes, *, escaped: bool = False) -> Snippet:
    r"""Reads a snippet; where it is `escaped` or its header says ``# bytes``, ``\x``, ``\u`` and ``\t`` are bytes."""
    args: tuple[str, ...] = ()
    limits: dict[str, int] = {}
    while header := _HEADER.match(raw):
        name, rest = header[1], header[2]
        raw = raw[header.end() :]
        if name == b"args":
            args = tuple(rest.decode().split())
        elif name == b"budgets":
            limits = {key.decode(): int(number) for key, number in _SETS.findall(rest)}
        else:
            escaped = True
    first, *more = _NEXT_FILE.split(raw)
    named = dict(zip((name.decode() for name in more[::2]), more[1::2], strict=True))
    if first or not named:
        named = {MAIN if re.search(rb"^district:", first, re.MULTILINE) else CASE: first, **named}
    marked, files = None, {}
    for name, text in named.items():
        plain, span = _unmarked(text, name, escaped)
        files[name] = plain
        marked = marked or span
    return Snippet({MAIN: _BASE, **files}, marked, args, limits)


def write(parts: Snippet, folder: Path) -> Path:
    """Lays a snippet out as a district in `folder`."""
    for name, raw in parts.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


def found(parts: Snippet, folder: Path) -> tuple[Finding, ...]:
    """What the rules find in a snippet that is laid out in `folder`; what it silences itself is left out."""
    (read,) = folders([str(folder)], [], budgets=Budgets(**parts.limits))
    as_of, today = parts.day("--as-of"), parts.day("--today") or TODAY
    codes = chosen(parts.given("--select"), parts.given("--ignore"))
    beside = next((each for each in read.aside if each.file.endswith(f"/{NAME}")), None)
    known = baseline(beside) if beside is not None else None
    return tuple(each for each in everything(read, as_of, today, codes, known) if each.suppressed is None)


def told(each: Finding) -> str:
    """A finding as one line, for a failing test."""
    place = each.place
    return (
        f"{each.code} {each.severity} {Path(place.file).name}:{place.line}:{place.column}"
        f"-{place.end_line}:{place.end_column} {each.message}"
    )


def _unmarked(text: bytes, name: str, escaped: bool) -> tuple[bytes, Span | None]:
    parts = re.split(b"|".join(_MARKS), text)
    plain = [_ESCAPE.sub(_unescaped, part) if escaped else part for part in parts]
    if len(parts) == 1:
        return plain[0], None
    before, inside, after = plain
    return before + inside + after, Span(name, *_position(before), *_position(before + inside))


def _unescaped(match: re.Match[bytes]) -> bytes:
    what = match[1]
    if what[:1] == b"x":
        return bytes([int(what[1:], 16)])
    return chr(int(what[1:], 16)).encode() if what[:1] in b"uU" else _SHORT[what]


def _position(before: bytes) -> tuple[int, int]:
    """Line and column, from 1, of what follows these bytes."""
    text = before.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = re.split("\r\n|\r|\n", text)
    return len(lines), len(lines[-1]) + 1
