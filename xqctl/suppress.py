"""Knows what is tolerated: ``# xqctl: ignore[XQZ003] reason, until=2027-09-01`` on a line or on the one above it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from xqctl.findings import Finding, Problem, Tolerance
from xqctl.load import Document, Folder
from xqctl.messages import msg
from xqctl.place import Span, dotted
from xqctl.quantities import parse_date

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*xqctl:\s*ignore(?:\[(?P<codes>[^\]]*)\])?(?P<rest>.*)$")
_UNTIL = re.compile(r"[,，;；]?\s*until\s*=\s*(?P<day>\S+)\s*$")
_CODE = re.compile(r"XQ[A-Z][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Silence:
    """One ignore comment: the line it covers, the codes, why, and until which day (exclusive)."""

    span: Span
    covers: int
    codes: tuple[str, ...]
    reason: str
    until: str | None

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed; a date that cannot be read is over at once."""
        if self.until is None:
            return False
        partial = parse_date(self.until)
        return partial is None or partial.first_day <= today

    @property
    def tolerance(self) -> Tolerance:
        """What a finding on the line is tolerated by."""
        return Tolerance("comment", self.reason, until=self.until)


@dataclass(frozen=True, slots=True)
class Leave:
    """A waiver in force: findings of one code at one dotted path are tolerated, and why."""

    code: str
    at: str
    tolerance: Tolerance


@dataclass(frozen=True, slots=True)
class Silenced:
    """Findings, the tolerated ones marked, and what is wrong with the comments themselves."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def apply(
    findings: Iterable[Finding], folder: Folder, codes: frozenset[str], today: date, leaves: Iterable[Leave] = ()
) -> Silenced:
    """Marks what a waiver or an ignore comment tolerates.

    `codes` are the rules that ran: for others no comment seems unused.
    """
    granted = {(leave.code, leave.at): leave.tolerance for leave in leaves}
    findings = [replace(f, suppressed=granted.get((f.code, dotted(f.path)))) for f in findings] if granted else findings
    silences = [silence for document in folder.documents for silence in _silences(document, folder)]
    if not silences:
        return Silenced(tuple(findings), ())
    good = [s for s in silences if s.reason and not s.is_over(today)]
    used: set[tuple[Silence, str]] = set()
    marked = []
    for finding in findings:
        silence = next((s for s in good if _covers(s, finding)), None)
        if silence is not None:
            used.add((silence, finding.code))
        marked.append(finding if silence is None else replace(finding, suppressed=silence.tolerance))
    return Silenced(tuple(marked), tuple(_wrong(silences, used, codes, today)))


def _silences(document: Document, folder: Folder) -> Iterator[Silence]:
    if b"xqctl:" not in document.raw:
        return
    for number, line in enumerate(folder.places(document.file).lines, 1):
        match = _COMMENT.search(line)
        if match is None:
            continue
        rest = match["rest"].strip()
        until = _UNTIL.search(rest)
        alone = not line[: match.start()].strip()
        yield Silence(
            Span(document.file, number, match.start() + 1, number, len(line.rstrip()) + 1),
            number + 1 if alone else number,
            tuple(code.strip() for code in (match["codes"] or "").split(",") if code.strip()),
            (rest[: until.start()] if until else rest).strip(" ,，;；"),
            until["day"] if until else None,
        )


def _covers(silence: Silence, finding: Finding) -> bool:
    place = finding.place
    return place.file == silence.span.file and place.line == silence.covers and finding.code in silence.codes


def _wrong(
    silences: Iterable[Silence], used: set[tuple[Silence, str]], codes: frozenset[str], today: date
) -> Iterator[Problem]:
    for silence in silences:
        unreadable = [code for code in silence.codes if not _CODE.fullmatch(code)]
        if not silence.codes or unreadable:
            message = msg("an ignore comment names the codes it silences, in brackets")
            yield Problem(silence.span, message, msg("write # xqctl: ignore[XQZ001] and why"), code="XQU005")
        elif not silence.reason:
            message = msg("{codes} silenced without a reason", codes=silence.codes)
            yield Problem(
                silence.span, message, msg("say why after the bracket; until then nothing is silenced"), code="XQU001"
            )
        elif silence.is_over(today):
            message = msg("this silence ended on {until}", until=silence.until)
            yield Problem(
                silence.span, message, msg("mend what it hid, or give a later date with its reason"), code="XQU003"
            )
        else:
            for code in silence.codes:
                if (silence, code) not in used and code in codes:
                    message = msg("nothing here is found by {code}", code=code)
                    yield Problem(
                        silence.span,
                        message,
                        msg("delete the comment, or move it to the line it is for"),
                        code="XQU002",
                    )
