"""Every metric on a small district worked out by hand: counted, stated and unknown; then on the examples."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import worlds
from worlds import EXAMPLES, Data, asked, district, opened, patched, told

from xqctl.district import District
from xqctl.kinds.evaluations import evaluations
from xqctl.measuring import Item
from xqctl.metrics import Measurement, catalogue
from xqctl.quantities import Quantity, Ratio, plain
from xqctl.targets import judge, targets

# 某区 on 2024-10-01: eight schools are open, five of them compulsory. 南校区 is a campus of 甲小; 庚中 is only planned;
# 外校 belongs to another district. 一集团 has 甲小, its campus, and within it 子集团 with 己园.
WORLD = """
district:
  name: 某区
  level: district
  as_of: 2024-10-01
  registers:
    {schools: complete, zones: complete, groups: complete, alliances: complete, postings: complete, feeders: complete,
     quotas: complete, resources: complete, bookings: complete, funds: complete, subsidies: complete,
     requests: complete, tasks: complete}
districts: {邻县: {level: district}}
organisations: {剧团: {type: troupe}}
schools:
  甲小: {stages: primary, standing: quality, setting: urban, campuses: {南校区: {stages: primary}}}
  乙小: {stages: primary, standing: weak, setting: urban}
  丙小: {stages: primary, standing: weak, setting: rural}
  丁中: {stages: junior, standing: quality, setting: urban}
  戊校: {stages: [primary, junior], standing: ordinary, setting: rural, designations: priority_junior}
  己园: {stages: kindergarten, standing: ordinary, setting: urban, ownership: private}
  庚中: {stages: junior, standing: ordinary, setting: urban, status: planned}
  示范高中: {stages: senior, standing: quality, setting: urban, designations: model_senior}
  普通高中: {stages: senior, standing: ordinary, setting: town}
  外校: {stages: primary, standing: quality, setting: urban, district: 邻县}
statistics:
  2024-2025:
    甲小: {students: 900, full_time_teachers: 50, backbone_teachers: 10, eligible_for_rotation: 20,
           eligible_backbone_teachers: 4, subjects: [语文, 数学, 英语], backbone_subjects: [语文, 数学]}
    乙小: {students: 200, full_time_teachers: 14, backbone_teachers: 2, eligible_for_rotation: 6,
           eligible_backbone_teachers: 1, subjects: [语文, 数学], backbone_subjects: [语文]}
    丙小: {students: 199, full_time_teachers: 16, backbone_teachers: 0, eligible_for_rotation: 4,
           eligible_backbone_teachers: 0, subjects: [语文, 数学, 音乐]}
    丁中: {students: 600, graduates: 200, entered_model_senior: 90, full_time_teachers: 45, backbone_teachers: 9,
           eligible_for_rotation: 15, eligible_backbone_teachers: 3, subjects: [语文, 物理], backbone_subjects: [物理]}
    戊校:
      entered_model_senior: 5
      primary: {students: 120, full_time_teachers: 10, backbone_teachers: 1, eligible_for_rotation: 3,
                eligible_backbone_teachers: 1, subjects: [语文], backbone_subjects: [语文]}
      junior: {students: 60, graduates: 20, full_time_teachers: 8, backbone_teachers: 0, eligible_for_rotation: 2,
               eligible_backbone_teachers: 0, subjects: [语文, 化学]}
    己园: {students: 150}
    示范高中: {students: 1000}
    普通高中: {students: 400}
zones:
  东学区: {members: {甲小: lead, 乙小: member, 戊校: member}}
  西学区: {members: {丁中: lead, 丙小: member}}
groups:
  一集团: {form: merged, members: {甲小: lead, 甲小/南校区: branch, 剧团: supporter}}
  子集团: {within: 一集团, members: {己园: member}}
  二集团: {form: entrusted, members: {外校: lead, 丙小: member}}
alliances:
  区域联盟: {form: regional, members: {某区: lead, 邻县: member}}
  结对一: {form: pair, members: {甲小: lead, 丙小: member}, remote_classrooms: 1}
  结对二: {form: pair, within: 区域联盟, members: {丁中: lead, 戊校: member}, remote_classrooms: 2}
  结对三: {form: pair, members: {甲小: lead, 己园: member}, remote_classrooms: 0}
postings:
  支教一: {year: 2024-2025, from: 甲小, to: 丙小, mode: support, count: 3, backbone: 1}
  支教二: {year: 2024-2025, from: 丁中, to: 戊校, mode: support, count: 2, backbone: 0}
  支教三: {year: 2024-2025, from: 甲小, to: 乙小, mode: support, count: 1, backbone: 0}
  支教四: {year: 2024-2025, from: 丙小, to: 戊校, mode: support, count: 1, backbone: 0}
  支教五: {year: 2024-2025, from: 甲小, to: 丁中, mode: support, count: 1, backbone: 0}
  去年支教: {year: 2023-2024, from: 甲小, to: 丙小, mode: support, count: 9, backbone: 9}
  轮岗一: {year: 2024-2025, from: 甲小, to: 乙小, mode: rotation, count: 5, backbone: 2}
  轮岗二: {year: 2024-2025, from: 丁中, to: 戊校, mode: rotation, count: 3, backbone: 1}
  挂职一: {year: 2024-2025, from: 甲小, to: 丙小, mode: secondment, role: principal}
  挂职二: {year: 2024-2025, from: 丁中, to: 戊校, mode: secondment, role: cadre, count: 2}
  挂职三: {year: 2024-2025, from: 乙小, to: 丙小, mode: secondment, role: vice_principal}
  跟岗一: {year: 2024-2025, from: 丙小, to: 甲小, mode: shadowing, role: reserve, count: 2}
  跟岗二: {year: 2024-2025, from: 外校, to: 甲小, mode: shadowing, role: reserve, count: 4}
