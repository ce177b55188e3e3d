"""The HTML page in a real browser: nothing leaves it, nothing overflows, it sorts, filters, unfolds and prints.

One Chromium for all tests. Where there is none they are skipped; in continuous integration they fail.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright
from test_render import NASTY

from xqctl import page as p
from xqctl.messages import Lang
from xqctl.page import (
    Amount,
    Chart,
    Column,
    Facts,
    Fold,
    Heading,
    Limit,
    Listing,
    Paragraph,
    Part,
    Picture,
    Run,
    Table,
    Tile,
    Tiles,
    Tone,
    line,
)
from xqctl.render import View, format_called
from xqctl.screen import visible

ROOT = Path(__file__).parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (360, 1024, 1920)
LONG = "很长的学校名称" * 29
NAMES = ("安定小学", "北新桥小学", "城桥中学", "东四九条小学", "府学胡同小学", "广渠门中学", "和平里四小", "景山学校",
         "西中街小学", "育英学校", "中央工艺美院附中", '<script>alert("甲")</script>', "=HYPERLINK(1)", "a|b]]>",
         f"零{chr(0x200B)}宽{chr(0x202E)}反", LONG)  # fmt: skip

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="no chromium or google-chrome on PATH"
)


@dataclass
class Opened:
    """A page in the browser, and what must not happen in it."""

    page: Page
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "continuous integration has a browser"
    with sync_playwright() as playwright:
        with_browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield with_browser
        with_browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator["Opening"]:
    opening = Opening(browser)
    yield opening
    opening.close()


class Opening:
    """Opens files as a reader does, from the disk; at the end of a test nothing may have gone wrong in any."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._opened: list[Opened] = []

    def __call__(self, file: Path, width: int = 1280, *, dark: bool = False, script: bool = True) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        opened = Opened(context.new_page())
        self._contexts.append(context)
        self._opened.append(opened)

        def checked(route: Route) -> None:
            if route.request.url.split("#")[0] == file.as_uri():
                route.continue_()
            else:
                opened.wrong.append(f"request: {route.request.url}")
                route.abort()

        context.route("**/*", checked)
        opened.page.on("console", lambda message: opened.wrong.append(f"console: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.wrong.append(f"error: {error}"))
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))"
        )
        opened.page.goto(file.as_uri())
        return opened.page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        assert [wrong for opened in self._opened for wrong in opened.wrong] == []


def amount(value: str, measure: p.Measure = "index", tone: Tone = Tone.PLAIN, basis: str = "counted") -> Amount:
    return Amount(value, Decimal(value), measure, basis=basis, tone=tone)


def schools(count: int, columns: int = 3) -> Table:
    """A table of schools with numbers whose text does not sort like them, blanks among them."""
    titles = tuple(Column(f"第{number}项", "number") for number in range(1, columns))
    rows = tuple(
        (
            NAMES[number % len(NAMES)] + (str(number) if number >= len(NAMES) else ""),
            *(
                Amount(
                    f"{(number * 7919 + column * 31) % 1000 / 10:.0f}%",
                    Decimal((number * 7919 + column * 31) % 1000) / 1000,
                    "ratio",
                )
                if (number + column) % 9
                else None
                for column in range(1, columns)
            ),
            f"20{10 + number % 15}-0{1 + number % 9}" if number % 5 else None,
        )
        for number in range(count)
    )
    return Table(
        (Column("学校", "name"), *titles, Column("起始", "date")),
        rows,
        "schools",
        tuple(f"学校:{number}" for number in range(count)),
    )


