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
from datetime import date

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.bookings import bookings
from xqctl.kinds.units import units
from xqctl.messages import msg
from xqctl.network import inside, units_of, wholes
from xqctl.registry import Rule

RULE = Rule("XQB002", Severity.WARNING)

_KINDS = {"zone": "zones", "group": "groups", "alliance": "alliances"}


def check(district: District) -> Iterator[Problem]:
    """Bookings of resources that say to whom they are open; what is refused or cancelled does no harm."""
    for booking in bookings(district):
        resource = district.get("resources", booking.resource)
        if resource is None or booking.state in ("refused", "cancelled") or _is_open_to_all(resource):
            continue
        day = booking.start.date()
        if district.party(booking.applicant) and not _is_within(district, resource, booking.applicant, day):
            message = msg("{resource} is not open to {applicant}", resource=resource.id, applicant=booking.applicant)
            field = "open_to" if resource["open_to"] is not None else "open_within"
            circle = Related(resource.route(field), msg("open to these"))
            yield Problem(
                booking.entry.route("applicant"), message, msg("add it to `open_to`, or refuse the booking"), (circle,)
            )


def _is_open_to_all(resource: Entry) -> bool:
    return resource["open_to"] is None and resource["open_within"] is None


def _is_within(district: District, resource: Entry, applicant: str, day: date) -> bool:
    """Whether an applicant is the provider, is named, or is a member of a unit that is named or shared."""
    provider = resource.text("provider") or ""
    kinds = {_KINDS[each] for each in resource.texts("open_within")}
    shared = {unit.id for unit, _ in units_of(district, provider.partition("/")[0], day) if unit.kind in kinds}
    circle = {provider, *resource.texts("open_to"), *shared}
    school = applicant.partition("/")[0]
    if {applicant, school} & circle:
        return True
    mine = {unit.id for party in (applicant, school) for unit, _ in units_of(district, party, day)}
    known = units(district)
    around = {outer.id for id_ in mine if id_ in known for outer in wholes(district, known[id_])}
    return bool((mine | around) & circle) or bool({applicant, _home(district, school)} & _all_in(district, circle, day))


def _home(district: District, party: str) -> str:
    """The district a school or organisation belongs to: the declarer, where nothing is said."""
    found = district.party(party)
    return (found.text("district") if found is not None else None) or district.name


def _all_in(district: District, circle: set[str], day: date) -> set[str]:
    """Who is named, and the members of the units that are: organisations and districts are members too."""
    known = units(district)
    return circle | {m.party for id_ in circle if id_ in known for m in inside(district, known[id_], day)}
