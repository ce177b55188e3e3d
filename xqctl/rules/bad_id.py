"""不能用作编号
A name that cannot be an id.

Why:
    编号要写进路径、引用和命令里，所以不能有空格、点、斜杠、冒号之类的符号，也不能写成日期的样子。

    Ids stand in paths, references and commands: no blanks, dots, slashes, colons and the like, and nothing shaped
    like a date.

Wrong:
    schools:
      崇明区 城桥中学: {stages: junior}

Right:
    schools:
      城桥中学: {name: 崇明区 城桥中学, stages: junior}

Mend:
    换一个不带这些符号的编号，完整的名称写在 `name` 里。

    Choose an id without them and give the full name in `name`.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS008", Severity.ERROR)
