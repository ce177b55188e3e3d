r"""看不见的字符
An invisible character.

Why:
    零宽字符、方向控制符从网页或文档里粘贴进来，眼睛看不见，两个“一样”的校名却因此不同；方向符还能让显示和内容不一致。

    Zero-width and bidirectional characters come in by pasting; nobody sees them, yet two names that look alike
    differ, and bidirectional ones show what is not there.

Wrong:
    # bytes
    schools:
      甲\u200b校: {stages: primary}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    删掉标出的字符；拿不准就把整个词重打一遍。

    Delete the character shown; if in doubt retype the word.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY011", Severity.ERROR)
