"""别的程序会读成别的意思
A word that other readers take for something else.

Why:
    xqctl 按 YAML 1.2 读，`no` 就是文字；老的读者会读成“否”，`12:30` 会读成 750。
    别处也要用这些文件时，这里会出岔子。

    xqctl reads YAML 1.2, where `no` is text; older readers make it false, and 750 of `12:30`. Where others use
    these files too, this goes wrong.

Wrong:
    schools:
      甲校: {formerly: no}

Right:
    schools:
      甲校: {formerly: "no"}

Mend:
    加上引号，各家读法就一致了。

    Put it in quotes, and everybody reads the same.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY015", Severity.INFO)
