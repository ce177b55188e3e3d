"""Knows what the verbs of `share` have in common: the district they work on, moments, how a booking is told."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

import click

from xqctl.commands._operands import STDIN, built, folders
from xqctl.commands._verb import Argument, Option, WrongCall, unknown
from xqctl.district import District, Entry
from xqctl.folder import Folder
from xqctl.kinds.bookings import Booking, moment
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.page import Run, Tone
from xqctl.terminal import Terminal

TONES: Mapping[str, Tone] = {
    "requested": Tone.WARN,
    "granted": Tone.GOOD,
    "refused": Tone.BAD,
    "cancelled": Tone.MUTED,
    "returned": Tone.MUTED,
}


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
        if not value[:4].isdigit() or len(value) < len("2024-11-06") or moment(value, is_end=is_end) is None:
            raise WrongCall(
                msg("{option} is {value}; write a day, or a day and a time like 2024-11-06 13:30", option=option,
                    value=value)
            )  # fmt: skip
        return value

    return read


def one_district(path: str, terminal: Terminal, as_of: date | None, today: date) -> tuple[Folder, District]:
    """The one district at a path, as its files are now."""
    if path == STDIN:
        raise WrongCall(msg("a booking is written into files: give the district's folder"))
    found = list(folders([path], None, terminal, as_of, today))
    if len(found) != 1:
        raise WrongCall(msg("{path} holds {count} districts; give one of them", path=path, count=len(found)))
    return found[0], built(found[0], as_of, today)


def resource_called(district: District, name: str) -> Entry:
    """The resource of that id."""
    entry = district.get("resources", name)
    if entry is None:
        raise unknown(msg("resource"), name, (each.id for each in district.all("resources")))
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
