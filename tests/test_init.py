"""What `init` writes, asks and refuses."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Command, Run, environment
from test_cli import answered

from xqctl.edit.several import write_all
from xqctl.standards import standards

USUAL = ("--name", "城桥区", "--code", "310151", "--yes")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def declared(folder: Path) -> list[Path]:
    """The district's own files."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))


def findings(xqctl: Command, folder: Path) -> list[object]:
    return answered(xqctl("validate", folder, "--format", "json").out)["findings"]


# What is written


@pytest.mark.parametrize(
    "call",
    [
        USUAL,
        ("--name", "示例市", "--code", "510100", "--yes"),
        ("--name", "示例省", "--code", "510000", "--yes", "--ci", "none"),
        ("--name", "北京市", "--code", "110000", "--level", "city", "--yes"),
        ("--name", "no: \"ordinary' name # {[", "--yes"),
        ("--name", "123", "--yes", *(word for name in standards() for word in ("--standard", name))),
    ],
)
def test_a_new_district_has_nothing_wrong_and_numbers_to_show(
    xqctl_inside: Command, tmp_path: Path, call: tuple[str, ...]
) -> None:
    done = xqctl_inside("init", tmp_path, *call, "--format", "json")
    assert done.code == 0, done.err
    made = answered(done.out)
    assert made["district"]["name"] == call[1]
    assert sorted(made["files"]) == sorted(contents(tmp_path))
    assert findings(xqctl_inside, tmp_path) == []
    checked = answered(xqctl_inside("check", tmp_path, "--format", "json").out)
    assert "met" in {each["verdict"] for each in checked["verdicts"] if each["target"] == "示例结对比例"}
    assert xqctl_inside("fmt", "--check", tmp_path).code == 0


def test_standards_are_adopted(xqctl_inside: Command, tmp_path: Path) -> None:
    xqctl_inside("init", tmp_path, *USUAL, "--standard", "优质均衡2017", "--standard", "基本均衡2012,优质均衡2017")
    text = (tmp_path / "district.yaml").read_text(encoding="utf-8")
    assert "  adopts:\n    优质均衡2017: {}\n    基本均衡2012: {}\n" in text
    verdicts = answered(xqctl_inside("check", tmp_path, "--format", "json").out)["verdicts"]
    assert {"优质均衡2017", "基本均衡2012"} <= {each["standard"] for each in verdicts}


def test_without_standards_they_are_listed(xqctl_inside: Command, tmp_path: Path) -> None:
    xqctl_inside("init", tmp_path, *USUAL)
    text = (tmp_path / "district.yaml").read_text(encoding="utf-8")
    assert all(name in text for name in standards())
    assert "  # adopts:" in text


