"""把预约排成日历，也可导出为手机日历（.ics）
Lay bookings out as a calendar, also as an .ics file for phones.

About:
    列出一段时间内的预约，默认从所看的那一天起看三十天；写上资源名就只看这些资源。已申请、已同意的都列出，
    已拒绝和已取消的要加 --all。-o 文件名.ics 写成日历文件，手机和电脑的日历都能导入。

    Lists the bookings of a time, thirty days from the day looked at if nothing is said, of all resources or of those
    named. What is refused or cancelled is shown with --all. -o FILE.ics writes a calendar that phones and desks read.

Examples:
    xqctl share calendar examples/demo --from 2024-11-01 --to 2024-11-30
    xqctl share calendar examples/demo --resource 岚山化学实验室 --from 2024-09-01 --to 2025-07-31 --all
    xqctl share calendar examples/demo --from 2024-09-01 --to 2025-07-31 -o 预约.ics
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from xqctl.answer import answer
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._outputs import FileVerb, output_option
from xqctl.commands._share import (
    days_after,
    moment_option,
    path_argument,
    resource_called,
    spelled_booking,
    state_run,
    state_word,
    told_span,
)
from xqctl.commands._verb import Option, WrongCall, options
from xqctl.district import District
from xqctl.kinds.bookings import Booking, bookings, moment
from xqctl.messages import msg
from xqctl.page import Block, Column, Heading, Page, Paragraph, Table, Tone, line
from xqctl.render.ics import Event
from xqctl.terminal import Terminal

_DAYS = 30
_CAME_TO_NOTHING = ("refused", "cancelled")
_STATUS = {"requested": "TENTATIVE", "refused": "CANCELLED", "cancelled": "CANCELLED"}


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    path: str,
    as_of: date | None,
    today: date | None,
    resource: tuple[str, ...],
    start: str | None,
    end: str | None,
    every: bool,
) -> Page:
    blocks: list[Block] = []
    events: list[Event] = []
    inputs, spelled = [], list[dict[str, object]]()
    for folder in folders([path], None, terminal, as_of, today):
        district = built(folder, as_of, today or clock())
        for name in resource:
            resource_called(district, name)
        first = (moment(start) if start else None) or datetime.combine(district.as_of, time())
        last = (moment(end, is_end=True) if end else None) or days_after(first, _DAYS)
        if last <= first:
            raise WrongCall(msg("--to is not after --from: no time is left"))
        found = sorted(
            (b for b in bookings(district) if _is_asked(b, resource, first, last, every)),
            key=lambda b: (b.start, b.end, b.resource, b.entry.id),
        )
        inputs.append(described(folder, [path]))
        blocks += _blocks(district, found, first, last)
        spelled += [spelled_booking(booking, district) for booking in found]
        events += [_event(booking, district) for booking in found]
    summary = {"districts": len(inputs), "bookings": len(spelled)}
    data = answer(
        "share calendar", terminal.lang, as_of=as_of, inputs=tuple(inputs), parts={"bookings": spelled}, summary=summary
    )
    return Page(msg("Bookings"), tuple(blocks), data, documents={"ics": tuple(events)})


def _is_asked(booking: Booking, resources: tuple[str, ...], first: datetime, last: datetime, every: bool) -> bool:
    if resources and booking.resource not in resources:
        return False
    return booking.start < last and booking.end > first and (every or booking.state not in _CAME_TO_NOTHING)


def _blocks(district: District, found: list[Booking], first: datetime, last: datetime) -> Iterator[Block]:
    yield Heading(msg("{district}: bookings, {time}", district=district.name, time=told_span(first, last)))
    if not found:
        yield Paragraph(line(msg("nothing is booked then")), Tone.MUTED)
        return
    columns = (
        Column(msg("time")),
        Column(msg("resource"), "name"),
        Column(msg("applicant")),
        Column(msg("people"), "number"),
        Column(msg("state")),
        Column(msg("purpose")),
        Column(msg("booking"), "name"),
    )
    yield Table(
        columns,
        tuple(
            (
                told_span(b.start, b.end),
                b.resource,
                b.applicant,
                b.entry["people"] if isinstance(b.entry["people"], int) else None,
                state_run(b.state),
                b.entry.text("purpose") or "",
                b.entry.id,
            )
            for b in found
        ),
    )


def _event(booking: Booking, district: District) -> Event:
    decided = moment(booking.entry.mapping("decided").get("on"))
    resource = district.get("resources", booking.resource)
    return Event(
        id=f"{booking.entry.id}@{district.name}.xqctl",
        title=msg("{resource}: {applicant}", resource=booking.resource, applicant=booking.applicant),
        start=booking.start,
        end=booking.end,
        where=(resource.text("provider") if resource is not None else None) or booking.resource,
        about=msg(
            "{state}; {purpose}",
            state=state_word(booking.state),
            purpose=booking.entry.text("purpose") or msg("no purpose said"),
        ),
        status=_STATUS.get(booking.state, "CONFIRMED"),
        written=decided.date() if decided is not None else booking.start.date(),
    )


command = FileVerb(
    __name__,
    __doc__,
    _answer,
    options(
        path_argument(),
        as_of_option(),
        today_option(),
        Option(["--resource"], msg("only this resource, several times if wanted"), multiple=True, metavar="ID"),
        moment_option("--from", msg("look from this moment on"), "start"),
        moment_option("--to", msg("look until this moment; a day means its end"), "end", is_end=True),
        Option(["--all", "every"], msg("what was refused or cancelled too"), is_flag=True),
        output_option(),
        verb="calendar",
    ),
)
