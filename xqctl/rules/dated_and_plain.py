"""方案让一项同时按日期写又不按日期写
A plan that makes something by date and not by date at once.

Why:
    区县文件写 `member`，方案写 `{2016: branch}`，叠加后两种写法混在一起：2016 年以前是什么角色，方案没有说。

    The district says `member`, the plan `{2016: branch}`: laid together both ways of writing are mixed, and the plan
    has not said what the role was before 2016.

Wrong:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/转分校/units.yaml
    groups:
      甲校教育集团:
        members:
          乙校: {2016: branch}

Right:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/转分校/units.yaml
    groups:
      甲校教育集团:
        members:
          乙校: {role: null, 2010: member, 2016: branch}

Mend:
    把每个日期的值都写全，原来不按日期写的用 `role: null` 删去；反过来也一样。

    Write what holds from every date, and remove what was written without one by `role: null`; the same the other way
    round.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQN006", Severity.ERROR)
