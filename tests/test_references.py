"""What entries name: the schemas' annotations are followed everywhere, and one mistake stays one finding."""

from pathlib import Path
from typing import Any

import pytest
import snippets

from xqctl import district as districts
from xqctl import schema as schemas
from xqctl.district import District
from xqctl.load import folders
from xqctl.references import PARTY, aliases, closest, heirs_of, loose_ends, meant, references, wanted

RICH = """
sources: {方案: {title: 方案}}
districts: {静安区: {within: 无此市}}
schools:
  城桥中学:
    stages: {1999: junior, 2013: {value: [junior, senior], source: 方案#一#二}}
    subdistrict: 城桥镇
    campuses:
      育林校区: {succeeds: 育林中学, source: [方案, 方案#三]}
    disputed: {since: {value: 1957, source: 方案#四}}
  育林中学: {stages: junior, until: 2016, formerly: 鳌山中学}
statistics:
  2019-2020:
    城桥中学/育林校区: {source: 方案#五}
groups:
  城桥中学教育集团:
    members:
      城桥中学: lead
      某区: supporter
      静安区: {2013: member, 2016: {role: supporter, source: 方案#六}}
    agreement: {documents: [方案#七]}
evaluations:
  考核: {of: group, awards: [优秀奖, 某补助]}
quotas:
  名额: {year: 2019, of: 城桥中学, allotted: {育林中学: 5}}
"""
MAIN = "district: {name: 某区, level: district, subdistricts: [城桥镇]}\n"


def built(tmp_path: Path, text: str, main: str = MAIN) -> District:
    (tmp_path / "district.yaml").write_text(main, encoding="utf-8")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    (folder,) = folders([str(tmp_path)], [])
    return districts.build(folder, schemas.shape(folder), None, snippets.TODAY)


def test_every_place_that_names_something_is_found(tmp_path: Path) -> None:
    found = {(".".join(each.keys), each.part, each.text) for each in references(built(tmp_path, RICH))}
    assert found == {
        ("districts.静安区.within", "value", "无此市"),
        ("schools.城桥中学.stages.2013.source", "value", "方案"),
        ("schools.城桥中学.subdistrict", "value", "城桥镇"),
        ("schools.城桥中学.campuses.育林校区.succeeds", "value", "育林中学"),
        ("schools.城桥中学.campuses.育林校区.source.0", "value", "方案"),
        ("schools.城桥中学.campuses.育林校区.source.1", "value", "方案"),
        ("schools.城桥中学.disputed.since.source", "value", "方案"),
        ("statistics.2019-2020.城桥中学/育林校区", "key", "城桥中学/育林校区"),
        ("statistics.2019-2020.城桥中学/育林校区.source", "value", "方案"),
        ("groups.城桥中学教育集团.members.城桥中学", "key", "城桥中学"),
        ("groups.城桥中学教育集团.members.某区", "key", "某区"),
        ("groups.城桥中学教育集团.members.静安区", "key", "静安区"),
        ("groups.城桥中学教育集团.members.静安区.2016.source", "value", "方案"),
        ("groups.城桥中学教育集团.agreement.documents.0", "value", "方案"),
        ("evaluations.考核.awards.0", "value", "优秀奖"),
        ("evaluations.考核.awards.1", "value", "某补助"),
        ("quotas.名额.of", "value", "城桥中学"),
        ("quotas.名额.allotted.育林中学", "key", "育林中学"),
    }


def test_what_is_named_is_found(tmp_path: Path) -> None:
    district = built(tmp_path, RICH)
    assert loose_ends(district) == ()
    named = {each.text: entry.id for each in references(district) if (entry := meant(district, each)) is not None}
    assert named["城桥中学/育林校区"] == "城桥中学"
    assert named["某区"] == district.itself.id
    assert dict(heirs_of(district)) == {"育林中学": ("城桥中学/育林校区",)}
    assert aliases(district)["鳌山中学"].id == "育林中学"


def test_every_annotation_names_kinds_there_are() -> None:
    """A new `x-ref` is followed without code: it only has to say what it may name."""
    known = {*schemas.KINDS, "campuses", "subdistricts", "standards"}
    sets = {"party", "unit", "party-or-unit"}
    for kind in (*schemas.KINDS, "common", "unit"):
        for kinds in _annotations(schemas.schema(kind)):
            assert kinds in sets if isinstance(kinds, str) else set(kinds) <= known, (kind, kinds)


def test_a_former_name_leads_to_the_thing(tmp_path: Path) -> None:
    text = RICH + "catchments:\n  片区: {schools: 鳌山中学}\n"
    (loose,) = loose_ends(district := built(tmp_path, text))
    assert closest(district, loose) == ("育林中学",)
    assert str(wanted(loose.target)) == "a school or campus"
    assert loose.target.kinds == PARTY[:2]


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        ("schols:\n  甲校: {stages: primary}\n", "XQS007"),
        ("schools: [甲校]\n", "XQS003"),
        ("schools: {乙校: {}}\nschools: {甲校: {}}\n", "XQY002"),
        ("schools:\n  甲校: {stage: primary}\n", "XQS002"),
        ("schools: {甲校: {}\n", "XQY001"),
    ],
)
def test_a_mistake_elsewhere_leaves_no_name_dangling(tmp_path: Path, mistake: str, code: str) -> None:
    parts = snippets.Snippet(
        {
            "district.yaml": MAIN.encode(),
            "case.yaml": mistake.encode(),
            "more.yaml": "feeders: {对口: {from: 甲校, to: 甲校/东校区}}\n".encode(),
        }
    )
    found = snippets.found(parts, snippets.write(parts, tmp_path))
    assert {each.code for each in found if each.code[:3] in ("XQR", code[:3])} == {code}, list(
        map(snippets.told, found)
    )


def _annotations(said: Any) -> list[Any]:
    if isinstance(said, list):
        return [found for each in said for found in _annotations(each)]
    if not isinstance(said, dict):
        return []
    own = [said["x-ref"]] if "x-ref" in said else []
    return own + [found for each in said.values() for found in _annotations(each)]
