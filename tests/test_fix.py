# ruff: noqa: ISC004  tables of texts
"""Mends: only the words that are wrong change; guesses only when asked for; what is left is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from xqctl.compose import Budgets, compose

XQCTL = Path(sys.executable).parent / "xqctl"
DISTRICT = "district: {name: 某区, level: district}\n"


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [XQCTL, *words, "--lang", "en", "--format", "plain"], cwd=cwd, capture_output=True, text=True, check=False
    )


def place(tmp_path: Path, raw: bytes) -> Path:
    (tmp_path / "district.yaml").write_text(DISTRICT, encoding="utf-8")
    (tmp_path / "case.yaml").write_bytes(raw)
    return tmp_path / "case.yaml"


SAFE = {
    "full-width digits": ("schools:\n  甲校: {built: ２０１８}  # ２０\n", "schools:\n  甲校: {built: 2018}  # ２０\n"),
    "a lost zero": (
        "sources:\n  甲: {title: 文, number: 0123}\n",
        'sources:\n  甲: {title: 文, number: "0123"}\n',
    ),
    "a code that reads as a number": (
        "schools:\n  甲校:\n    code: 3111000012  # 码\n",
        'schools:\n  甲校:\n    code: "3111000012"  # 码\n',
    ),
    "ends of lines": ("schools:\r\n  甲校: {built: 1998}  # 年\r\n", "schools:\n  甲校: {built: 1998}  # 年\n"),
    "text others take for truth": ("schools:\n  甲校: {formerly: no}\n", 'schools:\n  甲校: {formerly: "no"}\n'),
    "invisible characters": ("schools:\n  甲\u200b校: {note: 一\u200e二}\n", "schools:\n  甲校: {note: 一二}\n"),
    "a byte order mark": ("\ufeffschools:\n  甲校: {built: ２０１８}\n", "schools:\n  甲校: {built: 2018}\n"),
    "a number in quotes": (
        'statistics:\n  2023-2024:\n    甲校: {primary: {students: "120"}}\nschools: {甲校: {stages: primary}}\n',
        "statistics:\n  2023-2024:\n    甲校: {primary: {students: 120}}\nschools: {甲校: {stages: primary}}\n",
    ),
    "two on one line": (
        "schools:\n  甲校: {built: １９９８, formerly: yes, code: 3111000012}\n",
        'schools:\n  甲校: {built: 1998, formerly: "yes", code: "3111000012"}\n',
    ),
}
GUESSED = {
    "a tab": ("schools:\n\t甲校: {stages: primary}\n", "schools:\n  甲校: {stages: primary}\n"),
    "a full-width colon": (
        "schools:\n  甲校:\n    stages：primary\n    built: 1998\n",
        "schools:\n  甲校:\n    stages: primary\n    built: 1998\n",
    ),
    "a name": (
        "schools: {北新桥小学: {stages: primary}, 甲校: {}}\nalliances:\n  结对:\n    form: pair\n    since: 2010\n"
        "    members: {甲校: lead, 北新挢小学: member}\n",
        "schools: {北新桥小学: {stages: primary}, 甲校: {}}\nalliances:\n  结对:\n    form: pair\n    since: 2010\n"
        "    members: {甲校: lead, 北新桥小学: member}\n",
    ),
    "a source with its place": (
        "sources: {崇明简报2019: {title: 简报}}\nzones:\n  片: {declared: {all: 1}, source: 祟明简报2019#二.3}\n",
        "sources: {崇明简报2019: {title: 简报}}\nzones:\n  片: {declared: {all: 1}, source: 崇明简报2019#二.3}\n",
    ),
    "a date": ("schools:\n  甲校: {since: 2018.9}\n", None),
    "a date in words": ("schools:\n  甲校: {since: 2018年9月}\n", "schools:\n  甲校: {since: 2018-09}\n"),
    "an area": (
        "schools: {甲校: {stages: primary}}\nstatistics:\n  2023-2024:\n    甲校: {teaching_area: 1500㎡}\n",
        "schools: {甲校: {stages: primary}}\nstatistics:\n  2023-2024:\n    甲校: {teaching_area: 1500m2}\n",
    ),
}


@pytest.mark.parametrize("name", SAFE)
def test_what_needs_no_guess_is_mended(name: str, tmp_path: Path) -> None:
    before, after = SAFE[name]
    path = place(tmp_path, before.encode())
    shown = run("validate", "--fix", "--diff", cwd=tmp_path)
    assert path.read_bytes() == before.encode()
    assert "+++ b/case.yaml" in shown.stdout
    done = run("validate", "--fix", cwd=tmp_path)
    assert path.read_bytes().decode() == after, done.stdout
    assert done.returncode == 0, done.stdout
    again = run("validate", "--fix", cwd=tmp_path)
    assert "0 mended" in again.stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["case.yaml", "district.yaml"]


@pytest.mark.parametrize("name", GUESSED)
def test_what_has_to_be_guessed_is_mended_only_when_asked(name: str, tmp_path: Path) -> None:
    before, after = GUESSED[name]
    path = place(tmp_path, before.encode())
    run("validate", "--fix", cwd=tmp_path)
    assert path.read_bytes() == before.encode()
    done = run("validate", "--fix", "--unsafe", cwd=tmp_path)
    assert path.read_bytes().decode() == (after or before), done.stdout
    assert done.returncode == int(after is None), done.stdout


def test_only_the_files_that_were_asked_for(tmp_path: Path) -> None:
    path = place(tmp_path, b"\xef\xbb\xbfschools: {}\n")
    other = tmp_path / "other.yaml"
    other.write_bytes(b"\xef\xbb\xbfzones: {}\n")
    run("validate", "--fix", "case.yaml", cwd=tmp_path)
    assert not path.read_bytes().startswith(b"\xef")
    assert other.read_bytes().startswith(b"\xef")


def test_what_is_tolerated_stays(tmp_path: Path) -> None:
    raw = "schools:\n  甲校: {formerly: no}  # xqctl: ignore[XQY015] 这些文件只有 xqctl 读\n".encode()
    path = place(tmp_path, raw)
    run("validate", "--fix", cwd=tmp_path)
    assert path.read_bytes() == raw


def test_a_wrong_call_is_told(tmp_path: Path) -> None:
    place(tmp_path, b"schools: {}\n")
    for words in (["--diff"], ["--unsafe"], ["--fix", ".@2019"], ["--fix", "-", "--stdin-filename", "case.yaml"]):
        assert run("validate", *words, cwd=tmp_path).returncode == 2, words


MISTAKES = sorted((Path(__file__).parent / "mistakes").glob("XQY*")) + sorted(
    (Path(__file__).parent / "mistakes").glob("XQS*")
)


@pytest.mark.parametrize("path", MISTAKES[::7], ids=lambda path: path.stem)
def test_mends_never_make_it_worse(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="surrogateescape").replace("«", "").replace("»", "")
    raw = text.encode(errors="surrogateescape")
    if path.suffix == ".txt":
        raw = raw.decode().encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1", "replace")
    if b"\n=== " in raw:
        raw = raw.partition(b"\n=== ")[0] + b"\n"
    file = place(tmp_path, raw)
    before = compose(raw, "", Budgets())
    done = run("validate", "--fix", "--unsafe", cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    after = compose(file.read_bytes(), "", Budgets())
    assert len(after.problems) <= len(before.problems) or not before.whole
