"""Every rule keeps what its page says: it is complete, its Wrong is found, its Right is not."""

import re
from pathlib import Path

import pytest
import snippets

from xqctl.findings import Severity
from xqctl.rules import Leaf, catalogue

LEAVES = list(catalogue().values())
every_rule = pytest.mark.parametrize("leaf", LEAVES, ids=[f"{leaf.code}-{leaf.slug}" for leaf in LEAVES])
HAN = re.compile("[\u4e00-\u9fff]")


@every_rule
def test_a_page_is_complete(leaf: Leaf) -> None:
    page = leaf.page
    assert HAN.search(page.zh), "line 1 is the Chinese summary"
    assert re.search("[A-Za-z] [a-z]", page.en), "line 2 is the English summary"
    assert [title for title, _ in page.sections] == ["Why", "Wrong", "Right", "Mend"]
    for title in ("Why", "Mend"):
        paragraphs = [part for part in re.split(r"\n\s*\n", page.section(title)) if part.strip()]
        assert len(paragraphs) == 2, f"{title}: one Chinese paragraph, then one English"
        assert HAN.search(page.prose(title, "zh"))
        assert re.search("[a-z]{2} [a-z]{2}", page.prose(title, "en"))
    for title in ("Wrong", "Right"):
        assert page.section(title).strip(), title


@every_rule
def test_what_a_page_calls_wrong_is_found(leaf: Leaf, tmp_path: Path) -> None:
    found = _found(leaf.page.section("Wrong"), tmp_path)
    lines = [snippets.told(each) for each in found]
    assert leaf.code in {each.code for each in found}, lines
    others = [each for each in found if each.code != leaf.code and each.severity is not Severity.INFO]
    assert not others, lines


@every_rule
def test_what_a_page_calls_right_is_not(leaf: Leaf, tmp_path: Path) -> None:
    found = _found(leaf.page.section("Right"), tmp_path)
    bad = [each for each in found if each.code == leaf.code or each.severity is Severity.ERROR]
    assert not bad, [snippets.told(each) for each in bad]


def _found(text: str, folder: Path) -> tuple[snippets.Finding, ...]:
    parts = snippets.snippet((text + "\n").encode())
    return snippets.found(parts, snippets.write(parts, folder))
