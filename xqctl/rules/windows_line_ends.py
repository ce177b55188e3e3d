r"""行尾是 Windows 的 CRLF
Lines that end as Windows ends them.

Why:
    读起来没有差别，但同一个文件在两种机器上来回保存，git 会把每一行都当作改过，真正的改动就看不出来了。

    It reads the same; but when a file is saved on both sorts of machine, git takes every line for changed, and what
    really changed cannot be seen.

Wrong:
    # bytes
    schools:\r
      甲校: {stages: primary}\r

Right:
    schools:
      甲校: {stages: primary}

Mend:
    运行 xqctl validate --fix，或在编辑器里把行尾改为 LF；在 .gitattributes 里写 *.yaml text eol=lf，以后就不会再有。

    Run xqctl validate --fix, or choose LF in the editor; with *.yaml text eol=lf in .gitattributes it stays so.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY017", Severity.INFO)
