"""The schemas: sound, closed, said in both languages, and the same to both engines."""

import copy
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import snippets
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from xqctl import resources
from xqctl.compose import Budgets, compose
from xqctl.messages import LANGS, say
from xqctl.schema import KINDS, PARTY_KINDS, faults, is_valid, schema
from xqctl.schema.sentences import explained

HERE = Path(__file__).parent
NAMES = sorted(path.name.removesuffix(".schema.json") for path in resources.schemas().glob("*.schema.json"))
every_schema = pytest.mark.parametrize("name", NAMES)
HAN = re.compile("[\u4e00-\u9fff]")
DIALECTS_DIFFER = re.compile(r"\\[dDwWsSbBpPzZAuU]|\(\?[imsux<]")
SHARED = {"baseline", "common", "mapping", "plan", "settings", "standard", "unit", "xqctl"}


@every_schema
def test_a_schema_is_one(name: str) -> None:
    whole = json.loads((resources.schemas() / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(whole)
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert whole["$id"] == f"{name}.schema.json"
    missing = [ref for _, node in _nodes(whole) if (ref := node.get("$ref")) and _pointed(ref, name) is None]
    assert not missing


@every_schema
def test_patterns_mean_the_same_everywhere(name: str) -> None:
    wrong = []
    for way, node in _nodes(schema(name)):
        for pattern in (node.get("pattern"), *node.get("patternProperties", ())):
            if pattern is None:
                continue
            re.compile(pattern)
            if DIALECTS_DIFFER.search(pattern) or re.search(r"(?<!\(\?!\\n\))\$", pattern):
                wrong.append((way, pattern))
    assert not wrong, r"no \d and its like, and (?!\n) before $: Python's $ also stands before a last line break"


@every_schema
def test_no_keyword_that_engines_or_people_stumble_over(name: str) -> None:
    wrong = [
        (way, word)
        for way, node in _nodes(schema(name))
        for word in ("oneOf", "anyOf", "format", "$dynamicRef", "unevaluatedProperties", "contentSchema")
        if word in node
    ]
    wrong += [(way, "multipleOf") for way, node in _nodes(schema(name)) if isinstance(node.get("multipleOf"), Decimal)]
    assert not wrong


@every_schema
def test_what_has_fields_is_closed(name: str) -> None:
    open_ = [
        way
        for way, node in _nodes(schema(name))
        if node.get("type") == "object" and "properties" in node and node.get("additionalProperties") is not False
    ]
    assert not open_


@every_schema
def test_everything_is_said_in_both_languages(name: str) -> None:
    wrong = []
    for way, node in _nodes(schema(name)):
        for field, told in node.get("properties", {}).items():
            if "dependentSchemas" in way or "else" in way or "then" in way:
                continue  # a condition on a field that is described where it is declared
            title, description = _said(told, name, "title"), _said(told, name, "description")
            if not HAN.search(title) or not HAN.search(description) or not re.search("[A-Za-z]{2}", description):
                wrong.append((way, field, title, description))
    assert not wrong


@every_schema
def test_every_word_of_a_list_has_its_label(name: str) -> None:
    wrong = []
    for way, node in _nodes(schema(name)):
        if "enum" in node and not set(node["enum"]) <= set(KINDS):
            labels = node.get("x-labels", {})
            if set(labels) != {word for word in node["enum"] if word is not None}:
                wrong.append((way, sorted(set(labels) ^ set(node["enum"]))))
            for word, label in labels.items():
                if not re.search("[\u4e00-\u9fffA-Z]", label.get("zh", "")) or not label.get("en"):
                    wrong.append((way, word))
            if len({label.get("zh") for label in labels.values()}) < len(labels):
                wrong.append((way, "two words with one label"))
    assert not wrong


def test_kinds_and_schemas_agree() -> None:
    joined = schema("xqctl")["properties"]
    assert {kind: told["$ref"] for kind, told in joined.items()} == {kind: f"{kind}.schema.json" for kind in KINDS}
    assert set(NAMES) - SHARED - set(KINDS) <= {"districts"}
    assert set(PARTY_KINDS) < set(KINDS)


def test_references_name_what_there_is() -> None:
    known = {*KINDS, "party", "unit", "party-or-unit", "campuses", "subdistricts", "standards"}
    wrong = []
    for name in NAMES:
        for way, node in _nodes(schema(name)):
            refs = node.get("x-ref", ())
            wrong += [(name, way, ref) for ref in ([refs] if isinstance(refs, str) else refs) if ref not in known]
    assert not wrong


# --- two engines, one verdict


@cache
def _documents() -> tuple[Any, ...]:
    """Everything there is to be read: examples, seeded mistakes, what the rules' pages show."""
    found = [_data(path.read_bytes()) for path in sorted(resources.examples().rglob("*.yaml"))]
    for path in sorted((HERE / "mistakes").glob("XQ*")):
        found += map(_data, snippets.snippet(path.read_bytes(), escaped=path.suffix == ".txt").files.values())
    return tuple(found)


def _data(raw: bytes) -> Any:
    return compose(raw, "x.yaml", Budgets()).data


def _agrees(data: Any) -> bool:
    """Whether both engines say the same of a document."""
    return is_valid(data) == (next(faults(data), None) is None)


def test_engines_agree_on_everything_there_is() -> None:
    documents = _documents()
    assert len(documents) > 100
    wrong = [str(data)[:300] for data in documents if not _agrees(data)]
    assert not wrong


ODD = (
    None, True, False, 0, -1, 24, 2019, 10**25, -(10**25), Decimal("1.5"), Decimal("24.0"), Decimal("1E+2"),
    "", " ", "24", "2019", "2019-09", "2019-02-30", "2019-2020", "2020-2019", "30%", "30%\n", "２０１９", "３0%",
    "2019\n", "80万元", "..40%", "8..16", "16..", "1500m2", "average", "小学", "primary", "lead", "城桥中学",
    "城桥中学/育林校区", "a b", "a.b", "#a", "甲#一", "甲#", "#", "\n", "a\nb", "\u2028", "\u3000", "\u00e9", "e\u0301",
    "\U0001f600", "\ud7ff", "x" * 300, [], {}, ["primary"], ["primary", "primary"], [["primary"]], [{}],
    [1, Decimal("1.0")], [True, 1], [0, False], {"2019": "primary"}, {"2019-13": "primary"}, {"role": "lead"},
    {"2019": {"value": "primary", "until": 2020}}, {"2019": "lead", "x": "lead"}, {"": ""}, {"all": 3},
    {"value": 1, "source": "x"}, {"lon": 121, "lat": Decimal("31.5")},
)  # fmt: skip


@st.composite
def _mutated(draw: st.DrawFn) -> Any:
    """A document with one to three things replaced, added, renamed or left out."""
    documents = _documents()
    data = copy.deepcopy(documents[draw(st.integers(0, len(documents) - 1))])
    for _ in range(draw(st.integers(1, 3))):
        inner = list(_collections(data))
        if not inner:
            return draw(st.sampled_from(ODD))
        target = inner[draw(st.integers(0, len(inner) - 1))]
        value = copy.deepcopy(draw(st.sampled_from(ODD)))
        if isinstance(target, list):
            target.insert(draw(st.integers(0, len(target))), value)
            continue
        key = draw(st.sampled_from([*target, *filter(None, map(_as_key, ODD))]))
        match draw(st.sampled_from(("put", "drop", "rename"))):
            case "put":
                target[key] = value
            case "drop":
                target.pop(key, None)
            case _ if target:
                target[key] = target.pop(draw(st.sampled_from(list(target))))
    return data


def _as_key(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _collections(data: Any) -> Iterator[Any]:
    if isinstance(data, dict | list):
        yield data
        for value in data.values() if isinstance(data, dict) else data:
            yield from _collections(value)


@settings(max_examples=400)
@given(_mutated())
def test_engines_agree_on_what_is_bent(data: Any) -> None:
    assert _agrees(data)
    told = list(explained("x.yaml", data))
    assert bool(told) != is_valid(data), "what is refused is explained"
    assert all(
        say(problem.message, lang) and say(problem.help or "", lang) is not None for problem in told for lang in LANGS
    )


@settings(max_examples=200)
@given(st.sampled_from(KINDS), st.sampled_from(ODD), st.sampled_from(ODD))
def test_engines_agree_on_odd_entries(kind: str, key: object, value: object) -> None:
    assert _agrees({kind: {key if isinstance(key, str) else "甲": value}})
    assert _agrees({kind: value})


def _nodes(node: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every schema in a schema, with the way to it."""
    if not isinstance(node, dict):
        return
    yield way, node
    for word in ("properties", "$defs", "dependentSchemas", "patternProperties"):
        for name, inner in node.get(word, {}).items():
            yield from _nodes(inner, (*way, word, name))
    for word in ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not", "contains"):
        yield from _nodes(node.get(word), (*way, word))
    for number, inner in enumerate(node.get("allOf", ())):
        yield from _nodes(inner, (*way, "allOf", str(number)))


def _pointed(ref: str, name: str) -> tuple[Any, str] | None:
    file, _, pointer = ref.partition("#")
    file = file.removesuffix(".schema.json") or name
    if file not in NAMES:
        return None
    node: Any = schema(file)
    for step in pointer.strip("/").split("/") if pointer else ():
        if not isinstance(node, dict) or step not in node:
            return None
        node = node[step]
    return node, file


def _said(node: Any, name: str, word: str) -> str:
    """A schema's own title or description, else that of what it refers to."""
    while word not in node and "$ref" in node:
        pointed = _pointed(node["$ref"], name)
        assert pointed is not None
        node, name = pointed
    return str(node.get(word, ""))
