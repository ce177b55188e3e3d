"""Adopting on old data: what a baseline knows is tolerated, what is new counts, what is stale is told."""

import json
import multiprocessing
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from xqctl import resources
from xqctl.schema import is_valid

NAME = ".xqctl-baseline.yaml"
DAY = ("--today", "2026-11-01")
MAIN = "district: {name: 某区, level: district}\n"
GROUPS = (
    "groups:\n  甲集团: {form: mergd, members: {甲校: lead}}\n  乙集团: {members: {乙校: member}}\n"
    "  丙集团: {members: {丙校: member}}\n"
)
SCHOOLS = "schools: {甲校: {}, 乙校: {}, 丙校: {}}\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A district with old data: one error, two warnings, one note."""
    (tmp_path / "district.yaml").write_text(MAIN, encoding="utf-8")
    (tmp_path / "groups.yaml").write_text(GROUPS, encoding="utf-8")
    (tmp_path / "schools.yaml").write_text(SCHOOLS + "zones: {一区: {assumed: 假定, members: {丙校: lead}}}\n", "utf-8")
    return tmp_path


def text(folder: Path, name: str = NAME) -> str:
    return (folder / name).read_text(encoding="utf-8")


def put(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")


def known(folder: Path) -> Any:
    """What the baseline holds, after its shape was held against our schema."""
    from xqctl.compose import Budgets, compose

    data: Any = compose((folder / NAME).read_bytes(), NAME, Budgets()).data
    assert is_valid(data, "baseline")
    return data["known"]


@cache
def validator() -> Any:
    folder = resources.schemas() / "output"
    loaded = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources((n, Resource.from_contents(s)) for n, s in loaded.items())
    return Draft202012Validator(loaded["baseline.schema.json"], registry=registry)


def kept(xqctl: Command, folder: Path, how: str, *words: str) -> Any:
    """The answer of a verb of baseline, held against its published schema."""
    done = xqctl("baseline", how, "--format", "json", *DAY, *words, cwd=folder)
    assert done.code == 0, done.err
    data = json.loads(done.out)
    assert [error.message for error in validator().iter_errors(data)] == []
    return data


def found(xqctl: Command, folder: Path, *words: str) -> tuple[int, list[tuple[str, str]], list[tuple[str, str]]]:
    """The exit code, the codes and paths of what counts, and of what is tolerated."""
    done = xqctl("validate", "--format", "json", *DAY, *words, cwd=folder)
    told = json.loads(done.out)["findings"]
    of = [(each["code"], each["path"], each["suppressed"]) for each in told if each["severity"] != "info"]
    return done.code, [each[:2] for each in of if each[2] is None], [each[:2] for each in of if each[2] is not None]


def test_written_once_it_tolerates_what_was_there(xqctl_inside: Command, old: Path) -> None:
    assert found(xqctl_inside, old)[0] == 1
    data = kept(xqctl_inside, old, "write")
    assert data["summary"] == {"districts": 1, "known": 3, "added": 3, "removed": 0, "changed": 0, "left_out": 0}
    assert known(old) == {
        "XQS004": {"groups.甲集团.form": 1},
        "XQZ001": {"groups.丙集团.members": 1, "groups.乙集团.members": 1},
    }
    code, counts, tolerated = found(xqctl_inside, old, "--fail-on", "warning")
    assert (code, counts, len(tolerated)) == (0, [], 3)
    first = json.loads(xqctl_inside("validate", "--format", "json", *DAY, cwd=old).out)["findings"]
    assert {each["suppressed"] for each in first if each["severity"] != "info"} == {"baseline"}


def test_lines_may_move_and_growth_fails(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    put(old, "groups.yaml", "# 说明\n\n\n" + GROUPS.replace("  乙集团", "\n  乙集团"))
    assert found(xqctl_inside, old)[:2] == (0, [])
    put(old, "schools.yaml", SCHOOLS.replace("丙校: {}", "丙校: {standing: best}"))
    assert found(xqctl_inside, old)[:2] == (1, [("XQS004", "schools.丙校.standing")])


def test_more_at_a_known_place_is_new(xqctl_inside: Command, old: Path) -> None:
    put(old, "schools.yaml", "schools: {甲校: {stages: [bad]}, 乙校: {}, 丙校: {}}\n")
    kept(xqctl_inside, old, "write")
    put(old, NAME, text(old).replace("XQZ001:", "XQR003:\n    schools.甲校: 1\n  XQZ001:"))
    code, counts, _ = found(xqctl_inside, old)
    assert (code, counts) == (0, [("XQU006", "known.XQR003.schools.甲校")])


def test_what_is_mended_is_told_and_pruned(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    put(old, "groups.yaml", GROUPS.replace("mergd", "merged").replace("乙校: member", "乙校: lead"))
    done = xqctl_inside("validate", "--format", "plain", "--lang", "en", *DAY, cwd=old)
    assert f"{NAME}:7:5: warning XQU006 XQS004 is no longer found at groups.甲集团.form" in done.out
    data = kept(xqctl_inside, old, "prune")
    assert data["summary"]["removed"] == 2
    assert known(old) == {"XQZ001": {"groups.丙集团.members": 1}}
    assert "XQU006" not in {code for code, _ in found(xqctl_inside, old)[1]}


def test_prune_never_lets_anything_in(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    before = text(old)
    put(old, "more.yaml", GROUPS.replace("集团", "联合体"))
    assert kept(xqctl_inside, old, "prune")["baselines"][0]["changes"] == []
    assert text(old) == before
    assert kept(xqctl_inside, old, "update")["summary"]["added"] == 3
    assert found(xqctl_inside, old)[0] == 0


def test_update_keeps_reasons_comments_and_order(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    said = text(old).replace(
        "groups.甲集团.form: 1", "groups.甲集团.form: {count: 1, reason: 待批, owner: 基教科}  # 见会议纪要"
    )
    put(old, NAME, said)
    put(old, "more.yaml", "groups: {丁集团: {members: {丙校: member}}}\n")
    kept(xqctl_inside, old, "update")
    after = text(old)
    assert "groups.甲集团.form: {count: 1, reason: 待批, owner: 基教科}  # 见会议纪要\n" in after
    assert "groups.丁集团.members: 1" in after
    (tolerated,) = [
        each["suppressed"]
        for each in json.loads(xqctl_inside("validate", "--format", "json", *DAY, cwd=old).out)["findings"]
        if each["code"] == "XQS004"
    ]
    assert tolerated == "baseline: 待批"


def test_without_comments_it_stays_sorted(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    put(old, "more.yaml", "groups: {丁集团: {members: {丙校: member}}}\n")
    kept(xqctl_inside, old, "update")
    paths = re.findall(r"^    (groups\.\S+): 1$", text(old), re.MULTILINE)
    assert paths[1:] == sorted(paths[1:])
    one = text(old)
    kept(xqctl_inside, old, "write", "--force")
    assert text(old) == one


def test_write_keeps_what_is_there(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    put(old, NAME, text(old) + "# 我的话\n")
    done = xqctl_inside("baseline", "write", "--lang", "en", cwd=old)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"xqctl: {NAME} is there; xqctl baseline update keeps its reasons, --force writes it anew\n"
    assert "我的话" in text(old)
    kept(xqctl_inside, old, "write", "--force")
    assert "我的话" not in text(old)


def test_an_entry_ends(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    put(old, NAME, text(old).replace("groups.甲集团.form: 1", "groups.甲集团.form: {reason: 待批, until: 2026-11-01}"))
    code, counts, _ = found(xqctl_inside, old)
    assert (code, [each[0] for each in counts]) == (1, ["XQS004", "XQU006"])
    assert found(xqctl_inside, old, "--today", "2026-10-31")[0] == 0
    kept(xqctl_inside, old, "update")
    assert "until: 2026-11-01" in text(old)  # for people to decide
    kept(xqctl_inside, old, "prune")
    assert "until: 2026-11-01" in text(old)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "schools: {戊校: {note: 身份证 11010519491231002X}}\n".encode()),
        ("b.yaml", b"schools: {a: \xff}\n"),
        ("c.yaml", b"schools: {a: [\n"),
        ("d.yaml", "schools: {戊校: {name: x}}  # xqctl: ignore[XQZ001]\n".encode()),
    ],
)
def test_some_things_are_never_tolerated(xqctl_inside: Command, old: Path, name: str, content: bytes) -> None:
    (old / name).write_bytes(content)
    before = {each for each in found(xqctl_inside, old)[1] if each[0][:3] in ("XQD", "XQY", "XQU")}
    assert before
    data = kept(xqctl_inside, old, "write")
    assert not {code[:3] for code in known(old)} & {"XQD", "XQY", "XQU"}
    assert data["summary"]["left_out"] == sum(code != "XQU001" for code, _ in before)
    code, counts, _ = found(xqctl_inside, old, "--fail-on", "warning")
    assert code == 1
    assert before <= set(counts)


def test_by_hand_neither(xqctl_inside: Command, old: Path) -> None:
    put(old, "a.yaml", "schools: {戊校: {note: 身份证 11010519491231002X}}\n")
    put(old, NAME, "known:\n  XQD001:\n    schools.戊校.note: 1\n")
    codes = [code for code, _ in found(xqctl_inside, old)[1]]
    assert "XQD001" in codes
    assert "XQU006" in codes


def test_only_what_was_looked_at_can_be_stale(xqctl_inside: Command, old: Path) -> None:
    kept(xqctl_inside, old, "write")
    put(old, "groups.yaml", GROUPS.replace("mergd", "merged"))
    for words in (["--select", "Z"], ["schools.yaml"], ["--as-of", "2020"], [".@2020"]):
        assert "XQU006" not in {code for code, _ in found(xqctl_inside, old, *words)[1]}, words
    assert found(xqctl_inside, old, "--select", "S,U")[1] == [("XQU006", "known.XQS004.groups.甲集团.form")]
    kept(xqctl_inside, old, "prune", "--select", "Z")
    assert "XQS004" in known(old)


def test_another_file_may_be_named(xqctl_inside: Command, old: Path) -> None:
    elsewhere = old.parent / "elsewhere.yaml"
    kept(xqctl_inside, old, "write", "--baseline", str(elsewhere))
    assert not (old / NAME).exists()
    assert found(xqctl_inside, old)[0] == 1
    assert found(xqctl_inside, old, "--baseline", str(elsewhere))[0] == 0
    put(old, "groups.yaml", GROUPS.replace("mergd", "merged"))
    done = xqctl_inside("validate", "--baseline", elsewhere, *DAY, "--format", "plain", cwd=old)
    assert "../elsewhere.yaml:7:5: warning XQU006" in done.out
    elsewhere.unlink()
    assert xqctl_inside("validate", "--baseline", elsewhere, cwd=old).code == 3
    assert xqctl_inside("baseline", "prune", "--baseline", elsewhere, cwd=old).code == 3
    done = xqctl_inside("baseline", "write", "--baseline", "known.yaml", "--lang", "en", cwd=old)
    assert (done.code, "would be read as one of the district's own files" in done.err) == (2, True)


def test_settings_may_name_it(xqctl_inside: Command, old: Path) -> None:
    put(old, ".xqctl.yaml", "baseline: .xqctl-旧账.yaml\n")
    done = xqctl_inside("validate", "--lang", "en", cwd=old)
    expected = "xqctl: .xqctl.yaml:1:11: there is no .xqctl-旧账.yaml; xqctl baseline write makes it\n"
    assert (done.code, done.err) == (2, expected)
    assert xqctl_inside("baseline", "write", *DAY, cwd=old).code == 0
    assert (old / ".xqctl-旧账.yaml").is_file()
    assert found(xqctl_inside, old)[0] == 0
    assert found(xqctl_inside, old, "--isolated")[0] == 1


def test_each_district_has_its_own(xqctl_inside: Command, old: Path) -> None:
    for name in ("a", "b"):
        (old / name).mkdir()
        put(old / name, "district.yaml", MAIN + GROUPS + SCHOOLS)
    data = kept(xqctl_inside, old, "write", "a", "b")
    assert [each["file"] for each in data["baselines"]] == [f"a/{NAME}", f"b/{NAME}"]
    assert text(old / "a") == text(old / "b")
    (old / "b" / NAME).unlink()
    code, counts, _ = found(xqctl_inside, old, "a", "b")
    assert (code, len(counts)) == (1, 3)
    done = xqctl_inside("validate", "a", "b", "--baseline", f"a/{NAME}", "--lang", "en", cwd=old)
    assert (done.code, "--baseline is of one district" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("knwon: {}\n", ":1:1: `knwon` is no field of baseline"),
        ("known: {XQZ1: {a: 1}}\n", ":1:9: "),
        ("known: {XQZ001: {a: 0}}\n", ":1:21: "),
        ("known: {XQZ001: {a: {cuont: 1}}}\n", ":1:22: "),
        ("known: {XQZ001: {a: 1, a: 2}}\n", ":1:24: "),
        ("known: [\n", ":1:8: "),
        ("- a\n", ":1:1: "),
        ("known:\n  XQZ001:\n    a: {until: 2026-13}\n", ":3:16: "),
    ],
)
def test_a_wrong_file_is_code_2_at_its_place(xqctl_inside: Command, old: Path, content: str, told: str) -> None:
    put(old, NAME, content)
    for call in (["validate"], ["baseline", "update"], ["baseline", "prune"]):
        done = xqctl_inside(*call, "--lang", "en", cwd=old)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"xqctl: {NAME}{told}"), done.err
        assert done.err.count("\n") == 1
    assert text(old) == content


def test_undecodable_bytes_are_code_2_too(xqctl_inside: Command, old: Path) -> None:
    (old / NAME).write_bytes(b"known: {\xff: 1}\n")
    assert xqctl_inside("validate", cwd=old).code == 2


def test_nothing_to_set_down_needs_no_file(xqctl_inside: Command, tmp_path: Path) -> None:
    put(tmp_path, "district.yaml", MAIN)
    assert kept(xqctl_inside, tmp_path, "write")["summary"]["known"] == 0
    assert not (tmp_path / NAME).exists()


def test_a_revision_has_its_own_baseline_and_none_is_written_for_it(xqctl: Command, old: Path) -> None:
    import subprocess

    kept(xqctl, old, "write")
    for call in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *call], cwd=old, check=True)
    (old / NAME).unlink()
    assert found(xqctl, old, "HEAD:.")[0] == 0
    assert found(xqctl, old, ".")[0] == 1
    assert xqctl("baseline", "write", "HEAD:.", cwd=old).code == 2


NASTY = (
    "<script>",
    '=HYPERLINK("x")',
    "a|b",
    "]]>",
    "::error::",
    "%0A",
    "\u202e甲",
    "\x1b\x07",
    "a\nb",
    "# x",
    ": ",
    "长" * 250,
)


def quoted(text: str) -> str:
    shown = (char if char.isprintable() and char not in '"\\' else f"\\u{ord(char):04x}" for char in text)
    return f'"{"".join(shown)}"'


def test_nasty_names_come_back(xqctl_inside: Command, old: Path) -> None:
    names = "".join(f"  {quoted(name)}: {{standing: wrong, name: {quoted(name)}}}\n" for name in NASTY)
    put(old, "nasty.yaml", f"organisations:\n{names}")
    with open(os.fsencode(old) + b"/\xff.yml", "wb") as file:
        file.write(b"schools: {}\n")
    kept(xqctl_inside, old, "write")
    left = [each for each in found(xqctl_inside, old)[1] if not each[0].startswith("XQY")]
    assert left == []
    one = text(old)
    assert kept(xqctl_inside, old, "update")["baselines"][0]["changes"] == []
    assert text(old) == one
    assert all(char.isprintable() or char == "\n" for char in one)


def _update(folder: str) -> int:
    import subprocess
    import sys

    call = [sys.executable, "-m", "xqctl", "-q", "baseline", "update", folder]
    return subprocess.run(call, check=False, capture_output=True, timeout=120).returncode


def test_several_at_once_leave_one_whole_file(xqctl: Command, old: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(_update, [str(old)] * 6) == [0] * 6
    one = text(old)
    assert kept(xqctl, old, "update")["baselines"][0]["changes"] == []
    assert text(old) == one
    assert sorted(path.name for path in old.iterdir() if path.name.startswith(".")) == [NAME]


def test_all_examples_can_be_adopted(xqctl_inside: Command, tmp_path: Path) -> None:
    import shutil

    for example in sorted(path.parent for path in resources.examples().glob("*/district.yaml")):
        shutil.copytree(example, tmp_path / example.name)
        kept(xqctl_inside, tmp_path, "write", example.name)
        assert found(xqctl_inside, tmp_path, example.name, "--fail-on", "warning")[:2] == (0, [])


PAGE = Path(__file__).parent.parent / "docs" / "adopting.md"
FENCE = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_on_adopting_shows_what_happens(xqctl: Command, tmp_path: Path) -> None:
    shown = 0
    for kind, block in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        first, _, rest = block.partition("\n")
        if kind == "yaml" and first.startswith("# "):
            put(tmp_path, first.removeprefix("# "), rest)
        elif kind == "console":
            call = first.removeprefix("$ xqctl ").split()
            done = xqctl(*call, cwd=tmp_path, env={"XQCTL_LANG": "zh"})
            said = re.sub(r"[ \t]+$", "", done.out, flags=re.MULTILINE).strip("\n")
            assert said == rest.strip("\n"), first
            shown += 1
    assert shown >= 4
    assert xqctl("validate", "--fail-on", "never", cwd=tmp_path).code == 0  # the last settings shown are sound
