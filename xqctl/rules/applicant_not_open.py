"""不在开放范围内的申请方
An applicant the resource is not open to.

Why:
    资源写明了向谁开放，申请方不在其中，批准了也是越权；要么开放范围漏了它，要么申请登记错了。

    The resource says to whom it is open, and the applicant is not among them: either the circle forgot somebody, or
    the request names the wrong school or resource.

Wrong:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
      丙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1, open_to: 乙校}
    bookings:
      丙校预约: {resource: 物理实验室, applicant: 丙校, start: 2025-03-05, end: 2025-03-05, state: requested}

Right:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
      丙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1, open_to: [乙校, 丙校]}
    bookings:
      丙校预约: {resource: 物理实验室, applicant: 丙校, start: 2025-03-05, end: 2025-03-05, state: requested}

Mend:
    把申请方加进资源的 open_to（可以写整个学区或集团），或者改正预约。

    Add the applicant to the resource's `open_to` (a whole zone or group may stand there), or correct the booking.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.bookings import bookings
from xqctl.messages import msg
from xqctl.registry import Rule
from xqctl.sharing import is_open_to

RULE = Rule("XQB002", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Bookings of resources that say to whom they are open; what is refused or cancelled does no harm."""
    for booking in bookings(district):
        resource = district.get("resources", booking.resource)
        if resource is None or booking.state in ("refused", "cancelled") or not district.party(booking.applicant):
            continue
        if not is_open_to(district, resource, booking.applicant, booking.start.date()):
            message = msg("{resource} is not open to {applicant}", resource=resource.id, applicant=booking.applicant)
            field = "open_to" if resource["open_to"] is not None else "open_within"
            circle = Related(resource.route(field), msg("open to these"))
            yield Problem(
                booking.entry.route("applicant"), message, msg("add it to `open_to`, or refuse the booking"), (circle,)
            )
