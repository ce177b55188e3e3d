"""Names that a slip of the pen makes two, and those that only look alike to a machine."""

import pytest

from xqctl.hanzi import sounds
from xqctl.likeness import Names, one_slip, slips

ONE = [
    ("北新桥小学", "北新挢小学"), ("实验小学", "试验小学"), ("己未小学", "已未小学"), ("育英小学", "育鹰小学"),
    ("城桥中学", "诚桥中学"), ("少年宫", "少年官"), ("崇西学区", "祟西学区"), ("阳光学校", "扬光学校"),
]  # fmt: skip
TWO = [
    ("广州市第三中学", "三中实验学校"), ("第一小学", "第二小学"), ("东校区", "西校区"), ("城桥中学", "城桥小学"),
    ("育才小学", "育英小学"), ("新华小学", "新民小学"), ("和平里一小", "和平里七小"), ("大兴小学", "小兴小学"),
    ("上庄小学", "下庄小学"), ("东四七条小学", "东四九条小学"), ("史家小学", "史家胡同小学"), ("甲校", "乙校"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_school_written_in_two_ways(one: str, other: str) -> None:
    assert one_slip(one, other)
    assert [pair[:2] for pair in slips([one, "别的学校", other])] == [(one, other)]


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_schools(one: str, other: str) -> None:
    assert one_slip(one, other) is None
    assert not list(slips([one, other]))


def test_the_common_characters_have_a_sound() -> None:
    assert len(sounds()) == 3755
    assert len(set(sounds().values())) == 396


def test_the_closest_names_come_first() -> None:
    names = Names(["北新桥小学", "西中街小学", "城桥中学", "城桥小学", "城桥中学/育林校区"])
    assert names.closest("北新挢小学") == ("北新桥小学",)
    assert names.closest("城桥") == ("城桥中学", "城桥小学")
    assert names.closest("城桥中学/育林")[0] == "城桥中学/育林校区"
    assert names.closest("广州") == ()
