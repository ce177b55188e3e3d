"""没有声明的依据
A source that is nowhere declared.

Why:
    每个数字、每项要求都可以写明依据的文件；第一个 # 之前是依据的编号，之后是文中的位置。编号没有声明，就查不到出处。

    Every number and demand may name the document it rests on: before the first # stands the source's id, behind it the
    place in it. If no such source is declared, nobody can look it up.

Wrong:
    sources: {崇明简报2019: {title: 崇明区教育工作简报}}
    zones:
      城桥学区: {declared: {all: 12}, source: 崇明简报2018#二.3}

Right:
    sources: {崇明简报2019: {title: 崇明区教育工作简报}}
    zones:
      城桥学区: {declared: {all: 12}, source: 崇明简报2019#二.3}

Mend:
    改正编号，或在 sources 中声明这份文件（标题、发文机关、文号、日期）。

    Correct the id, or declare the document under `sources` (title, issuer, number, date).
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.messages import msg
from xqctl.references import did_you_mean, is_all_known, loose_ends, mended, namesake
from xqctl.registry import Rule

RULE = Rule("XQR005", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Yields each reference to a document that no file declares."""
    if not is_all_known(district):
        return  # it may stand where something could not be read
    for each in loose_ends(district):
        if each.target.kinds == ("sources",) and namesake(district, each) is None:
            message = msg("no source is called `{name}`", name=each.text)
            help_ = did_you_mean(district, each) or msg("declare it under `sources`")
            yield Problem(each.route, message, help_, mend=mended(district, each))
