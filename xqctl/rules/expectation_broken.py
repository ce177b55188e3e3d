"""方案的前提不再成立
An expectation of a plan that no longer holds.

Why:
    方案在 `expects` 里写明它依据的原值。原值变了，方案就要重新审议，不能照旧施行。

    A plan says in `expects` which old values it rests on. Where these have changed it has to be thought over again, not
    carried out as it was.

Wrong:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/紧密/plan.yaml
    title: 改为一体化
    expects:
      groups:
        甲校教育集团: {form: entrusted}
    === plans/紧密/units.yaml
    groups:
      甲校教育集团: {form: chain}

Right:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/紧密/plan.yaml
    title: 改为连锁
    expects:
      groups:
        甲校教育集团: {form: cooperative}
    === plans/紧密/units.yaml
    groups:
      甲校教育集团: {form: chain}

Mend:
    核对现状，确认方案仍然合适，再把 `expects` 改成现在的值；不合适就改方案。

    Look at what is there now; where the plan is still right, expect the new value, else change the plan.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQN004", Severity.ERROR)
