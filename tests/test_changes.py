"""What differs between two states: the words of the domain, nothing lost, nothing told twice, nothing of form alone."""

import copy
import json
import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from xqctl import changes
from xqctl.changes import Change, Form, between
from xqctl.compose import Budgets
from xqctl.compose import compose as composed
from xqctl.district import District, build
from xqctl.load import Document, Folder, folders
from xqctl.schema import Shaped, shape

EXAMPLES = Path(__file__).parent.parent / "examples"
TODAY = date(2026, 1, 1)
MIRRORED = {
    "added": "removed", "opened": "closed", "founded": "dissolved", "paired": "ended", "joined": "left",
    "tightened": "weakened", "merged": "restored", "split": "restored",
}  # fmt: skip
MIRRORED |= {after: before for before, after in MIRRORED.items()}


def compose(raw: bytes, name: str) -> Any:
    return composed(raw, name, Budgets())


def read(name: str, day: date | None = None) -> District:
    folder = next(folders([str(EXAMPLES / name)], []))
    return build(folder, shape(folder), day, TODAY)


def joined(name: str) -> dict[str, Any]:
    """Everything an example declares, as one document."""
    whole: dict[str, Any] = {}
    for path in sorted((EXAMPLES / name).glob("*.yaml")):
        data = compose(path.read_bytes(), path.name).data
        assert isinstance(data, dict)
        for kind, collection in data.items():
            _lay(whole.setdefault(kind, {}), collection)
    return copy.deepcopy(whole)


def _lay(whole: dict[str, Any], more: Any) -> None:
    for key, value in more.items():
        if key in whole and isinstance(value, dict) and isinstance(whole[key], dict):
            _lay(whole[key], value)
        else:
            whole[key] = value


def made(data: dict[str, Any], day: date | None = None) -> District:
    """A district of this data, whatever its shape."""
    folder = Folder("某区", (Document("某区/district.yaml", b"", data),))
    return build(folder, Shaped((), {}, {}), day, TODAY)


def written(text: str, day: date | None = None) -> District:
    """A district of this YAML."""
    raw = ("district: {name: 某区, level: district, as_of: 2025-01-01}\n" + text).encode()
    folder = Folder("某区", (Document("某区/district.yaml", raw, compose(raw, "某区/district.yaml").data),))
    assert shape(folder).problems == ()
    return build(folder, shape(folder), day, TODAY)


def brief(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(change.kind, change.action, change.path) for change in found]


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    """What changed, in brief; looked at the other way round it has to be the mirror image."""
    one, other = written(old), written(new)
    found = between(one, other)
    held(one, other, found)
    return brief(found)


def held(old: District, new: District, found: tuple[Change, ...]) -> None:
    """Each edit is in exactly one change, all edits together lead from one to the other, and the mirror shows both."""
    mirror = between(new, old)
    assert Counter(MIRRORED.get(c.action, c.action) for c in found if c.action != "restored") == Counter(
        c.action for c in mirror if MIRRORED.get(c.action) != "restored"
    )
    first = [edit for change in found if change.action == "renamed" for edit in change.edits]
    then = [edit for change in found if change.action != "renamed" for edit in change.edits]
    assert len({edit.keys for edit in then}) == len(then)
    assert changes.applied(Form().tree(old), [*first, *then]) == Form().tree(new)


def test_chongming_as_it_was_and_as_it_is() -> None:
    found = between(read("chongming", date(2017, 12, 31)), read("chongming", date(2019, 11, 2)))
    assert brief(found) == [
        ("structure", "founded", "groups.城桥中学教育集团"),
        ("structure", "dissolved", "groups.新海学校教育集团"),
        ("structure", "merged", "schools.城桥中学.campuses.育林校区"),
        ("structure", "merged", "schools.海桥中学"),
        ("structure", "changed", "schools.海桥中学.stages"),
        ("money", "added", "funds.区级内涵发展专项"),
    ]
    said = [str(change.summary) for change in found]
    assert "城桥中学/育林校区 (branch)" in said[0]
    assert said[2] == "育林中学 merged into 城桥中学/育林校区"
    assert said[3] == "新海学校/海桥小学 merged into 海桥中学"
    assert found[4].after == ["junior", "primary"]


@pytest.mark.parametrize("name", ["beijing", "chengdu", "chongming", "demo", "dongcheng", "erdao"])
def test_nothing_differs_from_itself(name: str) -> None:
    assert between(read(name), read(name)) == ()


