"""文件中有银行卡号
A bank card number in the files.

Why:
    银行卡号提交到 git 就永远留在历史里。经费写金额、来源和用途就够了，付到哪个账户不归这里管。

    A card number stays in git for ever. Money needs its amount, source and use here; which account it is paid to is
    none of this repository's business.

Wrong:
    outlays:
      学区奖励: {amount: 15万元, note: 付至6222020200112233446}

Right:
    outlays:
      学区奖励: {amount: 15万元, note: 付至学区牵头学校}

Mend:
    删去卡号；不是卡号的，在行上写 xqctl ignore 注释并说明理由。

    Delete it. If it is no card number, say so in an ignore comment on the line.
"""

import re
from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.long_numbers import is_citizen_id, masked, stretches
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQD003", Severity.ERROR)

# UnionPay's prefix, 16 to 19 digits, together or in groups of four.
_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9]\.)62[0-9]{2}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?(?![0-9A-Za-z])"
)


def check(district: District) -> Iterator[Problem]:
    """Yields each number of a card's length with UnionPay's prefix and the right check digit."""
    for found in stretches(district, _CARD, lambda match: _is_card(re.sub("[ -]", "", match[0]))):
        number, more = masked(found.text), found.more
        message = msg("this is a bank card number: {number}", number=number)
        if more:
            message = msg("a bank card number, {number}, and {more} more in this file", number=number, more=more)
        yield Problem(found.span, message, msg("delete it before it is committed: git keeps it for ever"))


def _is_card(digits: str) -> bool:
    """Whether the check digit is right (Luhn, ISO/IEC 7812-1), and it is not a citizen's id number of 甘肃."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0 and not is_citizen_id(digits)
