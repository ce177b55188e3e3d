"""Editing in place: the right data, and every byte that is not meant stays."""

import os
import re
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from xqctl.compose import Budgets, compose
from xqctl.edit import lock, transaction, write_whole
from xqctl.edit.emit import scalar
from xqctl.edit.journal import JOURNAL, overlay
from xqctl.edit.locks import LOCK
from xqctl.edit.patches import CannotEdit, Edit, Put, Remove, Rename, is_same, patched, written
from xqctl.terminal import Fault

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").rglob("*.yaml"))
BASE = """# 开头
schools:
  # 第一所
  甲校:
    stages: primary  # 学段
    code: "0123"

  乙校:
    stages: [primary, junior]
    note: >-
      一行
      两行
groups:
  集团:
    members: {甲校: lead, 乙校: member}  # 成员
    since: 2010
empty:
"""

CASES: dict[str, tuple[str, list[Edit], str]] = {
    "a quoted text keeps its quotes": (
        BASE,
        [Put(("schools", "甲校", "code"), "0999")],
        BASE.replace("0123", "0999"),
    ),
    "a key": (BASE, [Rename(("schools", "甲校"), "丙校")], BASE.replace("  甲校:", "  丙校:")),
    "a member joins on the line": (
        BASE,
        [Put(("groups", "集团", "members", "丁校"), "member")],
        BASE.replace("乙校: member}", "乙校: member, 丁校: member}"),
    ),
    "a role gets a date": (
        BASE,
        [Put(("groups", "集团", "members", "甲校"), {"role": "lead", "since": "2010-07"})],
        BASE.replace("甲校: lead", "甲校: {role: lead, since: 2010-07}"),
    ),
    "an entry, as spaced as its neighbours": (
        BASE,
        [Put(("schools", "丁校"), {"stages": ["primary"], "location": {"lon": 1, "lat": Decimal("2.50")}})],
        BASE.replace(
            "      两行\n",
            "      两行\n\n  丁校:\n    stages: [primary]\n    location: {lon: 1, lat: 2.50}\n",
        ),
    ),
    "a field of the last entry, then an entry": (
        BASE,
        [Put(("schools", "乙校", "built"), 1998), Put(("schools", "丁校"), {"built": 1})],
        BASE.replace("      两行\n", "      两行\n    built: 1998\n\n  丁校:\n    built: 1\n"),
    ),
    "an entry, then a field of the one before": (
        BASE,
        [Put(("schools", "丁校"), {"built": 1}), Put(("schools", "乙校", "built"), 1998)],
        BASE.replace("      两行\n", "      两行\n    built: 1998\n\n  丁校:\n    built: 1\n"),
    ),
    "below nothing": (BASE, [Put(("empty", "甲"), {"on": "no"})], BASE + '  甲:\n    on: "no"\n'),
    "a new kind": (BASE, [Put(("zones", "片"), {})], BASE + "zones:\n  片: {}\n"),
    "a text of several lines": (
        BASE,
        [Put(("schools", "乙校", "note"), "一行 三行")],
        BASE.replace("      两行\n", "      三行\n"),
    ),
    "an entry goes": (
        BASE,
        [Remove(("schools", "甲校"))],
        BASE.replace('  甲校:\n    stages: primary  # 学段\n    code: "0123"\n', ""),
    ),
    "the last field goes": (BASE, [Remove(("groups", "集团", "since"))], BASE.replace("    since: 2010\n", "")),
    "members go": (
        BASE,
        [Put(("groups", "集团", "members"), {"甲校": "lead"})],
        BASE.replace(", 乙校: member", ""),
    ),
    "only what differs": (
        BASE,
        [Put(("schools", "甲校"), {"stages": "junior", "code": "0123"})],
        BASE.replace("stages: primary ", "stages: junior "),
    ),
    "a list grows and changes": (
        "a:\n  - 甲\n  - 乙  # 二\nb: [1]\n",
        [Put(("a",), ["甲", "丙", "丁"]), Put(("b",), [])],
        "a:\n  - 甲\n  - 丙  # 二\n  - 丁\nb: []\n",
    ),
    "the only one goes": ("a:\n  b: 1\nc: 2\n", [Remove(("a", "b"))], "a: {}\nc: 2\n"),
    "a mapping becomes a word": ("a:\n  b: 1\nc: 2\n", [Put(("a",), "x")], "a: x\nc: 2\n"),
    "a word becomes a mapping": (
        "g:\n  a:\n    legal: one  # 注\n    z: 1\n",
        [Put(("g", "a"), {"legal": {"2010": {"x": {"k": 1}}}, "z": 1})],
        "g:\n  a:\n    legal:  # 注\n      2010:\n        x: {k: 1}\n    z: 1\n",
    ),
    "CR LF, no last line end": (
        "a:\r\n    b: 1",
        [Put(("a", "c"), {"d": {"e": 2}})],
        "a:\r\n    b: 1\r\n    c:\r\n        d: {e: 2}",
    ),
    "an empty file": ("", [Put(("a", "b"), {"c": "012"})], 'a:\n  b:\n    c: "012"\n'),
    "only comments": ("# 注\n", [Put(("a", "b"), {"c": 1})], "# 注\na:\n  b:\n    c: 1\n"),
    "braces that were empty": ("a: {}  # 注\n", [Put(("a", "b"), {"c": 1})], "a:  # 注\n  b:\n    c: 1\n"),
    "kept line ends": ("a:\n  b: |+\n    x\n\nc: 1\n", [Put(("a", "d"), 1)], "a:\n  b: |+\n    x\n\n  d: 1\nc: 1\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_only_what_is_meant_changes(name: str) -> None:
    before, edits, after = CASES[name]
    assert patched(before.encode(), edits).decode() == after
    marked = b"\xef\xbb\xbf" + before.encode()
    assert patched(marked, edits) == b"\xef\xbb\xbf" + after.encode()


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: &x {b: 1}\nc: *x\n", Put(("c", "b"), 2)),
        ("a: &x {b: 1}\nc: *x\n", Put(("a", "b"), 2)),
        ("a: &x {b: 1}\nc: *x\n", Remove(("a",))),
        ("a: 1\n", Put(("a", "b"), 2)),
        ("a: 1\n", Remove(("b",))),
        ("a: 1\nb: 2\n", Rename(("a",), "b")),
        ("a: [1]\n", Put(("a", "5"), 2)),
        ("a: {b: 1\n", Put(("a",), 2)),
        ("a: 1\n", Put((), {})),
        ("a: 1\n<<<<<<< x\n", Put(("a",), 2)),
        ("\u200b", Put(("a",), {"\u200b": 1})),
        ("a: 1  # \u200b\n", Put(("a",), "２０１８")),
    ],
)
def test_what_cannot_be_done_exactly_is_not_done(text: str, edit: Edit) -> None:
    with pytest.raises(CannotEdit) as refused:
        patched(text.encode(), [edit])
    assert refused.value.message.text


