"""Knows what a finding is: one thing wrong at one place, first as a rule tells it, then stamped and placed."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from xqctl.messages import Message
from xqctl.place import Keys, Span, Where


class Severity(StrEnum):
    """How bad a finding is; `rank` orders them, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for errors, 1 for warnings, 2 for notes."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a finding: "this pair …", "this school closed on 2018-09-01"."""

    where: Where
    message: Message


@dataclass(frozen=True, slots=True)
class Mend:
    """What would mend a problem: a text in the place of a stretch of a file, or another value or name at a route.

    A stretch that begins at column 0 is the file's byte order mark, or, with a line end for its text, the end of every
    line. `is_safe` says that nothing is guessed: only how something is written changes, not what is meant.
    """

    where: Where
    value: str | int | bool
    is_safe: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule or an earlier stage yields: where, what, and what to do about it.

    `code` is given by stages that know several codes (text, shape, silencing); for a rule the runner knows it. `mend`
    is there where whoever found it also knows how to mend it.
    """

    where: Where
    message: Message
    help: Message | None = None
    related: tuple[Related, ...] = ()
    code: str = ""
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Why something wrong is tolerated: by a comment beside it, by a waiver, or because a baseline knew it before.

    `reason` is empty where a baseline gives none; `by` says who allowed it, `until` the first day it no longer holds.
    """

    kind: Literal["comment", "waiver", "baseline"]
    reason: str
    by: str | None = None
    until: str | None = None

    @property
    def told(self) -> str:
        """The reason, as machine output has it; what a baseline knows says so first."""
        said = ("baseline", self.reason) if self.kind == "baseline" else (self.reason,)
        return ": ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its rule's name and weight, placed in its file.

    `path` is the stable address of the thing, `district` the folder of the district it was found in, `suppressed`
    why it is tolerated, if it is.
    """

    code: str
    slug: str
    severity: Severity
    message: Message
    help: Message | None
    path: Keys
    district: str
    place: Span
    related: tuple[tuple[Message, Span], ...] = ()
    suppressed: Tolerance | None = None
    mend: Mend | None = None

    @property
    def fingerprint(self) -> str:
        """A name for this finding that survives moved lines: its code, file and path, and what it says."""
        values = "\x1f".join(f"{name}={value}" for name, value in self.message.values)
        text = "\x1e".join((self.code, self.place.file, *self.path, self.message.text, values))
        return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def in_order(finding: Finding) -> tuple[object, ...]:
    """The key findings are sorted by: file, place, weight, code."""
    return (finding.district, finding.place, finding.severity.rank, finding.code, finding.path, finding.message.text)
