"""Knows the desk of shared resources: what may become of a request, and what stands against writing it down."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from xqctl import load, rules
from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.findings import Finding, Severity
from xqctl.folder import Document, Folder, document_of
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.place import dotted

FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "granted": ("requested",),
    "refused": ("requested",),
    "cancelled": ("requested", "granted"),
    "returned": ("granted",),
}
"""From which states a booking may come to a state."""

_ASKING = ("requested", "granted")
_TAKES_NOTHING = ("requested", "refused", "cancelled")


def new_id(district: District, resource: str, applicant: str, start: str) -> str:
    """An id nobody has: resource, applicant and day; a number behind it where that is taken."""
    wanted = f"{resource}—{applicant.replace('/', '—')}{start[:10].replace('-', '')}"
    taken = {entry.id for entry in district.declared("bookings")}
    numbers = (f"{wanted}—{number}" for number in range(2, len(taken) + 3))
    return next(id_ for id_ in (wanted, *numbers) if id_ not in taken)


def file_for(folder: Folder, district: District, resource: Entry) -> str:
    """The file a new booking goes to: where the last of this resource stands, else of any, else beside the resource."""
    every = [entry for entry in district.all("bookings") if entry.file]
    mine = [entry for entry in every if entry.text("resource") == resource.id]
    holding = [document.file for document in folder.documents if _holds_bookings(document)]
    return (mine or every)[-1].file if every else holding[0] if holding else resource.file


def _holds_bookings(document: Document) -> bool:
    return isinstance(document.data, dict) and "bookings" in document.data


def objections(folder: Folder, after: Folder, id_: str, as_of: date | None, today: date) -> tuple[Finding, ...]:
    """What stands against a change of one booking: an error that is new, or any warning or error of its own.

    Of a booking that only comes to its end, what was wrong with it before does not stand against that.
    """
    found = [f for f in rules.findings(after, as_of, today) if f.suppressed is None]
    own = [f for f in found if f.path[:2] == ("bookings", id_) and f.severity is not Severity.INFO]
    against = [f for f in found if f.severity is Severity.ERROR or f in own]
    if not against:
        return ()
    known = {_told(f) for f in rules.findings(folder, as_of, today)}
    asks = _state(after, id_) in _ASKING
    return tuple(f for f in against if (asks and f in own) or _told(f) not in known)


def illegible(district: District, resource: str) -> tuple[str, ...]:
    """The bookings that may hold a resource, and cannot be read."""
    return tuple(
        entry.id
        for entry in district.declared("bookings")
        if not entry.sound and entry["resource"] == resource and entry["state"] not in _TAKES_NOTHING
    )


def _state(folder: Folder, id_: str) -> Data:
    for document in folder.documents:
        held = document.data.get("bookings") if isinstance(document.data, dict) else None
        booking = held.get(id_) if isinstance(held, dict) else None
        if isinstance(booking, dict):
            return booking.get("state")
    return None


def _told(finding: Finding) -> tuple[str, str, Message]:
    """A finding wherever its line has moved to."""
    return finding.code, dotted(finding.path), finding.message


def written(folder: Folder, file: str, id_: str, fields: Mapping[str, Data]) -> tuple[Folder, bytes]:
    """The folder as it would be with these fields of one booking, and the new content of the file it stands in.

    Raises `CannotEdit` where the file cannot be changed without changing more than that.
    """
    from xqctl.edit.patches import Put, patched

    budgets = load.limits(folder)
    edits = [Put(("bookings", id_, name), value) for name, value in fields.items()]
    raw = patched(folder.files.get(file, b""), edits, budgets)
    new = document_of(file, raw, budgets)
    documents = tuple(new if each.file == file else each for each in folder.documents)
    return replace(folder, documents=documents, _places={}), raw


def refusal(booking: Entry, state: str) -> Message | None:
    """Why a booking cannot come to a state, None where it can."""
    now = booking.text("state") or ""
    if now in FOLLOWS[state]:
        return None
    return msg(
        "{booking} is {now}; only what is {before} can be {state}",
        booking=booking.id,
        now=label("bookings.state", now),
        before=tuple(label("bookings.state", each) for each in FOLLOWS[state]),
        state=label("bookings.state", state),
    )
