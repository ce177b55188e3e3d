"""扩展名是 .yml
A file that ends in .yml.

Why:
    区县的文件统一以 `.yaml` 结尾，编辑器设置、提交前检查和别的工具都按它来找。这个文件照样读了。

    A district's files end in `.yaml`; editors, commit hooks and other tools look for that. This one was read all
    the same.

Wrong:
    schools:
      甲校: {stages: primary}
    === more.yml
    schools:
      乙校: {stages: primary}

Right:
    schools:
      甲校: {stages: primary}
    === more.yaml
    schools:
      乙校: {stages: primary}

Mend:
    用 `git mv` 把文件改名为 `.yaml`。

    Rename the file to `.yaml` with `git mv`.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY016", Severity.WARNING)
