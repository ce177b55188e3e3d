"""Plans: what laying gives, what is refused and where it is told; the oracle is RFC 7396 in five lines."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Command
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from xqctl import plans
from xqctl.compose import Budgets
from xqctl.district import build
from xqctl.findings import Finding
from xqctl.folder import Folder, folder_of
from xqctl.rules import everything, findings
from xqctl.schema import schema, shape
from xqctl.schema.engines import is_valid
from xqctl.schema.patch import loose

TODAY = date(2026, 11, 1)
DISTRICT = {"name": "某区", "level": "district"}


def merged(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2, word for word."""
    if not isinstance(patch, dict):
        return patch
    target = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = merged(target.get(name), value)
    return target


def long(data: Any) -> Any:
    """A district's collections with every member in long form."""
    data = copy.deepcopy(data)
    for kind in ("zones", "groups", "alliances"):
        for unit in (data.get(kind) or {}).values():
            for party, role in ((unit or {}).get("members") or {}).items():
                if isinstance(role, str):
                    unit["members"][party] = {"role": role}
                elif isinstance(role, dict):
                    unit["members"][party] = {
                        key: {"role": value} if key[0].isdigit() and isinstance(value, str) else value
                        for key, value in role.items()
                    }
    return data


def joined(folder: Folder) -> Any:
    """All documents of a folder as one; what stands in several is put together."""
    found: dict[str, Any] = {}
    for document in folder.documents:
        found = merged(found, document.data)
    return found


def made(files: dict[str, Any], **drafts: dict[str, Any]) -> Folder:
    """A district's folder from what its files hold."""
    written = {name: yaml.safe_dump(data, allow_unicode=True).encode() for name, data in files.items()}
    planned = {
        plan: {f"plans/{plan}/{name}": text(data) for name, data in held.items()} for plan, held in drafts.items()
    }
    return folder_of(".", written, planned, None, Budgets())


def text(data: Any) -> bytes:
    return (data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True)).encode()


