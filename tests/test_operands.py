"""What an operand names: paths, plans and days, revisions and the index of real git repositories."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Command, environment

from xqctl import operands
from xqctl.folder import Folder
from xqctl.load import NothingToRead
from xqctl.messages import Message
from xqctl.operands import operand
from xqctl.terminal import Fault

TODAY = date(2026, 11, 1)
DISTRICT = "district: {name: 某区, level: district}\n"
WHO = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository in a folder of its own, which becomes the working directory; calls git in it."""
    home = tmp_path / "home"
    home.mkdir()
    for name, value in {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def run(*words: str, cwd: Path = work) -> str:
        done = subprocess.run(["git", *words], cwd=cwd, env=environment({**WHO, "HOME": str(home)}),
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    run("init", "-q", "-b", "main")
    return run


def write(files: dict[str, str], root: Path | None = None) -> None:
    for name, text in files.items():
        path = (root or Path()) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def commit(git: Git, files: dict[str, str], message: str = "x") -> None:
    write(files)
    git("add", "-A")
    git("commit", "-q", "-m", message)


def read(text: str, as_of: date | None = None, notes: list[Message] | None = None) -> list[Folder]:
    return list(operands.folders(operand(text), as_of, TODAY, [] if notes is None else notes))


def schools(folder: Folder) -> set[str]:
    every = (document.data.get("schools", {}) for document in folder.documents if isinstance(document.data, dict))
    return {school for each in every for school in each}


def refusal(text: str) -> Fault:
    with pytest.raises(Fault) as caught:
        read(text)
    return caught.value


def test_a_revision_is_read_without_the_work_tree(git: Git) -> None:
    commit(git, {"城区/district.yaml": DISTRICT, "城区/学校/名单.yaml": "schools: {甲校: {}}\n"})
    write({"城区/学校/名单.yaml": "schools: {乙校: {}}\n"})
    (old,), (new,) = read("HEAD:城区"), read("城区")
    assert schools(old) == {"甲校"}
    assert schools(new) == {"乙校"}
    assert old.root == "HEAD:./城区"
    assert [each.file for each in old.documents] == ["HEAD:./城区/district.yaml", "HEAD:./城区/学校/名单.yaml"]
    assert git("show", old.documents[1].file) == "schools: {甲校: {}}"


@pytest.mark.parametrize("revision", ["HEAD~1", "first", "@~1", "main^", "main@{1}"])
def test_any_name_of_a_revision_is_one(git: Git, revision: str) -> None:
    commit(git, {"district.yaml": DISTRICT, "a.yaml": "schools: {甲校: {}}\n"})
    git("tag", "first")
    commit(git, {"a.yaml": "schools: {乙校: {}}\n"})
    (folder,) = read(f"{revision}:.")
    assert schools(folder) == {"甲校"}


@pytest.mark.parametrize("text", [":.", ":0:.", ":"])
def test_the_index_is_what_is_added_and_not_yet_committed(git: Git, text: str) -> None:
    commit(git, {"district.yaml": DISTRICT, "a.yaml": "schools: {甲校: {}}\n"})
    write({"a.yaml": "schools: {乙校: {}}\n"})
    git("add", "a.yaml")
    write({"a.yaml": "schools: {丙校: {}}\n"})
    (folder,) = read(text)
    assert schools(folder) == {"乙校"}


def test_paths_are_relative_to_the_working_directory(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, {"a/district.yaml": DISTRICT, "a/s.yaml": "schools: {甲校: {}}\n", "b/c/x": "", "a/sub/t.yaml": "{}\n"})
    monkeypatch.chdir("b/c")
    (folder,) = read("HEAD:../../a")
    assert folder.root == "HEAD:../../a"
    monkeypatch.chdir("../../a/sub")
    (whole,) = read("HEAD:.")
    assert whole.root == "HEAD:.."
    assert whole.only == {"HEAD:./t.yaml"}
    (one,) = read(f"HEAD:{Path.cwd().parent / 's.yaml'}")
    assert schools(one) == {"甲校"}


def test_a_folder_that_is_gone_is_still_in_the_revision(git: Git) -> None:
    commit(git, {"a/b/district.yaml": DISTRICT, "a/b/s.yaml": "schools: {甲校: {}}\n"})
    git("rm", "-rq", "a")
    (folder,) = read("HEAD:a/b")
    assert schools(folder) == {"甲校"}


def test_the_same_files_belong_to_a_district_as_in_the_work_tree(git: Git) -> None:
    files = ["district.yaml", "a.yaml", "b/c.yml", "b/.d/e.yaml", ".f.yaml", "mappings/g.yaml", "plans/h/i.yaml",
             "plans/h/district.yaml", "plans/j.yaml", "k/district.yaml", "k/l.yaml", "m.txt", "n+o@2019/p.yaml",
             "plans/.q/r.yaml", "plans/s/t/u.yaml", "b/plans/v/w.yaml"]  # fmt: skip
    commit(git, {name: DISTRICT if name in ("district.yaml", "k/district.yaml") else "{}\n" for name in files})
    here, there = read("."), read("HEAD:.")
    assert len(here) == len(there) == 2
    for one, other in zip(here, there, strict=True):
        said = [(one.documents, other.documents)]
        assert [draft.name for draft in one.drafts] == [draft.name for draft in other.drafts]
        said += [(mine.documents, its.documents) for mine, its in zip(one.drafts, other.drafts, strict=True)]
        for mine, its in said:
            assert [Path(each.file) for each in mine] == [Path(each.file.removeprefix("HEAD:")) for each in its]
            assert [each.raw for each in mine] == [each.raw for each in its]


def test_an_existing_path_wins(git: Git) -> None:
    for name in ("a+b@2019", "x:y", "HEAD:z"):
        commit(git, {f"{name}/district.yaml": DISTRICT, f"{name}/s.yaml": "schools: {甲校: {}}\n"})
        found = operand(name)
        assert (found.path, found.held, found.plans, found.as_of) == (name, None, (), None)
    write({"x:y/plans/合并/s.yaml": "schools: {乙校: {}}\n"})
    (folder,) = read("x:y+合并@2020-05")
    assert schools(folder) == {"甲校", "乙校"}
    assert folder.as_of == date(2020, 5, 31)
    assert operand("a+b@2019@2018").as_of == date(2018, 12, 31)
    (old,), (then,) = read("HEAD:a+b@2019"), read("HEAD:a+b@2019@2018")
    assert (schools(old), old.as_of, then.as_of) == ({"甲校"}, None, date(2018, 12, 31))


def test_a_drive_is_no_revision(git: Git) -> None:
    commit(git, {"district.yaml": DISTRICT})
    for text in ("C:\\学区", "c:/学区"):
        assert refusal(text).message.text == "there is no {path}"
    assert "revision" in refusal("c:学区").message.text


def test_a_plan_of_a_revision(git: Git) -> None:
    commit(git, {"district.yaml": DISTRICT, "s.yaml": "schools: {甲校: {}}\n"})
    commit(git, {"plans/合并/a.yaml": "schools: {乙校: {}}\n"})
    git("rm", "-rq", "plans")
    (folder,) = read("HEAD:.+合并")
    assert schools(folder) == {"甲校", "乙校"}


def test_the_operands_own_day_wins(git: Git, xqctl_inside: Command) -> None:
    commit(git, {"district.yaml": DISTRICT, "s.yaml": "schools:\n  甲校: {since: 2015}\n  乙校: {until: 2015}\n"})
    for text, there in ((".@2010", "乙校"), ("HEAD:.@2020-01-01", "甲校")):
        run = xqctl_inside("explain", "schools", text, "--as-of", "2016", "--format", "json")
        told = json.loads(run.out)
        assert [each["id"] for each in told["explained"]["holds"]] == [there]
        assert told["inputs"][0]["operand"] == text


def test_what_cannot_be_meant_is_told(git: Git) -> None:
    commit(git, {"district.yaml": DISTRICT, "plans/合并/a.yaml": "{}\n"})
    assert (refusal(".+合并@2019-13").exit_code, refusal(".+").exit_code, refusal(".+合并+合并").exit_code) == (2, 2, 2)
    missing = refusal(".+合井")
    assert (missing.exit_code, "合并" in str(missing.message)) == (3, True)
    bad = refusal("HAED:.")
    assert (bad.exit_code, str(bad.message)) == (3, "there is no revision HAED in this repository")
    assert refusal("--help:.").exit_code == 3
    assert refusal("x/y").exit_code == 3


def test_a_path_that_is_not_in_the_revision(git: Git) -> None:
    commit(git, {"a/district.yaml": DISTRICT})
    write({"b/district.yaml": DISTRICT})
    assert (refusal("HEAD:b").exit_code, str(refusal("HEAD:b").message)) == (3, "there is no b in HEAD")
    commit(git, {"c/x.yaml": "{}\n"})
    with pytest.raises(NothingToRead):
        read("HEAD:c")


@pytest.mark.usefixtures("git")
def test_a_revision_before_the_first() -> None:
    assert refusal("HEAD:.").exit_code == 3


def test_a_shallow_clone_says_that_it_is_one(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, {"district.yaml": DISTRICT})
    commit(git, {"a.yaml": "{}\n"})
    git("clone", "-q", "--depth", "1", Path.cwd().as_uri(), str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    (folder,) = read("HEAD:.")
    assert folder.root == "HEAD:."
    fault = refusal("HEAD~1:.")
    assert fault.exit_code == 3
    assert "shallow" in str(fault.message)


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"district.yaml": DISTRICT}, tmp_path)
    monkeypatch.chdir(tmp_path)
    fault = refusal("HEAD:.")
    assert (fault.exit_code, str(fault.message)) == (3, ". is in no git work tree, so it has no revisions")


def test_without_git(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, {"district.yaml": DISTRICT})
    monkeypatch.setenv("PATH", str(tmp_path / "home"))
    assert (refusal("HEAD:.").exit_code, "git cannot be started" in str(refusal("HEAD:.").message)) == (4, True)
    (folder,) = read(".")
    assert folder.root == "."


def test_an_object_that_is_lost(git: Git) -> None:
    commit(git, {"district.yaml": DISTRICT})
    lost = git("rev-parse", "HEAD:district.yaml")
    path = Path(".git", "objects", lost[:2], lost[2:])
    path.chmod(0o600)
    path.unlink()
    assert refusal("HEAD:.").exit_code == 4


def test_a_file_in_the_middle_of_a_merge(git: Git) -> None:
    commit(git, {"district.yaml": DISTRICT})
    git("checkout", "-q", "-b", "other")
    commit(git, {"district.yaml": DISTRICT + "schools: {甲校: {}}\n"})
    git("checkout", "-q", "main")
    commit(git, {"district.yaml": DISTRICT + "schools: {乙校: {}}\n"})
    subprocess.run(["git", "merge", "-q", "other"], env=environment(WHO), capture_output=True, check=False)
    assert refusal(":.").exit_code == 4


def test_nothing_of_a_repository_is_run(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 $@ >> {trace}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    commit(git, {"district.yaml": DISTRICT, "s.yaml": "schools: {甲校: {}}\n",
                 ".gitattributes": "*.yaml diff=evil filter=evil\n"})  # fmt: skip
    for name in ("core.fsmonitor", "core.pager", "diff.evil.textconv", "filter.evil.smudge", "core.sshCommand",
                 "core.askPass", "credential.helper", "diff.external", "pager.ls-tree"):  # fmt: skip
        git("config", name, str(program))
    hooks = Path(".git", "hooks")
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_bytes(program.read_bytes())
        (hooks / name).chmod(0o755)
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_ASKPASS", "GIT_SSH_COMMAND"):
        monkeypatch.setenv(name, str(program))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere"))
    trace.unlink(missing_ok=True)
    before = {path: path.stat().st_mtime_ns for path in Path(".git").rglob("*")}
    for text in ("HEAD:.", ":."):
        (folder,) = read(text)
        assert schools(folder) == {"甲校"}
    assert not trace.exists()
    assert {path: path.stat().st_mtime_ns for path in Path(".git").rglob("*")} == before


def test_a_promised_object_is_not_fetched(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, {"district.yaml": DISTRICT})
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--no-checkout", "--filter=blob:none", Path.cwd().as_uri(), str(tmp_path / "partial"))
    monkeypatch.chdir(tmp_path / "partial")
    assert refusal("HEAD:.").exit_code == 4


def test_links_are_followed_within_a_district_only(git: Git) -> None:
    write({"a/district.yaml": DISTRICT, "a/b/s.yaml": "schools: {甲校: {}}\n", "c.yaml": "{}\n"})
    for name, target in {
        "out": "/etc/passwd",
        "up": "../c.yaml",
        "in": "b/s.yaml",
        "gone": "x",
        "self": "self.yaml",
    }.items():
        Path(f"a/{name}.yaml").symlink_to(target)
    Path("a/folder").symlink_to("b")
    git("add", "-A")
    git("update-index", "--add", "--cacheinfo", "160000,0123456789012345678901234567890123456789,a/sub.yaml")
    git("commit", "-q", "-m", "x")
    (here,), (there,) = read("a"), read("HEAD:a")
    assert [each.file for each in here.documents] == ["a/b/s.yaml", "a/district.yaml", "a/in.yaml"]
    assert [each.file.removeprefix("HEAD:./") for each in there.documents] == [each.file for each in here.documents]
    assert [each.raw for each in there.documents] == [each.raw for each in here.documents]


def test_the_command_reads_revisions(git: Git, xqctl: Command) -> None:
    commit(git, {"district.yaml": DISTRICT, "s.yaml": "schools: {甲校: {stages: 小学}}\n"})
    write({"s.yaml": "schools: {甲校: {stages: primary}}\n"})
    now, before = xqctl("validate", ".", cwd=Path()), xqctl("validate", "HEAD:.", "--format", "json", cwd=Path())
    assert (now.code, before.code) == (0, 1)
    finding = json.loads(before.out)["findings"][0]
    assert (finding["file"], finding["line"]) == ("HEAD:./s.yaml", 1)
    wrong = xqctl("check", "HEAD~9:.", "--lang", "en", cwd=Path())
    assert (wrong.code, wrong.out) == (3, "")
    assert wrong.err == "xqctl: there is no revision HEAD~9 in this repository\n"


@pytest.mark.usefixtures("git")
def test_an_empty_path_is_not_the_working_directory(xqctl: Command) -> None:
    write({"district.yaml": DISTRICT})
    wrong = xqctl("validate", "", "--lang", "en", cwd=Path())
    assert (wrong.code, wrong.out, wrong.err) == (3, "", "xqctl: an empty path names nothing\n")
