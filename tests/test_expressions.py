"""Expressions: checked against what they see, friendly about what is absent, bounded, and never raising."""

import json
import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xqctl import expressions as x
from xqctl.expressions import ListOf, MapOf, Scalar, fields_of

GROUP = fields_of("groups").also(
    school=fields_of("schools"),
    schools=ListOf(fields_of("schools")),
    count=Scalar.WHOLE,
    score=Scalar.ANY,
    tables=MapOf(MapOf(Scalar.WHOLE)),
    is_new=Scalar.TRUTH,
    others=ListOf(
        x.record(
            {
                "ids": ListOf(Scalar.WHOLE),
                "of": MapOf(Scalar.WHOLE),
                "any": MapOf(Scalar.ANY),
                "grid": ListOf(ListOf(Scalar.WHOLE)),
                "things": ListOf(x.record({"a": Scalar.WHOLE})),
                "marks": ListOf(Scalar.ANY),
            }
        )
    ),
)
OTHERS = [{"grid": [[1, 2]], "any": {"a": 5}, "things": [{"a": 1}], "marks": ["x"]}]


PIECES = [
    *("form", "count", "school", ".", "setting", "==", '"led"', "(", ")", "[", "]", "schools", ".map(", "s,", "+", "1"),
    *("&&", "!", "?", ":", "has(", "null", " ", "\n", "学", "'", "{", "}", "in", "//", "r'", "2.5", "sum("),
]


def right(text: str, gives: Scalar = Scalar.TRUTH) -> x.Compiled:
    """An expression that must compile."""
    compiled = x.compile_expression(text, GROUP, gives)
    assert isinstance(compiled, x.Compiled), [str(error.message) for error in compiled]
    return compiled


def wrong(text: str, gives: Scalar = Scalar.TRUTH) -> tuple[x.ExpressionError, ...]:
    """What is said of an expression that must not compile."""
    errors = x.compile_expression(text, GROUP, gives)
    assert isinstance(errors, tuple)
    return errors


def condition(text: str, data: Mapping[str, object]) -> bool | str:
    """Whether it holds, or why there is no saying."""
    result = x.holds(right(text), data)
    return str(result.message) if isinstance(result, x.EvaluationError) else result


def amount(text: str, data: Mapping[str, object], gives: Scalar = Scalar.WHOLE) -> x.Result | str:
    """The value, or why there is none."""
    result = x.evaluate(right(text, gives), data)
    return str(result.message) if isinstance(result, x.EvaluationError) else result


