"""招生入学
Admissions.

About:
    哪所小学对口哪所初中、比例和方式，招生片区怎样划，示范高中名额怎样分到初中。

    Which school feeds which, with what share and how; which areas go to which school; how places of model senior
    schools are allotted to junior ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xqctl.derivation import amount, plain_amount
from xqctl.kinds.admissions import Catchment, Feeder, Quota, open_catchments, open_feeders, quotas
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.page import Block, Cell, Column, Fold, Heading, Paragraph, Part, Quotient, Run, Table, line
from xqctl.quantities import Ratio, show
from xqctl.sections import State

PLACE = 70
_METRICS = (
    "quota_share",
    "feeder_share",
    "priority_entry_rate",
    "in_area_share",
    "migrant_share",
    "migrant_share_in_public",
)
_NAMED = 12


def part(state: State) -> Part | None:
    """Feeders, catchments, quotas."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    district, day = state.district, state.district.as_of
    feeders, catchments = open_feeders(district, day), open_catchments(district, day)
    every = quotas(district)
    if feeders or catchments or every:
        told = {"feeders": len(feeders), "catchments": len(catchments), "quotas": len(every)}
        yield Paragraph(
            line(msg("registered: feeders {feeders}, catchments {catchments}, quotas of places {quotas}", **told))
        )
    numbers = tuple(state.numbers(_METRICS, "admissions.numbers"))
    if numbers:
        yield Heading(msg("Numbers and targets"), 3)
        yield from numbers
    if every:
        yield from _quotas(state, every)
    if feeders:
        said = msg("feeders: {count}", count=len(feeders))
        yield Fold(line(said), (_feeders(state, feeders),))
    if catchments:
        said = msg("catchments: {count}", count=len(catchments))
        yield Fold(line(said), (_catchments(state, catchments),))


def _quotas(state: State, every: Sequence[Quota]) -> Iterator[Block]:
    yield Heading(msg("Quotas of places"), 3)
    columns = (
        Column(msg("year")),
        Column(msg("senior school"), "name"),
        Column(msg("places"), "number"),
        Column(msg("allotted"), "number"),
        Column(msg("share"), "number"),
        Column(msg("junior schools"), "number"),
        Column(msg("source")),
        Column(msg("where"), "name"),
    )
    yield Table(columns, tuple(_quota(state, quota) for quota in every), state.table("admissions.quotas"))
    rows: list[tuple[Cell, ...]] = [
        (str(quota.entry["year"]), quota.school, school, places)
        for quota in every
        for school, places in quota.allotted.items()
    ]
    if rows:
        titles = (Column(msg("year")), Column(msg("senior school"), "name"), Column(msg("junior school"), "name"))
        table = Table((*titles, Column(msg("places"), "number")), tuple(rows), state.table("admissions.allotted"))
        yield Fold(line(msg("places by junior school: {count}", count=len(rows))), (table,))


def _quota(state: State, quota: Quota) -> tuple[Cell, ...]:
    given, places = sum(quota.allotted.values()), quota.places
    share: Cell = ""
    if places:
        share = replace(amount(Ratio(Decimal(given), Decimal(places)), "ratio"), formula=Quotient(3, 2))
    sources = quota.entry.texts("source")
    return (
        str(quota.entry["year"]),
        quota.school,
        "—" if places is None else plain_amount(places),
        plain_amount(given),
        share,
        len(quota.allotted),
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(quota.entry.route()),
    )


def _feeders(state: State, feeders: Sequence[Feeder]) -> Table:
    columns = (
        Column(msg("pupils of"), "name"),
        Column(msg("go on to"), "name"),
        Column(msg("share"), "number"),
        Column(msg("way")),
        Column(msg("source")),
        Column(msg("where"), "name"),
    )
    return Table(columns, tuple(_feeder(state, feeder) for feeder in feeders), state.table("admissions.feeders"))


def _feeder(state: State, feeder: Feeder) -> tuple[Cell, ...]:
    sources = feeder.entry.texts("source")
    return (
        _names(feeder.origins),
        _names(feeder.targets),
        "" if feeder.share is None else replace(amount(feeder.share), shown=show(feeder.share)),
        msg("{way}", way=label("feeders.way", feeder.way or "")),
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(feeder.entry.route()),
    )


def _catchments(state: State, catchments: Sequence[Catchment]) -> Table:
    columns = (
        Column(msg("catchment"), "name"),
        Column(msg("schools"), "name"),
        Column(msg("stage")),
        Column(msg("subdistricts")),
        Column(msg("areas")),
        Column(msg("way")),
        Column(msg("where"), "name"),
    )
    rows = tuple(_catchment(state, catchment) for catchment in catchments)
    return Table(columns, rows, state.table("admissions.catchments"))


def _catchment(state: State, catchment: Catchment) -> tuple[Cell, ...]:
    return (
        catchment.entry.id,
        _names(catchment.schools),
        msg("{stage}", stage=label("common.stage", catchment.stage or "")),
        _names(catchment.subdistricts),
        _names(catchment.areas),
        msg("{way}", way=label("catchments.way", catchment.way or "")),
        state.at(catchment.entry.route()),
    )


def _names(names: Sequence[str]) -> Message:
    if len(names) > _NAMED + 1:
        return msg("{names}", names=[*names[:_NAMED], msg("{count} more", count=len(names) - _NAMED)])
    return msg("{names}", names=list(names))
