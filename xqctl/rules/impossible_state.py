"""不可能的预约状态
A booking in a state it cannot be in.

Why:
    批准、拒绝要有人决定；还在申请的不会已有决定；还没开始用的不会已归还。状态和记录对不上，排期和使用率都会算错。

    Granted and refused mean that somebody decided; what is only requested has no decision yet; what has not begun
    cannot have been returned. Calendars and use rates go wrong on such records.

Wrong:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05 10:00, end: 2025-03-05 12:00, state: granted}

Right:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05 10:00, end: 2025-03-05 12:00, state: granted, decided: {by: 甲校}}

Mend:
    补上 decided（by 写提供方，on 写日期），或者把 state 改成实际的状态。

    Add `decided` (`by` the provider, `on` the day), or write the state it is really in.
"""  # noqa: E501  a booking on one line is how people write it

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.kinds.bookings import Booking, bookings
from xqctl.messages import Message, msg
from xqctl.registry import Rule

RULE = Rule("XQB004", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Holds each state against the decision, and against today: a record is never of a day to come."""
    for booking in bookings(district):
        wrong = _wrong(district, booking)
        if wrong is not None:
            yield Problem(booking.entry.route("state"), wrong, msg("add what is lacking, or write the state it is in"))


def _wrong(district: District, booking: Booking) -> Message | None:
    decided = booking.entry.mapping("decided")
    match booking.state:
        case "granted" | "refused" | "returned" if "by" not in decided:
            return msg("{booking} is {state}, and nobody decided it", booking=booking.entry.id, state=booking.state)
        case "requested" if decided:
            return msg("{booking} is only requested, and yet decided", booking=booking.entry.id)
        case "returned" if booking.start.date() > district.today:
            day = f"{booking.start:%Y-%m-%d}"
            return msg("{booking} is returned, and begins only on {day}", booking=booking.entry.id, day=day)
        case _:
            return None
