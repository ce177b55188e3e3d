"""`report`: the same numbers in every format, harmless whatever things are called, the same bytes in every run."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Command, environment
from test_check import answered
from worlds import EXAMPLES

from xqctl import page as p
from xqctl import registry, sections
from xqctl.messages import msg
from xqctl.sections import catalogue

NAMES = ("beijing", "chengdu", "chongming", "demo", "dongcheng", "erdao")
FORMS = ("html", "md", "xlsx", "json", "txt")
DAY = ("--today", "2026-11-01", "--lang", "zh")
HAN = re.compile("[\u4e00-\u9fff]")

Cells = list[str]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports on the examples, each in every format, by the name of the example: paths without an ending."""
    home, found = tmp_path_factory.mktemp("reports"), {}
    for name in NAMES:
        found[name] = home / name
        outputs = [word for form in FORMS for word in ("-o", f"{home / name}.{form}")]
        ran = reported("report", str(EXAMPLES / name), *outputs, *DAY)
        assert (ran.returncode, ran.stderr) == (0, b""), ran.stderr.decode()
    return found


def reported(*words: str, seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    """Runs the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "xqctl", *words],
        env={**environment(), "PYTHONHASHSEED": seed},
        cwd=EXAMPLES.parent,
        capture_output=True,
        check=False,
    )


def spoken(file: Path) -> Any:
    """The JSON beside the other formats, held against its schema."""
    return answered(Path(f"{file}.json").read_text(encoding="utf-8"))


def tables(answer: Any) -> list[Any]:
    """Every table of a report's JSON that has rows, in order."""
    return [table for section in answer["sections"] for table in section["tables"] if table["rows"]]


def read(table: Any) -> tuple[list[str], list[Cells]]:
    """A table as pages for reading show it: titles, rows."""
    kept = [place for place, column in enumerate(table["columns"]) if not column["beside"]]
    titles = [table["columns"][place]["title"] for place in kept]
    return titles, [[row[place]["shown"] for place in kept] for row in table["rows"]]


class Tables(HTMLParser):
    """The tables of a page: titles and rows, each cell with its text and the exact value beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[list[tuple[str, str | None]]]] = []
        self.text: list[str] | None = None
        self.value: str | None = None
        self.aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.found.append([])
        elif tag == "tr" and self.found:
            self.found[-1].append([])
        elif tag in ("td", "th"):
            self.text, self.value = [], dict(attrs).get("data-v")
        elif tag == "sup":
            self.aside += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.text is not None:
            self.found[-1][-1].append(("".join(self.text).strip(), self.value))
            self.text = None
        elif tag == "sup":
            self.aside -= 1

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.aside:
            self.text.append(data)


@cache
def of_html(file: Path) -> list[list[list[tuple[str, str | None]]]]:
    reader = Tables()
    reader.feed(Path(f"{file}.html").read_text(encoding="utf-8"))
    return reader.found


@pytest.mark.parametrize("name", NAMES)
def test_every_example_has_a_report_in_every_format(name: str, written: dict[str, Path]) -> None:
    answer = spoken(written[name])
    assert answer["sections"][0]["id"] == "summary"
    ids = [table["id"] for section in answer["sections"] for table in section["tables"]]
    assert len(ids) == len(set(ids))
    for form in FORMS:
        assert Path(f"{written[name]}.{form}").stat().st_size > 1000


@pytest.mark.parametrize("name", NAMES)
def test_the_page_shows_the_numbers_of_the_json(name: str, written: dict[str, Path]) -> None:
    found, place = of_html(written[name]), 0
    for table in tables(spoken(written[name])):
        titles, rows = read(table)
        place = next((n for n in range(place, len(found)) if [text for text, _ in found[n][0]] == titles), len(found))
        assert place < len(found), f"{table['id']} is not on the page"
        shown = found[place][1:]
        kept = [n for n, column in enumerate(table["columns"]) if not column["beside"]]
        for cells, told, row in zip(shown, rows, table["rows"], strict=False):
            assert [plain(text) for text, _ in cells] == [plain(text) for text in told], table["id"]
            for (_, value), number in zip(cells, (row[n] for n in kept), strict=True):
                assert value is None or value == number["value"], table["id"]
        assert len(shown) == len(rows)
        place += 1


def plain(text: str) -> str:
    """Text without what is only set: marks for code, dashes for nothing, blanks."""
    return re.sub(r"[`\s]|^—$", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_holds_the_numbers_of_the_json(name: str, written: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(f"{written[name]}.xlsx", data_only=True)
    sheets = [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]
    heads = {(s, r): headed(row) for s, rows in enumerate(sheets) for r, row in enumerate(rows)}
    taken: set[tuple[int, int]] = set()
    for table in tables(spoken(written[name])):
        titles = tuple(column["title"] for column in table["columns"])
        at = next((at for at, head in heads.items() if at not in taken and head == titles), None)
        assert at is not None, f"{table['id']} is in no sheet"
        taken.add(at)
        sheet, top = at
        first = next(n for n, cell in enumerate(sheets[sheet][top]) if cell is not None)
        for row, cells in zip(table["rows"], sheets[sheet][top + 1 :], strict=False):
            for place, cell in enumerate(row):
                if cell.get("value") is not None:
                    assert same(cells[first + place], cell["value"]), (table["id"], cell, cells[first + place])


def headed(row: list[object]) -> tuple[str, ...]:
    """The titles of a table; a spreadsheet tells equal ones apart by a number."""
    return tuple(re.sub(r" \(\d+\)$", "", str(cell)) for cell in row if cell is not None)


def same(cell: object, value: str) -> bool:
    return isinstance(cell, int | float) and abs(cell - float(value)) <= 1e-9 * max(1.0, abs(float(value)))


@pytest.mark.parametrize("name", NAMES)
def test_the_markdown_shows_the_numbers_of_the_json(name: str, written: dict[str, Path]) -> None:
    text = Path(f"{written[name]}.md").read_text(encoding="utf-8")
    assert len(text) <= 60_000
    known: dict[tuple[str, ...], list[Cells]] = {}
    for table in tables(spoken(written[name])):
        titles, rows = read(table)
        known.setdefault(tuple(map(plain, titles)), []).extend([plain(cell) for cell in row] for row in rows)
    compared = 0
    for titles, rows in of_markdown(text):
        for row in rows if tuple(titles) in known else ():
            assert row in known[tuple(titles)], titles
            compared += 1
    assert compared > 5


def of_markdown(text: str) -> Iterator[tuple[Cells, list[Cells]]]:
    lines = iter([*text.splitlines(), ""])
    for line in lines:
        if line.startswith("| "):
            titles, rows = cells_of(line), []
            next(lines)
            while (row := next(lines)).startswith("|"):
                rows.append(cells_of(row))
            yield titles, rows


def cells_of(line: str) -> Cells:
    cells = re.split(r"(?<!\\) \| ", line.strip("|")[1:-1].replace("¦", "|"))
    return [plain(re.sub(r"\\(.)|\*\*|<!-- -->", r"\1", unmarked(cell))) for cell in cells]


def unmarked(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_verdicts_lead_to_their_accounts(written: dict[str, Path]) -> None:
    page = Path(f"{written['demo']}.html").read_text(encoding="utf-8")
    named = set(re.findall(r'id="([^"]+)"', page))
    led = set(re.findall(r'href="#([^"]+)"', page))
    assert led <= named
    assert sum(to.startswith("verdict-") for to in led) > 100
    assert sum(to.startswith("source-") for to in led) > 5


def test_an_account_tells_what_was_counted_and_where(xqctl_inside: Command) -> None:
    ran = xqctl_inside("report", EXAMPLES / "demo", "--section", "compliance", "--format", "html", *DAY)
    fold = ran.out[ran.out.index("义务教育学校结对比例</strong>") :]
    fold = fold[: fold.index("</details>")]
    for said in ("34.38%", "11 ÷ 32", "alliances.yaml:", "schools.yaml:", "targets.yaml:", "云溪方案2023"):
        assert said in fold, said


@pytest.mark.parametrize("form", ["html", "md", "json", "xlsx", "txt"])
def test_two_runs_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.{form}"
        assert reported("report", str(EXAMPLES / "chongming"), "-o", str(file), *DAY, seed=seed).returncode == 0
        made.append(file.read_bytes())
    assert made[0] == made[1]


LONG = "很长的名字" * 40
NASTY = f"""\
district:
  name: "<script>alert(1)</script>"
  level: district
  as_of: 2025-01-01
  registers: {{schools: complete, zones: complete}}
schools:
  甲小: {{name: "=HYPERLINK(1)", stages: primary}}
  乙小: {{stages: primary, note: "a|b"}}
zones:
  东片: {{called: "]]>|`x`", members: {{甲小: {{role: lead, title: "<img src=x onerror=alert(1)>"}}, 乙小: member}}}}
sources:
  办法: {{title: "=1+1|<b>]]>", issuer: "\\u202e反着写", date: 2024}}
targets:
  {LONG}: {{metric: zone_share, at_least: 60%, source: "办法#=cmd|' /C calc'!A0"}}
  说明: {{attested: "@everyone <script>"}}
figures:
  数: {{metric: schools, value: 3, on: 2024, says: "+SUM(A1)|]]> \\u2066x\\u2069", source: 办法}}
measures:
  举措1: {{title: "-2+3 | <svg onload=alert(1)>", instrument: zone_running}}
tasks:
  任务: {{measure: 举措1, department: "=HYPERLINK(\\"http://x\\")", due: 2025-06-30}}
"""


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    (tmp_path / "district.yaml").write_text(NASTY, encoding="utf-8")
    return tmp_path


def test_names_are_harmless_on_the_page(nasty: Path, xqctl_inside: Command) -> None:
    page = xqctl_inside("report", nasty, "--format", "html", *DAY).out
    for wrong in ("<script>alert", "<img src=x", "<svg onload", "\u202e", "\u2066"):
        assert wrong not in page, wrong
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert LONG in page


def test_names_are_harmless_in_markdown(nasty: Path, xqctl_inside: Command) -> None:
    text = xqctl_inside("report", nasty, "--format", "markdown", *DAY).out
    for wrong in ("<script", "<img", "<svg", "\u202e", "\u2066", "@everyone"):
        assert wrong not in text, wrong
    tags = set(re.findall(r"</?[a-z]+", text))
    assert tags <= {"<details", "</details", "<summary", "</summary", "<b", "</b", "<br"}
    for _, rows in of_markdown(text):
        assert len({len(row) for row in rows}) <= 1


def test_names_are_no_formulas_in_the_workbook(nasty: Path, xqctl_inside: Command) -> None:
    file = nasty.parent / "nasty.xlsx"
    assert xqctl_inside("report", nasty, "-o", file, *DAY).code == 0
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert not [each for each in formulas if "HYPERLINK" in each or "cmd" in each or each in ("=1+1", "=-2+3")]
    assert not [cell.value for cell in cells if "\u202e" in str(cell.value)]


def test_names_are_legible_as_text_and_json(nasty: Path, xqctl_inside: Command) -> None:
    for form in ("text", "plain"):
        said = xqctl_inside("report", nasty, "--format", form, *DAY).out
        assert "\u202e" not in said
        assert "<U+202E>反着写" in said.replace("\n", "")
    answer = answered(xqctl_inside("report", nasty, "--format", "json", *DAY).out)
    assert answer["verdicts"][0]["target"] == LONG


def test_a_report_on_several_begins_with_an_overview(xqctl_inside: Command) -> None:
    ran = xqctl_inside("report", EXAMPLES / "chengdu", EXAMPLES / "erdao", "--format", "json", *DAY)
    answer = answered(ran.out)
    ids = [section["id"] for section in answer["sections"]]
    assert ids[0] == "overview"
    assert answer["sections"][0]["district"] is None
    assert {each["district"] for each in answer["sections"][1:]} == {given["root"] for given in answer["inputs"]}
    assert len(ids) == len(set(ids))
    page = xqctl_inside("report", EXAMPLES / "chengdu", EXAMPLES / "erdao", "--format", "html", *DAY).out
    named = re.findall(r'id="([^"]+)"', page)
    assert len(named) == len(set(named))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(named)


@pytest.mark.parametrize("form", ["html", "markdown", "json", "xlsx"])
def test_a_folder_gets_a_page_a_district(form: str, tmp_path: Path, xqctl_inside: Command) -> None:
    home = tmp_path / "pages"
    operands = [EXAMPLES / name for name in ("chengdu", "erdao", "beijing")]
    ran = xqctl_inside("report", *operands, "-o", f"{home}/", "--format", form, *DAY)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    ending = {"markdown": "md"}.get(form, form)
    made = sorted(path.name for path in home.iterdir())
    assert made == sorted(f"{name}.{ending}" for name in ("beijing", "chengdu", "erdao", "index"))
    if form == "html":
        index = (home / "index.html").read_text(encoding="utf-8")
        assert all(f'href="{name}.html"' in index for name in ("beijing", "chengdu", "erdao"))
        assert 'href="index.html"' in (home / "erdao.html").read_text(encoding="utf-8")
    if form == "json":
        answer = answered((home / "index.json").read_text(encoding="utf-8"))
        assert answer["summary"]["districts"] == 3


def test_no_half_set_of_pages_is_left(tmp_path: Path, xqctl_inside: Command) -> None:
    good, bad, home = tmp_path / "a" / "good", tmp_path / "a" / "worse", tmp_path / "pages"
    for folder in (good, bad):
        folder.mkdir(parents=True)
        (folder / "district.yaml").write_text("district: {name: 某区, level: district}\n", encoding="utf-8")
    (bad / "locked.yaml").mkdir()
    (bad / "locked.yaml").chmod(0)
    home.mkdir()
    (home / "good.html").write_text("before", encoding="utf-8")
    (home / "index.html").mkdir()  # cannot be written over
    ran = xqctl_inside("report", good, "-o", home, *DAY)
    (bad / "locked.yaml").chmod(0o700)
    assert ran.code == 4
    assert not [path for path in home.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--section", "sumary"), 2, "summary"),
        (("-o", "x.pdf"), 2, ".html"),
        (("-o", "pages/", "-o", "x.html"), 2, "pages/"),
        (("--as-of", "soon"), 2, "--as-of"),
    ],
)
def test_wrong_calls(words: tuple[str, ...], code: int, said: str, tmp_path: Path, xqctl_inside: Command) -> None:
    ran = xqctl_inside("report", EXAMPLES / "erdao", *words, "--lang", "en", cwd=tmp_path)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert not list(tmp_path.iterdir())


def test_sections_are_chosen(xqctl_inside: Command) -> None:
    ran = xqctl_inside("report", EXAMPLES / "demo", "--section", "funding", "--format", "json", *DAY)
    assert [section["id"] for section in answered(ran.out)["sections"]] == ["funding"]
    page = xqctl_inside("report", EXAMPLES / "demo", "--section", "funding", "--format", "html", *DAY).out
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


@pytest.mark.parametrize("name", registry.leaves("xqctl.sections"))
def test_a_section_has_its_page_and_place(name: str) -> None:
    leaf = catalogue()[name]
    assert HAN.search(leaf.page.zh)
    assert re.search("[a-z]{2}", leaf.page.en)
    assert HAN.search(leaf.page.prose("About", "zh"))
    assert re.search("[a-z]{2} [a-z]{2}", leaf.page.prose("About", "en"))
    places = [each.place for each in catalogue().values()]
    assert len(places) == len(set(places))


def test_an_empty_district_says_what_is_not_known(tmp_path: Path, xqctl_inside: Command) -> None:
    (tmp_path / "district.yaml").write_text("district: {name: 某区, level: district}\n", encoding="utf-8")
    answer = answered(xqctl_inside("report", tmp_path, "--format", "json", *DAY).out)
    assert {section["id"] for section in answer["sections"]} == {"summary", "unknown", "findings"}
    told = xqctl_inside("report", tmp_path, "--section", "unknown", "--lang", "en", *DAY[:2]).out
    assert "no target is in force" in told
    assert "every verdict" not in told


def test_links_that_lead_nowhere_are_taken_away() -> None:
    told = p.Table(
        (p.Column("x"),), ((p.Amount("1", to="#gone", formula=p.Total("gone", 0)),), (p.Run("y", to="#here"),))
    )
    part = p.Part("here", "t", (told, p.Paragraph(p.line(p.Run("z", to="#gone"), p.Run("w", to="other.html")))))
    (kept,) = p.linked((part,))
    assert isinstance(kept, p.Part)
    table, paragraph = kept.blocks
    assert table == p.Table((p.Column("x"),), ((p.Amount("1"),), (p.Run("y", to="#here"),)))
    assert isinstance(paragraph, p.Paragraph)
    assert [run.to for run in paragraph.line] == ["", "other.html"]


def test_brief_pages_say_what_they_leave_out() -> None:
    table = p.Table((p.Column("x"),), tuple((str(n),) for n in range(9)))
    part = p.Part("a", "t", (table, p.Fold(p.line("f"), ())))
    (kept,) = p.brief((part,), 4)
    assert isinstance(kept, p.Part)
    cut, said = kept.blocks
    assert isinstance(cut, p.Table)
    assert len(cut.rows) == 4
    assert said == p.Paragraph(
        p.line(msg("left out here: passages {folds}, rows {rows}; html, xlsx and json have them", folds=1, rows=5)),
        p.Tone.MUTED,
    )


def test_brief_pages_say_nothing_of_what_is_whole() -> None:
    whole = p.Table((p.Column("x"),), (("1",),))
    cut = p.Table((p.Column("x"),), tuple((str(n),) for n in range(9)))
    said = [
        block.blocks[-1]
        for block in p.brief((p.Part("a", "t", (whole, p.Fold(p.line("f"), ()))), p.Part("b", "t", (cut,))), 4)
        if isinstance(block, p.Part)
    ]
    assert said == [
        p.Paragraph(p.line(message), p.Tone.MUTED)
        for message in (
            msg("left out here: passages {folds}; html, xlsx and json have them", folds=1),
            msg("left out here: rows {rows}; html, xlsx and json have them", rows=5),
        )
    ]


def test_states_of_one_district_are_told_apart(xqctl_inside: Command) -> None:
    operands = (str(EXAMPLES / "erdao"), str(EXAMPLES / "erdao") + "+三加三")
    answer = answered(xqctl_inside("report", *operands, "--format", "json", *DAY).out)
    for table in answer["sections"][0]["tables"]:
        names = {row[0]["shown"] for row in table["rows"]}
        assert names == {f"二道区（{operand}）" for operand in operands}, table["id"]


def test_districts_of_one_name_are_told_apart(tmp_path: Path, xqctl_inside: Command) -> None:
    for city in ("南京", "徐州"):
        (tmp_path / city).mkdir()
        head = "district: {name: 鼓楼区, level: district}\n"
        (tmp_path / city / "district.yaml").write_text(head, encoding="utf-8")
    answer = answered(xqctl_inside("report", tmp_path, "--format", "json", *DAY).out)
    names = [row[0]["shown"] for row in answer["sections"][0]["tables"][0]["rows"]]
    assert names == [f"鼓楼区（{given['root']}）" for given in answer["inputs"]]
    assert len(set(names)) == len(names)


def test_a_published_number_is_not_told_to_be_counted(xqctl_inside: Command) -> None:
    told = xqctl_inside("--lang", "en", "explain", "zone_share", EXAMPLES / "chongming").out
    assert "the number is published, and not counted from it" in told
    told = xqctl_inside("--lang", "en", "explain", "zone_share", EXAMPLES / "demo").out
    assert "Denominator" in told
    assert "the number is published" not in told


def test_money_that_is_short_is_not_called_enough(written: dict[str, Path]) -> None:
    told = Path(f"{written['chongming']}.md").read_text(encoding="utf-8")
    said = next(line for line in told.splitlines() if "410..490万元，可用 160万元" in line)
    assert "250..330万元" in said
    assert "都够" not in said


def test_what_has_no_numbers_is_told_all_the_same(written: dict[str, Path]) -> None:
    found = {table["id"]: table["rows"] for table in tables(spoken(written["erdao"]))}
    assert [row[0]["shown"] for row in found["funding.unsized"]] == ["学区专项经费"]
    (scheme,) = found["evaluations.unscored"]
    assert scheme[0]["shown"] == "捆绑评估"
    assert "督导评估" in scheme[2]["shown"]


def test_what_is_not_there_yet_is_not_told(tmp_path: Path, xqctl_inside: Command) -> None:
    (tmp_path / "district.yaml").write_text(
        "district: {name: 某区, level: district, as_of: 2025-01-01}\n"
        "funds: {老专项: {since: 2024}, 新专项: {since: 2026}}\n"
        "evaluations: {老考核: {of: zone, since: 2024}, 新考核: {of: zone, since: 2026}}\n",
        encoding="utf-8",
    )
    told = xqctl_inside("report", tmp_path, "--section", "funding", "--section", "evaluations", *DAY).out
    assert "老专项" in told
    assert "老考核" in told
    assert "新专项" not in told
    assert "新考核" not in told


def test_units_say_what_they_lie_within(written: dict[str, Path]) -> None:
    found = {table["id"]: table["rows"] for table in tables(spoken(written["demo"]))}
    wholes = {row[0]["shown"]: row[1]["shown"] for row in found["structure.groups"]}
    assert {name: whole for name, whole in wholes.items() if whole} == {"揽月星辰子集团": "望星小学教育集团"}


def test_the_overview_is_no_section() -> None:
    assert "overview" not in sections.catalogue()


def test_the_json_says_each_amount_exactly(written: dict[str, Path]) -> None:
    answer = json.loads(Path(f"{written['demo']}.json").read_text(encoding="utf-8"))
    (table,) = [table for table in tables(answer) if table["id"] == "funding.2025.funds"]
    first = table["rows"][0]
    assert first[1] == {
        "shown": "320万元",
        "value": "3200000",
        "measure": "money",
        "numerator": None,
        "denominator": None,
        "basis": None,
    }


def test_what_many_schools_lack_is_one_piece_of_data(tmp_path: Path, xqctl_inside: Command) -> None:
    schools = "".join(f"  第{n}小学: {{stages: primary}}\n" for n in range(1, 13))
    text = (
        "district: {name: 某区, level: district, registers: {schools: complete, statistics: complete}}\n"
        f"schools:\n{schools}"
        "targets: {班额: {metric: largest_class, each: school, at_most: 45}}\n"
    )
    (tmp_path / "district.yaml").write_text(text, encoding="utf-8")
    answer = answered(xqctl_inside("report", tmp_path, "--format", "json", *DAY).out)
    (table,) = [table for table in tables(answer) if table["id"] == "unknown.data"]
    assert [row[1]["shown"] for row in table["rows"]] == ["12"]
    said = table["rows"][0][0]["shown"]
    assert "第1小学" in said
    assert "第12小学" not in said


def test_variations_are_done_from_the_schools_beside_them(written: dict[str, Path]) -> None:
    """Each 差异系数 follows from the pupils and amounts of its table, weighted by pupils, to twelve digits."""
    answer = json.loads(Path(f"{written['demo']}.json").read_text(encoding="utf-8"))
    known = {table["id"]: table for table in tables(answer)}
    compared = 0
    for name, summary in known.items():
        if not name.startswith("resources.") or not name.endswith(".variation"):
            continue
        schools = known[name.removesuffix(".variation")]
        for place, row in enumerate(summary["rows"]):
            pairs = [(float(r[2 + 2 * place]["value"]), float(r[1]["value"])) for r in schools["rows"]]
            pupils = sum(by for _, by in pairs)
            mean = sum(of for of, _ in pairs) / pupils
            spread = (sum(by * (of / by - mean) ** 2 for of, by in pairs) / pupils) ** 0.5 / mean
            assert abs(spread - float(row[6]["value"])) < 1e-9
            compared += 1
    assert compared > 20
