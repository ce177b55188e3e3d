"""What the shells offer while one types: the real bash, zsh and fish, with the scripts xqctl prints."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Command, environment
from test_cli import answered

from xqctl import resources
from xqctl.commands.completion import SHELLS

BIN = Path(sys.executable).parent
DEMO = resources.examples() / "demo"


def shell(name: str) -> str:
    """The shell, or a skipped test; where CI is set all are there."""
    found = shutil.which(name)
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed")
    assert found is not None, f"{name} is not installed; see .ci/run"
    return found


def around(tmp_path: Path, **more: str) -> dict[str, str]:
    """An environment with our command and nobody's start-up files."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    return environment({"PATH": path, "LC_ALL": "C.UTF-8", "XQCTL_LANG": "zh", "TERM": "dumb", **home, **more})


def asking(call: str) -> dict[str, str]:
    """How fish asks about the last word of a call."""
    return {"_XQCTL_COMPLETE": "fish_complete", "COMP_WORDS": call, "COMP_CWORD": re.split(r"\s", call)[-1]}


Offered = Callable[..., list[str]]


@pytest.fixture
def offered(xqctl_inside: Command) -> Offered:
    """What a shell is answered: values only; nothing may be said on stderr, and it never fails."""

    def answers(call: str, folder: Path = DEMO) -> list[str]:
        done = xqctl_inside(cwd=folder, env=asking(call))
        assert (done.code, done.err) == (0, ""), call
        rows = [row.partition("\t")[0].partition(",") for row in done.out.splitlines()]
        return [value if kind == "plain" else kind for kind, _, value in rows]

    return answers


def test_verbs_options_and_their_words(offered: Offered) -> None:
    assert {"validate", "check", "explain", "init", "completion"} <= set(offered("xqctl "))
    assert offered("xqctl vali") == ["validate"]
    assert offered("xqctl validate --sel") == ["--select"]
    assert offered("xqctl --lang ") == ["zh", "en"]
    assert offered("xqctl validate --lang ") == ["zh", "en"]
    assert offered("xqctl validate --fail-on w") == ["warning"]
    assert {"json", "text", "markdown"} <= set(offered("xqctl validate --format "))
    assert "mergepatch" not in offered("xqctl validate --format ")
    assert "mergepatch" in offered("xqctl diff --format ")
    assert offered("xqctl completion z") == ["zsh"]
    assert offered("xqctl init x --ci gith") == ["github"]
    assert offered("xqctl validate ") == ["file"]


def test_rules_metrics_standards_and_kinds(offered: Offered) -> None:
    assert "XQZ001" in offered("xqctl validate --select XQZ")
    assert offered("xqctl validate --ignore unit-without") == ["unit-without-lead"]
    assert offered("xqctl validate --select XQY001,unit-without") == ["XQY001,unit-without-lead"]
    assert offered("xqctl explain pairing_r") == ["pairing_ratio"]
    assert "groups" in offered("xqctl explain gr")
    assert offered("xqctl check --standard 优质") == ["优质均衡2017"]
    assert offered("xqctl schema pat") == ["patch"]


def test_ids_of_the_district(offered: Offered, tmp_path: Path) -> None:
    found = offered("xqctl explain 听雨")
    assert {"听雨小学", "听雨小学/竹里校区", "听雨小学教育集团"} <= set(found)
    assert "听雨小学教育集团" in offered("xqctl graph --unit 听雨")
    assert "听雨小学" not in offered("xqctl graph --unit 听雨")
    assert "听雨小学" in offered("xqctl rename 听雨")
    assert offered("xqctl rename a b --kind gro") == ["groups"]
    assert offered("xqctl check --target 义务教育学校结对")[0] == "义务教育学校结对比例"
    assert offered("xqctl explain 听雨", tmp_path) == [""]
    assert offered("xqctl explain pairing_r", tmp_path) == ["pairing_ratio"]
    elsewhere = f"xqctl check {DEMO} --target 学区"
    assert "学区规模" in offered(elsewhere, tmp_path)


