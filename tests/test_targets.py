"""Targets: every bound, date, exception and waiver, held against stated and counted numbers."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import EXAMPLES, Data, data, district, opened, patched

from xqctl.assess import assess
from xqctl.bounds import Bound
from xqctl.derivation import remarks, verdict_blocks, written_bound, written_value
from xqctl.messages import say
from xqctl.page import Listing
from xqctl.quantities import Ratio, parse
from xqctl.targets import Target, Verdict, judge, targets

# One number that nobody counts, stated by a figure: 30% on 2019-09, or what a test puts there.
STATED = """
district: {name: 某区, level: district, as_of: 2020-06-01}
metrics: {某比例: {measured_in: ratio}}
figures: {某数: {metric: 某比例, value: 30%, on: 2019-09}}
"""
# Six schools, all registered: 3 of 5 compulsory ones in a zone.
COUNTED = """
district: {name: 某区, level: district, as_of: 2020-06-01,
           registers: {schools: complete, zones: complete, groups: complete, statistics: complete}}
schools:
  甲小: {stages: primary, built: 1998}
  乙小: {stages: primary, built: 2012}
  丙小: {stages: primary, ownership: private}
  丁中: {stages: junior}
  戊校: {stages: [primary, junior], built: 2005}
  己园: {stages: kindergarten}
zones:
  东片: {members: {甲小: lead, 丁中: member}}
  西片: {members: {乙小: lead, 己园: member}}
statistics:
  2019-2020:
    甲小: {students: 2300}
    乙小: {students: 2300}
    丙小: {students: 1999}
    丁中: {students: 2000}
    戊校: {primary: {students: 1500}, junior: {students: 1400}}
    己园: {students: 3000}
