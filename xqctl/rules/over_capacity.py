"""超出容量的预约
A resource booked beyond its capacity.

Why:
    同一时刻批准的预约加起来超过了资源的容量，到时候一定有一方用不上。

    At one moment more bookings are granted than the resource holds: on the day somebody will stand before a closed
    door.

Wrong:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
      丙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05 09:00, end: 2025-03-05 11:00, state: granted, decided: {by: 甲校}}
      丙校预约: {resource: 物理实验室, applicant: 丙校, start: 2025-03-05 10:00, end: 2025-03-05 12:00, state: granted, decided: {by: 甲校}}

Right:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
      丙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05 09:00, end: 2025-03-05 10:00, state: granted, decided: {by: 甲校}}
      丙校预约: {resource: 物理实验室, applicant: 丙校, start: 2025-03-05 10:00, end: 2025-03-05 12:00, state: granted, decided: {by: 甲校}}

Mend:
    改其中一条的时间，或者改为 refused、cancelled；容量写错了的，改资源的 capacity。

    Move one of them, refuse or cancel it; where the capacity is wrong, correct the resource.
"""  # noqa: E501  a booking on one line is how people write it

from collections.abc import Iterator
from itertools import groupby

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.bookings import Booking, bookings
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQB001", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Every granted booking that begins while the others already fill the resource too far for it."""
    held = sorted((b for b in bookings(district) if b.holds), key=lambda b: (b.resource, b.start, b.entry.id))
    for resource, mine in groupby(held, key=lambda booking: booking.resource):
        entry = district.get("resources", resource)
        capacity = entry["capacity"] if entry is not None else None
        if isinstance(capacity, int):
            yield from _over(resource, capacity, mine)


def _over(resource: str, capacity: int, mine: Iterator[Booking]) -> Iterator[Problem]:
    now: list[Booking] = []
    for booking in mine:
        now = [other for other in now if other.end > booking.start]
        taken = booking.amount + sum(other.amount for other in now)
        if taken > capacity:
            message = msg(
                "{resource} holds {capacity} and is granted to {taken} at {moment}",
                resource=resource,
                capacity=capacity,
                taken=taken,
                moment=f"{booking.start:%Y-%m-%d %H:%M}",
            )
            others = tuple(Related(o.entry.route(), msg("granted for the same time")) for o in now)
            yield Problem(booking.entry.route(), message, msg("move one of them, or refuse it"), others)
        now.append(booking)