def charts() -> tuple[Chart, ...]:
    """One of each mark, with names that are too long, values that are missing, and every tone."""
    cv = tuple(
        (name, amount(f"0.{20 + 7 * number}", tone=Tone.BAD if number > 5 else Tone.GOOD))
        for number, name in enumerate(NAMES[:8])
    )
    bars = Table(
        (Column("指标", "name"), Column("差异系数", "number")),
        (*cv, (LONG, Amount("数据不足")), (NAMES[11], amount("0.1"))),
    )
    states = (
        ("达标", Tone.GOOD),
        ("未达标", Tone.BAD),
        ("未到期", Tone.MUTED),
        ("数据不足", Tone.WARN),
        ("豁免", Tone.NOTED),
    )
    stacked = Table(
        (Column("标准"), Column("结论"), Column("项数", "number")),
        tuple((name, Run(*state), number + 3) for name in NAMES[:3] for number, state in enumerate(states)),
    )
    points = Table(
        (Column("学校", "name"), Column("学段"), Column("面积", "number")),
        tuple(
            (f"{number}校", "小学" if number % 2 else "初中", amount(f"{number * 37 % 90 / 10}", "area"))
            for number in range(200)
        ),
    )
    steps = Table(
        (Column("日期", "date"), Column("哪一条"), Column("数值", "number")),
        (
            ("2015", "目标", amount("0.3", "ratio")),
            ("2018-09", "目标", amount("0.5", "ratio")),
            ("2016-2017", "实际", amount("0.4", "ratio")),
        ),
    )
    spans = Table(
        (Column("任务", "name"), Column("状态"), Column("起", "date"), Column("止", "date")),
        (
            ("建立理事会", Run("完成", Tone.GOOD), "2014-03", "2014-09"),
            ("轮岗", Run("进行中", Tone.NOTED), "2014-09", None),
            (LONG, Run("逾期", Tone.BAD), None, "2016-06"),
        ),
    )
    limits = (Limit("上限 0.45", Decimal("0.45")), Limit("上限 0.50", Decimal("0.5")))
    return (
        Chart("差异系数", "各项指标的差异系数与上限。", "bars", bars, 0, 1, limits=limits),
        Chart("结论", "各标准的结论。", "stacked", stacked, 0, 2, 1),
        Chart("面积", "每个点是一所学校。", "points", points, 1, 2, limits=(Limit("下限", Decimal("4.5")),)),
        Chart("目标与实际", "目标和实际的变化。", "steps", steps, 0, 2, 1),
        Chart("时间表", "任务的起止。", "spans", spans, 0, 2, 1, 3),
    )


def drawing() -> Picture:
    return Picture("关系图", "甲校与乙校结对。", (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="300" viewBox="0 0 1500 300">'
        '<title>关系图</title><defs><clipPath id="x1"><rect width="9" height="9"/></clipPath></defs>'
        '<rect x="20" y="20" width="400" height="80" fill="var(--page, Canvas)" stroke="currentColor"/>'
        '<text x="40" y="60" fill="currentColor">甲校</text><script>alert(1)</script>'
        '<image href="https://example.org/a.png"/><rect fill="url(https://example.org/b)" onclick="alert(2)"/></svg>'
    ))  # fmt: skip


def report(table: Table) -> p.Page:
    """A report in small, with every block, and names that strangers chose."""
    account = Fold(
        line(Run("未达标", Tone.BAD), " 结对比例 28.3%，要求不低于 30%"),
        (
            Paragraph(
                line(
                    "计入 17 所：",
                    Run("甲校", to="#学校:3"),
                    "；",
                    Run("他区", to="甲区.html#总览"),
                    "；",
                    Run("外", to="https://example.org/"),
                    "；",
                    Run("表", to="../x.html"),
                )
            ),
            Fold(line("更里面"), (Listing(tuple(line(name) for name in NAMES)),), "结论:里"),
        ),
        "结论:结对",
    )
    summary = (
        Tiles(
            (
                Tile("达标", "31", Tone.GOOD, "#达标"),
                Tile("未达标", "6", Tone.BAD),
                Tile("数据不足", "9", Tone.WARN),
                Tile(LONG, LONG),
            )
        ),
        Paragraph(
            line(
                "共 ",
                Run("3", Tone.STRONG),
                " 项，见",
                Run("结对比例", to="#结论:结对"),
                "和",
                Run("里面", to="#结论:里"),
                "。",
            )
        ),
        Facts((("工具", line(Run("xqctl 0.3", Tone.NAME))), ("依据", line("https://example.org/政策")))),
    )
    stated = Table(
        (Column("目标"), Column("数值", "number")), (("结对比例", amount("0.283", basis="stated")), (NASTY, None))
    )
    return p.Page(
        "报告",
        (
            Heading("示范区教育改革报告"),
            Part("总览", "总览", summary),
            Part("达标", "达标情况", (stated, account)),
            Part("学校", "学校", (table,)),
            Part("图", "图表", (*charts(), drawing())),
        ),
        {},
    )


def written(page: p.Page, file: Path, lang: Lang = "zh") -> Path:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace", newline="\n")
    format_called("html").write(page, stream, View(lang))
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    file.write_bytes(stream.buffer.getvalue())
    return file


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(report(schools(40)), tmp_path_factory.mktemp("pages") / "小.html")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district's report, as the command writes it."""
    file = tmp_path_factory.mktemp("real") / "report.html"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "xqctl",
            "report",
            ROOT / "examples" / "chongming",
            "-o",
            file,
            "--lang",
            "zh",
        ],
        check=True,
        timeout=60,
    )
    return file


