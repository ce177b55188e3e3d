"""Knows evaluation schemes: weighted indicators, the scores of each year, who ranks where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from xqctl.district import District, Entry, kept
from xqctl.place import Route
from xqctl.quantities import EXACT, Interval, parse, year_of

WHOLE = Decimal(1)
"""What the weights of a scheme add up to."""


@dataclass(frozen=True, slots=True)
class Result:
    """The scores of one unit or school in one year, by indicator."""

    entry: Entry
    written: str
    year: Interval
    party: str
    scores: Mapping[str, Decimal]

    def route(self, *indicator: str) -> Route:
        """Where the result stands, or one of its scores."""
        return self.entry.route("results", self.written, self.party, *indicator)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A scheme: `of` names the sorts of things it scores, `weights` its indicators with their shares (fractions of 1).

    A weight is None where it is not said.
    """

    entry: Entry
    of: tuple[str, ...]
    is_bundled: bool
    weights: Mapping[str, Decimal | None]
    results: tuple[Result, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return self.entry.id

    def result(self, party: str, day: date) -> Result | None:
        """The latest result of a unit or school whose year has begun by a day."""
        begun = [r for r in self.results if r.party == party and (r.year.start or date.min) <= day]
        return max(begun, key=lambda result: (result.year.start or date.min, result.written), default=None)

    def weighted(self, result: Result) -> Decimal | None:
        """The sum of weight times score; None where the weights do not make 100 %, or a score is missing."""
        weights = self.known_weights
        if weights is None or not weights.keys() <= result.scores.keys():
            return None
        total = Decimal(0)
        for name, weight in weights.items():
            total = EXACT.add(total, EXACT.multiply(weight, result.scores[name]))
        return total

    @property
    def known_weights(self) -> Mapping[str, Decimal] | None:
        """The weights, where all are said and they make 100 %; the only indicator of a scheme weighs that unsaid."""
        if len(self.weights) == 1 and None in self.weights.values():
            return dict.fromkeys(self.weights, WHOLE)
        known = {name: weight for name, weight in self.weights.items() if weight is not None}
        return known if len(known) == len(self.weights) and sum(known.values(), Decimal(0)) == WHOLE else None

    def ranking(self, written: str) -> tuple[tuple[int, str, Decimal], ...]:
        """Place, unit and score of a year, the best first; equal scores share a place, the next one is skipped."""
        year = [result for result in self.results if result.written == written]
        scored = {result.party: score for result in year if (score := self.weighted(result)) is not None}
        ordered = sorted(scored.items(), key=lambda each: (-each[1], each[0]))
        return tuple((1 + sum(other > score for _, other in ordered), party, score) for party, score in ordered)


@kept
def evaluations(district: District) -> tuple[Evaluation, ...]:
    """Every sound scheme that no source denies, in the order of the files."""
    return tuple(
        Evaluation(
            entry,
            entry.texts("of"),
            entry["bundled"] is True,
            MappingProxyType(dict(_weights(entry))),
            tuple(_results(entry)),
        )
        for entry in district.all("evaluations")
        if not entry.is_disputed
    )


def _weights(entry: Entry) -> Iterator[tuple[str, Decimal | None]]:
    for name, indicator in entry.mapping("indicators").items():
        weight = parse(indicator.get("weight")) if isinstance(indicator, dict) else None
        yield name, None if weight is None else weight.exact


def _results(entry: Entry) -> Iterator[Result]:
    for written, parties in entry.mapping("results").items():
        year = year_of(written)
        for party, scores in parties.items() if isinstance(parties, dict) else ():
            if isinstance(scores, dict):
                known = {name: number for name, said in scores.items() if (number := _score(said)) is not None}
                yield Result(entry, written, year, party, MappingProxyType(known))


def _score(said: object) -> Decimal | None:
    quantity = parse(said)
    return None if quantity is None else quantity.exact
