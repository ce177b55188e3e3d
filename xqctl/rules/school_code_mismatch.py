"""学校标识码对不上
A school code that does not fit the school.

Why:
    学校标识码十位：前两位是学校类别，三四位是省级行政区划代码，后六位是顺序码。它全国唯一，统计数据靠它对应学校，
    填错就会串到别的学校。《学校（机构）代码管理办法》（2011）规定改变类别要换码，作废的码不再使用。

    A school code has ten digits: two of category, two of province, six running. It is unique in the country and ties
    statistics to schools, so a wrong one leads to another school. By the rules of 2011 a school that changes its
    category gets a new code, and a code given up is not used again.

Wrong:
    schools:
      城桥中学: {stages: junior, code: "2131000012"}

Right:
    schools:
      城桥中学: {stages: junior, code: "3131000012"}

Mend:
    照学校的办学许可或统计系统改正标识码；码没有错的，看看 stages 是否写全。

    Correct the code after the school's licence or the statistics system; if the code is right, look whether `stages` is
    complete.
"""

from collections.abc import Iterator, Mapping

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.schools import School, schools
from xqctl.lives import life
from xqctl.messages import Message, Word, msg
from xqctl.registry import Rule

RULE = Rule("XQR007", Severity.WARNING)

# 各级各类学校（机构）代码编制规则: the first two digits, and the stage a school of that category has.
_CATEGORIES: Mapping[str, tuple[str | None, Word]] = {
    "11": ("kindergarten", Word("幼儿园", "kindergarten")),
    "21": ("primary", Word("普通小学", "primary school")),
    "31": ("junior", Word("普通初中", "junior secondary school")),
    "34": ("senior", Word("普通高中", "senior secondary school")),
    "36": ("vocational", Word("中等职业学校", "vocational school")),
    "51": ("special", Word("特殊教育学校", "special school")),
} | {code: (None, Word("", "")) for code in ("22", "32", "33", "35", "37", "41", "42", "91", "92", "93")}
_CORPS = frozenset(("65", "66"))  # 新疆, and its 生产建设兵团, which is counted apart


def check(district: District) -> Iterator[Problem]:
    """Yields each school whose code names another category or province, or is another school's."""
    bearers: dict[str, Entry] = {}
    for school in schools(district).values():
        entry, code = school.entry, school.entry.text("code")
        if code is None:
            continue
        first = bearers.setdefault(code, entry)
        if first is not entry and _live_together(district, first, entry):
            message = msg("{school} has the code {code} of {other}", school=entry.name, code=code, other=first.name)
            help_ = msg("a code belongs to one school: correct one of them")
            related = Related(first.route("code"), msg("{school} has it here", school=first.name))
            yield Problem(entry.route("code"), message, help_, (related,))
        elif wrong := _category(district, school, code) or _province(district, entry, code):
            yield Problem(entry.route("code"), wrong, msg("correct the code, or what does not fit it"))


def _category(district: District, school: School, code: str) -> Message | None:
    if code[:2] not in _CATEGORIES:
        return msg("the code {code} begins with {digits}, which is no category of schools", code=code, digits=code[:2])
    stage, category = _CATEGORIES[code[:2]]
    stages = school.stages(district.as_of)
    if stage is None or not stages or stage in stages:
        return None
    return msg(
        "the code {code} begins with {digits}, which is a {category}; {school} has no stage `{stage}`",
        code=code, digits=code[:2], category=category, school=school.entry.name, stage=stage,
    )  # fmt: skip


def _province(district: District, entry: Entry, code: str) -> Message | None:
    whose = entry.text("district")
    other = None if whose is None else district.declares(whose, "districts")
    of = other or (district.itself if district.is_own(entry) else None)
    stated = of.text("code") if of is not None else None
    if of is None or stated is None or len(stated) != 6 or code[2:4] == stated[:2] or {code[2:4], stated[:2]} <= _CORPS:
        return None
    return msg(
        "the code {code} is of province {digits}; {district} lies in {province}",
        code=code, digits=code[2:4], district=of.name, province=stated[:2],
    )  # fmt: skip


def _live_together(district: District, one: Entry, other: Entry) -> bool:
    """Whether both bear the code at one time: a school that comes out of a merger may take over an old one's."""
    if one.id in other.texts("succeeds") or other.id in one.texts("succeeds"):
        return False
    return life(district, one).interval.overlaps(life(district, other).interval)
