r"""不是 UTF-8 的文件
A file that is not in UTF-8.

Why:
    文件用的是别的编码（多半是 GB18030 或 UTF-16）。别的机器上会显示成乱码，git 也比不出差别，
    名字就对不上了。

    The file is in another encoding, most likely GB18030 or UTF-16. Elsewhere it reads as rubbish, git cannot
    compare it, and names no longer match.

Wrong:
    # bytes
    schools:
      \xbc\xd7\xd0\xa3: {stages: primary}

Right:
    schools:
      甲校: {stages: primary}

Mend:
    在编辑器里另存为 UTF-8，或者用提示里的 iconv 命令转换；Excel 导出时选“CSV UTF-8”。

    Save it as UTF-8 in your editor, or convert it with the iconv command shown; when exporting from Excel choose
    "CSV UTF-8".
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY003", Severity.ERROR)
