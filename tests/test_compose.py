"""Reading YAML: values of the 1.2 core schema, exact numbers, and places to the column."""

import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from xqctl.compose import Budgets, Places, compose
from xqctl.place import Part, Route, Span


def _data(text: str) -> Any:
    return compose(text.encode(), "x.yaml", Budgets()).data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ('""', ""), ("''", ""),
        ("true", True), ("True", True), ("false", False), ("FALSE", False), ('"true"', "true"),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("N", "N"),
        ("0", 0), ("42", 42), ("+42", 42), ("-42", -42), ('"42"', "42"), ("0x1F", 31), ("0o17", 15),
        ("010", "010"), ("0123", "0123"), ("00", "00"), ("1_000", "1_000"), ("0b11", "0b11"), ("12:30", "12:30"),
        ("12:30:45", "12:30:45"), ("1.5", Decimal("1.5")), ("-0.25", Decimal("-0.25")), (".5", Decimal("0.5")),
        ("0.1", Decimal("0.1")), ("0.30", Decimal("0.3")), ("1e3", 1000), ("24.0", 24), ("1.", 1), ("+", "+"),
        (".", "."), ("..40%", "..40%"), ("8..16", "8..16"), ("30%", "30%"), ("2019-09-01", "2019-09-01"),
        ("2019-09", "2019-09"), ("2019", 2019), ("2-1-2", "2-1-2"), ("a?b", "a?b"), (".inf", ".inf"),
        (".nan", ".nan"), ("1.2.3", "1.2.3"), ("甲校", "甲校"), ("a # b", "a"), ("a#b", "a#b"), ("!!str 42", "42"),
        ("! 42", "42"), ("'it''s'", "it's"), ('"\\u7532"', "甲"), ("|\n  一\n  二\n", "一\n二\n"),
        (">-\n  一\n  二\n", "一 二"),
        ("[a, 1]", ["a", 1]), ("{a: 1}", {"a": 1}), ("\n  - a\n  - b", ["a", "b"]),
    ],
)  # fmt: skip
def test_a_value_is_what_yaml_1_2_says(text: str, value: object) -> None:
    read = _data(f"note: {text}")["note"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e999", Decimal("1e999")),
        ("1e9999", "1e9999"),
        ("9" * 25, Decimal("9" * 25)),
        ("9" * 5000, "9" * 5000),
        ("1" + "0" * 30 + ".5", Decimal("1" + "0" * 30 + ".5")),
    ],
)
def test_numbers_beyond_all_measure_are_no_trap(text: str, value: object) -> None:
    assert _data(f"a: {text}") == {"a": value}


def test_keys_are_text() -> None:
    text = '2014: 30%\n"2015": x\ntrue: x\nnull: x\n1.50: x\n0123: x\non: x\n~: x'
    assert list(_data(text)) == ["2014", "2015", "true", "null", "1.50", "0123", "on", "~"]


def test_our_own_fields_are_no_note() -> None:
    text = "figures: {a: {on: 2019-11-02}}"
    assert not compose(text.encode(), "x.yaml", Budgets()).problems


@pytest.mark.parametrize("text", ["a: {?b: 1}", "a: [?b]", "a: {b: 1, ?c : 2}"])
def test_a_question_mark_is_never_dropped(text: str) -> None:
    (problem,) = compose(text.encode(), "x.yaml", Budgets()).problems
    assert problem.code == "XQY001"
    assert problem.where == Span("x.yaml", 1, text.index("?") + 1, 1, text.index("?") + 3)


def test_an_anchor_may_stand_for_what_it_names() -> None:
    text = "a: &x [1, 2]\nb: *x\nc: &y 甲\nd: [*y, *y]"
    assert _data(text) == {"a": [1, 2], "b": [1, 2], "c": "甲", "d": ["甲", "甲"]}


def test_the_first_of_two_keys_counts() -> None:
    read = compose(b"a: 1\nb: 2\na: {c: 3}", "x.yaml", Budgets())
    assert read.data == {"a": 1, "b": 2}
    (problem,) = read.problems
    assert problem.code == "XQY002"
    assert problem.where == Span("x.yaml", 3, 1, 3, 2)
    assert problem.related[0].where == Route("x.yaml", ("a",), "key")


def test_budgets_hold() -> None:
    def codes(text: str, **limits: int) -> list[str]:
        return [problem.code for problem in compose(text.encode(), "x.yaml", Budgets(**limits)).problems]

    assert codes("a: b", size=4) == []
    assert codes("a: bc", size=4) == ["XQY009"]
    assert codes("a: [[1]]", depth=3) == []
    assert codes("a: [[[1]]]", depth=3) == ["XQY008"]
    assert codes("a: &a [1, 2]\nb: *a", nodes=6) == []
    assert codes("a: &a [1, 2]\nb: *a\nc: *a", nodes=6) == ["XQY007"]


def test_what_cannot_be_read_to_the_end_is_not_whole() -> None:
    assert compose(b"a: b", "x.yaml", Budgets()).whole
    assert not compose(b"a: [b", "x.yaml", Budgets()).whole
    assert not compose(b"a: b\n---\na: c", "x.yaml", Budgets()).whole
    assert compose("甲: 乙".encode("gb18030"), "x.yaml", Budgets()).data == {"甲": "乙"}


