"""The HTML page: well-formed, sealed, every name escaped, and laid out for reading aloud and for paper.

What only a browser can tell stands in `test_browser`.
"""

import base64
import hashlib
import re
import shlex
import shutil
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import Command
from test_cases import ABOUT, HERE
from test_render import NASTY, full_page, written

from xqctl.page import Code, Column, Findings, Heading, Page, Paragraph, Run, Table, Tone, line
from xqctl.screen import visible

VOID = {"meta", "br"}
ALLOWED = {
    "html", "head", "meta", "title", "style", "script", "body", "a", "nav", "main", "section", "h1", "h2", "h3", "h4",
    "h5", "h6", "p", "br", "ul", "li", "dl", "div", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "pre", "code", "strong", "span", "sup", "mark", "details", "summary", "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "role", "aria-label",
    "aria-labelledby", "aria-describedby", "aria-hidden", "tabindex", "href", "open", "data-words", "data-v", "data-k",
}  # fmt: skip
SHAPES = {
    "svg", "g", "path", "line", "polyline", "polygon", "rect", "circle", "ellipse", "text", "tspan", "title", "desc",
    "defs", "marker", "clippath", "pattern", "symbol", "use", "lineargradient", "radialgradient", "stop",
}  # fmt: skip
LONG = "甲" * 200
TEMPLATES = Path(__file__).parent.parent / "xqctl" / "render" / "templates"
CSS, SCRIPT = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
CALLS = [
    (name, call)
    for name in sorted(path.parent.name for path in HERE.glob("*/cmd"))
    for call in (HERE / name / "cmd").read_text(encoding="utf-8").splitlines()
    if call.split()[:1] and call.split()[0] in ("validate", "check", "diff", "compare", "explain")
]


class Outline(HTMLParser):
    """What is on a page: each element with its attributes, and the text in it; elements must close as they opened."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[int] = []
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.declared: list[str] = []
        self.drawn = 0
        self.shapes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_decl(self, decl: str) -> None:
        self.declared.append(decl)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        if self.drawn or tag == "svg":
            assert tag in SHAPES
            assert not [name for name, _ in attrs if name == "style" or name.startswith("on")]
            self.drawn += 1
            self.shapes.append((tag, dict(attrs)))
            return
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        if self.drawn:
            self.drawn -= 1
        else:
            assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        assert self.open or not data.strip()
        if self.drawn:
            return
        for number in self.open:
            self.elements[number][2].append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def texts(self, *tags: str) -> list[str]:
        return ["".join(text) for tag, _, text in self.elements if tag in tags]

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for each, attrs, _ in self.elements if each == tag]


def sound(page: str) -> Outline:
    """The page's outline, after everything that holds of every page."""
    outline = Outline(page)
    assert outline.declared == ["DOCTYPE html"]
    assert {tag for tag, _, _ in outline.elements} <= ALLOWED
    assert {name for _, attrs, _ in outline.elements for name in attrs} <= ATTRIBUTES
    levels = [int(tag[1]) for tag, _, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    every = [attrs for _, attrs, _ in outline.elements] + [attrs for _, attrs in outline.shapes]
    ids = [attrs["id"] for attrs in every if "id" in attrs]
    assert len(set(ids)) == len(ids)
    assert all(ids)
    assert {attrs["aria-labelledby"] for attrs in every if "aria-labelledby" in attrs} <= set(ids)
    assert {attrs["aria-describedby"] for attrs in every if "aria-describedby" in attrs} <= set(ids)
    for link in outline.attributes("a"):
        beside = re.fullmatch(r"(?:[\w.%~-]+\.html)?(#.+)?", link["href"] or "")
        assert beside, link
        assert "html" in link["href"] or unquote(link["href"][1:]) in ids
    (script,) = outline.texts("script")
    assert script == SCRIPT
    assert all(text.strip() for text in outline.texts("caption", "th", "title", "h1", "h2", "h3", "h4"))
    assert len(set(outline.texts("caption"))) == len(outline.texts("caption")) or len(set(levels)) > 1
    assert all(attrs["scope"] in ("col", "row") for attrs in outline.attributes("th"))
    return outline


@pytest.mark.parametrize("text", ["甲", NASTY, LONG, "{{ 7 * 7 }}{% raw %}", "</title></style></pre>&lt;", "]]>"])
def test_every_block_is_there_and_text_stays_text(text: str) -> None:
    outline = sound(written("html", full_page(text)))
    shown = visible(text)
    assert outline.texts("title", "h1", "dt") == [shown] * 3
    assert shown.replace("`", "") in outline.texts("li")[0].replace("`", "")
    assert outline.texts("pre")[0] == f"{shown}\n\t甲"
    assert outline.texts("mark") == ["甲乙"]
    assert outline.texts("td", "th")[:2] == [shown, "数"]
    assert outline.texts("td", "th")[2:] == [shown, "1,234", shown, ""]


def test_what_cannot_be_seen_is_written_out() -> None:
    page = written("html", full_page(NASTY))
    assert not set("\x1b\u202e\u200b\ud800") & set(page)
    assert "&lt;U+202E&gt;" in page
    assert page.count("<script") == 1


def test_the_policy_allows_the_style_sheet_and_the_script_and_nothing_else() -> None:
    outline = sound(written("html", full_page("甲")))
    (policy,) = [attrs["content"] for attrs in outline.attributes("meta") if "http-equiv" in attrs]
    (style,) = outline.texts("style")
    of_style, of_script = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (CSS, SCRIPT))
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{of_style}'; script-src 'sha256-{of_script}'; "
        "img-src 'none'; base-uri 'none'; form-action 'none'"
    )
    assert style == CSS
    assert not re.search(r"url\(|@import|@font-face|</|//", CSS)
    assert not re.search(r"</|<!--|https?:|eval|innerHTML|fetch|XMLHttp|import|Function\(|storage|cookie", SCRIPT)


