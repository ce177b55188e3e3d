"""Knows baselines: findings a district had before, by code and stable path, never by line; only what is new counts."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from xqctl.asides import shaped
from xqctl.compose.read import Data
from xqctl.edit.patches import Edit, Put, Remove, patched, written
from xqctl.findings import Finding, Problem, Severity, Tolerance
from xqctl.folder import Document
from xqctl.messages import msg
from xqctl.place import Keys, Route, dotted
from xqctl.quantities import parse_date

NAME = ".xqctl-baseline.yaml"
"""The file beside `district.yaml` that is a baseline without being named."""

STALE = "XQU006"
_KNOWN = "known"
_LONGEST = 400
_HEAD = (
    "# 已知问题：按规则和路径记，不记行号；新出的问题照常报告。由 xqctl baseline 维护；每条可写明理由、负责人和期限：",
    "# {count: 1, reason: …, owner: …, until: 2027-09-01}",
    "# Known findings, by rule and path, never by line; what is new is reported as usual. Kept by xqctl baseline; each",
    "# may say why, whose it is, and until when.",
)
# Personal data has to go, whenever it came; silences are mended where they stand.
_NEVER = ("XQD", "XQU")
_TEXT = "XQY"  # a file nobody can read hides all else

Key = tuple[str, str]
"""A rule's code and a path."""


@dataclass(frozen=True, slots=True)
class Known:
    """One entry: so many findings of a code at a path are tolerated; why, whose they are, and until which day."""

    code: str
    path: str
    count: int
    reason: str
    owner: str | None
    until: str | None
    keys: Keys

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        partial = parse_date(self.until) if self.until is not None else None
        return partial is not None and partial.first_day <= today

    @property
    def tolerance(self) -> Tolerance:
        """What a finding is tolerated by."""
        return Tolerance("baseline", self.reason, self.owner, self.until)


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline as it was read."""

    document: Document
    entries: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Findings held against a baseline: the known ones marked, and entries that no longer fit."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def baseline(document: Document) -> Baseline:
    """Reads one. Raises `Fault` (exit code 2), at the place, where it has not the shape of one."""
    data = shaped(document, "baseline").data
    entries = (_known(code, path, said) for code, paths in _codes(data).items() if isinstance(paths, dict)
               for path, said in paths.items())  # fmt: skip
    return Baseline(document, tuple(entries))


def may_hold(finding: Finding) -> bool:
    """Whether a baseline may tolerate a finding: no personal data, no unreadable file, no silence; notes need none."""
    is_unread = finding.code.startswith(_TEXT) and finding.severity is Severity.ERROR
    return finding.severity is not Severity.INFO and not finding.code.startswith(_NEVER) and not is_unread


def key_of(finding: Finding) -> Key:
    """What a finding is known by: its code, and its path or, where it is of a whole file, that file in the district."""
    if finding.path:
        return finding.code, _short(dotted(finding.path))
    root = "" if finding.district == "." else f"{finding.district}/"
    inside = finding.place.file.removeprefix(root)
    return finding.code, _short(f"./{inside.encode(errors='surrogateescape').decode(errors='backslashreplace')}")


def counted(findings: Iterable[Finding]) -> Counter[Key]:
    """How many findings there are to be known, by what they are known by."""
    return Counter(key_of(each) for each in findings if each.suppressed is None and may_hold(each))


def hold(findings: Iterable[Finding], known: Baseline, codes: frozenset[str], today: date, *, is_whole: bool) -> Held:
    """Marks what a baseline knows, as many at a path as it says, and tells which entries hold nothing any more.

    Only rules that ran (`codes`), on a district seen whole, can say so.
    """
    left = {(each.code, each.path): each.count for each in known.entries if not each.is_over(today)}
    by_key = {(each.code, each.path): each for each in known.entries}
    marked = []
    for finding in findings:
        key = key_of(finding)
        is_known = finding.suppressed is None and left.get(key, 0) > 0 and may_hold(finding)
        if is_known:
            left[key] -= 1
        marked.append(replace(finding, suppressed=by_key[key].tolerance) if is_known else finding)
    found = Counter(key_of(each) for each in marked)
    stale = (_stale(known, each, left, found, today) for each in known.entries if each.code in codes)
    return Held(tuple(marked), tuple(problem for problem in stale if problem is not None) if is_whole else ())


def _stale(known: Baseline, entry: Known, left: Mapping[Key, int], found: Counter[Key], today: date) -> Problem | None:
    """What is wrong with an entry: its day has come, or it knows more than there is."""
    key = (entry.code, entry.path)
    route = Route(known.document.file, entry.keys, "key")
    drop = msg("xqctl baseline prune takes it out")
    if entry.is_over(today):
        said = msg("the baseline tolerated {code} at {path} until {until}", code=entry.code, path=entry.path,
                   until=entry.until)  # fmt: skip
        return Problem(route, said, msg("mend it, or give a later day with its reason"), code=STALE)
    over = left.get(key, 0)
    if over == 0:
        return None
    if found[key] and over == entry.count:
        if entry.code.startswith((*_NEVER, _TEXT)):
            said = msg("no baseline tolerates {code} at {path}", code=entry.code, path=entry.path)
        else:
            said = msg("{code} at {path} is tolerated by a comment or a waiver", code=entry.code, path=entry.path)
        return Problem(route, said, drop, code=STALE)
    if over == entry.count:
        said = msg("{code} is no longer found at {path}", code=entry.code, path=entry.path)
        return Problem(route, said, drop, code=STALE)
    said = msg("known {known} of {code} at {path}, found {found}", known=entry.count, code=entry.code,
               path=entry.path, found=entry.count - over)  # fmt: skip
    return Problem(route, said, msg("xqctl baseline prune lowers the count"), code=STALE)


def _known(code: str, path: str, said: Data) -> Known:
    fields: Mapping[str, Data] = said if isinstance(said, dict) else {"count": said}
    count, reason, owner, until = (fields.get(name) for name in ("count", "reason", "owner", "until"))
    return Known(
        code,
        path,
        count if isinstance(count, int) else 1,
        reason if isinstance(reason, str) else "",
        owner if isinstance(owner, str) else None,
        str(until) if until is not None else None,
        (_KNOWN, code, path),
    )


def _short(path: str) -> str:
    """A path that can stand as a key in YAML: of one that is too long the beginning, and a hash of it all."""
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in path)
    if len(text) <= _LONGEST:
        return text
    digest = hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:16]
    return f"{text[:_LONGEST]}…{digest}"


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that a baseline gains (`before` 0), loses (`after` 0), or whose count is another."""

    code: str
    path: str
    before: int
    after: int


