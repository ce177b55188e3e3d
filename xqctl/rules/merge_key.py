"""合并键 <<
A merge key.

Why:
    `<<` 不在 YAML 1.2 里，各家读法不一；而且把内容藏在别处，差异和出处都看不出来。

    `<<` is not part of YAML 1.2 and read differently by different tools; it also hides what an entry says in
    another place.

Wrong:
    schools:
      甲校: &a {stages: primary, setting: urban}
      乙校: {<<: *a, setting: rural}

Right:
    schools:
      甲校: {stages: primary, setting: urban}
      乙校: {stages: primary, setting: rural}

Mend:
    把要合并的字段照样写出来。

    Write out the fields that were to be merged.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY006", Severity.ERROR)
