"""The HTML page: well-formed, sealed, every name escaped, and laid out for reading aloud and for paper.

What only a browser can tell stands in `test_browser`.
"""

import base64
import hashlib
import re
import shlex
import shutil
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import Command
from test_cases import ABOUT, HERE
from test_render import NASTY, full_page, written

from xqctl.page import (
    Amount,
    Chart,
    Code,
    Column,
    Findings,
    Fold,
    Heading,
    Limit,
    Page,
    Paragraph,
    Part,
    Run,
    Table,
    Tone,
    line,
)
from xqctl.render.html.links import Anchors, address
from xqctl.render.html.pictures import cleaned
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


ANCHORS = Anchors(
    (Part("总 览", "总览", (Fold(line("折"), (), "结论:甲"), Table((Column("名"),), (("甲",),), "", ("行",)))),)
)


@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("#结论:甲", "#%E7%BB%93%E8%AE%BA%3A%E7%94%B2"),
        ("#总 览", "#%E6%80%BB_%E8%A7%88"),
        ("#行", "#%E8%A1%8C"),
        ("#没有", ""),
        ("甲区.html", "%E7%94%B2%E5%8C%BA.html"),
        ("a.html#里 面", "a.html#%E9%87%8C_%E9%9D%A2"),
        ("../a.html", ""),
        ("/a.html", ""),
        ("\\\\host\\a.html", ""),
        ("c:a.html", ""),
        ("https://example.org/a.html", ""),
        ("//example.org/a.html", ""),
        ("javascript:alert(1)//.html", ""),
        (".hidden.html", ""),
        ("a b.html", ""),
        ("a\u202e.html", ""),
        ("a.html?x=1", ""),
        ("a.exe", ""),
        ("", ""),
    ],
)
def test_only_anchors_of_this_page_and_pages_beside_it_are_led_to(to: str, leads: str) -> None:
    assert address(to, ANCHORS.names) == leads


def test_an_anchor_is_one_elements_id() -> None:
    part = Part("一", "甲", (Table((Column("名"),), (("甲",), ("乙",)), "", ("x1", "一")),))
    outline = sound(written("html", Page("题", (part, part, Heading("丙", 2, "一")), {})))
    ids = [attrs["id"] for _, attrs, _ in outline.elements if "id" in attrs]
    assert [ids.count(each) for each in ("一", "x1")] == [1, 1]


def test_a_part_has_a_heading_and_stands_in_the_contents() -> None:
    inner = Part("里", "里面", (Heading("深", 2), Heading("深二", 2), Heading("更深", 3)))
    outline = sound(written("html", Page("题", (Heading("题"), Part("一", "甲", (inner,)), Part("二", "乙", ())), {})))
    found = [(tag, "".join(text)) for tag, _, text in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert found == [
        ("h1", "题"),
        ("h2", "甲"),
        ("h3", "里面"),
        ("h4", "深"),
        ("h4", "深二"),
        ("h5", "更深"),
        ("h2", "乙"),
    ]
    assert [unquote(attrs["href"] or "") for attrs in outline.attributes("a")[1:]] == ["#一", "#里", "#二"]


def test_numbers_say_what_they_sort_by_and_what_they_rest_on() -> None:
    cells = (
        Amount("31.3%", Decimal("0.3125"), "ratio"),
        Amount("1,234", Decimal(1234)),
        Amount("80万元", Decimal(800000), "money", basis="stated"),
        Amount("8..16", None),
        7,
    )
    table = Table((Column("数", "number"), Column("旁", "number", beside=True)), tuple((cell, 1) for cell in cells))
    page = written("html", Page("题", (table,), {}))
    outline = sound(page)
    assert [attrs.get("data-v") for attrs in outline.attributes("td")] == ["0.3125", None, "800000", None, None]
    assert [text[0] for text in outline.texts("sup")] == ["※"]
    assert page.count('<p class="key">') == 1
    assert "旁" not in outline.texts("th")


def test_a_drawing_keeps_its_shapes_and_nothing_else() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="30" height="20">'
        '<style>*{fill:red}</style><defs><marker id="a"><path d="M0 0"/></marker></defs>'
        '<g onload="alert(1)" style="fill:red"><path d="M1 1" marker-end="url(#a)" fill="var(--page, Canvas)"/>'
        '<use xlink:href="#a"/><use href="https://example.org/#a"/><text fill="url(http://example.org)">甲&lt;b&gt;</text>'
        '</g><foreignObject><p>乙</p></foreignObject><a href="javascript:alert(1)"><rect/></a></svg>'
    )
    drawn = cleaned(svg, "x7")
    assert drawn.box == "0 0 30 20"
    assert str(drawn.svg) == (
        '<g><defs><marker id="x7-a"><path d="M0 0"></path></marker></defs>'
        '<g><path d="M1 1" marker-end="url(#x7-a)" fill="var(--page, Canvas)"></path>'
        '<use href="#x7-a"></use><use></use><text>甲&lt;b&gt;</text></g></g>'
    )


