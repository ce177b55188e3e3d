"""Seeded mistakes: each gives exactly one finding, of its code, at its place, in both languages."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import snippets
from conftest import Command
from snippets import Finding, Snippet

from xqctl.messages import LANGS, Lang, say
from xqctl.rules import catalogue

HERE = Path(__file__).parent / "mistakes"
FILES = sorted(path for path in HERE.glob("XQ*") if path.suffix in (".yaml", ".txt"))
UPDATE = bool(os.environ.get("XQCTL_UPDATE"))


@dataclass(frozen=True, slots=True)
class Mistake:
    """A file of the corpus, and everything that was found in it."""

    name: str
    parts: Snippet
    found: tuple[Finding, ...]

    @property
    def code(self) -> str:
        """The code that its file is named after."""
        return self.name.partition("-")[0]


def _seeded(path: Path) -> Snippet:
    return snippets.snippet(path.read_bytes(), escaped=path.suffix == ".txt")


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mistake]:
    """Every mistake, looked at once."""
    folder = tmp_path_factory.mktemp("mistakes")
    seeded = {path.stem: _seeded(path) for path in FILES}
    return {
        name: Mistake(name, parts, snippets.found(parts, snippets.write(parts, folder / name)))
        for name, parts in seeded.items()
    }


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_a_mistake_is_found_once_and_at_its_place(mistakes: dict[str, Mistake], name: str) -> None:
    mistake = mistakes[name]
    lines = [snippets.told(each) for each in mistake.found]
    assert [each.code for each in mistake.found] == [mistake.code], lines
    marked, place = mistake.parts.marked, mistake.found[0].place
    assert marked is not None, "« and » have to stand before and behind the offending text"
    assert Path(place.file).name == marked.file, lines
    assert _shown(place) == _shown(marked), f"marked {_shown(marked)}, found {lines}"


@pytest.mark.parametrize("lang", LANGS)
def test_messages_read_as_they_did(mistakes: dict[str, Mistake], lang: Lang) -> None:
    golden = HERE / f"messages.{lang}.txt"
    lines = [f"{name}: {say(each.message, lang)}\n" for name, it in mistakes.items() for each in it.found]
    if UPDATE:
        golden.write_text("".join(lines), encoding="utf-8")
    assert golden.read_text(encoding="utf-8").splitlines(keepends=True) == lines, "XQCTL_UPDATE=1 writes them anew"


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_says_the_same(
    mistakes: dict[str, Mistake], lang: Lang, tmp_path: Path, xqctl_inside: Command
) -> None:
    told: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for args, batch in _batches(mistakes):
        for mistake in batch:
            snippets.write(mistake.parts, tmp_path / "_".join(args) / mistake.name)
        run = xqctl_inside("validate", "--format", "json", "--lang", lang, *args, ".", cwd=tmp_path / "_".join(args))
        assert run.code in (0, 1), run.err
        for each in json.loads(run.out)["findings"]:
            if each["suppressed"] is None:
                place = tuple(each[key] for key in ("line", "column", "end_line", "end_column"))
                told[each["district"]].append((each["code"], each["file"], *place, each["message"], each["help"]))
    expected = {
        name: [
            (
                each.code,
                f"{name}/{Path(each.place.file).name}",
                *_shown(each.place),
                say(each.message, lang),
                say(each.help, lang) if each.help else None,
            )
            for each in mistake.found
        ]
        for name, mistake in mistakes.items()
        if not mistake.parts.limits and mistake.found
    }
    assert dict(sorted(told.items())) == expected


def test_every_rule_has_a_mistake() -> None:
    seeded = {path.stem.partition("-")[0] for path in FILES}
    assert seeded <= set(catalogue()), "codes that are no rule's"
    assert set(catalogue()) <= seeded, "rules without a seeded mistake"


def test_there_are_many() -> None:
    assert len(FILES) >= 120


def _batches(mistakes: dict[str, Mistake]) -> Iterator[tuple[tuple[str, ...], list[Mistake]]]:
    """Mistakes that are looked at with the same call; one that needs its own limits is seen by the rules alone."""
    calls: dict[tuple[str, ...], list[Mistake]] = defaultdict(list)
    for mistake in mistakes.values():
        if not mistake.parts.limits:
            args = mistake.parts.args
            calls[args if "--today" in args else (*args, "--today", snippets.TODAY.isoformat())].append(mistake)
    yield from calls.items()


def _shown(place: snippets.Span) -> tuple[int, int, int, int]:
    return place.line, place.column, place.end_line, place.end_column
