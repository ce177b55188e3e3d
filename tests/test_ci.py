"""What continuous integration does before it tests: say what a machine lacks, and fail where it cannot be had."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "run"
NEEDED = {
    "make",
    "git",
    "chromium",
    "fonts-noto-cjk",
    "poppler-utils",
    "libreoffice-calc-nogui",
    "nodejs",
    "npm",
    "zsh",
    "fish",
}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A machine with a shell and hardly anything else."""
    for name in ("dirname", "tr", "id"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    call = [str(shutil.which("bash")), str(SCRIPT), *words]
    env = {**os.environ, "PATH": str(folder)}
    return subprocess.run(call, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_it_is_shell() -> None:
    subprocess.run(["bash", "-n", SCRIPT], check=True)


def test_a_bare_machine_lacks_everything(bare: Path) -> None:
    done = run(bare, "--missing")
    assert done.returncode == 0
    assert set(done.stdout.split()) >= NEEDED
    assert any(name.startswith("python3") for name in done.stdout.split())


def test_where_nothing_can_be_installed_it_fails_and_says_so(bare: Path) -> None:
    done = run(bare)
    assert done.returncode == 1
    assert "there is no apt-get to install this with: make git chromium" in done.stderr


def test_what_apt_does_not_bring_is_a_failure(bare: Path) -> None:
    """And what is installed is what was missing, in one call."""
    (bare / "env").symlink_to(str(shutil.which("env")))
    for name, text in (("apt-get", f'echo "$@" >> {bare}/asked'), ("sudo", '"$@"')):
        (bare / name).write_text(f"#!{shutil.which('bash')}\n{text}\n", encoding="utf-8")
        (bare / name).chmod(0o755)
    done = run(bare)
    assert done.returncode == 1
    assert "still missing after apt-get install: make git chromium" in done.stderr
    update, install = (bare / "asked").read_text(encoding="utf-8").splitlines()
    assert update.startswith("update")
    assert set(install.split()) >= {"install", "--no-install-recommends", *NEEDED}
