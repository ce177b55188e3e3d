"""考核评价
Evaluations.

About:
    各考核方案最近一年的得分和名次，各项指标的权重和得分，是否捆绑，奖励什么。

    Scores and places of the latest year of each evaluation scheme, with the weight and score of each indicator, whether
    members share their unit's result, and what is awarded.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from xqctl.derivation import Place, places, plain_amount
from xqctl.kinds.evaluations import Evaluation, evaluations
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.page import Block, Cell, Column, Fold, Heading, Paragraph, Part, Run, Table, line
from xqctl.quantities import Unit as Measure
from xqctl.quantities import number, show
from xqctl.sections import State

PLACE = 90
_METRICS = ("bundle_score", "score_spread")
_FEW = 12


def part(state: State) -> Part | None:
    """Rankings and scores."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    schemes = [tuple(each) for _, each in groupby(places(state.district), key=lambda place: place.scheme.id)]
    if schemes:
        scored = sum(map(len, schemes))
        yield Paragraph(
            line(msg("{schemes} schemes with results, {scored} scored", schemes=len(schemes), scored=scored))
        )
    yield from _unscored(state, {mine[0].scheme.id for mine in schemes})
    for mine in schemes:
        scheme = mine[0].scheme
        yield Heading(msg("{scheme}, {year}", scheme=scheme.id, year=mine[0].year), 3)
        yield Paragraph(line(*_about(state, mine)))
        table = _table(state, mine)
        yield table if len(mine) <= _FEW else Fold(line(msg("all {count}", count=len(mine))), (table,))


def _unscored(state: State, scored: Collection[str]) -> Iterator[Block]:
    """The schemes that nobody has a score of: what they look at, all the same."""
    left = [
        scheme
        for scheme in evaluations(state.district)
        if scheme.id not in scored and scheme.entry.life.contains(state.district.as_of)
    ]
    if left:
        yield Heading(msg("Schemes without results"), 3)
        columns = (
            Column(msg("scheme"), "name"),
            Column(msg("of")),
            Column(msg("indicators")),
            Column(msg("how it is scored")),
            Column(msg("source")),
            Column(msg("where"), "name"),
        )
        yield Table(columns, tuple(_scheme(state, scheme) for scheme in left), state.table("evaluations.unscored"))


def _scheme(state: State, scheme: Evaluation) -> tuple[Cell, ...]:
    sources = scheme.entry.texts("source")
    indicators = [
        name if weight is None else msg("{name} {weight}", name=name, weight=show(number(weight, Measure.RATIO)))
        for name, weight in scheme.weights.items()
    ]
    return (
        scheme.id,
        msg("{names}", names=[label("evaluations.of", each) for each in scheme.of]),
        msg("{names}", names=indicators),
        msg("members share their unit's result") if scheme.is_bundled else msg("each is scored by itself"),
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(scheme.entry.route()),
    )


def _about(state: State, mine: Sequence[Place]) -> Iterator[Run]:
    scheme = mine[0].scheme
    first = [place.of for place in mine if place.rank == 1]
    yield Run(msg("first: {names}; ", names=first))
    yield Run(msg("members share their unit's result") if scheme.is_bundled else msg("each is scored by itself"))
    awards, sources = scheme.entry.texts("awards"), scheme.entry.texts("source")
    if awards:
        yield Run(msg("; awards: {names}", names=awards))
    if sources:
        yield Run("  ")
        yield Run(sources[0], to=state.to_source(sources[0]))


def _table(state: State, mine: Sequence[Place]) -> Table:
    scheme = mine[0].scheme
    weights = scheme.known_weights or {}
    titles = [
        Column(msg("{name} {weight}", name=name, weight=show(number(weight, Measure.RATIO))), "number")
        for name, weight in weights.items()
    ]
    columns = (
        Column(msg("place"), "number"),
        Column(msg("of"), "name"),
        *titles,
        Column(msg("score"), "number"),
        Column(msg("where"), "name"),
    )
    return Table(columns, tuple(_row(state, place) for place in mine), state.table(f"evaluations.{scheme.id}"))


def _row(state: State, place: Place) -> tuple[Cell, ...]:
    found = next(r for r in place.scheme.results if r.written == place.year and r.party == place.of)
    scores = [plain_amount(found.scores[name]) for name in place.scheme.known_weights or {}]
    return (place.rank, place.of, *scores, plain_amount(place.score), state.at(found.route()))
