"""Knows bookings of shared resources: who wants what, from when until when, and how it was decided."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from xqctl.district import District, Entry, kept
from xqctl.quantities import parse_date

HOLDING = frozenset(("granted", "returned"))
"""The states in which a booking has, or had, the resource."""


@dataclass(frozen=True, slots=True)
class Booking:
    """One request for a resource; `start` and `end` are half-open, an end given as a day is the end of that day.

    `amount` is how many people it takes of the resource's capacity, 1 where it does not say.
    """

    entry: Entry
    resource: str
    applicant: str
    start: datetime
    end: datetime
    state: str
    amount: int

    @property
    def holds(self) -> bool:
        """Whether it has, or had, the resource."""
        return self.state in HOLDING


@kept
def bookings(district: District) -> tuple[Booking, ...]:
    """Every sound booking that no source denies, in the order of the files."""
    return tuple(
        booking
        for entry in district.all("bookings")
        if not entry.is_disputed and (booking := _booking(entry)) is not None
    )


def moment(value: object, *, is_end: bool = False) -> datetime | None:
    """A date, or a day with its time; a date is the first moment of its first day, as an end the last of its last."""
    if isinstance(value, str) and len(value) > len("2019-11-05"):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return None
    partial = parse_date(value)
    if partial is None:
        return None
    if not is_end:
        return datetime.combine(partial.first_day, time())
    last = partial.last_day
    return datetime.combine(last, time.max) if last == date.max else datetime.combine(last, time()) + timedelta(days=1)


def _booking(entry: Entry) -> Booking | None:
    start, end = moment(entry["start"]), moment(entry["end"], is_end=True)
    resource, applicant, people = entry.text("resource"), entry.text("applicant"), entry["people"]
    if start is None or end is None or resource is None or applicant is None:
        return None
    amount = people if isinstance(people, int) and not isinstance(people, bool) else 1
    return Booking(entry, resource, applicant, start, end, entry.text("state") or "", amount)
