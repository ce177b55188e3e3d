"""What the formats promise: places that point, text that stays text, the same bytes every time."""

import io
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from wcwidth import wcswidth

from xqctl.edit import write_whole
from xqctl.findings import Finding, Severity
from xqctl.messages import msg
from xqctl.page import Code, Column, Facts, Findings, Heading, Listing, Page, Paragraph, Quoted, Run, Table, Tone, line
from xqctl.place import Span
from xqctl.render import Format, View, format_called, formats
from xqctl.screen import breaks, padded, quotation, visible, width, wrapped

NASTY = "[bold red]甲[/bold red] \x1b[31m红\u202e反\u200b零 |a|b| <script>@boss #1 `x` *星* _下_\ud800"


def finding(place: Span, said: str = "错", help_: str | None = None) -> Finding:
    return Finding(
        code="XQS004",
        slug="not-one-of",
        severity=Severity.ERROR,
        message=msg("{said}", said=said),
        help=msg("{said}", said=help_) if help_ else None,
        path=("groups", "甲集团"),
        district="某区",
        place=place,
        related=((msg("{said}", said="见此"), Span("乙.yaml", 2, 1, 2, 3)),),
    )


def written(name: str, page: Page, *, color: bool = False, columns: int = 100) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace", newline="\n")
    format_called(name).write(page, stream, View("zh", color, columns))
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


def full_page(text: str) -> Page:
    """A page with every sort of block, `text` in each place where a name may stand."""
    return Page(
        text,
        (
            Heading(text),
            Paragraph(line(Run(text, Tone.BAD), text)),
            Paragraph(line(text), Tone.MUTED),
            Listing((line(text), line(Run(text, Tone.NAME)))),
            Facts(((text, line(text)),)),
            Table((Column(text, "name"), Column("数", "number")), ((text, 1234), (Run(text, Tone.GOOD), None))),
            Code(f"{text}\n\t甲"),
            Findings((Quoted(finding(Span(f"{text}.yaml", 1, 3, 1, 5), text, help_=text), f"  甲乙 {text}"),)),
        ),
        {"text": text},
    )


def test_every_module_is_a_format() -> None:
    from xqctl.render import html, markdown, plain, text
    from xqctl.render import json as json_format

    whole: tuple[Format, ...] = (html, json_format, markdown, plain, text)  # mypy proves the Protocol
    assert formats() == ("csv", "html", "json", "markdown", "plain", "text")
    assert all(callable(each.write) for each in whole)


@pytest.mark.parametrize("name", ["text", "plain", "markdown"])
@pytest.mark.parametrize("color", [False, True])
def test_nothing_in_a_name_reaches_the_terminal(name: str, color: bool) -> None:
    shown = written(name, full_page(NASTY), color=color)
    if not color or name != "text":
        assert "\x1b" not in shown
    assert "\x1b[31m" not in shown
    assert not set("\u202e\u200b") & set(shown)
    assert "<U+202E>" in shown.replace("&lt;", "<").replace("&gt;", ">").replace("\\+", "+")


def test_markup_is_text() -> None:
    assert "[bold red]甲[/bold red]" in written("text", full_page("[bold red]甲[/bold red]"), color=True).replace(
        "\x1b[36m", ""
    )


def test_markdown_escapes_everything() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(written("markdown", full_page(NASTY)))
    inner = [child for token in tokens for child in token.children or ()]
    assert {token.content for token in inner if token.type == "html_inline"} <= {"<!-- -->", "<br>"}
    assert not [token for token in tokens if token.type == "html_block"]
    assert not [token for token in inner if token.type in ("em_open", "link_open", "image", "s_open")]
    assert not [token for token in inner if token.type == "text" and "@boss" in token.content]
    assert [token.content for token in tokens if token.type == "fence"] == [f"{visible(NASTY)}\n\t甲\n"]
    assert sum(token.type == "td_open" for token in tokens) == 2 * 2 + 4


def test_json_keeps_what_was_written() -> None:
    shown = written("json", full_page(NASTY))
    assert json.loads(shown) == {"text": NASTY}
    assert "甲" in shown
    assert "\\ud800" in shown


@pytest.mark.parametrize("name", ["text", "plain", "markdown", "json", "html"])
def test_same_page_same_bytes(name: str) -> None:
    assert written(name, full_page("甲 [b] 乙")) == written(name, full_page("甲 [b] 乙"))


