"""The network's picture: nothing overlaps, nothing is invented, no name harms, and the same bytes every time."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import Command, environment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_cli import answered
from worlds import EXAMPLES, Data, district, opened

from xqctl.district import District
from xqctl.drawing import maps, network_picture, notation
from xqctl.drawing.atlas import charted
from xqctl.drawing.condensing import PARTIES, bearable, within_edges
from xqctl.drawing.gathering import gathered
from xqctl.drawing.marks import COLOURS, FLOW
from xqctl.drawing.model import Area, Bond, Choice, Flow, Network, Party, Tie, Unnamed
from xqctl.drawing.painting import painted
from xqctl.drawing.places import Place, places
from xqctl.drawing.projection import hull, projected
from xqctl.drawing.svg import escape, fitted, length
from xqctl.messages import Lang
from xqctl.quantities import Quantity, SchoolYear, Unit

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
MAIN: Data = {"name": "某区", "level": "district", "as_of": "2025-03-01"}
NASTY = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "甲|乙|丙",
    "]]>]]&gt;",
    "\u202e从右到左\u202c",
    "很长的名字" * 40,
    "end",
    "a\"b'c`d\\e\\N",
    "1. 列表 - x *粗* %% #35; &amp;",
    "{{x}} [y] (z)",
    "עברית العربية",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
)
SIZES = {
    "eight units": (3, 4, 3, 1, 1, 4),
    "sixty schools": (8, 7, 7, 3, 6, 18),
    "300 schools": (24, 12, 30, 10, 40, 80),
}


def world(zones: int, each: int, groups: int, alliances: int, pairs: int, posts: int) -> District:
    """An invented district of so many zones with so many schools each, and what ties them across."""
    ids = [f"第{zone}区{kind}{school}" for zone in range(zones) for school, kind in enumerate(("小学", "中学") * each)]
    ids = [id_ for number, id_ in enumerate(ids) if number % (2 * each) < each]

    def pick(number: int) -> str:
        return ids[(number * 37 + number * number * 5) % len(ids)]

    def members(start: int, count: int) -> dict[str, str]:
        chosen = dict.fromkeys(pick(start + step) for step in range(count))
        return {id_: "lead" if number == 0 else "member" for number, id_ in enumerate(chosen)}

    return district(
        {
            "district": MAIN,
            "schools": {id_: {"stages": "primary"} for id_ in [*ids, "民办甲校", "民办乙校"]},
            "zones": {
                f"第{zone}学区": {
                    "members": {
                        id_: "lead" if number == 0 else "member"
                        for number, id_ in enumerate(ids[zone * each : (zone + 1) * each])
                    }
                }
                for zone in range(zones)
            },
            "groups": {f"第{number}教育集团": {"members": members(number * 11, 4)} for number in range(groups)},
            "alliances": {
                **{f"第{number}联合体": {"members": members(number * 7, 4)} for number in range(alliances)},
                **{f"结对{n}": {"form": "pair", "members": members(n * 5 + 2, 2)} for n in range(pairs)},
            },
            "postings": {
                f"支教{number}": {
                    "year": "2024-2025", "from": pick(number * 3), "to": pick(number * 7 + 1),
                    "mode": "support", "count": 1 + number % 7,
                }
                for number in range(posts)
                if pick(number * 3) != pick(number * 7 + 1)
            },
        }
    )  # fmt: skip


def nasty() -> District:
    """A district whose every name is out to do harm."""
    ids = [f"校{number}" for number in range(len(NASTY))]
    half = len(ids) // 2
    return district(
        {
            "district": {**MAIN, "name": "</title><script>区"},
            "schools": {
                id_: {"name": name, "location": {"lon": 100.5, "lat": 30.1, "crs": "gcj02"}}
                for id_, name in zip(ids, NASTY, strict=True)
            },
            "zones": {
                "区一": {"name": NASTY[0], "members": dict.fromkeys(ids[:half], "lead")},
                "区二": {"name": NASTY[5], "members": dict.fromkeys(ids[half:], "member")},
            },
            "groups": {
                f"集团{n}": {"name": name, "members": {ids[n]: {"role": "lead", "title": name}, ids[n - 1]: "branch"}}
                for n, name in enumerate(NASTY)
            },
            "alliances": {
                "对": {"name": NASTY[6], "form": "pair", "members": {ids[4]: "lead", ids[8]: "member"}},
                "盟": {"name": NASTY[8], "declared": {"lead": 22, "member": 38}},
            },
            "postings": {"派": {"year": "2024-2025", "from": ids[3], "to": ids[10], "mode": "support", "count": 5}},
        }
    )


Rectangle = tuple[float, float, float, float, str]


def written(node: ET.Element, dx: float = 0, dy: float = 0) -> Iterator[Rectangle]:
    """Every line of text of a drawing: left, upper, right and lower edge, and what it says."""
    moved = re.fullmatch(r"translate\(([-.\d]+) ([-.\d]+)\)", node.get("transform", "translate(0 0)"))
    assert moved
    dx, dy = dx + float(moved[1]), dy + float(moved[2])
    if node.tag == f"{SVG}text":
        words, size = node.text or "", float(node.get("font-size", "13"))
        wide = length(words, size)
        back = {"end": wide, "middle": wide / 2}.get(node.get("text-anchor", "start"), 0)
        x, y = dx + float(node.get("x", "0")) - back, dy + float(node.get("y", "0"))
        yield x, y - size * 0.8, x + wide, y + size * 0.2, words
    for each in node:
        yield from written(each, dx, dy)


def tree(svg: str) -> ET.Element:
    """A drawing as XML, which has to be well-formed."""
    return ET.fromstring(svg.encode())  # noqa: S314  our own drawing


def parsed(svg: str) -> ET.Element:
    """The root of a drawing that a strict page would take."""
    root = tree(svg)
    for node in root.iter():
        assert node.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "g", "rect", "circle", "polygon", "path", "text",
        }  # fmt: skip
        for name, value in node.attrib.items():
            assert name not in {"style", "href"}
            assert not name.startswith(("on", "{"))
            assert "url(" not in value
            assert "://" not in value or name == "xmlns"
            assert name != "id" or value.startswith("xq-")
    assert root.get("role") == "img"
    named = {node.get("id") for node in root if node.tag in (f"{SVG}title", f"{SVG}desc")}
    assert set(root.get("aria-labelledby", "").split()) == named
    return root


def overlaps(svg: str) -> list[tuple[str, str]]:
    """The texts of a drawing that run into each other, or out of it."""
    root = parsed(svg)
    found = list(written(root))
    wide, high = float(root.get("width", "0")), float(root.get("height", "0"))
    out = [(words, "edge") for x1, y1, x2, y2, words in found if x1 < 0 or y1 < 0 or x2 > wide or y2 > high]
    return out + [
        (a[4], b[4]) for a, b in combinations(found, 2) if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
    ]


def pictures(world: District, lang: Lang = "zh") -> list[str]:
    """Every drawing of a district, for a page and alone."""
    network = gathered(world)
    drawings = [painted(bearable(network, lang), lang), *charted(world, network, lang)]
    return [svg for drawing in drawings for svg in (drawing.inline(), drawing.alone())]


# The picture


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["beijing", "chengdu", "chongming", "demo", "dongcheng", "erdao"])
def test_in_pictures_of_the_examples_no_label_overlaps(name: str, lang: Lang) -> None:
    for svg in pictures(opened(EXAMPLES / name), lang):
        assert overlaps(svg) == []


@pytest.mark.parametrize("size", SIZES)
def test_in_pictures_of_any_size_no_label_overlaps(size: str) -> None:
    for svg in pictures(world(*SIZES[size])):
        assert overlaps(svg) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_harms_a_picture(lang: Lang) -> None:
    for svg in pictures(nasty(), lang):
        assert overlaps(svg) == []
        assert "<script" not in svg
        assert "\u202e" not in svg
    network, _ = (picture.svg for picture in (*network_picture(nasty(), lang), *maps(nasty(), lang)))
    hints = [node.text for node in tree(network).iter(f"{SVG}title")]
    assert NASTY[5] in hints, "a name that is cut is told whole"
    assert NASTY[0] in hints


def test_text_is_fit_for_xml_and_for_its_room() -> None:
    assert escape("a\x00b\ufffe\ud800<&>\"'") == "a&lt;U+0000&gt;b\ufffd&lt;U+D800&gt;&lt;&amp;&gt;&quot;&#39;"
    for words in (*NASTY, "", "短"):
        for room in (20, 60, 200, 9000):
            assert length(fitted(words, room, 13), 13) <= room


names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60) | st.sampled_from(NASTY)
roles = st.sampled_from(["lead", "deputy", "member", "branch", "supporter"])


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Any network: parties in areas, units that tie them, some in each other, postings between them."""
    kinds = st.sampled_from(["school", "campus", "organisation", "district", "unknown"])
    count = draw(st.integers(1, 14))
    parties = [Party(f"p{number}", draw(names), draw(kinds)) for number in range(count)]
    cut = draw(st.integers(0, count))
    zone_roles = {party.id: Tie(party.id, draw(roles)) for party in parties[:cut]}
    areas = (
        Area("z", draw(names), "zone", tuple(parties[:cut]), zone_roles, is_silent=not cut),
        Area("#organisation", "", "organisation", tuple(parties[cut:]), {}),
    )
    some = st.lists(st.sampled_from(parties), max_size=6, unique_by=lambda party: party.id)
    bonds = []
    for number in range(draw(st.integers(0, 6))):
        ties = tuple(Tie(party.id, draw(roles), draw(st.none() | names)) for party in draw(some))
        kind = draw(st.sampled_from(["group", "alliance", "pair"]))
        form = draw(st.sampled_from([None, "merged" if kind == "group" else "pair" if kind == "pair" else "hub"]))
        within = draw(st.none() | st.sampled_from(["z", "b0", "b1", "elsewhere"]))
        gap = Unnamed(draw(roles), Quantity(Decimal(1), draw(st.sampled_from([None, Decimal(22)])), Unit.COUNT))
        bonds.append(Bond(f"b{number}", draw(names), kind, form, within, ties, (gap,) if draw(st.booleans()) else ()))
    ends = draw(st.lists(st.tuples(st.sampled_from(parties), st.sampled_from(parties)), max_size=8, unique=True))
    flows = tuple(Flow(a.id, b.id, draw(st.integers(1, 300))) for a, b in ends)
    people = sum(flow.count for flow in flows)
    return Network(draw(names), date(2025, 3, 1), SchoolYear(2024), areas, tuple(bonds), flows, people, len(flows))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(networks())