feeders:
  甲小对丁中: {from: 甲小, to: 丁中, share: 100%}
  乙丙对丁中: {from: [乙小, 丙小], to: 丁中, share: 40%}
quotas:
  示范高中2023: {year: 2023, of: 示范高中, places: 380, allotted: {丁中: 100}}
  示范高中2024: {year: 2024, of: 示范高中, places: 400, allotted: {丁中: 150, 戊校: 70}}
  普通高中2024: {year: 2024, of: 普通高中, places: 200, allotted: {丁中: 200}}
resources:
  实验室: {provider: 丁中, type: facility, hub: course_highland, stages: junior}
  分院: {provider: 甲小, type: course, hub: academy_branch}
  基地: {provider: 甲小/南校区, type: course, hub: academy_base}
  网校: {provider: 东学区, type: online}
  旧馆: {provider: 甲小, type: facility, until: 2020}
bookings:
  约一: {resource: 实验室, applicant: 戊校, start: 2024-09-20 09:00, end: 2024-09-20 10:00, state: returned}
  约二: {resource: 分院, applicant: 乙小, start: 2024-10-12, end: 2024-10-12, state: granted,
         decided: {by: 甲小, on: 2024-09-25}}
  约三: {resource: 分院, applicant: 丙小, start: 2024-10-13, end: 2024-10-13, state: refused}
  约四: {resource: 网校, applicant: 乙小, start: 2024-11-01, end: 2024-11-01, state: granted,
         decided: {by: 东学区, on: 2024-10-05}}
  约五: {resource: 实验室, applicant: 戊校, start: 2024-05-20, end: 2024-05-20, state: returned}
funds:
  专项: {amount: 80万元, per: year, since: 2020}
  配套: {per: year, since: 2020}
subsidies:
  学区奖: {amount: 15万元, each: zone, per: year}
  分校费: {amount: 10万元, each: branch, where: form == "merged", per: year}
  乡村费: {amount: 100元, each: student, stage: primary, where: setting == "rural", per: year}
requests:
  请款2023: {year: 2023, asked: 50万元, granted: 30万元, into: 配套}
  请款2024: {year: 2024, asked: 100万元, granted: 40万元, into: 配套}
evaluations:
  学区考核:
    of: zone
    bundled: true
    indicators: {共享: {weight: 40%}, 提高: {weight: 60%}}
    results:
      2022-2023: {东学区: {共享: 10, 提高: 10}}
      2023-2024: {东学区: {共享: 90, 提高: 80}, 西学区: {共享: 70, 提高: 85.5}}
  学校评价:
    of: school
    where: '"primary" in stages || "junior" in stages'
    indicators: {总分: {}}
    results: {2023-2024: {甲小: {总分: 90}, 乙小: {总分: 82}, 丙小: {总分: 71}, 丁中: {总分: 88}, 戊校: {总分: 79.5}}}
tasks:
  一: {due: 2024-06, done: 2024-06-20}
  二: {due: 2024-08}
  三: {due: 2025-01}
  四: {due: 2024-05, status: stopped}
  五: {status: done}
  六: {steps: {起草: {due: 2024-09-30}, 印发: {due: 2024-12}}}
  七: {due: 2024-12, done: 2024-12}