def changes(
    known: Baseline | None, found: Mapping[Key, int], codes: frozenset[str], today: date, *, grows: bool
) -> Iterator[Change]:
    """What is to change so that a baseline knows what is found, sorted; without `grows` it only ever shrinks.

    Entries of rules that did not run stay, and so do those whose day has come while they still hold something: they
    are for people to decide.
    """
    entries = {(each.code, each.path): each for each in (known.entries if known is not None else ())}
    for key in sorted({*found, *entries}):
        entry = entries.get(key)
        before, after = entry.count if entry is not None else 0, found.get(key, 0)
        is_kept = entry is not None and (entry.code not in codes or (entry.is_over(today) and after))
        if before != after and not is_kept and (grows or after < before):
            yield Change(*key, before, after)


def changed(known: Baseline | None, done: Iterable[Change]) -> bytes:
    """A baseline's file with changes made: laid out anew and sorted, or, where people have added comments, in place."""
    raw = known.document.raw if known is not None else b""
    old = known.document.data if known is not None else {}
    data: dict[str, dict[str, Data]] = {}
    for code, paths in _codes(old).items():
        data[code] = dict(paths) if isinstance(paths, dict) else {}
    edits = [_edit(change, data) for change in done]
    data = {code: paths for code, paths in data.items() if paths}
    if not data or raw == _laid_out(_codes(old)) or known is None:
        return _laid_out(data)
    return patched(raw, [*edits, *(Remove((_KNOWN, code)) for code in _codes(old) if code not in data)])


def _edit(change: Change, data: dict[str, dict[str, Data]]) -> Edit:
    """A change done in `data`, and as an edit of the file."""
    keys = (_KNOWN, change.code, change.path)
    paths = data.setdefault(change.code, {})
    if change.after == 0:
        del paths[change.path]
        return Remove(keys)
    said = paths.get(change.path)
    if isinstance(said, dict):
        paths[change.path] = {**said, "count": change.after}
        return Put((*keys, "count"), change.after)
    paths[change.path] = change.after
    return Put(keys, change.after)


def _codes(data: Data) -> Mapping[str, Data]:
    known = data.get(_KNOWN) if isinstance(data, dict) else None
    return known if isinstance(known, dict) else {}


def _laid_out(codes: Mapping[str, Data]) -> bytes:
    """A whole file, sorted by code and path."""
    ordered: dict[str, Data] = {
        code: dict(sorted(paths.items())) for code, paths in sorted(codes.items()) if isinstance(paths, dict)
    }
    return written({_KNOWN: ordered}, _HEAD)
