"""Knows what was judged and how, for pipelines: each result with its place, held against a rule or a target."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from xqctl.findings import Finding, Severity, Tolerance
from xqctl.messages import Message
from xqctl.page.words import Words
from xqctl.place import Span, dotted

Outcome = Literal["fail", "open", "pending", "pass"]
"""Something is wrong, cannot be decided for want of data, is not due yet, is as it should be."""

_REVISION = re.compile(r".*?:(?=\.{1,2}(/|$))")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What results are held against: a rule, or a target.

    `help` are titled passages; a passage whose text is YAML says so.
    """

    id: str
    name: str
    summary: Words
    severity: Severity
    help: tuple["Passage", ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a criterion's page."""

    title: Words
    text: Words
    is_yaml: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One thing judged.

    `severity` is None where nothing is wrong; `gates` says that it makes the exit code 1; `name` is what the case is
    called where cases are counted, the same from run to run; `id` stays the same when lines move.
    """

    criterion: str
    outcome: Outcome
    severity: Severity | None
    message: Words
    place: Span
    path: str
    district: str
    name: str
    id: str
    gates: bool = False
    help: Message | None = None
    related: tuple[tuple[Message, Span], ...] = ()
    tolerance: Tolerance | None = None

    @property
    def file(self) -> str:
        """Its file in the work tree, also where a revision was read."""
        return in_tree(self.place.file)


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that was looked at: its name in the work tree, the folder of its district, its size and SHA-256."""

    file: str
    district: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a verb judged, in the order it is told; `by` says what it is judged by, one file or one district."""

    verb: str
    by: Literal["file", "district"] = "file"
    criteria: tuple[Criterion, ...] = ()
    items: tuple[Result, ...] = ()
    files: tuple[Judged, ...] = ()

    @property
    def seen(self) -> tuple[Result, ...]:
        """Those nobody tolerates."""
        return tuple(item for item in self.items if item.tolerance is None)


def in_tree(file: str) -> str:
    """A file's name without the revision it was read from: ``HEAD:./a.yaml`` is ``a.yaml``."""
    return _REVISION.sub("", file, count=1).removeprefix("./")


def judged(district: str, file: str, raw: bytes) -> Judged:
    """A file that was looked at, with its hash."""
    return Judged(in_tree(file), in_tree(district), len(raw), hashlib.sha256(raw).hexdigest())


def result_of(finding: Finding, gates: bool) -> Result:
    """A finding as a result."""
    path = dotted(finding.path)
    return Result(
        criterion=finding.code,
        outcome="fail",
        severity=finding.severity,
        message=finding.message,
        place=finding.place,
        path=path,
        district=in_tree(finding.district),
        name=" ".join(part for part in (finding.code, finding.slug, path) if part),
        id=finding.fingerprint,
        gates=gates,
        help=finding.help,
        related=finding.related,
        tolerance=finding.suppressed,
    )


def told_apart(items: Sequence[Result]) -> Iterator[Result]:
    """The same results, each with an `id` and a `name` of its own: of equal ones the second has another, and so on."""
    ids, names = Counter[str](), Counter[tuple[str, str]]()
    for item in items:
        named = (item.file, item.name)
        ids[item.id] += 1
        names[named] += 1
        nth = ids[item.id]
        own = item.id if nth == 1 else hashlib.sha256(f"{item.id}#{nth}".encode()).hexdigest()[: len(item.id)]
        yield replace(item, id=own, name=item.name if names[named] == 1 else f"{item.name} ({names[named]})")
