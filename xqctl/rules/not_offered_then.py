"""当时不提供的资源
A resource that is not offered at the time it is booked for.

Why:
    资源写明了从何时起、到何时止提供，预约的时间却不在其中：到时候没有东西可用，占用的统计也会算错。

    The resource says from when until when it is offered, and the booking lies outside that: there will be nothing to
    use, and what is counted as use never was.

Wrong:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1, until: 2024-09-01}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05, end: 2025-03-05, state: requested}

Right:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1, until: 2025-09-01}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05, end: 2025-03-05, state: requested}

Mend:
    改预约的时间，或者拒绝、取消它；资源还在提供的，改它的 since、until。

    Move the booking, refuse or cancel it; where the resource is offered after all, correct its `since` or `until`.
"""

from collections.abc import Iterator
from datetime import datetime, time

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.bookings import Booking, bookings
from xqctl.messages import Message, msg
from xqctl.registry import Rule

RULE = Rule("XQB005", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Bookings that begin before their resource is offered, or end after it is; what came to nothing does no harm."""
    for booking in bookings(district):
        resource = district.get("resources", booking.resource)
        if resource is None or booking.state in ("refused", "cancelled"):
            continue
        found = _outside(booking, resource)
        if found is not None:
            field, message = found
            told = Related(resource.route(field), msg("it says so here"))
            help_ = msg("move the booking, or refuse it")
            yield Problem(booking.entry.route(_TOLD_AT[field]), message, help_, (told,))


_TOLD_AT = {"since": "start", "until": "end"}


def _outside(booking: Booking, resource: Entry) -> tuple[str, Message] | None:
    """Which end of a resource's life a booking lies beyond, and how that is said."""
    life = resource.life
    if life.start is not None and booking.start < datetime.combine(life.start, time()):
        return "since", msg("{resource} is offered only from {day} on", resource=resource.id, day=resource["since"])
    if life.end is not None and booking.end > datetime.combine(life.end, time()):
        return "until", msg("{resource} is offered only before {day}", resource=resource.id, day=resource["until"])
    return None
