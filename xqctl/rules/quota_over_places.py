"""分配的名额多于计划数
More places allotted than there are.

Why:
    示范高中的名额分到各初中，合计不会超过当年招生计划。超过了，名额分配的比例会大于100%，录取时也兑现不了。

    The places of a senior school that are allotted to junior schools cannot exceed all it admits to that year; else the
    quota share is over 100 % and cannot be kept.

Wrong:
    schools: {甲高中: {stages: senior}, 乙中学: {stages: junior}, 丙中学: {stages: junior}}
    quotas:
      甲高中2019: {year: 2019, of: 甲高中, places: 100, allotted: {乙中学: 60, 丙中学: 50}}

Right:
    schools: {甲高中: {stages: senior}, 乙中学: {stages: junior}, 丙中学: {stages: junior}}
    quotas:
      甲高中2019: {year: 2019, of: 甲高中, places: 300, allotted: {乙中学: 60, 丙中学: 50}}

Mend:
    核对各初中的名额和招生计划总数（places 是全部计划，不只是分配的部分）。

    Check the places of each junior school and the total: `places` is all the school admits to, not only
    what is allotted.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.admissions import quotas
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQA001", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Quotas whose allotted places add up to more than the places."""
    for quota in quotas(district):
        allotted = sum(quota.allotted.values())
        if quota.places is None or allotted <= quota.places:
            continue
        yield Problem(
            quota.entry.route("allotted", part="key"),
            msg(
                "{school} allots {allotted} places to {schools} schools and has {places} in {year}",
                school=quota.school,
                allotted=allotted,
                schools=len(quota.allotted),
                places=quota.places,
                year=quota.entry["year"],
            ),
            msg("check the places of each school, and that `places` is everything it admits to"),
            (Related(quota.entry.route("places"), msg("all places")),),
        )
