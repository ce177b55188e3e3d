"""`check` and the numbers of `explain`: through the real command, in every format, with its exit codes."""

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from worlds import EXAMPLES, opened

from xqctl import resources
from xqctl.assess import assess
from xqctl.derivation import money_blocks, verdict_blocks
from xqctl.messages import Lang
from xqctl.page import Page
from xqctl.render import View, text
from xqctl.screen import width

DEMO = str(EXAMPLES / "demo")
CITY = """\
district: {name: 某区, level: district, as_of: 2020-06-01, registers: {schools: complete, zones: complete}}
schools: {甲小: {stages: primary}, 乙小: {stages: primary}, 丙小: {stages: primary}}
zones: {东片: {members: {甲小: lead, 乙小: member}}}
sources: {方案: {title: 学区方案, number: 某教〔2019〕1号, confidence: official}}
"""
MET = "进学区: {metric: zone_share, at_least: 60%, source: 方案#一}"
MISSED = "进学区: {metric: zone_share, at_least: 67%, source: 方案#一}"
UNKNOWN = "有规划: {attested: true}"
WAIVED = "waivers: {豁免: {target: 进学区, reason: 新校在建, approved_by: 局长办公会, until: 2027}}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder for a district."""
    return tmp_path


def laid(place: Path, *targets: str, more: str = "") -> Path:
    """A district with these targets."""
    listed = "".join(f"  {target}\n" for target in targets)
    (place / "district.yaml").write_text(CITY + ("targets:\n" + listed if targets else "") + more, encoding="utf-8")
    return place


@cache
def validator(command: str) -> Any:
    folder = resources.schemas() / "output"
    loaded = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources((n, Resource.from_contents(s)) for n, s in loaded.items())
    Draft202012Validator.check_schema(loaded[f"{command}.schema.json"])
    return Draft202012Validator(loaded[f"{command}.schema.json"], registry=registry)


def answered(text: str) -> Any:
    """A JSON answer, held against the published schema of its command."""
    data = json.loads(text)
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator(data["command"]).iter_errors(data)]
    assert faults == []
    return data


@pytest.mark.parametrize(
    ("targets", "options", "code"),
    [
        ((MET,), (), 0),
        ((MISSED,), (), 1),
        ((MISSED,), ("--fail-on", "never"), 0),
        ((UNKNOWN,), (), 0),
        ((UNKNOWN,), ("--strict",), 1),
        ((UNKNOWN,), ("--fail-on", "unknown"), 1),
        ((UNKNOWN,), ("--strict", "--fail-on", "never"), 0),
        ((MET, UNKNOWN), ("--target", "进学区", "--strict"), 0),
        ((), (), 0),
    ],
)
def test_exit_codes(
    xqctl_inside: Command, place: Path, targets: tuple[str, ...], options: tuple[str, ...], code: int
) -> None:
    laid(place, *targets)
    for name in ("text", "json", "csv", "plain", "markdown"):
        assert xqctl_inside("check", place, *options, "--format", name).code == code, name


def test_a_waived_miss_passes(xqctl_inside: Command, place: Path) -> None:
    laid(place, MISSED, more=WAIVED)
    assert xqctl_inside("check", place, "--strict", "--today", "2026-12-31").code == 0
    assert xqctl_inside("check", place, "--today", "2027-01-01").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--target", "进学校"), "target 进学校 is unknown; did you mean 进学区"),
        (("--target", "另一个"), "target 另一个 is unknown"),
        (("--standard", "优质均衡2018"), "standard 优质均衡2018 is unknown; did you mean 优质均衡2017"),
        (("--fail-on", "met"), "--fail-on is met; it can be missed, unknown, never"),
    ],
)
def test_wrong_calls(xqctl_inside: Command, place: Path, words: tuple[str, ...], said: str) -> None:
    laid(place, MET, UNKNOWN)
    run = xqctl_inside("check", place, *words, "--lang", "en")
    assert run.code == 2
    assert said in run.err


def test_json_says_what_was_promised(xqctl_inside: Command, place: Path) -> None:
    laid(place, MISSED, UNKNOWN)
    data = answered(xqctl_inside("check", place, "--format", "json", "--lang", "en").out)
    first, second = data["verdicts"]
    assert first == {
        "district": data["inputs"][0]["root"],
        "target": "进学区",
        "standard": None,
        "metric": "zone_share",
        "stage": None,
        "scope": {"each": "district", "of": "某区"},
        "verdict": "missed",
        "value": "0.666666666667",
        "unit": "ratio",
        "numerator": "2",
        "denominator": "3",
        "bound": {"kind": "at_least", "value": "0.67", "by": None},
        "basis": "counted",
        "missing": [],
        "waiver": None,
        "confidence": None,
        "formula": None,
        "source": ["方案#一"],
        "path": "targets.进学区",
    }
    assert second["verdict"] == "unknown"
    assert second["missing"] == ["a qualitative requirement: name the evidence it is met by"]
    assert data["as_of"] == "2020-06-01"
    assert data["summary"] == {
        "districts": 1,
        "findings": 0,
        "verdicts": 2,
        "met": 0,
        "missed": 1,
        "pending": 0,
        "unknown": 1,
        "waived": 0,
    }
    assert data["exit_code"] == 1


