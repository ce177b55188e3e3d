"""Shared resources: who may have what when, one booking written at a time, and nobody's booking lost."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest
from conftest import Command, environment
from crashes import killed_at_random, seen, stumbled
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from xqctl import resources

DEMO = Path(__file__).parent.parent / "examples" / "demo"
DISTRICT = """\
district: {name: 某区, level: district, as_of: 2025-03-01}
schools:
  甲小学: {stages: primary}
  乙小学: {stages: primary}
  丙小学: {stages: primary}
zones:
  东学区: {members: {甲小学: lead, 乙小学: member}}
resources:
  琴房:  # 只有一间
    provider: 甲小学
    type: facility
    capacity: 1
    open_within: zone
  操场: {provider: 甲小学, type: facility, capacity: 100}
"""
LATER = ("--start", "2025-03-05 14:00", "--end", "2025-03-05 16:00")
TODAY = ("--today", "2025-03-02")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "district.yaml").write_text(DISTRICT, encoding="utf-8")
    return tmp_path


def text(place: Path) -> str:
    return (place / "district.yaml").read_text(encoding="utf-8")


@cache
def validator() -> Any:
    folder = resources.schemas() / "output"
    loaded = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources((n, Resource.from_contents(s)) for n, s in loaded.items())
    return Draft202012Validator(loaded["share.schema.json"], registry=registry)


def answered(out: str) -> Any:
    data = json.loads(out)
    assert [fault.message for fault in validator().iter_errors(data)] == []
    return data


def test_request_grant_return(xqctl: Command, place: Path) -> None:
    asked = xqctl(
        "share", "request", "琴房", "乙小学", place, *LATER, *TODAY, "--purpose", "合唱排练", "--format", "json"
    )
    assert asked.code == 0
    data = answered(asked.out)
    booking = data["bookings"][0]
    assert (booking["id"], booking["state"], booking["purpose"]) == ("琴房—乙小学20250305", "requested", "合唱排练")
    assert text(place) == (
        DISTRICT + "bookings:\n"
        "  琴房—乙小学20250305:\n"
        "    resource: 琴房\n"
        "    applicant: 乙小学\n"
        "    start: 2025-03-05 14:00\n"
        "    end: 2025-03-05 16:00\n"
        "    purpose: 合唱排练\n"
        "    state: requested\n"
    )
    assert xqctl("share", "grant", booking["id"], place, *TODAY).code == 0
    assert "    state: granted\n    decided: {by: 甲小学, on: 2025-03-02}\n" in text(place)
    assert xqctl("validate", place, *TODAY).code == 0
    early = xqctl("share", "return", booking["id"], place, *TODAY)
    assert early.code == 1
    assert "XQB004" in early.out
    assert xqctl("share", "return", booking["id"], place, "--today", "2025-03-06").code == 0
    assert "state: returned" in text(place)
    again = xqctl("share", "cancel", booking["id"], place, "--today", "2025-03-06")
    assert again.code == 1
    assert "已归还" in again.err


def test_what_rules_forbid_is_not_written(xqctl: Command, place: Path) -> None:
    foreign = xqctl("share", "request", "琴房", "丙小学", place, *LATER, *TODAY, "--format", "json")
    assert foreign.code == 1
    assert [finding["code"] for finding in answered(foreign.out)["findings"]] == ["XQB002"]
    assert text(place) == DISTRICT
    backwards = xqctl(
        "share", "request", "琴房", "乙小学", place, "--start", "2025-03-06", "--end", "2025-03-05", *TODAY
    )
    assert backwards.code == 1
    assert "XQT001" in backwards.out
    assert text(place) == DISTRICT


def test_only_the_provider_decides(xqctl: Command, place: Path) -> None:
    assert xqctl("share", "request", "琴房", "乙小学", place, *LATER, *TODAY).code == 0
    before = text(place)
    other = xqctl("share", "grant", "琴房—乙小学20250305", place, *TODAY, "--by", "乙小学")
    assert other.code == 1
    assert "XQB003" in other.out
    assert text(place) == before
    assert xqctl("share", "refuse", "琴房—乙小学20250305", place, *TODAY).code == 2
    assert xqctl("share", "refuse", "琴房—乙小学20250305", place, *TODAY, "--reason", "琴在修").code == 0
    assert "decided: {by: 甲小学, on: 2025-03-02, reason: 琴在修}" in text(place)


def test_capacity_holds_at_every_moment(xqctl: Command, place: Path) -> None:
    for people, code in (("60", 0), ("41", 1), ("40", 0)):
        asked = xqctl("share", "request", "操场", "丙小学", place, *LATER, *TODAY, "--people", people, "--grant")
        assert asked.code == code
    listed = answered(xqctl("share", "list", place, "--on", "2025-03-05", "--format", "json").out)
    playground = next(each for each in listed["resources"] if each["id"] == "操场")
    assert playground["left"] == 0
    assert len(playground["waiting"]) == 1
    assert [each["taken"] for each in playground["taken"]] == [100]
    free = answered(xqctl("share", "list", place, "--on", "2025-03-05", "--free", "--format", "json").out)
    assert [each["id"] for each in free["resources"]] == ["琴房"]
    mine = answered(xqctl("share", "list", place, "--for", "丙小学", "--format", "json").out)
    assert [each["id"] for each in mine["resources"]] == ["操场"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("request", "钢琴房", "乙小学", *LATER), 2),
        (("request", "琴房", "丁小学", *LATER), 2),
        (("request", "琴房", "乙小学", "--start", "明天", "--end", "2025-03-05"), 2),
        (("request", "琴房", "乙小学", *LATER, "--people", "0"), 2),
        (("grant", "没有这条"), 2),
        (("list", "--on", "2025-03-05", "--from", "2025-03-04"), 2),
        (("calendar", "--resource", "没有"), 2),
        (("list", "没有的文件夹"), 3),
    ],
)
def test_wrong_calls(xqctl: Command, place: Path, words: tuple[str, ...], code: int) -> None:
    where = () if words[-1] == "没有的文件夹" else (place,)
    done = xqctl("share", *words, *where)
    assert (done.code, done.err.count("\n")) == (code, 1)
    assert text(place) == DISTRICT


def test_a_district_with_mistakes_elsewhere_still_books(xqctl: Command, place: Path) -> None:
    broken = DISTRICT.replace("{stages: primary}\nzones", "{stages: primary, standing: 好}\nzones")
    (place / "district.yaml").write_text(broken, encoding="utf-8")
    assert xqctl("share", "request", "琴房", "乙小学", place, *LATER, *TODAY).code == 0


def test_calendar_is_one_that_others_read(xqctl: Command, tmp_path: Path) -> None:
    file = tmp_path / "预约.ics"
    assert xqctl("share", "calendar", DEMO, "--from", "2024-09-01", "--to", "2025-07-31", "-o", file).code == 0
    raw = file.read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(raw.decode()).walk("VEVENT")
    data = answered(
        xqctl("share", "calendar", DEMO, "--from", "2024-09-01", "--to", "2025-07-31", "--format", "json").out
    )
    assert [str(event["uid"]) for event in events] == [f"{each['id']}@云溪区.xqctl" for each in data["bookings"]]
    starts = [event.decoded("dtstart") for event in events]
    timed = [start for start in starts if isinstance(start, datetime)]
    assert 0 < len(timed) < len(starts)
    assert [f"{start:%Y-%m-%dT%H:%M}" for start in starts] == [each["start"] for each in data["bookings"]]
    assert all(start.utcoffset() == timedelta(hours=8) for start in timed)
    again = tmp_path / "二.ics"
    xqctl("share", "calendar", DEMO, "--from", "2024-09-01", "--to", "2025-07-31", "-o", again)
    assert again.read_bytes() == raw


def _booked(place: Path, number: int, *more: str) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "xqctl", "share", "request", "琴房", "乙小学", str(place), *LATER, *TODAY,
         "--id", f"第{number}条", *more],
        env=environment(), capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    return done.returncode


def test_fifty_at_once(xqctl: Command, place: Path) -> None:
    """Fifty processes want the one room at one time: one has it, all are written down, the files are right."""
    with ThreadPoolExecutor(max_workers=50) as crowd:
        codes = list(crowd.map(lambda number: _booked(place, number, "--grant"), range(50)))
    assert sorted(codes) == [0] + [1] * 49
    data = answered(
        xqctl("share", "calendar", place, "--from", "2025-03-05", "--to", "2025-03-05", "--format", "json").out
    )
    assert {each["id"] for each in data["bookings"]} == {f"第{number}条" for number in range(50)}
    assert sum(each["state"] == "granted" for each in data["bookings"]) == 1
    assert xqctl("validate", place, *TODAY).code == 0
    assert sorted(path.name for path in place.iterdir() if not path.name.startswith(".")) == ["district.yaml"]


def test_the_demo_s_own_bookings_can_be_gone_on_with(xqctl: Command, tmp_path: Path) -> None:
    place = tmp_path / "demo"
    shutil.copytree(DEMO, place)
    before = {path.name: path.read_bytes() for path in place.glob("*.yaml")}
    asked = xqctl(
        "share", "request", "岚山化学实验室", "拾穗中学", place, "--start", "2025-05-14 14:00", "--end",
        "2025-05-14 16:00", "--today", "2025-05-01",
    )  # fmt: skip
    assert asked.code == 0
    assert xqctl("share", "grant", "岚山化学实验室—拾穗中学20250514", place, "--today", "2025-05-02").code == 0
    after = {path.name: path.read_bytes() for path in place.glob("*.yaml")}
    assert [name for name in before if after[name] != before[name]] == ["resources.yaml"]
    gone = [line for line in before["resources.yaml"].splitlines() if line not in after["resources.yaml"].splitlines()]
    assert gone == []


def test_a_grant_cut_off_anywhere_is_made_or_not(xqctl: Command, tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (first / "district.yaml").write_text(DISTRICT, encoding="utf-8")
    assert xqctl("share", "request", "琴房", "乙小学", first, *LATER, *TODAY).code == 0
    homes = iter(range(10**6))

    def make() -> Path:
        return Path(shutil.copytree(first, tmp_path / f"d{next(homes)}"))

    words = ("share", "grant", "琴房—乙小学20250305", *TODAY)
    before = seen(first)
    assert xqctl(*words, first).code == 0
    after = seen(first)
    (first / "district.yaml").write_bytes(before["district.yaml"])
    found = stumbled(words, make)
    assert all(state in (before, after) for state in found)
    assert before in found
    assert found[-1] == after
    assert all(state in (before, after) for state in killed_at_random(words, make, trials=20, longest=1.2))


OTHERS = """\
resources:
  旧楼: {provider: 甲小学, type: facility, capacity: 1, until: 2025-03-06}
  看台: {provider: 甲小学/东校区, type: facility, capacity: 1}
  云课: {provider: 东学区, type: online}
