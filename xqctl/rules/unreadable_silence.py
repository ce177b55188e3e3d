"""读不懂的忽略
A silence that cannot be read.

Why:
    忽略要在方括号里写明是哪些代码，否则不知道该忽略什么，也就不起作用。

    A silence names its codes in brackets; otherwise nobody knows what is meant, and nothing is silenced.

Wrong:
    schools:
      甲校: {formerly: no}  # xqctl: ignore 这些文件只有 xqctl 读

Right:
    schools:
      甲校: {formerly: no}  # xqctl: ignore[XQY015] 这些文件只有 xqctl 读

Mend:
    写成 `# xqctl: ignore[XQZ001] 理由`，几个代码用逗号隔开。

    Write `# xqctl: ignore[XQZ001] reason`, several codes with commas.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQU005", Severity.WARNING)
