"""一个文件里有几份文档
Several documents in one file.

Why:
    `---` 之后是另一份文档，多数读者只读第一份，后面的就丢了。

    After `---` another document begins; most readers take the first only, and the rest is lost.

Wrong:
    schools:
      甲校: {stages: primary}
    ---
    schools:
      乙校: {stages: primary}

Right:
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}

Mend:
    删掉中间的 `---`，把同一类并到一起；或者分成两个文件。

    Delete the `---` and join what belongs to one kind, or make two files.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY014", Severity.ERROR)