def told(found: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    return [(each.code, each.place.file, each.place.line) for each in found]


def found_by(folder: Folder, *names: str) -> list[tuple[str, str, int]]:
    return told(findings(plans.lay(folder, names), None, TODAY))


PARTIES = st.sampled_from(["甲校", "乙校", "丙校"])
IDS = st.sampled_from(["一", "二"])
ROLES = st.sampled_from(["lead", "member", "branch"])
MEMBERSHIPS = st.fixed_dictionaries({"role": ROLES}, optional={"title": st.sampled_from(["学区长", "核心校"])})
DATED = st.dictionaries(st.sampled_from(["2010", "2013-09"]), ROLES | MEMBERSHIPS, min_size=1)
MEMBERS = st.dictionaries(PARTIES, ROLES | MEMBERSHIPS | DATED)
UNITS = st.fixed_dictionaries(
    {},
    optional={
        "members": MEMBERS,
        "note": st.sampled_from(["a", "b"]),
        "subdistricts": st.lists(PARTIES, min_size=1, unique=True),
    },
)
SCHOOLS = st.fixed_dictionaries({}, optional={"name": PARTIES, "campuses": st.dictionaries(IDS, st.just({}))})
RECORDS = st.dictionaries(PARTIES, st.fixed_dictionaries({}, optional={"students": st.integers(0, 9)}))
YEARS = st.dictionaries(st.sampled_from(["2018-2019", "2019-2020"]), RECORDS)
STATES = st.fixed_dictionaries(
    {},
    optional={
        "schools": st.dictionaries(PARTIES, SCHOOLS),
        "groups": st.dictionaries(IDS, UNITS),
        "alliances": st.dictionaries(IDS, UNITS),
        "statistics": YEARS,
    },
)


def within(data: Any) -> st.SearchStrategy[Any]:
    """Part of a state with some of what it holds to be removed."""
    if not isinstance(data, dict) or not data:
        return st.just(data)
    names = st.sets(st.sampled_from(sorted(data)), min_size=1)
    return names.flatmap(lambda taken: st.fixed_dictionaries({name: st.none() | within(data[name]) for name in taken}))


@st.composite
def laid(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    """A district and a plan that removes only what is there."""
    state, more = stripped(draw(STATES)), draw(STATES)
    removed = draw(within(long(state)))
    return state, combined(long(more), removed if isinstance(removed, dict) else {})


def combined(one: Any, other: dict[str, Any]) -> Any:
    """Two patches as one; where they disagree the second counts."""
    found = dict(one) if isinstance(one, dict) else {}
    for name, value in other.items():
        both = isinstance(value, dict) and isinstance(found.get(name), dict)
        found[name] = combined(found[name], value) if both else value
    return found


def shuffled(data: Any) -> Any:
    return {key: shuffled(data[key]) for key in reversed(data)} if isinstance(data, dict) else data


@settings(max_examples=150)
@given(laid(), st.data())
def test_laying_is_a_json_merge_patch(case: tuple[dict[str, Any], Any], data: st.DataObject) -> None:
    state, patch = case
    files: dict[str, Any] = {"district.yaml": {"district": DISTRICT}, "a.yaml": {}, "b.yaml": {}}
    for kind, held in state.items():
        for id_, entry in held.items():
            files[data.draw(st.sampled_from(["a.yaml", "b.yaml"]))].setdefault(kind, {})[id_] = entry
    folder = made(files, 方案={"x.yaml": patch})
    result = plans.lay(folder, ("方案",))
    if is_mixed(merged(long(state), patch)):
        assert {problem.code for problem in result.problems} == {"XQN006"}
        return
    assert not result.is_refused, [str(problem.message) for problem in result.problems]
    expected = merged(long({"district": DISTRICT, **state}), patch)
    assert stripped(long(joined(result))) == stripped(expected)
    turned = plans.lay(made(shuffled(files), 方案={"x.yaml": shuffled(patch)}), ("方案",))
    assert stripped(long(joined(turned))) == stripped(expected)
    assert_each_path_keeps_its_file(result, patch)


def is_mixed(state: Any) -> bool:
    """Whether some member is written by date and not by date at once."""
    units = [unit for kind in ("groups", "alliances") for unit in state.get(kind, {}).values()]
    return any(
        len({key[0].isdigit() for key in role}) > 1 for unit in units for role in unit.get("members", {}).values()
    )


def stripped(data: Any) -> Any:
    """Without collections, and years, that hold nothing: where nothing is declared it makes no difference."""
    full = {kind: held for kind, held in data.items() if held}
    if "statistics" in full:
        full["statistics"] = {year: held for year, held in full["statistics"].items() if held}
    return {kind: held for kind, held in full.items() if held}


def assert_each_path_keeps_its_file(result: Folder, patch: Any) -> None:
    """What the plan says stands in its file, all else where it stood."""
    for document in result.documents:
        for keys in routes(document.data):
            file = result.span(build_route(document.file, keys)).file
            assert (file == "plans/方案/x.yaml") == is_said(patch, keys, document.file), keys


def build_route(file: str, keys: tuple[str, ...]) -> Any:
    from xqctl.place import Route

    return Route(file, keys)


def routes(data: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if keys and not isinstance(data, dict):
        yield keys
    for key, value in data.items() if isinstance(data, dict) else ():
        yield from routes(value, (*keys, key))


def is_said(patch: Any, keys: tuple[str, ...], file: str) -> bool:
    """Whether the plan says what stands at a leaf."""
    for key in keys:
        if not isinstance(patch, dict) or key not in patch:
            return file.startswith("plans/") and not isinstance(patch, dict)
        patch = patch[key]
    return True


BASE: dict[str, Any] = {
    "district.yaml": {"district": DISTRICT},
    "a.yaml": {
        "schools": {"甲校": {"stages": "primary", "standing": "quality"}, "乙校": {"stages": "primary"}},
        "groups": {"集团": {"form": "cooperative", "members": {"甲校": "lead", "乙校": "member"}}},
    },
}


def test_a_plain_role_meets_a_long_one() -> None:
    folder = made(BASE, 一={"x.yaml": {"groups": {"集团": {"members": {"乙校": {"title": "分校"}}}}}},
                  二={"x.yaml": {"groups": {"集团": {"members": {"乙校": "branch"}}}}})  # fmt: skip
    result = plans.lay(folder, ("一", "二"))
    members = joined(result)["groups"]["集团"]["members"]
    assert members == {"甲校": "lead", "乙校": {"role": "branch", "title": "分校"}}


@pytest.mark.parametrize(
    ("before", "patch", "after"),
    [
        ("member", {"role": None, "2010": "member", "2016": "branch"}, {"2010": {"role": "member"}, "2016": "branch"}),
        ({"2010": "member", "2016": "branch"}, {"2010": None, "2016": None, "role": "lead"}, {"role": "lead"}),
        ({"2010": "member"}, {"2016": "branch"}, {"2010": "member", "2016": "branch"}),
    ],
)
def test_a_plan_may_turn_plain_into_dated_and_back(before: Any, patch: Any, after: Any) -> None:
    base = copy.deepcopy(BASE)
    base["a.yaml"]["groups"]["集团"]["members"]["乙校"] = before
    result = plans.lay(made(base, 方案={"x.yaml": {"groups": {"集团": {"members": {"乙校": patch}}}}}), ("方案",))
    assert not result.is_refused, [str(problem.message) for problem in result.problems]
    assert long(joined(result)) == long(merged(joined(result), {"groups": {"集团": {"members": {"乙校": after}}}}))
    assert shape(result).problems == ()


def test_a_finding_points_into_the_file_its_value_came_from() -> None:
    folder = made(BASE, 方案={"x.yaml": "groups:\n  集团:\n    members:\n      丙校: member\n      甲校: supporter\n"})
    assert found_by(folder, "方案") == [("XQZ001", "a.yaml", 4), ("XQR001", "plans/方案/x.yaml", 4)]
    broken = made(BASE, 方案={"x.yaml": "schools:\n  甲校:\n    stages: null\n    since: 2019-09\n    until: 2018\n"})
    assert ("XQT001", "plans/方案/x.yaml", 5) in found_by(broken, "方案")


def test_a_plan_that_is_fine_adds_nothing() -> None:
    folder = made(BASE, 方案={"x.yaml": {"groups": {"集团": {"form": "chain"}}}})
    assert everything(folder, None, TODAY) == ()


def test_what_a_plan_makes_wrong_is_told_beside_what_was_wrong() -> None:
    wrong = copy.deepcopy(BASE)
    wrong["a.yaml"]["schools"]["甲校"]["stages"] = "小学"
    folder = made(
        wrong, 方案={"x.yaml": {"schools": {"丙校": {"stages": "初中"}}}}, 好={"x.yaml": {"schools": {"丙校": {}}}}
    )
    assert told(everything(folder, None, TODAY)) == [("XQS004", "a.yaml", 11), ("XQS004", "plans/方案/x.yaml", 3)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"x.yaml": "schools:\n  甲校:\n"}, [("XQN001", 2)]),
        ({"x.yaml": "schools:\n  甲校: {stages: ~, standing: null, note: }\n"}, [("XQN001", 2)]),
        ({"x.yaml": "schools:\n  丁校: null\n"}, [("XQN002", 2)]),
        ({"x.yaml": "zones: null\n"}, [("XQN002", 1)]),
        ({"x.yaml": "statistics: {2018-2019: null}\n"}, [("XQN002", 1)]),
        ({"x.yaml": "schools:\n  丁校: {name: null}\n"}, [("XQN002", 2)]),
        ({"x.yaml": "schools:\n  乙校: null\n"}, [("XQN003", 2)]),
        ({"x.yaml": "schools: null\n"}, [("XQN003", 1), ("XQN003", 1)]),
        ({"x.yaml": "schools:\n  甲校: {stage: primary}\n"}, [("XQS002", 2)]),
        ({"x.yaml": "schools:\n  甲校: {stages: 小学}\n"}, [("XQS004", 2)]),
        ({"x.yaml": "- a\n"}, [("XQS003", 1)]),
        ({"x.yaml": "schools: {\n"}, [("XQY001", 1)]),
        ({"x.yaml": "schools:\n  丙校: {}\n  丙校: {}\n"}, [("XQY002", 3)]),
        ({"plan.yaml": "title: 1\n"}, [("XQS003", 1)]),
        ({"plan.yaml": "titel: a\n"}, [("XQS002", 1)]),
        ({"plan.yaml": "from:\n"}, [("XQS010", 1)]),
        ({"plan.yaml": "- a\n"}, [("XQS003", 1)]),
        ({"plan.yaml": "expects:\n  school: {}\n"}, [("XQS007", 2)]),
        ({"plan.yaml": "expects:\n  groups:\n    集团: {form: chain}\n"}, [("XQN004", 3)]),
        ({"plan.yaml": "expects:\n  groups:\n    集团: {members: {丙校: lead}}\n"}, [("XQN004", 3)]),
        ({"plan.yaml": "expects:\n  groups:\n    集团: {members: {乙校: null}}\n"}, [("XQN004", 3)]),
        ({"plan.yaml": "expects:\n  groups:\n    集团: {members: {乙校: {role: lead}}}\n"}, [("XQN004", 3)]),
        ({"plan.yaml": "expects:\n  groups:\n    集团: {}\n    别的: null\n"}, []),
        ({"plan.yaml": "expects:\n  groups:\n    集团: {members: {乙校: member, 甲校: {role: lead}}}\n"}, []),
        ({"plan.yaml": "title: 无\nfrom: 2030\ndepartment: [基教科, 人事科]\n"}, []),
    ],
)  # fmt: skip
def test_a_plan_that_does_not_fit_is_told_at_its_own_lines(
    files: dict[str, str], expected: list[tuple[str, int]]
) -> None:
    folder = made(BASE, 方案=files)
    assert [(code, line) for code, _, line in told(everything(folder, None, TODAY))] == expected
    assert all(file.startswith("plans/") for _, file, _ in told(everything(folder, None, TODAY)))
    refused = plans.lay(folder, ("方案",))
    if expected and expected[0][0] != "XQN003":
        assert refused.is_refused
        assert joined(refused) == joined(folder)