WIDER = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  if (!box.width || !box.height || each.closest("svg > *, .unseen, caption, .skip")) return false;
  const inside = each.closest(".box, pre");
  return box.right > innerWidth + 1 && (!inside || inside === each);
}).map((each) => each.outerHTML.slice(0, 200))"""
JUDGED = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.map((each) =>
  each.id + ": " + each.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + node.failureSummary).join(" | "))"""


@pytest.mark.parametrize("name", ["small", "real"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(
    opened: Opening, width: int, name: str, request: pytest.FixtureRequest
) -> None:
    page = opened(request.getfixturevalue(name), width)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDER) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [("small", 360), ("small", 1920), ("real", 1280)])
def test_axe_finds_nothing(opened: Opening, name: str, width: int, dark: bool, request: pytest.FixtureRequest) -> None:
    page = opened(request.getfixturevalue(name), width, dark=dark)
    if name == "small":
        unfold(page)
    page.evaluate(AXE)
    assert page.evaluate(JUDGED) == []


def unfold(page: Page) -> None:
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def column(table: Locator, index: int) -> list[str]:
    return table.evaluate(
        "(table, index) => [...table.tBodies[0].rows].map((row) => row.cells[index])"
        ".map((cell) => cell.dataset.v || cell.textContent)",
        index,
    )


def test_bounds_sort_by_their_numbers(opened: Opening, tmp_path: Path) -> None:
    told = ("≥ 100%", "≤ 0.45", "—", "20..25%", "= 3‰", "≥ 6", "1亿元")
    columns = (Column("目标", "name"), Column("界限", "number"))
    rows = tuple((f"目标{place}", Amount(bound)) for place, bound in enumerate((*told, "8..15", "≥ 9")))
    page = opened(written(p.Page("界限", (Table(columns, rows, "bounds"),), {}), tmp_path / "界限.html"))
    table = page.get_by_role("table").first
    table.get_by_role("button", name="界限").click()
    assert column(table, 1) == ["= 3‰", "20..25%", "≤ 0.45", "≥ 100%", "≥ 6", "8..15", "≥ 9", "1亿元", "—"]


def test_columns_sort_by_what_they_hold(opened: Opening, small: Path) -> None:
    page = opened(small)
    table = page.get_by_role("table", name="学校", exact=True)
    first = column(table, 0)
    table.get_by_role("button", name="第1项").click()
    head = table.get_by_role("columnheader", name="第1项")
    assert head.get_attribute("aria-sort") == "ascending"
    values = column(table, 1)
    known = [float(value) for value in values if value]
    assert known == sorted(known)
    assert values[len(known) :] == [""] * (len(values) - len(known)) != []
    table.get_by_role("button", name="第1项").click()
    assert head.get_attribute("aria-sort") == "descending"
    values = column(table, 1)
    assert [float(value) for value in values if value] == known[::-1]
    assert values[-1] == ""
    table.get_by_role("button", name="起始").click()
    dates = [value for value in column(table, 3) if value]
    assert dates == sorted(dates)
    assert head.get_attribute("aria-sort") is None
    table.get_by_role("button", name="学校").click()
    names = [name for name in column(table, 0) if name in NAMES[:11]]
    assert names == list(NAMES[:11])  # by their sounds: an, bei, cheng, dong, fu, guang, he, jing, xi, yu, zhong
    for _ in range(2):
        table.get_by_role("button", name="学校").click()
    assert column(table, 0) == first


def test_rows_are_filtered_and_counted(opened: Opening, small: Path) -> None:
    page = opened(small)
    table = page.get_by_role("table", name="学校", exact=True)
    tools = page.locator("section#学校 .tools")
    tools.get_by_role("searchbox").fill("桥 小学")
    assert column(table, 0) == ["北新桥小学", "北新桥小学17", "北新桥小学33"]
    assert "3" in tools.get_by_role("status").inner_text()
    assert "40" in tools.get_by_role("status").inner_text()
    tools.get_by_role("searchbox").fill("没有这样的")
    assert column(table, 0) == []
    assert tools.get_by_role("status").inner_text()
    page.evaluate("location.hash = '#学校:3'")
    assert len(column(table, 0)) == 40
    assert page.locator("[id='学校:3']").is_visible()


