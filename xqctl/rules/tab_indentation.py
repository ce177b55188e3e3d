r"""用制表符缩进
Indentation with a tab.

Why:
    YAML 不许用制表符缩进：在不同编辑器里宽度不同，层级就说不清了。

    YAML forbids tabs in the indentation: their width differs from editor to editor, and so would the levels.

Wrong:
    # bytes
    schools:
    \t甲校: {stages: primary}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    把制表符换成空格，每级两个；编辑器里可以设置“用空格代替制表符”。

    Use blanks, two a level; editors can be set to insert blanks for tabs.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY013", Severity.ERROR)