def test_whatever_is_drawn_is_well_formed_and_legible(network: Network) -> None:
    drawing = painted(network, "zh")
    parsed(drawing.alone())
    assert overlaps(drawing.inline()) == []
    assert mermaid_faults(notation.mermaid(network, "zh")) == []
    assert dot_faults(notation.dot(network, "zh")) == []


def test_what_is_counted_but_not_named_is_not_invented() -> None:
    (picture,) = network_picture(opened(EXAMPLES / "dongcheng"), "en")
    texts = [words for *_, words in written(tree(picture.svg))]
    assert "22 lead + 38 member, not named" in texts
    assert texts.count("members not named") == 4
    assert len([node for node in tree(picture.svg).iter() if node.get("class") == "party school"]) == 5


def test_leads_are_marked_and_postings_are_as_wide_as_many_people_go() -> None:
    (picture,) = network_picture(opened(EXAMPLES / "demo"), "en")
    root = tree(picture.svg)
    hints = [node.text for node in root.iter(f"{SVG}title")]
    assert "落雁中学领办集团: 落雁中学, lead" in hints
    assert "听雨小学教育集团: 听雨小学·竹里校区, branch" in hints
    wide = {}
    for node in root.iter(f"{SVG}g"):
        if node.get("class") == "posting":
            said, line = node[0].text or "", node[1].get("stroke-width", "0")
            wide[int(said.rpartition(" ")[2])] = float(line)
    assert len(wide) > 3
    assert sorted(wide) == sorted(wide, key=lambda count: wide[count])
    assert sum(hint is not None and " → " in hint for hint in hints) == 40


