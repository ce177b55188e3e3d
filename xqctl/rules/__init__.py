"""Knows how rules are run: every module of this folder is a rule, found because it stands here.

A rule yields problems; the runner here stamps them with code, slug and severity, places them, silences and sorts them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Protocol, cast

from xqctl import baselines, plans, registry, schema, suppress
from xqctl import district as districts
from xqctl.baselines import Baseline
from xqctl.district import District
from xqctl.findings import Finding, Problem, Severity, Tolerance, in_order
from xqctl.folder import Document, Draft, Folder
from xqctl.messages import msg
from xqctl.place import Span

_NUMBERS = "G"  # the family on figures against registers, parts and each other
_PLANS = "XQN"


class Check(Protocol):
    """What a rule's `check` is: a question to a district."""

    def __call__(self, district: District) -> Iterator[Problem]:
        """Everything this rule finds wrong."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A rule as the catalogue knows it; `check` is None where an earlier stage finds it."""

    code: str
    slug: str
    severity: Severity
    page: registry.Page
    check: Check | None


@cache
def catalogue() -> MappingProxyType[str, Leaf]:
    """Every rule by its code, in the order of the codes."""
    found = {}
    for module in registry.modules(__name__):
        slug = module.__name__.rpartition(".")[2].replace("_", "-")
        rule = cast("registry.Rule", module.RULE)
        check = cast("Check | None", getattr(module, "check", None))
        found[rule.code] = Leaf(rule.code, slug, rule.severity, registry.page(module.__doc__ or ""), check)
    return MappingProxyType(dict(sorted(found.items())))