def test_an_expectation_shows_both_places() -> None:
    folder = made(BASE, 方案={"plan.yaml": "expects:\n  groups:\n    集团: {form: chain}\n"})
    (finding,) = everything(folder, None, TODAY)
    assert (finding.place.line, finding.place.column, finding.place.end_column) == (3, 16, 21)
    ((_, other),) = finding.related
    assert (other.file, other.line) == ("a.yaml", 3)


def test_an_expectation_is_held_against_the_plans_before_it() -> None:
    folder = made(BASE, 一={"x.yaml": {"groups": {"集团": {"form": "chain"}}}},
                  二={"plan.yaml": "expects:\n  groups:\n    集团: {form: chain}\n"})  # fmt: skip
    assert not plans.lay(folder, ("一", "二")).is_refused
    assert found_by(folder, "二") == [("XQN004", "plans/二/plan.yaml", 3)]
    assert found_by(folder, "二", "一") == [("XQN004", "plans/二/plan.yaml", 3)]
    other = made(BASE, 一={"x.yaml": {"groups": {"集团": {"form": "chain"}}}},
                 二={"plan.yaml": "expects:\n  groups:\n    集团: {form: cooperative}\n"})  # fmt: skip
    (problem,) = plans.lay(other, ("一", "二")).problems
    assert problem.related[0].where.file == "plans/一/x.yaml"


