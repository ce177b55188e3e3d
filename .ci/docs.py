"""Writes what docs/ mirrors from source: rules, kinds, metrics, commands, and a picture.

.ci/docs.py            write them anew
.ci/docs.py --check    fail when a page is not what the source says
"""

import importlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from xqctl import registry
from xqctl.commands._codes import FAMILIES
from xqctl.commands._kinds import kind_page
from xqctl.messages import LANGS, Message, say
from xqctl.page import SEVERITIES
from xqctl.registry import Page
from xqctl.render import View, format_called
from xqctl.rules import Leaf, catalogue
from xqctl.schema import KINDS, schema

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MADE = ("rules", "kinds", "metrics", "pictures", "commands.md")
"""What in docs/ is written here and nowhere else."""


def pages() -> Iterator[tuple[str, str]]:
    """Every generated page: its path in docs/, and its text."""
    yield "rules/index.md", _rules()
    for leaf in catalogue().values():
        yield f"rules/{leaf.code}-{leaf.slug}.md", _rule(leaf)
    yield "kinds/index.md", _kinds()
    for kind in KINDS:
        yield f"kinds/{kind}.md", _kind(kind)
    metrics = {name: _docstring(f"xqctl.metrics.{name}") for name in _leaves("xqctl.metrics")}
    if metrics:
        yield "metrics/index.md", _metrics(metrics)
        for name, page in metrics.items():
            yield f"metrics/{name}.md", _metric(name, page)
    yield "commands.md", _commands()
    yield (
        "pictures/group.svg",
        _printed("zh", "graph", "examples/demo", "--unit", "望星小学教育集团", "--format", "svg"),
    )


def _rules() -> str:
    lines = [_from("xqctl/rules"), "# 规则 · Rules", ""]
    for family, name in FAMILIES.items():
        leaves = [leaf for code, leaf in catalogue().items() if code[2] == family]
        if leaves:
            lines += [
                f"## {family} {_both(name)}",
                "",
                "| 代码 code | 程度 severity | 说明 | meaning |",
                "| --- | --- | --- | --- |",
            ]
            for leaf in leaves:
                link = f"[{leaf.code}]({leaf.code}-{leaf.slug}.md) {leaf.slug}"
                lines.append(f"| {link} | {_both(SEVERITIES[leaf.severity].words)} | {leaf.page.zh} | {leaf.page.en} |")
            lines.append("")
    return "\n".join(lines)


def _rule(leaf: Leaf) -> str:
    page, module = leaf.page, leaf.slug.replace("-", "_")
    return "\n\n".join(
        (
            _from(f"xqctl/rules/{module}.py").strip(),
            f"# {leaf.code} {leaf.slug}",
            f"**{_both(SEVERITIES[leaf.severity].words)}** · {page.zh} · {page.en}",
            "## 为什么 · Why",
            *(page.prose("Why", lang) for lang in LANGS),
            "## 错误写法 · Wrong",
            _fenced(page.section("Wrong")),
            "## 正确写法 · Right",
            _fenced(page.section("Right")),
            "## 怎么改 · How to mend",
            *(page.prose("Mend", lang) for lang in LANGS),
        )
    )


def _kinds() -> str:
    lines = [_from("schemas"), "# 类别 · Kinds", "", "| 类别 kind | 名称 | 说明 · meaning |", "| --- | --- | --- |"]
    lines += [f"| [{kind}]({kind}.md) | {schema(kind)['title']} | {schema(kind)['description']} |" for kind in KINDS]
    return "\n".join(lines)


def _kind(kind: str) -> str:
    """What `xqctl explain KIND --format markdown` shows, in both languages."""
    form, parts = format_called("markdown"), [_from(f"schemas/{kind}.schema.json").strip()]
    for lang in LANGS:
        stream = io.StringIO()
        form.write(kind_page(kind, lang), stream, View(lang))
        parts.append(stream.getvalue().strip())
    return "\n\n".join(parts)


def _metrics(metrics: dict[str, Page]) -> str:
    lines = [_from("xqctl/metrics"), "# 指标 · Metrics", "", "| 指标 metric | 说明 | meaning |", "| --- | --- | --- |"]
    lines += [f"| [{name}]({name}.md) | {page.zh} | {page.en} |" for name, page in metrics.items()]
    return "\n".join(lines)


def _metric(name: str, page: Page) -> str:
    parts = [_from(f"xqctl/metrics/{name}.py").strip(), f"# {name}", f"{page.zh} · {page.en}"]
    for title, zh in (("Formula", "公式"), ("Inputs", "数据"), ("Source", "依据")):
        parts += [f"## {zh} · {title}", *(page.prose(title, lang) for lang in LANGS)]
    return "\n\n".join(parts)


def _commands() -> str:
    parts = [
        _from("xqctl/commands").strip(),
        "# 命令 · Commands",
        _fenced(_help("zh"), "text"),
        _fenced(_help("en"), "text"),
    ]
    for verb in _verbs("xqctl.commands"):
        parts += [f"{'#' * (1 + len(verb))} xqctl {' '.join(verb)}"]
        parts += [_fenced(_help(lang, *verb), "text") for lang in LANGS]
    return "\n\n".join(parts)


def _verbs(package: str) -> Iterator[tuple[str, ...]]:
    """Every verb, followed by the verbs it has."""
    for leaf in _leaves(package):
        verb = leaf.replace("_", "-")
        yield (verb,)
        if (ROOT / package.replace(".", "/") / leaf).is_dir():
            yield from ((verb, *inner) for inner in _verbs(f"{package}.{leaf}"))


def _help(lang: str, *verb: str) -> str:
    return _printed(lang, *verb, "--help")


def _printed(lang: str, *words: str) -> str:
    """What a command prints in a checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("XQCTL_", "COLUMNS"))}
    call = [sys.executable, "-m", "xqctl", "--lang", lang, *words]
    done = subprocess.run(call, cwd=ROOT, env={**clean, "PYTHONUTF8": "1"}, capture_output=True, check=True)
    return done.stdout.decode()


def _docstring(module: str) -> Page:
    return registry.page(importlib.import_module(module).__doc__ or "")


def _leaves(package: str) -> tuple[str, ...]:
    return registry.leaves(package) if (ROOT / package.replace(".", "/")).is_dir() else ()


def _both(message: Message) -> str:
    zh, en = (say(message, lang) for lang in LANGS)
    return f"{zh} · {en}"


def _from(source: str) -> str:
    return f"<!-- .ci/docs.py writes this page from {source}; change it there. -->\n"


def _fenced(text: str, language: str = "yaml") -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def main() -> int:
    """Writes or compares the pages."""
    wanted = {DOCS / path: text.rstrip() + "\n" for path, text in pages()}
    there = {path for made in MADE for path in (*(DOCS / made).rglob("*.*"), DOCS / made) if path.is_file()}
    wrong = sorted(path for path in wanted.keys() | there if _read(path) != wanted.get(path))
    if "--check" in sys.argv[1:]:
        print(
            *(f"{path.relative_to(ROOT)} is not what the source says; run .ci/docs.py" for path in wrong),
            sep="\n",
            end="",
        )
        return int(bool(wrong))
    for path in wrong:
        if path not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    print(f"{len(wrong)} of {len(wanted)} pages written")
    return 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
