"""同一处被改了两次
The same thing changed twice.

Why:
    两个方案，或一个方案的两个文件，对同一处给出不同的值：以哪个为准，不该由叠放的次序来定。

    Two plans, or two files of one, say different things of the same place. Which of them counts must not hang on the
    order they are laid in.

Wrong:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/调整/a.yaml
    groups:
      甲校教育集团: {form: chain}
    === plans/调整/b.yaml
    groups:
      甲校教育集团: {form: entrusted}

Right:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/调整/a.yaml
    groups:
      甲校教育集团: {form: chain}
    === plans/调整/b.yaml
    groups:
      甲校教育集团: {tightness: tight}

Mend:
    商定一个值，从另一处删去。

    Settle on one value and delete the other.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQN005", Severity.ERROR)