def test_a_party_of_one_unit_that_is_no_school_stands_in_it() -> None:
    network = gathered(opened(EXAMPLES / "demo"))
    assert {"示例师范大学", "云溪少年交响乐团", "远岫县"} <= network.guests
    (picture,) = network_picture(opened(EXAMPLES / "demo"), "zh")
    assert "示例师范大学" in [words for *_, words in written(tree(picture.svg))]


def test_layers_and_one_unit_alone() -> None:
    demo = opened(EXAMPLES / "demo")
    pairs = gathered(demo, Choice(("pairs",)))
    assert {bond.kind for bond in pairs.bonds} == {"pair"}
    assert not pairs.zones
    assert not pairs.flows
    group = gathered(demo, Choice(unit="望星小学教育集团"))
    assert group.focus == "望星小学教育集团"
    assert {bond.id for bond in group.bonds} == {
        "望星小学教育集团", "揽月星辰子集团", "揽月小学—松下小学", "云溪交响乐联盟",
    }  # fmt: skip
    assert [bond.left_out for bond in group.bonds if bond.id == "云溪交响乐联盟"] == [5]
    assert {party.name for party in group.parties.values()} == {
        "望星小学", "揽月小学", "银杏小学", "星辰小学", "示例师范大学",
    }  # fmt: skip


