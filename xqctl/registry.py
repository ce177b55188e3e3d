"""Knows how leaves are found: a module in a folder is there because it is there, and its docstring is its page."""

import importlib
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from xqctl.findings import Severity
from xqctl.messages import Lang

_SECTION = re.compile(r"^([A-Z][a-z]+):$", re.MULTILINE)
# Where a line of Chinese ends, nothing is meant to stand between its last sign and the next.
_CHINESE_BREAK = re.compile("(?<=[，。；：、！？（）“”])\\s*\n\\s*|(?<=[\u3000-\u9fff])\\s*\n\\s*(?=[\u3000-\u9fff])")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's code (``XQ`` + family letter + three digits) and the severity it declares."""

    code: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Page:
    """A leaf's docstring taken apart: one line in each language, then sections by their English heading."""

    zh: str
    en: str
    sections: tuple[tuple[str, str], ...]

    def summary(self, lang: Lang) -> str:
        """The first line in `lang`."""
        return self.zh if lang == "zh" else self.en

    def section(self, title: str) -> str:
        """A section's text as it is written (YAML, a formula); empty where there is none."""
        return dict(self.sections).get(title, "")

    def prose(self, title: str, lang: Lang) -> str:
        """A section's paragraph in `lang`: the Chinese one stands first, the English one second."""
        parts = re.split(r"\n\s*\n", self.section(title))
        paragraphs = [" ".join(_CHINESE_BREAK.sub("", part).split()) for part in parts if part.strip()]
        if not paragraphs:
            return ""
        return paragraphs[0] if lang == "zh" else paragraphs[-1]


def leaves(package: str) -> tuple[str, ...]:
    """The names of the modules that stand in `package`'s folder, sorted; none is imported."""
    folder = importlib.import_module(package).__path__
    return tuple(sorted(m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_")))


def modules(package: str) -> Iterator[ModuleType]:
    """The same leaves, imported."""
    for name in leaves(package):
        yield importlib.import_module(f"{package}.{name}")


@cache
def page(docstring: str) -> Page:
    """Takes a leaf's docstring apart; text of another shape gives empty parts, which a test of the house finds."""
    first, _, body = docstring.partition("\n")
    head, *rest = _SECTION.split(first + "\n" + textwrap.dedent(body))
    lines = [line.strip() for line in head.strip().splitlines() if line.strip()]
    bodies = zip(rest[::2], rest[1::2], strict=True)
    return Page(
        zh=lines[0] if lines else "",
        en=lines[1] if len(lines) > 1 else "",
        sections=tuple((title, textwrap.dedent(body.strip("\n")).rstrip()) for title, body in bodies),
    )
