"""A district's settings, `.xqctl.yaml`: what they say counts, the command line wins, mistakes have their place."""

import json
import random
from pathlib import Path

import pytest
from conftest import Command

MAIN = "district: {name: 某区, level: district}\n"
DAY = ("--today", "2026-11-01")


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A district with one warning, one note, and a target nobody can judge."""
    (tmp_path / "district.yaml").write_text(
        f"{MAIN}groups: {{甲集团: {{assumed: 假定, members: {{甲校: member}}}}}}\nschools: {{甲校: {{}}}}\n"
        "targets: {班额: {metric: largest_class, at_most: 1, each: school}}\n",
        encoding="utf-8",
    )
    return tmp_path


def put(folder: Path, text: str, name: str = ".xqctl.yaml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def codes(xqctl: Command, folder: Path, *words: str) -> tuple[int, list[str]]:
    done = xqctl("validate", "--format", "json", *DAY, *words, cwd=folder)
    return done.code, sorted({each["code"] for each in json.loads(done.out)["findings"]})


def test_rules_are_chosen(xqctl_inside: Command, district: Path) -> None:
    assert codes(xqctl_inside, district) == (0, ["XQG006", "XQZ001"])
    put(district, "ignore: XQG006\n")
    assert codes(xqctl_inside, district) == (0, ["XQZ001"])
    put(district, "ignore: [assumed, Z]\n")
    assert codes(xqctl_inside, district) == (0, [])
    put(district, "select: [XQG006]\n")
    assert codes(xqctl_inside, district) == (0, ["XQG006"])


def test_the_command_line_wins(xqctl_inside: Command, district: Path) -> None:
    put(district, "select: G\nignore: XQG006\nfail_on: {validate: info}\n")
    assert codes(xqctl_inside, district) == (0, [])
    assert codes(xqctl_inside, district, "--select", "Z") == (1, ["XQZ001"])
    assert codes(xqctl_inside, district, "--ignore", "XQG001") == (1, ["XQG006"])
    assert codes(xqctl_inside, district, "--select", "Z", "--fail-on", "never") == (0, ["XQZ001"])
    assert codes(xqctl_inside, district, "--isolated") == (0, ["XQG006", "XQZ001"])


def test_validate_and_check_fail_on_what_is_theirs(xqctl_inside: Command, district: Path) -> None:
    def exits(*words: str) -> tuple[int, ...]:
        return tuple(xqctl_inside(verb, *DAY, *words, cwd=district).code for verb in ("validate", "check"))

    assert exits() == (0, 0)
    put(district, "fail_on: {validate: warning, check: unknown}\n")
    assert exits() == (1, 1)
    assert exits("--isolated") == (0, 0)
    assert exits("--fail-on", "never") == (0, 0)
    put(district, "fail_on: {validate: never, check: never}\n")
    assert xqctl_inside("check", "--strict", *DAY, cwd=district).code == 0
    assert xqctl_inside("check", "--fail-on", "unknown", *DAY, cwd=district).code == 1


def test_each_district_has_its_own(xqctl_inside: Command, district: Path, tmp_path: Path) -> None:
    for name, text in (("a", "fail_on: {validate: warning}\n"), ("b", "ignore: Z\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "district.yaml").write_text((district / "district.yaml").read_text("utf-8"), "utf-8")
        put(tmp_path / name, text)
    assert codes(xqctl_inside, tmp_path, "a")[0] == 1
    assert codes(xqctl_inside, tmp_path, "b") == (0, ["XQG006"])
    assert codes(xqctl_inside, tmp_path, "a", "b") == (1, ["XQG006", "XQZ001"])


def test_budgets(xqctl_inside: Command, district: Path) -> None:
    put(district, "budgets: {size: 50}\n")
    assert codes(xqctl_inside, district) == (1, ["XQY009"])
    assert codes(xqctl_inside, district, "--isolated")[0] == 0
    put(district, "budgets: {depth: 3}\n")
    assert codes(xqctl_inside, district)[0] == 1
    put(district, "budgets: {nodes: 2000000, size: 33554432}\n")
    assert codes(xqctl_inside, district)[0] == 0
    (district / "more.yaml").write_text(f"schools: {{乙校: {{note: {'长' * 6_000_000}}}}}\n", encoding="utf-8")
    assert codes(xqctl_inside, district)[0] == 0
    assert codes(xqctl_inside, district, "--isolated")[1][-1] in ("XQY009", "XQZ001")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("selct: [Z]\n", ":1:1: `selct` is no field of settings; did you mean `select`?"),
        ("fail_on: warning\n", ":1:10: `fail_on` is text, not "),
        ("fail_on: {validate: warnin}\n", ":1:21: `warnin` is no `validate`; did you mean `warning`?"),
        ("fail_on: {diff: x}\n", ":1:11: `diff` is no field of "),
        ("ignore: [XQG006,\n  XQZ99]\n", ":2:3: there is no rule XQZ99; did you mean "),
        ("select: 3\n", ":1:9: "),
        ("baseline: ../other.yaml\n", ":1:11: "),
        ("baseline: .xqctl.yaml\n", ":1:11: "),
        ("budgets: {size: 1GB}\n", ":1:17: "),
        ("budgets: {depth: 1000}\n", ":1:18: "),
        ("select: [Z\n", ":1:9: "),
        ("select: Z\nselect: G\n", ":2:1: "),
        ("- Z\n", ":1:1: "),
        ("select: !!python/object/apply:os.system [id]\n", ":1:9: "),
    ],
)
def test_wrong_settings_are_code_2_at_their_place(xqctl_inside: Command, district: Path, text: str, told: str) -> None:
    put(district, text)
    for verb in ("validate", "check"):
        done = xqctl_inside(verb, "--lang", "en", cwd=district)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"xqctl: .xqctl.yaml{told}"), done.err
        assert done.err.count("\n") == 1
        assert xqctl_inside(verb, "--isolated", cwd=district).code == 0


def test_more_than_one_mistake_is_counted(xqctl_inside: Command, district: Path) -> None:
    put(district, "selct: Z\nignroe: Z\n")
    assert xqctl_inside("validate", "--lang", "en", cwd=district).err.endswith("; and 1 more\n")


def test_empty_settings_say_nothing(xqctl_inside: Command, district: Path) -> None:
    for text in ("", "# 以后再写\n"):
        put(district, text)
        assert codes(xqctl_inside, district)[0] == 0


def test_bytes_that_are_no_text_are_code_2(xqctl_inside: Command, district: Path) -> None:
    for raw in (b"\xff\xfe\x00", "select: Z".encode("utf-16"), "选择: 甲".encode("gb18030")):
        (district / ".xqctl.yaml").write_bytes(raw)
        done = xqctl_inside("validate", cwd=district)
        assert (done.code, done.out) == (2, "")


def test_a_revision_has_its_own_settings(xqctl: Command, district: Path) -> None:
    import subprocess

    put(district, "ignore: [G, Z]\n")
    for call in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *call], cwd=district, check=True)
    put(district, "select: Z\n")
    assert codes(xqctl, district, "HEAD:.") == (0, [])
    assert codes(xqctl, district, ".") == (0, ["XQZ001"])


def test_settings_given_as_a_path_are_the_district_s(xqctl_inside: Command, district: Path) -> None:
    put(district, "fail_on: {validate: warning}\n")
    assert codes(xqctl_inside, district, ".xqctl.yaml") == (0, [])


SOUND = (
    "select: [Z, XQG006]\nignore: [assumed]\nfail_on: {validate: warning, check: unknown}\n"
    "baseline: .xqctl-baseline.yaml\nbudgets: {size: 100000, depth: 20, nodes: 5000}\n"
)
BASELINE = "known:\n  XQZ001:\n    groups.甲集团.members: {count: 1, reason: 理由, owner: 科室, until: 2099-01}\n"
ODD = (
    "",
    "null",
    "[]",
    "{}",
    "-1",
    "1e9",
    "true",
    "'",
    '"',
    "&a",
    "*a",
    "!!str",
    "\x00",
    "\u202e",
    "９",
    "\t",
    "- ",
    ": ",
)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_stands_there_is_heard_or_refused(xqctl_inside: Command, district: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same every time
    for _ in range(15):
        for name, sound in ((".xqctl.yaml", SOUND), (".xqctl-baseline.yaml", BASELINE)):
            text = sound
            for _ in range(chance.randint(0, 3)):
                at, end = sorted(chance.randint(0, len(text)) for _ in range(2))
                text = text[:at] + chance.choice(ODD) + text[chance.choice((at, min(end, at + 12))) :]
            raw = text.encode() if chance.random() < 0.9 else chance.randbytes(60)
            (district / name).write_bytes(raw)
        for verb in ("validate", "check"):
            done = xqctl_inside(verb, *DAY, cwd=district)
            assert done.code in (0, 1, 2), done.err
            assert (done.code == 2) == bool(done.err)
            assert xqctl_inside(verb, *DAY, "--isolated", cwd=district).code == 0


def test_no_link_leads_out_of_the_district(
    xqctl_inside: Command, district: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away")
    put(away, "fail_on: {validate: info}\nbudgets: {size: 1}\n", "settings.yaml")
    (district / ".xqctl.yaml").symlink_to(away / "settings.yaml")
    assert codes(xqctl_inside, district) == (0, ["XQG006", "XQZ001"])
    (district / ".xqctl.yaml").unlink()
    put(district, "fail_on: {validate: info}\n", ".xqctl-mine.yaml")
    (district / ".xqctl.yaml").symlink_to(".xqctl-mine.yaml")
    assert codes(xqctl_inside, district)[0] == 1


def test_line_ends_of_windows_are_read(xqctl_inside: Command, district: Path) -> None:
    (district / ".xqctl.yaml").write_bytes(b"ignore: [XQG006,\r\n  XQZ001]\r\n")
    code, found = codes(xqctl_inside, district)
    assert code == 0
    assert not {"XQG006", "XQZ001"} & set(found)