def test_units_in_a_circle_are_drawn_all_the_same() -> None:
    units = {"甲": {"within": "乙", "members": {"一校": "lead"}}, "乙": {"within": "甲", "members": {"二校": "lead"}}}
    found = gathered(district({"district": MAIN, "schools": {"一校": {}, "二校": {}}, "zones": units}))
    assert {zone.id for zone in found.zones} == {"甲", "乙"}
    found = gathered(district({"district": MAIN, "schools": {"一校": {}, "二校": {}}, "groups": units}))
    texts = [words for *_, words in written(tree(painted(found, "zh").inline()))]
    assert {"甲", "乙", "一校", "二校"} <= set(texts)


def test_too_many_schools_are_not_drawn_and_the_picture_says_so() -> None:
    begun = time.perf_counter()
    big = world(60, 33, 140, 60, 300, 900)
    (picture,) = network_picture(big, "en")
    assert time.perf_counter() - begun < 20
    texts = [words for *_, words in written(tree(picture.svg))]
    assert any(words.startswith("1982 parties are too many") for words in texts)
    assert any(re.match(r"more units that are not drawn: \d+", words) for words in texts)
    assert any(re.match(r"more ways people go that are not drawn: \d+", words) for words in texts)
    assert "第59学区" in texts
    assert len(picture.svg) < 400_000
    assert overlaps(picture.svg) == []
    assert len(gathered(big).parties) > PARTIES
    text = notation.mermaid(within_edges(gathered(big), notation.EDGES, "en"), "en")
    assert mermaid_faults(text) == []
    assert 100 < len(re.findall(r" (?:===|---|-\.-|-->|-\.->)", text)) <= notation.EDGES
    assert re.search(r'n\d\["more units that are not drawn#58; \d+"\]', text)


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [*COLOURS, FLOW])
def test_colours_can_be_seen_on_white_and_on_the_dark_page(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 3
    assert (luminance(colour) + 0.05) / (luminance("#15181c") + 0.05) >= 3


# Maps


def placed(**schools: dict[str, object]) -> District:
    return district({"district": MAIN, "schools": {id_: {"location": where} for id_, where in schools.items()}})


def test_each_coordinate_system_has_a_map_of_its_own() -> None:
    two = placed(
        甲校={"lon": 116.40, "lat": 39.90, "crs": "wgs84"},
        乙校={"lon": 116.41, "lat": 39.91, "crs": "gcj02"},
        丙校={"lon": 116.42, "lat": 39.92, "crs": "gcj02"},
        丁校={"lon": 116.43, "lat": 39.93},
    )
    drawn = maps(two, "en")
    texts = [[words for *_, words in written(tree(picture.svg))] for picture in drawn]
    assert [next(w for w in said if w.startswith("coordinates")) for said in texts] == [
        "coordinates: WGS 84", "coordinates: GCJ-02", "coordinates: coordinate system not said",
    ]  # fmt: skip
    assert [[name for name in ("甲校", "乙校", "丙校", "丁校") if name in said] for said in texts] == [
        ["甲校"], ["乙校", "丙校"], ["丁校"],
    ]  # fmt: skip
    assert "places given in other systems: 3; they have a map of their own" in texts[0]


def test_schools_without_a_place_are_counted_below() -> None:
    one = district(
        {"district": MAIN, "schools": {"甲校": {"location": {"lon": 100, "lat": 30}}, "乙校": {}, "丙校": {}}}
    )
    (picture,) = maps(one, "en")
    assert any(
        "schools whose place is not declared: 2 (乙校, 丙校)" in words for *_, words in written(tree(picture.svg))
    )
    assert maps(district({"district": MAIN, "schools": {"乙校": {}}}), "en") == ()


def test_a_map_keeps_its_proportions() -> None:
    """A degree of longitude is shorter by the cosine of the latitude; the scale bar is as long as it says."""
    found = projected(
        [Place("a", "a", Decimal(100), Decimal(59), "wgs84"), Place("b", "b", Decimal(102), Decimal(61), "wgs84")]
    )
    (x1, y1), (x2, y2) = found.point(100, 60), found.point(101, 59)
    assert (x2 - x1) / (y2 - y1) == pytest.approx(0.5, abs=0.001)
    long, said = found.bar
    assert said.endswith(" km")
    assert long / (y2 - y1) * 111.195 == pytest.approx(float(said.removesuffix(" km")))
    assert [words for _, words in found.meridians] == sorted(words for _, words in found.meridians)
    assert len(found.meridians) >= 2
    assert len(found.parallels) >= 2


def test_a_lone_school_has_a_map_too() -> None:
    for svg in pictures(placed(甲校={"lon": 100.5, "lat": 30.1, "crs": "wgs84"})):
        assert overlaps(svg) == []


def test_names_on_a_crowded_map_do_not_overlap_and_those_left_are_counted() -> None:
    schools = {
        f"第{number}学校": {"lon": 100 + number * 37 % 101 / 500, "lat": 30 + number * 53 % 97 / 500, "crs": "wgs84"}
        for number in range(300)
    }
    (picture,) = maps(placed(**schools), "en")
    assert overlaps(picture.svg) == []
    texts = [words for *_, words in written(tree(picture.svg))]
    shown = sum(words in schools for words in texts)
    assert shown > 40
    assert f"names that found no room: {300 - shown}; point at a mark to see its name" in texts


def test_hulls_hold_their_points() -> None:
    assert hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 0)]) == [(0, 0), (2, 0), (2, 2), (0, 2)]
    assert hull([(1, 1), (1, 1)]) == [(1, 1)]


