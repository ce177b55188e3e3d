"""Cases: a folder with a district, the calls in `cmd`, and what the command has to answer.

`cmd` holds the arguments of `xqctl`, one call a line; `stdin`, if there, is given to each. `stdout` and `stderr` hold
what the calls say, one after the other, `exit` their exit codes, one a line; what is not there is not compared. The
folder is copied before the calls, so they may write into it. XQCTL_UPDATE=1 writes the answers anew.
"""

import os
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import Command, Run

HERE = Path(__file__).parent / "cases"
CASES = sorted(path.parent.name for path in HERE.glob("*/cmd"))
ANSWERS = ("stdout", "stderr", "exit")
ABOUT = ("cmd", "stdin", *ANSWERS)
UPDATE = bool(os.environ.get("XQCTL_UPDATE"))


@pytest.mark.parametrize("name", CASES)
def test_the_command_answers_as_it_should(name: str, tmp_path: Path, xqctl: Command) -> None:
    case = HERE / name
    work = tmp_path / name
    shutil.copytree(case, work, symlinks=True, ignore=shutil.ignore_patterns(*ABOUT))
    stdin = (case / "stdin").read_bytes() if (case / "stdin").is_file() else b""
    calls = [line for line in (case / "cmd").read_text(encoding="utf-8").splitlines() if line.strip()]
    runs = [xqctl(*shlex.split(call), cwd=work, stdin=stdin) for call in calls]
    answers = {
        "stdout": b"".join(run.stdout for run in runs),
        "stderr": b"".join(run.stderr for run in runs),
        "exit": "".join(f"{run.code}\n" for run in runs).encode(),
    }
    wrong = [] if UPDATE else [part for part in ANSWERS if not _agrees(case / part, answers[part])]
    if UPDATE:
        for part in ANSWERS:
            _keep(case / part, answers[part])
    assert not wrong, _shown(case, calls, runs, wrong)


def _agrees(file: Path, answer: bytes) -> bool:
    return not file.is_file() or file.read_bytes() == answer


def _keep(file: Path, answer: bytes) -> None:
    """Writes an answer down; one that says nothing needs no file, unless there is one already."""
    if answer or file.is_file():
        file.write_bytes(answer)


def _shown(case: Path, calls: list[str], runs: list[Run], wrong: list[str]) -> str:
    """Everything one needs to see what went wrong, without running it again."""
    told = [f"{case.name}: {', '.join(wrong)} differ; XQCTL_UPDATE=1 takes over what is below"]
    for call, run in zip(calls, runs, strict=True):
        told.append(f"$ xqctl {call}    exit code {run.code}")
        told += [text.decode("utf-8", "backslashreplace") for text in (run.stdout, run.stderr) if text]
    for part in wrong:
        told.append(f"--- expected {part}")
        told.append((case / part).read_bytes().decode("utf-8", "backslashreplace"))
    return "\n".join(told)
