"""方案要删除的东西并不存在
A plan that removes what is not there.

Why:
    要删的名字写错了，或者区县文件已经改过，方案就不会起它说的作用，而读的人以为删了。

    The name is mistyped, or the district's files have moved on: the plan would not do what it says, and its readers
    would believe that it did.

Wrong:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/精简/units.yaml
    groups:
      甲校教育集团:
        members: {丙校: null}

Right:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/精简/units.yaml
    groups:
      甲校教育集团:
        members: {乙校: null}

Mend:
    改正名字；已经不在的，删去这一行。

    Mend the name; delete the line where the thing is gone already.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQN002", Severity.ERROR)