def test_colours_of_charts_can_be_told_from_the_page() -> None:
    for root in re.findall(r":root \{[^}]+\}", CSS):
        theme = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", root))
        inks = [colour for name, colour in theme.items() if re.fullmatch(r"c\d|c-\w+", name)]
        assert len(inks) == 13
        assert min(_contrast(ink, theme["page"]) for ink in inks) >= 3
        assert (
            min(_contrast(theme[f"c-{tone}"], theme["on"]) for tone in ("good", "bad", "warn", "muted", "noted")) >= 4.5
        )
        assert min(_contrast(theme[f"c{number}"], theme["on"]) for number in range(1, 9)) >= 4.5


CHART = Table(
    (Column("校", "name"), Column("年"), Column("值", "number"), Column("止", "date")),
    (
        ("甲", "2015", Amount("1.5", Decimal("1.5"), "number"), "2016"),
        (NASTY, "2016-09", Amount("-2", Decimal(-2), "number", tone=Tone.BAD), None),
        ("甲", "2017-2018", Amount("数据不足"), "2018-07-01"),
    ),
)


@pytest.mark.parametrize("mark", ["bars", "stacked", "points", "steps", "spans"])
@pytest.mark.parametrize("series", [None, 0])
def test_every_chart_is_drawn_in_classes_of_the_style_sheet(mark: str, series: int | None) -> None:
    category, value, until = (1, 2, None) if mark == "steps" else (0, 1, 3) if mark == "spans" else (0, 2, None)
    limits = (Limit("下限 1", Decimal(1)), Limit(NASTY, Decimal("1.1"))) if mark not in ("spans", "stacked") else ()
    chart = Chart(NASTY, "说明", mark, CHART, category, value, series, until, limits)
    outline = sound(written("html", Page("题", (chart,), {})))
    used = {each for _, attrs in outline.shapes for each in (attrs.get("class") or "").split()}
    assert used
    assert all(f".{each} {{" in CSS for each in used)
    assert not [attrs for _, attrs in outline.shapes if {"fill", "stroke", "style"} & set(attrs)]
    (svg,) = [attrs for tag, attrs in outline.shapes if tag == "svg"]
    assert svg["role"] == "img"
    assert svg["aria-labelledby"] in [attrs.get("id") for attrs in outline.attributes("figcaption")]


@pytest.mark.parametrize("mark", ["bars", "stacked", "points", "steps", "spans"])
def test_a_chart_without_values_is_its_table(mark: str) -> None:
    table = Table(CHART.columns, (("甲", "", Amount("数据不足"), None),))
    outline = sound(written("html", Page("题", (Chart("图", "说明", mark, table, 0, 2, None, 3),), {})))
    assert not outline.shapes
    assert "数据不足" in outline.texts("td")


@pytest.mark.parametrize(
    "days", [("9999-12-31", None), ("1000", "1000-01-02"), ("2015-06-01", "2015-06-01"), (None, "1900")]
)
@pytest.mark.parametrize("value", ["0", "-3", "0.000000001", "9999999999999999"])
def test_charts_are_drawn_of_any_numbers_and_days(days: tuple[str | None, str | None], value: str) -> None:
    cell = Amount(value, Decimal(value), "money")
    table = Table((Column("名"), Column("值", "number"), Column("起"), Column("止")), (("甲", cell, *days),))
    charts = (
        Chart("条", "说明", "bars", table, 0, 1),
        Chart("点", "说明", "points", table, 0, 1),
        Chart("阶", "说明", "steps", table, 2, 1),
        Chart("段", "说明", "spans", table, 0, 2, None, 3),
    )
    drawn = [tag for tag, _ in sound(written("html", Page("题", charts, {}))).shapes]
    assert drawn.count("svg") == 4 - (days[0] is None)
