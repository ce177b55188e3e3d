"""没写理由的忽略
A silence without a reason.

Why:
    忽略一个问题是一个决定，日后的人要知道为什么。没有理由的忽略不起作用。

    To silence a finding is a decision, and those who come later need to know why. Without a reason nothing is
    silenced.

Wrong:
    schools:
      甲校: {formerly: no}  # xqctl: ignore[XQY015]

Right:
    schools:
      甲校: {formerly: no}  # xqctl: ignore[XQY015] 这些文件只有 xqctl 读

Mend:
    在方括号后面写上理由，可以再加 `until=日期`。

    Write why after the bracket, and `until=DATE` if it should end.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQU001", Severity.WARNING)
