"""值是空的
A value that is empty.

Why:
    空着既不是“没有”也不是 0，读的人没法知道是忘了还是不知道。

    Empty is neither none nor zero; nobody can tell whether it was forgotten or is not known.

Wrong:
    schools:
      甲校:

Right:
    schools:
      甲校: {}

Mend:
    写上值；不知道就删去这一行；没有要写的字段就写 `{}`。

    Write the value; delete the line where it is not known; write `{}` where there is nothing to say.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS010", Severity.ERROR)
