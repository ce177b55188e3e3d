"""嵌套过深
Nested too deeply.

Why:
    区县文件最深也就十来层，超过上限多半是括号写错或文件损坏。上限可以在 `.xqctl.yaml` 的 `budgets` 里改。

    No district needs more than about ten levels; beyond the limit a bracket is wrong or the file is damaged.
    `budgets` in `.xqctl.yaml` moves the limit.

Wrong:
    # budgets: {depth: 4}
    schools:
      甲校: {stages: [[[primary]]]}

Right:
    schools:
      甲校: {stages: [primary]}

Mend:
    检查标出之处的括号和缩进。

    Check brackets and indentation at the place shown.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY008", Severity.ERROR)