def test_campuses_have_places_while_they_are_open() -> None:
    found = {place.party for place in places(opened(EXAMPLES / "demo"))}
    assert "听雨小学/竹里校区" in found
    assert "听雨小学/新城校区" not in found, "it is only planned"


# Mermaid and DOT

_LABEL = r'"[^"<>`\[\]{}|\\\n]*"'
_MERMAID = re.compile(
    rf"""flowchart\ LR|\s*subgraph\ z[0-9_]+\[{_LABEL}\]|\s*end|\s*[npz][0-9_]+\[{_LABEL}\]
    |\s*u[0-9]+\(\[{_LABEL}\]\)
    |\s*u[0-9]+\ -\.->\ u[0-9]+|\s*u[0-9]+\ (===|---|-\.-)\|{_LABEL}\|\ p[0-9]+|\s*p[0-9]+\ -->\|"[0-9]+"\|\ p[0-9]+
    |\s*classDef\ [a-z]+\ [-a-z0-9: ]+|\s*class\ [u0-9,]+\ [a-z]+""",
    re.VERBOSE,
)
_QUOTED = r'"(?:[^"\\\n]|\\\\|\\")*"'
_ATTRIBUTES = rf"\[[a-z]+={_QUOTED}(?:,\ [a-z]+={_QUOTED})*\]"
_DOT = re.compile(
    rf"""digraph\ network\ \{{|\s*subgraph\ cluster_z[0-9_]+\ \{{|\s*\}}|\s*label={_QUOTED};
    |\s*(?:graph|node|edge|[nupz][0-9_]+(?:\ ->\ [upz][0-9_]+)?)\ {_ATTRIBUTES};""",
    re.VERBOSE,
)