@pytest.mark.parametrize("name", ["beijing", "chengdu", "chongming", "demo", "dongcheng", "erdao"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_of_the_examples_has_its_shape(xqctl_inside: Command, name: str, lang: str) -> None:
    run = xqctl_inside("check", EXAMPLES / name, "--format", "json", "--lang", lang, "--today", "2026-11-01")
    data = answered(run.out)
    assert run.code == data["exit_code"] == (1 if data["summary"]["missed"] else 0)
    assert (
        len(data["verdicts"])
        == data["summary"]["verdicts"]
        == sum(data["summary"][state] for state in ("met", "missed", "pending", "unknown", "waived"))
    )


def test_money_of_chongming_in_json(xqctl_inside: Command) -> None:
    data = answered(xqctl_inside("check", EXAMPLES / "chongming", "--format", "json").out)
    last = data["money"][-1]
    assert (last["fund"], last["subsidy"]) == (None, None)
    assert last["committed"] == {"low": "4100000", "high": "4900000"}
    assert last["available"] == "1600000"
    assert last["gap"] == {"low": "2500000", "high": "3300000"}
    assert {row["subsidy"]: row["committed"] for row in data["money"] if row["subsidy"]} == {
        "分校区办公经费": {"low": "800000", "high": "1600000"},
        "跨区集团托管经费": "2400000",
        "学区奖励": "900000",
    }


def test_csv_is_a_row_a_verdict(xqctl_inside: Command, place: Path) -> None:
    laid(place, MISSED, UNKNOWN)
    run = xqctl_inside("check", place, "--format", "csv", "--lang", "en")
    assert run.stdout.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(run.stdout.decode("utf-8-sig"), newline="")))
    assert [(row["target"], row["verdict"], row["numerator"], row["bound.value"]) for row in rows] == [
        ("进学区", "missed", "2", "0.67"),
        ("有规划", "unknown", "", ""),
    ]


