"""The pipelines `init` writes and docs/pipelines.md shows: right for their service, and every command really run."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pipelines
import pytest
from conftest import Command
from markdown_it import MarkdownIt
from pipelines import SERVICES

from xqctl import resources

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
DOCS = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
TITLES = {"github": "GitHub Actions", "gitlab": "GitLab CI/CD", "gitee": "Gitee Go", "jenkins": "Jenkins"}
FILES = {
    "github": ".github/workflows/xqctl.yml",
    "gitlab": ".gitlab-ci.yml",
    "gitee": ".workflow/xqctl.yml",
    "jenkins": "Jenkinsfile",
}
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}


def documented(service: str) -> str:
    """The recipe below a service's heading."""
    tokens = MarkdownIt().parse(DOCS)
    at = next(number for number, token in enumerate(tokens) if token.content == TITLES[service])
    return next(token.content for token in tokens[at:] if token.type == "fence")


def written(service: str) -> str:
    """The file `init` writes."""
    name = "Jenkinsfile" if service == "jenkins" else f"{service}.yml"
    return (resources.templates() / "pipelines" / name).read_text(encoding="utf-8")


PIPELINES = [
    pytest.param(service, text, id=f"{where}-{service}")
    for service in SERVICES
    for where, text in (("docs", documented(service)), ("init", written(service)))
]


class Repository:
    """A district in git, cloned from where it is pushed to; `base` is the commit a change begins from."""

    def __init__(self, folder: Path, xqctl: Command) -> None:
        self.folder, self.home = folder / "clone", folder / "home"
        self.home.mkdir()
        done = xqctl("init", self.folder, "--name", "城桥区", "--code", "310151", "--ci", "none", "--yes")
        assert done.code == 0, done.err
        self.git("init", "--quiet", "--initial-branch", "master")
        self.base = self.commit("begin")
        self.git("clone", "--quiet", "--bare", ".", str(folder / "origin.git"))
        self.git("remote", "add", "origin", str(folder / "origin.git"))

    def git(self, *words: str) -> str:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        env = pipelines.around(self.home, self.folder, "")
        done = subprocess.run(["git", *who, *words], cwd=self.folder, env=env, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, said: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", said)
        return self.git("rev-parse", "HEAD")

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.commit(f"change {file}")

    def run(self, service: str, text: str) -> pipelines.Outcome:
        return pipelines.run(service, text, self.folder, self.home, self.base)

    def read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, xqctl: Command) -> Repository:
    return Repository(tmp_path, xqctl)


@pytest.mark.parametrize(("service", "text"), PIPELINES)
def test_a_good_change_passes(repository: Repository, service: str, text: str) -> None:
    repository.change("units.yaml", "    # until: 2025-09\n", "    until: 2030-09\n")
    outcome = repository.run(service, text)
    assert outcome.code == 0, outcome.said
    ran = "\n".join(outcome.codes)
    assert "xqctl validate" in ran
    assert "xqctl check" in ran
    for command in outcome.codes:
        for form, file in re.findall(r"--format (\w+)=(\S+)", command):
            content = repository.read(file)
            if form == "sarif":
                assert json.loads(content)["version"] == "2.1.0"
            elif form == "gitlab":
                assert json.loads(content) == []
            elif form == "junit":
                assert ET.fromstring(content).tag == "testsuites"  # noqa: S314  we wrote it
            else:
                assert content.strip(), file
    if "diff.md" in ran:
        assert "结对至 2030" in repository.read("diff.md")
    if service == "github":
        summary = (repository.home / "summary.md").read_text(encoding="utf-8")
        assert "结对至 2030" in summary
        assert "示例结对比例" in summary


@pytest.mark.parametrize(("service", "text"), PIPELINES)
def test_a_mistake_stops_it(repository: Repository, service: str, text: str) -> None:
    repository.change("units.yaml", "form: pair", "form: pear")
    outcome = repository.run(service, text)
    assert outcome.code == 1, outcome.said
    assert "XQS004" in outcome.said
    failed = next(command for command, code in outcome.codes.items() if code)
    assert failed.removeprefix(".venv/bin/").startswith("xqctl validate")
    for form, file in re.findall(r"--format (\w+)=(\S+)", failed):
        assert "XQS004" in repository.read(file), form


@pytest.mark.parametrize("service", SERVICES)
def test_a_weakened_target_stops_a_merge_request(repository: Repository, service: str) -> None:
    repository.change("targets.yaml", "at_least: 30%", "at_least: 20%")
    outcome = repository.run(service, documented(service))
    assert outcome.code == 1, outcome.said
    assert "xqctl diff" in next(command for command, code in outcome.codes.items() if code)


@pytest.mark.parametrize(("service", "text"), [each for each in PIPELINES if each.values[0] in SCHEMAS])
def test_the_service_would_take_it(tmp_path: Path, service: str, text: str) -> None:
    path = tmp_path / "pipeline.yml"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", SCHEMAS[service], path], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize(("service", "text"), PIPELINES)
def test_care(service: str, text: str) -> None:
    """What a linter of workflows looks for: no text of strangers in a script, an end in time, no more rights."""
    commands = [step.command for step in pipelines.steps(service, text)]
    assert not [command for command in commands if "${{" in command]
    assert any(pipelines.LEFT_OUT.match(command) and "install xqctl" in command for command in commands)
    if service == "github":
        assert "permissions:" in text
        assert "timeout-minutes:" in text
        assert "pull_request_target" not in text
    for command in commands:
        subprocess.run(["bash", "-n", "-c", command], check=True)


@pytest.mark.parametrize("service", SERVICES)
def test_init_writes_the_pipeline_where_its_service_looks(xqctl_inside: Command, tmp_path: Path, service: str) -> None:
    xqctl_inside("init", tmp_path, "--name", "城桥区", "--ci", service, "--yes")
    assert (tmp_path / FILES[service]).read_text(encoding="utf-8") == written(service)
    assert [other for other in SERVICES if (tmp_path / FILES[other]).exists()] == [service]


def test_only_named_commands_are_left_out() -> None:
    texts = [text for each in PIPELINES for text in [each.values[1]]]
    kinds = [each.values[0] for each in PIPELINES]
    found = {
        step.command.split("\n")[0]
        for service, text in zip(kinds, texts, strict=True)
        for step in pipelines.steps(str(service), str(text))
        if pipelines.LEFT_OUT.match(step.command)
    }
    assert found == {
        "pip install xqctl",
        "pip3 install xqctl",
        "python3 -m venv .venv",
        ".venv/bin/pip install xqctl",
        'gh pr comment "$PULL_REQUEST" --body-file diff.md --edit-last --create-if-none',
    }


def test_the_other_commands_of_the_guide_exist() -> None:
    consoles = [
        token.content for token in MarkdownIt().parse(DOCS) if token.type == "fence" and token.info == "console"
    ]
    verbs = set(re.findall(r"xqctl ([a-z-]+)", "\n".join(consoles)))
    assert verbs == {"git-driver", "completion"}
    assert shutil.which("bash")