class TestConditions:
    @pytest.mark.parametrize(
        ("text", "data", "holds"),
        [
            ('form == "entrusted"', {"form": "entrusted"}, True),
            ('form in ["led", "chain"]', {"form": "led"}, True),
            ("is_new", {"is_new": True}, True),
            ('school.setting == "rural" && count < 100', {"school": {"setting": "rural"}, "count": 99}, True),
            ('"junior" in stages', {"stages": ["primary", "junior"]}, True),
            ('"junior" in stages', {"stages": "junior"}, True),
            ('members["甲"].role == "lead"', {"members": {"甲": "lead"}}, True),
            ('members.exists(m, members[m].role == "branch")', {"members": {"甲": {"role": "branch"}}}, True),
            ('since < "2015"', {"since": 2010}, True),
            ("score >= 90", {"score": Decimal("90.0")}, True),
            ("score >= 90.5", {"score": Decimal("90.4")}, False),
            ('id.contains("学")', {"id": "城桥中学"}, True),
            ('name.matches("^城.*学$")', {"name": "城桥中学"}, True),
            ('tables["甲"]["乙"] == 3', {"tables": {"甲": {"乙": 3}}}, True),
            ('"junior" in school.stages', {"school": {"stages": ["primary", "junior"]}}, True),
            ('school.campuses["甲"].setting == "rural"', {"school": {"campuses": {"甲": {"setting": "rural"}}}}, True),
            ("school.disputed.a[1] == true", {"school": {"disputed": {"a": [None, True], "b": {}, "c": []}}}, True),
            ("school.disputed.a == 1.5", {"school": {"disputed": {"a": Decimal("1.5")}}}, True),
            ('school.disputed == "why"', {"school": {"disputed": "why"}}, True),
            ("declared.lead == 22", {"declared": {"lead": 22}}, True),
            ("others[0].ids[0] == 3 && others[0].of.a == 4", {"others": [{"ids": 3, "of": {"a": 4}}]}, True),
            ("others[0].grid[0][1] == 2 && others[0].any.a == 5", {"others": OTHERS}, True),
            ("others[0].things[0].a == 1 && others[0].marks[0] == 'x'", {"others": OTHERS}, True),
            ("school.location.lat > 30", {"school": {"location": {"lat": Decimal("31.2")}}}, True),
        ],
    )
    def test_hold_or_not(self, text: str, data: Mapping[str, object], holds: bool) -> None:
        assert condition(text, data) is holds

    @pytest.mark.parametrize(
        ("text", "holds"),
        [
            ('form == "merged"', False),
            ('form != "merged"', True),
            ("form == null", True),
            ('school.setting == "rural"', False),
            ("has(school.setting)", False),
            ("has(school.location) && school.location.lat > 30", False),
            ('school.location.crs == "wgs84"', False),
            ('"junior" in stages', False),
            ("members.size() == 0", True),
            ("schools.exists(s, has(s.standing))", False),
            ("count < 100", "not given: count"),
            ("school.built < '2010'", "not given: school"),
            ("count + 1 > 2", "not given: count"),
            ('form == "merged" || count < 100', "not given: count, form"),
            ('tables["甲"]["乙"] == 3', "there is no 甲"),
        ],
    )
    def test_what_is_absent_is_null(self, text: str, holds: bool | str) -> None:
        assert condition(text, {}) == holds

    def test_what_is_absent_inside_a_list_does_not_spoil_it(self) -> None:
        schools = [{"standing": "weak"}, {}, {"standing": None}]
        assert amount('schools.filter(s, s.standing == "weak").size()', {"schools": schools}) == 1
        assert amount('schools.filter(s, s.standing != "weak").size()', {"schools": schools}) == 2

    def test_an_absent_side_does_not_matter_where_the_other_decides(self) -> None:
        assert condition('form == "led" || count < 100', {"form": "led"}) is True
        assert condition('form == "led" && count < 100', {"form": "chain"}) is False


class TestNumbers:
    def test_whole_numbers_stay_whole(self) -> None:
        assert amount("count * 3 / 2", {"count": 3}) == 4
        assert amount("sum(schools.map(s, s.name.size()))", {"schools": [{"name": "学"}, {"name": "小学"}]}) == 3
        assert amount("sum([score, 2])", {"score": Decimal(3)}) == 5

    def test_a_double_is_marked_approximate(self) -> None:
        value = amount("double(count) / 3.0", {"count": 1}, Scalar.NUMBER)
        assert value == x.Approximate(Decimal("0.3333333333333333"))
        assert amount("count", {"count": 1}, Scalar.NUMBER) == 1

    @pytest.mark.parametrize(
        ("text", "data", "why"),
        [
            ("count / 0", {"count": 1}, "it divides by zero"),
            ("count % 0", {"count": 1}, "it divides by zero"),
            ("count * count", {"count": 2**40}, "a number grows too large to calculate with"),
            ("sum([count, count])", {"count": 2**62}, "a number grows too large to calculate with"),
            ("count", {"count": 2**70}, "1.181e+21 is too large to calculate with"),
            ("count", {"count": "8..16"}, "8..16 is not a whole number"),
            ("count", {"count": True}, "True is not a whole number"),
            ("count", {}, "not given: count"),
            ("sum([score])", {"score": "x"}, "it needs something that is not given"),
            ("score", {"score": "x"}, "it gives text, not a whole number"),
            ("[1][count]", {"count": 5}, "CEL says: Index error: index=5 size=1"),
            ("schools.size()", {"schools": [3]}, "3 is not a mapping"),
            ("score", {"score": b"x"}, "b'x' cannot be calculated with"),
        ],
    )
    def test_no_value(self, text: str, data: Mapping[str, object], why: str) -> None:
        assert amount(text, data) == why

    def test_text(self) -> None:
        assert amount('is_new ? "a" : name', {"is_new": False, "name": "b"}, Scalar.TEXT) == "b"

    def test_infinity_is_no_value(self) -> None:
        assert amount("1.0 / 0.0", {}, Scalar.NUMBER) == "it gives a decimal number, not a number"


