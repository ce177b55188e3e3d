"""What holds for every district: wholes are the sums of their parts, order never shows, more of what is asked helps."""

import random
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import pytest
import worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from test_metrics import WORLD
from worlds import EXAMPLES, Data, asked, district, opened, told

from xqctl.district import District
from xqctl.measuring import Question
from xqctl.metrics import measure
from xqctl.money import balances, commitments
from xqctl.quantities import Quantity, Ratio
from xqctl.targets import judge, targets
from xqctl.things import things

ZONES = ("东学区", "西学区", "南学区")
COUNTS = st.integers(0, 60)
STAGES = st.sampled_from((["primary"], ["junior"], ["primary", "junior"], ["kindergarten"]))
SCHOOLS = st.lists(
    st.fixed_dictionaries(
        {
            "stages": STAGES,
            "zone": st.sampled_from(ZONES),
            "paired": st.booleans(),
            "teachers": COUNTS,
            "backbone": COUNTS,
            "pupils": st.integers(1, 500),
        }
    ),
    min_size=1,
    max_size=12,
)


def built(rows: Iterable[Mapping[str, object]]) -> District:
    """A district whose schools are each in one zone; those that are paired have a partner in another district."""
    said = list(enumerate(rows))
    schools: dict[str, object] = {f"校{n}": {"stages": row["stages"]} for n, row in said}
    schools["外校"] = {"stages": "primary", "district": "邻县"}
    zones = {zone: {"members": {f"校{n}": "member" for n, row in said if row["zone"] == zone}} for zone in ZONES}
    pairs = {
        f"校{n}—外校": {"form": "pair", "members": {f"校{n}": "member", "外校": "lead"}} for n, r in said if r["paired"]
    }
    return district(
        {
            "district": {
                "name": "某区",
                "level": "district",
                "registers": dict.fromkeys(("schools", "zones", "alliances", "subsidies"), "complete"),
            },
            "districts": {"邻县": {"level": "district"}},
            "schools": schools,
            "zones": {name: zone for name, zone in zones.items() if zone["members"]},
            "alliances": pairs or {"空": {"form": "hub", "members": {"外校": "lead"}}},
            "statistics": {"2024-2025": {f"校{n}": numbers(row) for n, row in said}},
            "subsidies": {
                "学区奖": {"amount": "15万元", "each": "zone", "per": "year"},
                "校奖": {"amount": "3万元", "each": "school", "per": "year"},
            },
        },
        day=date(2024, 10, 1),
    )


def numbers(row: Mapping[str, object]) -> dict[str, object]:
    """What a school of one or two stages reports: each stage the same."""
    stages = row["stages"]
    assert isinstance(stages, list)
    part = {"students": row["pupils"], "full_time_teachers": row["teachers"], "backbone_teachers": row["backbone"]}
    return part if len(stages) == 1 else dict.fromkeys(stages, part)


def parts(
    world: District, metric: str, each: str | None = None, stage: str | None = None
) -> list[tuple[object, object]]:
    """Numerator and denominator of a metric, of everything it is asked of; nothing to divide by is two zeros."""
    question = Question(metric, stage=stage, each=each)
    found = []
    for thing in things(world, question, world.as_of):
        value = measure(world, question, thing, world.as_of).value
        if isinstance(value, Ratio):
            found.append((value.numerator, value.denominator))
        else:
            found.append((0, 0) if value is None else (value, 1))
    return found


def summed(pairs: Iterable[tuple[object, object]]) -> tuple[object, object]:
    tops, bottoms = zip(*pairs, strict=True)
    return sum(tops), sum(bottoms)


@given(SCHOOLS)
@settings(max_examples=25)
def test_the_district_is_the_sum_of_its_zones(rows: list[dict[str, object]]) -> None:
    world = built(rows)
    for metric in ("pairing_ratio", "backbone_share", "zone_share", "small_school_share", "backbone_school_coverage"):
        (whole,) = parts(world, metric)
        assert summed(parts(world, metric, "zone")) == whole, metric
    for metric in ("schools", "nine_year_schools"):
        (count,) = parts(world, metric)
        assert sum(top for top, _ in parts(world, metric, "zone")) == count[0]  # type: ignore[misc]


@given(SCHOOLS)
@settings(max_examples=25)
def test_compulsory_is_the_sum_of_its_stages_less_who_has_both(rows: list[dict[str, object]]) -> None:
    world = built(rows)
    (both,), (either,) = parts(world, "nine_year_schools"), parts(world, "schools", stage="compulsory")
    by_stage = [parts(world, "schools", stage=stage)[0][0] for stage in ("primary", "junior")]
    assert either[0] == sum(by_stage) - both[0]  # type: ignore[operator,arg-type]
    (whole,) = parts(world, "backbone_share", stage="compulsory")
    assert summed(parts(world, "backbone_share", stage=stage)[0] for stage in ("primary", "junior")) == whole


