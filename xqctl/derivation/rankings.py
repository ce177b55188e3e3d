"""Knows how evaluations are told: who stands where in the latest year of each scheme, and which awards follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xqctl.district import District
from xqctl.kinds.evaluations import Evaluation, evaluations
from xqctl.messages import msg
from xqctl.page import Block, Cell, Column, Heading, Table
from xqctl.quantities import machine, plain


@dataclass(frozen=True, slots=True)
class Place:
    """One unit or school in a year's ranking; equal scores share a place."""

    scheme: Evaluation
    year: str
    rank: int
    of: str
    score: Decimal


def places(district: District) -> Iterator[Place]:
    """The ranking of the latest year that has begun by the district's day, scheme by scheme, the best first."""
    for scheme in evaluations(district):
        begun = [(r.year.start or date.min, r.written) for r in scheme.results]
        year = max((each for each in begun if each[0] <= district.as_of), default=None)
        for rank, of, score in scheme.ranking(year[1]) if year is not None else ():
            yield Place(scheme, year[1] if year is not None else "", rank, of, score)


def ranking_blocks(district: District) -> Iterator[Block]:
    """A table of every scheme's ranking; schools are many, so only their first and last are shown."""
    rows = tuple(_rows(district))
    if rows:
        yield Heading(msg("Evaluations"), 2)
        columns = (
            Column(msg("scheme"), "name"),
            Column(msg("year")),
            Column(msg("place"), "number"),
            Column(msg("of")),
            Column(msg("score"), "number"),
            Column(msg("awards")),
        )
        yield Table(columns, rows)


def spelled_places(district: District) -> list[dict[str, object]]:
    """The elements of `evaluations[]`: every place of every ranking."""
    return [
        {
            "district": district.root,
            "evaluation": place.scheme.id,
            "bundled": place.scheme.is_bundled,
            "year": place.year,
            "rank": place.rank,
            "of": place.of,
            "score": machine(place.score),
            "awards": list(place.scheme.entry.texts("awards")),
        }
        for place in places(district)
    ]


_SHOWN = 5


def _rows(district: District) -> Iterator[tuple[Cell, ...]]:
    found = tuple(places(district))
    for scheme in dict.fromkeys(place.scheme.id for place in found):
        mine = [place for place in found if place.scheme.id == scheme]
        yield from map(_row, mine[:_SHOWN])
        if len(mine) > _SHOWN + 1:
            yield (scheme, mine[0].year, "", msg("{count} between", count=len(mine) - _SHOWN - 1), "", "")
        if len(mine) > _SHOWN:
            yield _row(mine[-1])


def _row(place: Place) -> tuple[Cell, ...]:
    awards = "、".join(place.scheme.entry.texts("awards"))
    return (place.scheme.id, place.year, place.rank, place.of, plain(place.score), awards)
