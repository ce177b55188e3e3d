"""What `xqctl diff` promises: its JSON, its patches, its gates, and that it shows what happened and no more."""

import copy
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonpatch
import pytest
from conftest import Command, environment
from test_changes import EXAMPLES, _edit, joined, made
from test_cli import answered

from xqctl.changes import Form, json_patch, merge_patch

BEFORE, AFTER = f"{EXAMPLES}/chongming@2017-12-31", f"{EXAMPLES}/chongming@2019-11-02"
MAIN = "district: {name: 某区, level: district, as_of: 2025-01-01}\n"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "demo", tmp_path / "demo"))


def district(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "district.yaml").write_text(MAIN + text, encoding="utf-8")
    return folder


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def merged(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2, word by word."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def test_one_folder_on_two_days(xqctl_inside: Command) -> None:
    done = xqctl_inside("diff", BEFORE, AFTER, "--format", "json", "--today", "2026-01-01")
    assert (done.code, done.err) == (0, "")
    data = answered(done.out)
    assert [(change["action"], change["address"]) for change in data["changes"]] == [
        ("founded", "groups.城桥中学教育集团"),
        ("dissolved", "groups.新海学校教育集团"),
        ("merged", "schools.城桥中学.campuses.育林校区"),
        ("merged", "schools.海桥中学"),
        ("changed", "schools.海桥中学.stages"),
        ("added", "funds.区级内涵发展专项"),
    ]
    assert {each["after"]["fund"] for each in data["effect"]["money"]} == {"区级内涵发展专项", None}
    assert [(each["operand"], each["root"][-9:]) for each in data["inputs"]] == [
        (BEFORE, "chongming"),
        (AFTER, "chongming"),
    ]


@pytest.mark.parametrize("name", ["text", "plain", "markdown", "csv"])
def test_every_format_tells_it(name: str, xqctl_inside: Command) -> None:
    done = xqctl_inside("diff", BEFORE, AFTER, "--format", name, "--lang", "en")
    assert done.code == 0
    assert "新海学校教育集团 is dissolved" in done.out


def test_the_working_tree_is_held_against_head(tmp_path: Path, xqctl_inside: Command) -> None:
    home = district(tmp_path / "某区", "funds:\n  F: {amount: 80万元}\n")
    for call in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x.cn", "commit", "-qm", "x"]):
        subprocess.run(["git", *call], cwd=home, env=environment(), check=True, capture_output=True)
    assert "nothing changed" in xqctl_inside("diff", "--lang", "en", cwd=home).out
    changed(home / "district.yaml", "{amount: 80万元}", "{amount: 1000000元}  # 增加")
    done = xqctl_inside("diff", "--lang", "en", "--detail", "full", cwd=home)
    assert "F amount: 80万元 → 100万元 (+20万元)" in done.out
    assert "HEAD:./district.yaml:3" in done.out
    done = xqctl_inside("diff", "--format", "json", cwd=home)
    (change,) = answered(done.out)["changes"]
    assert (change["old"]["file"], change["old"]["line"], change["old"]["column"]) == ("HEAD:./district.yaml", 3, 15)
    assert change["new"]["file"] == "district.yaml"


@pytest.mark.parametrize(
    ("edit", "gates", "code"),
    [
        (("at_least: 95%", "at_least: 90%"), "weakened", 1),
        (("at_least: 95%", "at_least: 99%"), "weakened", 0),
        (("at_least: 95%", "at_least: 99%"), "tightened", 1),
        (("at_least: 95%", "at_least: 90%"), "promise", 1),
        (("at_least: 95%", "at_least: 90%"), "structure,closed", 0),
        (("at_least: 95%", "at_least: 90%"), "never", 0),
        (("at_least: 95%", "at_most: 1%"), "missed", 1),
        (("at_least: 95%", "at_most: 1%"), "structure, missed", 1),
        (("at_least: 95%", "at_least: 94%"), "missed", 0),
    ],
)
def test_gates(edit: tuple[str, str], gates: str, code: int, demo: Path, xqctl_inside: Command) -> None:
    changed(demo / "targets.yaml", *edit)
    done = xqctl_inside("diff", EXAMPLES / "demo", demo, "--fail-on", gates, "--format", "json")
    assert done.code == code
    assert answered(done.out)["exit_code"] == code


def test_gates_look_at_what_is_not_shown(demo: Path, xqctl_inside: Command) -> None:
    changed(demo / "targets.yaml", "at_least: 95%", "at_least: 90%")
    done = xqctl_inside(
        "diff", EXAMPLES / "demo", demo, "--class", "structure", "--fail-on", "weakened", "--lang", "en"
    )
    assert done.code == 1
    assert "95%" not in done.out.partition("Verdicts")[0]


def test_detail(demo: Path, xqctl_inside: Command) -> None:
    changed(demo / "targets.yaml", "at_least: 95%", "at_least: 90%\n    note: 说明")
    shown = {
        detail: xqctl_inside("diff", EXAMPLES / "demo", demo, "--detail", detail, "--lang", "en").out
        for detail in ("summary", "changes", "full")
    }
    assert "95%" not in shown["summary"]
    assert "95% → 90%" in shown["changes"]
    assert "说明" not in shown["changes"]
    assert "1 changes of notes" in shown["changes"]
    assert "说明" in shown["full"]
    assert "targets.yaml:" in shown["full"]


def test_patches_apply_cleanly(demo: Path, xqctl_inside: Command) -> None:
    changed(demo / "targets.yaml", "at_least: 95%", "at_least: 90%")
    (demo / "zones.yaml").unlink()
    (demo / "more.yaml").write_text("funds: {新专项: {amount: 80万元}}\nfeeders: {}\n", encoding="utf-8")
    calls = ("diff", EXAMPLES / "demo", demo, "--format")
    operations, patch = (json.loads(xqctl_inside(*calls, name).out) for name in ("jsonpatch", "mergepatch"))
    assert patch["zones"] is None or all(value is None for value in patch["zones"].values())
    assert patch["funds"] == {"新专项": {"amount": "80万元"}}
    old = Form().tree(made(joined("demo")))
    assert jsonpatch.apply_patch(old, operations) == merged(old, patch)


@pytest.mark.parametrize("seed", range(3))
def test_both_patches_lead_from_old_to_new(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    start = joined("demo")
    data = copy.deepcopy(start)
    for _ in range(40):
        _edit(data, chance)
    old, new = Form().tree(made(start)), Form().tree(made(data))
    before = copy.deepcopy(old)
    assert jsonpatch.apply_patch(copy.deepcopy(old), json_patch(old, new)) == new
    assert merged(copy.deepcopy(old), merge_patch(old, new)) == new
    assert old == before


def test_numbers_in_patches_are_numbers(tmp_path: Path, xqctl_inside: Command) -> None:
    one = district(tmp_path / "a", "schools: {甲校: {}}\n")
    other = district(tmp_path / "b", "schools: {甲校: {location: {lon: 121.40, lat: 31.6, crs: WGS84}}}\n")
    out = xqctl_inside("diff", one, other, "--format", "jsonpatch").out
    (operation,) = json.loads(out)
    assert operation == {
        "op": "add",
        "path": "/schools/甲校/location",
        "value": {"lon": 121.4, "lat": 31.6, "crs": "WGS84"},
    }
    assert "121.40" in out


def test_a_comment_on_a_merge_request_has_an_end(tmp_path: Path, xqctl_inside: Command) -> None:
    names = "".join(f"  第{number}号【*特殊*】小学: {{}}\n" for number in range(4000))
    one, other = district(tmp_path / "a", ""), district(tmp_path / "b", f"schools:\n{names}")
    done = xqctl_inside("diff", one, other, "--format", "markdown", "--lang", "en")
    assert len(done.out) < 60_000
    last = done.out.rstrip().splitlines()[-1]
    shown = sum(line.startswith("- ") for line in done.out.splitlines())
    assert 0 < shown < 4000
    assert int(last.split()[1]) >= 4000 - shown
    assert "more lines do not fit here" in last
    assert "\\*特殊\\*" in done.out


def test_a_district_on_one_side_alone(tmp_path: Path, xqctl_inside: Command) -> None:
    for side, names in (("a", ("甲",)), ("b", ("甲", "乙"))):
        for name in names:
            district(tmp_path / side / name, "schools: {一校: {}}\n")
    done = xqctl_inside("diff", "a", "b", "--format", "json", cwd=tmp_path)
    data = answered(done.out)
    assert data["summary"]["districts"] == 2
    assert {change["district"] for change in data["changes"]} == {"b/乙"}
    assert ("opened", "schools.一校") in {(change["action"], change["address"]) for change in data["changes"]}
    back = answered(xqctl_inside("diff", "b", "a", "--format", "json", cwd=tmp_path).out)
    assert ("closed", "schools.一校") in {(change["action"], change["address"]) for change in back["changes"]}


def because(data: dict[str, Any], part: str) -> dict[tuple[Any, Any], set[str]]:
    """Of every row that moved, the addresses of the changes that moved it."""
    addresses = {change["fingerprint"]: change["address"] for change in data["changes"]}
    found = {}
    for row in data["effect"][part]:
        side = row["after"] or row["before"]
        name = (
            (side.get("fund"), None)
            if part == "money"
            else (side.get("target") or side["metric"], side["scope"]["of"] or side.get("stage"))
        )
        found[name] = {addresses[each] for each in row["because"]}
    return found


def test_a_pair_that_ended_moved_the_share_of_paired_schools(demo: Path, xqctl_inside: Command) -> None:
    rest = "\n    source: 云溪方案2023#五\n\n  望星小学—麦浪小学:"
    changed(demo / "alliances.yaml", f"until: 2027-09-01{rest}", f"until: 2025-01-01{rest}")
    changed(demo / "schools.yaml", "\n  望星中学:\n", "\n  望星中学:\n    note: 无关\n")
    changed(demo / "funding.yaml", "amount: 120万元", "amount: 130万元")
    calls = ("diff", EXAMPLES / "demo", demo, "--today", "2026-01-01")
    data = answered(xqctl_inside(*calls, "--format", "json").out)
    shares = {name: each for name, each in because(data, "metrics").items() if name[0] == "pairing_ratio"}
    assert shares
    assert all(each == {"alliances.望星中学—枕溪初级中学.until"} for each in shares.values())
    money = because(data, "money")
    assert money["学区集团联盟专项", None] == {"alliances.望星中学—枕溪初级中学.until"}
    assert money["乡村教师专项", None] == {"funds.乡村教师专项.amount"}
    text = xqctl_inside(*calls, "--lang", "en", "--format", "markdown").out
    assert "because" in text
    assert "alliances.望星中学—枕溪初级中学.until changed" in text.replace("\\", "")


def test_a_pair_that_is_gone_is_named(tmp_path: Path, xqctl_inside: Command) -> None:
    text = (
        "targets: {T: {metric: pairing_ratio, at_least: 50%}}\n"
        "schools: {甲: {stages: primary}, 乙: {stages: primary}}\n"
        "alliances:\n  甲—乙: {form: pair, members: {甲: lead, 乙: member}, since: 2020}\n"
    )
    one, other = district(tmp_path / "a", text), district(tmp_path / "b", text.replace("since", "until: 2024, since"))
    for home in (one, other):
        changed(home / "district.yaml", "as_of", "registers: {schools: complete, alliances: complete}, as_of")
    data = answered(xqctl_inside("diff", one, other, "--format", "json").out)
    assert [(each["action"], each["address"]) for each in data["changes"]] == [("ended", "alliances.甲—乙")]
    for part in ("metrics", "verdicts"):
        assert list(because(data, part).values()) == [{"alliances.甲—乙"}]


def test_a_new_name_moves_nothing(tmp_path: Path, xqctl_inside: Command) -> None:
    text = (
        "targets: {T: {metric: pairing_ratio, at_least: 50%}}\n"
        "schools:\n  甲: {stages: primary}\n  乙: {stages: primary}\n  丙: {stages: primary}\n  丁: {stages: primary}\n"
        "alliances:\n  一: {form: pair, members: {甲: lead, 乙: member}}\n"
        "  二: {form: pair, members: {丙: lead, 丁: member}, since: 2020}\n"
    )
    later = text.replace("since", "until: 2024, since").replace(
        "乙: {stages: primary", "戊: {stages: primary, formerly: 乙"
    )
    one, other = district(tmp_path / "a", text), district(tmp_path / "b", later.replace("乙: member", "戊: member"))
    for home in (one, other):
        changed(home / "district.yaml", "as_of", "registers: {schools: complete, alliances: complete}, as_of")
    data = answered(xqctl_inside("diff", one, other, "--format", "json").out)
    assert {(each["action"], each["address"]) for each in data["changes"]} == {
        ("ended", "alliances.二"),
        ("renamed", "schools.戊"),
    }
    assert list(because(data, "metrics").values()) == [{"alliances.二"}]


def test_a_target_explains_its_own_verdict(demo: Path, xqctl_inside: Command) -> None:
    changed(demo / "targets.yaml", "at_least: 95%", "at_least: 99%")
    changed(demo / "targets.yaml", "    between: 8..15\n", "    between: 8..16\n")
    data = answered(xqctl_inside("diff", EXAMPLES / "demo", demo, "--format", "json", "--class", "promise").out)
    assert because(data, "verdicts") == {("学区覆盖面", "云溪区"): {"targets.学区覆盖面.at_least"}}
    assert (data["effect"]["metrics"], data["effect"]["money"]) == ([], [])


def test_what_moved_between_two_days_names_what_happened(xqctl_inside: Command) -> None:
    data = answered(xqctl_inside("diff", BEFORE, AFTER, "--format", "json", "--today", "2026-01-01").out)
    founded, dissolved = {"groups.城桥中学教育集团"}, {"groups.新海学校教育集团"}
    for part in ("verdicts", "metrics"):
        assert list(because(data, part).values()) == [founded, dissolved]
    assert because(data, "money") == {
        ("区级内涵发展专项", None): {"funds.区级内涵发展专项"},
        (None, None): {"funds.区级内涵发展专项"},
    }


def test_what_cannot_be_explained_names_nothing(xqctl_inside: Command) -> None:
    days = (f"{EXAMPLES}/demo@2023-10-01", f"{EXAMPLES}/demo@2025-03-01")
    data = answered(xqctl_inside("diff", *days, "--format", "json", "--today", "2026-01-01").out)
    rows = [row for row in data["effect"]["metrics"] if row["after"] and row["after"]["metric"] == "rotation_share"]
    assert all(row["because"] == [] for row in rows)
    known = {change["fingerprint"] for change in data["changes"]}
    assert all(known.issuperset(row["because"]) for part in data["effect"].values() for row in part)


def test_many_causes_are_cut(tmp_path: Path, xqctl_inside: Command) -> None:
    text = "subsidies: {S: {amount: 1万元, each: group}}\ngroups:\n  零: {members: {校: lead}}\n"
    groups = "".join(f"  团{number}: {{members: {{校{number}: lead}}}}\n" for number in range(5))
    one, other = district(tmp_path / "a", text), district(tmp_path / "b", text + groups)
    text = xqctl_inside("diff", one, other, "--lang", "en", "--format", "markdown").out
    assert "groups.团2 founded" in text
    assert "groups.团3 founded" not in text
    assert "2 more" in text


def test_values_are_written_as_in_yaml(tmp_path: Path, xqctl_inside: Command) -> None:
    one = district(tmp_path / "a", "groups: {G: {members: {甲: lead}}}\n")
    other = district(tmp_path / "b", "groups: {G: {members: {甲: lead, 乙: member}, honours: {x: {year: 2020}}}}\n")
    out = xqctl_inside("diff", one, other, "--lang", "en", "--detail", "full").out
    assert "{'" not in out
    main = MAIN.replace("as_of", "model: {MODEL}, as_of")
    for home, model in ((one, "2014: {value: 2+1}"), (other, "2014: {value: 2+1}, 2023: {value: 3+3, note: 报道}")):
        (home / "district.yaml").write_text(main.replace("MODEL", model), encoding="utf-8")
    out = xqctl_inside("diff", one, other, "--lang", "en", "--detail", "full", "--format", "markdown").out.replace(
        "\\", ""
    )
    assert "district model: 3+3 from 2023 on" in out
    assert "{value: 3+3, note: 报道}" in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["."], "give two states"),
        ([".", ".", "."], "give two states"),
        ([".", ".", "--class", "structur"], "did you mean structure"),
        ([".", ".", "--fail-on", "weakend"], "did you mean weakened"),
        ([".", ".", "--detail", "all"], "--detail is all"),
    ],
)
def test_wrong_calls(args: list[str], said: str, tmp_path: Path, xqctl_inside: Command) -> None:
    home = district(tmp_path / "某区", "")
    done = xqctl_inside("diff", *args, "--lang", "en", cwd=home)
    assert done.code == 2
    assert said in done.err


def test_patches_are_formats_of_diff_alone(tmp_path: Path, xqctl_inside: Command) -> None:
    home = district(tmp_path / "某区", "")
    done = xqctl_inside("validate", ".", "--format", "jsonpatch", "--lang", "en", cwd=home)
    assert done.code == 2
    assert "format jsonpatch is unknown" in done.err