def test_empty_pages_and_tables() -> None:
    page = Page("空", (Table((Column("名", "name"), Column("数", "number")), ()),), {})
    for name in formats():
        written(name, page)


def carets(source: str, column: int, end: int, columns: int = 100) -> tuple[str, str]:
    """The quoted line and the line of carets below it, each after its gutter."""
    page = Page("x", (Findings((Quoted(finding(Span("甲.yaml", 7, column, 7, end)), source),)),), {})
    lines = written("text", page, columns=columns).splitlines()
    return lines[1].removeprefix(" 7 | "), lines[2].removeprefix("   | ")


@pytest.mark.parametrize(
    ("source", "thing", "blanks", "length"),
    [
        ("  form: mergd", "mergd", 8, 5),
        ("  城桥集团: {form: mergd}", "mergd", 19, 5),
        ("  城桥集团: 育林校区", "育林校区", 12, 8),
        ("\t城桥: 甲", "甲", 10, 2),
        ("a\t城桥: 甲", "甲", 10, 2),
        ("e\u0301e\u0301: 甲乙", "甲乙", 4, 4),
        ("甲\u200b: x", "x", 12, 1),
        ("甲\x07: x", "x", 12, 1),
        ("𠮷野: 家", "家", 6, 2),
    ],
)
def test_carets_stand_under_what_they_mean(source: str, thing: str, blanks: int, length: int) -> None:
    column = source.index(thing) + 1
    shown, under = carets(source, column, column + len(thing))
    assert under == " " * blanks + "^" * length
    assert wcswidth(shown[: shown.index(thing)]) == blanks


def test_carets_stay_on_the_first_of_several_lines() -> None:
    page = Page("x", (Findings((Quoted(finding(Span("甲.yaml", 7, 3, 9, 5)), "  甲乙丙"),)),), {})
    assert written("text", page).splitlines()[2] == "   |   ^^^^^^"


def test_a_place_after_the_end_has_one_caret() -> None:
    assert carets("甲:", 3, 3) == ("甲:", "   ^")
    assert carets("甲:", 30, 31)[1].endswith("^")


@pytest.mark.parametrize("before", [0, 5, 300, 200_000])
def test_of_a_long_line_the_part_around_the_thing_is_shown(before: int) -> None:
    source = "前" * before + "目标" + "后" * 200_000
    shown, under = carets(source, before + 1, before + 3, columns=60)
    start = shown.index("目标")
    assert width(shown) <= 60
    assert under == " " * width(shown[:start]) + "^^^^"


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(20, 80),
)
def test_a_quotation_always_fits(source: str, start: int, end: int, columns: int) -> None:
    start, end = sorted((min(start, len(source)), min(end, len(source))))
    quoted = quotation(source, start, end, columns)
    assert width(quoted.text) <= columns
    assert 0 <= quoted.before <= columns
    assert quoted.length >= 1
    assert visible(quoted.text) == quoted.text


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_visible_text_is_printable_and_settled(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not any(ord(char) < 32 for char in shown)


@pytest.mark.parametrize("text", ["中文", "abc", "e\u0301", "“引”", "·—…", "ก็", "ᄀ", "１２", "𠮷", "ｱ"])
def test_width_agrees_with_wcwidth(text: str) -> None:
    assert width(text) == wcswidth(text)


def test_padding_counts_columns() -> None:
    assert padded("甲", 4) == "甲  "


@given(st.text(alphabet="甲乙，。（ab c：", max_size=60), st.integers(4, 30))
def test_wrapping_loses_nothing(text: str, columns: int) -> None:
    assert "".join(wrapped(text, columns)).replace(" ", "") == text.replace(" ", "")
    assert sorted(breaks(text, columns)) == breaks(text, columns)


def test_chinese_wraps_without_punctuation_first() -> None:
    assert wrapped("一二三四，五六七八。", 8) == ["一二三", "四，五六", "七八。"]
    assert wrapped("abc def ghi", 7) == ["abc def", "ghi"]


def test_plain_findings_are_one_line_each_and_the_rest_is_indented() -> None:
    page = Page("x", (Findings((Quoted(finding(Span("甲.yaml", 7, 3, 7, 5), help_="改"), None),)),), {})
    assert written("plain", page) == "甲.yaml:7:3: error XQS004 错\n    乙.yaml:2:1: 见此\n    改\n"


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_a_file_is_written_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    write_whole(target, b"one")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    target.chmod(0o604)
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o604
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
