"""Knows what a new district's folder holds: a few files to begin with, editor settings, hooks, and a pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from xqctl import resources
from xqctl.commands._bundles import ALONE, beside
from xqctl.messages import Message, msg
from xqctl.standards import standards

LEVELS = ("district", "city", "province")
NO_PIPELINE = "none"
_PIPELINES: Mapping[str, str] = {
    "github": ".github/workflows/xqctl.yml",
    "gitlab": ".gitlab-ci.yml",
    "gitee": ".workflow/xqctl.yml",
    "jenkins": "Jenkinsfile",
}
"""Where each service looks for its pipeline."""
PIPELINES = (*_PIPELINES, NO_PIPELINE)
SCHEMAS = ".xqctl"
"""The folder of the schemas' copies: a hidden one, so it is none of a district's own."""
_OTHERS: Mapping[str, str] = {
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".vscode/settings.json": "vscode-settings.json",
    ".vscode/extensions.json": "vscode-extensions.json",
}
_PURPOSES: Mapping[str, Message] = {
    "district.yaml": msg("the district itself: code, registers, adopted standards"),
    "schools.yaml": msg("schools, as examples to be replaced"),
    "units.yaml": msg("a zone, a group and a pair, as examples"),
    "targets.yaml": msg("a target, as an example"),
    "sources.yaml": msg("documents that entries refer to"),
    ".pre-commit-config.yaml": msg("checks before each commit, offline"),
    ".gitattributes": msg("how git compares the files"),
    ".gitignore": msg("what git leaves out"),
    ".vscode": msg("settings of the editor"),
    SCHEMAS: msg("what the editor knows of the files, offline"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new district is to be: its name, its code (None: not known), level, standards, and whose pipeline."""

    name: str
    code: str | None
    level: str
    standards: tuple[str, ...]
    pipeline: str

    @property
    def pipeline_file(self) -> str | None:
        """Where its pipeline stands."""
        return _PIPELINES.get(self.pipeline)


class _Text(Template):
    """Text with ``@@names`` in it: shells, CI services and editors have a use for ``$``."""

    delimiter = "@@"


def files(wanted: Wanted) -> dict[str, bytes]:
    """The files of a new district by their paths in its folder."""
    from xqctl.edit.emit import scalar

    values = {"name": scalar(wanted.name), "level": wanted.level, "code": _code(wanted), "adopts": _adopts(wanted)}
    found = {
        path.name: _Text(path.read_text(encoding="utf-8")).substitute(values).encode()
        for path in sorted((resources.templates() / "district").glob("*.yaml"))
    }
    if wanted.pipeline_file is not None:
        name = wanted.pipeline_file if wanted.pipeline == "jenkins" else f"{wanted.pipeline}.yml"
        found[wanted.pipeline_file] = (resources.templates() / "pipelines" / name).read_bytes()
    found |= {target: (resources.templates() / name).read_bytes() for target, name in _OTHERS.items()}
    return found | {f"{SCHEMAS}/{name}": content for name, content in beside().items()}


def certain() -> tuple[str, ...]:
    """The files that are written whatever is wanted."""
    own = (path.name for path in sorted((resources.templates() / "district").glob("*.yaml")))
    return (*own, *_OTHERS, *(f"{SCHEMAS}/{name}.schema.json" for name in ALONE))


def purpose(file: str) -> Message:
    """What a file of `files` is for."""
    folder, _, _ = file.rpartition("/")
    return _PURPOSES.get(file) or _PURPOSES.get(folder) or msg("checks at every push and merge request")


def _code(wanted: Wanted) -> str:
    said = "  # GB/T 2260 的六位行政区划代码，要加引号\n"
    return said + (f'  code: "{wanted.code}"' if wanted.code else '  # code: "110101"')


def _adopts(wanted: Wanted) -> str:
    """The field `adopts`, with every standard there is to choose from; as a comment where none was."""
    known = "、".join(standards())
    lines = [f"采用的标准，可选：{known}", "内容见 xqctl explain 优质均衡2017；since 写采用的日期"]
    said = [f"  # {each}\n" for each in lines]
    if not wanted.standards:
        return "".join(said) + "  # adopts:\n  #   优质均衡2017: {since: 2025-09}"
    return "".join(said) + "  adopts:\n" + "\n".join(f"    {each}: {{}}" for each in wanted.standards)
