"""金额没有单位
Money without a unit.

Why:
    把万元读成元是最常见的错，差一万倍。金额一律带单位。

    Reading 万元 as 元 is the classic mistake, wrong by ten thousand. Sums always carry their unit.

Wrong:
    funds:
      内涵发展专项: {amount: 80, per: year}

Right:
    funds:
      内涵发展专项: {amount: 80万元, per: year}

Mend:
    写上单位：元、万元或亿元。

    Write the unit: 元, 万元 or 亿元.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS009", Severity.ERROR)
