"""文件过大
A file that is too large.

Why:
    手写的区县文件到不了几兆字节，超过上限多半放错了文件。上限可以在 `.xqctl.yaml` 的 `budgets` 里改。

    Files written by hand stay far below the limit; a larger one is most likely a wrong file. `budgets` in
    `.xqctl.yaml` moves the limit.

Wrong:
    # budgets: {size: 60}
    schools:
      甲校: {note: 这个文件里写进了全区二十年的台账}
      乙校: {note: 还有别的}

Right:
    schools:
      甲校: {note: 台账另存}

Mend:
    把内容分到几个文件里，同一类可以写在多个文件；或者移走不属于这里的文件。

    Split it: a kind may stand in several files; or move away what does not belong here.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY009", Severity.ERROR)
