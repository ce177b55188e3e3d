"""自定义的 YAML 标签
A YAML tag of somebody's own.

Why:
    `!` 开头的标签是叫某个程序去做事的，各家读者意思不同。这里的文件是数据，不执行任何东西，所以一概不认。

    A tag with `!` asks some program to do something, and readers differ in what. These files are data, nothing in
    them is executed, so no tag is read.

Wrong:
    schools:
      甲校: {stages: !stage primary}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    删掉标签，只留下值。

    Delete the tag and leave the value.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY005", Severity.ERROR)