@pytest.mark.parametrize(
    ("one", "two", "conflict"),
    [
        ({"form": "chain"}, {"form": "merged"}, True),
        ({"form": "chain"}, {"form": "chain"}, False),
        ({"form": None}, {"form": None}, False),
        ({"form": None}, {"form": "chain"}, True),
        ({"members": {"乙校": None}}, {"members": {"乙校": {"title": "分校"}}}, True),
        ({"members": {"乙校": {"title": "分校"}}}, {"members": {"乙校": None}}, True),
        ({"members": {"乙校": "branch"}}, {"members": {"乙校": {"role": "lead"}}}, True),
        ({"members": {"乙校": "branch"}}, {"members": {"乙校": {"role": "branch", "title": "分校"}}}, False),
        ({"members": {"乙校": "branch"}}, {"members": {"甲校": "member"}}, False),
        ({"stages": ["primary"]}, {"stages": ["primary", "junior"]}, True),
    ],
)
def test_plans_that_change_the_same_thing_are_named(one: Any, two: Any, conflict: bool) -> None:
    folder = made(BASE, 一={"x.yaml": {"groups": {"集团": one}}}, 二={"x.yaml": {"groups": {"集团": two}}})
    for names in (("一", "二"), ("二", "一")):
        result = plans.lay(folder, names)
        assert result.is_refused == conflict
        assert [problem.code for problem in result.problems] == ["XQN005"] * conflict
        if conflict:
            problem = result.problems[0]
            assert problem.where.file == f"plans/{names[1]}/x.yaml"
            assert problem.related[0].where.file == f"plans/{names[0]}/x.yaml"
            assert dict(problem.related[0].message.values)["plan"] == names[0]


