# ruff: noqa: E501, ISC004  tables of texts as they are
"""Layout: the same data, every comment, and nothing left to do the second time."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from xqctl import resources
from xqctl.compose import Budgets, compose
from xqctl.edit.patches import is_same
from xqctl.layout import laid_out

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))
COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[注A-Z][^\n]*", re.MULTILINE)


def data(raw: bytes) -> Any:
    return compose(raw, "", Budgets()).data


def root_of(path: Path) -> str:
    return "plan" if path.name == "plan.yaml" else "xqctl"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_examples_keep_what_they_say(path: Path) -> None:
    raw = path.read_bytes()
    once = laid_out(raw, root_of(path))
    assert once is not None
    assert is_same(data(once), data(raw))
    assert Counter(re.findall("# .*", once.decode())) == Counter(re.findall("# .*", raw.decode()))
    assert laid_out(once, root_of(path)) == once
    assert laid_out(raw.replace(b"\n", b"\r\n"), root_of(path)) == once


LAYOUTS = {
    "order of kinds and fields, comments with them": (
        """# 头

# 片
zones:
    片区:   # 旁
        source: 甲#一

        # 成员
        members: { 甲校: lead,乙校:  member }
        note: 'x'
schools:
    乙校: {stages: primary}


    甲校:
        note: >-
           一

             二
        stages: [ primary,
          junior ]
""",
        """# 头

schools:
  乙校: {stages: primary}

  甲校:
    stages: [primary, junior]
    note: >-
      一

        二

# 片
zones:
  片区:  # 旁
    # 成员
    members: {甲校: lead, 乙校: member}
    source: 甲#一
    note: x