@given(SCHOOLS)
@settings(max_examples=25)
def test_what_is_committed_is_the_sum_of_its_rules_and_of_what_it_pays_for(rows: list[dict[str, object]]) -> None:
    world = built(rows)
    (whole,) = asked(world, "committed")
    assert isinstance(whole.value, Quantity)
    paid = [each.amount for each in commitments(world, 2024)]
    assert whole.value.exact == sum(amount.exact or 0 for amount in paid if amount is not None)
    assert whole.value == balances(world, 2024)[-1].committed
    each = [*asked(world, "committed", each="zone"), *asked(world, "committed", each="school")]
    assert whole.value.exact == sum(m.value.exact or 0 for m in each if isinstance(m.value, Quantity))


@given(SCHOOLS)
@settings(max_examples=25)
def test_one_more_paired_school_never_makes_the_share_smaller(rows: list[dict[str, object]]) -> None:
    more = [*rows, {**rows[0], "paired": True, "backbone": 1}]
    for metric in ("pairing_ratio", "backbone_school_coverage", "zone_share"):
        before, after = (asked(built(each), metric)[0].value for each in (rows, more))
        assert isinstance(before, Ratio)
        assert isinstance(after, Ratio)
        assert after.fraction >= before.fraction


# Order: the same things in other files, in another order, are the same district.


@cache
def said(example: str) -> tuple[Data, ...]:
    """What an example's files say."""
    if example == "world":
        return (worlds.data(WORLD), TARGETS)
    return tuple(
        document.data for document in opened(EXAMPLES / example).folder.documents if isinstance(document.data, dict)
    )


TARGETS: Data = {
    "targets": {
        "结对": {"metric": "pairing_ratio", "stage": "compulsory", "at_least": "80%"},
        "支教": {"metric": "support_rate", "at_least": "2.5%"},
        "骨干": {"metric": "backbone_share", "at_least": "average"},
        "规模": {"metric": "unit_size", "each": "zone", "at_least": 3},
        "差距": {"metric": "score_spread", "each": "zone", "at_most": 15},
        "满意": {"metric": "满意度", "at_least": "90%"},
    },
    "metrics": {"满意度": {"measured_in": "ratio"}},
    "figures": {
        "一说": {"metric": "满意度", "value": "91%", "on": "2024"},
        "又说": {"metric": "满意度", "value": "92%", "on": "2024"},
        "早说": {"metric": "满意度", "value": "93%", "on": "2023"},
    },
}


def shuffled(example: str, seed: int) -> list[Data]:
    """The same entries dealt out to other files, the keys of every mapping in another order; `district` comes first."""
    chance = random.Random(seed)  # noqa: S311  a shuffle
    files: list[dict[str, dict[str, object]]] = [{} for _ in range(chance.randint(1, 4))]
    for document in said(example):
        for kind, collection in document.items():
            assert isinstance(collection, dict)
            if kind == "district":
                files[0][kind] = collection
                continue
            for id_, entry in collection.items():
                files[chance.randrange(len(files))].setdefault(kind, {})[id_] = entry
    return [turned(each, chance) for each in files if each]  # type: ignore[misc]


def turned(value: object, chance: random.Random) -> object:
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: turned(value[key], chance) for key in keys}


def verdicts(world: District) -> dict[tuple[str, str], tuple[str, str | None, tuple[str, ...]]]:
    """Every verdict with its number and all that is missing."""
    return {
        (target.id, verdict.thing.id): (
            verdict.state,
            None if verdict.measurement is None else told(verdict.measurement),
            tuple(map(str, verdict.missing)),
        )
        for target in targets(world, world.as_of)
        for verdict in judge(world, target, world.as_of)
    }


@cache
def in_order(example: str) -> Mapping[tuple[str, str], object]:
    return verdicts(district(*said(example)) if example == "world" else opened(EXAMPLES / example))


@given(st.integers(0, 2**32))
@settings(max_examples=20)
@pytest.mark.parametrize("example", ["world", "chengdu", "dongcheng", "chongming"])
def test_verdicts_do_not_depend_on_file_or_key_order(example: str, seed: int) -> None:
    assert verdicts(district(*shuffled(example, seed))) == in_order(example)


@given(st.integers(0, 2**32))
@settings(max_examples=2)
def test_verdicts_of_the_demo_do_not_depend_on_file_or_key_order(seed: int) -> None:
    assert verdicts(district(*shuffled("demo", seed))) == in_order("demo")
