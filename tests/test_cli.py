"""What the command promises: exit codes, streams, languages, formats, and how little a short answer costs."""

import io
import json
import os
import pty
import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, environment
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from xqctl import __version__, resources, rules
from xqctl.messages import msg
from xqctl.schema import KINDS
from xqctl.terminal import Progress, Terminal

VERBS = ("explain", "schema", "validate")
HEAVY = {"yaml", "_yaml", "ruamel", "libfyaml", "jsonschema", "jsonschema_rs", "rich", "tabulate", "wcwidth"}
WRONG = "groups:\n  甲集团:\n    form: mergd\n    members: {甲校: lead}\n"
MAIN = "district: {name: 某区, level: district}\n"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A district with one mistake."""
    (tmp_path / "district.yaml").write_text(MAIN, encoding="utf-8")
    (tmp_path / "groups.yaml").write_text(WRONG + "schools: {甲校: {standing: quality}}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def right(tmp_path: Path) -> Path:
    """A district without any."""
    (tmp_path / "district.yaml").write_text(MAIN, encoding="utf-8")
    return tmp_path


@cache
def validator(command: str) -> Any:
    """What our published schema says of a command's JSON."""
    folder = resources.schemas() / "output"
    loaded = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources((n, Resource.from_contents(s)) for n, s in loaded.items())
    schema = loaded[f"{command}.schema.json"]
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, registry=registry)


def answered(text: str) -> Any:
    """A JSON answer, held against the schema of its command."""
    data = json.loads(text)
    assert [error.message for error in validator(data["command"]).iter_errors(data)] == []
    return data


# Start-up