class TestMistakes:
    @pytest.mark.parametrize(
        ("marked", "message", "help_"),
        [
            ('«fomr» == "led"', "fomr is not known here", "did you mean `form`?"),
            ('school.«settng» == "rural"', "there is no field settng", "did you mean `setting`?"),
            ('schools.all(s, s.«stnding» == "weak")', "there is no field stnding", "did you mean `standing`?"),
            ("form «==» 3", "== does not go with text and a whole number", None),
            ("count «>» 2.5", "> does not go with a whole number and a decimal number", None),
            ("«!»form", "! does not go with text", None),
            ('form«[»"a"] == 1', "[] does not go with text and text", None),
            ("form.«startsWith»(3)", "startsWith() does not go with text, a whole number", None),
            ('form.«startsWiht»("x")', "there is no function startsWiht()", "did you mean `startsWith`?"),
            ("form«.»size > 1", "text has no fields", None),
            ("has(«form»)", "has() asks for a field of something", "write `name != null` for a name that stands alone"),
            ("«for» == 1", "for is a word of the language itself", None),
            ('form «=» "led"', "= cannot stand here", "write == to compare"),
            ('form == "led" «and» is_new', "and cannot stand here", "write && for and"),
            ("form == «“»led”", "“ cannot stand here", 'write straight quotation marks: "…"'),
            ('(form == "led"«）»', "） cannot stand here", "write the half-width sign"),
            ('form == «"led»', "the quotation mark is not closed", None),
            ('(form == "led"«»', ") is missing at the end", None),
            ("form ==«»", "the expression ends too early", None),
            ('«学段» == "a"', "学 cannot stand here", 'text stands in quotes: "学"; names are the English field names'),
            ('form == «"mergd"»', "`mergd` is no form", "did you mean `merged`?"),
            ('school.standing != «"薄弱"»', "`薄弱` is no school.standing",
             "one of `quality`, `ordinary`, `weak`, `new`"),
            ('form in ["led", «"chian"»]', "`chian` is no form", "did you mean `chain`?"),
            ('«"juniour"» in stages', "`juniour` is no stages", "did you mean `junior`?"),
            ('«form + "a" == "b"»', "+ adds numbers; it does not join texts or lists",
             "compare texts one by one; for numbers of unsaid type write int(…)"),
            ("«form»", "the expression gives text, not true or false", None),
        ],
    )  # fmt: skip
    def test_are_told_at_their_place(self, marked: str, message: str, help_: str | None) -> None:
        (error,) = wrong(marked.replace("«", "").replace("»", ""))
        start, end = marked.index("«") + 1, marked.index("»")
        assert (str(error.message), str(error.help) if error.help else None) == (message, help_)
        assert (error.line, error.column) == (1, start)
        assert error.end == max(end, start + 1)

    def test_no_more_names_than_one_reads(self) -> None:
        (error,) = wrong("foo.bar == 1")
        assert str(error.help).startswith("known here: agreement, also_named, ")
        assert str(error.help).endswith(", …")

    def test_several_on_several_lines(self) -> None:
        errors = wrong('form == "学区" &&\n  yyy == 1 ||\n  zzz')
        assert [(error.line, error.column, error.end) for error in errors] == [(2, 3, 6), (3, 3, 6)]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "the expression ends too early"),
            ("true" + " && true" * 500, "the expression has 4004 characters, more than 1000"),
            ("(" * 50 + "true" + ")" * 50, "the expression is nested more than 32 deep"),
            ("[" * 50 + "]" * 50 + " == 1", "the expression is nested more than 32 deep"),
            ("1" + " + 1" * 100 + " == 1", "the expression is nested more than 32 deep"),
            ("[1].map(a,[1].map(b,[1].map(c,[1].map(d,1)))).size() == 1",
             "the expression goes through lists 4 times, more than 3"),
            ("(schools + schools).size() == 1", "+ adds numbers; it does not join texts or lists"),
            ("score + score == 1", "+ adds numbers; it does not join texts or lists"),
            ('b"a" + b"b" == b"ab"', "+ adds numbers; it does not join texts or lists"),
            ('form == "\ud800"', "the expression has characters that stand for nothing"),
        ],
    )  # fmt: skip
    def test_limits(self, text: str, message: str) -> None:
        assert [str(error.message) for error in wrong(text)] == [message]

    def test_steps_are_counted(self) -> None:
        assert amount("schools.filter(s, true).size()", {"schools": [{}] * 9_999}) == 9_999
        why = "it takes more than 10,000 steps"
        assert condition("schools.all(s, true)", {"schools": [{}] * 10_001}) == why

    def test_what_it_gives(self) -> None:
        assert [str(error.message) for error in wrong("count")] == [
            "the expression gives a whole number, not true or false"
        ]
        assert [str(error.message) for error in wrong("1.5", Scalar.WHOLE)] == [
            "the expression gives a decimal number, not a whole number"
        ]