def test_a_link_opens_the_folds_it_leads_into(opened: Opening, small: Path) -> None:
    page = opened(small)
    inner = page.locator("details[id='结论:里']")
    assert not inner.is_visible()
    page.get_by_role("link", name="里面").click()
    assert inner.get_by_text("城桥中学").is_visible()
    outer = page.locator("details[id='结论:结对']")
    outer.locator("> summary").click()
    assert not inner.is_visible()
    page.get_by_role("link", name="里面").click()
    assert inner.is_visible()
    assert page.evaluate("document.activeElement.parentElement.id") == "结论:里"


def test_a_page_opens_at_its_anchor(opened: Opening, small: Path) -> None:
    page = opened(small)
    page.goto(f"{small.as_uri()}#%E7%BB%93%E8%AE%BA:%E9%87%8C")
    page.reload()
    assert page.locator("details[id='结论:里']").get_by_text("城桥中学").is_visible()


def test_only_pages_beside_and_anchors_are_links(opened: Opening, small: Path) -> None:
    page = opened(small)
    unfold(page)
    leads = {link.get_attribute("href") for link in page.get_by_role("link").all()}
    assert "%E7%94%B2%E5%8C%BA.html#%E6%80%BB%E8%A7%88" in leads
    assert not [lead for lead in leads if lead and ("example" in lead or "/" in lead)]
    assert page.get_by_text("https://example.org/政策").is_visible()


def test_the_keyboard_reaches_everything(opened: Opening, small: Path) -> None:
    page = opened(small, 1024)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.tagName + ' ' + document.activeElement.textContent.trim().slice(0, 12)"
            )
        )
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none", seen[-1]
        if seen[-1].startswith("BUTTON 第1项"):
            break
    page.keyboard.press("Enter")
    assert page.get_by_role("columnheader", name="第1项").first.get_attribute("aria-sort") == "ascending"
    assert any(each.startswith("SUMMARY") for each in seen)
    assert any(each.startswith("INPUT") for each in seen)


def test_without_script_everything_can_be_read(opened: Opening, small: Path) -> None:
    page = opened(small, script=False)
    assert page.locator("section#学校 tbody tr").count() == 40
    assert page.get_by_role("button").count() == 0
    summary = page.locator("details[id='结论:结对'] > summary")
    summary.click()
    assert page.get_by_text("计入 17 所").is_visible()


def test_nasty_names_are_harmless_and_legible(opened: Opening, small: Path) -> None:
    page = opened(small)
    unfold(page)
    text = page.locator("main").inner_text()
    for name in NAMES:
        assert visible(name) in text
    assert page.locator("script").count() == 1
    assert page.locator("image, [onclick]").count() == 0


def test_a_picture_is_shown_whole_or_as_large_as_it_is(opened: Opening, small: Path) -> None:
    page = opened(small, 1024)
    svg = page.locator(".picture svg")
    assert svg.bounding_box()["width"] < 1024
    page.locator("figure:has(.picture) button").click()
    assert svg.bounding_box()["width"] == 1500
    assert page.locator(".picture").get_attribute("tabindex") == "0"


def test_labels_of_charts_do_not_meet(opened: Opening, small: Path) -> None:
    page = opened(small, 1920)
    for chart in page.locator(".chart svg").all():
        overlaps = chart.evaluate("""(svg) => {
          const texts = [...svg.querySelectorAll("text")];
          const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
          const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
          const frame = svg.getBoundingClientRect();
          const out = boxes.filter(([, a]) => a.left < frame.left - 1 || a.right > frame.right + 1);
          return out.map(([text]) => text).concat(boxes.flatMap(([text, a], i) =>
            boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => text + " / " + other)));
        }""")
        assert overlaps == []


def test_the_contents_lead_to_every_part(opened: Opening, small: Path) -> None:
    page = opened(small, 360)
    contents = page.get_by_role("navigation")
    assert not contents.get_by_role("link").first.is_visible()
    contents.locator("summary").click()
    assert [each.inner_text() for each in contents.get_by_role("link").all()] == ["总览", "达标情况", "学校", "图表"]
    contents.get_by_role("link", name="图表").click()
    assert page.locator("section#图").bounding_box()["y"] < 100
    assert opened(small, 1920).get_by_role("navigation").get_by_role("link").first.is_visible()


