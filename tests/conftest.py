"""What every test may ask for: the real command, run in a process of its own or inside this one."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from forks import Forks
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# What steers the command from outside; a test that wants one of them says so.
STEERING = (
    "XQCTL_",
    "LC_",
    "LANG",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "COLUMNS",
    "LINES",
    "TERM",
    "GIT_",
    "PYTHONIOENCODING",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command left: its exit code and the bytes of both streams."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """Standard output as text; output that is no UTF-8 fails the test."""
        return self.stdout.decode()

    @property
    def err(self) -> str:
        """Standard error as text."""
        return self.stderr.decode()


Command = Callable[..., Run]


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what steers the command, and with UTF-8."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STEERING)}
    return {**kept, "PYTHONUTF8": "1", **(extra or {})}


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks | None]:
    """What runs the command without its start-up, where processes can fork."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        yield None
        return
    with Forks(environment()) as running:
        yield running


@pytest.fixture
def xqctl(forks: Forks | None) -> Command:
    """Runs `python -m xqctl ARGS` in a process of its own."""

    def run(
        *args: str | Path,
        cwd: Path | None = None,
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Run:
        if forks is not None and not any(name.startswith("PYTHON") for name in env or {}):
            return Run(*forks.run([*map(str, args)], cwd, stdin, environment(env), timeout))
        done = subprocess.run(
            [sys.executable, "-m", "xqctl", *map(str, args)],
            cwd=cwd,
            input=stdin,
            env=environment(env),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def xqctl_inside(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the same command, by its own `main`, inside this process: for many small cases."""

    def run(*args: str | Path, cwd: Path | None = None, stdin: bytes = b"", env: dict[str, str] | None = None) -> Run:
        from xqctl.__main__ import main

        streams = {
            name: io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n", write_through=True)
            for name in ("stdout", "stderr")
        }
        with monkeypatch.context() as patch, mock.patch.dict(os.environ, environment(env), clear=True):
            patch.setattr(sys, "argv", ["xqctl", *map(str, args)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            if cwd is not None:
                patch.chdir(cwd)
            try:
                code = main()
            except SystemExit as stop:
                code = stop.code
        stdout, stderr = (stream.buffer.getvalue() for stream in streams.values())
        return Run(code if isinstance(code, int) else int(code is not None), stdout, stderr)

    return run
