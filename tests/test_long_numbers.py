"""Numbers that name a person or an account are found wherever they stand; codes, sums, dates, office phones are not."""

from pathlib import Path

import pytest
import snippets

from xqctl.long_numbers import is_citizen_id, masked, veiled

ID, SMALL, CARD = "11010119900307109X", "310230197801010027", "6222020200112233446"
PERSONAL = [
    (f"身份证{ID}", "XQD001"),
    (f"ID:{ID.lower()}", "XQD001"),
    (f"G{SMALL}", "XQD001"),
    ("１１０１０１１９９００３０７１０９X", "XQD001"),
    ("手机13812345678", "XQD002"),
    ("+8613812345678", "XQD002"),
    ("138-1234-5678", "XQD002"),
    ("138 1234 5678。", "XQD002"),
    ("2019-11-05 13812345678", "XQD002"),
    ("张13812345678，", "XQD002"),
    ("见https://example.cn/1，电话/13812345678", "XQD002"),
    (CARD, "XQD003"),
    ("6222 0202 0011 2233 446", "XQD003"),
    ("卡6212261234567898", "XQD003"),
]
HARMLESS = [
    "2131000012", "021-59612345", "010-64041234转8", "11010119900307108X", "110101199002307109", "121.13812345678",
    "15000000000元", "13812345678元", "138.12345678亿元", "2019-2020", "2019-11-05 14:00", "1381234567",
    "138123456789", "6222020200112233447", "https://example.cn/13812345678", "https://example.cn/a?t=13812345678&b",
    "sha256 9f13812345678ab", "12110101400636120H", "教基〔2015〕36号", "978-7-107-18649-1", "2018 2019 2020 2021",
]  # fmt: skip


def found(text: str, tmp_path: Path) -> list[snippets.Finding]:
    parts = snippets.Snippet({"district.yaml": f"# {text}\ndistrict: {{name: 某区, level: district}}\n".encode()})
    return list(snippets.found(parts, snippets.write(parts, tmp_path)))


@pytest.mark.parametrize(("text", "code"), PERSONAL)
def test_it_is_found_and_not_repeated(text: str, code: str, tmp_path: Path) -> None:
    (only,) = found(text, tmp_path)
    assert only.code == code
    assert "*" in str(only.message)
    assert "12345678" not in str(only.message)
    assert not any(part in veiled(text) for part in ("1234", "0307", "0101199", "0020", "00１"))


@pytest.mark.parametrize("text", HARMLESS)
def test_it_is_no_personal_number(text: str, tmp_path: Path) -> None:
    assert [snippets.told(each) for each in found(text, tmp_path)] == []


def test_a_citizens_number_has_a_day_of_birth_and_a_check_digit() -> None:
    assert is_citizen_id(ID)
    assert is_citizen_id(ID.lower())
    assert not is_citizen_id(ID[:-1] + "1")
    assert not is_citizen_id("110101199002301094")
    assert masked(ID) == "110***************"
    assert len(veiled(f"电话 {ID} 和 138 1234 5678")) == len(f"电话 {ID} 和 138 1234 5678")


def test_a_file_full_of_them_stays_readable(tmp_path: Path) -> None:
    text = "".join(f"# 138{number:08}\n" for number in range(1000, 2000))
    parts = snippets.Snippet({"district.yaml": f"{text}district: {{name: 某区, level: district}}\n".encode()})
    told = [str(each.message) for each in snippets.found(parts, snippets.write(parts, tmp_path))]
    assert len(told) == 20
    assert told[-1] == "a mobile number, 138********, and 980 more in this file"