# --- places: « and » stand where the span begins and ends

PLACES: list[tuple[str, str, Part]] = [
    ("schools:\n  «甲校»: {}", "schools 甲校", "key"),
    ("schools:\n  甲校: «{}»", "schools 甲校", "value"),
    ("«schools»:\n  甲校: {}", "schools", "key"),
    ("schools:\n  «甲校: {}\n  乙校: 1»\n# 后\ngroups: {}", "schools", "value"),
    ("«schools:\n  甲校: {}»\n\n", "", "value"),
    ("a: «一 二»  # 注", "a", "value"),
    ("a: «'一'»  # 注", "a", "value"),
    ('a: «"一\n\n  二"»  # 注', "a", "value"),
    ("a: «一\n  二»\nb: 3", "a", "value"),
    ("a: «|\n  一\n  二»\nb: 3", "a", "value"),
    ("a: «>-\n  一\n\n  二»\n\n\nb: 3", "a", "value"),
    ("a: «|\n  一\n  二»\n", "a", "value"),
    ("a:\n  - 一\n  - «二»\n", "a 1", "value"),
    ("a:\n  «- 一\n  - 二»\nb: 1", "a", "value"),
    ("a: [一, «二», 三]", "a 1", "value"),
    ("a: «[一,\n  二]» # 注\nb: 1", "a", "value"),
    ("a: {b: «{c: 1}», d: 2}", "a b", "value"),
    ("a: {«b», c}", "a b", "value"),
    ("a:\n  b: &x «一»\n".replace("&x «", "«&x "), "a b", "value"),
    ("a: &x 1\nb: «*x»", "b", "value"),
    ("«a»:\nb: 1", "a", "value"),
    ("a: «\"\"»", "a", "value"),
    ("a:\n  «b»: 1", "a b missing", "value"),
    ("𠮷𠮷: «1»", "𠮷𠮷", "value"),
    ("a: 1\r\nb: «2»\r\n", "b", "value"),
    ("a: 1\rb: «2»\r", "b", "value"),
    ("\ufeffa: «1»", "a", "value"),
    ('"a b": {«"c"»: 1}', "a b c", "key"),
    ("? a\n: «1»", "a", "value"),
    ("- {a: «1»}\n- {a: 2}", "0 a", "value"),
    ("a:\n- b: «1»\n  c: 2\n", "a 0 b", "value"),
    ("---\na: «1»\n...\n", "a", "value"),
    ("a: «1»\na: 2", "a", "value"),
    ("甲\u200b校: «1»", "甲校", "value"),
    ("a: x\u2028y\nb: «1»", "b", "value"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "way", "part"), PLACES)
def test_a_place_is_exact(text: str, way: str, part: Part) -> None:
    before, inside, after = text.replace("«", "»").split("»")
    keys = tuple(_steps(way))
    span = Places((before + inside + after).encode(), "x.yaml").of(Route("x.yaml", keys, part))
    assert span == Span("x.yaml", *_position(before), *_position(before + inside))


def test_a_place_names_what_lies_there() -> None:
    text = "schools:\n  甲校: {stages: [primary, junior]}\n  # 注\n  乙校: {}\n"
    places = Places(text.encode(), "x.yaml")

    def around(line: int, column: int) -> str:
        return ".".join(places.around(Span("x.yaml", line, column, line, column + 1)))

    assert around(1, 1) == "schools"
    assert around(2, 3) == "schools.甲校"
    assert around(2, 8) == "schools.甲校.stages"
    assert around(2, 26) == "schools.甲校.stages.1"
    assert around(3, 3) == "schools"
    assert around(4, 4) == "schools.乙校"
    assert around(9, 1) == ""


def _steps(way: str) -> list[str]:
    return ["a b", "c"] if way == "a b c" else way.split()


def _position(before: str) -> tuple[int, int]:
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


# --- another reader of YAML 1.2 reads the same

FULL_WIDTH = "".join(map(chr, range(0xFF10, 0xFF1A)))
SIGNS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters=FULL_WIDTH)
TEXTS = st.text(SIGNS, max_size=12)
# In brackets libyaml takes ? and : at the beginning of a word for signs of its own, whatever follows; we say so.
TAKEN_FOR_SIGNS = re.compile(r"[\[{,:]\s*[?:]")
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, PLAIN, max_size=5), st.booleans())
def test_what_another_writer_writes_is_read_back(data: dict[str, Any], flow: bool) -> None:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    writer.allow_unicode = True
    stream = io.StringIO()
    writer.dump(data, stream)
    text = stream.getvalue()
    read = compose(text.encode(), "x.yaml", Budgets())
    if {problem.code for problem in read.problems} <= {"XQY015"}:
        assert read.data == data, text
        assert YAML(typ="safe", pure=True).load(text) == data
    else:
        assert flow
        assert TAKEN_FOR_SIGNS.search(text)


@given(st.dictionaries(TEXTS, PLAIN, max_size=5), st.sampled_from([None, 2]))
def test_json_is_read_as_json(data: dict[str, Any], indent: int | None) -> None:
    assert _data(json.dumps(data, ensure_ascii=False, indent=indent)) == data


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_decimals_stay_exact(number: Decimal) -> None:
    assert _data(f"a: {number:f}") == {"a": number}
