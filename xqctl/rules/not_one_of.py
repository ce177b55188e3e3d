"""不在可选的词里
A word that is none of the choices.

Why:
    学段、形式、角色这些都是固定的词，各区才比得起来。

    Stages, forms and roles come from fixed lists, so that districts compare.

Wrong:
    schools:
      甲校: {stages: 小学}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    换成提示的词；本地的叫法写在 `called` 或 `title` 里。

    Use the word suggested; the local word goes into `called` or `title`.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS004", Severity.ERROR)
