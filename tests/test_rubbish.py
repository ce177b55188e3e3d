"""Whatever is put in: findings, or one line of error with the right exit code, within seconds, never a traceback."""

import builtins
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, Run, environment
from hypothesis import example, given
from hypothesis import strategies as st

from xqctl.compose import Budgets, Places, compose
from xqctl.place import Route, Span

DISTRICT = "district: {name: 某区, level: district}\n"
SCHOOL = "schools:\n  甲校: {stages: primary}\n"
SOON = 60
"""Seconds that anything may take on a machine that others use as well."""

BOMB = "".join(f"  - &a{n} [{', '.join([f'*a{n - 1}'] * 10) if n else ', '.join('零' * 10)}]\n" for n in range(9))
ALL_UNKNOWN = "schools:\n  甲校:\n" + "".join(f"    x{n}: 1\n" for n in range(20_000))
ALL_WRONG = "schools:\n" + "".join(f"  s{n}: {{stages: xx}}\n" for n in range(8_000))
ALL_DOUBLED = "schools:\n" + "  甲校: {}\n" * 20_000

RUBBISH: dict[str, tuple[bytes, str | None]] = {
    "nothing": (b"", None),
    "blank lines": (b"\n\n   \n", None),
    "a comment": ("# 只有注释\n".encode(), None),
    "an empty document": (b"---\n...\n", None),
    "CRLF": (SCHOOL.replace("\n", "\r\n").encode(), None),
    "CR": (SCHOOL.replace("\n", "\r").encode(), None),
    "BOM": (b"\xef\xbb\xbf" + SCHOOL.encode(), "XQY004"),
    "a BOM alone": (b"\xef\xbb\xbf", "XQY004"),
    "GB18030": (SCHOOL.encode("gb18030"), "XQY003"),
    "UTF-16": (SCHOOL.encode("utf-16"), "XQY003"),
    "UTF-16 without a mark": (SCHOOL.encode("utf-16-le"), "XQY003"),
    "UTF-16 that ends halfway": (SCHOOL.encode("utf-16")[:-1], "XQY003"),
    "UTF-32": (SCHOOL.encode("utf-32"), "XQY003"),
    "Big5": ("學校: 無\n".encode("big5"), "XQY003"),
    "Latin-1": ("école: é\n".encode("latin-1"), "XQY003"),
    "binary": (bytes(range(256)) * 40, "XQY003"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "XQY003"),
    "a workbook": (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(255, 0, -1)) * 9, "XQY003"),
    "zeros": (bytes(100_000), "XQY003"),
    "control characters": (b"schools: \x07\n", "XQY011"),
    "a list": ("- 甲校\n- 乙校\n".encode(), "XQS003"),
    "a word": ("学校\n".encode(), "XQS003"),
    "a number": (b"42\n", "XQS003"),
    "null": (b"null\n", "XQS010"),
    "JSON": (b'{"schools": {"a": {"stages": "primary"}}}', None),
    "a web page": (b"<!DOCTYPE html>\n<html><body>404: not found</body></html>\n", None),
    "a conflict": (f"<<<<<<< HEAD\n{SCHOOL}=======\n{SCHOOL}>>>>>>> main\n".encode(), "XQY001"),
    "50 MB": (b"# " + b"x" * 50_000_000, "XQY009"),
    "12 MB in one word": (b"schools: {a: {note: " + b"x" * 12_000_000 + b"}}\n", None),
    "12 MB in one quote that is never closed": (b'schools: {a: {note: "' + b"x" * 12_000_000, "XQY001"),
    "10,000 levels of brackets": (b"schools: " + b"[" * 10_000 + b"]" * 10_000, "XQY008"),
    "10,000 levels never closed": (b"schools: " + b"{a: " * 10_000, "XQY008"),
    "10,000 levels of lists": (b"schools:\n  " + b"- " * 10_000 + b"a\n", "XQY008"),
    "2,000 levels of mappings": ("".join(f"{' ' * n}a:\n" for n in range(2_000)).encode(), "XQY008"),
    "an alias bomb": (f"schools:\n{BOMB}".encode(), "XQY007"),
    "an alias of itself": (b"schools: &a\n  b: *a\n", None),
    "20,000 unknown fields": (ALL_UNKNOWN.encode(), "XQS002"),
    "8,000 wrong values": (ALL_WRONG.encode(), "XQS004"),
    "20,000 doubled keys": (ALL_DOUBLED.encode(), "XQY002"),
    "20,000 invisible characters": (("schools: {a: {note: x" + "\u200b" * 20_000 + "}}\n").encode(), "XQY011"),
    "an escape that is no character": (b'schools: {a: {note: "\\ud800"}}\n', None),
    "a number beyond measure": (b"schools: {a: {location: {lon: 1e999, lat: 9" + b"9" * 5000 + b"}}}\n", None),
    "dates in many shapes": (b"schools: {a: {since: 2019-02-30, until: 0x7e3}}\n", "XQS005"),
}