"""
BARE: Data = {"district": {"registers": None}}


@dataclass(frozen=True)
class Case:
    """A metric, how it is asked, what it is by hand; `spoil` takes away what it rests on, which names `missing`."""

    metric: str
    value: str
    because: str
    ask: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    spoil: Data = field(default_factory=lambda: BARE)
    missing: str = "`district.registers` does not say that"

    @property
    def name(self) -> str:
        return "-".join((self.metric, *self.ask.values(), *self.choices.values()))


def without(kind: str, id_: str, *fields: str) -> Data:
    """A patch that takes fields away from an entry."""
    return {kind: {id_: dict.fromkeys(fields)}}


def no_number(school: str, *fields: str) -> Data:
    return {"statistics": {"2024-2025": {school: dict.fromkeys(fields)}}}


COMPULSORY = {"stage": "compulsory"}
CASES = (
    Case("schools", "8", "all but 庚中 (planned) and 外校 (of 邻县)"),
    Case("schools", "5", "甲乙丙丁戊", COMPULSORY,
         spoil=without("schools", "乙小", "stages"), missing="stages of 乙小"),
    Case("schools", "4", "甲乙丙戊: a school of two stages counts in both", {"stage": "primary"}),
    Case("schools", "2", "丁戊", {"stage": "junior"}),
    Case("schools", "3", "甲乙戊", {"of": "东学区"}),
    Case("schools", "1", "丙; 外校 is of another district", {"of": "二集团"}),
    Case("schools", "7", "己园 is private", {"among": 'ownership != "private"'}),
    Case("zones", "2", "东, 西"),
    Case("zones", "1", "only 西学区 has no school of both", {"stage": "junior", "among": 'id == "西学区"'}),
    Case("groups", "2", "一, 二; 子集团 lies within 一集团"),
    Case("groups", "1", "一集团", {"among": 'form == "merged"'}),
    Case("groups", "1", "of 子集团 and 一集团, only 一集团 has 己园 and is counted", {"stage": "kindergarten"}),
    Case("alliances", "3", "区域联盟, 结对一, 结对三; 结对二 lies within 区域联盟"),
    Case("alliances", "1", "结对二", {"of": "区域联盟"}),
    Case("pairs", "3", "all three, 结对二 too"),
    Case("pairs", "1", "结对二: 丁中 and 戊校", {"stage": "junior"}),
    Case("pairs", "1", "结对二", {"of": "区域联盟"}),
    Case("unit_size", "3", "甲小, 南校区, and 己园 of 子集团; the troupe supports", {"of": "一集团"}),
    Case("unit_size", "3", "甲乙戊", {"of": "东学区"},
         spoil=without("zones", "东学区", "members"), missing="东学区 does not list"),
    Case("branches_per_group", "1", "南校区", {"of": "一集团"}),
    Case("zone_share", "5/5", "every compulsory school", COMPULSORY),
    Case("zone_share", "5/8", "not 己园 and the two senior schools",
         spoil=without("zones", "西学区", "members"), missing="西学区 does not list"),
    Case("group_share", "3/8", "甲, 己, 丙"),
    Case("alliance_share", "5/8", "甲丙丁戊己"),
    Case("zones_with_quality_school", "2/2", "甲小 in 东, 丁中 in 西"),
    Case("zones_with_quality_school", "1/2", "甲小 in 东; 丙小 in 西 is weak", {"stage": "primary"},
         spoil=without("schools", "丙小", "standing"), missing="standing of 丙小"),
    Case("zones_with_quality_school", "1/2", "丁中 in 西; 戊校 in 东 is ordinary", {"stage": "junior"}),
    Case("nine_year_schools", "1", "戊校"),
    Case("nine_year_schools", "0", "丁中 and 丙小 have one stage each", {"of": "西学区"}),
    Case("academy_branches", "1", "分院", {"of": "东学区"}),
    Case("academy_branches", "2", "and 基地, which the campus provides", {"of": "东学区"}, {"bases": "counted"}),
    Case("small_school_share", "2/5", "丙 199, 戊 120 + 60 = 180; 乙 with 200 is not under 200", COMPULSORY,
         spoil=no_number("乙小", "students"), missing="no `students` for 2024-2025: 乙小"),
    Case("small_school_share", "3/5", "乙 200 too", COMPULSORY, {"under": "201"}),
    Case("small_school_share", "2/4", "丙 199, 戊 120", {"stage": "primary"}),
    Case("pairing_ratio", "4/5", "甲丙丁戊 of 甲乙丙丁戊", COMPULSORY,
         spoil=without("alliances", "结对一", "members"), missing="结对一 does not list"),
    Case("pairing_ratio", "2/3", "甲, 戊 of 甲乙戊", {"of": "东学区"}),
    Case("remote_classrooms", "2", "结对二 says so", {"of": "结对二"},
         spoil=without("alliances", "结对二", "remote_classrooms"), missing="结对二 does not say"),
    Case("remote_classrooms", "3", "1 + 2 + 0"),
    Case("pair_exclusivity", "4/5", "of 甲丙丁戊己, 甲 is in 结对一 and 结对三"),
    Case("support_rate", "6/129",
         "3 to 丙 (rural) + 2 to 戊 (rural) + 1 to 乙 (weak) = 6; 丙 to 戊 comes from a rural school, 丁中 is neither; "
         "结对一 50 + 16, 结对二 45 + 10 + 8 = 129; 结对三 is urban on both sides",
         spoil=no_number("丙小", "full_time_teachers"), missing="no `full_time_teachers` for 2024-2025: 丙小"),
    Case("support_rate", "6/95", "50 + 45", choices={"denominator": "urban_side"}),
    Case("support_rate", "5/129", "not the one to 乙", choices={"to": "rural"},
         spoil=without("schools", "丙小", "setting"), missing="丙小"),
    Case("cadres_sent", "3", "1 to 丙 + 2 to 戊; 乙小 is no quality school",
         spoil=without("schools", "丙小", "standing", "setting"), missing="standing or setting of 甲小 or 丙小"),
    Case("cadres_sent", "1", "of 1 + 2", {"among": 'receiver.standing == "weak"'}),
    Case("principal_share", "1/3", "挂职一 of 挂职一 and 挂职二"),
    Case("reserves_received", "2", "跟岗一; 外校 is neither weak nor rural"),
    Case("rotation_rate", "8/50", "5 + 3 of 20 + 6 + 4 + 15 + 3 + 2", COMPULSORY,
         spoil=no_number("甲小", "eligible_for_rotation"), missing="no `eligible_for_rotation` for 2024-2025: 甲小"),
    Case("rotation_rate", "16/50", "and 3 + 2 + 1 + 1 + 1 on support", COMPULSORY, {"modes": "exchange"}),
    Case("rotation_rate", "5/20", "甲小's own", {"of": "甲小"}),
    Case("backbone_rotation_rate", "3/9", "2 + 1 of 4 + 1 + 0 + 3 + 1 + 0", COMPULSORY,
         spoil=without("postings", "轮岗二", "backbone"), missing="轮岗二 does not say how many are backbone"),
    Case("backbone_share_of_rotation", "3/8", "2 + 1 of 5 + 3", COMPULSORY),
    Case("backbone_share", "22/143", "10 + 2 + 0 + 9 + 1 + 0 of 50 + 14 + 16 + 45 + 10 + 8", COMPULSORY,
         spoil=no_number("丁中", "full_time_teachers", "backbone_teachers"),
         missing="no `full_time_teachers` for 2024-2025: 丁中"),
    Case("backbone_school_coverage", "4/5", "all but 丙", COMPULSORY),
    Case("backbone_school_coverage", "1/2", "丁; the junior part of 戊 has none", {"stage": "junior"}),
    Case("backbone_subject_coverage", "3/6", "语文 数学 物理 of these and 英语 音乐 化学", COMPULSORY,
         spoil=no_number("乙小", "backbone_subjects"), missing="no `backbone_subjects` for 2024-2025: 乙小"),
    Case("backbone_subject_coverage", "2/3", "甲小: 语文 数学 of 语文 数学 英语", {"of": "甲小"},
         spoil=no_number("甲小", "subjects"), missing="no `subjects` for 2024-2025: 甲小"),
    Case("quota_share", "220/400", "150 + 70; 普通高中 is no model senior school",
         spoil={"quotas": {"示范高中2024": None}}, missing="no quota on 2024-10-01: 示范高中"),
    Case("feeder_share", "3/4", "甲乙丙 of 甲乙丙戊"),
    Case("feeder_share", "0.4/1", "乙丙对丁中", {"of": "乙小"},
         spoil=without("feeders", "乙丙对丁中", "share"), missing="乙丙对丁中 does not say its share"),
    Case("priority_entry_rate", "5/20", "戊校",
         spoil=no_number("戊校", "entered_model_senior"), missing="no `entered_model_senior` for 2024-2025: 戊校"),
    Case("priority_entry_rate", "95/220", "90 + 5 of 200 + 20", choices={"schools": "all"}),
    Case("resources_offered", "4", "旧馆 is gone"),
    Case("resources_offered", "3", "of 甲小, of its campus, of the zone", {"of": "东学区"}),
    Case("resources_offered", "1", "实验室", {"among": 'hub == "course_highland"'}),
    Case("bookings_granted", "2", "约一, 约二; 约四 was granted after the day, 约五 is of last school year"),
    Case("use_rate", "2/4", "实验室, 分院"),
    Case("committed", "43.19万元", "2 × 15万 + 1 × 10万 + (199 + 120) × 100 = 431900",
         spoil=no_number("丙小", "students"), missing="乡村费: for how many it pays is not known: 丙小"),
    Case("committed", "10万元", "南校区", {"of": "一集团"},
         spoil=without("subsidies", "分校费", "amount"), missing="分校费 does not say how much"),
    Case("available", "120万元", "80 + 40 granted in 2024",
         spoil={"requests": {"请款2024": {"granted": None}}}, missing="配套 does not say how much it holds in 2024"),
    Case("funding_gap", "-76.81万元", "43.19 − 120"),
    Case("funding_coverage", "1200000/431900", "120万 over 43.19万"),
    Case("approval_ratio", "400000/1000000", "40 of 100",
         spoil={"requests": {"请款2024": {"granted": None}}}, missing="请款2024 does not say what was granted"),
    Case("committed_per_school", "431900/8", "over eight schools"),
    Case("committed_per_pupil", "431900/3629", "900 + 200 + 199 + 600 + 180 + 150 + 1000 + 400",
         spoil=no_number("己园", "students"), missing="no `students` for 2024-2025: 己园"),
    Case("bundle_score", "84", "40 % of 90 + 60 % of 80 = 36 + 48", {"of": "东学区"},
         spoil={"evaluations": {"学区考核": {"indicators": {"共享": {"weight": "30%"}}}}},
         missing="the weights of 学区考核"),
    Case("bundle_score", "79.3", "40 % of 70 + 60 % of 85.5 = 28 + 51.3", {"of": "西学区"},
         spoil={"evaluations": {"学区考核": {"results": {"2023-2024": {"西学区": {"提高": None}}}}}},
         missing="西学区 has no score for 提高"),
    Case("bundle_score", "84", "甲小 shares the score of 东学区", {"of": "甲小"}, {"evaluation": "学区考核"},
         spoil={"evaluations": {"学区考核": {"bundled": False}}}, missing="no evaluation scores 甲小"),
    Case("score_spread", "10.5", "甲 90 − 戊 79.5", {"of": "东学区"},
         spoil={"evaluations": {"学校评价": {"results": {"2023-2024": {"乙小": None}}}}},
         missing="no score in 2023-2024: 乙小"),
    Case("score_spread", "19", "甲 90 − 丙 71"),
    Case("tasks_done", "2", "一 and 五"),
    Case("tasks_done", "2/6", "of six that were not stopped", choices={"as": "share"}),
    Case("tasks_overdue", "2", "二, and 六 by its first step"),
    Case("tasks_overdue", "2/6", "of six", choices={"as": "share"}),
)  # fmt: skip
every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def only(case: Case, *patches: Data) -> Measurement:
    """The one answer, in the world as the patches leave it."""
    said = worlds.data(WORLD)
    for patch in patches:
        said = patched(said, patch)
    (found,) = asked(district(said), case.metric, case.choices, **case.ask)
    return found


@every_case
def test_it_is_counted_as_by_hand(case: Case) -> None:
    found = only(case)
    assert (told(found), found.basis, found.missing) == (case.value, "counted", ()), case.because
    assert found.is_whole


@every_case
def test_its_trace_adds_up(case: Case) -> None:
    found = only(case)
    assert found.counted is not None
    counted = found.counted
    if isinstance(found.value, Ratio):
        assert added(counted.numerator) == found.value.numerator
        assert not counted.denominator or added(counted.denominator) == found.value.denominator
    elif case.metric != "score_spread":
        value = found.value.exact if isinstance(found.value, Quantity) else found.value
        assert added(counted.numerator) == value


@every_case
def test_without_what_it_rests_on_it_is_unknown_and_says_what_is_missing(case: Case) -> None:
    found = only(case, case.spoil)
    assert (found.value, found.basis, found.is_whole) == (None, "none", False)
    assert case.missing in "; ".join(map(str, found.missing))


@every_case
def test_then_the_latest_figure_states_it(case: Case) -> None:
    value, figure = SAID[found] if (found := catalogue()[case.metric].metric.measured_in) != "count" else ("77", "77")
    if case.choices.get("as") == "share":
        value, figure = SAID["ratio"]
    said = {"metric": case.metric, **case.ask, **({"with": case.choices} if case.choices else {})}
    figures = {
        "旧": {**said, "value": "1%" if figure.endswith("%") else 1, "on": "2020"},
        "新": {**said, "value": int(figure) if figure.isdecimal() else figure, "on": "2024"},
        "将来": {**said, "value": "3%" if figure.endswith("%") else 3, "on": "2025"},
    }
    stated = only(case, case.spoil, {"figures": figures})
    assert (told(stated), stated.basis, stated.is_whole) == (value, "stated", False)
    assert stated.figure is not None
    assert stated.figure.entry.id == "新"


SAID = {"ratio": ("77%", "77%"), "money": ("77元", "77元"), "score": ("77", "77")}


def test_the_table_has_every_metric_but_the_indicators() -> None:
    mine = {case.metric for case in CASES}
    assert mine < set(catalogue())
    assert len(mine) == 44


def added(items: Iterable[Item]) -> Decimal:
    amounts = (item.amount.exact if isinstance(item.amount, Quantity) else item.amount for item in items)
    return sum((Decimal(amount) for amount in amounts if isinstance(amount, int | Decimal)), Decimal(0))


# What is not in the world: units that count themselves, money in ranges, cities, figures, a district's own formulas.


def answers(
    text: str, metric: str, choices: Mapping[str, str] | None = None, /, **scope: str
) -> list[tuple[str, str | None, str]]:
    found = asked(district(worlds.data(text)), metric, choices, **scope)
    return [(each.thing.id, told(each), each.basis) for each in found]


DECLARED = """
district: {name: 某区, level: district, as_of: 2024-10-01, registers: {groups: complete, subsidies: complete}}
schools: {甲小: {stages: primary}}
groups:
  只报总数: {form: merged, members: {甲小: lead}, declared: {all: 4}}
  只报分校: {form: merged, members: {甲小: lead}, declared: {branch: 1..2}}
  牵头未知: {form: merged, members: {甲小: branch}, declared: {branch: 3}}
  名单齐全: {form: merged, members: {甲小: lead}, declared: {lead: 1}}