def imported(*args: str) -> set[str]:
    """The modules that a call imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "xqctl", *args],
        env=environment(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return {
        row.rpartition("|")[2].strip() for row in done.stderr.decode().splitlines() if row.startswith("import time:")
    }


@pytest.mark.parametrize("call", [["--version"], ["--help"], ["--lang", "en", "--help"], ["validate", "--version"]])
def test_short_answers_import_no_engine(call: list[str]) -> None:
    names = {name.partition(".")[0] for name in imported(*call)}
    assert not names & (HEAVY if call != ["validate", "--version"] else {"rich"})


def test_the_version_imports_nothing_of_ours() -> None:
    names = imported("--version")
    assert "click" not in names
    assert {name for name in names if name.startswith("xqctl")} <= {"xqctl", "xqctl.__main__"}


def test_help_lists_verbs_without_importing_them(xqctl: Command) -> None:
    assert not {name for name in imported("--help") if re.fullmatch(r"xqctl\.commands\.[a-z]+", name)}
    for lang, summary in (("en", "Check the files of districts"), ("zh", "检查区县文件")):
        done = xqctl("--help", "--lang", lang)
        assert done.code == 0
        assert summary in done.out
        assert all(verb in done.out for verb in VERBS)


def test_the_version_is_quick() -> None:
    def seconds(*words: str) -> float:
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            subprocess.run([sys.executable, *words], env=environment(), capture_output=True, check=True, timeout=60)
            times.append(time.perf_counter() - begun)
        return min(times)

    assert seconds("-m", "xqctl", "--version") <= 4 * seconds("-c", "pass")


@pytest.mark.parametrize("call", [["--version"], ["validate", "--version"], ["--version", "-q"]])
def test_the_version(xqctl: Command, call: list[str]) -> None:
    done = xqctl(*call)
    assert (done.code, done.out, done.err) == (0, f"xqctl {__version__}\n", "")


# Help


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(xqctl_inside: Command, verb: str, lang: str) -> None:
    done = xqctl_inside(verb, "--help", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert f"xqctl {verb} " in done.out
    assert "--format" in done.out
    assert all(len(row) <= 100 for row in done.out.splitlines())


@pytest.mark.parametrize(("lang", "summary"), [("zh", "从清单里删去"), ("en", "Take out of a baseline")])
def test_a_verb_may_have_verbs(xqctl_inside: Command, lang: str, summary: str) -> None:
    for words in (
        ["--lang", lang, "baseline", "-h"],
        ["baseline", "--lang", lang, "-h"],
        ["baseline", "-h", "--lang", lang],
    ):
        done = xqctl_inside(*words)
        assert (done.code, done.err) == (0, "")
        assert summary in done.out
    for words in (["--lang", lang, "baseline", "prune", "-h"], ["baseline", "--lang", lang, "prune", "-h"]):
        done = xqctl_inside(*words)
        assert "xqctl baseline prune " in done.out
        assert "--format" in done.out
    alone = xqctl_inside("baseline")
    assert (alone.code, alone.out, "prune" in alone.err) == (2, "", True)


def test_verbs_of_verbs_are_imported_when_they_are_called() -> None:
    told = "import sys; from xqctl.cli import main; main(); print(*sys.modules)"
    call = [sys.executable, "-c", told, "baseline", "--help"]
    done = subprocess.run(call, env=environment(), capture_output=True, check=True, timeout=60)
    names = set(done.stdout.decode().split())
    assert "xqctl.commands.baseline" in names
    assert not {name for name in names if name.startswith("xqctl.commands.baseline.")}
    assert not HEAVY & names


def test_no_words_at_all_show_the_help_on_stderr(xqctl_inside: Command) -> None:
    done = xqctl_inside()
    assert (done.code, done.out) == (2, "")
    assert "validate" in done.err


# Wrong calls


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["vaildate"], "verb vaildate is unknown; did you mean validate"),
        (["baseline", "prnue"], "verb prnue is unknown; did you mean prune"),
        (["baseline", "zzz"], "verb zzz is unknown; there is prune, update, write"),
        (["baseline", "write", "--forse"], "option --forse is unknown; did you mean --force"),
        (["validate", "--formt", "json"], "option --formt is unknown; did you mean --format"),
        (["validate", "--format", "jsn"], "format jsn is unknown; did you mean json"),
        (["validate", "--format", "json="], "json= names no file after =; write json=FILE"),
        (["validate", "--format", "json", "--format", "text"], "two formats for standard output"),
        (["validate", "--format", "json=a", "--format", "sarif=./a"], "a would be written 2 times"),
        (["share", "refuse", "x"], "--reason is missing; see xqctl share refuse --help"),
        (["retire", "x"], "--on is missing"),
        (["report", "-o", ""], "-o names no file"),
        (["validate", "--select", "XQY00"], "rule XQY00 is unknown; did you mean"),
        (["validate", "--ignore", "duobled-key"], "rule duobled-key is unknown; did you mean doubled-key"),
        (["validate", "--fail-on", "erorr"], "--fail-on is erorr; it can be error, warning, info, never"),
        (["validate", "--as-of", "2019-13"], "--as-of is 2019-13; write a day like 2019-11-02"),
        (["validate", "--as-of"], "--as-of is used wrongly"),
        (["validate", "-"], "give both - and --stdin-filename FILE"),
        (["validate", "--stdin-filename", "x.yaml"], "give both - and --stdin-filename FILE"),
        (["schema", "gruops"], "kind gruops is unknown; did you mean groups"),
        (["schema", "groups", "zones"], "zones is more than schema takes"),
        (["explain", "gruops"], "rule or kind gruops is unknown; did you mean groups"),
        (["explain", "城桥中学"], "rule or kind 城桥中学 is unknown; for an id, name its district too"),
        (["--lang", "fr", "schema"], "--lang is fr; it can be zh, en"),
        (["--color", "sometimes", "schema"], "--color is sometimes; it can be auto, always, never"),
    ],
)
def test_a_wrong_call_is_one_line_and_code_2(xqctl_inside: Command, call: list[str], told: str) -> None:
    done = xqctl_inside(*call, env={"LANG": "en_GB.UTF-8"})
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("xqctl: ")
    assert done.err.count("\n") == 1
    assert told in done.err


def test_a_wrong_call_in_chinese(xqctl_inside: Command) -> None:
    assert xqctl_inside("vaildate").err == "xqctl: 没有“vaildate”这个命令，是不是要写 validate\n"


# Language and colour


@pytest.mark.parametrize(
    ("call", "env", "is_english"),
    [
        ([], {}, False),
        ([], {"LANG": "C"}, False),
        ([], {"LANG": "en_US.UTF-8"}, True),
        ([], {"LANG": "zh_CN.UTF-8"}, False),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, True),
        ([], {"LANG": "en_US.UTF-8", "XQCTL_LANG": "zh"}, False),
        (["--lang", "en"], {"XQCTL_LANG": "zh"}, True),
        (["--lang=en"], {}, True),
    ],
)
def test_the_language(xqctl_inside: Command, call: list[str], env: dict[str, str], is_english: bool) -> None:
    for words in ([*call, "schema", "--help"], ["schema", *call, "--help"], ["schema", "--help", *call]):
        assert ("Print the JSON Schema" in xqctl_inside(*words, env=env).out) is is_english
    data = json.loads(xqctl_inside("schema", "zones", "--format", "json", *call, env=env).out)
    assert (data["lang"] == "en") is is_english


@pytest.mark.parametrize(
    ("call", "env", "has_colour"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(xqctl: Command, wrong: Path, call: list[str], env: dict[str, str], has_colour: bool) -> None:
    for words in ([*call, "validate"], ["validate", *call]):
        assert (b"\x1b[" in xqctl(*words, cwd=wrong, env=env).stdout) is has_colour


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_gets_colour(wrong: Path, env: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "xqctl", "validate"]
    done = subprocess.Popen(call, cwd=wrong, env=environment({"TERM": "xterm", **env}), stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    assert done.wait(60) == 1
    assert (b"\x1b[" in shown) is (not env)


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


# Streams


def test_quiet_leaves_only_findings(xqctl: Command, wrong: Path) -> None:
    rows = xqctl("validate", "--format", "plain", cwd=wrong).out.splitlines()
    quiet = xqctl("-q", "validate", "--format", "plain", cwd=wrong).out.splitlines()
    assert quiet == [row for row in rows if "groups.yaml" in row or row.startswith(" ")]
    assert len(quiet) < len(rows)


def test_notes_go_to_stderr(xqctl: Command, wrong: Path) -> None:
    (wrong / "readme.txt").write_text("x", encoding="utf-8")
    done = xqctl("validate", "groups.yaml", "readme.txt", "--format", "json", cwd=wrong)
    assert "readme.txt" in done.err
    answered(done.out)
    assert xqctl("validate", "-q", "groups.yaml", "readme.txt", cwd=wrong).err == ""


def without_a_reader(*words: str, cwd: Path | None = None) -> tuple[int, bytes]:
    """The exit code and stderr of a call whose standard output nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    call = [sys.executable, "-m", "xqctl", *words]
    done = subprocess.run(
        call, cwd=cwd, env=environment(), stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60
    )
    os.close(writer)
    return done.returncode, done.stderr


