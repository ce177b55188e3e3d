"""不是提供方作的决定
A booking decided by someone else than the provider.

Why:
    资源归提供方授权。别的学校批准的预约，提供方可能根本不知道，到时候就会冲突。

    It is the provider who grants its resource. What another school granted the provider may not even know of.

Wrong:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05 10:00, end: 2025-03-05 12:00, state: granted, decided: {by: 乙校}}

Right:
    schools:
      甲校: {stages: junior}
      乙校: {stages: junior}
    resources:
      物理实验室: {provider: 甲校, type: facility, capacity: 1}
    bookings:
      乙校预约: {resource: 物理实验室, applicant: 乙校, start: 2025-03-05 10:00, end: 2025-03-05 12:00, state: granted, decided: {by: 甲校}}

Mend:
    由提供方重新决定，decided.by 写提供方；资源已转给别的学校的，改资源的 provider。

    Let the provider decide and name it in `decided.by`; where the resource changed hands, change its `provider`.
"""  # noqa: E501  a booking on one line is how people write it

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.bookings import bookings
from xqctl.messages import msg
from xqctl.registry import Rule
from xqctl.sharing import deciders

RULE = Rule("XQB003", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Every decision that names who took it."""
    for booking in bookings(district):
        decided = booking.entry.mapping("decided").get("by")
        resource = district.get("resources", booking.resource)
        provider = resource.text("provider") if resource is not None else None
        if resource is None or provider is None or not isinstance(decided, str) or not district.party(decided):
            continue
        if decided not in deciders(district, resource, booking.start.date()):
            message = msg(
                "{by} decided on {resource}, which {provider} provides",
                by=decided,
                resource=resource.id,
                provider=provider,
            )
            told = Related(resource.route("provider"), msg("its provider"))
            yield Problem(booking.entry.route("decided", "by"), message, msg("let the provider decide"), (told,))