def test_it_prints_whole_with_heads_on_every_sheet(opened: Opening, tmp_path: Path, small: Path) -> None:
    if shutil.which("pdftotext") is None and not os.environ.get("CI"):
        pytest.skip("no pdftotext on PATH")
    page = opened(small)
    page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    boxes = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    sheets = [sheet for sheet in text.split("\f") if sheet.strip()]
    squeezed = "".join(text.split())
    for name in (*NAMES[:11], "更里面", "计入17所"):
        assert name in squeezed
    rows = [sheet for sheet in sheets if sheet.count("%") > 5 and "小学" in sheet]
    assert len(rows) > 1
    assert all("第1项" in sheet for sheet in rows)
    outside = [
        word for word in boxes.splitlines() if "<word" in word and float(word.split('xMax="')[1].split('"')[0]) > 596
    ]
    assert outside == []


def test_a_long_page_prints_its_accounts_only_where_somebody_wants_them(opened: Opening, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None and not os.environ.get("CI"):
        pytest.skip("no pdftotext on PATH")
    folds = tuple(Fold(line(f"第{number}项"), (Paragraph(line(f"由来{number}号")),)) for number in range(30))
    page = opened(
        written(
            p.Page("长报告", (Part("甲", "达标情况", folds), Part("乙", "学校", (Paragraph(line("无")),))), {}),
            tmp_path / "长.html",
        )
    )
    box = page.get_by_role("checkbox")
    assert not box.is_checked()
    for wanted in (False, True):
        box.set_checked(wanted)
        page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
        text = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True).stdout.decode()
        assert "第29项" in text
        assert ("由来29号" in text) == wanted


PAUSE = """async (element, act) => {
  const before = performance.now();
  if (act === null) element.click();
  else { element.value = act; element.dispatchEvent(new Event("input")); }
  document.body.offsetHeight;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - before;
}"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(report(schools(2000, 11)), tmp_path_factory.mktemp("large") / "大.html")


def test_two_thousand_rows_open_sort_and_filter_without_a_pause(opened: Opening, large: Path) -> None:
    assert large.stat().st_size < 5_000_000
    page = opened(large)
    took = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    table = page.get_by_role("table", name="学校", exact=True)
    pauses = [table.get_by_role("button", name=name).first.evaluate(PAUSE, None) for name in ("第1项", "学校", "起始")]
    pauses.append(page.locator("section#学校 input").evaluate(PAUSE, "小学"))
    print(f"opened {took:.0f} ms, sorted and filtered {[round(each) for each in pauses]} ms")  # noqa: T201
    assert max(pauses) < 1000


def test_of_very_long_tables_the_first_rows_are_shown_until_all_are_wanted(opened: Opening, large: Path) -> None:
    page = opened(large)
    table = page.get_by_role("table", name="学校", exact=True)
    tools = page.locator("section#学校 .tools").first
    assert len(column(table, 0)) == 200
    assert "200" in tools.get_by_role("status").inner_text()
    table.get_by_role("button", name="第1项").first.click()
    table.get_by_role("button", name="第1项").first.click()
    assert column(table, 1)[:3] == ["0.999", "0.999", "0.998"]  # of all, not of those shown
    tools.get_by_role("searchbox").fill("景山学校1991")
    assert column(table, 0) == ["景山学校1991"]
    tools.get_by_role("searchbox").fill("")
    page.evaluate("location.hash = '#学校:1990'")
    assert len(column(table, 0)) == 2000
    assert page.locator("[id='学校:1990']").is_visible()
    again = opened(large)
    again.get_by_role("button", name="2000").click()
    assert len(column(again.get_by_role("table", name="学校", exact=True), 0)) == 2000


def test_charts_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    told = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import test_browser as t; "
        "t.written(t.report(t.schools(20)), Path(sys.argv[2]))"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", told, Path(__file__).parent, tmp_path / f"{seed}.html"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_charts_of_many_stay_small() -> None:
    from xqctl.render.html.charts import drawn

    rows = tuple((f"{number}校", "小学", amount(f"{number * 7919 % 1000 / 100}", "area")) for number in range(2000))
    table = Table((Column("学校", "name"), Column("学段"), Column("面积", "number")), rows)
    cloud = drawn(Chart("多", "每所学校。", "points", table, 1, 2), "zh")
    bars = drawn(Chart("多", "每所学校。", "bars", table, 0, 2), "zh")
    assert len(cloud.svg) < 20_000
    assert len(bars.svg) < 60_000
    assert len(cloud.notes) == 2
    assert len(bars.notes) == 2
    few = drawn(Chart("少", "每所学校。", "points", Table(table.columns, rows[:600]), 1, 2), "zh")
    assert len(few.svg) < 100_000
    assert few.svg.count("<circle") == 600
    assert all(one <= other for one, other in pairwise(sorted((len(cloud.svg), len(few.svg)))))
