"""The indicators of 2017 and 2012, on numbers worked out by hand beside them, and on examples/demo."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqctl import schema
from xqctl.compose import Budgets
from xqctl.departments import WEIGHTS
from xqctl.district import District, build
from xqctl.indicators import EIGHT, INDICATORS, SEVEN, called
from xqctl.load import folders
from xqctl.measuring import Question
from xqctl.messages import say
from xqctl.metrics import Measurement, leaf, measure
from xqctl.quantities import Quantity, Ratio, at_most
from xqctl.targets import judge, targets
from xqctl.things import things

DAY, YEAR = date(2025, 3, 1), "2024-2025"
DEMO = Path(__file__).parent.parent / "examples" / "demo"
Numbers = Mapping[str, object]


def opened(folder: Path, day: date = DAY) -> District:
    (read,) = folders([str(folder)], [], budgets=Budgets())
    shaped = schema.shape(read)
    assert not shaped.problems, [str(problem.message) for problem in shaped.problems]
    return build(read, shaped, day, day)


def declared(
    schools: Mapping[str, Numbers], statistics: Mapping[str, Numbers], level: str = "district", **kinds: object
) -> District:
    """A district of these schools and their numbers; JSON is YAML."""
    itself = {"name": "某区", "level": level, "registers": dict.fromkeys(("schools", "zones"), "complete")}
    files: dict[str, dict[str, object]] = {
        "district.yaml": {"district": itself},
        "schools.yaml": {"schools": schools},
        "statistics.yaml": {"statistics": {YEAR: statistics}},
        "more.yaml": kinds,
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            if data:
                Path(folder, name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return opened(Path(folder))


def primaries(rows: Mapping[str, Numbers]) -> District:
    return declared({name: {"stages": "primary"} for name in rows}, rows)


def asked(
    district: District, metric: str, stage: str | None = "primary", of: str | None = None, **choices: object
) -> Measurement:
    chosen = tuple(sorted((name, str(value)) for name, value in choices.items()))
    question = Question(metric, stage, each=None, of=of, choices=chosen)
    (thing,) = things(district, question, district.as_of)
    return measure(district, question, thing, district.as_of)


def fraction(found: Measurement) -> Fraction:
    assert found.value is not None, missing(found)
    assert found.basis == "counted"
    assert not isinstance(found.value, Quantity)
    return found.value.fraction if isinstance(found.value, Ratio) else Fraction(found.value)


def missing(found: Measurement) -> str:
    return "; ".join(say(message, "en") for message in found.missing)


def steps(found: Measurement) -> list[str]:
    return [say(step, "en") for step in found.steps]


def near(found: Measurement, digits: str) -> None:
    """The value, rounded to as many places as are written."""
    assert isinstance(found.value, Decimal), missing(found)
    assert found.value.quantize(Decimal(digits)) == Decimal(digits)


# --- 差异系数: the five schools of the teaching sheet ---

SHEET = {"小学1": (45, 279), "小学2": (37, 137), "小学3": (89, 935), "小学4": (76, 160), "小学5": (55, 402)}


@pytest.fixture(scope="module")
def sheet() -> District:
    return primaries({name: {"students": pupils, "books": books} for name, (pupils, books) in SHEET.items()})


def test_the_variation_is_weighted_by_pupils(sheet: District) -> None:
    # N = 45 + 37 + 89 + 76 + 55 = 302, X = 1913 / 302 = 6.33444
    # 45 (6.2 - X)² = 0.813, 37 (3.70270 - X)² = 256.263, 89 (10.50562 - X)² = 1548.489,
    # 76 (2.10526 - X)² = 1359.329, 55 (7.30909 - X)² = 52.247: together 3217.142
    # S² = 3217.142 / 302 = 10.65279, S = 3.26386, S / X = 0.51526
    found = asked(sheet, "variation", indicator="books_per_pupil")
    near(found, "0.51526")
    told = steps(found)
    assert told[0] == "X: 1913 ÷ 302 = 6.3344"
    assert told[1] == "小学1: x = 279 ÷ 45 = 6.2; 45 × (x − X)² = 0.8133"
    assert told[-2] == "S² = 3217.1416 ÷ 302 = 10.6528"
    assert told[-1] == "books_per_pupil: S ÷ X = 3.26386 ÷ 6.33444 = 0.51526"
    assert found.counted is not None
    assert (found.counted.numerator[0].label, found.counted.numerator[0].amount) == ("小学1", Decimal(279))
    assert sum(Fraction(str(item.amount)) for item in found.counted.denominator) == 302


def test_unweighted_and_sample_only_on_request_and_labelled(sheet: District) -> None:
    # the mean of 6.2, 3.70270, 10.50562, 2.10526, 7.30909 is 5.96453; the squares of what they differ by it
    # 0.05544, 5.11589, 20.62144, 14.89398, 1.80783 add up to 42.49457
    # unweighted: √(42.49457 / 5) / 5.96453 = 0.48877; sample: √(42.49457 / 4) / 5.96453 = 0.54646
    unweighted = asked(sheet, "variation", indicator="books_per_pupil", weights="unweighted")
    sample = asked(sheet, "variation", indicator="books_per_pupil", weights="sample")
    near(unweighted, "0.48877")
    near(sample, "0.54646")
    label = "not weighted by pupils, as the standards do: each of 5 weighs the same"
    assert label in steps(unweighted)
    assert label in steps(sample)
    assert "as of a sample: divided by 5 less 1" in steps(sample)
    assert "as of a sample: divided by 5 less 1" not in steps(unweighted)


def test_at_the_limit_weighted_misses_and_unweighted_meets(sheet: District) -> None:
    limit = Decimal("0.50")
    weighted = asked(sheet, "variation", indicator="books_per_pupil").value
    unweighted = asked(sheet, "variation", indicator="books_per_pupil", weights="unweighted").value
    assert weighted is not None
    assert unweighted is not None
    assert at_most(weighted, limit) is False
    assert at_most(unweighted, limit) is True


def test_a_target_is_missed_by_pupils_and_met_without() -> None:
    bound = {"metric": "variation", "stage": "primary", "at_most": 0.5}
    district = declared(
        {name: {"stages": "primary"} for name in SHEET},
        {name: {"students": pupils, "books": books} for name, (pupils, books) in SHEET.items()},
        targets={
            "加权": {**bound, "with": {"indicator": "books_per_pupil"}},
            "不加权": {**bound, "with": {"indicator": "books_per_pupil", "weights": "unweighted"}},
            "计算机": {**bound, "with": {"indicator": "computers_per_100"}},
        },
    )
    verdicts = {
        target.id: verdict.state for target in targets(district, DAY) for verdict in judge(district, target, DAY)
    }
    assert verdicts == {"加权": "missed", "不加权": "met", "计算机": "unknown"}


def test_a_variation_on_its_limit_is_on_it() -> None:
    # X = (10 + 30) / 200 = 0.2, both differ by 0.1: S = 0.1, S / X = 0.5, not 0.4999… or 0.5000…1
    found = asked(
        primaries({"甲": {"students": 100, "books": 10}, "乙": {"students": 100, "books": 30}}),
        "variation",
        indicator="books_per_pupil",
    )
    assert found.value == Decimal("0.5")


def test_a_variation_that_cannot_be_found(sheet: District) -> None:
    assert "`with` has to say which indicator" in missing(asked(sheet, "variation"))
    assert "indicator is one of" in missing(asked(sheet, "variation", indicator="height"))
    assert "小学1, 小学2, 小学3, 小学4, 小学5" in missing(asked(sheet, "variation", indicator="computers_per_100"))
    empty = primaries({"甲": {"students": 10, "books": 0}, "乙": {"students": 20, "books": 0}})
    assert "no school has any" in missing(asked(empty, "variation", indicator="books_per_pupil"))
    one = primaries({"甲": {"students": 10, "books": 10}})
    assert asked(one, "variation", indicator="books_per_pupil").value == 0
    assert "one school" in missing(asked(one, "variation", indicator="books_per_pupil", weights="sample"))


# --- the split of what a school of several stages has ---


def shares(pupils: Mapping[str, int], name: str, whole: int, metric: str) -> dict[str, Fraction]:
    """What each stage of one school is given: the numerators of the metric."""
    stages: dict[str, object] = {stage: {"students": number} for stage, number in pupils.items()}
    district = declared({"甲校": {"stages": list(pupils)}}, {"甲校": {name: whole, **stages}})
    found = {}
    for stage in pupils:
        counted = asked(district, metric, stage).counted
        assert counted is not None
        amount = counted.numerator[0].amount
        assert isinstance(amount, Ratio | Decimal)
        found[stage] = amount.fraction if isinstance(amount, Ratio) else Fraction(amount)
    return found


def test_nine_years_are_split_1_to_1_1() -> None:
    # 166 + 1.1 × 210 = 397; 23226 / 397 = 58.503778…; × 166 = 9711.627, × 231 = 13514.373
    found = shares({"primary": 166, "junior": 210}, "books", 23226, "books_per_pupil")
    assert found == {"primary": Fraction(23226 * 166, 397), "junior": Fraction(23226 * 231, 397)}
    assert round(found["primary"], 2) == Fraction("9711.63")
    assert round(found["junior"], 2) == Fraction("13514.37")
    assert sum(found.values()) == 23226


def test_complete_secondary_schools_are_split_1_to_1_2() -> None:
    # 600 + 1.2 × 500 = 1200: half and half
    found = shares({"junior": 600, "senior": 500}, "computers", 300, "computers_per_100")
    assert found == {"junior": 150, "senior": 150}


def test_twelve_years_are_split_1_to_1_1_to_1_32() -> None:
    # 220 + 1.1 × 100 + 1.32 × 250 = 220 + 110 + 330 = 660: 1/3, 1/6, 1/2
    found = shares({"primary": 220, "junior": 100, "senior": 250}, "books", 6600, "books_per_pupil")
    assert found == {"primary": 2200, "junior": 1100, "senior": 3300}


def test_the_split_is_told_in_chinese_too() -> None:
    numbers = {"books": 23226, "primary": {"students": 166}, "junior": {"students": 210}}
    district = declared({"甲校": {"stages": ["primary", "junior"]}}, {"甲校": numbers})
    told = asked(district, "books_per_pupil", "junior", of="甲校").steps[0]
    assert "图书册数（books）" in say(told, "zh")
    assert "初中" in say(told, "zh")


def test_the_split_is_told() -> None:
    numbers = {"books": 23226, "primary": {"students": 166}, "junior": {"students": 210}}
    district = declared({"甲校": {"stages": ["primary", "junior"]}}, {"甲校": numbers})
    found = asked(district, "books_per_pupil", "junior", of="甲校")
    assert steps(found) == [
        "甲校: `books` of its junior secondary part = 23226 × 1.1 × 210 ÷ (1 × 166 + 1.1 × 210) = 13514.3728",
        "13514.3728 ÷ 210 = 64.3542",
    ]
    # the whole school needs no split: 23226 / 376
    assert fraction(asked(district, "books_per_pupil", None, of="甲校")) == Fraction(23226, 376)
    assert fraction(asked(district, "books_per_pupil", "compulsory")) == Fraction(23226, 376)


@pytest.mark.parametrize(
    ("stages", "numbers", "lacking"),
    [
        (["primary", "junior"], {"books": 9, "primary": {"students": 1}}, "no `students` for 2024-2025: 甲校.junior"),
        (["kindergarten", "primary"], {"books": 9}, "no `books` for 2024-2025: 甲校.primary"),  # no ratio is known
        (["primary", "junior"], {"full_time_teachers": 9}, "no `full_time_teachers` for 2024-2025: 甲校.primary"),
        # one stage has books of its own, so that the whole is not theirs to share
        (["primary", "junior"], {"books": 9, "junior": {"books": 4}}, "no `books` for 2024-2025: 甲校.primary"),
    ],
)
def test_what_cannot_be_split_is_unknown(stages: list[str], numbers: dict[str, object], lacking: str) -> None:
    pupils = {stage: {"students": 100} for stage in stages}
    merged = {**pupils, **numbers}
    for stage in stages:
        merged[stage] = {**pupils[stage], **dict(numbers.get(stage, {}))}  # type: ignore[call-overload]
    if lacking.startswith("no `students`"):
        merged["junior"] = {}
        merged = {name: value for name, value in merged.items() if value != {}}
    metric = "teachers_per_pupil" if "full_time_teachers" in numbers else "books_per_pupil"
    found = asked(declared({"甲校": {"stages": stages}}, {"甲校": merged}), metric)
    assert found.value is None
    assert lacking in missing(found)


def test_campuses_with_numbers_of_their_own_are_added() -> None:
    # (1000 + 500) / (100 + 100)
    district = declared(
        {"甲校": {"stages": "primary", "campuses": {"东": {}, "西": {}}}},
        {"甲校": {"students": 100, "books": 1000}, "甲校/东": {"students": 100, "books": 500}},
    )
    assert fraction(asked(district, "books_per_pupil")) == Fraction(15, 2)


def test_what_counts_where_it_is_written_may_be_missing_elsewhere() -> None:
    # (1000 + 500 + 200) / (100 + 100): the school itself rents nothing
    grounds: dict[str, Numbers] = {
        "甲校": {"students": 100, "sports_area": "1000m2"},
        "甲校/东": {"students": 100, "sports_area": "500m2", "rented_sports_area": "200m2"},
    }
    district = declared({"甲校": {"stages": "primary", "campuses": {"东": {}}}}, grounds)
    assert fraction(asked(district, "sports_area_per_pupil", rented="counted")) == Fraction(17, 2)
    # (700 + 600 + 100) / (100 + 100): only the junior part rents
    stages = {
        "primary": {"students": 100, "sports_area": "700m2"},
        "junior": {"students": 100, "sports_area": "600m2", "rented_sports_area": "100m2"},
    }
    whole = declared({"甲校": {"stages": ["primary", "junior"]}}, {"甲校": stages})
    assert fraction(asked(whole, "sports_area_per_pupil", "compulsory", rented="counted")) == 7
    assert fraction(asked(whole, "sports_area_per_pupil", "primary", rented="counted")) == 7
    assert fraction(asked(whole, "sports_area_per_pupil", "junior", rented="counted")) == 7


# --- one indicator after the other ---

NUMBERS: dict[str, dict[str, object]] = {
    "甲校": {
        "students": 200,
        "above_degree_teachers": 10,
        "backbone_teachers": 3,
        "arts_pe_teachers": 2,
        "teaching_area": "1200m2",
        "indoor_sports_area": "200m2",
        "sports_area": "1400m2",
        "rented_sports_area": "600m2",
        "equipment_value": "50万元",
        "multimedia_rooms": 5,
        "computers": 30,
        "books": 6000,
        "full_time_teachers": 14,
        "mid_level_teachers": 6,
    },
    "乙校": {
        "students": 100,
        "above_degree_teachers": 4,
        "backbone_teachers": 1,
        "arts_pe_teachers": 1,
        "teaching_area": "500m2",
        "indoor_sports_area": "0m2",
        "sports_area": "900m2",
        "equipment_value": "19万元",
        "multimedia_rooms": 2,
        "computers": 9,
        "books": 2000,
        "full_time_teachers": 8,
        "mid_level_teachers": 2,
    },
}
BY_HAND = {  # of 甲校, of 乙校, of both: (10 + 4) × 100 / 300, never the mean of 5 and 4
    "above_degree_per_100": ("5", "4", "14/3"),
    "backbone_per_100": ("1.5", "1", "4/3"),
    "arts_pe_per_100": ("1", "1", "1"),
    "teaching_area_per_pupil": ("5", "5", "5"),  # (1200 - 200) / 200, 500 / 100
    "sports_area_per_pupil": ("7", "9", "23/3"),
    "equipment_per_pupil": ("2500", "1900", "2300"),
    "multimedia_rooms_per_100": ("2.5", "2", "7/3"),
    "computers_per_100": ("15", "9", "13"),
    "books_per_pupil": ("30", "20", "80/3"),
    "teachers_per_pupil": ("0.07", "0.08", "22/300"),
    "above_degree_per_pupil": ("0.05", "0.04", "14/300"),
    "mid_level_per_pupil": ("0.03", "0.02", "8/300"),
}


def test_every_indicator_is_worked_out_by_hand() -> None:
    assert BY_HAND.keys() == INDICATORS.keys()


def test_a_step_calls_an_indicator_by_its_title() -> None:
    assert {metric: leaf(metric).title.zh for metric in INDICATORS} == {  # type: ignore[union-attr]
        metric: called(metric).zh for metric in INDICATORS
    }


@pytest.mark.parametrize("metric", INDICATORS)
def test_an_indicator(metric: str) -> None:
    district, (one, other, both) = primaries(NUMBERS), BY_HAND[metric]
    assert fraction(asked(district, metric, of="甲校")) == Fraction(one)
    assert fraction(asked(district, metric, of="乙校")) == Fraction(other)
    assert fraction(asked(district, metric)) == Fraction(both)


@pytest.mark.parametrize("metric", INDICATORS)
def test_an_indicator_without_its_number_is_unknown(metric: str) -> None:
    name = INDICATORS[metric].top
    for lost in (name, "students"):
        without = {school: dict(numbers) for school, numbers in NUMBERS.items()}
        del without["乙校"][lost]
        found = asked(primaries(without), metric)
        assert (found.value, found.basis) == (None, "none")
        assert missing(found) == f"no `{lost}` for 2024-2025: 乙校"
        assert found.value is None
        assert asked(primaries(without), metric, of="甲校").value is not None


@pytest.mark.parametrize("metric", [*INDICATORS, "indicators_met", "school_size", "largest_class", "oversize_classes"])
def test_without_any_statistics_it_is_unknown(metric: str) -> None:
    district = declared({"甲校": {"stages": "primary"}, "乙校": {"stages": "junior"}}, {"乙校": {"students": 9}})
    found = asked(district, metric, of="甲校")
    assert found.value is None
    assert missing(found) == "no statistics for 2024-2025: 甲校"


def test_a_long_list_of_missing_numbers_is_cut() -> None:
    rows: dict[str, Numbers] = {f"{number:02}小学": {"students": 10} for number in range(20)}
    assert missing(asked(primaries(rows), "books_per_pupil")) == (
        "no `books` for 2024-2025: 00小学, 01小学, 02小学, 03小学, 04小学, 05小学, 06小学, 07小学, and 12 more"
    )


def test_a_city_measures_each_district() -> None:
    # 6000 / 200 in 东区, 2000 / 100 in 西区; the city 8000 / 300, its variation over both:
    # X = 80 / 3, 200 (10 / 3)² + 100 (20 / 3)² = 20000 / 3, over 300: S² = 200 / 9, S / X = √2 / 8 = 0.17678
    district = declared(
        {"甲校": {"stages": "primary", "district": "东区"}, "乙校": {"stages": "primary", "district": "西区"}},
        NUMBERS,
        "city",
        districts={name: {"level": "district", "within": "某区"} for name in ("东区", "西区")},
    )
    question = Question("books_per_pupil", "primary", "district")
    found = {thing.id: fraction(measure(district, question, thing, DAY)) for thing in things(district, question, DAY)}
    assert found == {"东区": 30, "西区": 20}
    assert fraction(asked(district, "books_per_pupil")) == Fraction(80, 3)
    near(asked(district, "variation", indicator="books_per_pupil"), "0.17678")


def test_an_incomplete_register_gives_no_value_of_the_district() -> None:
    district = declared({"甲校": {"stages": "primary"}}, {"甲校": NUMBERS["甲校"]}, districts={})
    assert asked(district, "books_per_pupil").basis == "counted"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "district.yaml").write_text(
            json.dumps(
                {
                    "district": {"name": "某区", "level": "district"},
                    "schools": {"甲校": {"stages": "primary"}},
                    "statistics": {YEAR: {"甲校": NUMBERS["甲校"]}},
                },
                ensure_ascii=False,
            ),
            encoding="utf-8",
        )
        partial = opened(Path(folder))
    assert asked(partial, "books_per_pupil").basis == "none"
    assert asked(partial, "books_per_pupil", of="甲校").basis == "counted"


def test_indoor_rooms_and_rented_grounds_are_a_choice() -> None:
    district = primaries(NUMBERS)
    # 1200 / 200; (1400 + 600) / 200; 乙校 rents nothing: 900 / 100
    assert fraction(asked(district, "teaching_area_per_pupil", of="甲校", indoor="counted")) == 6
    assert fraction(asked(district, "sports_area_per_pupil", of="甲校", rented="counted")) == 10
    assert fraction(asked(district, "sports_area_per_pupil", of="乙校", rented="counted")) == 9
    found = asked(district, "teaching_area_per_pupil", of="甲校")
    assert steps(found)[0] == "甲校: `teaching_area` − `indoor_sports_area` = 1200 − 200 = 1000"
    # an area that may hold indoor rooms is not taken for one without
    without = {"甲校": {name: value for name, value in NUMBERS["甲校"].items() if name != "indoor_sports_area"}}
    assert "indoor_sports_area" in missing(asked(primaries(without), "teaching_area_per_pupil"))
    assert fraction(asked(primaries(without), "teaching_area_per_pupil", indoor="counted")) == 6


@pytest.mark.parametrize(
    ("setting", "pupils", "teachers"),
    [("rural", 49, 1), ("rural", 50, 3), ("rural", 99, 3), ("rural", 100, 1), ("town", 60, 1), (None, 60, 1)],
)
def test_visiting_teachers_count_in_small_rural_schools(setting: str | None, pupils: int, teachers: int) -> None:
    school = {"stages": "primary", **({"setting": setting} if setting else {})}
    numbers = {"students": pupils, "arts_pe_teachers": 1, "visiting_arts_pe_teachers": 2}
    found = asked(declared({"甲校": school}, {"甲校": numbers}), "arts_pe_per_100")
    assert fraction(found) == Fraction(teachers * 100, pupils)


def test_a_department_of_a_larger_school_is_no_small_school() -> None:
    stages = {
        "primary": {"students": 60, "arts_pe_teachers": 1, "visiting_arts_pe_teachers": 2},
        "junior": {"students": 60, "arts_pe_teachers": 1, "visiting_arts_pe_teachers": 2},
    }
    district = declared({"甲校": {"stages": ["primary", "junior"], "setting": "rural"}}, {"甲校": stages})
    assert fraction(asked(district, "arts_pe_per_100")) == Fraction(100, 60)


def test_a_department_without_pupils_is_left_out() -> None:
    found = asked(primaries({**NUMBERS, "丙校": {**NUMBERS["乙校"], "students": 0}}), "books_per_pupil")
    assert fraction(found) == Fraction(80, 3)
    assert found.counted is not None
    assert [(left.label, str(left.reason)) for left in found.counted.left_out] == [("丙校", "it has no pupils")]


# --- which schools count ---


def test_the_population_is_that_of_a_standard() -> None:
    schools: dict[str, Numbers] = {
        "公办": {"stages": "primary", "ownership": "education"},
        "民办": {"stages": "primary", "ownership": "private"},
        "附属": {"stages": "primary", "ownership": "other_department"},
        "小教学点": {"stages": "primary", "designations": "teaching_point"},
        "大教学点": {"stages": "primary", "designations": ["teaching_point", "boarding"]},
        "特教": {"stages": ["special"]},
        "幼儿园": {"stages": "kindergarten"},
    }
    pupils = {"公办": 100, "民办": 100, "附属": 100, "小教学点": 49, "大教学点": 50, "特教": 10, "幼儿园": 90}
    district = declared(schools, {name: {"students": number, "books": number} for name, number in pupils.items()})

    def counted(population: str, stage: str | None) -> set[str]:
        found = asked(district, "books_per_pupil", stage, population=population).counted
        assert found is not None
        assert {left.label for left in found.left_out} | {item.label for item in found.denominator} >= (
            set(pupils) if stage is None else set()
        )
        return {item.label for item in found.denominator}

    assert counted("all", None) == set(pupils)
    assert counted("quality_2017", None) == {"公办", "民办", "附属", "大教学点"}
    assert counted("quality_2017", "primary") == {"公办", "民办", "附属", "大教学点"}
    assert counted("basic_2012", "primary") == {"公办"}


def test_a_school_outside_the_population_says_why() -> None:
    schools: dict[str, Numbers] = {"甲校": {"stages": "primary", "designations": "teaching_point"}}
    district = declared(schools, {"甲校": {**FLOORS, "students": 49}})
    for metric in ("indicators_met", "books_per_pupil", "above_degree_per_100"):
        found = asked(district, metric, of="甲校", population="quality_2017")
        assert missing(found) == "it is a teaching point of fewer than 50 pupils"
        assert missing(asked(district, metric, population="quality_2017")) == "there is no school to count"
    kindergarten = declared({"甲园": {"stages": "kindergarten"}}, {})
    assert "primary and junior" in missing(asked(kindergarten, "indicators_met", None, of="甲园"))


# --- the seven together ---

FLOORS: dict[str, object] = {  # of 1000 primary pupils, exactly what is asked
    "students": 1000,
    "above_degree_teachers": 42,
    "backbone_teachers": 10,
    "arts_pe_teachers": 9,
    "teaching_area": "4500m2",
    "indoor_sports_area": "0m2",
    "sports_area": "7500m2",
    "equipment_value": "200万元",
    "multimedia_rooms": 23,
}
JUNIOR: dict[str, object] = {
    "students": 1000,
    "above_degree_teachers": 53,
    "backbone_teachers": 10,
    "arts_pe_teachers": 9,
    "teaching_area": "5800m2",
    "indoor_sports_area": "0m2",
    "sports_area": "10200m2",
    "equipment_value": "250万元",
    "multimedia_rooms": 24,
}


def test_what_is_on_its_floor_is_met() -> None:
    assert fraction(asked(primaries({"甲校": FLOORS}), "indicators_met")) == 7
    junior = declared({"甲校": {"stages": "junior"}}, {"甲校": JUNIOR})
    assert fraction(asked(junior, "indicators_met", "junior")) == 7
    # the floors of primary schools are not enough for a junior one: only 骨干 and 体艺 are the same
    low = declared({"甲校": {"stages": "junior"}}, {"甲校": FLOORS})
    assert fraction(asked(low, "indicators_met", "junior")) == 2


@pytest.mark.parametrize("metric", SEVEN)
def test_each_of_the_seven_can_be_missed(metric: str) -> None:
    name = INDICATORS[metric].top
    less = {
        **FLOORS,
        name: {"teaching_area": "4499m2", "sports_area": "7499m2", "equipment_value": "1999999元"}.get(name),
    }
    if less[name] is None:
        less[name] = int(str(FLOORS[name])) - 1
    found = asked(primaries({"甲校": less}), "indicators_met", of="甲校")
    assert fraction(found) == 6
    (told,) = [step for step in steps(found) if step.endswith(": not met")]
    assert metric in told
    assert steps(found)[-1] == "甲校: 6 of 7 met"
    assert len([step for step in steps(found) if step.endswith(": met")]) == 6


def test_a_value_just_under_its_floor_is_shown_under_it() -> None:
    # 419999 × 100 / 10000000 = 4.19999, never 4.2
    many = {**FLOORS, "students": 10_000_000, "above_degree_teachers": 419_999}
    told = steps(asked(primaries({"甲校": many}), "indicators_met", of="甲校"))
    assert told[0] == "甲校: above_degree_per_100 419999 × 100 ÷ 10000000 = 4.19999, at least 4.2 is asked: not met"


def test_of_several_departments_the_least_counts() -> None:
    stages: dict[str, object] = {"primary": FLOORS, "junior": {**JUNIOR, "backbone_teachers": 9}}
    schools: dict[str, Numbers] = {"甲校": {"stages": ["primary", "junior"]}, "乙校": {"stages": "primary"}}
    district = declared(schools, {"甲校": stages, "乙校": FLOORS})
    assert fraction(asked(district, "indicators_met", "primary", of="甲校")) == 7
    assert fraction(asked(district, "indicators_met", "junior", of="甲校")) == 6
    assert fraction(asked(district, "indicators_met", "compulsory", of="甲校")) == 6
    assert fraction(asked(district, "indicators_met", "compulsory")) == 6
    assert fraction(asked(district, "indicators_met", "primary")) == 7


def test_a_school_that_lacks_a_number_meets_nothing_yet() -> None:
    less = {name: value for name, value in FLOORS.items() if name not in ("sports_area", "multimedia_rooms")}
    found = asked(primaries({"甲校": less}), "indicators_met", of="甲校")
    assert found.value is None
    assert missing(found) == "no `sports_area` for 2024-2025: 甲校; no `multimedia_rooms` for 2024-2025: 甲校"


def test_the_composite_is_the_mean_of_the_eight() -> None:
    # Two schools of 100 pupils with a and b have CV = |a - b| / (a + b):
    # area 300, 100 -> 0.5; sports 100, 100 -> 0; equipment 3, 1 -> 0.5; computers 7, 1 -> 0.75; books 3, 1 -> 0.5;
    # teachers 5, 3 -> 0.25; above degree 5, 3 -> 0.25; middle titles 5, 3 -> 0.25; together 3, a mean of 0.375
    names = [INDICATORS[metric].top for metric in EIGHT]
    pairs = [("300m2", "100m2"), ("100m2", "100m2"), ("3元", "1元"), (7, 1), (3, 1), (5, 3), (5, 3), (5, 3)]
    rows: dict[str, Numbers] = {
        school: {
            "students": 100,
            "indoor_sports_area": "0m2",
            **{name: pair[place] for name, pair in zip(names, pairs, strict=True)},
        }
        for place, school in enumerate(("甲校", "乙校"))
    }
    found = asked(primaries(rows), "composite_variation")
    assert found.value == Decimal("0.375")
    assert steps(found)[-1] == "(0.5 + 0 + 0.5 + 0.75 + 0.5 + 0.25 + 0.25 + 0.25) ÷ 8 = 0.375"
    without = {"甲校": rows["甲校"], "乙校": {n: v for n, v in rows["乙校"].items() if n not in ("books", "computers")}}
    assert missing(asked(primaries(without), "composite_variation")) == (
        "no `computers` for 2024-2025: 乙校; no `books` for 2024-2025: 乙校"
    )


# --- classes, rooms, sizes ---

CLASSES: dict[str, Numbers] = {
    "甲校": {"students": 150, "classes": 3, "class_sizes": [45, 46, 56]},
    "乙校": {"students": 123, "classes": 2, "class_sizes": [66, 57]},
    "丙校": {"students": 80, "classes": 2, "largest_class": 40},
}


def test_the_largest_class() -> None:
    district = primaries(CLASSES)
    assert fraction(asked(district, "largest_class")) == 66
    assert [fraction(asked(district, "largest_class", of=name)) for name in CLASSES] == [56, 66, 40]
    assert steps(asked(district, "largest_class")) == ["the largest class is at 乙校: 66"]
    both = primaries({"甲校": {"largest_class": 44, "class_sizes": [43, 45]}})
    assert fraction(asked(both, "largest_class")) == 45
    assert missing(asked(primaries({"甲校": {"students": 9}}), "largest_class")) == (
        "no `largest_class` for 2024-2025: 甲校"
    )


@pytest.mark.parametrize(
    ("over", "count"),
    [("large", 3), ("extra_large", 1), ("45", 4), ("50", 3), ("55", 3), ("65", 1)],  # 45 46 56 66 57, and none over 40
)
def test_classes_that_are_too_large(over: str, count: int) -> None:
    district = primaries(CLASSES)
    assert fraction(asked(district, "oversize_classes", over=over)) == count
    found = asked(district, "oversize_classes", **{"over": over, "as": "share"})
    assert fraction(found) == Fraction(count, 7)
    assert found.measured_in == "ratio"


def test_classes_that_are_only_counted() -> None:
    rows: dict[str, Numbers] = {"甲校": {"classes": 10, "large_classes": 2, "extra_large_classes": 1}}
    assert fraction(asked(primaries(rows), "oversize_classes")) == 2
    assert fraction(asked(primaries(rows), "oversize_classes", over="extra_large")) == 1
    assert missing(asked(primaries(rows), "oversize_classes", over="45")) == "no `class_sizes` for 2024-2025: 甲校"
    none: dict[str, Numbers] = {"甲校": {"largest_class": 45}}
    assert fraction(asked(primaries(none), "oversize_classes", over="45")) == 0
    assert "class_sizes" in missing(asked(primaries(none), "oversize_classes", over="40"))


def test_classes_of_one_stage() -> None:
    numbers = {"primary": {"class_sizes": [30, 31]}, "junior": {"class_sizes": [50, 51]}}
    district = declared({"甲校": {"stages": ["primary", "junior"]}}, {"甲校": numbers})
    assert fraction(asked(district, "largest_class", "primary")) == 31
    assert fraction(asked(district, "largest_class", "compulsory")) == 51
    assert fraction(asked(district, "oversize_classes", "junior", over="50")) == 1
    assert fraction(asked(district, "oversize_classes", None, over="30")) == 3


def test_the_size_of_a_school() -> None:
    stages = {"primary": {"students": 735}, "junior": {"students": 545}, "senior": {"students": 490}}
    district = declared({"甲校": {"stages": list(stages)}, "乙校": {"stages": "primary"}}, {"甲校": stages})
    assert fraction(asked(district, "school_size", None, of="甲校")) == 1770
    assert fraction(asked(district, "school_size", "junior", of="甲校")) == 545
    assert fraction(asked(district, "school_size", "compulsory", of="甲校")) == 1280
    assert missing(asked(district, "school_size", of="乙校")) == "no statistics for 2024-2025: 乙校"


@pytest.mark.parametrize(("count", "rooms", "value"), [(12, 1, 1), (13, 1, "1/2"), (24, 3, "3/2"), (1, 0, 0)])
def test_rooms_for_every_twelve_classes(count: int, rooms: int, value: object) -> None:
    district = primaries({"甲校": {"classes": count, "music_rooms": rooms, "art_rooms": rooms}})
    assert fraction(asked(district, "music_rooms_per_12", of="甲校")) == Fraction(str(value))
    assert fraction(asked(district, "art_rooms_per_12", of="甲校")) == Fraction(str(value))


def test_rooms_that_are_not_known() -> None:
    district = primaries(
        {"甲校": {"students": 9}, "乙校": {"classes": 0, "music_rooms": 1, "smallest_art_room": "90m2"}}
    )
    assert missing(asked(district, "music_rooms_per_12", of="甲校")) == (
        "no `music_rooms` for 2024-2025: 甲校; no `classes` for 2024-2025: 甲校"
    )
    assert missing(asked(district, "music_rooms_per_12", of="乙校")) == "there is no class to count"
    assert fraction(asked(district, "smallest_art_room", of="乙校")) == 90
    assert missing(asked(district, "smallest_music_room", of="乙校")) == "no `smallest_music_room` for 2024-2025: 乙校"


def test_of_several_rooms_the_smallest_counts() -> None:
    numbers = {"primary": {"smallest_music_room": "96m2"}, "junior": {"smallest_music_room": "95.5m2"}}
    district = declared({"甲校": {"stages": ["primary", "junior"]}}, {"甲校": numbers})
    assert fraction(asked(district, "smallest_music_room", "compulsory", of="甲校")) == Fraction("95.5")
    assert fraction(asked(district, "smallest_music_room", "primary", of="甲校")) == 96


# --- shares that 2017 asks of a government ---

PEOPLE: dict[str, Numbers] = {
    "甲校": {
        "students": 300,
        "full_time_teachers": 20,
        "certified_teachers": 20,
        "trained_teachers": 18,
        "in_area_students": 270,
        "migrant_students": 60,
        "operating_funds": "30万元",
        "training_funds": "1.8万元",
    },
    "民办": {
        "students": 60,
        "full_time_teachers": 5,
        "certified_teachers": 4,
        "trained_teachers": 5,
        "in_area_students": 6,
        "migrant_students": 15,
        "operating_funds": "10万元",
        "training_funds": "2000元",
    },
}


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("certified_share", "24/25"),
        ("trained_share", "23/25"),
        ("in_area_share", "276/360"),
        ("migrant_share", "75/360"),
        ("migrant_share_in_public", "60/75"),
        ("training_funds_share", "20000/400000"),
        ("operating_funds_per_pupil", "400000/360"),
    ],
)
def test_a_share(metric: str, value: str) -> None:
    schools: dict[str, Numbers] = {"甲校": {"stages": "primary"}, "民办": {"stages": "primary", "ownership": "private"}}
    assert fraction(asked(declared(schools, PEOPLE), metric)) == Fraction(value)
    found = asked(declared(schools, {"甲校": PEOPLE["甲校"]}), metric)
    assert found.value is None
    assert "民办" in missing(found)


def test_small_schools_are_paid_for_a_hundred() -> None:
    # (300000 + 100000) / (300 + 100)
    found = asked(primaries(PEOPLE), "operating_funds_per_pupil", least_pupils=100)
    assert fraction(found) == 1000
    assert steps(found) == ["民办 has 60 pupils and counts as 100"]


# --- what must always hold ---

Rows = list[tuple[int, int]]
some_rows = st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 90000)), min_size=1, max_size=6).filter(
    lambda rows: any(raw for _, raw in rows)
)


def books(rows: Iterable[tuple[int, int]], times: int = 1) -> District:
    return primaries(
        {f"{place}校": {"students": n * times, "books": raw * times} for place, (n, raw) in enumerate(rows)}
    )


@given(some_rows, st.integers(2, 9), st.sampled_from(["pupils", "unweighted"]))
def test_scaling_everything_changes_no_variation(rows: Rows, times: int, weights: str) -> None:
    one, many = books(rows), books(rows, times)
    assert (
        asked(one, "variation", indicator="books_per_pupil", weights=weights).value
        == asked(many, "variation", indicator="books_per_pupil", weights=weights).value
    )
    assert fraction(asked(one, "books_per_pupil")) == fraction(asked(many, "books_per_pupil"))


@given(some_rows)
def test_the_district_is_the_weighted_mean_of_its_schools(rows: Rows) -> None:
    district = books(rows)
    parts = [fraction(asked(district, "books_per_pupil", of=f"{place}校")) for place in range(len(rows))]
    pupils = sum(n for n, _ in rows)
    mean = sum((n * part for (n, _), part in zip(rows, parts, strict=True)), Fraction(0)) / pupils
    assert fraction(asked(district, "books_per_pupil")) == mean


@given(some_rows, st.randoms(use_true_random=False))
def test_the_order_of_schools_does_not_matter(rows: Rows, chance: object) -> None:
    named = {f"{place}校": {"students": n, "books": raw} for place, (n, raw) in enumerate(rows)}
    mixed = list(named)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    other = primaries({name: dict(reversed(named[name].items())) for name in mixed})
    for metric, choices in (("books_per_pupil", {}), ("variation", {"indicator": "books_per_pupil"})):
        assert asked(primaries(named), metric, **choices).value == asked(other, metric, **choices).value


@given(st.dictionaries(st.sampled_from(list(WEIGHTS)), st.integers(1, 3000), min_size=1), st.integers(0, 90000))
def test_the_shares_of_a_split_add_up(pupils: dict[str, int], whole: int) -> None:
    assert sum(shares(pupils, "books", whole, "books_per_pupil").values()) == whole


# --- the demo district ---


@pytest.fixture(scope="module")
def demo() -> District:
    return opened(DEMO)


@pytest.mark.parametrize(
    ("metric", "primary", "junior"),
    [
        ("above_degree_per_100", "0.079", "0.0995"),
        ("backbone_per_100", "0.159", "0.264"),
        ("arts_pe_per_100", "0.073", "0.086"),
        ("teaching_area_per_pupil", "0.222", "0.228"),
        ("sports_area_per_pupil", "0.4917", "0.4524"),
        ("equipment_per_pupil", "0.186", "0.178"),
        ("multimedia_rooms_per_100", "0.116", "0.123"),
    ],
)
def test_demo_varies(demo: District, metric: str, primary: str, junior: str) -> None:
    near(asked(demo, "variation", "primary", indicator=metric, population="quality_2017"), primary)
    near(asked(demo, "variation", "junior", indicator=metric, population="quality_2017"), junior)


@pytest.mark.parametrize(("stage", "value", "before"), [("primary", "0.181", "0.180"), ("junior", "0.182", "0.180")])
def test_demo_varies_as_of_2012(demo: District, stage: str, value: str, before: str) -> None:
    near(asked(demo, "composite_variation", stage, population="basic_2012"), value)
    near(asked(opened(DEMO, date(2024, 6, 1)), "composite_variation", stage, population="basic_2012"), before)


def test_demo_a_year_before(demo: District) -> None:
    before, choices = (
        opened(DEMO, date(2024, 6, 1)),
        {"indicator": "sports_area_per_pupil", "population": "quality_2017"},
    )
    near(asked(before, "variation", "primary", **choices), "0.5012")
    near(asked(before, "variation", "junior", **choices), "0.4643")
    assert fraction(asked(before, "largest_class", of="听雨小学")) == 46
    assert fraction(asked(demo, "largest_class", of="听雨小学")) == 47


def test_demo_school_by_school(demo: District) -> None:
    low = {
        (thing.id, stage): fraction(asked(demo, "indicators_met", stage, of=thing.id))
        for stage in ("primary", "junior")
        for thing in things(demo, Question("indicators_met", stage, each="school"), demo.as_of)
    }
    assert [key for key, count in low.items() if count < 6] == [("归樵初级中学", "junior")]
    assert low["归樵初级中学", "junior"] == 5
    assert fraction(asked(demo, "school_size", None, of="听雨小学")) == 2130


@pytest.mark.parametrize(
    "metric",
    [
        *INDICATORS,
        "indicators_met",
        "composite_variation",
        "largest_class",
        "oversize_classes",
        "certified_share",
        "trained_share",
        "migrant_share",
        "migrant_share_in_public",
        "training_funds_share",
        "operating_funds_per_pupil",
    ],
)
def test_demo_counts_everything(demo: District, metric: str) -> None:
    for stage in ("primary", "junior", "compulsory"):
        assert asked(demo, metric, stage).basis == "counted"


def test_demo_measures_its_units(demo: District) -> None:
    for each in ("zone", "group"):
        for metric in ("books_per_pupil", "variation", "composite_variation", "largest_class"):
            question = Question(metric, "junior", each, choices=(("indicator", "books_per_pupil"),))
            found = [measure(demo, question, thing, demo.as_of) for thing in things(demo, question, demo.as_of)]
            assert found
            assert all(each.basis == "counted" for each in found), [missing(each) for each in found]


@pytest.mark.parametrize(
    "metric", ["school_size", "music_rooms_per_12", "art_rooms_per_12", "smallest_music_room", "smallest_art_room"]
)
def test_demo_counts_every_school(demo: District, metric: str) -> None:
    for stage in ("primary", "junior"):
        question = Question(metric, stage, "school")
        found = {thing.id: measure(demo, question, thing, demo.as_of) for thing in things(demo, question, demo.as_of)}
        assert len(found) == {"primary": 22, "junior": 16}[stage]
        assert {name: missing(each) for name, each in found.items() if each.basis != "counted"} == {}
