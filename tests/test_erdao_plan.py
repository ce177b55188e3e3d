"""What became of Erdao's 2-1-2, as was reported: a plan that fits, and that is told in the words of the domain."""

from conftest import Command
from test_changes import EXAMPLES
from test_cli import answered

OLD = f"{EXAMPLES}/erdao"
NEW = f"{OLD}+三加三"


def test_the_plan_fits_without_warnings(xqctl_inside: Command) -> None:
    for operand in (OLD, NEW):
        data = answered(xqctl_inside("validate", operand, "--format", "json").out)
        assert {finding["severity"] for finding in data["findings"]} == {"info"}


def test_three_and_three_come_of_two_one_two(xqctl_inside: Command) -> None:
    done = xqctl_inside("diff", OLD, NEW, "--format", "json", "--today", "2026-01-01")
    assert (done.code, done.err) == (0, "")
    changes = answered(done.out)["changes"]
    assert [(each["action"], each["address"]) for each in changes if each["class"] == "structure"] == [
        ("dissolved", "alliances.校际联盟"),
        ("changed", "district.model"),
        ("renamed", "groups.一〇八教育集团"),
        ("renamed", "groups.五十二教育集团"),
        ("founded", "groups.教育集团三"),
        ("founded", "zones.大学区三"),
    ]


def test_before_its_day_nothing_has_changed(xqctl_inside: Command) -> None:
    done = xqctl_inside("diff", f"{OLD}@2022-12-31", f"{NEW}@2022-12-31", "--format", "json", "--today", "2026-01-01")
    assert (done.code, answered(done.out)["changes"]) == (0, [])
