"""文件中有身份证号
A citizen's id number in the files.

Why:
    身份证号是敏感个人信息，提交到 git 就永远留在历史里，删掉一行也找得回来。这里的事用不着它：岗位写职务，不写个人。

    An id number is sensitive personal information; committed to git it stays in the history for ever, even when the
    line is deleted. Nothing here needs it: posts are named, not persons.

Wrong:
    schools:
      # 校长身份证号 11010119900307109X
      城桥中学: {stages: junior}

Right:
    schools:
      # 校长一名
      城桥中学: {stages: junior}

Mend:
    删去号码；已经提交的，告诉保管仓库的人，把它从历史中清除（git filter-repo），并按规定报告。

    Delete the number. If it is committed already, tell whoever keeps the repository: it has to be taken out of the
    history (git filter-repo) and reported as your rules demand.
"""

import re
from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.long_numbers import is_citizen_id, masked, stretches
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQD001", Severity.ERROR)

_EIGHTEEN = re.compile(r"(?<![0-9])(?<![0-9]\.)[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")


def check(district: District) -> Iterator[Problem]:
    """Yields each number of 18 signs that has a province, a day of birth and the right check digit."""
    for found in stretches(district, _EIGHTEEN, lambda match: is_citizen_id(match[0])):
        number, more = masked(found.text), found.more
        message = msg("this is a citizen's id number: {number}", number=number)
        if more:
            message = msg("a citizen's id number, {number}, and {more} more in this file", number=number, more=more)
        yield Problem(found.span, message, msg("delete it before it is committed: git keeps it for ever"))
