"""文件中有手机号码
A mobile number in the files.

Why:
    手机号码是个人信息，提交到 git 就永远留在历史里。联系方式放在通讯录里，这里写岗位或办公室。

    A mobile number is personal information and stays in git for ever. Keep contacts in an address book; here a post
    or an office is named.

Wrong:
    resources:
      崇明游泳馆: {provider: 崇明区, type: facility, note: 预约请打13812345678}
    districts: {崇明区: {}}

Right:
    resources:
      崇明游泳馆: {provider: 崇明区, type: facility, note: 预约请打校办电话021-59612345}
    districts: {崇明区: {}}

Mend:
    删去号码，改写办公电话或岗位；不是手机号码的，在行上写 xqctl ignore 注释并说明理由。

    Delete it and name an office number or a post. If it is no mobile number, say so in an ignore comment on the line.
"""

import re
from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.long_numbers import masked, stretches
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQD002", Severity.ERROR)

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_])(?<![0-9]\.)"
    r"(?:(?:(?:\+|00)?86[ -]?)?1[3-9][0-9]{9}"
    r"|(?<![0-9][ -])(?:(?:\+|00)?86[ -]?)?1[3-9][0-9]([ -])[0-9]{4}\1[0-9]{4}(?![ -][0-9]))"
    r"(?![0-9A-Za-z_])(?!\.[0-9])(?! ?(?:[十百千万亿元%‰㎡]|m2|平方米|人民币))"
)
_ROUND = "000000"
"""No mobile number ends like this, but sums do."""
_ADDRESS = re.compile("://[!-~]*$")


def check(district: District) -> Iterator[Problem]:
    """Yields each number of eleven digits that begins as mobile numbers do and is no part of something longer."""
    for found in stretches(district, _MOBILE, _is_meant):
        number, more = masked(found.text), found.more
        message = msg("this is a mobile number: {number}", number=number)
        if more:
            message = msg("a mobile number, {number}, and {more} more in this file", number=number, more=more)
        yield Problem(found.span, message, msg("delete it before it is committed: git keeps it for ever"))


def _is_meant(match: re.Match[str]) -> bool:
    """Whether it is no round sum, and does not stand in an address of the web."""
    return not match[0].endswith(_ROUND) and _ADDRESS.search(match.string, 0, match.start()) is None