def permuted(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {key: permuted(value[key], chance) for key in names}
    return [permuted(each, chance) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["chongming", "demo"])
def test_order_and_formatting_never_show(name: str) -> None:
    data = joined(name)
    chance = random.Random(7)  # noqa: S311  no secret
    assert between(made(data), made(permuted(data, chance))) == ()
    raw = "".join(json.dumps({k: v}, ensure_ascii=False, default=float)[1:-1] + ",\n" for k, v in data.items())
    flow = compose(("{" + raw + "}").encode(), "x.yaml").data
    assert isinstance(flow, dict)
    assert between(made(data), made(flow)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("groups: {甲: {members: {乙: lead}}}", "groups: {甲: {members: {乙: {role: lead}}}}"),
        ("groups: {甲: {members: {乙: {2013: lead}}}}", "groups: {甲: {members: {乙: {2013: {role: lead}}}}}"),
        ("schools: {甲: {stages: primary}}", "schools: {甲: {stages: [primary]}}"),
        ("schools: {甲: {stages: [primary, junior]}}", "schools: {甲: {stages: [junior, primary]}}"),
        ("schools: {甲: {since: 2018}}", 'schools: {甲: {since: "2018"}}'),
        ("schools: {甲: {standing: {2018: weak}}}", "schools: {甲: {standing: {2018: {value: weak}}}}"),
        ("funds: {甲: {amount: 80万元}}", "funds: {甲: {amount: 800000元}}"),
        ("targets: {甲: {metric: groups, at_least: 30%}}", "targets: {甲: {metric: groups, at_least: 30.0%}}"),
    ],
)
def test_short_and_long_are_the_same(one: str, other: str) -> None:
    assert told(one, other) == []


TARGET = "targets: {甲: {metric: pairing_ratio, "
WEAKER = [
    ("at_least: 30%", "at_least: 25%"),
    ("at_most: 30%", "at_most: 40%"),
    ("between: 10..20", "between: 8..20"),
    ("at_least: 30%, by: 2025", "at_least: 30%, by: 2026"),
    ("at_least: 30%", "at_least: 30%, by: 2026"),
    ("at_least: 30%", "at_least: 30%, where: 'standing == \"weak\"'"),
    ("at_least: 30%, where: 'a == 1'", "at_least: 30%, where: 'a == 1 && b == 2'"),
    ("at_least: 30%", "at_least: 30%, of: 乙"),
    ("at_least: 30%", "at_least: 30%, except: {乙: 20%}"),
    ("at_least: {2020: 30%, 2025: 50%}", "at_least: {2020: 30%, 2025: 40%}"),
    ("at_least: {2020: 30%}", "at_least: {2022: 30%}"),
    ("at_least: 30%", "at_least: 30%, until: 2030"),
    ("at_least: 30%, since: 2020", "at_least: 30%, since: 2021"),
    ("at_least: 30%", "at_least: 30%, when: [{'a == 1': 20%}]"),
    ("equals: 30%", "at_least: 30%"),
    ("at_least: 30%", "at_least: 30%, disputed: 无此要求"),
    ("at_least: 30%", "note: x"),
]


@pytest.mark.parametrize(("old", "new"), WEAKER)
def test_a_target_that_asks_less_is_weakened(old: str, new: str) -> None:
    one, other = (f"schools: {{乙: {{}}}}\n{TARGET}{asked}}}}}" for asked in (old, new))
    assert {action for kind, action, _ in told(one, other) if kind == "promise"} == {"weakened"}
    assert {action for kind, action, _ in told(other, one) if kind == "promise"} == {"tightened"}


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [
        ("targets: {甲: {metric: groups, at_least: 1}}", "targets: {}", "targets.甲"),
        ("adopt", "", "district.adopts"),
        ("", "waivers: {甲: {rule: XQZ003, at: x, reason: r, approved_by: b, until: 2030}}", "waivers.甲"),
        (
            "waivers: {甲: {rule: XQZ003, at: x, reason: r, approved_by: b, until: 2030}}",
            "waivers: {甲: {rule: XQZ003, at: x, reason: r, approved_by: b, until: 2031}}",
            "waivers.甲.until",
        ),
    ],
)
def test_what_is_dropped_or_waived_is_weakened(old: str, new: str, address: str) -> None:
    if old == "adopt":
        base = {"district": {"name": "某区", "as_of": 2025}}
        one = copy.deepcopy(base)
        one["district"]["adopts"] = {"优质均衡2017": {"since": 2020}}
        assert brief(between(made(one), made(base))) == [("promise", "weakened", address)]
        assert brief(between(made(base), made(one))) == [("promise", "tightened", address)]
        return
    assert told(old, new) == [("promise", "weakened", address)]
    assert told(new, old) == [("promise", "tightened", address)]


