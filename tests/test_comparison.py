"""Districts side by side: held against the facts of the documents, item by item, and against a page a person read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, environment
from test_cli import validator

from xqctl.screen import width

ROOT = Path(__file__).parent.parent
EXAMPLES = [f"examples/{name}" for name in ("dongcheng", "chongming", "erdao", "chengdu")]
PAGE = Path(__file__).parent / "comparisons" / "four-districts.md"
UPDATE = bool(os.environ.get("XQCTL_UPDATE"))
DONGCHENG, CHONGMING, ERDAO, CHENGDU = range(4)
Rows = dict[tuple[str, str], Any]

# (facts, section, row, column, what is said: number and basis, or words)
FACTS: list[tuple[str, str, str, int, object]] = [
    # instruments: the article of the measure that brings them
    ("S0-05 S2-10 S2-19", "instruments", "shared_facilities", DONGCHENG, ["学区化管理", "联盟发展路径", "三（二）5"]),
    ("S0-20 S2-19", "instruments", "grade_unit", DONGCHENG, ["学校深度联盟", "三（二）5"]),
    ("S1-32", "instruments", "joint_appointment", DONGCHENG, ["西中街小学—北新桥小学"]),
    ("S2-20", "instruments", "nine_year_school", DONGCHENG, ["联盟发展路径", "三（一）4", "三（二）6", "三（四）15"]),
    ("S2-22", "instruments", "resource_belt", DONGCHENG, ["三（二）8"]),
    ("S2-31", "instruments", "cadre_secondment", DONGCHENG, ["三（三）13"]),
    ("S2-41", "instruments", "task_orders", DONGCHENG, ["四.24"]),
    ("S4-07", "instruments", "school_merger", CHONGMING, ["二.1"]),
    ("S4-14", "instruments", "entrusted_management", CHONGMING, ["二.2"]),
    ("S4-18", "instruments", "zone_running", CHONGMING, ["二.3"]),
    ("S4-23", "instruments", "flexible_mobility", CHONGMING, ["二.5"]),
    ("S4-41", "instruments", "bundled_evaluation", CHONGMING, ["五.4"]),
    ("S3-10", "instruments", "chief_principal", ERDAO, ["二意义.第二"]),
    ("S3-15", "instruments", "bundled_evaluation", ERDAO, ["二论证.第二"]),
    ("S3-16 S3-17", "instruments", "itinerant_teaching", ERDAO, ["二论证.第三", "二论证.第四"]),
    ("S1-03", "instruments", "regional_alliance", CHENGDU, ["区县教育联盟框架"]),
    ("S1-21 S1-22", "instruments", "entrusted_management", CHENGDU, ["名校进县城托管到乡镇", "委托社会优质学校管理"]),
    ("S1-25", "instruments", "online_school", CHENGDU, ["远程共享"]),
    ("S2-14: 27, and five of before", "instruments", "measures", DONGCHENG, ("32", "counted")),
    # governance (X-07: four models of one word)
    ("S2-04", "governance", "model", DONGCHENG, ["学区制综合改革"]),
    ("S3-04", "governance", "model", ERDAO, ["2—1—2"]),
    (
        "S0-21 S2-15",
        "governance",
        "bodies.leading_group",
        DONGCHENG,
        ["学区化领导小组 (of 东城区)", "深化学区综合改革领导小组 (of 东城区)"],
    ),
    ("S2-16", "governance", "bodies.committee", DONGCHENG, ["学区工作委员会 (each zone)"]),
    ("S2-39", "governance", "bodies.inspection", DONGCHENG, ["督学责任区 (each zone)"]),
    ("S2-41", "governance", "bodies.joint_meeting", DONGCHENG, ["学区综合改革联席会议 (of 东城区)"]),
    ("S2-43", "governance", "bodies.party_organisation", DONGCHENG, ["学区联合党组织 (each zone)"]),
    ("S0-22", "governance", "bodies.research_team", DONGCHENG, ["研修员队伍 (of 东城区)"]),
    ("S0-23", "governance", "chairs", DONGCHENG, ["学区协作组: rotating, 学区内学校校长"]),
    ("S0-21 S0-22 S0-23", "governance", "tiers", DONGCHENG, ["1: 学区化领导小组", "2: 研修员队伍", "3: 学区协作组"]),
    ("S4-20", "governance", "bodies.joint_meeting", CHONGMING, ["学区化办学联席会议 (of 崇明区)"]),
    ("S4-20", "governance", "chairs", CHONGMING, ["学区化办学联席会议: ex officio, 区政府分管区长"]),
    (
        "S4-21 S4-22",
        "governance",
        "posts",
        CHONGMING,
        [
            "学区协调管理机构 (each zone): 大组长 1, 小组长 1 each stage",
            "学区党建共同体 (each zone): 网格长 1, 网格纪检组长 1",
        ],
    ),
    (
        "S0-21 S0-22 S0-23 S2-16 S2-39 S2-45 S2-46",
        "governance",
        "roles",
        DONGCHENG,
        [
            "学区化领导小组: 成员",
            "研修员队伍: 成员",
            "学区协作组: 成员, 中学牵头人, 小学牵头人, 幼儿园牵头人",
            "学区工作委员会: 委派干部, 轮值主席, 成员校校长, 直属单位领导, 专职督学",
            "督学责任区: 责任督学",
            "改革方案督促检查: 督查单位",
        ],
    ),
    ("S3-10", "governance", "bodies.chief_principal", ERDAO, ["总校长"]),
    ("S3-10", "governance", "bodies.party_organisation", ERDAO, ["大党委"]),
    ("S2-38", "governance", "evaluation", DONGCHENG, ["学区综合评估 (of zone)"]),
    ("S4-40", "governance", "evaluation", CHONGMING, ["学区集团绩效考核 (of zone, group)"]),
    ("S3-15", "governance", "evaluation", ERDAO, ["捆绑评估 (of group, alliance, zone, bundled)"]),
    # structure
    ("S0-07 S2-08 X-02", "structure", "zones", DONGCHENG, ("8", "stated")),
    ("S4-18", "structure", "zones", CHONGMING, ("6", "counted")),
    ("S3-04", "structure", "zones", ERDAO, ("2", "counted")),
    ("S1-03", "structure", "zones", CHENGDU, (None, "none")),
    ("S2-04", "structure", "zones.tightness", DONGCHENG, ["loose"]),
    ("S4-21 X-08", "structure", "zones.legal", CHONGMING, ["separate legal persons"]),
    ("S3-04", "structure", "zones.unifies", ERDAO, ["management"]),
    ("S4-07 S4-14", "structure", "groups", CHONGMING, ("12", "counted")),
    ("S4-11", "structure", "groups.merged", CHONGMING, ("8", "counted")),
    ("S4-14", "structure", "groups.entrusted", CHONGMING, ("4", "counted")),
    ("S4-07 S4-13", "structure", "groups.members.merged", CHONGMING, ["lead 8", "branch 8..16"]),
    ("S4-15 S4-16", "structure", "groups.members.entrusted", CHONGMING, ["lead 4", "member 4"]),
    ("S4-07 X-08", "structure", "groups.legal", CHONGMING, ["one legal person", "others do not say"]),
    ("S3-04", "structure", "groups", ERDAO, ("2", "counted")),
    ("S3-04", "structure", "alliances", ERDAO, ("1", "counted")),
    ("S3-05: forms are not said", "structure", "groups.merged", ERDAO, (None, "none")),
    ("S3-05: forms are not said", "structure", "pairs", ERDAO, (None, "none")),
    ("S4-18: 6 × 3", "structure", "alliances.consortium", CHONGMING, ("18", "counted")),
    ("S0-13 S0-14 S1-33 X-01", "structure", "pairs", DONGCHENG, ("20", "stated")),
    (
        "S0-16",
        "structure",
        "alliances.members.project",
        DONGCHENG,
        ["of 1 listed: lead 22, member 38"],
    ),
    ("S1-03", "structure", "alliances.regional", CHENGDU, ("11", "stated")),
    ("S1-03 S1-04", "structure", "alliances.members.regional", CHENGDU, ["of 1 listed: in all 21"]),
    ("S1-05", "structure", "alliances.agreement", CHENGDU, ["3 years"]),
    ("X-09", "structure", "zones.called", ERDAO, ["大学区"]),
    ("X-09", "structure", "alliances.called", CHONGMING, ["联合体"]),
    ("X-09", "structure", "alliances.called", CHENGDU, ["区域教育联盟"]),
    # coverage and numbers
    ("S4-02", "coverage", "schools", CHONGMING, ("111", "stated")),
    ("S2-47", "coverage", "schools", DONGCHENG, (None, "none")),
    ("S4-18", "coverage", "zone_share", CHONGMING, ("1", "stated")),
    ("S0-29", "metrics", "schools|kindergarten", DONGCHENG, ("44", "stated")),
    ("S0-29", "metrics", 'schools|kindergarten|"市一级一类园" in honours', DONGCHENG, ("34", "stated")),
    ("S0-29", "metrics", 'schools|kindergarten|"市级示范园" in honours', DONGCHENG, ("12", "stated")),
    ("S0-29", "metrics", 'schools|kindergarten|"市早期教育示范基地" in honours', DONGCHENG, ("21", "stated")),
    ("S0-29", "metrics", 'schools|kindergarten|"市学前儿童特殊教育示范基地" in honours', DONGCHENG, ("3", "stated")),
    ("S0-31", "metrics", 'schools|junior|"初中建设工程市级试点校" in honours', DONGCHENG, ("4", "stated")),
    ("S0-31", "metrics", 'schools|"市级文明礼仪学校" in honours', DONGCHENG, ("45", "stated")),
    ("S0-32", "metrics", "backbone_share", DONGCHENG, ("0.15", "stated")),
    ("S0-33", "metrics", "backbone_subject_coverage", DONGCHENG, ("1", "stated")),
    ("S0-33", "metrics", "backbone_school_coverage", DONGCHENG, ("0.967", "stated")),
    ("S0-34: points, not a share", "metrics", "初中毕业生优秀率增幅", DONGCHENG, ("0.3", "stated")),
    ("S0-14", "metrics", "新增结对数", DONGCHENG, ("6", "stated")),
    ("S0-27 S0-28", "metrics", 'resources_offered|hub == "course_highland"', DONGCHENG, ("9", "stated")),
    ("S1-32", "metrics", "school_size|北新桥小学", DONGCHENG, ({"low": "100", "high": None}, "stated")),
    ("S4-04", "metrics", "small_schools|compulsory", CHONGMING, ("24", "stated")),
    ("S4-04", "metrics", "small_school_share|compulsory", CHONGMING, ("0.35", "stated")),
    ("S4-02", "metrics", "islands", CHONGMING, ("3", "stated")),
    ("S4-02", "metrics", "subdistricts", CHONGMING, ("18", "stated")),
    (
        "S4-07 S4-13",
        "metrics",
        'branches_per_group|group|form == "merged"',
        CHONGMING,
        ({"low": "1", "high": "2"}, "stated"),
    ),
    ("S4-12", "metrics", 'groups|form == "merged" && "primary" in stages', CHONGMING, ("4", "stated")),
    ("S3-09", "metrics", "differences", ERDAO, ("4", "stated")),
    ("S3-09", "metrics", "sharings", ERDAO, ("5", "stated")),
    ("S3-09", "metrics", "coordinations", ERDAO, ("8", "stated")),
    ("S3-13", "metrics", "site_meetings", ERDAO, ("2", "stated")),
    ("6 of S4-18 over 111 of S4-02", "metrics", "zones.per_school", CHONGMING, ("0.0540540540541", "stated")),
    # targets: bound, deadline
    ("S2-12", "targets", "zones_with_quality_school", DONGCHENG, ["≥ 100% by 2020"]),
    ("S2-20", "targets", "nine_year_schools|zone", DONGCHENG, ["≥ 1 by 2020"]),
    ("S2-22: 1 + 2..3", "targets", 'unit_size|alliance|form == "belt"', DONGCHENG, ["3..4"]),
    ("S2-25", "targets", "quota_share", DONGCHENG, ["≥ 30% from 2014, ≥ 50% from 2016"]),
    ("S2-26", "targets", "priority_entry_rate|junior", DONGCHENG, ["≥ the district's average"]),
    ("S2-29 S2-30", "targets", "rotation_rate", DONGCHENG, ["≥ 30% by 2019"]),
    ("S2-29", "targets", "backbone_rotation_rate", DONGCHENG, ["≥ 100% by 2019"]),
    ("S2-32", "targets", "academy_branches|zone", DONGCHENG, ["≥ 1"]),
    ("S2-37", "targets", "校际质量差异", DONGCHENG, ["no bound in figures"]),
    ("S4-07", "targets", 'branches_per_group|group|form == "merged"', CHONGMING, ["1..2"]),
    ("S3-08", "targets", "qualitative", ERDAO, ("5", "counted")),
    ("S3-20", "targets", "bounded", ERDAO, ("0", "counted")),
    ("S1-08", "targets", "pairing_ratio|compulsory", CHENGDU, ["≥ 30%"]),
    ("S1-09", "targets", "非义务教育结对学校数", CHENGDU, ["no bound in figures"]),
    ("S1-13", "targets", "cadres_sent", CHENGDU, ["≥ 40"]),
    ("S1-14", "targets", "principal_share", CHENGDU, ["≥ 50%"]),
    ("S1-15", "targets", "reserves_received", CHENGDU, ["≥ 40"]),
    ("S1-18", "targets", "support_rate", CHENGDU, ["≥ 2.5%"]),
    ("S1-24", "targets", "remote_classrooms|pair", CHENGDU, ["≥ 1"]),
    # money
    ("S4-24 S4-25", "money", "available", CHONGMING, ("1600000", "counted")),
    ("S4-29", "money", "committed", CHONGMING, ({"low": "4100000", "high": "4900000"}, "stated")),
    ("S4-29", "money", "funding_gap", CHONGMING, ({"low": "2500000", "high": "3300000"}, "stated")),
    ("S4-25 S4-29: a year before", "money", "available.2018", CHONGMING, ("1600000", "counted")),
    ("S4-29: a year before", "money", "committed.2018", CHONGMING, ({"low": "4100000", "high": "4900000"}, "stated")),
    ("S4-31: 80 of 780", "money", "approval_ratio", CHONGMING, ("0.102564102564", "counted")),
    (
        "S4-24 S4-25 S4-30",
        "money",
        "funds",
        CHONGMING,
        ["市教育附加转移支付: 80万元 a year on average", "区级内涵发展专项: 80万元 a year"],
    ),
    ("S4-26", "money", "subsidies.branch", CHONGMING, ["分校区办公经费: 10万元 a year"]),
    ("S4-27", "money", "subsidies.group", CHONGMING, ["跨区集团托管经费: 60万元 a year"]),
    ("S4-28 S4-30", "money", "subsidies.zone", CHONGMING, ["学区奖励: 15万元 a year on average"]),
    (
        "S4-31",
        "money",
        "requests",
        CHONGMING,
        ["2018: 660万元 asked, 80万元 granted", "2019: 780万元 asked, 80万元 granted"],
    ),
    ("S3-14", "money", "funds", ERDAO, ["学区专项经费: amount not said"]),
    ("S2-36 S2-40 S2-47", "money", "committed", DONGCHENG, (None, "none")),
    ("S1-22", "money", "committed", CHENGDU, (None, "none")),
    # timetable
    (
        "S2-05 S0-41 X-04",
        "timetable",
        "2003",
        DONGCHENG,
        ["called 学区化管理", "measures begin: 学区化管理 (another source: 2006)"],
    ),
    ("S2-06", "timetable", "2004", DONGCHENG, ["founded: 和平里学区"]),
    (
        "S0-06 S1-32",
        "timetable",
        "2010",
        DONGCHENG,
        ["founded: 东花市崇文门前门学区, 龙潭体育馆路学区, 天坛永定门外学区, 西中街小学—北新桥小学"],
    ),
    ("S4-10 S4-11", "timetable", "2018", CHONGMING, ["founded: 城桥中学教育集团", "ended: 新海学校教育集团"]),
    (
        "S2-35 S2-41: no day is given",
        "timetable",
        "undated",
        DONGCHENG,
        [
            "measures: 学区化管理信息网, 学校深度联盟, 学校联盟发展模型, 联盟发展路径",
            "tasks: 下发改革折子, 建设学区配套设施, "
            + ", ".join(
                f"建设学区配套设施/{name}"
                for name in (
                    "学生身心健康服务中心",
                    "重点学科实验室",
                    "资源中心",
                    "中心食堂",
                    "教育后勤服务中心",
                    "考试招生指导服务中心",
                    "教育教学研究中心",
                )
            ),
        ],
    ),
    # one word, several meanings
    ("X-08 S4-21", "words", "学区.legal", CHONGMING, ["separate legal persons"]),
    ("X-08", "words", "学区.legal", ERDAO, ["not said"]),
    ("S2-04", "words", "学区.tightness", DONGCHENG, ["loose"]),
    ("S4-18", "words", "学区.holds", CHONGMING, ["consortium: 18 in 6 (counted)"]),
    (
        "X-07 S4-21 S4-22",
        "words",
        "学区.governance",
        CHONGMING,
        ["学区协调管理机构 (each zone)", "学区党建共同体 (each zone)"],
    ),
    ("X-07 S3-10", "words", "学区.governance", ERDAO, ["总校长 (of what is not said)", "大党委 (of what is not said)"]),
    ("X-08 S4-07", "words", "集团.legal", CHONGMING, ["one legal person", "others do not say"]),
    ("X-08 S0-19", "words", "联盟.legal", DONGCHENG, ["separate legal persons", "others do not say"]),
    ("X-09 S0-11 S0-16", "words", "联盟.kind", DONGCHENG, ["alliances: pair", "alliances: project"]),
    ("X-09 S1-03", "words", "联盟.kind", CHENGDU, ["alliances: regional"]),
    ("S4-37", "words", "联盟.quoted", CHONGMING, ["“三.2”说“整体提升了联盟内师资水平”，这里的“联盟”指学区。"]),
]


def compared(xqctl: Command, *words: str, **more: Any) -> Any:
    done = xqctl("--lang", "en", "compare", *words, "--format", "json", cwd=more.pop("cwd", ROOT), **more)
    assert done.code == 0, done.err
    data = json.loads(done.out)
    assert [error.message for error in validator("compare").iter_errors(data)] == []
    return data


@pytest.fixture(scope="module")
def rows() -> Rows:
    words = ["--lang", "en", "compare", *EXAMPLES, "--today", "2020-01-01", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "xqctl", *words], cwd=ROOT, env=environment(), capture_output=True, check=True
    )
    data = json.loads(done.stdout)
    assert [error.message for error in validator("compare").iter_errors(data)] == []
    return {(row["section"], row["id"]): row for row in data["comparison"]["rows"]}


@pytest.mark.parametrize(("facts", "section", "row", "column", "said"), FACTS)
def test_it_says_what_the_documents_say(
    rows: Rows, facts: str, section: str, row: str, column: int, said: object
) -> None:
    value = rows[section, row]["values"][column]
    found = (value["value"], value["basis"]) if isinstance(said, tuple) else value["words"]
    assert found == said, facts


def test_both_dates_of_the_eight_zones_are_told(rows: Rows) -> None:  # S0-40 X-03
    assert rows["structure", "zones"]["note"] == "东城区: of 学区数2010, 学区制方案2014#回顾与思考（一） says 2012"


def test_no_number_stands_without_its_basis(rows: Rows) -> None:
    for row in rows.values():
        for value in row["values"]:
            assert value["value"] is None or value["basis"] in ("counted", "stated"), row["id"]
            assert value["basis"] != "stated" or value["words"] or value["value"] is not None, row["id"]
            if row["unit"] is not None and row["section"] != "targets":
                assert value["basis"] is not None, row["id"]


def test_a_researcher_can_read_and_cite_the_page(xqctl: Command) -> None:
    done = xqctl("--lang", "en", "compare", *EXAMPLES, "--today", "2020-01-01", "--format", "markdown", cwd=ROOT)
    if UPDATE:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_bytes(done.stdout)
    assert done.out == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [100, 140])
def test_it_fits_a_terminal(xqctl_inside: Command, columns: int) -> None:
    done = xqctl_inside("compare", *EXAMPLES, "--today", "2020-01-01", cwd=ROOT, env={"COLUMNS": str(columns)})
    assert max(map(width, done.out.splitlines())) <= columns


def test_the_same_bytes_whatever_the_hash_seed(xqctl: Command) -> None:
    runs = [
        xqctl("compare", *EXAMPLES, "--today", "2020-01-01", cwd=ROOT, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_two_days_of_one_district_compare_the_same_way(xqctl_inside: Command) -> None:
    data = compared(xqctl_inside, "examples/chongming@2017-12-31", "examples/chongming", "--section", "timetable")
    columns = data["comparison"]["columns"]
    assert [column["name"] for column in columns] == ["崇明区 2017-12-31", "崇明区 2019-11-02"]
    assert [column["as_of"] for column in columns] == ["2017-12-31", "2019-11-02"]


def test_columns_stand_in_the_order_given(xqctl_inside: Command) -> None:
    data = compared(xqctl_inside, "examples/erdao", "examples/chengdu", "examples/erdao", "--section", "governance")
    assert [column["operand"] for column in data["comparison"]["columns"]] == ["examples/erdao", "examples/chengdu"]


def district(folder: Path, name: str, **kinds: object) -> str:
    folder.mkdir()
    data = {"district": {"name": name, "level": "district", "as_of": "2024-01-01"}, **kinds}
    (folder / "district.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder.name


@pytest.mark.parametrize(
    ("one", "other", "note"),
    [
        ({"at_least": "30%"}, {"at_least": "25%"}, "甲区 asks most"),
        ({"at_least": "30%", "by": 2026}, {"at_least": "30%", "by": "2025-06"}, "乙区 asks it soonest"),
        ({"at_least": {"2023": "20%", "2026": "50%"}}, {"at_least": "45%"}, "甲区 asks most"),
        ({"at_most": "30%"}, {"at_most": "25%"}, "乙区 asks most"),
        ({"at_least": "30%"}, {"at_least": "30%"}, "the same is asked"),
        ({"at_least": "30%"}, {"at_most": "30%"}, None),
        ({"at_least": "30%"}, {"at_least": "average"}, None),
    ],
)
def test_who_asks_most_of_the_same_is_told(
    xqctl_inside: Command, tmp_path: Path, one: dict[str, object], other: dict[str, object], note: str | None
) -> None:
    asked = {"metric": "pairing_ratio", "stage": "compulsory"}
    names = [
        district(tmp_path / "one", "甲区", targets={"结对": {**asked, **one}}),
        district(tmp_path / "other", "乙区", targets={"一半结对": {**asked, "each": "district", **other}}),
    ]
    data = compared(xqctl_inside, *names, "--section", "targets", cwd=tmp_path)
    found = {row["id"]: row for row in data["comparison"]["rows"]}
    assert found["pairing_ratio|compulsory"]["note"] == note


def test_numbers_are_given_per_school_and_per_thousand_pupils(xqctl_inside: Command, tmp_path: Path) -> None:
    complete = dict.fromkeys(("schools", "zones", "statistics"), "complete")
    one = district(
        tmp_path / "one",
        "甲区",
        schools={"甲校": {"stages": "primary"}, "乙校": {"stages": "primary"}},
        zones={"东学区": {"members": {"甲校": "lead", "乙校": "member"}}},
        statistics={"2023-2024": {"甲校": {"students": 300}, "乙校": {"students": 100}}},
    )
    text = (tmp_path / one / "district.yaml").read_text(encoding="utf-8")
    data = json.loads(text)
    data["district"]["registers"] = complete
    (tmp_path / one / "district.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    other = district(tmp_path / "other", "乙区")
    answer = compared(xqctl_inside, one, other, "--section", "metrics", "--section", "coverage", cwd=tmp_path)
    found = {row["id"]: row["values"][0] for row in answer["comparison"]["rows"]}
    assert (found["pupils"]["value"], found["pupils"]["basis"]) == ("400", "counted")
    assert (found["zones.per_school"]["value"], found["zones.per_school"]["basis"]) == ("0.5", "counted")
    assert found["zones.per_thousand_pupils"]["value"] == "2.5"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["examples/erdao"], "1 district to compare; name at least two"),
        (["examples/erdao", "examples/chengdu", "--section", "governence"], "did you mean governance"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(xqctl_inside: Command, words: list[str], said: str) -> None:
    done = xqctl_inside("--lang", "en", "compare", *words, cwd=ROOT)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_spreadsheet_has_a_column_for_each_district(xqctl_inside: Command) -> None:
    done = xqctl_inside("--lang", "en", "compare", *EXAMPLES[:2], "--section", "structure", "--format", "csv", cwd=ROOT)
    lines = done.out.removeprefix("\ufeff").splitlines()
    assert lines[0].startswith("section,id,title,unit,note,东城区,东城区 basis,东城区 on,东城区 source,崇明区,")
    assert any(line.startswith("structure,groups.merged,") and ",8,counted," in line for line in lines)


def test_a_district_that_contradicts_itself_is_marked(xqctl_inside: Command) -> None:  # S4-05, S4-11
    data = compared(xqctl_inside, *EXAMPLES, "--section", "governance")
    assert [column["doubts"] for column in data["comparison"]["columns"]] == [0, 2, 0, 0]


def test_it_is_told_in_chinese(xqctl_inside: Command) -> None:
    done = xqctl_inside("--lang", "zh", "compare", *EXAMPLES[:3], "--section", "words", "--format", "plain", cwd=ROOT)
    lines = [line.split() for line in done.out.splitlines()]
    assert ["法人关系", "没有写", "各自独立法人", "没有写"] in lines
    assert ["紧密程度", "松散型", "没有写", "没有写"] in lines
    assert ["统一事项", "没有写", "没有写", "管理"] in lines


def test_plans_of_one_district_stand_side_by_side(xqctl_inside: Command, tmp_path: Path) -> None:
    district(tmp_path / "one", "甲区", zones={"东学区": {}})
    for name in ("一案", "二案"):
        plan = tmp_path / "one" / "plans" / name
        plan.mkdir(parents=True)
        (plan / "plan.yaml").write_text(f"title: {name}\n", encoding="utf-8")
    zones = tmp_path / "one" / "plans" / "二案" / "zones.yaml"
    zones.write_text("zones: {东学区: {legal: one}}\n", encoding="utf-8")
    data = compared(xqctl_inside, "one+一案", "one+二案", "--section", "structure", cwd=tmp_path)
    assert [column["name"] for column in data["comparison"]["columns"]] == ["甲区 one+一案", "甲区 one+二案"]
    found = {row["id"]: [value["words"] for value in row["values"]] for row in data["comparison"]["rows"]}
    assert found["zones.legal"] == [[], ["one legal person"]]
