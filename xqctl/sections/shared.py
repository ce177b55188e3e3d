"""资源共享
Shared resources.

About:
    共享的场地、课程、人员、线上资源各有哪些，谁提供，向谁开放，借用了多少次；预约一览。

    What is shared (facilities, courses, people, online), who provides it, whom it is open to, how often it was used;
    and the bookings.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from xqctl.kinds.bookings import Booking, bookings
from xqctl.kinds.resources import Resource, open_resources
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.page import Block, Cell, Chart, Column, Fold, Heading, Paragraph, Part, Run, Table, Tone, line
from xqctl.quantities import school_year
from xqctl.sections import State

PLACE = 75
_METRICS = ("resources_offered", "bookings_granted", "use_rate", "remote_classrooms")
_TONES = {"granted": Tone.GOOD, "returned": Tone.GOOD, "refused": Tone.BAD, "cancelled": Tone.MUTED}
_DRAWN = 60


def part(state: State) -> Part | None:
    """Resources, bookings, use."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    offered = open_resources(state.district, state.district.as_of)
    period = school_year(state.district.as_of)
    booked = [b for b in bookings(state.district) if period.interval.contains(b.start.date())]
    if not offered and not booked:
        return
    granted = sum(booking.holds for booking in booked)
    told = {"resources": len(offered), "year": str(period), "bookings": len(booked), "granted": granted}
    yield Paragraph(
        line(msg("{resources} resources are registered; in {year} {bookings} bookings, {granted} granted", **told))
    )
    numbers = tuple(state.numbers(_METRICS, "shared.numbers"))
    if numbers:
        yield Heading(msg("Numbers and targets"), 3)
        yield from numbers
    if offered:
        yield Heading(msg("Resources"), 3)
        yield _resources(state, offered, booked)
    if booked:
        yield from _booked(state, booked)


def _resources(state: State, offered: Sequence[Resource], booked: Sequence[Booking]) -> Table:
    every, granted = Counter(b.resource for b in booked), Counter(b.resource for b in booked if b.holds)
    columns = (
        Column(msg("resource"), "name"),
        Column(msg("provider"), "name"),
        Column(msg("type")),
        Column(msg("hub")),
        Column(msg("capacity"), "number"),
        Column(msg("open to")),
        Column(msg("bookings"), "number"),
        Column(msg("of them granted"), "number"),
        Column(msg("where"), "name"),
    )
    rows = tuple(_resource(state, each, every[each.id], granted[each.id]) for each in offered)
    return Table(columns, rows, state.table("shared.resources"))


def _resource(state: State, resource: Resource, booked: int, granted: int) -> tuple[Cell, ...]:
    entry = resource.entry
    capacity, within = entry["capacity"], entry.texts("open_within")
    named = [*entry.texts("open_to"), *(label("resources.open_within", each) for each in within)]
    return (
        entry.id,
        resource.provider,
        msg("{type}", type=label("resources.type", resource.type)),
        msg("{hub}", hub=label("resources.hub", resource.hub or "")),
        capacity if isinstance(capacity, int) else "",
        msg("{names}", names=named),
        booked,
        granted,
        state.at(entry.route()),
    )


def _booked(state: State, booked: Sequence[Booking]) -> Iterator[Block]:
    ordered = sorted(booked, key=lambda booking: (booking.start, booking.entry.id))
    columns = (
        Column(msg("resource"), "name"),
        Column(msg("applicant"), "name"),
        Column(msg("begins"), "date"),
        Column(msg("ends"), "date"),
        Column(msg("state")),
        Column(msg("purpose")),
        Column(msg("where"), "name"),
    )
    rows = tuple(_booking(state, booking) for booking in ordered)
    table = Table(columns, rows, state.table("shared.bookings"))
    if len(rows) <= _DRAWN:
        title = msg("Bookings of the school year")
        about = msg("for each resource, from when until when it was booked, by state")
        yield Chart(title, about, "spans", table, category=0, value=2, series=4, until=3)
    else:
        yield Fold(line(msg("bookings: {count}", count=len(rows))), (table,))


def _booking(state: State, booking: Booking) -> tuple[Cell, ...]:
    said = msg("{state}", state=label("bookings.state", booking.state))
    return (
        booking.resource,
        booking.applicant,
        booking.start.date(),
        booking.end.date(),
        Run(said, _TONES.get(booking.state, Tone.PLAIN)),
        booking.entry.text("purpose") or "",
        state.at(booking.entry.route()),
    )
