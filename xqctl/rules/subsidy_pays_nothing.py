"""什么也不发的补助规则
A subsidy that pays nothing.

Why:
    规则没有写金额，或者当日没有任何对象符合条件，按它一分钱也发不出去；多半是条件写窄了，或者漏了金额。

    The rule has no amount, or nothing passes its condition on the day: it pays nobody. Most likely the condition is
    too narrow, or the amount was forgotten.

Wrong:
    district: {name: 某区, level: district, registers: {groups: complete}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    groups:
      东集团: {form: merged, members: {甲校: lead, 乙校: branch}}
    funds:
      专项: {amount: 800万元, per: year}
    subsidies:
      托管经费: {amount: 60万元, each: group, where: 'form == "entrusted"', per: year, from: 专项}

Right:
    district: {name: 某区, level: district, registers: {groups: complete}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    groups:
      东集团: {form: entrusted, members: {甲校: lead, 乙校: branch}}
    funds:
      专项: {amount: 800万元, per: year}
    subsidies:
      托管经费: {amount: 60万元, each: group, where: 'form == "entrusted"', per: year, from: 专项}

Mend:
    补上 amount，或者放宽 where；规则已经停用的，写上 until。

    Add `amount`, or widen `where`; a rule that has ended gets an `until`.
"""

from collections.abc import Iterator

from xqctl.conditions import condition
from xqctl.district import District
from xqctl.expressions import Compiled
from xqctl.findings import Problem, Severity
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.money import Commitment, commitments
from xqctl.registry import Rule

RULE = Rule("XQF002", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Every rule in force in the district's own year; one on an incomplete register may yet find somebody."""
    for commitment in commitments(district, district.as_of.year):
        entry = commitment.subsidy
        if entry["amount"] is None:
            yield Problem(
                entry.route(), msg("the subsidy {subsidy} has no amount", subsidy=entry.id), msg("add `amount`")
            )
        elif commitment.whole and district.whole and _is_nobody(commitment):
            message = msg(
                "no {each} gets the subsidy {subsidy} on {day}",
                each=label("subsidies.each", commitment.each),
                subsidy=entry.id,
                day=district.as_of,
            )
            place = entry.route("where") if entry["where"] is not None else entry.route("each")
            yield Problem(place, message, msg("widen the condition, or end the rule with `until`"))


def _is_nobody(commitment: Commitment) -> bool:
    where = commitment.subsidy.text("where")
    if where is not None and not isinstance(condition(where, commitment.each), Compiled):
        return False  # that is another finding
    return commitment.units is not None and commitment.units.high == 0
