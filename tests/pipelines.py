"""Reads the commands out of pipelines, and runs them as their services would, as far as one machine can."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from conftest import environment

BIN = Path(sys.executable).parent
# What needs a network or a service, and is not run: installing, and GitHub's own program.
LEFT_OUT = re.compile(r"(pip3?|\.venv/bin/pip|python3 -m venv|gh) ")
SERVICES = ("github", "gitlab", "gitee", "jenkins")


@dataclass(frozen=True)
class Step:
    """A command, whether it runs after a failure too, and what its environment has more."""

    command: str
    is_last: bool = False
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """Exit codes by command, in their order; the job's own is that of the first that failed."""

    codes: dict[str, int]
    said: str

    @property
    def code(self) -> int:
        return next((code for code in self.codes.values() if code), 0)


def steps(service: str, text: str) -> Iterator[Step]:
    """The commands of a pipeline."""
    if service == "jenkins":
        yield from (Step(command) for command in re.findall(r"^ +sh '([^']+)'$", text, re.MULTILINE))
        return
    data: Any = yaml.safe_load(text)
    if service == "github":
        for step in data["jobs"]["xqctl"]["steps"]:
            if "run" in step:
                yield Step(step["run"], "always()" in step.get("if", ""), step.get("env", {}))
    elif service == "gitlab":
        job = data["xqctl"]
        yield from (Step(command) for command in (*job["before_script"], *job["script"]))
        yield from (Step(command, is_last=True) for command in job.get("after_script", ()))
    else:
        (stage,) = data["stages"]
        (step,) = stage["steps"]
        yield from (Step(command, env=data.get("variables", {})) for command in step["commands"])


def around(home: Path, folder: Path, base: str) -> dict[str, str]:
    """What a service's runner has in its environment, and nothing of this machine's people."""
    kept = environment()
    bare = {name: kept[name] for name in ("SYSTEMROOT", "PYTHONUTF8", "COVERAGE_PROCESS_START") if name in kept}
    return {
        **bare,
        "HOME": str(home),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "CI": "true",
        "LANG": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GITHUB_STEP_SUMMARY": str(home / "summary.md"),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CHANGE_TARGET": "master",
        "PWD": str(folder),
    }


def run(service: str, text: str, folder: Path, home: Path, base: str) -> Outcome:
    """Runs a pipeline's commands in a folder, as bash does for a runner: a failure ends all but what always runs."""
    if service == "jenkins" and not (folder / ".venv").exists():
        (folder / ".venv" / "bin").mkdir(parents=True)
        (folder / ".venv" / "bin" / "xqctl").symlink_to(BIN / "xqctl")
    codes: dict[str, int] = {}
    said = ""
    for step in steps(service, text):
        if LEFT_OUT.match(step.command) or (any(codes.values()) and not step.is_last):
            continue
        more = {name: re.sub(r"\$\{\{ .*base\.sha \}\}", base, str(value)) for name, value in step.env.items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.command],
            cwd=folder,
            env={**around(home, folder, base), **more},
            capture_output=True,
            check=False,
            timeout=120,
        )
        codes[step.command] = done.returncode
        said += done.stdout.decode() + done.stderr.decode()
    return Outcome(codes, said)
