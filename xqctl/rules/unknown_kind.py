"""没有这个类别
A kind that does not exist.

Why:
    文件最外层的键是类别，如 schools、groups。认不得的类别下面的内容全都不会被读。

    The outermost keys of a file are kinds, such as schools and groups. What stands under an unknown one is not
    read at all.

Wrong:
    school:
      甲校: {stages: primary}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    照提示改；`xqctl schema` 列出全部类别。

    Use the kind suggested; `xqctl schema` lists them all.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS007", Severity.ERROR)