@pytest.mark.parametrize(
    "call",
    [
        "xqctl nonsense ",
        "xqctl validate --nonsense ",
        "xqctl schema groups zones ",
        "xqctl validate --format nonsense ",
        "xqctl validate --as-of never ",
        "xqctl --lang klingon explain ",
        "xqctl explain 'unclosed ",
        "xqctl diff nowhere:. ",
    ],
)
def test_nothing_is_said_of_what_is_wrong(offered: Offered, tmp_path: Path, call: str) -> None:
    (tmp_path / "district.yaml").write_bytes(b"\xff\xfe: [")
    offered(call, tmp_path)


def test_it_is_quick(tmp_path: Path) -> None:
    """Measured beside what the help of a verb costs, so that a busy machine changes nothing: 0.3 s on an idle one."""

    def seconds(run: Callable[[], object]) -> float:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            run()
            times.append(time.perf_counter() - begun)
        return min(times)

    def run(call: list[str], more: dict[str, str]) -> None:
        done = subprocess.run([BIN / "xqctl", *call], cwd=DEMO, env={**env, **more}, capture_output=True, check=True)
        assert done.stdout

    env = around(tmp_path)
    shown = seconds(lambda: run(["check", "--help"], {}))
    assert seconds(lambda: run([], asking("xqctl "))) < 2 * shown
    assert seconds(lambda: run([], asking("xqctl explain 听雨"))) < 3 * shown


@pytest.mark.parametrize("name", SHELLS)
def test_scripts(xqctl_inside: Command, name: str) -> None:
    script = xqctl_inside("completion", name).out
    assert "_XQCTL_COMPLETE" in script
    found = answered(xqctl_inside("completion", name, "--format", "json").out)
    assert (found["shell"], found["script"].strip()) == (name, script.strip())


def test_an_unknown_shell(xqctl_inside: Command) -> None:
    done = xqctl_inside("completion", "csh", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "shell csh is unknown; there is bash, zsh, fish" in done.err


class Typing:
    """Somebody at a shell: a real one, at a terminal of its own."""

    def __init__(self, words: list[str], env: dict[str, str], folder: Path) -> None:
        self.hand, child = pty.openpty()
        self.process = subprocess.Popen(
            words, stdin=child, stdout=child, stderr=child, env=env, cwd=folder, start_new_session=True
        )
        os.close(child)
        self.seen = ""

    def type(self, text: str, until: str) -> None:
        """Types, and looks until something shows."""
        self.seen = ""
        os.write(self.hand, text.encode())
        end = time.monotonic() + 30
        while until not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.hand], [], [], 0.5)[0]:
                self.seen += os.read(self.hand, 65536).decode(errors="replace")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.hand)


@pytest.mark.parametrize(
    ("name", "call", "begin"),
    [
        ("bash", ["--norc", "--noprofile", "-i"], ""),
        ("zsh", ["-f", "-i"], "autoload -U compinit; compinit -u -D; "),
    ],
)
def test_typing(tmp_path: Path, name: str, call: list[str], begin: str) -> None:
    typing = Typing([shell(name), *call], around(tmp_path, PS1="> "), DEMO)
    try:
        typing.type(f'{begin}eval "$(xqctl completion {name})"; echo re""ady\n', "ready")
        typing.type("xqctl vali\t", "validate ")
        typing.type("--fail-on err\t", "error ")
        typing.type("\x15xqctl explain 听雨东多\t", "听雨东多校片区")
        typing.type("\x15xqctl share \t\t", "calendar")
    finally:
        typing.close()


def test_fish(tmp_path: Path) -> None:
    def offers(call: str) -> list[str]:
        script = f'xqctl completion fish | source; complete -C "{call}"'
        done = subprocess.run(
            [shell("fish"), "--no-config", "-c", script],
            env=around(tmp_path),
            cwd=DEMO,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stderr == ""
        return [row.partition("\t")[0] for row in done.stdout.splitlines()]

    assert offers("xqctl vali") == ["validate"]
    assert offers("xqctl validate --fail-on err") == ["error"]
    assert offers("xqctl explain 听雨东多") == ["听雨东多校片区"]
    assert offers("xqctl validate --select XQY001,XQY002,unit-wi") == ["XQY001,XQY002,unit-without-lead"]
