"""方案里空着的值
A value left empty in a plan.

Why:
    方案里写 `null` 就是删除。空着的值读起来和 `null` 一样，本想补写却忘了，就会悄悄删掉原来的内容。

    In a plan `null` removes. An empty value reads the same as `null`, so what somebody meant to fill in later would
    silently delete what is there.

Wrong:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/扩大/units.yaml
    groups:
      甲校教育集团:
        form:

Right:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/扩大/units.yaml
    groups:
      甲校教育集团:
        form: null

Mend:
    要删除就写 `null`；要新增而没有字段就写 `{}`；还没想好就删去这一行。

    Write `null` to remove it, `{}` to add it without fields; delete the line where nothing is decided yet.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQN001", Severity.ERROR)