subsidies:
  分校费: {amount: 10万元, each: branch, where: form == "merged", per: year}
"""


def test_a_unit_that_does_not_list_all_its_members_is_measured_as_it_declares() -> None:
    assert answers(DECLARED, "unit_size", each="group") == [
        ("只报总数", "4", "stated"),
        ("只报分校", "2..3", "stated"),  # the lead it lists, and 1 to 2 branches
        ("牵头未知", None, "none"),  # three branches, and nobody says whether anyone leads
        ("名单齐全", "1", "counted"),
    ]
    assert answers(DECLARED, "branches_per_group", each="group") == [
        ("只报总数", None, "none"),  # three more, of unknown role
        ("只报分校", "1..2", "stated"),
        ("牵头未知", "3", "stated"),
        ("名单齐全", "0", "counted"),
    ]


def test_money_for_a_range_of_branches_is_a_range() -> None:
    only_one = DECLARED.replace("  牵头未知: {form: merged, members: {甲小: branch}, declared: {branch: 3}}\n", "")
    assert answers(only_one, "committed") == [("某区", "10..20万元", "stated")]  # 10万 × 1..2


CITY = """
district: {name: 某市, level: city, as_of: 2024-10-01, registers: {schools: complete, alliances: complete}}
districts:
  东区: {level: district, within: 某市, circle: central}
  西县: {level: district, within: 某市, circle: rural}
  邻市: {level: city}
