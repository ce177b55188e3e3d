"""Seeded mistakes: each gives exactly one finding, of its code, at its place, in both languages."""

import contextlib
import json
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
import snippets
from conftest import Command
from snippets import Finding, Snippet

from xqctl.messages import LANGS, Lang, say
from xqctl.rules import catalogue

HERE = Path(__file__).parent / "mistakes"
FILES = sorted((path for path in HERE.glob("XQ*") if path.suffix in (".yaml", ".txt")), key=lambda path: path.stem)
UPDATE = bool(os.environ.get("XQCTL_UPDATE"))


@dataclass(frozen=True, slots=True)
class Mistake:
    """A file of the corpus, the folder its district stands in, and everything that was found."""

    name: str
    parts: Snippet
    around: Path
    found: tuple[Finding, ...]

    @property
    def call(self) -> tuple[str, ...]:
        """The options it is looked at with."""
        args = self.parts.args
        return args if "--today" in args else (*args, "--today", snippets.TODAY.isoformat())


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mistake]:
    """Every mistake, looked at once; those of one call stand side by side."""
    root = tmp_path_factory.mktemp("mistakes")
    return {path.stem: _looked_at(path, root) for path in FILES}


def _looked_at(path: Path, root: Path) -> Mistake:
    parts = snippets.snippet(path.read_bytes(), escaped=path.suffix == ".txt")
    around = root / "_".join(("call", *parts.args, *map(str, parts.limits.items())))
    snippets.write(parts, around / path.stem)
    with contextlib.chdir(around):
        return Mistake(path.stem, parts, around, snippets.found(parts, Path(path.stem)))


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_a_mistake_is_found_once_and_at_its_place(mistakes: dict[str, Mistake], name: str) -> None:
    mistake = mistakes[name]
    lines = [snippets.told(each) for each in mistake.found]
    assert [each.code for each in mistake.found] == [name.partition("-")[0]], lines
    marked, place = mistake.parts.marked, mistake.found[0].place
    assert marked is not None, "« and » have to stand before and behind the offending text"
    assert Path(place.file) == Path(mistake.name, marked.file), lines
    assert _shown(place) == _shown(marked), f"marked {_shown(marked)}, found {lines}"


@pytest.mark.parametrize("lang", LANGS)
def test_messages_read_as_they_did(mistakes: dict[str, Mistake], lang: Lang) -> None:
    golden = HERE / f"messages.{lang}.txt"
    lines = [f"{name}: {say(each.message, lang)}\n" for name, it in mistakes.items() for each in it.found]
    if UPDATE:
        golden.write_text("".join(lines), encoding="utf-8")
    assert golden.read_text(encoding="utf-8").splitlines(keepends=True) == lines, "XQCTL_UPDATE=1 writes them anew"


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_says_the_same(mistakes: dict[str, Mistake], lang: Lang, xqctl_inside: Command) -> None:
    side_by_side: dict[Path, list[Mistake]] = defaultdict(list)
    for mistake in mistakes.values():
        if not mistake.parts.limits:
            side_by_side[mistake.around].append(mistake)
    for around, batch in side_by_side.items():
        run = xqctl_inside("validate", "--format", "json", "--lang", lang, *batch[0].call, ".", cwd=around)
        assert run.code in (0, 1), run.err
        told = [each for each in json.loads(run.out)["findings"] if each["suppressed"] is None]
        expected = [_in_json(each, lang) for mistake in batch for each in mistake.found]
        assert [{key: each[key] for key in expected[0]} for each in told] == expected


def _in_json(each: Finding, lang: Lang) -> dict[str, object]:
    """What the command's JSON has to say of a finding."""
    place = each.place
    return {
        "code": each.code,
        "district": each.district,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "message": say(each.message, lang),
        "help": say(each.help, lang) if each.help else None,
    }


def test_every_rule_has_a_mistake() -> None:
    seeded = {path.stem.partition("-")[0] for path in FILES}
    assert seeded <= set(catalogue()), "codes that are no rule's"
    assert set(catalogue()) <= seeded, "rules without a seeded mistake"


def test_there_are_many() -> None:
    assert len(FILES) >= 120


def _shown(place: snippets.Span) -> tuple[int, int, int, int]:
    return place.line, place.column, place.end_line, place.end_column
