"""同一处写了两遍的键
A key written twice in one mapping.

Why:
    一个映射里同名的键只能有一个算数，别的读者有的取前一个、有的取后一个，内容就悄悄丢了。

    Of two keys of one name only one can count; some readers take the first, some the last, and the other is
    silently lost.

Wrong:
    schools:
      甲校: {stages: primary}
      乙校: {stages: junior}
      甲校: {stages: junior}

Right:
    schools:
      甲校: {stages: [primary, junior]}
      乙校: {stages: junior}

Mend:
    把两处合成一处；如果本是两样东西，给其中一个换个编号。

    Make one of the two; if they are two things, give one of them another id.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY002", Severity.ERROR)
