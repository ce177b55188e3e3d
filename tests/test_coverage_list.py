"""The list of facts against the examples: what COVERAGE.md says is tagged is tagged there, and nothing else is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

EXAMPLES = Path(__file__).parent.parent / "examples"
LIST = EXAMPLES / "COVERAGE.md"
FACTS = tuple(
    f"S{source}-{number:02}" for source, facts in enumerate((41, 35, 47, 21, 42)) for number in range(1, facts + 1)
)

FACT = re.compile(r"S[0-9]+-[0-9]+")
RANGE = re.compile(r"S[0-9]+-[0-9]+\s*(?:\.\.|…|[-—–~～至到])\s*(?:S[0-9]+-)?[0-9]+")
COMMENT = re.compile(r"(?:^|\s)#(.*)$")
ROW = re.compile(r"\| (S[0-9]-[0-9]{2}) \| (.*?) \|(.*)\|")
NOT_DECLARED = "not declared: "

Tags = dict[str, list[str]]


def paths(text: str) -> dict[int, str]:
    """The path of what begins on each line, its first key's or that of the list its item is in; lines from 0."""
    found: dict[int, str] = {}

    def walk(node: yaml.Node, above: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                here = f"{above}.{key.value}" if above else key.value
                found.setdefault(key.start_mark.line, here)
                walk(value, here)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                found.setdefault(item.start_mark.line, above)

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is not None:
        walk(root, "")
    return found


def tags(file: Path) -> Iterator[tuple[str, str]]:
    """Every tag in a file, and its place: what its line says or, of a line of comment, the next with a key."""
    text = file.read_text(encoding="utf-8")
    places = paths(text)
    name = file.relative_to(EXAMPLES.parent).as_posix()
    for number, line in enumerate(text.splitlines()):
        comment = COMMENT.search(line)
        facts = FACT.findall(comment[1]) if comment else []
        if facts:
            above = line.lstrip().startswith("#")
            lines = [key for key in places if (key > number if above else key <= number)]
            assert lines, f"{name}:{number + 1}: {facts} tag nothing"
            place = places[min(lines) if above else max(lines)]
            yield from ((fact, f"{name} {place}") for fact in facts)


@pytest.fixture(scope="module")
def tagged() -> Tags:
    """What the examples' comments say: each fact's places, in the order of the files."""
    found: Tags = {}
    for file in sorted(EXAMPLES.rglob("*.yaml")):
        for fact, place in tags(file):
            places = found.setdefault(fact, [])
            if place not in places:
                places.append(place)
    return found


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    """What the list says: each fact's place, places or reason."""
    return {row[1]: row[2] for row in ROW.finditer(LIST.read_text(encoding="utf-8"))}


def test_the_list_has_every_fact_once_and_in_order() -> None:
    rows = [line for line in LIST.read_text(encoding="utf-8").splitlines() if FACT.search(line)]
    assert tuple(row[1] for line in rows if (row := ROW.fullmatch(line))) == FACTS
    assert len(rows) == len(FACTS), "a fact's number stands outside its own row"


def test_each_tag_is_listed_and_each_listed_place_is_tagged(listed: dict[str, str], tagged: Tags) -> None:
    said = {fact: place for fact, place in listed.items() if not place.startswith(NOT_DECLARED)}
    assert {fact: place.split("<br>") for fact, place in said.items()} == tagged


def test_what_is_not_declared_has_a_reason(listed: dict[str, str]) -> None:
    unsaid = [fact for fact, place in listed.items() if not place.removeprefix(NOT_DECLARED).strip()]
    assert unsaid == []


def test_facts_are_never_tagged_as_a_range() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (LIST, *EXAMPLES.rglob("*.yaml"))}
    assert {path.name: found for path, text in texts.items() if (found := RANGE.findall(text))} == {}


def test_the_invented_district_claims_no_fact(tagged: Tags) -> None:
    assert [place for places in tagged.values() for place in places if place.startswith("examples/demo/")] == []