schools:
  东一小: {stages: primary, district: 东区}
  东二小: {stages: primary, district: 东区}
  西小: {stages: primary, district: 西县}
  市直小: {stages: primary}
  邻小: {stages: primary, district: 邻市}
alliances:
  东一小—西小: {form: pair, members: {东一小: lead, 西小: member}}
"""


def test_a_city_measures_each_district_and_itself_as_a_whole() -> None:
    assert answers(CITY, "pairing_ratio", each="district") == [("东区", "1/2", "counted"), ("西县", "1/1", "counted")]
    assert answers(CITY, "pairing_ratio") == [("某市", "2/4", "counted")]  # with 市直小, without 邻小
    assert answers(CITY, "pairs", each="district") == [("东区", "1", "counted"), ("西县", "1", "counted")]
    assert answers(CITY, "pairing_ratio", each="district", where='circle == "rural"') == [("西县", "1/1", "counted")]
    assert answers(CITY, "pairing_ratio", of="东区") == [("东区", "1/2", "counted")]


FIGURES = """
district: {name: 某区, level: district, as_of: 2024-10-01}
zones: {东学区: {}, 西学区: {}}
metrics: {满意度: {measured_in: ratio}}
figures:
  学区规模: {metric: unit_size, each: zone, value: 8, on: 2024}
  东学区规模: {metric: unit_size, of: 东学区, value: 9, on: 2024}
  平均规模: {metric: groups, each: zone, value: 3, average: true, on: 2024}
  结对比例: {metric: pairing_ratio, stage: compulsory, value: 34.4%, numerator: 11, denominator: 32, on: 2024}
  支教: {metric: support_rate, value: 3%, on: 2024}
  城区支教: {metric: support_rate, with: {denominator: urban_side}, value: 4%, on: 2024}
  一说: {metric: zones, value: 8, on: 2024}
  又说: {metric: zones, value: 9, on: 2024}
  骨干: {metric: backbone_share, value: 15%, numerator: 1415, on: 2024}
  覆盖: {metric: zone_share, value: 50%, denominator: 9, on: 2024}
  旧说: {metric: pairs, value: 5, since: 2020, until: 2023}
