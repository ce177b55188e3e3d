"""A harness that kills a command in the middle: afterwards a district is wholly as it was, or wholly as it should be.

Two ways: SIGKILL after a random delay, and, system by system call, an exit at the n-th rename, sync, write or removal.
What the reader sees (`load`), not what lies on the disk, is what has to be whole; the next writer then clears up.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from xqctl.edit import lock
from xqctl.load import folders

# Runs xqctl in a process that ends itself, as if killed, right before or after its n-th call that changes the disk.
_STUMBLING = """
import os, sys
number, after = int(sys.argv.pop(1)), sys.argv.pop(1) == "after"
count = 0
def wrapped(name):
    real = getattr(os, name)
    def call(*args, **kwargs):
        global count
        count += 1
        if count == number and not after:
            os._exit(137)
        result = real(*args, **kwargs)
        if count == number:
            os._exit(137)
        return result
    setattr(os, name, call)
for name in ("replace", "rename", "fsync", "unlink", "remove", "chmod", "open", "truncate"):
    wrapped(name)
from xqctl.__main__ import main
sys.argv[0] = "xqctl"
sys.exit(main())
"""

State = Mapping[str, bytes]


def seen(home: Path) -> State:
    """A district's files as every reader of xqctl sees them, by their path below the folder."""
    (folder,) = [each for each in folders([str(home)], []) if Path(each.root).resolve() == home.resolve()]
    return {str(Path(file).resolve().relative_to(home.resolve())): raw for file, raw in folder.files.items()}


def litter(home: Path) -> list[str]:
    """What the editing machinery has left lying about."""
    return sorted(path.name for path in home.rglob(".*") if "xqctl" in path.name and path.name != ".xqctl.yaml"
                  and not path.name.startswith(".xqctl-"))  # fmt: skip


def killed_at_random(
    words: Sequence[str], make: Callable[[], Path], trials: int, longest: float, seed: int = 1
) -> list[State]:
    """What readers see after each of many runs killed at a random moment; the lock's next holder clears up."""
    chance = random.Random(seed)  # noqa: S311  a test
    found = []
    for _ in range(trials):
        home = make()
        running = subprocess.Popen(
            [sys.executable, "-m", "xqctl", *words],
            cwd=home,
            env=unmeasured(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(longest / 3, longest))
        running.send_signal(signal.SIGKILL)
        running.wait()
        found.append(_settled(home))
    return found


def stumbled(words: Sequence[str], make: Callable[[], Path], every: int = 1, limit: int = 400) -> list[State]:
    """What readers see after runs that ended at their first, second … call that changes the disk, until one ends."""
    found = []
    for number in range(1, limit, every):
        for side in ("before", "after"):
            home = make()
            done = subprocess.run(
                [sys.executable, "-c", _STUMBLING, str(number), side, *words],
                cwd=home, env=unmeasured(), capture_output=True, check=False,
            )  # fmt: skip
            found.append(_settled(home))
            if done.returncode != 137:
                assert done.returncode == 0, done.stderr.decode()
                return found
    raise AssertionError("it never came to its end")


def unmeasured() -> dict[str, str]:
    """The environment without what has each process measure its own coverage: many start, and all do the same."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def _settled(home: Path) -> State:
    """What readers see right after the crash; then that clearing up changes nothing of it and leaves nothing behind."""
    state = seen(home)
    with lock(home, wait=0):
        assert seen(home) == state
    assert seen(home) == state
    assert not litter(home), litter(home)
    for name, raw in state.items():
        assert (home / name).read_bytes() == raw, name
    return state
