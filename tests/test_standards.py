"""The standards: sound data, every row of them met, missed and unknown."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from xqctl import resources
from xqctl.bounds import BOUNDS
from xqctl.compose import Budgets, compose
from xqctl.conditions import condition
from xqctl.expressions import Compiled
from xqctl.indicators import INDICATORS
from xqctl.metrics import catalogue, counted_by
from xqctl.quantities import parse
from xqctl.schema import schema
from xqctl.standards import standards

FOLDER = Path(resources.__file__).parent / "standards"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
EVERY = {
    "优质均衡2017",
    "基本均衡2012",
    "交流轮岗2014",
    "消除大班额2016",
    "上海示范学区集团2023",
    "成都区域教育联盟2015",
    "东城学区制2014",
    "崇明紧密型2019",
}
ROWS = [(name, target.id) for name, standard in standards().items() for target in standard.targets]
every_standard = pytest.mark.parametrize("name", NAMES)
every_row = pytest.mark.parametrize(("name", "row"), ROWS)


def _faults(data: Any) -> list[str]:
    every = (path.name.removesuffix(".schema.json") for path in resources.schemas().glob("*.schema.json"))
    registry: Registry[Any] = Registry().with_resources(
        (told["$id"], Resource.from_contents(told)) for told in map(schema, every)
    )
    found = Draft202012Validator(schema("standard"), registry=registry).iter_errors(data)
    return [f"{'.'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in found]


def _data(name: str) -> Any:
    composed = compose((FOLDER / f"{name}.yaml").read_bytes(), name, Budgets())
    assert not composed.problems
    return composed.data


def test_those_that_were_promised_are_there() -> None:
    assert set(standards()) == EVERY == set(NAMES)


@every_standard
def test_a_standard_has_the_shape_of_one(name: str) -> None:
    assert not _faults(_data(name))


@pytest.mark.parametrize(
    "wrong",
    [
        {"targets": {}},
        {"standard": {"title": "某办法"}, "targets": {}},
        {"standard": {"title": "某办法", "confidence": "sure"}, "targets": {}},
        {"standard": {"title": "某办法", "confidence": "official"}, "targets": {"甲": {"at_least": 1}}},
        {"standard": {"title": "某办法", "confidence": "official"}, "targets": {}, "figures": {}},
    ],
)
def test_what_is_none_is_refused(wrong: Any) -> None:
    assert _faults(wrong)


@every_row
def test_a_row_says_how_sure_it_is_and_asks_what_can_be_asked(name: str, row: str) -> None:
    target = next(target for target in standards()[name].targets if target.id == row)
    assert target.text("confidence") in ("official", "secondary"), "what nobody has read is not shipped"
    metric, each = target.text("metric"), target.text("each") or "district"
    if target["attested"] is not None:
        assert target["attested"] is True, "the evidence is the district's to name"
        return
    bounds = [kind for kind in BOUNDS if target[kind] is not None]
    assert len(bounds) == 1
    for text, sort in (*_conditions(target.data, each), *_among(target.data, metric)):
        assert isinstance(condition(text, sort), Compiled), text
    leaf = catalogue().get(metric or "")
    if leaf is not None:
        choices = dict(leaf.metric.choices)
        assert set(target.mapping("with")) <= set(choices)
        assert each in leaf.metric.each or (each == "pair" and "alliance" in leaf.metric.each)


def _conditions(data: Mapping[str, Any], each: str) -> Iterator[tuple[str, str]]:
    yield from ((text, each) for text in (data.get("where"),) if text is not None)
    yield from ((text, each) for item in data.get("when", ()) for text in item)


def _among(data: Mapping[str, Any], metric: str | None) -> Iterator[tuple[str, str]]:
    if data.get("among") is not None:
        yield data["among"], counted_by(metric)


def test_the_floors_of_the_seven_are_those_the_metric_counts_with() -> None:
    rows = {
        (target.text("metric"), target.text("stage")): parse(target["at_least"])
        for target in standards()["优质均衡2017"].targets
        if target["counts_towards"] is not None
    }
    floors = {(id_, stage): floor for id_, told in INDICATORS.items() for stage, floor in told.floors}
    assert len(rows) == 14
    assert {key: None if bound is None else bound.exact for key, bound in rows.items()} == floors


def test_rows_of_six_of_seven_name_who_judges_them() -> None:
    for standard in standards().values():
        ids = {target.id for target in standard.targets}
        assert {target.text("counts_towards") for target in standard.targets} - {None} <= ids


def test_the_limits_of_variation_are_exact() -> None:
    limits = {
        target.text("stage"): parse(target["at_most"])
        for target in standards()["优质均衡2017"].targets
        if target.text("metric") == "variation"
    }
    assert {stage: bound and bound.exact for stage, bound in limits.items()} == {
        "primary": Decimal("0.50"),
        "junior": Decimal("0.45"),
    }
