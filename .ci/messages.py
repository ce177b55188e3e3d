"""Keeps the Chinese of every message: merges what translators write, compiles it, and says what is missing.

.ci/messages.py [FRAGMENT.po …]   merge fragments into xqctl.po, drop what no code says any more, compile xqctl.mo
.ci/messages.py --check           fail when a message lacks its Chinese or the two files are not what they should be
"""

import ast
import json
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "xqctl" / "locale" / "zh" / "LC_MESSAGES"
PO, MO = HOME / "xqctl.po", HOME / "xqctl.mo"


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the code has it: its English, the names it fills in, and where it stands."""

    text: str | None
    names: frozenset[str]
    file: str
    line: int


class Chinese(Catalog):
    """A catalogue whose header holds no date: the same messages give the same bytes."""

    def __init__(self) -> None:
        about = "# The Chinese of what xqctl says; .ci/messages.py sorts and compiles it."
        super().__init__(locale="zh", fuzzy=False, header_comment=about)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What a reader needs to know, and no more."""
        return [("Language", "zh"), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Transfer-Encoding", "8bit")]  # fmt: skip


def said() -> list[Said]:
    """Every message of xqctl: the literals of `msg`, and what schemas say in `x-message`."""
    found = []
    for path in sorted((ROOT / "xqctl").rglob("*.py")):
        found += _in_code(ast.parse(path.read_text(encoding="utf-8")), path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "schemas").rglob("*.json")):
        file = path.relative_to(ROOT).as_posix()
        words = _in_schema(json.loads(path.read_text(encoding="utf-8")))
        found += [Said(text, frozenset(), file, 0) for text in sorted(set(words))]
    return found


def _in_code(tree: ast.Module, file: str) -> Iterator[Said]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        if name == "msg":
            literal = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            names = frozenset(keyword.arg or "**" for keyword in node.keywords)
            yield Said(literal if isinstance(literal, str) else None, names, file, node.lineno)


def _in_schema(node: object) -> Iterator[str]:
    match node:
        case dict():
            for key, value in node.items():
                if key == "x-message" and isinstance(value, str):
                    yield value
                else:
                    yield from _in_schema(value)
        case list():
            for value in node:
                yield from _in_schema(value)


def names_in(text: str) -> frozenset[str]:
    """The `{names}` a text holds; one that is no format at all raises ValueError."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def faults() -> Iterator[str]:
    """Everything that is wrong with messages and their Chinese, one line each."""
    messages = said()
    yield from _misspelt(messages)
    if not PO.is_file():
        yield f"{PO.relative_to(ROOT)} is missing"
        return
    catalogue = _read(PO)
    texts = {each.text: each for each in messages if each.text is not None}
    for text, each in texts.items():
        entry = catalogue.get(text)
        if entry is None or not entry.string:
            yield f"{each.file}:{each.line}: no Chinese for {text!r}"
        elif entry.fuzzy:
            yield f"{each.file}:{each.line}: unsure Chinese for {text!r}"
        elif each.names and names_in(text) != names_in(entry.string):
            yield f"{each.file}:{each.line}: {text!r} and {entry.string!r} fill in different names"
    for entry in catalogue:
        if entry.id and entry.id not in texts:
            yield f"{PO.relative_to(ROOT)}: no code says {entry.id!r}"
    yield from (f"{PO.relative_to(ROOT)}: {entry!r} is given up" for entry in catalogue.obsolete)
    if not MO.is_file() or _pairs(_read_mo()) != _pairs(catalogue):
        yield f"{MO.relative_to(ROOT)} is not what {PO.name} says; run .ci/messages.py"


def _misspelt(messages: list[Said]) -> Iterator[str]:
    for each in messages:
        place = f"{each.file}:{each.line}"
        if each.text is None:
            yield f"{place}: a message has to be a literal"
            continue
        try:
            names = names_in(each.text) if each.names else frozenset()
        except ValueError as error:
            yield f"{place}: {each.text!r} cannot be filled in: {error}"
            continue
        if "**" not in each.names and names != each.names:
            yield f"{place}: {each.text!r} holds {sorted(names)} and is given {sorted(each.names)}"
        if each.text.endswith((".", "。")):
            yield f"{place}: {each.text!r} ends in a full stop"


def merge(fragments: list[Path]) -> None:
    """Writes both files anew: what is said now, with the newest Chinese there is for it."""
    known: dict[str, str] = {}
    for path in (PO, *fragments):
        if path.is_file():
            known |= {entry.id: entry.string for entry in _read(path) if entry.id and entry.string and not entry.fuzzy}
    files: dict[str, set[str]] = {}
    for each in said():
        if each.text is not None:
            files.setdefault(each.text, set()).add(each.file)
    catalogue = Chinese()
    for text in sorted(files):
        catalogue.add(text, known.get(text, ""), locations=[(file, 0) for file in sorted(files[text])])
    HOME.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        write_po(stream, catalogue, width=0, include_lineno=False, sort_output=True)
    with MO.open("wb") as stream:
        write_mo(stream, catalogue)


def _read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale="zh", charset="utf-8")


def _read_mo() -> Catalog:
    with MO.open("rb") as stream:
        return read_mo(stream)


def _pairs(catalogue: Catalog) -> dict[object, object]:
    return {entry.id: entry.string for entry in catalogue if entry.id and entry.string}


def main() -> int:
    """Runs the script."""
    check, paths = "--check" in sys.argv[1:], [Path(arg) for arg in sys.argv[1:] if not arg.startswith("-")]
    if not check:
        merge(paths)
    lines = list(faults())
    print(*lines, sep="\n", end="\n" if lines else "")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