bookings:
  读不懂: {resource: 看台, applicant: 乙小学, start: 2025-03-05, end: 2025-03-05, people: 十, state: granted}
  有争议: {resource: 琴房, applicant: 乙小学, start: 2025-03-05, end: 2025-03-05, state: requested, disputed: 说没有}
  别人定: {resource: 琴房, applicant: 乙小学, start: 2025-01-06, end: 2025-01-06, state: granted, decided: {by: 乙小学}}
  占满: {resource: 琴房, applicant: 乙小学, start: 2025-01-05, end: 2025-01-05, state: granted, decided: {by: 甲小学}}
  重了: {resource: 琴房, applicant: 乙小学, start: 2025-01-05, end: 2025-01-05, state: granted, decided: {by: 甲小学}}
"""


@pytest.fixture
def crooked(place: Path) -> Path:
    """A district with a campus that provides, one that has closed its doors, and bookings with something wrong."""
    known = DISTRICT.replace("甲小学: {stages: primary}", "甲小学: {stages: primary, campuses: {东校区: {}}}")
    (place / "district.yaml").write_text(known, encoding="utf-8")
    (place / "more.yaml").write_text(OTHERS, encoding="utf-8")
    return place


def contents(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.glob("*.yaml")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("request", "旧楼", "乙小学", "--start", "2025-03-05", "--end", "2025-03-06"), "XQB005"),
        (("request", "看台", "乙小学", *LATER, "--grant"), "读不懂"),
        (("grant", "读不懂"), "读不懂"),
        (("grant", "有争议"), "有争议"),
        (("cancel", "有争议"), "有争议"),
        (("return", "有争议"), "有争议"),
    ],
)
def test_what_nobody_can_know_is_not_handed_out(xqctl: Command, crooked: Path, words: Any, said: str) -> None:
    before = contents(crooked)
    done = xqctl("share", *words, crooked, *TODAY)
    assert done.code == 1
    assert said in done.out + done.err
    assert contents(crooked) == before


def test_a_file_that_cannot_be_read_stands_against_everything(xqctl: Command, place: Path) -> None:
    (place / "torn.yaml").write_text("bookings: {乙: [", encoding="utf-8")
    done = xqctl("share", "request", "琴房", "乙小学", place, *LATER, *TODAY)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "torn.yaml" in done.err
    assert text(place) == DISTRICT


@pytest.mark.parametrize("words", [("cancel", "别人定"), ("return", "别人定"), ("return", "重了"), ("cancel", "占满")])
def test_what_was_wrong_before_does_not_keep_a_booking_from_its_end(xqctl: Command, crooked: Path, words: Any) -> None:
    assert xqctl("share", *words, crooked, *TODAY).code == 0


def test_campuses_and_units_provide_and_ask(xqctl: Command, crooked: Path) -> None:
    for resource, applicant, by in (
        ("操场", "甲小学/东校区", None),
        ("云课", "东学区", None),
        ("云课", "乙小学", "甲小学"),
    ):
        asked = xqctl("share", "request", resource, applicant, crooked, *LATER, *TODAY, "--format", "json")
        booking = answered(asked.out)["bookings"][0]["id"]
        said = ("--by", by) if by else ()
        assert xqctl("share", "grant", booking, crooked, *TODAY, *said).code == 0
    assert xqctl("share", "request", "操场", "甲小学/西校区", crooked, *LATER, *TODAY).code == 2


def test_a_file_names_its_district_and_old_mistakes_stay_old(xqctl: Command, place: Path) -> None:
    (place / "old.yaml").write_text("sources:\n  旧: {date: 2025-13-01}\n", encoding="utf-8")
    assert xqctl("share", "request", "琴房", "乙小学", place / "district.yaml", *LATER, *TODAY).code == 0


def test_a_city_books_beside_its_districts(xqctl: Command, place: Path) -> None:
    inner = place / "内区"
    inner.mkdir()
    (inner / "district.yaml").write_text("district: {name: 内区, level: district}\n", encoding="utf-8")
    assert xqctl("share", "request", "琴房", "乙小学", place, *LATER, *TODAY).code == 0


@pytest.mark.parametrize("operand", ["{}@2025", "HEAD:{}", "{}+方案"])
def test_only_files_are_written(xqctl: Command, place: Path, operand: str) -> None:
    (place / "plans" / "方案").mkdir(parents=True)
    (place / "plans" / "方案" / "plan.yaml").write_text("title: 试\n", encoding="utf-8")
    done = xqctl("share", "request", "琴房", "乙小学", operand.format(place), *LATER, *TODAY)
    assert (done.code, done.err.count("\n")) == (3 if "HEAD" in operand else 2, 1)
    assert text(place) == DISTRICT


def test_line_ends_and_marks_stay_as_they_are(xqctl: Command, place: Path) -> None:
    crlf = b"\xef\xbb\xbfbookings:\r\n    \xe5\x85\x88:\r\n        resource: \xe6\x93\x8d\xe5\x9c\xba\r\n"
    crlf += "        applicant: 乙小学\r\n        start: 2025-02-05\r\n        end: 2025-02-06\r\n".encode()
    crlf += b"        state: requested"
    (place / "b.yaml").write_bytes(crlf)
    assert xqctl("share", "request", "操场", "丙小学", place, *LATER, *TODAY, "--purpose", "一\n二: # 三").code == 0
    raw = (place / "b.yaml").read_bytes()
    assert raw.startswith(crlf)
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_limits_of_settings_hold_here_too(xqctl: Command, place: Path) -> None:
    (place / ".xqctl.yaml").write_text("budgets: {size: 30MB}\n", encoding="utf-8")
    (place / "district.yaml").write_text(DISTRICT + "#" * 11 * 1024 * 1024 + "\n", encoding="utf-8")
    assert xqctl("share", "request", "琴房", "乙小学", place, *LATER, *TODAY).code == 0


@pytest.mark.parametrize("moment", ["2025-03-05 14:00+08:00", "2025-03-05 14", "20250305T1400", "2025-W10-3T10:00"])
@pytest.mark.parametrize("verb", ["list", "calendar"])
def test_moments_are_days_and_minutes(xqctl: Command, place: Path, verb: str, moment: str) -> None:
    done = xqctl("share", verb, place, "--from", moment)
    assert (done.code, done.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("verb", ["list", "calendar"])
def test_the_last_days_of_all(xqctl: Command, place: Path, verb: str) -> None:
    assert xqctl("share", verb, place, "--from", "9999-12-30").code == 0


def test_what_is_offered_for_part_of_a_time_is_not_free(xqctl: Command, crooked: Path) -> None:
    span = ("--from", "2025-03-03", "--to", "2025-03-09", "--format", "json")
    listed = answered(xqctl("share", "list", crooked, *span).out)["resources"]
    assert {each["id"]: each["left"] for each in listed}["旧楼"] == 0
    free = answered(xqctl("share", "list", crooked, *span, "--free").out)["resources"]
    assert "旧楼" not in [each["id"] for each in free]
    later = answered(xqctl("share", "list", crooked, "--on", "2025-03-06", "--format", "json").out)["resources"]
    assert "旧楼" not in [each["id"] for each in later]


def test_whole_days_over_midnight_and_what_came_to_nothing_in_a_calendar(xqctl: Command, place: Path) -> None:
    whole = ("--start", "2025-03-05", "--end", "2025-03-06", "--id", "整日")
    night = ("--start", "2025-03-07 22:00", "--end", "2025-03-08 02:00", "--id", "过夜")
    for more in (whole, night):
        assert xqctl("share", "request", "操场", "乙小学", place, *more, *TODAY).code == 0
    assert xqctl("share", "refuse", "过夜", place, *TODAY, "--reason", "夜里锁门").code == 0
    file = place / "历.ics"
    assert xqctl("share", "calendar", place, "--from", "2025-03-01", "--all", "-o", file).code == 0
    day, dark = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2025, 3, 5), date(2025, 3, 7))
    assert str(day["status"]) == "TENTATIVE"
    assert dark.decoded("dtend") - dark.decoded("dtstart") == timedelta(hours=4)
    assert str(dark["status"]) == "CANCELLED"
