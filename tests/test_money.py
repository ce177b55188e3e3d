"""Money: what rules pay, under which fund, year by year; ranges where counts are ranges."""

from datetime import date
from decimal import Decimal

import pytest
from worlds import EXAMPLES, Data, data, district, opened, patched

from xqctl.assess import assess
from xqctl.bounds import Bound, holds
from xqctl.derivation import spelled_money
from xqctl.money import Balance, Commitment, balances, requests, spent
from xqctl.quantities import Quantity, parse, show

WORLD = """
district: {name: 某区, level: district, as_of: 2020-06-01,
           registers: {schools: complete, zones: complete, groups: complete, alliances: complete,
                       statistics: {2019-2020: complete, 2018-2019: complete}}}
schools:
  甲小: {stages: primary, setting: rural}
  乙小: {stages: primary}
  丁中: {stages: junior, setting: rural}
statistics:
  2019-2020:
    甲小: {students: 100, full_time_teachers: 10}
    乙小: {students: 300, full_time_teachers: 20}
    丁中: {students: 200, full_time_teachers: 15}
zones:
  东片: {members: {甲小: lead}, since: 2018}
  西片: {members: {乙小: lead}, since: 2019-03}
groups:
  一集团: {form: merged, members: {甲小: lead, 乙小: branch, 丁中: branch}, since: 2018}
funds:
  专项: {amount: {2018: 100万元, 2020: 120万元}, per: year, since: 2018}
subsidies:
  学区奖励: {amount: 15万元, each: zone, per: year, from: 专项, since: 2018}
"""


def money(patch: Data | None = None, year: int = 2020, day: date | None = None) -> dict[str, Balance]:
    """Balances of a year by fund; 合计 is all together."""
    world = district(patched(data(WORLD), patch or {}), day=day)
    return {balance.fund.id if balance.fund is not None else "合计": balance for balance in balances(world, year)}


def paid(each: str, patch: Data | None = None, **rule: object) -> Commitment:
    """What one rule, added to the world, pays in 2020."""
    added = {"subsidies": {"学区奖励": None, "新规则": {"amount": "1万元", "each": each, "per": "year", **rule}}}
    (found,) = money(patched(added, patch or {}))["合计"].commitments
    return found


def test_a_rule_is_charged_to_its_fund() -> None:
    """2 zones × 15万元 = 30万元 of 120万元: 90万元 are left."""
    found = money()
    assert {name: show(balance.committed) for name, balance in found.items()} == {"专项": "30万元", "合计": "30万元"}
    assert [show(balance.gap) for balance in found.values() if balance.gap is not None] == ["-90万元", "-90万元"]


def test_every_year_is_seen_as_it_was() -> None:
    """2018: one zone, 100万元; 2019: two, 100万元; before 2018 neither rule nor fund."""
    for year, committed, available in (
        (2018, "15万元", "100万元"),
        (2019, "30万元", "100万元"),
        (2020, "30万元", "120万元"),
    ):
        balance = money(year=year)["专项"]
        assert (show(balance.committed), show(balance.available or parse("0元") or balance.committed)) == (
            committed,
            available,
        )
    assert money(year=2017) == {}


@pytest.mark.parametrize(
    ("each", "rule", "units"),
    [
        ("zone", {}, "2"),
        ("group", {}, "1"),
        ("group", {"where": 'form == "entrusted"'}, "0"),
        ("branch", {}, "2"),
        ("branch", {"where": 'form == "merged"'}, "2"),
        ("branch", {"where": 'member.party == "乙小"'}, "1"),
        ("school", {}, "3"),
        ("school", {"stage": "primary"}, "2"),
        ("school", {"where": 'setting == "rural"'}, "2"),
        ("student", {}, "600"),
        ("student", {"stage": "primary"}, "400"),
        ("student", {"where": 'setting == "rural"'}, "300"),
        ("teacher", {}, "45"),
        ("teacher", {"stage": "junior"}, "15"),
        ("district", {}, "1"),
    ],
)
def test_what_a_rule_pays_for(each: str, rule: Data, units: str) -> None:
    found = paid(each, **rule)
    assert found.units is not None
    assert show(found.units) == units
    assert found.amount == (parse("1万元") or found.units).times(found.units)
    assert found.whole


def test_a_declared_range_of_branches_gives_a_range_of_money() -> None:
    found = paid(
        "branch", {"groups": {"一集团": {"members": {"乙小": None, "丁中": None}, "declared": {"branch": "8..16"}}}}
    )
    assert found.amount is not None
    assert show(found.amount) == "8..16万元"


def test_what_is_paid_once_falls_due_in_the_year_it_begins() -> None:
    once = {"subsidies": {"开办": {"amount": "50万元", "each": "group", "per": "once", "since": "2019-09"}}}
    assert show(money(once, 2019)["合计"].committed) == "80万元"
    assert show(money(once, 2020)["合计"].committed) == "30万元"


