"""过期的忽略
A silence that has ended.

Why:
    写明的日期已到，当时说好要处理的事还在。日期对照今天，不是对照数据日期。

    Its day has come and what it hid is still there. The date is held against today, never against the day the
    data describe.

Wrong:
    # args: --today 2021-01-01
    schools:
      甲校: {formerly: no}  # xqctl: ignore[XQY015] 等新系统上线, until=2020-09-01

Right:
    # args: --today 2020-01-01
    schools:
      甲校: {formerly: no}  # xqctl: ignore[XQY015] 等新系统上线, until=2020-09-01

Mend:
    改好它所掩盖的问题并删掉注释；确需延期，写新的日期和理由。

    Mend what it hid and delete the comment; if it has to last, give a new date and the reason.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQU003", Severity.ERROR)
