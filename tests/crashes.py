"""Commands that are cut off: by a kill at some moment, or at each step by which they change files.

Whatever was cut off, a district read afterwards is the old one or the new one, it is as right as before, and the next
writer clears away what was left.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from conftest import environment

from xqctl import district as districts
from xqctl import load, rules, schema

_CUT = """
import os, sys
from xqctl.__main__ import main

left = int(sys.argv.pop(1))

def counting(name):
    real = getattr(os, name)
    def step(*args, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(99)
        return real(*args, **named)
    setattr(os, name, step)

for name in ("replace", "rename", "unlink", "remove", "fsync", "open"):
    counting(name)
sys.exit(main())
"""
CUT_OFF = 99
TODAY = date(2025, 3, 2)

State = dict[tuple[str, ...], object]


def declared(root: Path) -> State:
    """All entries of a district, as it is read."""
    folder = next(load.folders([str(root)], []))
    district = districts.build(folder, schema.shape(folder), None, TODAY)
    return {entry.keys: dict(entry.data) for kind in district.kinds.values() for entry in kind.values()}


def wrong(root: Path) -> list[str]:
    """What is wrong with a district, by code and place."""
    folder = next(load.folders([str(root)], []))
    return sorted(f"{found.code} {found.path}" for found in rules.findings(folder, None, TODAY))


def hidden(root: Path) -> list[str]:
    """What somebody left behind."""
    return sorted(str(path.relative_to(root)) for path in root.rglob(".*") if path.name.startswith(".xqctl."))


def cut_at_every_step(place: Path, call: Sequence[str], *, most: int = 400) -> int:
    """Runs `call` on copies of `place`, each cut off one step later, until one comes to its end; how many were cut.

    `{}` in the call is the copy's folder.
    """
    old, new, flaws = _ends(place, call)
    for steps in range(most):
        copy = _copied(place)
        words = [word.replace("{}", str(copy)) for word in call]
        done = subprocess.run(
            [sys.executable, "-c", _CUT, str(steps), *words], env=environment(), capture_output=True, check=False,
            timeout=120,
        )  # fmt: skip
        _held(copy, words, old, new, flaws)
        shutil.rmtree(copy)
        if done.returncode != CUT_OFF:
            return steps
    raise AssertionError(f"{call} took more than {most} steps")


def killed_at_random(place: Path, call: Sequence[str], trials: int) -> set[bool]:
    """Runs `call` on copies of `place` and kills it at moments all over its run; whether the change was made by then.

    `{}` in the call is the copy's folder.
    """
    old, new, flaws = _ends(place, call)
    copy = _copied(place)
    start = time.monotonic()
    _run([word.replace("{}", str(copy)) for word in call])
    took = time.monotonic() - start
    shutil.rmtree(copy)
    seen = set()
    for trial in range(trials):
        copy = _copied(place)
        words = [word.replace("{}", str(copy)) for word in call]
        process = subprocess.Popen(
            [sys.executable, "-m", "xqctl", *words], env=environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(took * (0.4 + 0.8 * trial / trials))
        process.kill()
        process.wait()
        seen.add(_held(copy, words, old, new, flaws))
        shutil.rmtree(copy)
    return seen


def _ends(place: Path, call: Sequence[str]) -> tuple[State, State, list[str]]:
    """What is declared before and after the whole call, and what is wrong before it and still after it."""
    copy = _copied(place)
    old, flaws = declared(copy), wrong(copy)
    assert _run([word.replace("{}", str(copy)) for word in call]) == 0
    new = declared(copy)
    shutil.rmtree(copy)
    assert old != new
    return old, new, flaws


def _held(copy: Path, words: Sequence[str], old: State, new: State, flaws: list[str]) -> bool:
    """Holds a district after a cut against what it must be; True where it is the new one."""
    found = declared(copy)
    assert found in (old, new), words
    assert set(wrong(copy)) <= set(flaws), words
    is_new = found == new
    if not is_new:
        assert _run(words) == 0, words
        assert declared(copy) == new
    else:
        _run(words)  # what it asks for is done already: it may refuse, but it finishes what was left
    assert hidden(copy) == []
    return is_new


def _copied(place: Path) -> Path:
    copy = place.parent / f"{place.name}-copy"
    shutil.copytree(place, copy)
    return copy


def _run(words: Sequence[str]) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "xqctl", *words], env=environment(), capture_output=True, check=False, timeout=120
    )
    return done.returncode
