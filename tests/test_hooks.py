"""The hooks of pre-commit, in real repositories: a broken file is stopped, a good one passes, without a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import Command, environment
from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"


class Clone:
    """A repository with hooks, and somebody who commits to it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        home.mkdir()
        folder.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch", "main")

    def call(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        env = environment(
            {
                "HOME": str(self.home),
                "PRE_COMMIT_HOME": str(self.home / "pre-commit"),
                "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
                "GIT_CONFIG_NOSYSTEM": "1",
                "XQCTL_LANG": "zh",
                # Nobody may install anything: what a hook needs is there.
                "PIP_NO_INDEX": "1",
                "https_proxy": "http://127.0.0.1:9",
                "http_proxy": "http://127.0.0.1:9",
            }
        )
        return subprocess.run(
            words, cwd=self.folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
        )

    def git(self, *words: str) -> str:
        who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        done = self.call("git", *who, *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def commit(self, said: str) -> subprocess.CompletedProcess[str]:
        """Commits everything, hooks and all."""
        self.git("add", "--all")
        return self.call("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-m", said)

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def install(self, *kinds: str) -> None:
        done = self.call("pre-commit", "install", *(word for kind in kinds for word in ("--hook-type", kind)))
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def clone(tmp_path: Path, xqctl: Command) -> Clone:
    """A district as `init` makes it, in git, its hooks installed."""
    folder = tmp_path / "district"
    assert xqctl("init", folder, "--name", "城桥区", "--yes").code == 0
    found = Clone(folder, tmp_path / "home")
    found.install("pre-commit")
    return found


def test_a_good_file_passes_and_a_broken_one_is_stopped(clone: Clone) -> None:
    done = clone.commit("begin")
    assert done.returncode == 0, done.stdout + done.stderr
    clone.change("units.yaml", "form: pair", "form: pear")
    done = clone.commit("break")
    assert done.returncode != 0
    assert "XQS004" in done.stdout + done.stderr
    assert clone.git("log", "--format=%s") == "begin"
    clone.change("units.yaml", "form: pear", "form: pair")
    clone.change("units.yaml", "2022-09", "2023-09")
    assert clone.commit("mend").returncode == 0
    assert clone.git("log", "--format=%s").split("\n") == ["mend", "begin"]


def test_a_change_that_breaks_another_file_is_stopped(clone: Clone) -> None:
    assert clone.commit("begin").returncode == 0
    clone.change("schools.yaml", "  示例乡村小学:\n", "  另一小学:\n")
    done = clone.commit("rename")
    assert done.returncode != 0
    assert "units.yaml" in done.stdout + done.stderr


def test_a_commit_that_only_deletes_is_stopped_too(clone: Clone) -> None:
    assert clone.commit("begin").returncode == 0
    (clone.folder / "schools.yaml").unlink()
    done = clone.commit("delete")
    assert done.returncode != 0
    assert "示例实验小学" in done.stdout + done.stderr


def test_what_is_not_staged_is_not_looked_at(clone: Clone) -> None:
    assert clone.commit("begin").returncode == 0
    clone.change("targets.yaml", "30%", "35%")
    clone.git("add", "targets.yaml")
    clone.change("units.yaml", "form: pair", "form: pear")
    done = clone.call("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-m", "part")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "form: pear" in (clone.folder / "units.yaml").read_text(encoding="utf-8")


def test_a_push_shows_the_numbers_and_is_not_stopped(clone: Clone, tmp_path: Path) -> None:
    clone.install()
    clone.change("targets.yaml", "at_least: 30%", "at_least: 90%")
    assert clone.commit("begin").returncode == 0
    clone.call("git", "init", "--quiet", "--bare", tmp_path / "origin.git")
    clone.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    done = clone.call("git", "push", "--quiet", "origin", "main")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "未达标" in done.stdout + done.stderr


def test_file_names_may_be_passed_instead(clone: Clone) -> None:
    text = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
    recipes = [
        token.content for token in MarkdownIt().parse(text) if token.type == "fence" and "hooks:" in token.content
    ]
    (recipe,) = [each for each in recipes if "types: [yaml]" in each]
    (clone.folder / ".pre-commit-config.yaml").write_text(recipe, encoding="utf-8")
    done = clone.commit("begin")
    assert done.returncode == 0, done.stdout + done.stderr
    clone.change("schools.yaml", "  示例乡村小学:\n", "  另一小学:\n")
    assert clone.commit("the mistake is in the other file").returncode == 0
    clone.change("units.yaml", "form: pair", "form: pear")
    assert "XQS004" in clone.commit("break").stderr


@pytest.fixture
def hooks(tmp_path: Path) -> tuple[str, str]:
    """A repository that offers our hooks, and its revision."""
    offering = Clone(tmp_path / "xqctl", tmp_path / "home-of-xqctl")
    shutil.copy(HOOKS, offering.folder)
    assert offering.commit("hooks").returncode == 0
    return str(offering.folder), offering.git("rev-parse", "HEAD")


def test_the_manifest_is_one() -> None:
    done = subprocess.run([BIN / "pre-commit", "validate-manifest", HOOKS], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert {hook["id"] for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))} >= {
        "xqctl-validate",
        "xqctl-check",
    }


def test_our_own_hooks_with_what_is_installed(clone: Clone, hooks: tuple[str, str]) -> None:
    """Each hook of the manifest in a repository of its own; only installing, which needs a network, is left out."""
    repo, revision = hooks
    ids = [hook["id"] for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))]
    config = {"repos": [{"repo": repo, "rev": revision, "hooks": [{"id": id_, "language": "system"} for id_ in ids]}]}
    (clone.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    done = clone.commit("begin")
    assert done.returncode == 0, done.stdout + done.stderr
    clone.change("units.yaml", "form: pair", "form: pear")
    done = clone.commit("break")
    assert done.returncode != 0
    assert "XQS004" in done.stdout + done.stderr
