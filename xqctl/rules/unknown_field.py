"""没有这个字段
A field that does not exist.

Why:
    拼错的字段如果放过去，写的内容就等于没写，还没人知道。

    A misspelt field that passes is as good as not written, and nobody would know.

Wrong:
    schools:
      甲校: {stagse: primary}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    照提示改成正确的字段名；要写自由的话，用 `note`。

    Use the field suggested; free words go into `note`.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS002", Severity.ERROR)