def test_without_numbers_the_sum_is_only_a_low_end() -> None:
    per_pupil = {"subsidies": {"公用经费": {"amount": "600元", "each": "student", "per": "year"}}}
    partial = {"statistics": {"2019-2020": {"丁中": None}}, **per_pupil}
    balance = money(partial)["合计"]
    assert not balance.is_whole
    rows = [row for each in money(partial).values() for row in spelled_money(each)]
    assert rows[-1]["committed"] == {"low": "300000", "high": None}
    assert rows[-1]["gap"] == {"low": "-900000", "high": None}
    (unknown,) = (each for each in balance.commitments if each.subsidy.id == "公用经费")
    assert unknown.amount is None
    assert unknown.lacking == ("丁中",)


def test_a_register_that_is_not_complete_gives_at_least_so_much() -> None:
    partial = {"district": {"registers": {"zones": "partial"}}}
    (found,) = money(partial)["专项"].commitments
    assert not found.whole
    first = next(spelled_money(money(partial)["专项"]))
    assert first["committed"] == {"low": "300000", "high": None}


def test_a_fund_without_an_amount_holds_what_was_granted() -> None:
    patch = {
        "funds": {"专项": {"amount": None}},
        "requests": {"申请": {"year": 2020, "to": "区财政", "asked": "100万元", "granted": "20万元", "into": "专项"}},
    }
    balance = money(patch)["专项"]
    assert balance.available == parse("20万元")
    assert balance.gap == parse("10万元"), "30万元 of 20万元"


def test_denied_rules_and_funds_are_not_counted() -> None:
    assert money({"subsidies": {"学区奖励": {"disputed": "文件没有这一条"}}})["合计"].commitments == ()
    assert "专项" not in money({"funds": {"专项": {"disputed": "查无此项"}}})


def test_outlays_add_up() -> None:
    outlays = {
        "outlays": {
            "设备": {"amount": "3万元", "per": "once", "since": "2020-02"},
            "租金": {"amount": "2万元", "per": "year"},
        }
    }
    world = district(patched(data(WORLD), outlays))
    assert show(spent(world, 2020)) == "5万元"
    assert show(spent(world, 2019)) == "2万元"


# --- Chongming 2019, by hand: 4 entrusted groups × 60 = 240, 8..16 branches × 10 = 80..160, 6 zones × 15 = 90


def _chongming(year: int = 2019) -> dict[str, Balance]:
    found = balances(opened(EXAMPLES / "chongming"), year)
    return {balance.fund.id if balance.fund is not None else "合计": balance for balance in found}


def test_what_chongming_promised_in_2019() -> None:
    whole = _chongming()["合计"]
    paid_by = {each.subsidy.id: show(each.amount) for each in whole.commitments if each.amount is not None}
    assert paid_by == {"跨区集团托管经费": "240万元", "分校区办公经费": "80..160万元", "学区奖励": "90万元"}
    assert whole.is_whole
    assert whole.committed == Quantity(Decimal(4_100_000), Decimal(4_900_000), whole.committed.unit)
    assert whole.available == parse("160万元")
    assert whole.gap == parse("250..330万元")


def test_a_range_is_judged_as_one() -> None:
    gap = _chongming()["合计"].gap
    assert gap is not None
    for most, state in (("330万元", True), ("249万元", False), ("300万元", None)):
        bound = parse(most)
        assert bound is not None
        assert holds(gap, Bound("at_most", bound, most)) is state


def test_no_document_says_which_fund_pays_in_chongming() -> None:
    found = _chongming()
    assert {name for name, balance in found.items() if balance.commitments} == {"合计"}
    assert {show(found[name].available or found[name].committed) for name in found if name != "合计"} == {"80万元"}


def test_what_chongming_asked_for_and_got() -> None:
    """80 of 660 in 2018, 80 of 780 in 2019."""
    asked = {
        each.year: (show(each.asked), show(each.granted or each.asked))
        for each in requests(opened(EXAMPLES / "chongming"))
    }
    assert asked == {"2018": ("660万元", "80万元"), "2019": ("780万元", "80万元")}


def test_the_money_of_the_demo() -> None:
    """60 + 120 + 60 + 10 + 40 + 30 = 320 of 360; 175 × 6000元 = 105 of 120; 1314 × 100元 = 13.14 of no named fund."""
    found = {b.fund.id if b.fund is not None else "合计": b for b in assess(opened(EXAMPLES / "demo")).money}
    assert show(found["学区集团联盟专项"].committed) == "320万元"
    assert show(found["乡村教师专项"].committed) == "105万元"
    assert show(found["合计"].committed) == "438.14万元"