def test_the_page_says_its_language() -> None:
    assert sound(written("html", full_page("甲"))).attributes("html") == [{"lang": "zh-CN"}]


def test_a_screen_changes_nothing() -> None:
    assert written("html", full_page("甲"), color=True, columns=40) == written("html", full_page("甲"))


def test_headings_go_down_one_step_at_a_time() -> None:
    page = Page("题", (Heading("一", 3), Heading("二", 1), Heading("三", 6), Heading("四", 1)), {})
    outline = sound(written("html", page))
    found = [(tag, "".join(text)) for tag, _, text in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert found == [("h1", "题"), ("h2", "一"), ("h2", "二"), ("h3", "三"), ("h2", "四")]


def test_tables_are_called_after_their_heading() -> None:
    table = Table((Column(""), Column("数", "number")), (("甲", 1), ("", 2)))
    outline = sound(written("html", Page("题", (table, Heading("一", 2), table, table), {})))
    assert outline.texts("caption") == ["题", "一", "一 2"]
    assert [attrs["tabindex"] for _, attrs, _ in outline.elements if attrs.get("role") == "group"] == ["0"] * 3
    assert [attrs["scope"] for attrs in outline.attributes("th")[:2]] == ["col", "row"]


def test_tone_is_a_word_and_a_class() -> None:
    tones = [Tone.GOOD, Tone.WARN, Tone.BAD, Tone.MUTED]
    outline = sound(written("html", Page("题", (Paragraph(line(*(Run("词", tone) for tone in tones))),), {})))
    assert [attrs["class"] for attrs in outline.attributes("span")] == ["good", "warn", "bad", "muted"]


def test_nothing_is_a_page_as_well() -> None:
    blocks = (Findings(()), Table((Column("数", "number"),), ()), Code("\n  甲"))
    assert sound(written("html", Page("空", blocks, {}))).texts("pre") == ["\n  甲"]


def _contrast(one: str, other: str) -> float:
    """Source: Web Content Accessibility Guidelines 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_read_in_light_dark_and_on_paper() -> None:
    themes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", root)) for root in re.findall(r":root \{[^}]+\}", CSS)]
    assert len(themes) == 3
    for theme in themes:
        for name in ("text", "muted", "name", "good", "warn", "bad"):
            assert min(_contrast(theme[name], theme[ground]) for ground in ("page", "soft")) >= 4.5, (name, theme)


@pytest.mark.parametrize(("name", "call"), CALLS, ids=[f"{name}:{call}" for name, call in CALLS])
def test_every_case_is_a_sound_page(name: str, call: str, tmp_path: Path, xqctl_inside: Command) -> None:
    work = tmp_path / name
    shutil.copytree(HERE / name, work, symlinks=True, ignore=shutil.ignore_patterns(*ABOUT))
    words = re.sub(r"--format[ =]\S+", "", call)
    stdin = (HERE / name / "stdin").read_bytes() if (HERE / name / "stdin").is_file() else b""
    plain = xqctl_inside(*shlex.split(words), "--format", "plain", cwd=work, stdin=stdin)
    done = xqctl_inside(*shlex.split(words), "--format", "html", cwd=work, stdin=stdin)
    assert done.code == plain.code
    if done.out:
        sound(done.out)
