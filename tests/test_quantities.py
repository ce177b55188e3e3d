"""Quantities, ratios, dates and dated values: exact, and never falling over rubbish."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqctl import quantities as q
from xqctl.quantities import Interval, PartialDate, Quantity, Ratio, SchoolYear, Unit

D = Decimal
FULL_WIDTH = "\uff13\uff10"
FULL_WIDTH_PERCENT = "\uff05"


def read(text: object) -> Quantity:
    """A quantity that must be readable."""
    quantity = q.parse(text)
    assert quantity is not None, text
    return quantity


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False)
units = st.sampled_from(Unit)
exact = st.builds(q.number, amounts, units)
ranges = st.builds(lambda a, b, u: Quantity(min(a, b), max(a, b), u), amounts, amounts, units)
ends = st.builds(lambda a, u, low: Quantity(a, None, u) if low else Quantity(None, a, u), amounts, units, st.booleans())
anything = exact | ranges | ends
days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
intervals = st.builds(Interval, st.none() | days, st.none() | days)


class TestReading:
    @pytest.mark.parametrize(
        ("text", "low", "high", "unit"),
        [
            ("30%", "0.30", "0.30", Unit.RATIO),
            ("2.5%", "0.025", "0.025", Unit.RATIO),
            ("3‰", "0.003", "0.003", Unit.RATIO),
            ("30个百分点", "0.3", "0.3", Unit.POINTS),
            ("80万元", "800000", "800000", Unit.MONEY),
            ("1.5亿元", "150000000", "150000000", Unit.MONEY),
            ("600元", "600", "600", Unit.MONEY),
            ("-20万元", "-200000", "-200000", Unit.MONEY),
            ("1500m2", "1500", "1500", Unit.AREA),
            (166, "166", "166", Unit.COUNT),
            (D("1.32"), "1.32", "1.32", Unit.COUNT),
            ("8..16", "8", "16", Unit.COUNT),
            ("3..5亿元", "300000000", "500000000", Unit.MONEY),
            ("3亿元..5亿元", "300000000", "500000000", Unit.MONEY),
            ("..40%", None, "0.4", Unit.RATIO),
            ("10..", "10", None, Unit.COUNT),
            ("10%..", "0.1", None, Unit.RATIO),
            ("7..7", "7", "7", Unit.COUNT),
        ],
    )
    def test_reads(self, text: object, low: str | None, high: str | None, unit: Unit) -> None:
        assert q.parse(text) == Quantity(None if low is None else D(low), None if high is None else D(high), unit)

    @pytest.mark.parametrize(
        "rubbish",
        [
            *(
                "",
                "..",
                "%",
                "万元",
                FULL_WIDTH + "%",
                "30" + FULL_WIDTH_PERCENT,
                "80 万元",
                "80万",
                "1,200元",
                "一百元",
            ),
            *("080", "1e5", "+3", "3.", ".5", "8\n", "5..3", "3万元..5亿元", "3%..5", "3...5", "3..5..7"),
            *("1" * 31, "0." + "1" * 31, "..." + "1" * 200, f"{'1' * 31}..5", f"5..{'1' * 31}"),
            *(None, True, False, 0.3, [], {}, b"30%", D("NaN"), D("Infinity"), D("1E+40"), 10**40),
        ],
    )
    def test_rubbish_is_none(self, rubbish: object) -> None:
        assert q.parse(rubbish) is None

    @given(st.text() | st.integers() | st.decimals() | st.floats())
    def test_never_raises(self, value: object) -> None:
        q.parse(value)
        q.parse_date(value)
        q.parse_school_year(value)

    @given(anything)
    def test_what_is_shown_is_read_back(self, quantity: Quantity) -> None:
        assert q.parse(q.show(quantity)) == quantity

    @given(st.from_regex(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,6})?(%|‰|个百分点|亿元|万元|元|m2)?", fullmatch=True))
    def test_what_is_read_is_shown_without_loss(self, text: str) -> None:
        assert read(q.show(read(text))) == read(text)


class TestShowing:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("2400000元", "240万元"),
            ("80..160万元", "80..160万元"),
            ("0.5..2万元", "0.5..2万元"),
            ("5000元", "5000元"),
            ("12345元", "12345元"),
            ("12300元", "1.23万元"),
            ("15000万元", "1.5亿元"),
            ("12345万元", "12345万元"),
            ("123456789元", "123456789元"),
            ("0万元", "0元"),
            ("0..10万元", "0..10万元"),
            ("-200000元", "-20万元"),
            ("31.250%", "31.25%"),
            ("3‰", "0.3%"),
            ("..40%", "..40%"),
            ("10%..", "10%.."),
            ("-0", "0"),
            (D("1E+3"), "1000"),
        ],
    )
    def test_the_way_people_write(self, text: object, shown: str) -> None:
        assert str(read(text)) == shown

    @pytest.mark.parametrize(
        ("value", "places", "beside", "shown"),
        [
            (Ratio(D(2996), D(10000)), 1, None, "30.0%"),
            (Ratio(D(2996), D(10000)), 1, D("0.3"), "29.96%"),
            (Ratio(D(3), D(10)), 1, D("0.3"), "30%"),
            (Ratio(D(5), D(16)), 2, None, "31.25%"),
            (Ratio(D(1), D(3)), 2, None, "33.33%"),
            (D("0.00125"), 2, None, "0.13%"),
            (D("-0.00125"), 2, None, "-0.13%"),
            (Ratio(D(-1), D(10**6)), 2, D(0), "-0.0001%"),
        ],
    )
    def test_percent(self, value: Ratio | Decimal, places: int, beside: Decimal | None, shown: str) -> None:
        assert q.percent(value, places, beside) == shown

    @given(amounts, st.integers(1, 10**9), st.decimals(-2, 2, places=6), st.integers(0, 4))
    def test_rounding_never_hides_a_difference(self, n: Decimal, d: int, bound: Decimal, places: int) -> None:
        value = Ratio(n, D(d))
        shown = Fraction(q.rounded(value, places, bound))
        assert (shown > bound, shown < bound) == (value.fraction > bound, value.fraction < bound)

    def test_machine_numbers_have_twelve_digits(self) -> None:
        assert q.machine(Ratio(D(5), D(16))) == "0.3125"
        assert q.machine(Ratio(D(2), D(3))) == "0.666666666667"
        assert q.machine(Ratio(D(10**20), D(1))) == "100000000000000000000"
        assert q.machine(q.root(D(2))) == "1.41421356237"
        assert q.machine(7) == "7"


class TestArithmetic:
    @given(amounts, amounts, units)
    def test_sums_are_exact(self, a: Decimal, b: Decimal, unit: Unit) -> None:
        together = q.number(a, unit) + q.number(b, unit)
        assert together.exact is not None
        assert Fraction(together.exact) == Fraction(a) + Fraction(b)

    @given(ranges, st.integers(0, 10**6), st.integers(0, 10**6))
    def test_a_product_holds_every_product(self, amount: Quantity, a: int, b: int) -> None:
        product = amount.times(Quantity(D(min(a, b)), D(max(a, b)), Unit.COUNT))
        for end in (amount.low, amount.high):
            for count in (a, b):
                assert end is not None
                assert product.holds(end * count)

    def test_amounts_by_counts(self) -> None:
        assert str(read("60万元").times(4)) == "240万元"
        assert str(read("10万元").times(read("8..16"))) == "80..160万元"
        assert str(read("10万元").times(read("8.."))) == "80万元.."
        assert str(read("..5万元").times(2)) == "..10万元"
        assert str(read("80万元") - read("100..120万元")) == "-40..-20万元"
        assert str(read("30%") + read("20个百分点")) == "50%"

    def test_thirty_digit_amounts_lose_nothing(self) -> None:
        long = "9" * 30
        assert str(read(f"{long}元").times(int(long))) == f"{int(long) ** 2}元"

    def test_total(self) -> None:
        assert str(q.total([read("1亿元"), read("650元")], Unit.MONEY)) == "100000650元"
        assert q.total([], Unit.MONEY) == q.number(0, Unit.MONEY)

    def test_wrong_calls(self) -> None:
        with pytest.raises(ValueError, match="cannot add"):
            read("3") + read("3元")
        with pytest.raises(ValueError, match="not a count"):
            read("3元").times(-1)
        with pytest.raises(ValueError, match="at least one end"):
            Quantity(None, None, Unit.COUNT)
        with pytest.raises(ValueError, match="over"):
            Quantity(D(2), D(1), Unit.COUNT)
        with pytest.raises(ValueError, match="ratio over 0"):
            Ratio(D(1), D(0))
        assert q.ratio(1, 0) is None


class TestBounds:
    def test_inclusive_and_exact(self) -> None:
        assert q.at_most(D("0.45"), read("45%")) is True
        assert q.at_most(D("0.45000000000000000001"), read("45%")) is False
        assert q.at_least(Ratio(D(3), D(10)), read("30%")) is True
        assert q.at_least(Ratio(D(2999999), D(10**7)), read("30%")) is False
        assert q.equals(Ratio(D(1), D(1)), read("100%")) is True
        assert q.between(read("16"), read("8..16")) is True
        assert q.between(read("17"), read("8..16")) is False
        assert q.between(read("17"), read("8..")) is True

    def test_ranges_may_leave_it_open(self) -> None:
        assert q.at_least(read("8..16"), 10) is None
        assert q.at_least(read("8..16"), 8) is True
        assert q.at_least(read("8..16"), 17) is False
        assert q.at_most(read("10.."), 12) is None
        assert q.equals(read("8..16"), 20) is False
        assert q.equals(read("8..16"), 10) is None
        assert q.between(read("8..16"), read("10..20")) is None

    @given(st.integers(0, 10**6), st.integers(1, 10**6), st.decimals(0, 2, places=8))
    def test_a_ratio_is_compared_by_cross_multiplication(self, n: int, d: int, bound: Decimal) -> None:
        value = Ratio(D(n), D(d))
        assert q.at_least(value, bound) == (D(n) >= bound * D(d))
        assert q.at_most(value, bound) == (D(n) <= bound * D(d))

    def test_roots(self) -> None:
        assert q.root(D("0.2025")) == D("0.45")
        assert q.root(Ratio(D("0.405"), D(2))) == D("0.45")
        assert len(q.root(D(2)).as_tuple().digits) == 50
        assert abs(q.root(Ratio(D(1), D(3))) ** 2 * 3 - 1) < D("1E-25")


class TestPublished:
    def test_twenty_four_schools_at_35_percent(self) -> None:
        share = q.published(read("35%"), read("1%"))
        assert share is not None
        assert list(q.denominators(24, share) or ()) == [68, 69]
        assert share.holds(Ratio(D(24), D(68)))
        assert not share.holds(Ratio(D(24), D(111)))

    def test_1415_at_15_percent(self) -> None:
        share = q.published(read("15%"))
        assert share is not None
        assert q.denominators(1415, share) == range(9130, 9759)

    def test_half_open(self) -> None:
        share = q.published(read("35.0%"))
        assert share is not None
        assert (share.low, share.high) == (D("0.3495"), D("0.3505"))
        assert share.holds(share.low)
        assert not share.holds(share.high)
        assert list(q.numerators(2000, share)) == [699, 700]

    def test_money_and_what_cannot_be_told(self) -> None:
        money = q.published(read("80万元"))
        assert money is not None
        assert (money.low, money.high) == (D(795000), D(805000))
        assert q.published(read("8..16")) is None
        assert q.published(read("8"), read("0")) is None
        none = q.published(read("0%"))
        assert none is not None
        assert q.denominators(3, none) is None
        assert q.denominators(0, none) is None
        some = q.published(read("5%"))
        assert some is not None
        assert not q.denominators(0, some)
        below = q.published(read("-5%"))
        assert below is not None
        assert q.denominators(3, below) == range(0)
        assert q.numerators(3, below) == range(0)

    @given(st.integers(1, 3000), st.integers(1, 3000), st.integers(0, 99))
    def test_agrees_with_trying_out(self, k: int, n: int, whole: int) -> None:
        share = q.published(read(f"{whole}%"))
        assert share is not None
        shown = int(Fraction(k, n) * 100 + Fraction(1, 2))
        assert share.holds(Ratio(D(k), D(n))) == (shown == whole)
        assert (k in q.numerators(n, share)) == (shown == whole)
        if (found := q.denominators(k, share)) is not None:
            assert (n in found) == (shown == whole)


class TestDates:
    @pytest.mark.parametrize(
        ("value", "first", "last"),
        [
            (2010, date(2010, 1, 1), date(2010, 12, 31)),
            ("2010", date(2010, 1, 1), date(2010, 12, 31)),
            ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
            ("2010-07-15", date(2010, 7, 15), date(2010, 7, 15)),
        ],
    )
    def test_partial(self, value: object, first: date, last: date) -> None:
        assert (q.first_day(value), q.last_day(value)) == (first, last)
        assert str(q.parse_date(value)) == str(value)

    @pytest.mark.parametrize(
        "rubbish",
        [
            *("2010-13", "2010-00", "2010-02-30", "2010-02-00", "10", "2010-7", "0000", "0999", 999, True, None),
            *(FULL_WIDTH * 2, "2010-07-15T00:00", "2010/07", 2010.0, "2019-2020", D(2010)),
        ],
    )
    def test_rubbish_is_none(self, rubbish: object) -> None:
        assert q.parse_date(rubbish) is None

    @given(days)
    def test_round_trip(self, day: date) -> None:
        assert q.parse_date(day.isoformat()) == PartialDate(day.year, day.month, day.day)
        assert q.first_day(day.isoformat()) == q.last_day(day.isoformat()) == day
        assert q.school_year(day).interval.contains(day)
        assert q.parse_school_year(str(q.school_year(day))) in (q.school_year(day), None)

    def test_school_years(self) -> None:
        year = q.parse_school_year("2019-2020")
        assert year == SchoolYear(2019)
        assert year.interval == Interval(date(2019, 9, 1), date(2020, 9, 1))
        assert q.school_year(date(2020, 8, 31)) == year
        assert q.school_year(date(2020, 9, 1)) > year
        for rubbish in ("2019-2021", "2019", "2019-20", "0000-0001", 2019, None):
            assert q.parse_school_year(rubbish) is None

    def test_half_open(self) -> None:
        spell = q.interval("2010-07", 2013)
        assert spell.contains(date(2010, 7, 1))
        assert spell.contains(date(2012, 12, 31))
        assert not spell.contains(date(2013, 1, 1))
        assert not spell.overlaps(q.interval(2013, None))
        assert q.interval(2013, 2013).is_empty
        assert q.interval(None, "rubbish") == Interval()

    @given(intervals, intervals, days)
    def test_intervals_are_sets_of_days(self, a: Interval, b: Interval, day: date) -> None:
        both = a.intersect(b)
        assert (both is not None and both.contains(day)) == (a.contains(day) and b.contains(day))
        assert a.overlaps(b) == b.overlaps(a)
        if a.covers(b) and b.contains(day):
            assert a.contains(day)
        if both is not None and both.start is not None:
            assert both.contains(both.start)
        assert Interval().covers(a)
        assert a.covers(a)


class TestDated:
    ROLES: ClassVar[dict[str, object]] = {
        "2013": {"role": "member", "until": 2018},
        "1999": "branch",
        "2020-09": "lead",
    }

    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (date(1998, 12, 31), None),
            (date(1999, 1, 1), "branch"),
            (date(2012, 12, 31), "branch"),
            (date(2013, 1, 1), ROLES["2013"]),
            (date(2018, 1, 1), None),
            (date(2020, 9, 1), "lead"),
            (date(2900, 1, 1), "lead"),
        ],
    )
    def test_each_holds_to_the_next_or_its_own_until(self, day: date, value: object) -> None:
        assert q.on(self.ROLES, day) == value

    def test_steps(self) -> None:
        assert [(step.interval.start, step.interval.end) for step in q.steps(self.ROLES)] == [
            (date(1999, 1, 1), date(2013, 1, 1)),
            (date(2013, 1, 1), date(2018, 1, 1)),
            (date(2020, 9, 1), None),
        ]

    def test_a_plain_value_always_holds(self) -> None:
        assert q.on("lead", date(1900, 1, 1)) == "lead"
        assert q.steps(["primary"]) == (q.Step(Interval(), ["primary"], None),)
        assert not q.is_dated({})
        assert not q.is_dated({"role": "lead", "2013": "x"})
        assert q.is_dated({"2013-13": "x"})

    def test_a_plain_object_holds_in_its_own_days(self) -> None:
        member = {"role": "member", "since": 2010, "until": "2015-09"}
        assert q.on(member, date(2009, 12, 31)) is None
        assert q.on(member, date(2015, 8, 31)) == member
        assert q.on(member, date(2015, 9, 1)) is None

    def test_an_object_that_only_dates_a_value_is_that_value(self) -> None:
        standing = {"2010": {"value": "weak", "until": 2015, "source": "x"}, "2016": "quality"}
        assert q.on(standing, date(2014, 1, 1)) == "weak"
        assert q.on(standing, date(2015, 1, 1)) is None
        assert [step.key for step in q.steps(standing)] == ["2010", "2016"]

    def test_everything_inside_as_it_is_on_a_day(self) -> None:
        school = {
            "name": "x",
            "stages": {"2010": "primary", "2018": ["primary", "junior"]},
            "campuses": {"a": {"setting": {"2012": {"value": "rural"}}}, "b": {"until": 2011}},
            "standing": {"2020": "weak"},
        }
        assert q.at(school, date(2013, 1, 1)) == {
            "name": "x",
            "stages": "primary",
            "campuses": {"a": {"setting": "rural"}},
        }

    def test_slips(self) -> None:
        assert q.steps({"2013-13": "x"}) == ()
        early = q.steps({"2013": {"role": "lead", "until": 2010}})
        assert [step.interval.is_empty for step in early] == [True]
        assert q.on({"2013": "a", "2013-01": "b"}, date(2013, 1, 1)) == "b"

    @given(st.dictionaries(days.map(date.isoformat), st.integers(), min_size=1), days)
    def test_one_value_a_day(self, dated: dict[str, int], day: date) -> None:
        holding = [step.value for step in q.steps(dated) if step.interval.contains(day)]
        started = [key for key in dated if key <= day.isoformat()]
        assert holding == ([dated[max(started)]] if started else [])
        assert q.on(dated, day) == (holding[0] if holding else None)
