"""Killed at any moment: a district's files are all old or all new, they validate, and the next writer clears up."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crashes import State, killed_at_random, seen, stumbled

XQCTL = Path(sys.executable).parent / "xqctl"
DISTRICT = "district:\n    name: 某区\n    level: district\n"
SCHOOLS = "schools:\n    甲校: {stages: primary, built: ２０１８}\n    乙校: {stages: primary, built: 1990}\n"
UNITS = "zones:\n    片区:\n        since: 2000\n        members: {甲校: lead, 乙校: member}\n"
POSTINGS = "postings:\n    支教: {year: 2023-2024, from: 甲校, to: 乙校, mode: support}\n"
VERBS = {
    "fmt": ("fmt", "."),
    "rename": ("rename", "甲校", "甲实验校", "--on", "2024-09-01"),
    "retire": ("retire", "乙校", "--on", "2024-03-01"),
    "merge": ("merge", "乙校", "--into", "甲校", "--on", "2024-03-01"),
}


@pytest.fixture
def make(tmp_path: Path) -> Callable[[], Path]:
    homes: Iterator[int] = iter(range(10**6))

    def made() -> Path:
        home = tmp_path / str(next(homes))
        (home / "plans/一").mkdir(parents=True)
        for name, text in (
            ("district.yaml", DISTRICT),
            ("schools.yaml", SCHOOLS),
            ("units.yaml", UNITS),
            ("postings.yaml", POSTINGS),
            ("plans/一/plan.yaml", "title: 一\nexpects:\n    schools: {甲校: {stages: primary}}\n"),
        ):
            (home / name).write_text(text, encoding="utf-8")
        return home

    return made


def states(words: tuple[str, ...], make: Callable[[], Path]) -> tuple[State, State]:
    """What readers see before a command and after it."""
    home = make()
    before = seen(home)
    done = subprocess.run([XQCTL, *words], cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    after = seen(home)
    assert sum(before[name] != after[name] for name in before) > 1, "several files change"
    assert subprocess.run([XQCTL, "validate"], cwd=home, capture_output=True, check=False).returncode == 0
    return before, after


@pytest.mark.parametrize("verb", VERBS)
def test_an_end_at_any_call_leaves_all_old_or_all_new(verb: str, make: Callable[[], Path]) -> None:
    before, after = states(VERBS[verb], make)
    found = stumbled(VERBS[verb], make, every=1 if verb == "rename" else 4)
    assert all(state in (before, after) for state in found)
    assert before in found
    assert len(found) > 10, len(found)
    assert found[-1] == after


@pytest.mark.parametrize("verb", ["fmt", "rename"])
def test_a_kill_at_any_moment_leaves_all_old_or_all_new(verb: str, make: Callable[[], Path]) -> None:
    before, after = states(VERBS[verb], make)
    found = killed_at_random(VERBS[verb], make, trials=25, longest=0.9)
    assert all(state in (before, after) for state in found)


def test_what_was_cut_off_is_seen_and_finished(make: Callable[[], Path]) -> None:
    """Between the commit and the last rename readers see the new content, and any writer finishes."""
    before, after = states(VERBS["rename"], make)
    home = make()
    code = (
        "import os, sys\nreal = os.replace\n"
        "def replace(old, new):\n"
        "    real(old, new)\n"
        "    if str(new).endswith('.xqctl.journal'):\n        os._exit(137)\n"
        "os.replace = replace\n"
        "from xqctl.__main__ import main\nsys.argv[0] = 'xqctl'\nsys.exit(main())\n"
    )
    subprocess.run([sys.executable, "-c", code, *VERBS["rename"]], cwd=home, check=False)
    assert (home / ".xqctl.journal").exists()
    assert {name: (home / name).read_bytes() for name in before} == before
    assert seen(home) == after
    said = subprocess.run(
        [XQCTL, "validate", "--format", "plain"], cwd=home, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout
    shutil.copytree(home, home.parent / "copy")  # by hand somebody changes a file that waits
    (home.parent / "copy/units.yaml").write_text("zones: {}\n")
    said = subprocess.run([XQCTL, "validate"], cwd=home.parent / "copy", capture_output=True, text=True, check=False)
    assert said.returncode == 4
    assert ".xqctl.journal" in said.stderr
    assert subprocess.run([XQCTL, "fmt"], cwd=home, capture_output=True, check=False).returncode == 0
    assert not (home / ".xqctl.journal").exists()
    assert "甲实验校" in (home / "units.yaml").read_text(encoding="utf-8")


WRITES = """
import sys
from pathlib import Path
from xqctl.edit import lock, transaction
home = Path(sys.argv[1])
for number in range(10**6):
    text = f"zones: {{片区: {{note: {number}号}}}}\\n".encode()
    third = text if number % 2 else None
    with lock(home, wait=60):
        transaction(home, {str(home / "a.yaml"): text, str(home / "b.yaml"): text, str(home / "c.yaml"): third})
"""


def test_readers_never_see_half_of_a_change(tmp_path: Path) -> None:
    (tmp_path / "district.yaml").write_text(DISTRICT, encoding="utf-8")
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("zones: {片区: {note: 0号}}\n", encoding="utf-8")
    writer = subprocess.Popen([sys.executable, "-c", WRITES, str(tmp_path)])
    try:
        states = [seen(tmp_path) for _ in range(400)]
    finally:
        writer.kill()
        writer.wait()
    assert len({state["a.yaml"] for state in states}) > 5, "it did change meanwhile"
    for state in states:
        assert state["a.yaml"] == state["b.yaml"]
        odd = int("".join(filter(str.isdigit, state["a.yaml"].decode()))) % 2
        assert state.get("c.yaml") == (state["a.yaml"] if odd else None)
