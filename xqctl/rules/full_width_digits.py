"""全角数字
Full-width digits.

Why:
    `１６６` 看着像 166，别的程序却当成文字，查找和比较也对不上。xqctl 按半角读，但请改过来。

    `１６６` looks like 166, but other programs take it for text and searches miss it. xqctl reads it as 166 and asks
    you to retype it.

Wrong:
    statistics:
      2019-2020:
        甲校: {primary: {students: １６６}}
    schools:
      甲校: {stages: primary}

Right:
    statistics:
      2019-2020:
        甲校: {primary: {students: 166}}
    schools:
      甲校: {stages: primary}

Mend:
    切换到半角输入，重打这几个数字。备注、引文等给人读的文字里可以用全角。

    Retype the digits in half width. Notes and quotations, which people read, may keep them.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY010", Severity.WARNING)
