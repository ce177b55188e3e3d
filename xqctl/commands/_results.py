"""Knows how rules and targets, findings and verdicts become results, for the formats that pipelines read."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xqctl import rules
from xqctl.derivation import metric_title, subject, written_bound, written_value
from xqctl.district import District
from xqctl.findings import Finding, Severity, Tolerance
from xqctl.load import Folder
from xqctl.messages import Lang, Message, msg
from xqctl.metrics import leaf
from xqctl.page import Criterion, Judged, Outcome, Passage, Result
from xqctl.page.results import in_tree, judged, result_of
from xqctl.place import Keys, Route, Span, dotted
from xqctl.targets import Target, Verdict

_OUTCOMES: dict[str, Outcome] = {
    "met": "pass",
    "missed": "fail",
    "waived": "fail",
    "unknown": "open",
    "pending": "pending",
}
_SEVERITIES = {"fail": Severity.ERROR, "open": Severity.WARNING}


def files_of(folder: Folder) -> Iterator[Judged]:
    """The files of a district that were looked at."""
    return (judged(folder.root, name, raw) for name, raw in sorted(folder.files.items()))


def listed_once(files: Iterable[Judged]) -> tuple[Judged, ...]:
    """Files that were looked at, each once, also where several states of a district were."""
    found: dict[str, Judged] = {}
    for each in files:
        found.setdefault(each.file, each)
    return tuple(found.values())


def rule_results(findings: Iterable[Finding], gates: frozenset[Severity]) -> Iterator[Result]:
    """Findings as results; those as bad as `gates` says make the exit code 1, where nobody tolerates them."""
    return (result_of(each, each.suppressed is None and each.severity in gates) for each in findings)


def rule_criteria(items: Iterable[Result], lang: Lang) -> Iterator[Criterion]:
    """The rules that results are held against, with their pages."""
    named = {item.criterion for item in items}
    for rule in rules.catalogue().values():
        if rule.code in named:
            page = rule.page
            passages = (
                Passage(msg("Why"), page.prose("Why", lang)),
                Passage(msg("Wrong"), page.section("Wrong"), is_yaml=True),
                Passage(msg("Right"), page.section("Right"), is_yaml=True),
                Passage(msg("How to mend"), page.prose("Mend", lang)),
            )
            yield Criterion(rule.code, rule.slug, page.summary(lang), rule.severity, passages)


def verdict_results(
    folder: Folder, district: District, verdicts: Sequence[Verdict], gates: frozenset[str]
) -> Iterator[Result]:
    """Verdicts as results; those whose state is among `gates` make the exit code 1."""
    for verdict in verdicts:
        outcome = _OUTCOMES[verdict.state]
        keys, span = _place(folder, district, verdict.target)
        thing = verdict.thing
        name = verdict.target.id if thing.is_declarer else f"{verdict.target.id} {thing.id}"
        root = in_tree(folder.root)
        yield Result(
            criterion=verdict.target.id,
            outcome=outcome,
            severity=_SEVERITIES.get(outcome),
            message=_told(verdict),
            place=span,
            path=dotted(keys),
            district=root,
            name=name,
            id=_hash(root, verdict.target.id, thing.each, thing.id),
            gates=verdict.state in gates,
            tolerance=_waived(verdict),
        )


def target_criteria(verdicts: Iterable[Verdict], district: District, lang: Lang) -> Iterator[Criterion]:
    """The targets that verdicts are held against, with the page of their metric."""
    for target in {verdict.target.id: verdict.target for verdict in verdicts}.values():
        metric = target.question.metric
        known = leaf(metric)
        title = metric_title(metric, district)
        summary = (title.zh if lang == "zh" else title.en) if metric else target.entry.name
        passages = () if known is None else (
            Passage(msg("Formula"), known.page.prose("Formula", lang)),
            Passage(msg("Inputs"), known.page.prose("Inputs", lang)),
        )  # fmt: skip
        yield Criterion(target.id, target.entry.name, summary, Severity.ERROR, passages)


def told_once(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """The criteria of several districts, each id once."""
    return tuple({each.id: replace(each) for each in criteria}.values())


def _place(folder: Folder, district: District, target: Target) -> tuple[Keys, Span]:
    """Where a target stands in the district's files: its name, or the adoption of its standard."""
    if target.standard is None:
        return target.entry.keys, folder.span(target.entry.route())
    adopted = district.itself.route("adopts", target.standard.id, part="key")
    return (*adopted.keys, *target.entry.keys[1:]), folder.span(Route(adopted.file, adopted.keys, "key"))


def _told(verdict: Verdict) -> Message:
    """A verdict in a sentence: what was asked, what is there, or what is missing."""
    about, found, bound = subject(verdict), verdict.measurement, verdict.bound
    if verdict.state in ("unknown", "pending") and verdict.missing:
        return msg("{target}: not known: {missing}", target=about, missing=verdict.missing)
    if found is None:
        return msg("{target}: without a number", target=about)
    value = written_value(found.value, found.measured_in, bound.value if bound else None)
    asked = written_bound(bound, found.measured_in)
    if verdict.target.by is not None:
        return msg("{target}: {value}; asked is {bound} by {day}", target=about, value=value, bound=asked,
                   day=verdict.target.by)  # fmt: skip
    return msg("{target}: {value}; asked is {bound}", target=about, value=value, bound=asked)


def _waived(verdict: Verdict) -> Tolerance | None:
    waiver = verdict.waiver
    if waiver is None or verdict.state != "waived":
        return None
    return Tolerance("waiver", waiver.text("reason") or "", waiver.text("approved_by"), str(waiver["until"]))


def _hash(*parts: str | None) -> str:
    """A verdict's name, whatever its number: its district, target and thing."""
    text = "\x1e".join(part or "" for part in ("verdict", *parts))
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]
