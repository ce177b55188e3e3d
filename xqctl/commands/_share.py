"""Knows what the verbs of `share` have in common: the district they work on, moments, how a booking is told."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

import click

from xqctl import load
from xqctl.commands._operands import STDIN
from xqctl.commands._verb import Argument, Option, WrongCall, unknown
from xqctl.district import District, Entry
from xqctl.folder import Folder
from xqctl.kinds.bookings import Booking, moment
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.operands import operand
from xqctl.page import Run, Tone
from xqctl.terminal import Fault, Terminal

TONES: Mapping[str, Tone] = {
    "requested": Tone.WARN,
    "granted": Tone.GOOD,
    "refused": Tone.BAD,
    "cancelled": Tone.MUTED,
    "returned": Tone.MUTED,
}

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2})?")


def path_argument() -> click.Parameter:
    """``PATH``: the district."""
    return Argument(["path"], msg("the district; else the working directory"), default=".", metavar="[PATH]")


def moment_option(
    name: str, said: Message, into: str, *, required: bool = False, is_end: bool = False
) -> click.Parameter:
    """An option that takes a day, or a day and a time; its value goes `into` the argument of that name."""
    return Option([name, into], said, type=_moment(name, is_end=is_end), required=required, metavar="'DATE TIME'")


def _moment(option: str, *, is_end: bool) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not _MOMENT.fullmatch(value) or moment(value, is_end=is_end) is None:
            raise WrongCall(
                msg("{option} is {value}; write a day, or a day and a time like 2024-11-06 13:30", option=option,
                    value=value)
            )  # fmt: skip
        return value.replace("T", " ")

    return read


def days_after(first: datetime, days: int) -> datetime:
    """So many days later, or the end of all days."""
    last = datetime.combine(date.max, time.max)
    return first + timedelta(days=days) if last - first > timedelta(days=days) else last


def one_folder(path: str, terminal: Terminal) -> Folder:
    """The one district whose files a booking is written into: the one at the path, else the only one below it."""
    if path == STDIN or not operand(path).is_plain:
        raise WrongCall(msg("a booking is written into files: give the district's folder"))
    notes: list[Message] = []
    found = load.meant(path, list(load.folders([path], notes)))
    terminal.note(notes)
    if not found:
        raise load.NothingToRead(
            msg("no district at {path}: no {main} in it, below it or above it", path=path, main=load.MAIN)
        )
    if len(found) != 1:
        raise WrongCall(msg("{path} holds {count} districts; give one of them", path=path, count=len(found)))
    return found[0]


def resource_called(district: District, name: str) -> Entry:
    """The resource of that id."""
    return _called(district, "resources", name, msg("resource"))


def booking_called(district: District, name: str) -> Entry:
    """The booking of that id."""
    return _called(district, "bookings", name, msg("booking"))


def _called(district: District, kind: str, name: str, sort: Message) -> Entry:
    """What is there, can be read and is not denied by a source."""
    entry = district.declares(name, kind)
    if entry is None:
        raise unknown(sort, name, (each.id for each in district.declared(kind)))
    if not entry.sound:
        raise Fault(msg("{name} has mistakes of its own; mend them first, xqctl validate shows them", name=name), 1)
    if entry.is_disputed:
        raise Fault(msg("{name} is disputed and counts for nothing; settle that first", name=name), 1)
    return entry


def state_run(state: str) -> Run:
    """A state in words, with its tone."""
    return Run(state_word(state), TONES.get(state, Tone.PLAIN))


def state_word(state: str) -> Message:
    """A state in words."""
    return msg("{word}", word=label("bookings.state", state))


def told_span(start: datetime, end: datetime) -> str:
    """From when until when, as people write it: whole days without a time, the last one included."""
    is_whole = start.time() == end.time() == time()
    last = end - timedelta(days=1) if is_whole else end
    if is_whole:
        return f"{start:%Y-%m-%d}" if last == start else f"{start:%Y-%m-%d} – {last:%Y-%m-%d}"
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M}–{until}"


def spelled_booking(booking: Booking, district: District) -> dict[str, object]:
    """One element of `bookings[]`."""
    decided = booking.entry.mapping("decided")
    return {
        "district": district.root,
        "id": booking.entry.id,
        "resource": booking.resource,
        "applicant": booking.applicant,
        "start": booking.start.isoformat(timespec="minutes"),
        "end": booking.end.isoformat(timespec="minutes"),
        "people": booking.entry["people"] if isinstance(booking.entry["people"], int) else None,
        "purpose": booking.entry.text("purpose"),
        "state": booking.state,
        "decided": {name: str(decided[name]) if name in decided else None for name in ("by", "on", "reason")},
        "file": booking.entry.file,
        "path": f"bookings.{booking.entry.id}",
    }
