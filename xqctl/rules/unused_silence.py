"""用不着的忽略
A silence of nothing.

Why:
    这条忽略所在的地方没有它说的问题：也许已经改好了，也许注释写错了行。留着它，将来真的问题会被它盖住。

    Nothing here is found by the code it names: mended by now, or on the wrong line. Left alone it would hide a
    real finding later.

Wrong:
    schools:
      甲校: {formerly: 旧校}  # xqctl: ignore[XQY015] 这些文件只有 xqctl 读

Right:
    schools:
      甲校: {formerly: 旧校}

Mend:
    删掉注释，或者移到它要管的那一行（或其上一行）。

    Delete the comment, or move it to the line it is for, or the one above.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQU002", Severity.WARNING)