def test_both_ways_is_neither_and_not_let_through() -> None:
    one, other = (f"{TARGET}at_least: {{2020: {a}, 2025: {b}}}}}}}" for a, b in (("30%", "50%"), ("40%", "45%")))
    (change,) = between(written(one), written(other))
    assert (change.action, change.is_weaker) == ("changed", True)


SCHOOLS = "schools: {甲校: {}, 乙校: {}, 丙校: {}}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("schools: {甲校: {}}", "schools: {}", [("structure", "closed", "schools.甲校")]),
        ("schools: {甲校: {}}", "schools: {甲校: {until: 2026}}", [("structure", "closed", "schools.甲校")]),
        ("schools: {甲校: {}}", "schools: {甲校: {status: closed}}", [("structure", "closed", "schools.甲校.status")]),
        (
            "schools: {甲校: {status: planned}}",
            "schools: {甲校: {status: open}}",
            [("structure", "opened", "schools.甲校.status")],
        ),
        (
            "schools: {甲校: {standing: weak}}",
            "schools: {新名校: {standing: weak, formerly: 甲校}}",
            [("structure", "renamed", "schools.新名校")],
        ),
        (
            "schools: {甲校: {}, 乙校: {}}",
            "schools: {乙校: {succeeds: 甲校}}",
            [("structure", "merged", "schools.乙校")],
        ),
        (
            "schools: {甲校: {}}",
            "schools: {甲校: {until: 2026}, 乙校: {succeeds: 甲校}, 丙校: {succeeds: 甲校}}",
            [("structure", "split", "schools.甲校")],
        ),
        (
            SCHOOLS + "groups: {A: {members: {甲校: lead, 乙校: member}}, B: {members: {丙校: lead}}}",
            SCHOOLS + "groups: {A: {members: {甲校: lead}}, B: {members: {丙校: lead, 乙校: member}}}",
            [("structure", "moved", "groups.B.members.乙校")],
        ),
        (
            SCHOOLS + "groups: {A: {members: {甲校: lead, 乙校: member}}}",
            SCHOOLS + "groups: {A: {members: {甲校: lead, 乙校: deputy, 丙校: branch}}}",
            [("structure", "changed", "groups.A.members.乙校"), ("structure", "joined", "groups.A.members.丙校")],
        ),
        (
            SCHOOLS,
            SCHOOLS + "alliances: {P: {form: pair, members: {甲校: lead, 乙校: member}}}",
            [("structure", "paired", "alliances.P")],
        ),
        (
            SCHOOLS + "alliances: {P: {form: pair, members: {甲校: lead, 乙校: member}}}",
            SCHOOLS + "alliances: {P: {form: pair, members: {甲校: lead, 乙校: member}, until: 2026}}",
            [("structure", "ended", "alliances.P")],
        ),
        (
            "funds: {F: {amount: 80万元}}",
            "funds: {F: {amount: 1亿元, note: x}}",
            [("money", "changed", "funds.F.amount"), ("record", "changed", "funds.F.note")],
        ),
        (
            SCHOOLS,
            SCHOOLS + "postings: {p: {year: 2024-2025, from: 甲校, to: 乙校, mode: support}}",
            [("people", "added", "postings.p")],
        ),
    ],
)  # fmt: skip
def test_words_of_the_domain(old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(told(old, new)) == sorted(expected)


def test_money_says_by_how_much() -> None:
    (change,) = between(written("funds: {F: {amount: 80万元}}"), written("funds: {F: {amount: 100万元}}"))
    assert "80万元 → 100万元 (+20万元)" in str(change.summary)


def test_a_rename_takes_its_references_along() -> None:
    old = joined("demo")
    name = next(iter(old["schools"]))
    text = json.dumps(old, ensure_ascii=False, default=float)
    text = text.replace(f'"{name}"', '"改名后的学校"').replace(f'"{name}/', '"改名后的学校/')
    new = compose(text.encode(), "x.yaml").data
    assert isinstance(new, dict)
    new["schools"]["改名后的学校"]["formerly"] = name
    found = between(made(old), made(new))
    assert [change.action for change in found if change.kind != "record"] == ["renamed"]


def test_a_match_by_likeness_says_how_sure_it_is() -> None:
    rest = "stages: primary, standing: weak, setting: rural, subdistrict: 城关镇"
    one, other = (
        f"schools: {{{name}: {{{rest}}}, 甲校: {{}}}}\ngroups: {{G: {{members: {{甲校: lead, {name}: member}}}}}}"
        for name in ("东风小学", "东风路小学")
    )
    found = between(made(compose(one.encode(), "x").data), made(compose(other.encode(), "x").data))
    assert brief(found) == [("structure", "renamed", "schools.东风路小学")]
    assert "% sure" in str(found[0].summary)
    far = one.replace("东风小学", "西山中心校").replace("rural", "urban").replace("weak", "quality")
    found = between(made(compose(one.encode(), "x").data), made(compose(far.encode(), "x").data))
    assert "renamed" not in {change.action for change in found}


def test_fingerprints_keep_and_tell_apart() -> None:
    old, new = written("funds: {F: {amount: 80万元}}"), written("funds: {F: {amount: 90万元}}")
    again = written("\n\nfunds:\n  F:\n    amount: 900000元\n")
    assert [c.fingerprint for c in between(old, new)] == [c.fingerprint for c in between(old, again)]
    other = written("funds: {F: {amount: 91万元}}")
    assert [c.fingerprint for c in between(old, new)] != [c.fingerprint for c in between(old, other)]


def test_both_places() -> None:
    old, new = written("funds: {F: {amount: 80万元}}"), written("funds:\n  E: {}\n  F: {amount: 90万元}")
    added, changed = between(old, new)
    assert added.old is None
    assert added.new is not None
    assert new.folder.span(added.new).line == 3
    assert changed.old is not None
    assert changed.new is not None
    assert (old.folder.span(changed.old).line, new.folder.span(changed.new).line) == (2, 4)


def _sites(value: Any, way: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(value, dict):
        return []
    return [site for key, each in value.items() for site in ((*way, key), *_sites(each, (*way, key)))]


def _edit(data: dict[str, Any], chance: random.Random) -> None:
    """One edit of some sort, somewhere below the kinds."""
    sites = [site for site in _sites(data) if len(site) >= 2 and site[:2] != ("district", "name")]
    site = chance.choice(sites)
    here: Any = data
    for key in site[:-1]:
        here = here[key]
    sort = chance.choice(("drop", "write", "copy", "write", "rename"))
    if site[0] == "district":
        sort = "write" if not isinstance(here[site[-1]], dict) else "drop"
    if sort == "drop":
        del here[site[-1]]
    elif sort == "copy":
        here[f"又{chance.randrange(1000)}"] = copy.deepcopy(here[site[-1]])
    elif sort == "rename":
        here[f"新{chance.randrange(1000)}"] = here.pop(site[-1])
    elif isinstance(here[site[-1]], dict):
        here[site[-1]]["note"] = f"注{chance.randrange(10**6)}"
    else:
        here[site[-1]] = f"改{chance.randrange(10**6)}"


@pytest.mark.parametrize("seed", range(2))
def test_no_edit_is_lost_or_told_twice(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    start = joined("demo")
    start["district"]["as_of"] = "2025-01-01"
    data = copy.deepcopy(start)
    for _ in range(20):
        before = copy.deepcopy(data)
        for _ in range(5):
            _edit(data, chance)
        data["district"]["as_of"] = "2025-01-01"
        old, new = made(before), made(copy.deepcopy(data))
        held(old, new, between(old, new))
    held(made(start), made(data), between(made(start), made(data)))


def test_reformatted_files_are_the_same(tmp_path: Path) -> None:
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_unicode = True
    yaml.default_flow_style = True
    for path in (EXAMPLES / "chongming").glob("*.yaml"):
        with (tmp_path / path.name).open("w", encoding="utf-8") as stream:
            yaml.dump(compose(path.read_bytes(), path.name).data, stream)
    folder = next(folders([str(tmp_path)], []))
    assert between(read("chongming"), build(folder, shape(folder), None, TODAY)) == ()


def test_two_days_and_what_is_written_otherwise_besides() -> None:
    kept = "groups: {A: {since: 2015, until: 2020, members: {甲校: lead}}}\n"
    one = written(SCHOOLS + kept + "funds: {F: {amount: 80万元}, G: {until: 2012, note: x}}", date(2018, 1, 1))
    other = written(SCHOOLS + kept + "funds: {F: {amount: 90万元}, G: {until: 2012, note: y}}", date(2022, 1, 1))
    assert brief(between(one, other)) == [
        ("structure", "dissolved", "groups.A"),
        ("money", "changed", "funds.F.amount"),
        ("record", "changed", "funds.G.note"),
    ]


def test_a_membership_by_date_is_seen_on_its_days() -> None:
    members = "甲校: lead, 乙校: {2015: member, 2020: deputy}, 丙校: {role: branch, since: 2019}"
    text = f"{SCHOOLS}groups: {{A: {{members: {{{members}}}}}}}"
    found = between(written(text, date(2018, 1, 1)), written(text, date(2022, 1, 1)))
    assert brief(found) == [
        ("structure", "joined", "groups.A.members.丙校"),
        ("structure", "changed", "groups.A.members.乙校"),
    ]