@pytest.mark.parametrize("form", ["text", "plain", "json", "markdown"])
def test_a_broken_pipe_ends_quietly(wrong: Path, form: str) -> None:
    assert without_a_reader("validate", "--format", form, cwd=wrong) == (1, b"")


@pytest.mark.parametrize("word", ["--version", "--help", "schema", "explain"])
def test_a_broken_pipe_ends_short_answers_quietly(word: str) -> None:
    assert without_a_reader(word) == (0, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_do_no_harm(wrong: Path, closed: str) -> None:
    call = ["sh", "-c", f"exec {sys.executable} -m xqctl validate {closed}"]
    done = subprocess.run(call, cwd=wrong, env=environment(), capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
@pytest.mark.parametrize("call", [["validate"], ["explain", "groups"], ["--help"], ["schema", "groups"], ["nope"]])
def test_no_encoding_crashes_text(xqctl: Command, wrong: Path, encoding: str, call: list[str]) -> None:
    (wrong / "more.yaml").write_text("schools: {𠮷校: {stnding: “weak”}}\n", encoding="utf-8")
    done = xqctl(*call, cwd=wrong, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.code == {"validate": 1, "nope": 2}.get(call[0], 0)
    done.stdout.decode(encoding)
    if encoding == "gbk" and call == ["--help"]:
        assert "检查区县文件" in done.stdout.decode("gbk")


@pytest.mark.parametrize("form", ["json", "plain", "markdown"])
def test_what_programs_read_is_utf8_everywhere(xqctl: Command, wrong: Path, form: str) -> None:
    (wrong / "groups.yaml").rename(wrong / "集团.yaml")
    call = ("validate", "--format", form)
    usual = xqctl(*call, cwd=wrong)
    assert xqctl(*call, cwd=wrong, env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}).stdout == usual.stdout
    assert "集团.yaml" in usual.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
def test_a_full_disk_is_code_4(wrong: Path) -> None:
    call = ["sh", "-c", f"exec {sys.executable} -m xqctl --lang en validate > /dev/full"]
    done = subprocess.run(call, cwd=wrong, env=environment(), capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (4, b"xqctl: the result cannot be written: the disk is full\n")


class Screen(io.StringIO):
    """A terminal that keeps what it is shown."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("quiet", [False, True])
def test_long_work_counts_on_the_terminal(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    seconds = iter([0.0, 0.1, 0.7, 0.71, 0.9])
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    with Progress(Terminal("en", quiet=quiet), msg("districts checked")) as progress:
        for _ in range(4):
            progress.step()
    assert screen.getvalue() == ("" if quiet else "\rdistricts checked 2\rdistricts checked 4\r" + " " * 19 + "\r")


# Files


def test_several_formats_at_once(xqctl: Command, wrong: Path) -> None:
    call = ("validate", "--format", "text", "--format", "json=out/found.json", "--format", "markdown=found.md")
    (wrong / "out").mkdir()
    done = xqctl(*call, cwd=wrong)
    assert done.code == 1
    assert "^^^^^" in done.out
    found = answered((wrong / "out" / "found.json").read_text(encoding="utf-8"))
    assert found["summary"]["errors"] == 1
    assert found["exit_code"] == 1
    assert "| `groups.yaml:3:11` |" in (wrong / "found.md").read_text(encoding="utf-8")


def test_only_a_file_leaves_stdout_empty(xqctl: Command, wrong: Path) -> None:
    assert xqctl("validate", "--format", "json=found.json", cwd=wrong).stdout == b""


def test_a_file_that_cannot_be_written_is_code_4(xqctl: Command, wrong: Path) -> None:
    done = xqctl("validate", "--lang", "en", "--format", "json=no/found.json", cwd=wrong)
    assert (done.code, done.out) == (4, "")
    assert done.err == "xqctl: no/found.json cannot be written: it is not there\n"


# Faults


def test_a_missing_path_is_code_3(xqctl: Command, tmp_path: Path) -> None:
    for words in (["nowhere"], ["."]):
        done = xqctl("validate", *words, cwd=tmp_path)
        assert (done.code, done.out) == (3, "")
        assert done.err.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_code_4(xqctl: Command, wrong: Path) -> None:
    (wrong / "groups.yaml").chmod(0)
    done = xqctl("validate", cwd=wrong)
    assert (done.code, done.out) == (4, "")
    assert done.err.count("\n") == 1


BROKEN = """
import sys
from xqctl import rules
from xqctl.__main__ import main
def broken(*_):
    {statement}
rules.findings = broken
sys.exit(main())
"""


def failing(statement: str, wrong: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """The command with something inside it broken."""
    call = [sys.executable, "-c", BROKEN.format(statement=statement), "validate", *words]
    return subprocess.run(call, cwd=wrong, env=environment(), capture_output=True, check=False, timeout=60)


def test_our_own_bug_is_code_70(wrong: Path) -> None:
    done = failing("raise KeyError('a\\nb')", wrong, "--lang", "en")
    assert (done.returncode, done.stdout) == (70, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"xqctl itself failed, not your files: KeyError" in done.stderr
    assert b"report this line" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Traceback" in failing("raise KeyError('a')", wrong, "-v").stderr
    assert failing("return broken()", wrong).returncode == 70


def test_an_interruption_is_code_130(wrong: Path) -> None:
    done = failing("raise KeyboardInterrupt", wrong)
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr


# validate


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on_decides_the_exit_code(xqctl_inside: Command, wrong: Path, fail_on: str, code: int) -> None:
    for form in ("text", "plain", "json", "markdown"):
        assert xqctl_inside("validate", "--fail-on", fail_on, "--format", form, cwd=wrong).code == code


@pytest.mark.parametrize(
    ("choice", "codes"),
    [
        ([], ["XQS004"]),
        (["--select", "S"], ["XQS004"]),
        (["--select", "XQS"], ["XQS004"]),
        (["--select", "XQY,XQS004"], ["XQS004"]),
        (["--select", "not-one-of"], ["XQS004"]),
        (["--select", "Y"], []),
        (["--ignore", "XQS004"], []),
        (["--select", "S", "--ignore", "not-one-of"], []),
    ],
)
def test_rules_are_chosen_by_code_slug_and_family(
    xqctl_inside: Command, wrong: Path, choice: list[str], codes: list[str]
) -> None:
    found = answered(xqctl_inside("validate", "--format", "json", *choice, cwd=wrong).out)["findings"]
    assert [each["code"] for each in found if each["code"][2] in "YS"] == codes


def test_findings_have_their_place(xqctl: Command, wrong: Path) -> None:
    found = answered(xqctl("validate", "--format", "json", "--select", "S", cwd=wrong).out)
    (only,) = found["findings"]
    assert (only["file"], only["line"], only["column"], only["end_column"]) == ("groups.yaml", 3, 11, 16)
    assert only["path"] == "groups.甲集团.form"
    assert found["inputs"][0]["root"] == "."
    plain = xqctl("validate", "--format", "plain", "--select", "S", cwd=wrong).out
    assert plain.startswith("groups.yaml:3:11: error XQS004 ")
    text = xqctl("validate", "--select", "S", cwd=wrong).out.splitlines()
    assert text[1:3] == [" 3 |     form: mergd", "   |           ^^^^^"]


def test_standard_input_stands_for_a_file(xqctl: Command, wrong: Path) -> None:
    fixed = WRONG.replace("mergd", "merged").encode()
    call = ("validate", "-", "--stdin-filename", "groups.yaml", "--select", "S", "--format", "json")
    assert answered(xqctl(*call, cwd=wrong, stdin=fixed).out)["findings"] == []
    assert len(answered(xqctl(*call, cwd=wrong, stdin=WRONG.encode()).out)["findings"]) == 1


def test_tolerated_findings_are_in_the_json_only(xqctl: Command, wrong: Path) -> None:
    path = wrong / "groups.yaml"
    text = path.read_text(encoding="utf-8").replace("mergd", "mergd  # xqctl: ignore[XQS004] 待核实，until=2099-01-01")
    path.write_text(text, encoding="utf-8")
    call = ("validate", "--select", "S,U")
    found = answered(xqctl(*call, "--format", "json", cwd=wrong).out)
    assert found["exit_code"] == 0
    assert found["summary"]["suppressed"] == 1
    assert found["findings"][0]["suppressed"]
    assert "XQS004" not in xqctl(*call, "--format", "plain", cwd=wrong).out


def test_same_input_same_bytes(xqctl: Command, wrong: Path) -> None:
    for form in ("text", "plain", "json", "markdown"):
        one, two = (
            xqctl("validate", "--today", "2026-01-01", "--format", form, cwd=wrong, env={"PYTHONHASHSEED": seed})
            for seed in ("1", "2")
        )
        assert one.stdout == two.stdout


# explain and schema


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_family_and_kind_is_explained(xqctl_inside: Command, lang: str) -> None:
    families = {code[:3] for code in rules.catalogue()}
    for name in (*rules.catalogue(), *sorted(families), *KINDS):
        for form in ("text", "plain", "markdown"):
            assert xqctl_inside("explain", name, "--format", form, "--lang", lang).code == 0
        data = answered(xqctl_inside("explain", name, "--format", "json", "--lang", lang).out)
        assert data["explained"]["id"] == name
    assert answered(xqctl_inside("explain", "--format", "json", "--lang", lang).out)["summary"]["kinds"] == len(KINDS)


def test_names_of_rules_and_kinds(xqctl_inside: Command) -> None:
    for name, id_ in (("doubled-key", "XQY002"), ("xqy002", "XQY002"), ("y", "XQY"), ("教育集团", "groups")):
        found = answered(xqctl_inside("explain", name, "--format", "json").out)["explained"]["id"]
        assert found[:3] == id_[:3]


@pytest.mark.parametrize(
    ("day", "lead", "gone"), [("2017-12-31", "新海学校", "城桥中学"), ("2019-11-02", "城桥中学", "新海学校")]
)
def test_groups_of_chongming(xqctl: Command, day: str, lead: str, gone: str) -> None:
    call = ("explain", "groups", resources.examples() / "chongming", "--as-of", day)
    data = answered(xqctl(*call, "--format", "json").out)
    merged = [group for group in data["explained"]["holds"] if group["form"] == "merged"]
    leads = {name for group in merged for name in group["leads"]}
    assert data["as_of"] == day
    assert len(merged) == 8
    assert lead in leads
    assert gone not in leads
    rows = [row for row in xqctl(*call).out.splitlines() if "merged" in row and row.startswith(tuple(leads))]
    assert len(rows) == 8
    for form in ("plain", "markdown"):
        assert lead in xqctl(*call, "--format", form).out


UNITS = """
schools: {甲校: {campuses: {东: {}}}, 乙校: {}}
zones: {一区: {members: {甲校: lead, 乙校: member}}}
groups:
  甲集团: {members: {甲校: lead}, until: 2015}
  乙集团: {members: {乙校: lead, 甲校/东: {2016: branch}}}
"""


def test_every_unit_a_school_is_in(xqctl: Command, tmp_path: Path) -> None:
    (tmp_path / "district.yaml").write_text(MAIN + UNITS, encoding="utf-8")
    call = ("explain", "甲校", ".", "--as-of", "2018", "--format", "json")
    (thing,) = answered(xqctl(*call, cwd=tmp_path).out)["explained"]["things"]
    assert [(unit["unit"], unit["as"], unit["role"]) for unit in thing["units"]] == [
        ("一区", "甲校", "lead"),
        ("乙集团", "甲校/东", "branch"),
    ]
    assert "乙集团" in xqctl(*call[:-2], cwd=tmp_path).out
    assert xqctl("explain", "甲小", ".", cwd=tmp_path).code == 2


@pytest.mark.parametrize("kind", [None, "plan", *KINDS])
def test_a_schema_stands_alone(xqctl_inside: Command, kind: str | None) -> None:
    words = [kind] if kind else []
    raw = json.loads(xqctl_inside("schema", *words).out)
    Draft202012Validator.check_schema(raw)
    found = set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(raw, ensure_ascii=False)))
    assert found <= {"#", *(f"#/$defs/{name}" for name in raw.get("$defs", ()))}
    data = answered(xqctl_inside("schema", *words, "--format", "json").out)
    assert data["schema"].keys() == raw.keys()


def test_the_joined_schema_says_what_validate_says(xqctl_inside: Command) -> None:
    whole = Draft202012Validator(json.loads(xqctl_inside("schema").out))
    assert whole.is_valid({"groups": {"甲集团": {"form": "merged", "members": {"甲校": "lead"}}}})
    assert not whole.is_valid({"groups": {"甲集团": {"form": "mergd"}}})
    assert not whole.is_valid({"gruops": {}})


@pytest.mark.parametrize(
    "call",
    [
        ("init", "", "--yes", "--name", "某区"),
        ("validate", ""),
        ("fmt", ""),
        ("rename", "甲校", "乙校", ""),
        ("retire", "甲校", "", "--on", "2020"),
        ("merge", "甲校", "--into", "乙校", "--on", "2020", "--path", ""),
        ("baseline", "write", ""),
        ("share", "list", ""),
    ],
)
def test_an_empty_path_is_not_the_working_directory(xqctl: Command, tmp_path: Path, call: tuple[str, ...]) -> None:
    text = "district: {name: 某区, level: district}\nschools: {甲校: {}}\n"
    (tmp_path / "district.yaml").write_text(text, encoding="utf-8")
    done = xqctl(*call, cwd=tmp_path)
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == [text]