def test_csv_is_no_formula(xqctl_inside: Command, place: Path) -> None:
    laid(
        place,
        "进学区: {metric: zone_share, at_least: 67%}",
        more='metrics: {甲: {measured_in: count, title: "=1+1"}}\n',
    )
    run = xqctl_inside("explain", "甲", place, "--format", "csv")
    assert run.code == 0
    cells = [cell for row in csv.reader(io.StringIO(run.stdout.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_text_tells_the_bound_and_the_value_apart(xqctl_inside: Command, place: Path) -> None:
    """2 of 3 is 66.67 %: beside 66.67 % it is a little less, and shown so."""
    laid(place, "进学区: {metric: zone_share, at_least: 66.67%}")
    run = xqctl_inside("check", place, "--lang", "en")
    assert "66.667%" in run.out
    assert "≥ 66.67%" in run.out


def test_errors_come_first(xqctl_inside: Command, place: Path) -> None:
    laid(place, MET, more="groups: {一集团: {members: {无此校: lead}}}\n")
    run = xqctl_inside("check", place, "--lang", "en")
    assert run.out.index("make these numbers unreliable") < run.out.index("XQR001") < run.out.index("进学区")
    data = answered(xqctl_inside("check", place, "--format", "json").out)
    assert [finding["code"] for finding in data["findings"]] == ["XQR001"]


def test_standard_is_held_against_whether_adopted_or_not(xqctl_inside: Command, place: Path) -> None:
    laid(place, MET)
    data = answered(xqctl_inside("check", place, "--standard", "消除大班额2016", "--format", "json").out)
    told = {v["path"]: (v["standard"], v["verdict"], v["bound"]["by"]) for v in data["verdicts"]}
    assert told == {
        "standards.消除大班额2016.大班额": ("消除大班额2016", "pending", "2020-12-31"),
        "standards.消除大班额2016.超大班额": ("消除大班额2016", "unknown", "2018-12-31"),
    }, "on 2020-06-01"


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_of_text_is_wider_than_the_terminal(columns: int, lang: Lang) -> None:
    world = opened(EXAMPLES / "demo")
    blocks = (*verdict_blocks(assess(world).verdicts), *money_blocks(assess(world).money))
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    text.write(Page("x", blocks, {}), stream, View(lang, columns=columns))
    assert max(map(width, stream.buffer.getvalue().decode().splitlines())) <= columns  # type: ignore[attr-defined]


# --- explain


def test_explain_redoes_a_ratio(xqctl_inside: Command, place: Path) -> None:
    laid(place, MISSED)
    run = xqctl_inside("explain", "进学区", place, "--lang", "en")
    assert run.code == 0
    for said in (
        "2 ÷ 3 = 0.666667",
        "≥ 67%",
        "Numerator",
        "Denominator",
        "甲小",
        "丙小",
        "某教〔2019〕1号",
        "official",
    ):
        assert said in run.out, said


def test_explain_names_what_was_left_out(xqctl_inside: Command, place: Path) -> None:
    laid(place, """'进学区': {metric: zone_share, among: 'id != "丙小"', at_least: 67%}""")
    data = answered(xqctl_inside("explain", "进学区", place, "--format", "json", "--lang", "en").out)
    (metric,) = data["explained"]["metrics"]
    assert (metric["numerator"], metric["denominator"]) == ("2", "2")
    assert [part["label"] for part in metric["trace"] if part["part"] == "left_out"] == ["丙小"]


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("pairing_ratio", "metric"),
        ("结对比例", "metric"),
        ("metrics.groups", "metric"),
        ("groups", "kind"),
        ("优质均衡2017", "standard"),
        ("优质均衡2017/小学班额", "target"),
        ("XQZ001", "rule"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain_without_a_district(xqctl_inside: Command, what: str, kind: str, lang: str) -> None:
    data = answered(xqctl_inside("explain", what, "--format", "json", "--lang", lang).out)
    assert data["explained"]["kind"] == kind
    for name in ("text", "plain", "markdown", "csv"):
        assert xqctl_inside("explain", what, "--format", name, "--lang", lang).out.strip()


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("支教比例", "target"),
        ("support_rate", "metric"),
        ("metrics.groups", "metric"),
        ("干部占教职工比例", "target"),
        ("metrics.干部占教职工比例", "metric"),
        ("校均图书", "metric"),
        ("基本均衡2012", "standard"),
        ("优质均衡2017/初中体育场馆差异系数", "target"),
        ("优质均衡2017/小学体育场馆", "target"),
        ("听雨小学", "things"),
    ],
)
def test_explain_in_the_demo(xqctl_inside: Command, what: str, kind: str) -> None:
    data = answered(xqctl_inside("explain", what, DEMO, "--format", "json", "--lang", "en").out)
    assert data["explained"]["kind"] == kind
    if kind != "things":
        assert data["explained"]["metrics"]
        assert all(metric["trace"] for metric in data["explained"]["metrics"])
    assert xqctl_inside("explain", what, DEMO, "--lang", "zh").code == 0


def test_explain_of_one_thing(xqctl_inside: Command) -> None:
    words = ("explain", "初中达到六项以上", DEMO, "--of", "归樵初级中学", "--lang", "en")
    data = answered(xqctl_inside(*words, "--format", "json").out)
    (verdict,) = data["explained"]["verdicts"]
    assert (verdict["verdict"], verdict["value"]) == ("missed", "5")
    assert "5 of 7 met" in xqctl_inside(*words).out
    wrong = xqctl_inside("explain", "初中达到六项以上", DEMO, "--of", "没有的学校")
    assert wrong.code == 2


def test_explain_of_something_unknown_offers_what_is_close(xqctl_inside: Command) -> None:
    assert "pairing_ratio" in xqctl_inside("explain", "pairing_ration", "--lang", "en").err
    assert "支教比例" in xqctl_inside("explain", "支教的比例", DEMO, "--lang", "en").err


def test_rankings_show_places_shared_scores_and_awards(xqctl_inside: Command) -> None:
    """集团 87.5 and 87.5 share the third place, so the next is the fifth; a zone's first gets 学区奖励."""
    done = xqctl_inside("check", "examples/demo", "--format", "json")
    rows = [row for row in json.loads(done.out)["evaluations"] if row["evaluation"] == "集团捆绑考核"]
    assert [(row["rank"], row["score"]) for row in rows] == [
        (1, "92.05"), (2, "89.55"), (3, "87.5"), (3, "87.5"), (5, "86.1"), (6, "83.85"),
    ]  # fmt: skip
    first = next(row for row in json.loads(done.out)["evaluations"] if row["evaluation"] == "学区捆绑考核")
    assert (first["of"], first["score"], first["awards"]) == ("晴川学区", "91.2", ["学区奖励"])