def test_every_declared_thing_is_marked_as_an_example(xqctl_inside: Command, tmp_path: Path) -> None:
    """Nothing is invented about anybody: whatever is declared says that it is an example."""
    xqctl_inside("init", tmp_path, *USUAL)
    for path in declared(tmp_path):
        ids = re.findall(r"^  (\S+):$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert [id_ for id_ in ids if path.name != "district.yaml" and not id_.startswith("示例")] == []


def test_comments_teach_in_chinese(xqctl_inside: Command, tmp_path: Path) -> None:
    xqctl_inside("init", tmp_path, *USUAL)
    for path in declared(tmp_path):
        rows = path.read_text(encoding="utf-8").splitlines()
        assert rows[0] == "# yaml-language-server: $schema=.xqctl/xqctl.schema.json"
        assert re.search("[\u4e00-\u9fff]", rows[1]), path.name
        assert max(len(row) for row in rows) <= 140


def test_commented_lines_are_right_when_the_marks_are_taken_away(xqctl_inside: Command, tmp_path: Path) -> None:
    xqctl_inside("init", tmp_path, "--name", "城桥区", "--yes")
    for path in declared(tmp_path):
        text = path.read_text(encoding="utf-8")
        path.write_text(UNCOMMENTED.sub(r"\1\2", text), encoding="utf-8")
    call = ("validate", tmp_path, "--select", "Y,S,R,T", "--format", "json", "--as-of", "2025-03-01")
    found = answered(xqctl_inside(*call).out)["findings"]
    assert [each["message"] for each in found if each["severity"] != "info"] == []


UNCOMMENTED = re.compile(r"^( *)# ( *(?:[a-z_]+|优质均衡2017): ?)", re.MULTILINE)


def test_same_call_same_bytes(xqctl_inside: Command, tmp_path: Path) -> None:
    for name in ("one", "two"):
        xqctl_inside("init", tmp_path / name, *USUAL)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_no_file_is_fetched_or_names_a_host(xqctl_inside: Command, tmp_path: Path) -> None:
    xqctl_inside("init", tmp_path, *USUAL)
    schemas = {name: content for name, content in contents(tmp_path).items() if name.startswith(".xqctl/")}
    names = ("baseline", "mapping", "patch", "plan", "settings", "xqctl")
    assert sorted(schemas) == [f".xqctl/{name}.schema.json" for name in names]
    for content in schemas.values():
        assert set(re.findall(r'"\$ref": "([^#"]*)', content.decode())) <= {""}
    for name, content in contents(tmp_path).items():
        hosts = set(re.findall(rb"https?://([^/\"' ]+)", content))
        assert hosts <= {b"json-schema.org", b"example.com"}, name


def test_schemas_are_written_anew(xqctl_inside: Command, tmp_path: Path) -> None:
    xqctl_inside("init", tmp_path, *USUAL)
    made = contents(tmp_path / ".xqctl")
    (tmp_path / ".xqctl" / "xqctl.schema.json").write_text("{}", encoding="utf-8")
    done = xqctl_inside("schema", "--all", tmp_path / ".xqctl", "--format", "json")
    assert len(answered(done.out)["files"]) == 6
    assert contents(tmp_path / ".xqctl") == made
    wrong = xqctl_inside("schema", "groups", "--all", tmp_path, "--lang", "en")
    assert (wrong.code, wrong.out) == (2, "")


def test_git_attributes_drive_the_diff(xqctl: Command, tmp_path: Path) -> None:
    folder = tmp_path / "district"
    xqctl("init", folder, *USUAL)

    def git(*words: str) -> str:
        env = environment({"HOME": str(tmp_path), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"})
        call = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words]
        return subprocess.run(call, cwd=folder, env=env, capture_output=True, check=True).stdout.decode()

    git("init", "--quiet")
    git("config", "diff.xqctl.command", "xqctl git-driver")
    git("add", "--all")
    git("commit", "--quiet", "-m", "begin")
    path = folder / "units.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("    # until: 2025-09", "    until: 2030-09"), "utf-8")
    assert "结对至 2030" in git("diff").replace("\\", "")


# What is said


def test_the_answer_says_what_was_made_and_what_comes_next(xqctl_inside: Command, tmp_path: Path) -> None:
    done = xqctl_inside("init", "新区", *USUAL, "--lang", "en", cwd=tmp_path)
    assert done.err == ""
    assert "城桥区: 17 files in 新区" in done.out
    for command in ("xqctl validate 新区", "xqctl check 新区", "git config diff.xqctl.command 'xqctl git-driver'"):
        assert command in done.out
    here = answered(xqctl_inside("init", ".", *USUAL, "--format", "json", cwd=tmp_path).out)
    assert here["next"][0] == "xqctl validate"
    assert len(here["next"]) == 3


def test_inside_a_repository_it_says_what_belongs_to_its_root(xqctl_inside: Command, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = xqctl_inside("init", tmp_path / "district", *USUAL, "--lang", "en")
    assert done.code == 0
    assert ".github/workflows/xqctl.yml" in done.err
    assert xqctl_inside("init", tmp_path, *USUAL, "--lang", "en").err == ""


# What is refused


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ((), "nobody can be asked here; give --name, --code, or --yes"),
        (("--name", "某区"), "nobody can be asked here; give --code, or --yes"),
        (("--yes",), "--name is missing"),
        (("--name", "", "--yes"), "--name is empty"),
        (("--name", "某\n区", "--yes"), "--name is empty or holds control characters"),
        (("--name", "某区", "--code", "31015"), "--code is 31015; write the six digits"),
        (("--name", "某区", "--code", "３１０１５１"), "write the six digits"),
        (("--name", "某区", "--code", "990101"), "no province has 99"),
        (("--name", "某区", "--code", "310100", "--level", "district"), "no code of a district"),
        (("--name", "某市", "--code", "310151", "--level", "city"), "no code of a city"),
        (("--name", "某省", "--code", "510100", "--level", "province"), "no code of a province"),
        (("--name", "某区", "--yes", "--level", "town"), "--level is town; it can be district, city, province"),
        (("--name", "某区", "--yes", "--standard", "优质均衡"), "did you mean 优质均衡2017"),
        (
            ("--name", "某区", "--yes", "--ci", "gitlub"),
            "--ci is gitlub; it can be github, gitlab, gitee, jenkins, none",
        ),
    ],
)
def test_a_wrong_call_writes_nothing(xqctl_inside: Command, tmp_path: Path, call: tuple[str, ...], told: str) -> None:
    done = xqctl_inside("init", tmp_path / "new", *call, "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_no_file_is_written_over(xqctl_inside: Command, tmp_path: Path) -> None:
    for name in ("schools.yaml", ".gitignore"):
        (tmp_path / name).write_bytes(b"mine\n")
    done = xqctl_inside("init", tmp_path, *USUAL, "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "schools.yaml, .gitignore are there already" in done.err
    assert contents(tmp_path) == {"schools.yaml": b"mine\n", ".gitignore": b"mine\n"}
    forced = answered(xqctl_inside("init", tmp_path, *USUAL, "--force", "--format", "json").out)
    assert sorted(forced["replaced"]) == [".gitignore", "schools.yaml"]
    assert b"mine" not in (tmp_path / "schools.yaml").read_bytes()


def test_a_pipeline_that_is_there_is_not_written_over(xqctl_inside: Command, tmp_path: Path) -> None:
    (tmp_path / "Jenkinsfile").write_bytes(b"mine\n")
    assert xqctl_inside("init", tmp_path, *USUAL, "--ci", "jenkins").code == 2
    assert contents(tmp_path) == {"Jenkinsfile": b"mine\n"}
    assert xqctl_inside("init", tmp_path, *USUAL, "--ci", "gitlab").code == 0


def test_a_file_where_a_folder_has_to_be_leaves_everything_as_it_was(xqctl_inside: Command, tmp_path: Path) -> None:
    (tmp_path / ".vscode").write_bytes(b"mine\n")
    done = xqctl_inside("init", tmp_path, *USUAL, "--lang", "en")
    assert (done.code, done.out) == (4, "")
    assert "cannot be written" in done.err
    assert contents(tmp_path) == {".vscode": b"mine\n"}
    assert [path.name for path in tmp_path.iterdir()] == [".vscode"]
    assert xqctl_inside("init", tmp_path / ".vscode", *USUAL).code == 2


def test_all_or_nothing(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "a" / "b" / "new"
    old.write_bytes(b"old")
    (tmp_path / "blocked").write_bytes(b"")
    with pytest.raises(OSError, match=r"directory|exists"):
        write_all({old: b"changed", new: b"new", tmp_path / "blocked" / "no": b""})
    assert contents(tmp_path) == {"old": b"old", "blocked": b""}
    assert not (tmp_path / "a").exists()


# Asking


def answering(folder: Path, answers: list[str], *words: str) -> Run:
    """Runs `init` at a terminal, where somebody answers each question."""
    hand, child = pty.openpty()
    call = [sys.executable, "-m", "xqctl", "init", folder.name, *words]
    env = environment({"TERM": "dumb"})
    process = subprocess.Popen(
        call, stdin=child, stdout=subprocess.PIPE, stderr=child, cwd=folder.parent, env=env, start_new_session=True
    )
    os.close(child)
    seen, end = "", time.monotonic() + 30
    waiting = list(answers)
    while time.monotonic() < end:
        if select.select([hand], [], [], 0.2)[0]:
            try:
                seen += os.read(hand, 65536).decode(errors="replace")
            except OSError:
                break
            if waiting and re.search(r"[\]）)] ?: $|： ?$|: $", seen):
                os.write(hand, f"{waiting.pop(0)}\n".encode())
        elif process.poll() is not None:
            break
    out, _ = process.communicate(timeout=10)
    os.close(hand)
    return Run(process.returncode, out, seen.encode())


def test_it_asks_at_a_terminal(xqctl: Command, tmp_path: Path) -> None:
    folder = tmp_path / "district"
    done = answering(folder, ["城桥区", "31015", "310151", "", "1, 优质均衡2017", "gitlab"], "--format", "json")
    assert done.code == 0, done.err
    made = answered(done.out)
    assert made["district"] == {"name": "城桥区", "code": "310151", "level": "district"}
    assert ".gitlab-ci.yml" in made["files"]
    text = (folder / "district.yaml").read_text(encoding="utf-8")
    assert "优质均衡2017: {}" in text
    assert f"{next(iter(standards()))}: {{}}" in text
    assert findings(xqctl, folder) == []
    assert "31015" in done.err


def test_enter_takes_what_is_usual(tmp_path: Path) -> None:
    folder = tmp_path / "城桥区"
    done = answering(folder, ["", "", "", "", ""], "--format", "json", "--lang", "en")
    assert done.code == 0, done.err
    made = answered(done.out)
    assert made["district"] == {"name": "城桥区", "code": None, "level": "district"}
    assert "Name of the district [城桥区]" in done.err
    assert ".github/workflows/xqctl.yml" in made["files"]


def test_where_nothing_may_be_written_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "units.yaml").write_bytes(b"")
    done = answering(tmp_path / "x", [])
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_what_the_call_says_is_not_asked(tmp_path: Path) -> None:
    words = ("--name", "某区", "--code", "310151", "--level", "district", "--standard", "优质均衡2017", "--ci", "none")
    done = answering(tmp_path / "x", [], *words)
    assert (done.code, done.err) == (0, "")


def test_editor_settings_are_json(xqctl_inside: Command, tmp_path: Path) -> None:
    xqctl_inside("init", tmp_path, *USUAL)
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert all((tmp_path / schema).is_file() for schema in settings["yaml.schemas"])
