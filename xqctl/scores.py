"""Knows which evaluation scores a thing, and how its score comes about from weights and indicators."""

from collections.abc import Iterator
from decimal import Decimal

from xqctl.conditions import passes, variables
from xqctl.kinds.evaluations import Evaluation, Result, evaluations
from xqctl.kinds.schools import School
from xqctl.measuring import Frame, Item, Unknown
from xqctl.messages import Message, msg
from xqctl.network import units_of
from xqctl.quantities import EXACT, number, plain, show
from xqctl.quantities import Unit as Measure

Scored = tuple[Evaluation, Result]


def scored(frame: Frame) -> Scored | Unknown:
    """The one scheme, with its latest result, that scores the thing; a school shares its units' bundled results."""
    found = list(_of(frame, frame.thing.id))
    if frame.thing.school is not None:
        for unit, _ in units_of(frame.district, frame.thing.id, frame.day):
            found += [(scheme, result) for scheme, result in _of(frame, unit.id) if scheme.is_bundled]
    match found:
        case []:
            return Unknown((msg("no evaluation scores {name}", name=frame.thing.id),))
        case [one]:
            return one
        case several:
            schemes = sorted({scheme.id for scheme, _ in several})
            return Unknown(
                (msg("{name} is scored by {schemes}: choose one `evaluation`", name=frame.thing.id, schemes=schemes),)
            )


def of_schools(frame: Frame) -> Evaluation | Unknown:
    """The one scheme that scores schools."""
    chosen = frame.choice("evaluation")
    found = [scheme for scheme in evaluations(frame.district) if "school" in scheme.of and chosen in ("", scheme.id)]
    match [scheme for scheme in found if scheme.entry.life.contains(frame.day)]:
        case []:
            return Unknown((msg("no evaluation scores schools"),))
        case [one]:
            return one
        case several:
            schemes = sorted(scheme.id for scheme in several)
            return Unknown((msg("schools are scored by {schemes}: choose one `evaluation`", schemes=schemes),))


def is_evaluated(frame: Frame, scheme: Evaluation, school: School) -> bool:
    """Whether a scheme's `where` holds for a school."""
    beside = variables(school.entry, frame.day)
    return passes(scheme.entry.text("where"), "school", {**beside, "school": beside}) is True


def score(frame: Frame, scheme: Evaluation, result: Result) -> Decimal | None:
    """The weighted score; None, with the reason noted, where weights or scores are missing."""
    weights = scheme.known_weights
    if weights is None:
        frame.lack(msg("the weights of {scheme} are not all said, or do not make 100%", scheme=scheme.id))
        return None
    lacking = [name for name in weights if name not in result.scores]
    if lacking:
        frame.lack(msg("{party} has no score for {indicators}", party=result.party, indicators=lacking))
    return scheme.weighted(result)


def parts(scheme: Evaluation, result: Result) -> tuple[tuple[Item, Message], ...]:
    """Each indicator with its weighted score, and how that comes about."""
    found = []
    for name, weight in (scheme.known_weights or {}).items():
        product = EXACT.multiply(weight, result.scores[name])
        step = msg(
            "{indicator}: {weight} × {score} = {product}",
            indicator=name,
            weight=show(number(weight, Measure.RATIO)),
            score=plain(result.scores[name]),
            product=plain(product),
        )
        found.append((Item(name, product, result.route(name)), step))
    return tuple(found)


def _of(frame: Frame, party: str) -> Iterator[Scored]:
    chosen = frame.choice("evaluation")
    for scheme in evaluations(frame.district):
        result = scheme.result(party, frame.day) if chosen in ("", scheme.id) else None
        if result is not None:
            yield scheme, result
