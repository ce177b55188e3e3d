"""列支的资金当时没有
A subsidy charged to a fund that is not there then.

Why:
    规则写明从这笔资金列支，而资金在规则生效的日子还没有设立、已经停止，或者没有写金额，钱无处可出。

    The rule is paid from this fund, and on the day the fund has not begun, has ended or has no amount: the money
    comes from nowhere.

Wrong:
    district: {name: 某区, level: district, as_of: 2019-11-02, registers: {zones: complete}}
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
    funds:
      专项: {amount: 800万元, per: year, until: 2018}
    subsidies:
      学区奖励: {amount: 15万元, each: zone, per: year, from: 专项}

Right:
    district: {name: 某区, level: district, as_of: 2019-11-02, registers: {zones: complete}}
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
    funds:
      专项: {amount: 800万元, per: year}
    subsidies:
      学区奖励: {amount: 15万元, each: zone, per: year, from: 专项}

Mend:
    改成当时在用的资金，补上资金的 amount，或者给规则写上 until。

    Name the fund that was in use, give the fund its `amount`, or end the rule with `until`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.money import available, commitments, day_of
from xqctl.registry import Rule

RULE = Rule("XQF003", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Every rule in force in the district's own year that names a fund which is declared."""
    year = district.as_of.year
    for commitment in commitments(district, year):
        fund = district.get("funds", commitment.fund) if commitment.fund is not None else None
        if fund is None or available(district, fund, year, day_of(district, year)) is not None:
            continue
        message = msg(
            "{subsidy} is paid from {fund}, which holds nothing in {year}",
            subsidy=commitment.subsidy.id,
            fund=fund.id,
            year=year,
        )
        told = Related(fund.route(), msg("the fund"))
        yield Problem(
            commitment.subsidy.route("from"), message, msg("name another fund, or complete this one"), (told,)
        )
