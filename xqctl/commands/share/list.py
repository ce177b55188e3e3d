"""列出共享资源：谁提供、向谁开放、何时空闲
Show what is shared: by whom, for whom, and when it is free.

About:
    默认从所看的那一天起看七天；--on 看某一天，--from 和 --to 看一段时间。--for 只列该校可用的资源，
    --free 只列全程有余量的资源。

    Looks at seven days from the day the district is looked at; --on at one day, --from and --to at any time. --for
    lists what one school may use, --free what has room throughout.

Examples:
    xqctl share list examples/demo
    xqctl share list examples/demo --on 2024-11-06
    xqctl share list examples/demo --for 拾穗中学 --from '2024-11-06 13:30' --to '2024-11-06 16:30' --free
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from xqctl.answer import answer
from xqctl.commands._operands import as_of_option, built, clock, day, described, folders, today_option
from xqctl.commands._share import days_after, moment_option, path_argument, told_span
from xqctl.commands._verb import Option, Verb, WrongCall, options, unknown
from xqctl.district import District, Entry
from xqctl.kinds.bookings import bookings, moment
from xqctl.kinds.resources import resources
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.page import Block, Column, Heading, Page, Paragraph, Run, Table, Tone, line
from xqctl.schema import PARTY_KINDS
from xqctl.sharing import Stretch, is_open_to, is_open_to_all, room, stretches
from xqctl.terminal import Terminal

_DAYS = 7
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Offer:
    """A resource in a time: how it is taken, what is left throughout, who waits for an answer.

    `bounds` says where it is not offered throughout.
    """

    entry: Entry
    stretches: tuple[Stretch, ...]
    room: int | None
    waiting: tuple[str, ...]
    bounds: tuple[Message, ...]

    @property
    def is_free(self) -> bool:
        """Whether there is room for one throughout, as far as anybody knows."""
        return not self.bounds and (self.room is None or self.room > 0)


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    path: str,
    as_of: date | None,
    today: date | None,
    on: date | None,
    start: str | None,
    end: str | None,
    applicant: str | None,
    free: bool,
) -> Page:
    if on is not None and (start or end):
        raise WrongCall(msg("give --on, or --from and --to, not both"))
    blocks: list[Block] = []
    inputs, spelled = [], list[dict[str, object]]()
    for folder in folders([path], None, terminal, as_of, today):
        district = built(folder, as_of, today or clock())
        if applicant is not None and not district.party(applicant):
            raise unknown(msg("party"), applicant, (party.id for party in district.declared(*PARTY_KINDS)))
        first, last = _time(district, on, start, end)
        offers = [offer for offer in _offers(district, first, last, applicant) if not free or offer.is_free]
        inputs.append(described(folder, [path]))
        spelled += [_spelled(offer, district) for offer in offers]
        blocks += _blocks(district, offers, first, last)
    summary = {"districts": len(inputs), "resources": len(spelled)}
    data = answer(
        "share list", terminal.lang, as_of=as_of, inputs=tuple(inputs), parts={"resources": spelled}, summary=summary
    )
    return Page(msg("Shared resources"), tuple(blocks), data)


def _time(district: District, on: date | None, start: str | None, end: str | None) -> tuple[datetime, datetime]:
    """The time asked about, half-open."""
    first = moment(start) if start else datetime.combine(on or district.as_of, time())
    if first is None:
        first = datetime.combine(district.as_of, time())
    last = moment(end, is_end=True) if end else None
    if last is None:
        last = days_after(first, 1 if on else _DAYS)
    if last <= first:
        raise WrongCall(msg("--to is not after --from: no time is left"))
    return first, last


def _offers(district: District, first: datetime, last: datetime, applicant: str | None) -> Iterator[_Offer]:
    for resource in resources(district):
        bounds = _bounds(resource.entry, first, last)
        if bounds is not None and (applicant is None or is_open_to(district, resource.entry, applicant, first.date())):
            found = stretches(district, resource.id, first, last)
            waiting = tuple(
                booking.entry.id
                for booking in bookings(district)
                if booking.resource == resource.id and booking.state == "requested"
                and booking.start < last and booking.end > first
            )  # fmt: skip
            left = room(resource.entry, found)
            yield _Offer(resource.entry, found, left and min(left, 0) if bounds else left, waiting, bounds)


def _bounds(resource: Entry, first: datetime, last: datetime) -> tuple[Message, ...] | None:
    """From when, and until when a resource is offered, where that is not all the time asked about; None: not at all."""
    life = resource.life
    begin = datetime.combine(life.start, time()) if life.start is not None else first
    end = datetime.combine(life.end, time()) if life.end is not None else last
    if begin >= last or end <= first:
        return None
    said = [msg("only from {day} on", day=resource["since"])] if begin > first else []
    return (*said, *([msg("only before {day}", day=resource["until"])] if end < last else []))


def _blocks(district: District, offers: Sequence[_Offer], first: datetime, last: datetime) -> Iterator[Block]:
    yield Heading(msg("{district}: what is shared, {time}", district=district.name, time=told_span(first, last)))
    if not offers:
        yield Paragraph(line(msg("nothing is offered then")), Tone.MUTED)
        return
    columns = (
        Column(msg("resource"), "name"),
        Column(msg("sort")),
        Column(msg("provider")),
        Column(msg("open to")),
        Column(msg("capacity"), "number"),
        Column(msg("room left"), "number"),
        Column(msg("taken")),
        Column(msg("waiting"), "number"),
    )
    yield Table(columns, tuple(_row(offer) for offer in offers))


def _row(offer: _Offer) -> tuple[str | Message | Run | int | None, ...]:
    entry = offer.entry
    capacity = entry["capacity"]
    left = Run(str(offer.room), Tone.GOOD if offer.room else Tone.BAD) if offer.room is not None else None
    return (
        entry.id,
        msg("{word}", word=label("resources.type", entry.text("type") or "")),
        entry.text("provider") or "",
        _circle(entry),
        capacity if isinstance(capacity, int) else None,
        left if left is not None else msg("not said"),
        _taken(offer),
        len(offer.waiting) or None,
    )


def _circle(entry: Entry) -> Message:
    """To whom a resource is open."""
    if is_open_to_all(entry):
        return msg("everybody")
    sorts = tuple(label("resources.open_within", each) for each in entry.texts("open_within"))
    named: tuple[object, ...] = (
        *entry.texts("open_to"),
        *(msg("members of the provider's {sort}", sort=sort) for sort in sorts),
    )
    return msg("{names}", names=named)


def _taken(offer: _Offer) -> Message | str:
    busy = [stretch for stretch in offer.stretches if stretch.held]
    if not busy and not offer.bounds:
        return ""
    told: list[object] = [*offer.bounds]
    told += [msg("{time}: {count}", time=told_span(s.start, s.end), count=s.taken) for s in busy[:_SHOWN]]
    if len(busy) > _SHOWN:
        told.append(msg("{count} more", count=len(busy) - _SHOWN))
    return msg("{counts}", counts=tuple(told))


def _spelled(offer: _Offer, district: District) -> dict[str, object]:
    """One element of `resources[]`."""
    entry = offer.entry
    capacity = entry["capacity"]
    return {
        "district": district.root,
        "id": entry.id,
        "type": entry.text("type"),
        "provider": entry.text("provider"),
        "open_to": list(entry.texts("open_to")),
        "open_within": list(entry.texts("open_within")),
        "capacity": capacity if isinstance(capacity, int) else None,
        "left": offer.room,
        "taken": [
            {
                "start": stretch.start.isoformat(timespec="minutes"),
                "end": stretch.end.isoformat(timespec="minutes"),
                "taken": stretch.taken,
                "bookings": [booking.entry.id for booking in stretch.held],
            }
            for stretch in offer.stretches
            if stretch.held
        ],
        "waiting": list(offer.waiting),
    }


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        path_argument(),
        as_of_option(),
        today_option(),
        Option(["--on"], msg("look at this one day"), type=day("--on"), metavar="DATE"),
        moment_option("--from", msg("look from this moment on"), "start"),
        moment_option("--to", msg("look until this moment; a day means its end"), "end", is_end=True),
        Option(["--for", "applicant"], msg("only what this party may use"), metavar="PARTY"),
        Option(["--free"], msg("only what has room throughout"), is_flag=True),
    ),
)