@pytest.mark.parametrize("name", RUBBISH)
def test_a_file_of_rubbish_is_a_finding(name: str, tmp_path: Path, xqctl: Command) -> None:
    raw, code = RUBBISH[name]
    _lay(tmp_path, {"district.yaml": DISTRICT.encode(), "units.yaml": raw})
    began = time.monotonic()
    run = xqctl("validate", ".", "--format", "json", "--quiet", cwd=tmp_path, timeout=SOON)
    assert time.monotonic() - began < SOON
    assert run.code in (0, 1), run.err
    assert not run.err
    found = json.loads(run.out)["findings"]
    assert {each["file"] for each in found} <= {"units.yaml"}
    if code is not None:
        assert code in {each["code"] for each in found}, found[:5]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "plain", "markdown"])
def test_every_format_shows_rubbish(lang: str, form: str, tmp_path: Path, xqctl_inside: Command) -> None:
    for number, (name, (raw, _)) in enumerate(RUBBISH.items()):
        if len(raw) < 20_000:
            folder = tmp_path / f"{number} {name}"
            _lay(folder, {"district.yaml": DISTRICT.encode(), "units.yaml": raw})
    run = xqctl_inside("validate", "--lang", lang, "--format", form, cwd=tmp_path)
    assert run.code == 1, run.err
    assert "\x07" not in run.out
    assert "\x1b" not in run.out
    assert not run.err


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["missing"], 3),
        (["."], 3),
        (["alone/units.yaml"], 3),
        (["loop.yaml"], 3),
        (["x" * 5000], 3),
        (["\udcff"], 3),
        ([""], 3),
        (["dangling.yaml"], 3),
        (["alone/units.yaml/x"], 3),
        (["-"], 2),
        (["--format", "xml"], 2),
        (["--as-of", "2019-02-30"], 2),
        (["--as-of", "１９９９"], 2),
        (["--select", ""], 3),
        (["--stdin-filename"], 2),
    ],
)
def test_a_call_that_cannot_be_answered_is_one_line(args: list[str], code: int, tmp_path: Path, xqctl: Command) -> None:
    _lay(tmp_path, {"alone/units.yaml": SCHOOL.encode()})
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "dangling.yaml").symlink_to("nowhere.yaml")
    _is_one_line(xqctl("validate", *args, cwd=tmp_path, timeout=SOON), code)


def test_links_and_pipes_in_a_folder_are_left_alone(tmp_path: Path, xqctl: Command) -> None:
    district = tmp_path / "district"
    _lay(tmp_path, {"district/district.yaml": DISTRICT.encode(), "secret.yaml": b"- no\n", "outside/a.yaml": b"- no\n"})
    (district / "loop.yaml").symlink_to("loop.yaml")
    (district / "dangling.yaml").symlink_to("nowhere.yaml")
    (district / "out.yaml").symlink_to("../secret.yaml")
    (district / "folder").symlink_to("../outside")
    (district / "itself").symlink_to(".")
    (district / "directory.yaml").mkdir()
    os.mkfifo(district / "pipe.yaml")
    run = xqctl("validate", "district", "--format", "json", cwd=tmp_path, timeout=SOON)
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out)["summary"]["files"] == 1


def test_a_pipe_is_no_district(tmp_path: Path, xqctl: Command) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    _is_one_line(xqctl("validate", "pipe.yaml", cwd=tmp_path, timeout=SOON), 4)


def test_names_of_files_may_be_odd(tmp_path: Path, xqctl: Command) -> None:
    names = [
        "a b.yaml",
        "a\nb.yaml",
        "\x1b[31mred.yaml",
        "[bold]x[/bold].yaml",
        "甲" * 80 + ".yaml",
        "\udcff.yaml",
        "-x.yaml",
    ]
    _lay(tmp_path, {"district.yaml": DISTRICT.encode(), **dict.fromkeys(names, b"school: {}\n")})
    for form in ("text", "plain", "markdown", "json"):
        run = xqctl("validate", "--format", form, cwd=tmp_path, timeout=SOON)
        assert (run.code, run.err) == (1, "")
        assert "\x1b" not in run.out
    assert len(json.loads(run.out)["findings"]) == len(names)