def chosen(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes that a choice of codes, families (``Z``, ``XQZ``) and slugs leaves; an empty `select` means all."""
    taken = frozenset().union(*map(_meant, select)) or frozenset(catalogue())
    return taken - frozenset().union(*map(_meant, ignore))


def names() -> frozenset[str]:
    """Everything a rule can be called by: codes, slugs and families."""
    return frozenset(name for leaf in catalogue().values() for name in (leaf.code, leaf.slug, leaf.code[:3]))


def is_known(name: str) -> bool:
    """Whether a code, family or slug names any rule."""
    return bool(_meant(name))


def _meant(name: str) -> frozenset[str]:
    family = name.upper() if name.upper().startswith("XQ") else "XQ" + name.upper()
    return frozenset(
        code for code, leaf in catalogue().items() if name == leaf.slug or code == family or code[:3] == family
    )


def findings(
    folder: Folder, as_of: date | None, today: date, codes: frozenset[str] | None = None
) -> tuple[Finding, ...]:
    """Everything wrong in one district, sorted; what is tolerated is among it, with its reason.

    `as_of` None means the day the district names itself, else `today`; `codes` None means every rule.
    """
    shaped = schema.shape(folder)
    district = districts.build(folder, shaped, as_of, today)
    wanted = frozenset(catalogue()) if codes is None else codes
    wrong = {folder.span(problem.where) for problem in shaped.problems}
    problems = [
        problem
        for document in folder.documents
        for problem in document.problems
        if not _is_said_better(problem, folder.span(problem.where), wrong)
    ]
    problems += (*shaped.problems, *folder.problems)
    stamped = [_stamp(problem, catalogue()[problem.code], folder) for problem in problems if problem.code in wanted]
    for code, leaf in catalogue().items():
        if leaf.check is not None and code in wanted:
            stamped += (_stamp(problem, leaf, folder) for problem in leaf.check(district))
    silenced = suppress.apply(stamped, folder, wanted, today, _leaves(district))
    stamped = [
        *silenced.findings,
        *(_stamp(p, catalogue()[p.code], folder) for p in silenced.problems if p.code in wanted),
    ]
    shown = stamped if folder.only is None else [f for f in stamped if f.place.file in folder.only]
    return tuple(sorted(set(shown), key=in_order))


def textual(folder: Folder, document: Document, worst: Severity) -> tuple[Finding, ...]:
    """What is wrong with the text of one file, as bad as `worst` or worse."""
    stamped = (_stamp(problem, catalogue()[problem.code], folder) for problem in document.problems)
    return tuple(sorted((f for f in stamped if f.severity.rank <= worst.rank), key=in_order))


def doubts(folder: Folder, as_of: date, today: date) -> tuple[Finding, ...]:
    """What makes a district's numbers unreliable: errors nobody tolerates, and contradictions between numbers.

    Only the rules that can say so are run.
    """
    return tuple(finding for finding in findings(folder, as_of, today, _doubtful()) if is_doubt(finding))


def is_doubt(finding: Finding) -> bool:
    """Whether a finding is one of these."""
    return finding.suppressed is None and finding.code in _doubtful()


@cache
def _doubtful() -> frozenset[str]:
    """The rules that can say so."""
    return frozenset(
        code
        for code, leaf in catalogue().items()
        if leaf.severity is Severity.ERROR or (code[2] == _NUMBERS and leaf.severity is Severity.WARNING)
    )


def everything(
    folder: Folder,
    as_of: date | None,
    today: date,
    codes: frozenset[str] | None = None,
    known: Baseline | None = None,
) -> tuple[Finding, ...]:
    """The same, and what each plan beside the district, laid over it by itself, makes wrong.

    A plan that begins later is looked at on its first day. Of one that is refused only what is wrong in it is told.
    What a baseline knows is tolerated, as often as it says; entries that hold nothing any more are told, where the
    district is seen whole and on its own day.
    """
    found = _everything(folder, as_of, today, codes)
    if known is None:
        return found
    wanted = frozenset(catalogue()) if codes is None else codes
    own_day = as_of is None and folder.as_of is None
    is_whole = own_day and folder.only is None and not folder.laid and not folder.is_refused
    held = baselines.hold(found, known, wanted, today, is_whole=is_whole)
    stale = (_stamp(problem, catalogue()[problem.code], folder) for problem in held.problems if problem.code in wanted)
    return (*held.findings, *stale)


def _everything(folder: Folder, as_of: date | None, today: date, codes: frozenset[str] | None) -> tuple[Finding, ...]:
    """What is found without a baseline."""
    found = findings(folder, as_of, today, codes)
    if folder.laid or folder.is_refused:  # the call named its plans
        return found
    asked = [d for d in folder.drafts if folder.only is None or any(each.file in folder.only for each in d.documents)]
    whole = replace(folder, only=None, as_of=None)
    own_day = districts.build(folder, schema.shape(folder), as_of, today).as_of if asked else today
    before = {own_day: set(found)} if folder.only is None else {}
    for draft in asked:
        day = max(own_day, plans.begins(draft) or own_day)
        if day not in before:
            before[day] = set(findings(whole, day, today, codes))
        after = findings(plans.lay(whole, (draft.name,)), day, today, codes)
        new = [finding for finding in after if finding not in before[day]]
        own = {document.file for document in draft.documents}
        if any(finding.code.startswith(_PLANS) for finding in new):
            new = [finding for finding in new if finding.place.file in own]
        found += tuple(_of_plan(finding, draft) for finding in new)
    return found


def _of_plan(finding: Finding, draft: Draft) -> Finding:
    """A finding that a plan brings; where it stands in the district's own files, the plan is named beside it."""
    files = [document.file for document in draft.documents]
    if finding.place.file in files:
        return finding
    beside = (msg("with the plan {plan}", plan=draft.name), Span(files[0], 1, 1, 1, 1))
    return replace(finding, related=(*finding.related, beside))


def refusals(folder: Folder, as_of: date | None, today: date) -> tuple[Finding, ...]:
    """Why plans cannot be laid: what is wrong in their own text and shape, and with what they do to the district."""
    own = {document.file for draft in folder.drafts for document in draft.documents}
    families = ("XQY", "XQS", _PLANS) if folder.is_refused else (_PLANS,)
    codes = frozenset(code for code in catalogue() if code.startswith(families))
    found = findings(replace(folder, only=None), as_of, today, codes)
    return tuple(f for f in found if f.place.file in own and f.severity is Severity.ERROR)


def _is_said_better(problem: Problem, place: Span, wrong: set[Span]) -> bool:
    """Whether a note of the text stage stands where the shape is wrong: one mistake, one finding."""
    return place in wrong and catalogue()[problem.code].severity is Severity.INFO


def _leaves(district: District) -> Iterator[suppress.Leave]:
    """The district's waivers of a rule that are in force: begun, and their end still ahead of today."""
    for waiver in district.all("waivers"):
        code, at = waiver.text("rule"), waiver.text("at")
        if code is not None and at is not None and waiver.life.contains(district.today):
            by, until = waiver.text("approved_by"), waiver["until"]
            yield suppress.Leave(code, at, Tolerance("waiver", waiver.text("reason") or "", by, str(until)))


def _stamp(problem: Problem, leaf: Leaf, folder: Folder) -> Finding:
    where = problem.where
    path = folder.places(where.file).around(where) if isinstance(where, Span) else where.keys
    return Finding(
        code=leaf.code,
        slug=leaf.slug,
        severity=leaf.severity,
        message=problem.message,
        help=problem.help,
        path=path,
        district=folder.root,
        place=folder.span(where),
        related=tuple((related.message, folder.span(related.where)) for related in problem.related),
        mend=problem.mend,
    )
