"""Knows what the verbs of `share` that settle a booking have in common: a decision, or an end without one."""

from collections.abc import Callable
from datetime import date

import click

from xqctl.commands._desk import Note, day_of, decision, desk_options, write_down
from xqctl.commands._operands import day
from xqctl.commands._share import booking_called, path_argument
from xqctl.commands._verb import Argument, Option, options
from xqctl.desk import refusal
from xqctl.district import District
from xqctl.folder import Folder
from xqctl.messages import msg
from xqctl.page import Page
from xqctl.terminal import Fault, Terminal


def decides_as(state: str, verb: str) -> Callable[..., Page]:
    """The answer of a verb by which the provider brings a booking to a state."""

    def answer(  # noqa: PLR0913  one for each option
        terminal: Terminal,
        *,
        booking: str,
        path: str,
        as_of: date | None,
        today: date | None,
        by: str | None,
        on: date | None,
        reason: str | None,
    ) -> Page:
        now = day_of(today)

        def wanted(_folder: Folder, district: District) -> tuple[Note, ...]:
            entry, fields = decision(district, booking, state, by, (on or now).isoformat(), reason)
            return (Note(entry.file, entry.id, fields),)

        return write_down(f"share {verb}", terminal, path, as_of, now, wanted)

    return answer


def deciding_options(*, needs_reason: bool) -> list[click.Parameter]:
    """The options of such a verb."""
    why = msg("why; say what would suit instead") if needs_reason else msg("why")
    return options(
        Argument(["booking"], msg("the booking's id"), metavar="BOOKING"),
        path_argument(),
        Option(["--by"], msg("who decides; else the provider"), metavar="PARTY"),
        Option(["--on"], msg("the day of the decision; else today"), type=day("--on"), metavar="DATE"),
        Option(["--reason"], why, required=needs_reason, metavar="TEXT"),
        *desk_options(),
    )


def ends_as(state: str, verb: str) -> Callable[..., Page]:
    """The answer of a verb that brings a booking to a state nobody decides on."""

    def answer(terminal: Terminal, *, booking: str, path: str, as_of: date | None, today: date | None) -> Page:
        def wanted(_folder: Folder, district: District) -> tuple[Note, ...]:
            entry = booking_called(district, booking)
            conflict = refusal(entry, state)
            if conflict is not None:
                raise Fault(conflict, 1)
            return (Note(entry.file, entry.id, {"state": state}),)

        return write_down(f"share {verb}", terminal, path, as_of, day_of(today), wanted)

    return answer


def ending_options() -> list[click.Parameter]:
    """The options of such a verb."""
    return options(Argument(["booking"], msg("the booking's id"), metavar="BOOKING"), path_argument(), *desk_options())
