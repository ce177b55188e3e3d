"""读不通的 YAML
Text that is no YAML.

Why:
    文件从这里起读不下去了：引号或括号没有配对，缩进对不上，或者一行里多了一个冒号。这一处之后的内容没有检查，
    所以要先改它。

    From here on the file cannot be read: a quote or bracket without its partner, wrong indentation, a colon too
    many. What follows has not been checked, so mend this first.

Wrong:
    schools:
      甲校: {stages: [primary, junior}

Right:
    schools:
      甲校: {stages: [primary, junior]}

Mend:
    看标出的那一行和它的上一行：括号、引号是否成对，同级的行是否左对齐，含冒号的文字是否加了引号。

    Look at the line shown and the one above it: brackets and quotes in pairs, lines of one level aligned, text
    with a colon in quotes.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY001", Severity.ERROR)