def mermaid_faults(text: str) -> list[str]:
    """Lines that are none of those a flowchart of ours is made of."""
    return [line for line in text.rstrip("\n").split("\n") if not _MERMAID.fullmatch(line)]


def dot_faults(text: str) -> list[str]:
    """Lines that are no statement of the DOT language; braces have to match too."""
    lines = text.rstrip("\n").split("\n")
    bare = re.sub(_QUOTED, "", text)
    unmatched = [] if bare.count("{") == bare.count("}") else ["braces"]
    return [line for line in lines if not _DOT.fullmatch(line)] + unmatched


@pytest.mark.parametrize("which", ["demo", "nasty"])
def test_mermaid_and_dot_are_what_their_readers_take(which: str, tmp_path: Path) -> None:
    network = gathered(nasty() if which == "nasty" else opened(EXAMPLES / "demo"))
    assert mermaid_faults(notation.mermaid(network, "zh")) == []
    text = notation.dot(network, "zh")
    assert dot_faults(text) == []
    if (program := shutil.which("dot")) is not None:
        (tmp_path / "network.dot").write_text(text, encoding="utf-8")
        done = subprocess.run([program, "-Tplain", str(tmp_path / "network.dot")], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        assert done.stdout.count(b"\nnode ") >= len(network.parties) + len(network.bonds)


def test_names_in_mermaid_come_back_as_they_were() -> None:
    text = notation.mermaid(gathered(nasty()), "en")
    labels = re.findall(r'p\d+\["([^"]*)"\]', text)
    decoded = [re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label).removesuffix(" · lead") for label in labels]
    assert NASTY[0] in decoded
    assert NASTY[8] in decoded
    assert all(len(label) <= 60 for label in decoded)


# The verb


def test_json_holds_every_node_and_link(xqctl: Command) -> None:
    data = answered(xqctl("graph", str(EXAMPLES / "demo"), "--format", "json").out)
    nodes, links = data["graph"]["nodes"], data["graph"]["links"]
    known = {node["id"] for node in nodes}
    assert len(known) == len(nodes) == data["summary"]["nodes"]
    assert all({link["from"], link["to"]} <= known for link in links)
    assert sum(link["count"] for link in links if link["kind"] == "posting") == 128
    assert {"lon": "83.101", "lat": "39.002", "crs": "cgcs2000"} in [node["location"] for node in nodes]
    data = answered(xqctl("graph", str(EXAMPLES / "dongcheng"), "--format", "json").out)
    (alliance,) = [node for node in data["graph"]["nodes"] if node["id"] == "金帆团联盟"]
    assert alliance["unnamed"] == [{"role": "lead", "low": 22, "high": 22}, {"role": "member", "low": 38, "high": 38}]


def test_the_ending_of_the_file_says_the_format(xqctl: Command, tmp_path: Path) -> None:
    endings = (".svg", ".mmd", ".mermaid", ".dot", ".gv", ".html", ".json", ".md", ".txt", ".csv")
    files = [tmp_path / f"network{ending}" for ending in endings]
    done = xqctl("graph", str(EXAMPLES / "erdao"), *(word for file in files for word in ("-o", str(file))))
    assert (done.code, done.out, done.err) == (0, "", "")
    begins = [file.read_text(encoding="utf-8")[:9] for file in files]
    assert begins[:7] == ["<?xml ver", "flowchart", "flowchart", "digraph n", "digraph n", "<!DOCTYPE", '{\n  "form']