class TestSafety:
    @settings(max_examples=300, deadline=None)
    @given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map("".join))
    def test_any_text_compiles_or_is_explained(self, text: str) -> None:
        for gives in (Scalar.TRUTH, Scalar.NUMBER):
            result = x.compile_expression(text, GROUP, gives)
            if isinstance(result, tuple):
                assert result
                lines = text.split("\n")
                for error in result:
                    assert 1 <= error.line <= len(lines)
                    assert 1 <= error.column <= len(lines[error.line - 1]) + 1
                    assert error.end > error.column
            else:
                x.evaluate(result, {})

    @settings(max_examples=200, deadline=None)
    @given(
        st.dictionaries(
            st.sampled_from(["form", "count", "score", "stages", "members", "school", "schools", "declared", "is_new"]),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text() | st.decimals() | st.binary(max_size=3),
                lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
                max_leaves=8,
            ),
        )
    )
    def test_any_data_give_a_value_or_a_reason(self, data: Mapping[str, object]) -> None:
        for text in (
            'form == "led" && count > 1 && score == 3 && "junior" in stages && is_new',
            'members.all(m, members[m].role == "lead") || school.name == "x" || schools.size() > 1',
            "declared.lead == 2",
        ):
            assert isinstance(x.holds(right(text), data), bool | x.EvaluationError)

    def test_deep_data(self) -> None:
        deep: object = 1
        for _ in range(200):
            deep = [deep]
        assert isinstance(x.evaluate(right("score == 3"), {"score": deep}), bool | x.EvaluationError)
        school = {"honours": deep}
        assert isinstance(x.evaluate(right('school.name == "x"'), {"school": school}), bool | x.EvaluationError)

    def test_threads_and_processes(self) -> None:
        compiled = right('schools.filter(s, s.standing == "weak").size()', Scalar.WHOLE)
        data = {"schools": [{"standing": "weak"}] * 50}
        found: list[object] = []
        threads = [threading.Thread(target=lambda: found.append(x.evaluate(compiled, data))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [50] * 8
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            assert pool.apply(x.evaluate, (compiled, data)) == 50

    def test_the_library_is_loaded_late(self) -> None:
        code = (
            "import sys, json; from xqctl import expressions as x; x.fields_of('groups');"
            "print(json.dumps([m for m in sys.modules if m.startswith(('cel_expr', 'google.protobuf'))]))"
        )
        out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        assert json.loads(out) == []


class TestShapes:
    def test_fields_are_read_off_the_schema(self) -> None:
        school = fields_of("schools")
        assert school.get("id") == Scalar.TEXT
        assert school.get("built") == Scalar.TEXT
        assert isinstance(school.get("stages"), ListOf)
        assert isinstance(school.get("standing"), x.Choice)
        assert isinstance(school.get("campuses"), MapOf)
        assert school.get("nothing") is None
        assert fields_of("postings").get("count") == Scalar.WHOLE

    def test_a_part_of_a_kind(self) -> None:
        assert isinstance(fields_of("unit", "membership").get("role"), x.Choice)
        with pytest.raises(LookupError):
            fields_of("unit", "role")
        with pytest.raises(LookupError):
            fields_of("unit", "nothing")


def test_a_field_that_bears_a_word_of_cel_is_seen_behind_its_thing() -> None:
    resource = fields_of("resources")
    sees = resource.also(resource=resource)
    data = {"hub": "course_highland", "type": "facility", "resource": {"type": "facility"}}
    for text in ('hub == "course_highland"', 'resource.type == "facility"'):
        compiled = x.compile_expression(text, sees, Scalar.TRUTH)
        assert isinstance(compiled, x.Compiled)
        assert x.holds(compiled, data) is True
    assert isinstance(x.compile_expression('type == "facility"', sees, Scalar.TRUTH), tuple)