def test_a_plan_has_no_effect_before_its_day(tmp_path: Path, xqctl_inside: Command) -> None:
    lay_out(tmp_path, made(BASE, 方案={"plan.yaml": "from: 2020-09\n", "x.yaml": {"schools": {"丙校": {}}}}))
    for day, count in (("2020-08-31", 2), ("2020-09-01", 3)):
        for call in (("--as-of", day, ".+方案"), (f".+方案@{day}",)):
            run = xqctl_inside("explain", "schools", *call, "--format", "json", "--lang", "en", cwd=tmp_path)
            assert json.loads(run.out)["summary"]["holds"] == count
            assert ("begins on" in run.err) == (count == 2)


def test_a_plan_that_begins_later_is_validated_on_its_first_day() -> None:
    patch = {
        "groups": {"集团": {"members": {"丙校": {"role": "member", "since": 2030}}}},
        "schools": {"丙校": {"stages": "primary", "since": 2030, "until": 2031}},
        "postings": {"支教": {"year": "2030-2031", "from": "甲校", "to": "丁校", "mode": "support"}},
    }
    for begins in ("2020", "2030-09"):
        folder = made(BASE, 方案={"plan.yaml": f"from: {begins}\n", "x.yaml": patch})
        assert {file for _, file, _ in told(everything(folder, None, TODAY))} == {"plans/方案/x.yaml"}
    assert plans.begins(folder.drafts[0]) == date(2030, 9, 1)


def test_a_finding_in_the_districts_files_names_the_plan_that_brings_it() -> None:
    folder = made(BASE, 方案={"x.yaml": {"groups": {"集团": {"members": {"甲校": "member"}}}}})
    (finding,) = everything(folder, None, TODAY)
    assert (finding.code, finding.place.file) == ("XQZ001", "a.yaml")
    assert [str(message) for message, _ in finding.related] == ["with the plan 方案"]


def lay_out(root: Path, folder: Folder) -> None:
    every = (*folder.documents, *(document for draft in folder.drafts for document in draft.documents))
    for document in every:
        path = root / document.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.raw)


def test_a_file_of_a_plan_stands_for_its_plan(tmp_path: Path, xqctl_inside: Command) -> None:
    bad = {"x.yaml": "schools:\n  丁校: null\n", "y.yaml": "groups:\n  集团: {form: null}\n", "district.yaml": "{}\n"}
    lay_out(tmp_path, made({**BASE, "b.yaml": {"schools": {"戊校": {"stages": "小学"}}}}, 一=bad, 二=bad))
    for path, plan in (("plans/一/y.yaml", ["一"]), ("plans/二", ["二"]), ("plans", ["一", "二"]), ("a.yaml", [])):
        run = xqctl_inside("validate", path, "--format", "json", cwd=tmp_path)
        files = [each["file"] for each in json.loads(run.out)["findings"]]
        assert files == [f"plans/{name}/x.yaml" for name in plan]


def test_standard_input_may_be_a_file_of_a_plan(tmp_path: Path, xqctl_inside: Command) -> None:
    lay_out(tmp_path, made(BASE, 方案={"x.yaml": "schools:\n  丁校: null\n"}))
    for name in ("plans/方案/x.yaml", "plans/另案/x.yaml"):
        for words, count in (("schools:\n  丁校: {}\n", 0), ("schools:\n", 1)):
            run = xqctl_inside("validate", "-", "--stdin-filename", name, "--format", "json",
                               cwd=tmp_path, stdin=words.encode())  # fmt: skip
            assert [each["file"] for each in json.loads(run.out)["findings"]] == [name] * count


