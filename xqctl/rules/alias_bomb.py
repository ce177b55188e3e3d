"""层层别名，展开后过大
Aliases that blow the file up.

Why:
    几行别名套别名，展开就是上百万项，足以拖垮读它的程序。超过上限就不再读，上限可在 `.xqctl.yaml` 的 `budgets` 里改。

    A few lines of aliases of aliases make millions of values and bring down whoever reads them. Beyond the limit
    the file is not read; `budgets` in `.xqctl.yaml` moves the limit.

Wrong:
    # budgets: {nodes: 30}
    schools:
      甲校: {also_named: &a [一, 二, 三, 四, 五, 六, 七, 八, 九]}
      乙校: {also_named: *a}
      丙校: {also_named: *a}

Right:
    schools:
      甲校: {also_named: [一, 二, 三]}
      乙校: {also_named: [一, 二, 三]}

Mend:
    把别名换成它所指的内容，或者删去。

    Replace each alias by what it stands for, or delete it.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY007", Severity.ERROR)