""",
    ),
    "quotes only where needed": (
        "schools:\n  '甲校': {code: '0123', note: \"x: y\", source: 'a#b', built: \"2010\", since: '2010-07-15', name: 'no', "
        "assumed: 'it''s', formerly: \"a\\\\b\"}\n",
        'schools:\n  甲校: {code: "0123", note: "x: y", source: a#b, built: "2010", since: "2010-07-15", name: "no", '
        "assumed: it's, formerly: a\\b}\n",
    ),
    "braces with comments become lines": (
        "groups:\n  集团: {  # 一\n    members: {甲校: lead, # 二\n      # 三\n      乙校: member},\n    form: led # 四\n    # 五\n  } # 六\n",
        "groups:\n  集团:\n    # 一\n    members:\n      甲校: lead  # 二\n      # 三\n      乙校: member\n    form: led  # 四\n"
        "    # 五\n    # 六\n",
    ),
    "lists in lines": (
        "figures:\n  甲:\n    listed:\n    - 甲 # 一\n    # 二\n    -   乙\n    - {a: 1}\n    -\n      # 三\n      b: 1\n      c:\n      - x\n",
        "figures:\n  甲:\n    listed:\n      - 甲  # 一\n      # 二\n      - 乙\n      - {a: 1}\n      # 三\n      - b: 1\n"
        "        c:\n          - x\n",
    ),
    "comments at an end go with what they are indented like": (
        "zones:\n    甲:\n        note: x\n        # 甲的\n      # 片的\n    乙: {}\n# 后\n",
        "zones:\n  甲:\n    note: x\n    # 甲的\n  # 片的\n  乙: {}\n# 后\n",
    ),
    "nothing but comments": ("\n\n# 一  \r\n\r\n\r\n# 二", "# 一\n\n# 二\n"),
    "nothing": ("", ""),
    "a mark, a bar, an end": ("\ufeff--- # 一\nzones: {}\n...\n# 二\n", "--- # 一\nzones: {}\n...\n# 二\n"),
    "anchors and aliases": (
        "zones:\n   甲: &x\n     note:   &y 'a'\n   乙: *x\n   丙: {note: *y, name: &z b}\n",
        "zones:\n  甲: &x\n    note: &y 'a'\n  乙: *x\n  丙: {note: *y, name: &z b}\n",
    ),
    "texts of many lines": (
        'a:\n    b: |2-\n        x\n       y\n\n    c: "一\n\n      二 \\\n      三"\n    d: 四\n       五  # 注\n    e: |+\n     六\n\n\nf: 1\n',
        'a:\n  b: |2-\n      x\n     y\n\n  c: "一\n\n    二 \\\n    三"\n  d: 四\n    五  # 注\n  e: |+\n    六\n\n\nf: 1\n',
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    before, after = LAYOUTS[name]
    once = laid_out(before.encode())
    assert once is not None
    assert is_same(data(once), data(before.encode()))
    assert once.decode() == after
    assert laid_out(once) == once


WORDS = st.sampled_from(
    ["甲校", "a b", "no", "012", "2010-07", "2010-07-15", "1:20", "- x", "x: y", "x #y", "'q'", '"', "", "null", "3.50",
     "a\nb", " lead", "{", "it's", "a\\b", "?", "true"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["zones", "schools", "甲校", "note", "source", "members", "2010", "on", "no", "x y", "#k", "stages"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:  # noqa: C901  one function a shape
    """YAML as people and programs write it: any style, any indentation, comments and empty lines anywhere."""
    count = iter(range(1000))

    def comment() -> str:
        return f"#注{next(count)}" if draw(st.integers(0, 3)) == 0 else ""

    def between(indent: int) -> list[str]:
        many = draw(st.sampled_from([0, 0, 0, 1, 2, 3]))
        made = [comment() for _ in range(many)]
        return [" " * max(0, indent + draw(st.integers(-2, 2))) + each if each else "" for each in made]

    def word() -> str:
        text: str = draw(WORDS)
        style = draw(st.sampled_from([None, "'", '"']))
        return (
            str(yaml.dump(text, default_style=style, allow_unicode=True, width=10**6))
            .removesuffix("\n...\n")
            .strip("\n")
        )

    def flow(depth: int, gap: str) -> str:
        kind = draw(st.integers(0, 3 if depth else 0))
        if kind < 2:
            said = word()
            return said if "\n" not in said else "x"
        inner = [flow(depth - 1, gap) for _ in range(draw(st.integers(0, 3)))]
        if kind == 3:
            keys = draw(st.lists(KEYS, min_size=len(inner), max_size=len(inner), unique=True))
            inner = [f'"{key}": {value}' for key, value in zip(keys, inner, strict=True)]
        noted = [f"{each},{' ' + c if (c := comment()) and gap != ' ' else ''}{gap}" for each in inner]
        body = "".join(noted).rstrip(" ") if gap == " " else "".join(noted)
        return ("[" if kind == 2 else "{") + body + ("]" if kind == 2 else "}")

    def text(indent: int) -> list[str]:
        deep = " " * (indent + draw(st.integers(1, 3)))
        head = draw(st.sampled_from(["|", ">", "|-", ">-", "|+"]))
        beside = comment()
        lines = [
            f"{deep}{each}" if each else ""
            for each in draw(st.lists(st.sampled_from(["甲", " 乙", "# 丙", "", "丁 "]), max_size=3))
        ]
        return [head + (f" {beside}" if beside else ""), f"{deep}首", *lines]

    def value(indent: int, depth: int) -> list[str]:
        kind = draw(st.integers(0, 5 if depth else 3))
        beside = comment()
        tail = f"  {beside}" if beside else ""
        if kind == 0:
            return [tail]
        if kind == 1:
            said = word().split("\n")
            deep = " " * (indent + 1)
            return (
                [f" {said[0]}", *(f"{deep}{each.strip()}" if each.strip() else "" for each in said[1:])]
                if len(said) > 1
                else [f" {said[0]}{tail}"]
            )
        if kind == 2:
            gap = draw(st.sampled_from([" ", " ", "\n" + " " * (indent + 3)]))
            return [*(f" {flow(2, gap)}{tail}").split("\n")]
        if kind == 3:
            first, *rest = text(indent)
            return [f" {first}", *rest]
        return [tail, *(block if kind == 4 else items)(indent + draw(st.integers(1, 4)), depth - 1)]

    def block(indent: int, depth: int) -> list[str]:
        lines = []
        for key in draw(st.lists(KEYS, min_size=1, max_size=4, unique=True)):
            first, *rest = value(indent, depth)
            lines += [*between(indent), f'{" " * indent}"{key}":{first}', *rest]
        return [*lines, *between(indent)]

    def items(indent: int, depth: int) -> list[str]:
        lines = []
        for _ in range(draw(st.integers(1, 3))):
            first, *rest = value(indent, depth)
            lines += [*between(indent), f"{' ' * indent}-{first}", *rest]
        return lines

    return draw(st.sampled_from(["\n", "\r\n"])).join([*between(0), *block(0, 3), *draw(st.sampled_from([[], [""]]))])


@given(texts())
@settings(max_examples=300, deadline=None)
def test_anything_keeps_data_and_comments(text: str) -> None:
    raw = text.encode()
    before = compose(raw, "", Budgets())
    if not before.whole:
        return
    once = laid_out(raw)
    assert once is not None
    assert is_same(data(once), before.data)
    assert laid_out(once) == once
    assert b"\r" not in once
    assert sorted(re.findall("#注[0-9]+", once.decode())) == sorted(re.findall("#注[0-9]+", text))


XQCTL = Path(sys.executable).parent / "xqctl"
DISTRICT = "district: {name: 某区, level: district}\n"


def run(*words: str, cwd: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([XQCTL, *words, "--lang", "en"], cwd=cwd, input=given, capture_output=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "plans/一").mkdir(parents=True)
    (tmp_path / "district.yaml").write_text(DISTRICT, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("zones:\r\n    片区: {note: 'x', members:  {}}\r\n", encoding="utf-8", newline="")
    (tmp_path / "plans/一/plan.yaml").write_text("expects:\n    zones: {}\ntitle: 一\n", encoding="utf-8")
    return tmp_path


def test_the_examples_are_laid_out() -> None:
    done = run("fmt", "--check", "examples", cwd=ROOT)
    assert done.returncode == 0, done.stdout.decode()


def test_what_init_writes_is_laid_out(tmp_path: Path) -> None:
    assert run("init", "新区", "--yes", cwd=tmp_path).returncode == 0
    done = run("fmt", "--check", "新区", cwd=tmp_path)
    assert done.returncode == 0, done.stdout.decode()


def test_check_names_files_and_writes_nothing(home: Path) -> None:
    before = (home / "a.yaml").read_bytes()
    done = run("fmt", "--check", cwd=home)
    assert done.returncode == 1
    assert b"a.yaml" in done.stdout
    assert b"plans/" in done.stdout
    assert b"district.yaml" not in done.stdout
    assert (home / "a.yaml").read_bytes() == before
    shown = run("fmt", "--diff", cwd=home)
    assert shown.returncode == 0
    assert "+  片区: {note: x, members: {}}".encode() in shown.stdout
    assert (home / "a.yaml").read_bytes() == before


def test_files_are_written_and_then_are_right(home: Path) -> None:
    (home / "a.yaml").chmod(0o640)
    done = run("fmt", cwd=home)
    assert done.returncode == 0
    assert (home / "a.yaml").read_text(encoding="utf-8") == "zones:\n  片区: {note: x, members: {}}\n"
    assert (home / "a.yaml").stat().st_mode & 0o777 == 0o640
    plan = (home / "plans/一/plan.yaml").read_text(encoding="utf-8")
    assert plan == "title: 一\n\nexpects:\n  zones: {}\n"
    assert run("fmt", "--check", cwd=home).returncode == 0
    assert not list(home.glob(".xqctl*"))


def test_one_file_alone(home: Path) -> None:
    before = (home / "plans/一/plan.yaml").read_bytes()
    assert run("fmt", "a.yaml", cwd=home).returncode == 0
    assert (home / "plans/一/plan.yaml").read_bytes() == before
    assert b"\r" not in (home / "a.yaml").read_bytes()


def test_files_with_mistakes_stay(home: Path) -> None:
    (home / "b.yaml").write_text("zones:\n\t片: {}\n", encoding="utf-8")
    done = run("fmt", cwd=home)
    assert done.returncode == 1
    assert b"XQY013" in done.stdout
    assert (home / "b.yaml").read_text(encoding="utf-8") == "zones:\n\t片: {}\n"
    assert b"\r" not in (home / "a.yaml").read_bytes()


def test_an_editor_gets_text_or_nothing(home: Path) -> None:
    done = run("fmt", "-", cwd=home, given="zones:\n    片区:   {}  # 注\n".encode())
    assert done.returncode == 0
    assert done.stdout.decode() == "zones:\n  片区: {}  # 注\n"
    done = run("fmt", "-", cwd=home, given=b"zones: {\n")
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"line 1" in done.stderr
    assert run("fmt", "-", "--check", cwd=home).returncode == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_what_may_not_be_written_is_told(home: Path) -> None:
    (home / "a.yaml").chmod(0o444)
    done = run("fmt", cwd=home)
    assert done.returncode == 4
    assert b"read-only" in done.stderr
    assert b"\r" in (home / "a.yaml").read_bytes()


def test_the_answer_is_what_its_schema_says(home: Path) -> None:
    done = run("fmt", "--check", "--format", "json", cwd=home)
    said = json.loads(done.stdout)
    folder = resources.schemas() / "output"
    every = [Resource.from_contents(json.loads(path.read_bytes())) for path in folder.glob("*.json")]
    registry: Any = Registry().with_resources((each.contents["$id"], each) for each in every)
    schema = json.loads((folder / "fmt.schema.json").read_bytes())
    assert not list(Draft202012Validator(schema, registry=registry).iter_errors(said))
    assert said["summary"] == {"changed": 2, "unchanged": 1, "refused": 0}
