"""What `xqctl git-driver` does inside real calls of git diff."""

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Command, environment
from test_cli import answered

WHO = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
DISTRICT = "district: {name: 某区, level: district, as_of: 2025-01-01}\n"
SCHOOLS = "schools:\n" + "".join(f"  {name}: {{stages: primary}}\n" for name in ("甲校", "乙校", "丙校"))
ZONES = """zones:
  东学区:
    called: 学区
    members: {甲校: lead, 丙校: member}
  西学区:
    called: 学区
    members: {乙校: lead}
"""
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository whose YAML is shown by the driver, with one district committed; calls git in it."""
    work = tmp_path / "work"
    (work / "某区").mkdir(parents=True)
    monkeypatch.chdir(work)
    home = {**WHO, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}

    def run(*words: str) -> str:
        environ = environment({**home, "XQCTL_LANG": "en"})
        done = subprocess.run(["git", *words], env=environ, capture_output=True, check=False, timeout=120)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode()

    files = {"district": DISTRICT, "schools": SCHOOLS, "zones": ZONES}
    for name, text in files.items():
        Path(f"某区/{name}.yaml").write_text(text, encoding="utf-8")
    Path(".gitattributes").write_text("*.yaml diff=xqctl\n", encoding="utf-8")
    run("init", "-q", "-b", "main")
    run("config", "diff.xqctl.command", f"{shlex.quote(Path(sys.executable).as_posix())} -m xqctl git-driver")
    run("add", "-A")
    run("commit", "-q", "-m", "x")
    return run


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_move_is_told_as_one(git: Git) -> None:
    edit("某区/zones.yaml", ", 丙校: member", "")
    edit("某区/zones.yaml", "乙校: lead", "乙校: lead, 丙校: member")
    shown = git("diff")
    assert "丙校 moves from 东学区 to 西学区" in shown
    assert "@@" not in shown


def test_order_and_layout_are_no_change(git: Git) -> None:
    edit("某区/zones.yaml", "{甲校: lead, 丙校: member}", "\n      丙校: member\n      甲校: lead")
    assert "nothing changed" in git("diff")


def test_a_thing_moved_to_another_file_is_told_in_both(git: Git) -> None:
    edit("某区/schools.yaml", "  丙校: {stages: primary}\n", "")
    Path("某区/more.yaml").write_text("schools:\n  丙校: {stages: primary}\n", encoding="utf-8")
    git("add", "-A")
    gone, came = git("diff", "--cached", "某区/schools.yaml"), git("diff", "--cached", "某区/more.yaml")
    assert "丙校" in gone
    assert "丙校" in came
    assert "nothing changed" not in gone + came


def test_a_file_that_goes_takes_all_with_it(git: Git) -> None:
    git("rm", "-q", "某区/zones.yaml")
    shown = git("diff", "--cached")
    assert "东学区" in shown
    assert "西学区" in shown
    assert "@@" not in shown


def test_a_renamed_file_is_no_change(git: Git) -> None:
    git("mv", "某区/zones.yaml", "某区/学区.yaml")
    edit("某区/学区.yaml", "丙校: member", "丙校:  member")
    git("add", "-A")
    assert "nothing changed" in git("diff", "--cached", "-M")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("某区/zones.yaml", "zones: [\n"),
        ("某区/zones.yaml", "zones:\n  东学区: {membres: {甲校: lead}}\n"),
        ("某区/zones.yaml", "zones:\n  东学区: {}\n  东学区: {note: x}\n"),
        ("某区/plans/p/zones.yaml", "zones:\n  东学区: {note: x}\n"),
        ("别处/x.yaml", "a: 1\n"),
        (".github/x.yaml", "a: 1\n"),
    ],
)
def test_what_cannot_be_trusted_is_shown_line_by_line(git: Git, path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    git("add", "-A")
    shown = git("diff", "--cached")
    assert f"+++ b/{path}" in shown
    assert f"+{text.splitlines()[0]}" in shown or f" {text.splitlines()[0]}" in shown


def test_every_call_of_git_is_answered(git: Git, xqctl_inside: Command) -> None:
    del git
    file = "某区/zones.yaml"
    whole = [file, file, "0", "100644", "/dev/null", ".", "."]
    changes = answered(xqctl_inside("git-driver", *whole, "--format", "json").out)["changes"]
    assert {change["action"] for change in changes} == {"dissolved"}
    merging = xqctl_inside("git-driver", file, "--lang", "en")
    assert (merging.code, "in the middle of a merge" in merging.out) == (0, True)
    assert xqctl_inside("git-driver", "a", "b").code == 2
    assert xqctl_inside("git-driver").code == 2
