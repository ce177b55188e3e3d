"""Knows how a booking is written down: under the lock, on the files as they are now, and only if the rules hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import click

from xqctl.answer import answer, spelled
from xqctl.commands._operands import as_of_option, built, clock, described, today_option
from xqctl.commands._previews import held, write
from xqctl.commands._share import booking_called, one_folder, resource_called, spelled_booking, state_run, told_span
from xqctl.compose.read import Data
from xqctl.desk import illegible, objections, refusal, written
from xqctl.district import District, Entry
from xqctl.folder import Folder
from xqctl.kinds.bookings import Booking, bookings
from xqctl.long_numbers import veiled
from xqctl.messages import Message, msg
from xqctl.page import Block, Facts, Findings, Page, Paragraph, Quoted, Run, Tone, line
from xqctl.terminal import Fault, Terminal

_WAIT = 120
"""Seconds a booking waits for its turn: a whole school district on one evening."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be written of one booking: the file it goes to, its id, fields with their new values."""

    file: str
    id: str
    fields: Mapping[str, Data]


Wanted = Callable[[Folder, District], tuple[Note, ...]]
"""What to write: several ways, the best first; the first that nothing stands against is written."""


def write_down(command: str, terminal: Terminal, path: str, as_of: date | None, today: date, wanted: Wanted) -> Page:
    """Writes one booking into its district, or says what stands against it (exit code 1) and writes nothing."""
    with held(one_folder(path, terminal), _WAIT) as folder:
        district = built(folder, as_of, today)
        torn = next((document.file for document in folder.documents if not document.whole), None)
        if torn is not None:
            raise Fault(
                msg("{file} cannot be read to its end: nobody knows what is booked; mend it first", file=torn), 1
            )
        against: tuple[Quoted, ...] = ()
        for note in wanted(folder, district):
            after, raw = _changed(folder, note)
            found = objections(folder, after, note.id, as_of, today)
            if not found:
                write(folder, {note.file: (folder.files.get(note.file, b""), raw)})
                return _page(command, terminal, built(after, as_of, today), path, note.id, against)
            against = against or tuple(Quoted(f, veiled(after.line(f.place.file, f.place.line))) for f in found)
        return _page(command, terminal, district, path, None, against)


def decision(
    district: District, id_: str, state: str, by: str | None, on: str, reason: str | None
) -> tuple[Entry, Mapping[str, Data]]:
    """A booking, and the fields that say it came to a state by somebody's decision."""
    booking = booking_called(district, id_)
    conflict = refusal(booking, state)
    if conflict is not None:
        raise Fault(conflict, 1)
    resource = resource_called(district, booking.text("resource") or "")
    if state == "granted":
        all_legible(district, resource)
    decided: dict[str, Data] = {"by": by or resource.text("provider") or "", "on": on}
    return booking, {"state": state, "decided": decided | ({"reason": reason} if reason else {})}


def all_legible(district: District, resource: Entry) -> None:
    """Refuses to hand out what may be taken already: a booking of it is there, and cannot be read."""
    found = illegible(district, resource.id)
    if found:
        said = msg(
            "{bookings} cannot be read: nobody knows what is left of {resource}; mend that first, xqctl validate shows"
            " it",
            bookings=found, resource=resource.id,
        )  # fmt: skip
        raise Fault(said, 1)


def desk_options() -> list[click.Parameter]:
    """The options every verb that writes a booking has."""
    return [as_of_option(), today_option()]


def day_of(today: date | None) -> date:
    """Today, as the call says or else the clock."""
    return today or clock()


def _changed(folder: Folder, note: Note) -> tuple[Folder, bytes]:
    from xqctl.edit.patches import CannotEdit

    try:
        return written(folder, note.file, note.id, note.fields)
    except CannotEdit as error:
        raise Fault(
            msg("{file} cannot be changed here: {reason}; edit it by hand", file=note.file, reason=error.message), 1
        ) from error


def _page(
    command: str, terminal: Terminal, district: District, path: str, id_: str | None, against: tuple[Quoted, ...]
) -> Page:
    booking = next((b for b in bookings(district) if b.entry.id == id_), None)
    blocks: list[Block] = []
    if against:
        blocks += (Findings(against), Paragraph(line(_why_not(len(against), booking)), Tone.BAD))
    if booking is not None:
        blocks.append(_told(booking))
    exit_code = 1 if against else 0
    data = answer(
        command,
        terminal.lang,
        inputs=(described(district.folder, [path]),),
        parts={
            "bookings": [spelled_booking(booking, district)] if booking is not None else [],
            "findings": [spelled(quoted.finding, terminal.lang) for quoted in against],
        },
        summary={"written": int(booking is not None), "findings": len(against)},
        exit_code=exit_code,
    )
    return Page(msg("Booking"), tuple(blocks), data, exit_code)


def _why_not(count: int, booking: Booking | None) -> Message:
    if booking is None:
        return msg("not written: rules stand against it, {count}", count=count)
    return msg("not granted at once: rules stand against it, {count}; it is written as a request", count=count)


def _told(booking: Booking) -> Facts:
    rows = [
        (msg("booking"), line(Run(booking.entry.id, Tone.NAME))),
        (msg("resource"), line(booking.resource)),
        (msg("applicant"), line(booking.applicant)),
        (msg("time"), line(told_span(booking.start, booking.end))),
        (msg("state"), line(state_run(booking.state))),
        (msg("written to"), line(Run(booking.entry.file, Tone.NAME))),
    ]
    return Facts(tuple(rows))
