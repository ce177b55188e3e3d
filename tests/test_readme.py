"""Every command shown in the README is really run, and its output is what is shown there.

``XQCTL_UPDATE=1`` writes the outputs anew.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)


def shown() -> list[re.Match[str]]:
    """The blocks of the README that show a command and what it prints."""
    return list(_BLOCK.finditer(README.read_text(encoding="utf-8")))


def run(command: str) -> str:
    """What a command prints in a checkout, in a window of 100 columns."""
    words = shlex.split(command)
    assert words[0] == "xqctl", command
    lang = "en" if "--lang en" in command else "zh"
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "XQCTL_LANG": lang, "PYTHONUTF8": "1"}
    env.pop("FORCE_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-m", "xqctl", *words[1:]], cwd=ROOT, env=env, capture_output=True, timeout=120, check=False
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return re.sub(r"[ \t]+$", "", done.stdout.decode(), flags=re.MULTILINE).strip("\n") + "\n"


def test_the_readme_shows_commands() -> None:
    assert len(shown()) >= 4


@pytest.mark.parametrize("number", range(len(shown())))
def test_output_in_the_readme_is_what_the_command_prints(number: int) -> None:
    block = shown()[number]
    printed = run(block["command"])
    if os.environ.get("XQCTL_UPDATE") == "1":
        text = README.read_text(encoding="utf-8")
        block = shown()[number]
        README.write_text(text[: block.start("shown")] + printed + text[block.end("shown") :], encoding="utf-8")
    assert shown()[number]["shown"] == printed