def test_a_format_beside_a_file_without_ending_is_the_files(xqctl: Command, tmp_path: Path) -> None:
    done = xqctl("graph", str(EXAMPLES / "erdao"), "-o", str(tmp_path / "network"), "--format", "dot")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "network").read_text(encoding="utf-8").startswith("digraph")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "x.docx"], "x.docx: its ending names no format"),
        (["-o", "x"], "x: its ending names no format"),
        (["-o", "x.svg", "--format", "json"], "x.svg ends like svg, but --format says json"),
        (["-o", "x.svg", "-o", "y.dot", "--format", "json"], "can be meant for any of them"),
        (["-o", "x.svg", "-o", "x.svg"], "x.svg would be written 2 times"),
        (["-o", "x.xlsx"], "x.xlsx: its ending names no format"),
        (["--map", "--format", "mermaid"], "a map cannot be written as mermaid"),
        (["--unit", "教育集团三"], "unit 教育集团三 is unknown; did you mean"),
        (["--show", "people"], "--show is people"),
    ],
)
def test_wrong_calls(xqctl: Command, tmp_path: Path, words: list[str], said: str) -> None:
    done = xqctl("--lang", "en", "graph", str(EXAMPLES / "erdao"), *words, cwd=tmp_path)
    assert done.code == 2
    assert said in done.err
    assert not list(tmp_path.iterdir())


def test_a_unit_that_is_not_there_on_the_day(xqctl: Command) -> None:
    done = xqctl("--lang", "en", "graph", str(EXAMPLES / "chongming"), "--unit", "新海学校教育集团")
    assert done.code == 2
    assert "is not there to be drawn on 2019-11-02" in done.err
    assert xqctl("graph", str(EXAMPLES / "chongming"), "--unit", "新海学校教育集团", "--as-of", "2015").code == 0


def test_a_picture_of_nothing_says_so(xqctl: Command, tmp_path: Path) -> None:
    (tmp_path / "district.yaml").write_text("district: {name: 某区, level: district}\n", encoding="utf-8")
    ran = xqctl("graph", tmp_path, "--format", "svg", "--lang", "zh")
    assert ran.code == 0
    assert ">当日没有登记任何学区、集团或联盟</text>" in ran.out


def test_nothing_to_read_and_too_much(xqctl: Command, tmp_path: Path) -> None:
    assert xqctl("graph", str(tmp_path / "gone")).code == 3
    done = xqctl("--lang", "en", "graph", str(EXAMPLES))
    assert done.code == 2
    assert "holds 6 districts" in done.err


def test_a_map_where_nobody_says_where_he_is(xqctl: Command) -> None:
    done = xqctl("--lang", "en", "graph", str(EXAMPLES / "erdao"), "--map", "--format", "svg")
    assert done.code == 0
    assert "no school says where it is" in done.out
    parsed(done.out)


def test_several_maps_are_one_file(xqctl: Command, tmp_path: Path) -> None:
    schools = {
        "甲校": {"location": {"lon": 100, "lat": 30, "crs": "wgs84"}},
        "乙校": {"location": {"lon": 100, "lat": 30, "crs": "bd09"}},
    }
    (tmp_path / "district.yaml").write_text(json.dumps({"district": MAIN, "schools": schools}), encoding="utf-8")
    done = xqctl("--lang", "en", "graph", str(tmp_path), "--map", "--format", "svg")
    texts = [words for *_, words in written(parsed(done.out))]
    assert "coordinates: WGS 84" in texts
    assert "coordinates: BD-09" in texts
    assert overlaps(done.out) == []


@pytest.mark.parametrize("format_", ["svg", "mermaid", "dot", "html", "json", "text"])
def test_the_same_bytes_every_time(format_: str) -> None:
    call = [sys.executable, "-m", "xqctl", "graph", str(EXAMPLES / "demo"), "--format", format_]
    answers = {
        subprocess.run(
            call, cwd=ROOT, env=environment({"PYTHONHASHSEED": seed}), capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
