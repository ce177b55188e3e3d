"""Knows pieces of text and their tone: what they mean to the reader, never a colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xqctl.findings import Severity
from xqctl.messages import Message, msg


class Tone(StrEnum):
    """What a piece of text means to the reader."""

    PLAIN = "plain"
    STRONG = "strong"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    MUTED = "muted"
    NOTED = "noted"
    """Neither good nor bad: told, or settled by somebody."""
    NAME = "name"
    """Something that could be typed: a field, a code, a path, a command."""


Words = str | Message


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one tone; `to` is where it leads: ``#anchor`` on this page, else another page's file."""

    words: Words
    tone: Tone = Tone.PLAIN
    to: str = ""


Line = tuple[Run, ...]

SEVERITIES: Mapping[Severity, Run] = {
    Severity.ERROR: Run(msg("error"), Tone.BAD),
    Severity.WARNING: Run(msg("warning"), Tone.WARN),
    Severity.INFO: Run(msg("info"), Tone.NOTED),
}
"""How bad a finding is, in words and tone."""


def line(*parts: Words | Run) -> Line:
    """Pieces of text, one after the other, as a line of runs; bare text is plain."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)