WORDS = st.one_of(
    st.text("甲乙校ab01. :#-,[]{}\"'\\\n\t&*!|>%@?=~", max_size=8),
    st.sampled_from(
        ["no", "on", "012", "1:20", "2010-07-15", "null", "~", "1e3", ".5", "1_0", "0x1", "<<", "=", "-", "true", "Y"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029\ufeff", exclude_categories=["C"])),
)
KEYS = st.sampled_from(["甲", "乙", "丙丁", "a", "2010", "on", "no", "x y", "012", "a:b", "#c", "-", "{", "?q"])
PLAIN = st.one_of(
    WORDS, st.booleans(), st.integers(-99, 10**9), st.none(), st.decimals(-99, 99, places=2, allow_nan=False)
)


def data_of(depth: int) -> st.SearchStrategy[Any]:
    if depth == 0:
        return PLAIN
    below = data_of(depth - 1)
    return st.one_of(PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(KEYS, below, max_size=3))


@given(PLAIN)
@settings(max_examples=300)
def test_a_scalar_reads_back_as_itself_everywhere(value: Any) -> None:
    for text in (f"a: {scalar(value)}\n", f"a: [{scalar(value, in_flow=True)}]\n"):
        found: Any = compose(text.encode(), "", Budgets())
        inner = found.data["a"][0] if text[3] == "[" else found.data["a"]
        assert is_same(inner, value), text
        if isinstance(value, str):
            assert not found.problems, text
        if isinstance(value, str) and not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            for other in (yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)):
                assert (other["a"][0] if text[3] == "[" else other["a"]) == value, text


ROUTES = st.lists(KEYS, min_size=1, max_size=4).map(tuple)
EDITS = st.one_of(st.builds(Put, ROUTES, data_of(2)), st.builds(Remove, ROUTES), st.builds(Rename, ROUTES, KEYS))


def applied(data: Any, edit: Edit) -> Any:
    """The plain meaning of an edit; None where it means nothing."""
    here = data
    for key in edit.keys[:-1]:
        if isinstance(here, dict) and here.get(key) is None and isinstance(edit, Put):
            here[key] = {}
        if not isinstance(here, dict) or key not in here:
            return None
        here = here[key]
    if not isinstance(here, dict) or (not isinstance(edit, Put) and edit.keys[-1] not in here):
        return None
    if isinstance(edit, Put):
        here[edit.keys[-1]] = edit.value
    else:
        value = here.pop(edit.keys[-1])
        if isinstance(edit, Rename):
            if edit.new in here:
                return None
            here[edit.new] = value
    return data


@given(st.dictionaries(KEYS, data_of(3), max_size=4), st.lists(EDITS, min_size=1, max_size=5), st.booleans())
@settings(max_examples=300, deadline=None)
def test_edits_give_the_data_they_mean(data: Any, edits: list[Edit], carriage: bool) -> None:
    raw = written(data)
    if carriage:
        raw = raw.replace(b"\n", b"\r\n")
    before = compose(raw, "", Budgets())
    assert is_same(before.data, data)
    expected = compose(raw, "", Budgets()).data
    for edit in edits:
        expected = applied(expected, edit)
        if expected is None:
            break
    if expected is None:
        return
    assert is_same(compose(patched(raw, edits), "", Budgets()).data, expected)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_any_value_of_the_examples_can_be_edited_and_put_back(path: Path) -> None:
    raw = path.read_bytes()
    data: Any = compose(raw, "", Budgets()).data
    routes = list(leaves(data, ()))
    for keys, value in routes[:: max(1, len(routes) // 25)]:
        changed = patched(raw, [Put(keys, "某某")])
        assert len(difference(raw, changed)) == 1
        assert patched(patched(raw, [Rename(keys, "某某")]), [Rename((*keys[:-1], "某某"), keys[-1])]) == raw
        if "\n" not in str(value) and b">-" not in raw:
            assert patched(changed, [Put(keys, value)]).replace(b'"', b"") == raw.replace(b'"', b"")
    every = [Put(keys, "某某") for keys, _ in routes]
    once = patched(raw, every)
    assert comments(once) == comments(raw)


def leaves(data: Any, keys: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(data, dict):
        return [found for key, value in data.items() for found in leaves(value, (*keys, key))]
    return [] if isinstance(data, list) else [(keys, data)]


def difference(one: bytes, other: bytes) -> list[tuple[bytes, bytes]]:
    one_lines, other_lines = one.splitlines(), other.splitlines()
    if len(one_lines) != len(other_lines):
        return [(b"", b"")]  # a text of several lines became one
    return [pair for pair in zip(one_lines, other_lines, strict=True) if pair[0] != pair[1]]


def comments(raw: bytes) -> list[str]:
    return re.findall(r"(?:^|\s)(# .*)", raw.decode())


def test_many_entries_are_added_at_once_in_good_time() -> None:
    edits: list[Edit] = [Put(("schools", f"学校{n}"), {"stages": "primary", "built": 1990}) for n in range(5000)]
    begun = time.monotonic()
    raw = patched(BASE.encode(), edits)
    assert raw.count(b"built: 1990") == 5000
    assert time.monotonic() - begun < 20


def test_a_lock_keeps_others_out_and_leaves_nothing(tmp_path: Path) -> None:
    with lock(tmp_path):
        assert (tmp_path / LOCK).exists()
        begun = time.monotonic()
        with pytest.raises(Fault, match="is changing") as caught, lock(tmp_path, wait=0.2):
            pass
        assert time.monotonic() - begun >= 0.2
        assert caught.value.exit_code == 4
        assert dict(caught.value.message.values)["holder"] == str(os.getpid())
    assert not list(tmp_path.iterdir())
    with lock(tmp_path, wait=0):
        pass


COUNTS = """
import sys
from pathlib import Path
from xqctl.edit import lock, transaction
root = Path(sys.argv[1])
for _ in range(10):
    with lock(root, wait=60):
        transaction(root, {str(root / name): str(int((root / name).read_text()) + 1).encode() for name in "ab"})
"""


def test_writers_lose_nothing_to_each_other(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text("0")
    writers = [subprocess.Popen([sys.executable, "-c", COUNTS, str(tmp_path)]) for _ in range(6)]
    assert all(writer.wait() == 0 for writer in writers)
    assert [(tmp_path / name).read_text() for name in "ab"] == ["60", "60"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_change_creates_changes_and_deletes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old")
    (tmp_path / "b.yaml").write_bytes(b"old")
    (tmp_path / "a.yaml").chmod(0o640)
    names = [str(tmp_path / name) for name in ("a.yaml", "b.yaml", "c/d.yaml", "e.yaml")]
    with lock(tmp_path):
        transaction(tmp_path, dict(zip(names, [b"new", None, b"new", None], strict=True)))
    assert (tmp_path / "a.yaml").read_bytes() == b"new"
    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "c/d.yaml").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "c"]


def test_nothing_changes_outside_or_where_it_may_not(tmp_path: Path) -> None:
    home = tmp_path / "区"
    home.mkdir()
    (home / "a.yaml").write_bytes(b"old")
    (home / "b.yaml").write_bytes(b"old")
    (tmp_path / "out.yaml").write_bytes(b"old")
    (home / "link.yaml").symlink_to(tmp_path / "out.yaml")
    for other in (tmp_path / "out.yaml", home / "../out.yaml", home / "link.yaml"):
        with pytest.raises(Fault, match="outside"):
            transaction(home, {str(home / "a.yaml"): b"new", str(other): b"new"})
    (home / "b.yaml").chmod(0o444)
    if os.geteuid() != 0:
        with pytest.raises(Fault, match="read-only"):
            transaction(home, {str(home / "a.yaml"): b"new", str(home / "b.yaml"): b"new"})
    assert (home / "a.yaml").read_bytes() == (tmp_path / "out.yaml").read_bytes() == b"old"
    assert sorted(path.name for path in home.iterdir()) == ["a.yaml", "b.yaml", "link.yaml"]


def test_a_link_inside_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old")
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    transaction(tmp_path, {str(tmp_path / "link.yaml"): b"new"})
    assert (tmp_path / "a.yaml").read_bytes() == b"new"
    assert (tmp_path / "link.yaml").is_symlink()


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b'{"xqctl": "journal"}',
        b'{"xqctl": "journal", "version": 1, "changes": [], "sha256": "0"}',
        b"[" * 100_000,
    ],
)
def test_a_journal_that_is_none_is_told(tmp_path: Path, journal: bytes) -> None:
    (tmp_path / JOURNAL).write_bytes(journal)
    for call in (lambda: overlay(tmp_path), lambda: lock(tmp_path).__enter__()):
        with pytest.raises(Fault, match="cannot be finished") as caught:
            call()
        assert caught.value.exit_code == 4


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"old")
    real, calls = os.fsync, iter(range(100))

    def full(handle: int) -> None:
        if next(calls) == 1:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Fault, match="cannot be written") as caught:
        transaction(tmp_path, {str(tmp_path / name): b"new" for name in "ab"})
    assert caught.value.exit_code == 4
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}
    with pytest.raises(OSError, match="Is a directory"):
        write_whole(tmp_path, b"")