"""


def test_a_figure_states_what_it_is_said_of() -> None:
    assert answers(FIGURES, "unit_size", each="zone") == [("东学区", "9", "stated"), ("西学区", "8", "stated")]
    assert answers(FIGURES, "groups", of="东学区") == [("东学区", None, "none")]  # an average is nobody's own number
    assert answers(FIGURES, "pairing_ratio", stage="compulsory") == [
        ("某区", "11/32", "stated")
    ]  # exact, from its parts
    assert answers(FIGURES, "pairing_ratio") == [("某区", None, "none")]  # of another stage
    assert answers(FIGURES, "support_rate") == [("某区", "3%", "stated")]
    assert answers(FIGURES, "support_rate", {"denominator": "both_sides"}) == [("某区", "3%", "stated")]
    assert answers(FIGURES, "support_rate", {"denominator": "urban_side"}) == [("某区", "4%", "stated")]
    assert answers(FIGURES, "pairs") == [("某区", None, "none")]  # no longer true
    (disagreeing,) = asked(district(worlds.data(FIGURES)), "zones")
    assert (disagreeing.value, "the figures 一说 and 又说 disagree" in map(str, disagreeing.missing)) == (None, True)


def test_a_rounded_share_says_what_its_other_part_can_be() -> None:
    (backbone,), (covered,) = (
        asked(district(worlds.data(FIGURES)), metric) for metric in ("backbone_share", "zone_share")
    )
    # 1415 / 9758 = 14.50 %, 1415 / 9759 = 14.4995 %; 1415 / 9130 = 15.498 %, 1415 / 9129 = 15.5001 %
    assert [str(step) for step in backbone.steps] == ["骨干 says 15% for 2024", "1415 are 15% of 9130 to 9758"]
    # none of 9 is 49.5 % to 50.5 %: nothing follows
    assert [str(step) for step in covered.steps] == ["覆盖 says 50% for 2024"]


def test_what_cannot_be_asked_is_unknown_and_says_why() -> None:
    world = district(worlds.data(WORLD))
    (wrong,) = asked(world, "support_rate", {"denominator": "bothsides"})
    assert [str(each) for each in wrong.missing] == ["denominator is one of both_sides, urban_side, not bothsides"]
    (sort,) = asked(world, "quota_share", of="东学区")
    assert sort.value is None
    assert "is not measured of each zone" in str(sort.missing[0])
    assert [told(each) for each in asked(world, "support_rate", {"weights": "sample"})] == ["6/129"]  # another metric's


def test_long_lists_of_what_is_missing_are_cut() -> None:
    schools = {f"校{number:02}": {"stages": "primary"} for number in range(30)}
    bare: Data = {
        "district": {"name": "某区", "level": "district", "registers": {"schools": "complete"}},
        "schools": schools,
    }
    (found,) = asked(district(bare, day=date(2024, 10, 1)), "backbone_school_coverage")
    assert [str(each) for each in found.missing] == [
        "no `backbone_teachers` for 2024-2025: 校00, 校01, 校02, 校03, 校04, 校05, 校06, 校07, and 22 more"
    ]
    (unsaid,) = asked(
        district(patched(bare, {"schools": {name: {"stages": None} for name in schools}})), "schools", stage="primary"
    )
    assert len(unsaid.missing) == 12
    assert str(unsaid.missing[-1]) == "19 more are missing"


def test_over_a_calendar_year_those_count_who_begin_in_it() -> None:
    said = worlds.data(WORLD)
    assert [told(each) for each in asked(district(said), "cadres_sent", over="year")] == ["3"]  # September 2024
    in_spring = district(said, day=date(2025, 3, 1))
    assert [told(each) for each in asked(in_spring, "cadres_sent")] == ["3"]  # still the school year 2024-2025
    assert [told(each) for each in asked(in_spring, "cadres_sent", over="year")] == ["0"]  # nobody yet in 2025
    later = patched(said, {"postings": {"挂职一": {"since": "2025-02"}}})
    assert [told(each) for each in asked(district(later, day=date(2025, 3, 1)), "cadres_sent", over="year")] == ["1"]


def test_a_school_that_several_schemes_score_has_to_choose() -> None:
    (found,) = asked(district(worlds.data(WORLD)), "bundle_score", of="甲小")
    assert [str(each) for each in found.missing] == ["甲小 is scored by 学区考核, 学校评价: choose one `evaluation`"]


def test_equal_scores_share_a_place_in_the_ranking() -> None:
    schools = {"甲小": 90, "乙小": 82, "丙小": 90, "丁中": 71}
    results = {"2023-2024": {name: {"总分": score} for name, score in schools.items()} | {"戊校": None}}
    said = patched(worlds.data(WORLD), {"evaluations": {"学校评价": {"results": results}}})
    (scheme,) = (each for each in evaluations(district(said)) if each.id == "学校评价")
    places = [(place, name, plain(score)) for place, name, score in scheme.ranking("2023-2024")]
    assert places == [(1, "丙小", "90"), (1, "甲小", "90"), (3, "乙小", "82"), (4, "丁中", "71")]


OWN = {
    "metrics": {
        "干部比": {
            "measured_in": "ratio",
            "numerator": "sum(schools.map(s, s.backbone_teachers))",
            "denominator": "sum(schools.map(s, s.full_time_teachers))",
        },
        "乡村校": {"measured_in": "count", "value": 'schools.filter(s, s.setting == "rural").size()'},
        "对数": {"measured_in": "count", "value": "pairs.size() + groups.size() + zones.size() + alliances.size()"},
        "支教人次": {"measured_in": "count", "value": 'sum(postings.filter(p, p.mode == "support").map(p, p.count))'},
        "任务数": {"measured_in": "count", "value": 'tasks.filter(t, t.status == "done").size() + resources.size()'},
        "设备": {"measured_in": "money", "value": "sum(schools.map(s, s.equipment_value))"},
        "成员": {"measured_in": "count", "each": "zone", "value": "members.size()"},
        "校均": {"measured_in": "index", "value": "double(sum(schools.map(s, s.students))) / double(schools.size())"},
    },
    "statistics": {"2024-2025": {"甲小": {"equipment_value": "1.5万元"}, "乙小": {"equipment_value": "300.25元"}}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "scope", "value"),
    [
        ("干部比", COMPULSORY, "22/143"),
        ("乡村校", {}, "2"),  # 丙 戊
        ("对数", {}, "10"),  # 3 + 2 + 2 + 3
        ("支教人次", {}, "8"),  # 3 + 2 + 1 + 1 + 1
        ("任务数", {}, "5"),  # 五, and four resources
        ("设备", {"stage": "primary", "among": 'id in ["甲小", "乙小"]'}, "1530025"),  # 分
        ("成员", {"each": "zone", "of": "东学区"}, "3"),
        ("校均", COMPULSORY, "415.8"),  # 2079 / 5
    ],
)
def test_a_district_own_formula_sees_what_is_in_the_thing(metric: str, scope: Mapping[str, str], value: str) -> None:
    said = patched(worlds.data(WORLD), OWN)
    (found,) = asked(district(said), metric, **scope)
    assert (told(found), found.basis) == (value, "counted"), [str(each) for each in found.missing]
    assert found.counted is not None
    assert found.counted.approximate == (metric == "校均")


def test_a_formula_on_missing_numbers_is_unknown_and_names_them() -> None:
    (found,) = asked(district(patched(worlds.data(WORLD), OWN)), "设备", stage="junior")
    assert str(found.missing[0]) == "no `equipment_value` for 2024-2025: 丁中, 戊校"
    (partial,) = asked(district(patched(patched(worlds.data(WORLD), OWN), BARE)), "乡村校")
    assert (partial.value, partial.counted is not None) == (None, True)
    (elsewhere,) = asked(district(patched(worlds.data(WORLD), OWN)), "成员")
    assert "is not measured of each district" in str(elsewhere.missing[0])


# The examples.


def numbers(example: str, metric: str, day: str | None = None, /, **scope: str) -> list[tuple[str | None, str]]:
    where = opened(EXAMPLES / example, None if day is None else date.fromisoformat(day))
    return [(told(each), each.basis) for each in asked(where, metric, **scope)]


def test_chongming() -> None:
    assert numbers("chongming", "groups", among='form == "merged"') == [("8", "counted")]
    assert numbers("chongming", "zones") == [("6", "counted")]  # without 陈家镇学区, which is disputed
    assert numbers("chongming", "alliances") == [("18", "counted")]  # 6 × 3
    assert numbers("chongming", "alliances", each="zone") == [("3", "counted")] * 6
    assert numbers("chongming", "zone_share") == [("100%", "stated")]
    assert numbers("chongming", "schools") == [("111", "stated")]
    assert numbers("chongming", "committed") == [("410..490万元", "stated")]  # 4 × 60 + 6 × 15 + (8..16) × 10
    assert numbers("chongming", "available") == [("160万元", "counted")]  # 80 + 80
    assert numbers("chongming", "funding_gap") == [("250..330万元", "stated")]
    assert numbers("chongming", "approval_ratio") == [("800000/7800000", "counted")]
    assert numbers("chongming", "approval_ratio", "2018-12-31") == [("800000/6600000", "counted")]
    (covered,) = asked(opened(EXAMPLES / "chongming"), "funding_coverage")
    assert isinstance(covered.value, Quantity)
    assert covered.value.low is not None
    assert covered.value.high is not None
    assert covered.value.low <= Fraction(160, 490) < covered.value.low + Decimal("1e-11")
    assert covered.value.high - Decimal("1e-11") < Fraction(160, 410) <= covered.value.high


def test_chongming_small_schools_are_24_of_68_or_69() -> None:
    (found,) = asked(opened(EXAMPLES / "chongming"), "small_school_share", stage="compulsory")
    assert (told(found), found.basis) == ("35%", "stated")
    assert "24 are 35% of 68 to 69" in map(str, found.steps)


def test_dongcheng() -> None:
    assert numbers("dongcheng", "pairs", "2009-01-01") == [("14", "stated")]
    assert numbers("dongcheng", "pairs", "2011-12-31") == [("20", "stated")]
    assert numbers("dongcheng", "pairs", "2007-12-31") == [(None, "none")]
    (share,) = asked(opened(EXAMPLES / "dongcheng"), "backbone_share")
    assert (told(share), "1415 are 15% of 9130 to 9758" in map(str, share.steps)) == ("15%", True)
    assert numbers("dongcheng", "resources_offered", among='hub == "course_highland"') == [("9", "stated")]


@pytest.mark.parametrize(
    ("metric", "scope", "met", "missed"),
    [
        ("pairing_ratio", COMPULSORY, "11/32", "8/32"),
        ("cadres_sent", {}, "8", "5"),
        ("principal_share", {}, "4/8", "2/5"),
        ("reserves_received", {}, "8", "5"),
        ("support_rate", {}, "26/972", "13/691"),
    ],
)
def test_the_targets_of_chengdu_are_unknown_there_and_computed_in_the_demo(
    metric: str, scope: Mapping[str, str], met: str, missed: str
) -> None:
    assert [found for found in numbers("chengdu", metric, **scope) if found != (None, "none")] == []
    assert numbers("demo", metric, **scope) == [(met, "counted")]
    assert numbers("demo", metric, "2024-06-01", **scope) == [(missed, "counted")]


def demo(*patches: Data, day: date | None = None) -> District:
    """The demo as patches leave it."""
    said: Data = {}
    for document in opened(EXAMPLES / "demo").folder.documents:
        said = patched(said, document.data if isinstance(document.data, dict) else {})
    for patch in patches:
        said = patched(said, patch)
    return district(said, day=day)


MORE_CADRES = {"postings": {"2024挂职—听雨小学至归樵小学任校长": {"count": 33}}}  # 8 + 32 = 40
FEWER_CADRES = {"postings": {"2024挂职—听雨小学至归樵小学任校长": {"count": 32}}}
MORE_RESERVES = {"postings": {"2024跟岗—归樵小学至听雨小学": {"count": 33}}}  # 8 + 32 = 40
NO_ROOM = {"alliances": {"揽月小学—松下小学": {"remote_classrooms": 0}}}
LAST_YEAR = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("target", "met", "missed"),
    [
        ("义务教育学校结对比例", demo, lambda: demo(day=LAST_YEAR)),  # 11/32, 8/32
        ("选派优质学校干部", lambda: demo(MORE_CADRES), lambda: demo(FEWER_CADRES)),  # 40, 39
        ("选派干部任校长正职", demo, lambda: demo(day=LAST_YEAR)),  # 4/8, 2/5
        ("后备干部锻炼", lambda: demo(MORE_RESERVES), demo),  # 40, 8
        ("中心城区支教比例", demo, lambda: demo(day=LAST_YEAR)),  # 26/972, 13/691
        ("每对学校远程互动教室", demo, lambda: demo(NO_ROOM)),
    ],
)
def test_a_target_of_chengdu_held_against_the_demo(
    target: str, met: Callable[[], District], missed: Callable[[], District]
) -> None:
    chengdu = opened(EXAMPLES / "chengdu")
    (asked_for,) = (each for each in targets(chengdu, chengdu.as_of) if each.id == target)

    def states(world: District) -> set[str]:
        return {verdict.state for verdict in judge(world, asked_for, world.as_of)}

    assert states(chengdu) == {"unknown"}
    assert states(met()) == {"met"}
    assert "missed" in states(missed())


def test_remote_classrooms_of_the_demo_pair_by_pair() -> None:
    assert sorted(numbers("demo", "remote_classrooms", each="pair")) == [("1", "counted")] * 7 + [("2", "counted")]
    assert numbers("chengdu", "remote_classrooms", each="pair") == []


@pytest.mark.parametrize(
    ("metric", "scope", "value"),
    [
        ("rotation_rate", COMPULSORY, "72/622"),
        ("backbone_share_of_rotation", COMPULSORY, "18/72"),
        ("backbone_rotation_rate", COMPULSORY, "18/216"),
        ("backbone_share", COMPULSORY, "410/1893"),
        ("quota_share", {}, "572/1040"),
        ("priority_entry_rate", {}, "119/415"),
        ("feeder_share", {"stage": "primary"}, "21/22"),
        ("group_share", COMPULSORY, "15/32"),
        ("use_rate", {}, "7/14"),
        ("bundle_score", {"of": "晴川学区"}, "91.2"),
        ("score_spread", {"of": "望星学区"}, "7.85"),
        ("committed", {}, "438.14万元"),
        ("tasks_done", {}, "8"),
    ],
)
def test_the_demo_as_worked_out_by_another_hand(metric: str, scope: Mapping[str, str], value: str) -> None:
    assert numbers("demo", metric, **scope) == [(value, "counted")]