"""


def verdicts(world: str, target: Data, patch: Data | None = None, day: date | None = None) -> tuple[Verdict, ...]:
    """What a target of the name 目标 is told in a world."""
    whole = patched(data(world), {"targets": {"目标": target}})
    told = district(patched(whole, patch or {}), day=day)
    return tuple(v for v in assess(told).verdicts if v.target.id == "目标")


def states(world: str, target: Data, patch: Data | None = None, day: date | None = None) -> list[str]:
    return [verdict.state for verdict in verdicts(world, target, patch, day)]


def stated(**target: object) -> list[str]:
    return states(STATED, {"metric": "某比例", **target})


@pytest.mark.parametrize(
    ("bound", "state"),
    [
        ({"at_least": "30%"}, "met"),
        ({"at_least": "30.01%"}, "missed"),
        ({"at_least": "300‰"}, "met"),
        ({"at_most": "30%"}, "met"),
        ({"at_most": "29.99%"}, "missed"),
        ({"equals": "30%"}, "met"),
        ({"equals": "31%"}, "missed"),
        ({"between": "30..40%"}, "met"),
        ({"between": "20..30%"}, "met"),
        ({"between": "..29%"}, "missed"),
        ({"between": "31%.."}, "missed"),
        ({}, "unknown"),
    ],
)
def test_bounds_are_inclusive(bound: dict[str, str], state: str) -> None:
    assert stated(**bound) == [state]


def test_equal_to_the_bound_is_met_and_a_little_less_is_missed_and_shown_so() -> None:
    """45 % against 45 % is met; 7 490 / 25 000 = 29.96 % is missed, and never shown as 30.0 %."""
    world = {"figures": {"某数": {"metric": "某比例", "value": "45%", "on": 2019}}}
    assert states(STATED, {"metric": "某比例", "at_least": "45%"}, world) == ["met"]
    least = parse("30%")
    assert least is not None
    value = Ratio(parse(7490).exact, parse(25000).exact)  # type: ignore[union-attr, arg-type]
    assert written_value(value, "ratio", least) == "29.96%"
    close = Ratio(parse(299999).exact, parse(1000000).exact)  # type: ignore[union-attr, arg-type]
    assert written_value(close, "ratio", least) == "29.9999%"
    assert written_bound(Bound("at_least", least, "30%")) == "≥ 30%"


def test_a_bound_by_date_holds_from_its_day() -> None:
    """31 % from 2019, 30 % from 2020-05, 40 % from 2020-07, and nothing before: then it is still to come."""
    bound = {"metric": "某比例", "at_least": {"2019": "31%", "2020-05": {"value": "30%"}, "2020-07": "40%"}}
    figure = {"figures": {"某数": {"on": "2018"}}}
    for day, state in (
        ("2018-12-31", "pending"),
        ("2019-01-01", "missed"),
        ("2020-05-01", "met"),
        ("2020-07-01", "missed"),
    ):
        assert states(STATED, bound, figure, date.fromisoformat(day)) == [state], day


def test_a_deadline_is_pending_to_its_last_day() -> None:
    target = {"metric": "某比例", "at_least": "31%", "by": "2020-06"}
    assert states(STATED, target, day=date(2020, 6, 30)) == ["pending"]
    assert states(STATED, target, day=date(2020, 7, 1)) == ["missed"]
    assert stated(at_least="30%", by="2030") == ["met"], "what is reached before its day is met"
    unknown = {"figures": {"某数": None}}
    assert states(STATED, target, unknown) == ["pending"]
    assert states(STATED, target, unknown, date(2021, 1, 1)) == ["unknown"]


def test_a_target_lives_from_since_until_until() -> None:
    assert stated(at_least="31%", since="2020-06-02") == []
    assert stated(at_least="31%", until="2020-06-01") == []
    assert stated(at_least="31%", since="2020-06-01", until="2020-06-02") == ["missed"]
    assert stated(at_least="31%", disputed="另一文件不是这样说") == []


def test_exceptions_and_conditions() -> None:
    """Each zone has 2 members; the exception for 西片 is a range. 戊校 is nine-year and old: the first match wins."""
    size = {"metric": "unit_size", "each": "zone", "at_least": 3, "except": {"西片": "1..2"}}
    found = verdicts(COUNTED, size)
    assert {v.thing.id: (v.state, v.bound.kind if v.bound else None) for v in found} == {
        "东片": ("missed", "at_least"),
        "西片": ("met", "between"),
    }
    assert [say(said, "en") for v in found for said in remarks(v)] == ["西片 is an exception"]
    sizes = {
        "metric": "school_size",
        "stage": "compulsory",
        "each": "school",
        "at_most": 2000,
        "when": [{'"primary" in stages && "junior" in stages': 2900}, {'built < "2011"': 2400}],
    }
    found = verdicts(COUNTED, sizes)
    assert {v.thing.id: v.state for v in found} == {
        "甲小": "met",  # 2300 of 2400, built 1998
        "乙小": "missed",  # 2300 of 2000, built 2012
        "丙小": "met",
        "丁中": "met",  # 2000 of 2000; when it was built is not said
        "戊校": "met",  # 2900 of 2900
    }, "a kindergarten is no compulsory school"


def test_where_and_among_pick() -> None:
    share = {"metric": "zone_share", "stage": "compulsory", "at_least": "75%"}
    assert states(COUNTED, share) == ["missed"], "3 of 5"
    assert states(COUNTED, {**share, "among": 'ownership != "private"'}) == ["met"], "3 of 4"
    size = {"metric": "school_size", "each": "school", "at_most": 2500}
    assert [v.thing.id for v in verdicts(COUNTED, {**size, "where": 'built < "2000"'})] == ["甲小"]
    assert [v.thing.id for v in verdicts(COUNTED, {**size, "of": "己园", "each": None})] == ["己园"]
    assert states(COUNTED, {**size, "of": "己园", "each": None}) == ["missed"]


def test_what_is_not_there_is_unknown() -> None:
    assert states(COUNTED, {"metric": "branches_per_group", "each": "group", "at_least": 1}) == ["unknown"]
    assert states(COUNTED, {"metric": "没有的指标", "at_least": 1}) == ["unknown"]
    partial = {"district": {"registers": {"zones": "partial"}}}
    found = verdicts(COUNTED, {"metric": "unit_size", "each": "zone", "at_least": 1}, partial)
    assert [verdict.state for verdict in found][-1] == "unknown", "the zones that are not listed were not looked at"
    assert "only the listed were looked at" in say(found[-1].missing[0], "en")


def test_an_amount_in_the_wrong_unit_is_not_compared() -> None:
    found = verdicts(COUNTED, {"metric": "school_size", "each": "school", "at_most": "2000元"})
    assert {verdict.state for verdict in found} == {"unknown"}
    assert verdicts(COUNTED, {"metric": "zone_share", "at_least": 30})[0].state == "unknown"


def test_a_range_on_both_sides_of_a_bound_is_unknown() -> None:
    world = {"figures": {"某数": {"value": "20..40%"}}}
    target = {"metric": "某比例"}
    assert states(STATED, {**target, "at_least": "30%"}, world) == ["unknown"]
    assert states(STATED, {**target, "at_least": "20%"}, world) == ["met"]
    assert states(STATED, {**target, "at_most": "19%"}, world) == ["missed"]
    assert states(STATED, {**target, "between": "10..50%"}, world) == ["met"]


def test_an_average_is_the_districts_own_value() -> None:
    """东片 has one school of 2000 or fewer of its 2, 西片 none, the whole district 2 of 6."""
    of_zones = {"metric": "small_school_share", "each": "zone", "with": {"under": 2001}, "at_most": "average"}
    found = verdicts(COUNTED, of_zones)
    assert {v.thing.id: v.state for v in found} == {"东片": "missed", "西片": "met"}, "1/2 and 0/2 against 2/6"
    itself = verdicts(COUNTED, {"metric": "small_school_share", "at_most": "average"})
    assert itself[0].state == "unknown"
    assert "measure its parts" in say(itself[0].missing[0], "en")


def test_evidence_is_named() -> None:
    sources = {"sources": {"布局规划": {"title": "布局规划"}}}
    assert states(STATED, {"attested": True}) == ["unknown"]
    assert states(STATED, {"attested": "布局规划"}, sources) == ["met"]
    assert states(STATED, {"attested": True, "by": "2021"}) == ["pending"]
    assert states(STATED, {"attested": True, "by": "2019"}) == ["unknown"]


WAIVER = {"target": "目标", "reason": "新校在建", "approved_by": "局长办公会", "until": "2027"}


@pytest.mark.parametrize(
    ("waiver", "state"),
    [
        (WAIVER, "waived"),
        ({**WAIVER, "until": "2026-11-02"}, "waived"),
        ({**WAIVER, "until": "2026-11-01"}, "missed"),
        ({**WAIVER, "until": "2020"}, "missed"),
        ({**WAIVER, "since": "2020-06-02"}, "missed"),
        ({**WAIVER, "target": "别的目标"}, "missed"),
        ({**WAIVER, "of": "东片"}, "missed"),
    ],
)
def test_a_waiver_holds_until_its_end_whatever_day_is_looked_at(waiver: Data, state: str) -> None:
    """Today is 2026-11-01 in these tests, the day looked at is 2020-06-01."""
    found = verdicts(STATED, {"metric": "某比例", "at_least": "31%"}, {"waivers": {"豁免": waiver}})
    assert [verdict.state for verdict in found] == [state]
    assert (found[0].waiver is not None) == (state == "waived")


def test_a_waiver_does_not_touch_what_is_met() -> None:
    assert states(STATED, {"metric": "某比例", "at_least": "30%"}, {"waivers": {"豁免": WAIVER}}) == ["met"]


def test_a_standard_is_reported_beside_a_tighter_target_of_ones_own() -> None:
    """Own: backbone share of rotation ≥ 25 %; the standard of 2014 asks 20 %."""
    patch = {
        "district": {"adopts": {"交流轮岗2014": {"since": 2015, "attested": {"制度化": "文件"}}}},
        "sources": {"文件": {"title": "文件"}},
    }
    own = {"metric": "backbone_share_of_rotation", "stage": "compulsory", "at_least": "25%"}
    told = district(patched(patched(data(STATED), {"targets": {"目标": own}}), patch))
    found = assess(told).verdicts
    assert {v.target.id: v.state for v in found} == {
        "目标": "unknown",
        "交流轮岗2014/教师交流轮岗": "unknown",
        "交流轮岗2014/骨干教师交流轮岗": "unknown",
        "交流轮岗2014/制度化": "met",
    }
    said = [say(run.words, "en") for b in verdict_blocks(found) if isinstance(b, Listing) for i in b.items for run in i]
    assert "the bound is tighter than 交流轮岗2014/骨干教师交流轮岗: ≥ 20%" in said


def test_a_standard_is_in_force_from_when_it_was_adopted() -> None:
    adopts = {"district": {"adopts": {"消除大班额2016": {"since": 2020, "until": 2021}}}}
    for day, count in ((date(2019, 12, 31), 0), (date(2020, 1, 1), 2), (date(2021, 1, 1), 0)):
        assert len(list(targets(district(patched(data(STATED), adopts), day=day), day))) == count


def test_what_counts_towards_another_is_judged_only_when_asked() -> None:
    world = district(patched(data(COUNTED), {"district": {"adopts": {"优质均衡2017": {"since": 2018}}}}))
    every = list(targets(world, world.as_of))
    single = [each for each in every if each.entry["counts_towards"] is not None]
    assert len(single) == 14
    assert not {each.id for each in single} & {v.target.id for v in assess(world).verdicts}
    assert judge(world, single[0], world.as_of)


@settings(max_examples=15, deadline=None)
@given(st.permutations(["甲小", "乙小", "丙小", "丁中", "戊校", "己园"]), st.permutations(["东片", "西片"]))
def test_verdicts_do_not_depend_on_the_order_of_keys(schools: list[str], zones: list[str]) -> None:
    asked: Data = {
        "全部": {"metric": "zone_share", "stage": "compulsory", "at_least": "60%"},
        "规模": {"metric": "school_size", "each": "school", "at_most": 2000},
        "学区": {"metric": "unit_size", "each": "zone", "at_least": 2},
    }
    whole = {**data(COUNTED), "targets": asked}
    shuffled = {
        **whole,
        "schools": {name: whole["schools"][name] for name in schools},  # type: ignore[index]
        "zones": {name: whole["zones"][name] for name in zones},  # type: ignore[index]
    }
    told = [{(v.target.id, v.thing.id, v.state) for v in assess(district(each)).verdicts} for each in (whole, shuffled)]
    assert told[0] == told[1]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 4), st.integers(1, 4))
def test_one_more_school_in_a_zone_never_turns_met_into_missed(inside: int, more: int) -> None:
    def state(members: int) -> str:
        names = [f"校{number}" for number in range(8)]
        world = {
            "district": {
                "name": "某区",
                "level": "district",
                "as_of": 2020,
                "registers": dict.fromkeys(REST, "complete"),
            },
            "schools": {name: {"stages": "primary"} for name in names},
            "zones": {"东片": {"members": dict.fromkeys(names[:members], "member")}},
            "targets": {"目标": {"metric": "zone_share", "at_least": "40%"}},
        }
        (verdict,) = assess(district(world)).verdicts
        return verdict.state

    assert (state(inside), state(inside + more)) != ("met", "missed")


REST = ("schools", "zones", "groups", "alliances")


# --- the examples


@cache
def _found(name: str, day: date | None = None) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for verdict in assess(opened(EXAMPLES / name, day)).verdicts:
        found.setdefault(verdict.target.id, []).append(verdict)
    return found


def test_targets_of_dongcheng_are_pending_in_2014_and_unknown_in_2021() -> None:
    dated = {
        "优质品牌学校学区全覆盖",
        "人人上好学",
        "每学区九年一贯制学校",
        "优秀干部教师轮岗交流比率",
        "骨干教师轮岗交流",
    }
    then, later = _found("dongcheng", date(2014, 6, 1)), _found("dongcheng", date(2021, 1, 1))
    for name in dated:
        assert {verdict.state for verdict in then[name]} == {"pending"}, name
        assert {verdict.state for verdict in later[name]} == {"unknown"}, name
        assert all(verdict.missing for verdict in later[name]), "and says what would settle it"
    missing = [say(reason, "en") for reason in later["优秀干部教师轮岗交流比率"][0].missing]
    assert any("postings" in reason for reason in missing)
    assert any("eligible_for_rotation" in reason or "eligible" in reason for reason in missing)


CHENGDU = (
    "义务教育学校结对比例",
    "选派优质学校干部",
    "选派干部任校长正职",
    "后备干部锻炼",
    "中心城区支教比例",
    "每对学校远程互动教室",
)


def test_targets_of_chengdu_are_unknown_on_what_the_source_says() -> None:
    found = _found("chengdu")
    for name in CHENGDU:
        assert {verdict.state for verdict in found[name]} == {"unknown"}, name
        assert all(verdict.missing for verdict in found[name]), name


DEMO = {
    # target: (2025-03-01, by hand) and (2024-06-01)
    "义务教育学校结对比例": (("met", "11/32"), ("met", "8/32")),  # 30 % then 20 %
    "支教比例": (("met", "26/972"), ("missed", "13/691")),  # 2.67 % and 1.88 % of both sides, 2.5 % asked
    "派出干部": (("met", "8"), ("met", "5")),  # 6 then 5 asked
    "派出干部任校长占比": (("met", "4/8"), ("missed", "2/5")),  # exactly 50 %; 40 %
    "接收后备干部": (("met", "8"), ("met", "5")),
    "优先发展初中升学": (("met", "119/415"), ("missed", "92/414")),  # 28.7 of 28.4 %; 22.2 of 27.8 %
}


@pytest.mark.parametrize("name", DEMO)
def test_the_same_targets_are_computed_on_the_demo(name: str) -> None:
    for day, (state, value) in zip((date(2025, 3, 1), date(2024, 6, 1)), DEMO[name], strict=True):
        (verdict,) = _found("demo", day)[name]
        assert verdict.state == state, day
        assert verdict.measurement is not None
        assert verdict.measurement.basis == "counted"
        got = verdict.measurement.value
        assert (f"{got.numerator}/{got.denominator}" if isinstance(got, Ratio) else str(got)) == value, day


def test_a_pair_without_a_remote_classroom_is_missed(tmp_path: Path) -> None:
    """Each of the eight pairs has one; of a copy in which one has none that one is missed."""
    assert {verdict.state for verdict in _found("demo")["每对一间远程互动教室"]} == {"met"}
    copy = tmp_path / "demo"
    copy.mkdir()
    for path in (EXAMPLES / "demo").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (copy / path.name).write_text(text.replace("remote_classrooms: 2", "remote_classrooms: 0"), encoding="utf-8")
    found = [v for v in assess(opened(copy)).verdicts if v.target.id == "每对一间远程互动教室"]
    assert [v.thing.id for v in found if v.state == "missed"] == ["晴川小学—枕溪小学"]


def test_a_school_outside_the_population_is_not_judged() -> None:
    """石磨教学点 has 36 pupils: the 2017 method leaves out teaching points of fewer than 50."""
    found = _found("demo")["优质均衡2017/小学达标项数"]
    assert len(found) == 21
    assert "石磨教学点" not in {verdict.thing.id for verdict in found}
    assert {verdict.state for verdict in found} == {"met"}


def test_a_target_says_what_it_asks() -> None:
    world = opened(EXAMPLES / "demo")
    by_id = {target.id: target for target in targets(world, world.as_of)}
    support = by_id["支教比例"]
    assert isinstance(support, Target)
    assert support.question.choices == (("denominator", "both_sides"),)
    assert support.kind == "at_least"
    assert str(by_id["学区个数"].by) == "2023-12"
