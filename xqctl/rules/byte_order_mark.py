r"""文件开头有字节顺序标记（BOM）
A file that starts with a byte order mark.

Why:
    BOM 看不见，却会粘在第一个键上，让有的工具不认得它。xqctl 照样读，但提醒去掉。

    A BOM is invisible, yet it sticks to the first key, which other tools then do not know. xqctl reads on, and
    asks you to drop it.

Wrong:
    # bytes
    \xef\xbb\xbfschools:
      甲校: {stages: primary}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    在编辑器里另存为“UTF-8（无 BOM）”。

    Save the file as "UTF-8 without BOM".
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY004", Severity.WARNING)
