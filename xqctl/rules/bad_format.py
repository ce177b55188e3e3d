"""格式不对
A value of the wrong form.

Why:
    日期、百分比、金额、编码都有固定的写法，写得不同就没法精确地读。

    Dates, percentages, sums and codes each have one form; anything else cannot be read exactly.

Wrong:
    schools:
      甲校: {since: 2019/9/1}

Right:
    schools:
      甲校: {since: 2019-09-01}

Mend:
    照提示里的样子写，例如 2019-09、30%、80万元。

    Write it like the examples shown: 2019-09, 30%, 80万元.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS005", Severity.ERROR)
