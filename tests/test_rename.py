"""Refactorings: everything that names a thing follows, history stays true, and diff tells what was done."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from xqctl import resources

XQCTL = Path(sys.executable).parent / "xqctl"
EXAMPLES = Path(__file__).parent.parent / "examples"
DISTRICT = (
    "district: {name: 某区, level: district, as_of: 2024-06-01, registers: {schools: complete, zones: complete}}\n"
)
CASE = """# 甲校的注
sources:
  方案: {title: 甲校的方案, date: 2019}
schools:
  甲校:
    stages: primary
    source: 方案#一.1
    campuses:
      东区: {stages: primary}
  乙校: {stages: primary, formerly: [老乙校]}
  丙校: {stages: primary}
zones:
  片区:
    members: {甲校: lead, 甲校/东区: member, 乙校: member, 丙校: {2010: member, 2015: deputy}}
    since: 2000
alliances:
  甲校—丙校:
    form: pair
    members: {甲校: lead, 丙校: member}
    since: 2012
    source: [方案, 方案#二]
postings:
  支教: {year: 2023-2024, from: 甲校, to: 丙校, mode: support, count: 2}
catchments:
  一片: {schools: [甲校, 乙校], way: several}
statistics:
  2023-2024:
    甲校: {primary: {students: 100}}
    乙校: {primary: {students: 50}}
figures:
  学校数: {metric: schools, value: 3, of: 片区, listed: [甲校, 乙校, 丙校], on: 2024-01, says: 甲校等三所}
targets:
  规模:
    metric: schools
    each: zone
    where: id == "甲校" || name == '甲校的'
    at_least: 1
waivers:
  宽限: {rule: XQZ002, at: zones.片区.members.甲校, reason: 暂时, approved_by: 局, until: 2030}
"""
PLAN = """title: 扩容
expects:
  zones:
    片区: {members: {甲校: lead}}
  schools:
    甲校: {source: 方案#一.1}
"""
MAPPING = """tables:
  名单:
    kind: schools
    columns: {学校: {to: id, values: {甲小: 甲校}}}  # 甲校
"""
CHANGE = "zones:\n  片区:\n    members:\n      甲校: {role: deputy}  # 甲校改任\n      乙校: {role: lead}\n"


def run(*words: str, cwd: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run([XQCTL, *words, "--lang", lang], cwd=cwd, capture_output=True, text=True, check=False)


def answer(*words: str, cwd: Path) -> Any:
    done = run(*words, "--format", "json", cwd=cwd)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "plans/扩容").mkdir(parents=True)
    (tmp_path / "mappings").mkdir()
    for name, text in (
        ("district.yaml", DISTRICT),
        ("case.yaml", CASE),
        ("plans/扩容/plan.yaml", PLAN),
        ("plans/扩容/units.yaml", CHANGE),
        ("mappings/名单.yaml", MAPPING),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES / "demo", tmp_path / "demo")
    return tmp_path / "demo"


def test_a_school_is_renamed_wherever_it_is_named(home: Path) -> None:
    done = run("rename", "甲校", "甲实验校", "--on", "2024-09-01", cwd=home)
    assert done.returncode == 0, done.stdout + done.stderr
    expected = (
        CASE.replace("  甲校:\n", "  甲实验校:\n", 1)
        .replace("      东区: {stages: primary}\n",
                 "      东区: {stages: primary}\n    formerly:\n      甲校: {until: 2024-09-01}\n")
        .replace("{甲校: lead, 甲校/东区: member,", "{甲实验校: lead, 甲实验校/东区: member,")
        .replace("members: {甲校: lead, 丙校", "members: {甲实验校: lead, 丙校")
        .replace("from: 甲校", "from: 甲实验校")
        .replace("[甲校, 乙校]", "[甲实验校, 乙校]")
        .replace("    甲校: {primary", "    甲实验校: {primary")
        .replace("listed: [甲校", "listed: [甲实验校")
        .replace('id == "甲校"', 'id == "甲实验校"')
        .replace("members.甲校", "members.甲实验校")
    )  # fmt: skip
    assert (home / "case.yaml").read_text(encoding="utf-8") == expected
    assert (home / "plans/扩容/plan.yaml").read_text(encoding="utf-8") == PLAN.replace("甲校", "甲实验校")
    assert "      甲实验校: {role: deputy}  # 甲校改任\n" in (home / "plans/扩容/units.yaml").read_text(
        encoding="utf-8"
    )
    for left in ("case.yaml:1 ", "case.yaml:3 ", "units.yaml:4 ", "says 甲校"):
        assert left in done.stdout, left
    mapping = (home / "mappings/名单.yaml").read_text(encoding="utf-8")
    assert mapping == MAPPING.replace("甲小: 甲校", "甲小: 甲实验校")
    assert "甲校 is called 甲实验校 now" in done.stdout
    assert "Promises" not in done.stdout
    assert run("validate", "--fail-on", "error", cwd=home).returncode == 0


def test_a_campus_a_unit_a_source_and_the_district(home: Path) -> None:
    assert run("rename", "甲校/东区", "东校区", cwd=home).returncode == 0
    assert run("rename", "片区", "第一学区", cwd=home).returncode == 0
    assert run("rename", "方案", "实施方案", cwd=home).returncode == 0
    assert run("rename", "某区", "新区", cwd=home).returncode == 0
    text = (home / "case.yaml").read_text(encoding="utf-8")
    assert "甲校/东校区: member" in text
    assert "      东校区:" in text or "      东校区: {stages: primary, formerly: 东区}" in text
    assert "source: 实施方案#一.1" in text
    assert "source: [实施方案, 实施方案#二]" in text
    assert "title: 甲校的方案" in text
    assert "at: zones.第一学区.members.甲校" in text
    assert "of: 第一学区" in text
    assert "name: 新区" in (home / "district.yaml").read_text(encoding="utf-8")
    plan = (home / "plans/扩容/plan.yaml").read_text(encoding="utf-8")
    assert "第一学区: {members" in plan
    assert "source: 实施方案#一.1" in plan
    assert run("validate", cwd=home).returncode == 0


def test_earlier_names_stay(home: Path) -> None:
    assert run("rename", "乙校", "乙新校", cwd=home).returncode == 0
    assert "formerly: [老乙校, 乙校]" in (home / "case.yaml").read_text(encoding="utf-8")
    assert run("rename", "乙新校", "乙校二", "--on", "2025", cwd=home).returncode == 0
    text = (home / "case.yaml").read_text(encoding="utf-8")
    assert "{老乙校: {}, 乙校: {}, 乙新校: {until: 2025}}" in text
    assert run("validate", cwd=home).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "没有", "新"), "nothing here is called"),
        (("rename", "甲校", "乙校"), "is there already"),
        (("rename", "甲校", "片区"), "is there already"),
        (("rename", "甲校", "甲 校"), "is no id"),
        (("rename", "甲校", "2019"), "is no id"),
        (("rename", "甲校", "a/b"), "is no id"),
        (("rename", "甲校/东区", "乙校/东区"), "stays a campus"),
        (("rename", "甲校", "丁校", "--on", "明年"), "write a day"),
        (("retire", "甲校", "--on", "2010", "--kind", "zones"), "nothing here is called"),
        (("retire", "片区", "--on", "1999"), "begins only"),
        (("merge", "甲校", "片区", "--into", "丁校", "--on", "2024"), "of one kind"),
        (("merge", "甲校", "--into", "片区", "--on", "2024"), "is there already"),
        (("merge", "甲校", "乙校", "--into", "丁校", "--on", "2024", "--join", "无"), "no zone"),
    ],
)
def test_what_cannot_be_meant_is_told(home: Path, words: tuple[str, ...], said: str) -> None:
    done = run(*words, cwd=home)
    assert done.returncode == 2
    assert said in done.stderr
    assert (home / "case.yaml").read_text(encoding="utf-8") == CASE
    assert not list(home.glob(".xqctl*"))


def test_a_preview_writes_nothing(home: Path) -> None:
    done = run("rename", "甲校", "丁校", "--diff", cwd=home)
    assert done.returncode == 0
    assert "+  丁校:" in done.stdout
    assert (home / "case.yaml").read_text(encoding="utf-8") == CASE


def test_what_would_break_a_plan_is_refused(home: Path) -> None:
    done = run("retire", "甲校", "--on", "2024-09-01", cwd=home)
    text = (home / "case.yaml").read_text(encoding="utf-8")
    if done.returncode:
        assert "nothing written" in done.stdout
        assert text == CASE
        assert run("retire", "甲校", "--on", "2024-09-01", "--force", cwd=home).returncode == 0
    else:
        assert run("validate", cwd=home).returncode == 0


def test_closing_ends_what_runs_on(home: Path) -> None:
    shutil.rmtree(home / "plans")
    done = run("retire", "丙校", "--on", "2024-03-01", "--reason", "生源不足", cwd=home)
    assert done.returncode == 0, done.stdout
    text = (home / "case.yaml").read_text(encoding="utf-8")
    assert "丙校: {stages: primary, until: 2024-03-01, note: 生源不足}" in text
    assert "2015: {role: deputy, until: 2024-03-01}" in text
    assert "to: 丙校, mode: support, count: 2, until: 2024-03-01}" in text
    assert "    since: 2012\n    source: [方案, 方案#二]\n    until: 2024-03-01\n" in text
    assert run("validate", cwd=home).returncode == 0


def numbers(home: Path, day: str) -> Any:
    found = answer("check", "--as-of", day, str(home), cwd=home)
    return {name: found[name] for name in ("verdicts", "metrics", "money") if name in found}


def without(data: Any, names: dict[str, str]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for new, old in names.items():
        text = text.replace(new, old)
    return re.sub(r'"(line|column|end_line|end_column)": [0-9]+', "", text)


def test_a_renamed_school_has_the_same_numbers(demo: Path) -> None:
    before = numbers(demo, "2025-03-01")
    assert run("rename", "听雨小学", "听雨实验小学", "--on", "2025-01-01", cwd=demo).returncode == 0
    assert without(numbers(demo, "2025-03-01"), {"听雨实验小学": "听雨小学"}) == without(before, {})


@pytest.mark.parametrize(
    "words",
    [
        ("retire", "麦浪小学", "--on", "2025-02-01"),
        ("merge", "柳浪小学", "青篱小学", "--into", "柳青小学", "--on", "2025-02-01", "--join", "晴川学区"),
        ("merge", "麦浪小学", "--into", "拾穗镇中心小学", "--on", "2025-02-01"),
        ("retire", "望星优质教育资源带", "--on", "2025-02-01"),
    ],
    ids=" ".join,
)
def test_what_held_before_that_day_stays(demo: Path, words: tuple[str, ...]) -> None:
    days = ("2024-12-31", "2023-10-01")
    before = [numbers(demo, day) for day in days]
    subprocess.run(["git", "init", "-q", "."], cwd=demo.parent, check=True)
    subprocess.run(["git", "add", "."], cwd=demo.parent, check=True)
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"], cwd=demo.parent, check=True
    )
    done = run(*words, *(("--path", ".") if words[0] == "merge" else (".",)), "--force", cwd=demo)
    assert done.returncode == 0, done.stdout + done.stderr
    for day, was in zip(days, before, strict=True):
        assert without(numbers(demo, day), {}) == without(was, {}), day
    said = answer("diff", "HEAD:demo", "demo", cwd=demo.parent)
    actions = {change["action"] for change in said["changes"] if change["class"] == "structure"}
    wanted = {
        "retire": {"closed", "dissolved", "left", "ended"},
        "merge": {"merged", "left", "joined", "closed", "ended"},
    }
    assert actions <= wanted[words[0]], [(c["action"], c["summary"]) for c in said["changes"]]
    assert actions & ({"merged"} if words[0] == "merge" else {"closed", "dissolved"})


def test_diff_says_renamed_and_nothing_else(demo: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=demo.parent, check=True)
    subprocess.run(["git", "add", "."], cwd=demo.parent, check=True)
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"], cwd=demo.parent, check=True
    )
    for old, new in (("听雨小学", "听雨实验小学"), ("晴川学区", "第一学区"), ("云溪方案2023", "云溪实施方案2023")):
        assert run("rename", old, new, cwd=demo).returncode == 0
    said = answer("diff", "HEAD:demo", "demo", cwd=demo.parent)
    assert [change["action"] for change in said["changes"]] == ["renamed"] * 3
    assert run("validate", cwd=demo).returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("rename", "甲校", "丁校", "--diff"),
        ("retire", "丙校", "--on", "2024-03-01"),
        ("merge", "乙校", "--into", "丙校", "--on", "2024-03-01"),
    ],
)
def test_the_answer_is_what_its_schema_says(home: Path, words: tuple[str, ...]) -> None:
    said = answer(*words, cwd=home)
    folder = resources.schemas() / "output"
    every = [Resource.from_contents(json.loads(path.read_bytes())) for path in folder.glob("*.json")]
    registry: Any = Registry().with_resources((each.contents["$id"], each) for each in every)
    schema = json.loads((folder / f"{words[0]}.schema.json").read_bytes())
    assert not list(Draft202012Validator(schema, registry=registry).iter_errors(said))


def test_a_city_is_named_apart_from_its_districts(xqctl: Command, tmp_path: Path) -> None:
    (tmp_path / "内区").mkdir()
    for folder, school in ((tmp_path, "甲校"), (tmp_path / "内区", "乙校")):
        text = f"district: {{name: {folder.name}, level: district}}\nschools: {{{school}: {{stages: primary}}}}\n"
        (folder / "district.yaml").write_text(text, encoding="utf-8")
    assert xqctl("rename", "甲校", "丙校", tmp_path).code == 0
    assert "丙校" in (tmp_path / "district.yaml").read_text(encoding="utf-8")
    assert xqctl("rename", "乙校", "丁校", tmp_path).code == 2