def test_other_verbs_refuse_a_plan_that_does_not_fit(tmp_path: Path, xqctl_inside: Command) -> None:
    lay_out(tmp_path, made(BASE, 坏={"x.yaml": "schools:\n  丁校: null\n"}, 断={"x.yaml": "schools:\n  乙校: null\n"},
                           好={"x.yaml": {"schools": {"丙校": {}}}}))  # fmt: skip
    for verb in (("check",), ("explain", "schools")):
        for plan in ("坏", "断"):
            run = xqctl_inside(*verb, f".+{plan}", "--lang", "en", cwd=tmp_path)
            assert (run.code, run.out) == (1, "")
            assert run.err.startswith(
                f"xqctl: .+{plan}: the plan does not fit, errors 1, first at plans/{plan}/x.yaml:2"
            )
        assert xqctl_inside(*verb, ".+好", cwd=tmp_path).code == 0
    run = xqctl_inside("validate", ".+坏", "--format", "json", cwd=tmp_path)
    assert [each["code"] for each in json.loads(run.out)["findings"]] == ["XQN002"]


def test_nothing_is_written(tmp_path: Path, xqctl_inside: Command) -> None:
    lay_out(tmp_path, made(BASE, 方案={"x.yaml": {"schools": {"丙校": {}}}}))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert xqctl_inside("check", ".+方案", cwd=tmp_path).code == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@given(STATES)
def test_what_a_district_takes_a_plan_takes(state: dict[str, Any]) -> None:
    assert is_valid(state, read=loose)


@given(STATES, st.data())
def test_null_is_taken_wherever_something_stands(state: dict[str, Any], data: st.DataObject) -> None:
    holding = {kind: held for kind, held in state.items() if held}
    patch = data.draw(within(holding))
    assert is_valid(patch, read=loose), patch


def test_the_patch_schema_is_made_of_the_kinds() -> None:
    assert loose("groups")["$id"] == schema("groups")["$id"]
    assert not is_valid({"groups": {"甲": {"form": "没有"}}}, read=loose)
    assert not is_valid({"groups": {"甲": {"frm": None}}}, read=loose)


WORDS = st.sampled_from(
    ["groups", "schools", "district", "statistics", "members", "集团", "甲校", "2018-2019", "role", "一"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=2), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(ANYTHING, min_size=1, max_size=3), ANYTHING)
def test_whatever_a_plan_says_is_answered(said: list[Any], expected: Any) -> None:
    files = {f"{number}.yaml": each for number, each in enumerate(said)}
    folder = made(BASE, 方案={**files, "plan.yaml": {"expects": expected}})
    found = everything(folder, None, TODAY)
    assert all(finding.place.line > 0 for finding in found)


def test_the_patch_schema_is_printed_and_stands_alone(xqctl_inside: Command) -> None:
    run = xqctl_inside("schema", "patch")
    validator = Draft202012Validator(json.loads(run.out))
    assert validator.is_valid({"groups": {"甲": {"form": None, "members": {"乙": None}}}, "schools": {"丙": {}}})
    assert not validator.is_valid({"groups": {"甲": {"form": "没有"}}})


def test_what_is_wrong_in_a_plan_is_told_alone_where_it_is_refused() -> None:
    patch = {"schools": {"乙校": None}, "groups": {"集团": {"members": {"甲校": "member"}}}}
    assert told(everything(made(BASE, 方案={"x.yaml": patch}), None, TODAY)) == [("XQN003", "plans/方案/x.yaml", 6)]


def test_a_laid_district_is_one() -> None:
    folder = plans.lay(made(BASE, 方案={"x.yaml": {"schools": {"丙校": {"stages": "primary"}}}}), ("方案",))
    district = build(folder, shape(folder), None, TODAY)
    assert sorted(entry.id for entry in district.all("schools")) == ["丙校", "乙校", "甲校"]
