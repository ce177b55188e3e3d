"""Knows which metric, target or standard a name means, and how its numbers came about in a district."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xqctl.commands._asked import metric_page, own_metric_page, standard_page, target_page
from xqctl.derivation import account, spelled_measurement, spelled_verdict, verdict_blocks
from xqctl.district import District
from xqctl.measuring import Question, Thing
from xqctl.messages import Lang, msg
from xqctl.metrics import Leaf, catalogue, leaf, measure
from xqctl.page import Block, Paragraph, Tone, line
from xqctl.standards import Standard, standards
from xqctl.targets import Target, Verdict, adopt, judge, targets
from xqctl.things import named, things

SORTS = ("metrics", "targets", "standards")
_ACCOUNTS = 3


def split(what: str) -> tuple[str | None, str]:
    """``metrics.groups`` says which sort of thing is meant; a bare id does not."""
    sort, dot, id_ = what.partition(".")
    return (sort, id_) if dot and sort in SORTS and id_ else (None, what)


def metric_called(what: str) -> Leaf | None:
    """A built-in metric by its id or its Chinese title; ``metrics.groups`` where a kind is called so too."""
    sort, id_ = split(what)
    if sort not in (None, "metrics"):
        return None
    return leaf(id_) or next((each for each in catalogue().values() if each.page.zh == id_), None)


def standard_called(what: str) -> Standard | None:
    """A standard by its id or its document's title."""
    sort, id_ = split(what)
    if sort not in (None, "standards"):
        return None
    found = standards()
    return found.get(id_) or next((each for each in found.values() if each.document.text("title") == id_), None)


def target_of_standard(what: str) -> Target | None:
    """``优质均衡2017/小学班额``: one target of a standard."""
    standard, slash, id_ = what.removeprefix("standards.").removeprefix("targets.").partition("/")
    if not slash or standard not in standards():
        return None
    return next((each for each in adopt(standards()[standard], {}) if each.entry.id == id_), None)


def meaning(what: str, districts: Sequence[District], lang: Lang) -> tuple[tuple[Block, ...], dict[str, object]] | None:
    """The page of what a name means: a standard, a metric, a target of a standard or of a district."""
    sort, id_ = split(what)
    targets_here = (each.get("targets", id_) for each in districts if sort in (None, "targets"))
    own = next((entry for entry in targets_here if entry is not None), None)
    if own is not None:
        return target_page(Target(own))
    standard, metric, target = standard_called(what), metric_called(what), target_of_standard(what)
    if standard is not None:
        return standard_page(standard, lang)
    if metric is not None:
        return metric_page(metric, lang)
    if target is not None:
        return target_page(target)
    formulas = (each.get("metrics", id_) for each in districts if sort in (None, "metrics"))
    formula = next((entry for entry in formulas if entry is not None), None)
    return None if formula is None else own_metric_page(formula)


def numbers_of(
    what: str, districts: Sequence[District], of: str | None
) -> list[tuple[District, list[Verdict], list[Question]]]:
    """What there is to account for in each district: verdicts of the targets meant, or a metric asked by itself."""
    found = []
    for district in districts:
        verdicts = [v for each in _meant(district, what) for v in judge(district, each, district.as_of, of)]
        questions = [] if verdicts else list(_questions(district, what))
        if verdicts or questions:
            found.append((district, verdicts, questions))
    return found


def accounts(
    found: Sequence[tuple[District, list[Verdict], list[Question]]], of: str | None, lang: Lang
) -> tuple[tuple[Block, ...], dict[str, object]]:
    """The verdicts in a table where there are several, then the way to each number, the worst of many."""
    blocks: list[Block] = []
    metrics: list[object] = []
    said: list[object] = []
    for district, verdicts, questions in found:
        if len(verdicts) > 1:
            blocks += verdict_blocks(verdicts)
        picked = _worst(verdicts)
        if len(picked) < len(verdicts):
            shown = msg(
                "of {count} numbers {shown} are accounted for; another: --of NAME", count=len(verdicts), shown=_ACCOUNTS
            )
            blocks.append(Paragraph(line(shown), Tone.MUTED))
        for verdict in picked:
            blocks += _told(district, verdict)
        said += [spelled_verdict(verdict, district.root, lang) for verdict in verdicts]
        measured = (verdict.measurement for verdict in verdicts if verdict.measurement is not None)
        metrics += [spelled_measurement(each, district.root, lang) for each in measured]
        for question in questions:
            for thing in _asked(district, question, of):
                measurement = measure(district, question, thing, district.as_of)
                blocks += account(district, measurement)
                metrics.append(spelled_measurement(measurement, district.root, lang))
    return tuple(blocks), {"verdicts": said, "metrics": metrics}


def names(district: District) -> set[str]:
    """What can be asked for here: metrics, targets, standards."""
    own = {entry.id for kind in ("metrics", "targets") for entry in district.all(kind)}
    return own | {target.id for target in targets(district, district.as_of)} | set(catalogue()) | set(standards())


def _told(district: District, verdict: Verdict) -> Iterator[Block]:
    if verdict.measurement is not None:
        yield from account(district, verdict.measurement, verdict)
        return
    yield from verdict_blocks((verdict,))


def _worst(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """A few of many: those that are not met first."""
    if len(verdicts) <= _ACCOUNTS:
        return list(verdicts)
    return sorted(verdicts, key=lambda verdict: verdict.state == "met")[:_ACCOUNTS]


def _meant(district: District, what: str) -> list[Target]:
    """The targets a name means: one, those of a standard, or those of a metric."""
    sort, id_ = split(what)
    every = list(targets(district, district.as_of))
    if sort in (None, "targets"):
        one = [each for each in every if each.id == id_] or [each for each in every if each.entry.id == id_]
        known = target_of_standard(what)
        if one or known is not None:
            return one or [known] if known is not None else one
    standard, metric = standard_called(what), metric_called(what)
    if standard is not None:
        terms = district.itself.mapping("adopts").get(standard.id)
        whole = adopt(standard, terms if isinstance(terms, Mapping) else {}, day=district.as_of)
        return [each for each in whole if each.entry["counts_towards"] is None]
    asked = metric.id if metric is not None else id_
    return [each for each in every if each.question.metric == asked and each.entry["counts_towards"] is None]


def _questions(district: District, what: str) -> Iterator[Question]:
    """A metric that no target asks for is asked of the district, or of each sort of thing it is for."""
    known, own = metric_called(what), district.get("metrics", split(what)[1])
    if known is None and own is None:
        return
    metric = known.id if known is not None else split(what)[1]
    each = known.metric.each if known is not None else own.texts("each") if own is not None else ()
    yield Question(metric, each=None if not each or "district" in each else each[0])


def _asked(district: District, question: Question, of: str | None) -> tuple[Thing, ...]:
    if of is None:
        return things(district, question, district.as_of)[:_ACCOUNTS]
    thing = named(district, of, district.as_of)
    return things(district, replace(question, of=of), district.as_of) if thing is None else (thing,)