@pytest.mark.parametrize("place", ["units.yaml", "district.yaml"])
def test_a_file_that_may_not_be_read_is_one_line(
    place: str, tmp_path: Path, xqctl_inside: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay(tmp_path, {"district.yaml": DISTRICT.encode(), "units.yaml": SCHOOL.encode()})
    real = builtins.open

    def guarded(file: Any, *args: Any, **kwargs: Any) -> Any:
        if str(file).endswith(place):
            raise PermissionError(13, "Permission denied", file)
        return real(file, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", guarded)
    run = xqctl_inside("validate", "--lang", "en", cwd=tmp_path)
    _is_one_line(run, 4)
    assert place in run.err


def test_a_folder_that_may_not_be_listed_is_one_line(
    tmp_path: Path, xqctl_inside: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay(tmp_path, {"district.yaml": DISTRICT.encode(), "closed/units.yaml": SCHOOL.encode()})
    real = os.scandir

    def guarded(path: Any = ".") -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    _is_one_line(xqctl_inside("validate", cwd=tmp_path), 4)


def test_standard_input_may_be_rubbish_too(tmp_path: Path, xqctl: Command) -> None:
    _lay(tmp_path, {"district.yaml": DISTRICT.encode()})
    for raw, code in ((SCHOOL.encode(), 0), (b"", 0), (bytes(range(256)), 1), ("甲校".encode("gb18030"), 1)):
        run = xqctl("validate", "-", "--stdin-filename", "units.yaml", cwd=tmp_path, stdin=raw, timeout=SOON)
        assert (run.code, run.err) == (code, "")


def test_a_reader_that_leaves_ends_it_quietly(tmp_path: Path) -> None:
    raw = "schools:\n" + "".join(f"  学校{n}: {{x: 1}}\n" for n in range(1500))
    _lay(tmp_path, {"district.yaml": DISTRICT.encode(), "units.yaml": raw.encode()})
    for form in ("text", "plain", "json"):
        with subprocess.Popen(
            [sys.executable, "-m", "xqctl", "validate", "--format", form],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(SOON) in (0, 1)


@pytest.mark.parametrize(
    ("redirection", "codes"), [("<&-", {2, 4}), (">&-", {0, 4}), ("2>&-", {0}), (">/dev/full", {4})]
)
def test_streams_may_be_closed_or_full(redirection: str, codes: set[int], tmp_path: Path) -> None:
    _lay(tmp_path, {"district.yaml": DISTRICT.encode()})
    stdin = "- --stdin-filename units.yaml" if redirection == "<&-" else ""
    call = f"exec {sys.executable} -m xqctl validate {stdin} {redirection}"
    done = subprocess.run(
        ["sh", "-c", call], cwd=tmp_path, env=environment(), capture_output=True, timeout=SOON, check=False
    )
    assert done.returncode in codes, done.stderr.decode()
    assert done.stderr.count(b"\n") <= 1
    assert b"Traceback" not in done.stderr


def test_the_working_directory_may_be_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    call = f"rmdir {gone} && exec {sys.executable} -m xqctl validate"
    done = subprocess.run(
        ["sh", "-c", call], cwd=gone, env=environment(), capture_output=True, timeout=SOON, check=False
    )
    _is_one_line(Run(done.returncode, done.stdout, done.stderr), 3)


PIECES = [*"abX甲校01２9:{}[],-#&*!|>%@`'\"?~=<. \t\n\r\\", "\u200b", "\u2028", "\ufeff", "\x85", "---", ": ", "\n  "]
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(str.encode), YAMLISH.map(str.encode)))
@example(b"a: &a [*a]")
@example(b"a: !!binary x\n<<: {b: c}\n<<: 1")
@example("\ufeff\ufeffa: b".encode())
@example(b"a\x85b: c\n d")
@example(b"\x00")
@example("\x01\xa0".encode())
@example(b"? a\n: b\n?\n  c: d")
@example(b'"a\n\n b": |\n\n  x\n y')
@example(b"%YAML 9.9\n---\na: b")
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    read = compose(raw, "x.yaml", Budgets())
    again = compose(raw, "x.yaml", Budgets())
    assert again == read
    places = Places(raw, "x.yaml")
    for problem in read.problems:
        span = problem.where if isinstance(problem.where, Span) else places.of(problem.where)
        _is_inside(span, places.lines)
        _is_inside(places.of(Route("x.yaml", places.around(span))), places.lines)
        for related in problem.related:
            assert isinstance(related.where, Route)
            _is_inside(places.of(related.where), places.lines)
    _walk(read.data, (), places)


def _walk(data: object, keys: tuple[str, ...], places: Places) -> None:
    """Every route of the data has a place inside the text."""
    _is_inside(places.of(Route("x.yaml", keys)), places.lines)
    if len(keys) > 6:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            _is_inside(places.of(Route("x.yaml", (*keys, key), "key")), places.lines)
            _walk(value, (*keys, key), places)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            _walk(value, (*keys, str(number)), places)


def _is_inside(span: Span, lines: list[str]) -> None:
    assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column), span
    assert span.end_line <= max(len(lines), 1), span
    assert span.column <= len(lines[span.line - 1]) + 2, (span, lines)
    assert span.end_column <= len(lines[span.end_line - 1]) + 2, (span, lines)


def _is_one_line(run: Run, code: int) -> None:
    assert run.code == code, run.err
    assert run.stdout == b""
    assert run.err.startswith("xqctl: ")
    assert run.err.count("\n") == 1, run.err
    assert "Traceback" not in run.err


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
