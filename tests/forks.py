"""Runs of the real command that cost no start-up: a process that has imported everything forks for each of them.

A run has a process, files for its streams, a folder and an environment of its own, as if it had been started anew; only
what an interpreter decides when it starts (``PYTHON…``) cannot be given to it.
"""

import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_LARGEST = 1 << 20
_HEAVY = ("jsonschema", "jsonschema_rs", "rich.table", "tabulate", "yaml", "cel_expr_python", "google.protobuf.message")


class Forks:
    """The process that forks, started with the first run, and gone with the one that asks."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(far.fileno())], pass_fds=[far.fileno()], env=dict(env)
            )

    def __enter__(self) -> "Forks":
        return self

    def __exit__(self, *_: object) -> None:
        self._near.close()
        self._process.wait(timeout=60)

    def run(
        self, args: list[str], cwd: Path | None, stdin: bytes, env: Mapping[str, str], timeout: float
    ) -> tuple[int, bytes, bytes]:
        """The exit code and what stands in both streams; raises `TimeoutExpired` where a run does not end."""
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(stdin)
            given.seek(0)
            asked = {"args": args, "cwd": str(Path(cwd or ".").resolve()), "env": dict(env)}
            socket.send_fds(self._near, [json.dumps(asked).encode()], [each.fileno() for each in (given, out, err)])
            pid = int(self._near.recv(64))
            if not select.select([self._near], [], [], timeout)[0]:
                os.kill(pid, signal.SIGKILL)
                self._near.recv(64)
                raise subprocess.TimeoutExpired(args, timeout)
            code = int(self._near.recv(64))
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read()


def _serve(near: socket.socket) -> None:
    from xqctl import registry

    for name in ("xqctl.cli", *_HEAVY):
        importlib.import_module(name)
    for folder in ("commands", "render", "sections"):
        for leaf in registry.leaves(f"xqctl.{folder}"):
            importlib.import_module(f"xqctl.{folder}.{leaf}")
    while True:
        asked, files, _, _ = socket.recv_fds(near, _LARGEST, 3)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            near.close()
            os._exit(_run(json.loads(asked), files))
        for file in files:
            os.close(file)
        near.send(str(pid).encode())
        near.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())


def _run(asked: dict[str, object], files: list[int]) -> int:
    """One run, in its own process; the code it ends with."""
    from xqctl.__main__ import main

    for target, file in enumerate(files):
        os.dup2(file, target)
        os.close(file)
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]  # read from JSON: a mapping of text
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115  the stream of this whole process
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115  as above
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115  as above
    sys.argv = ["xqctl", *map(str, asked["args"])]  # type: ignore[call-overload]  # read from JSON: a list
    try:
        code = main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001  whatever it is, it is told and the process ends
        import traceback

        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    coverage = sys.modules.get("coverage")
    measured = coverage.Coverage.current() if coverage is not None else None
    if measured is not None:
        measured.stop()
        measured.save()
    return int(code or 0)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
