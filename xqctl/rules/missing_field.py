"""缺少必填项
A field that has to be there.

Why:
    少了这一项，这条内容就没有意义或没法算，例如支教没有写从哪里到哪里。

    Without it the entry means nothing or cannot be counted: a posting that does not say from where to where.

Wrong:
    schools: {甲校: {}, 乙校: {}}
    postings:
      甲校支教: {year: 2019-2020, from: 甲校, mode: support}

Right:
    schools: {甲校: {}, 乙校: {}}
    postings:
      甲校支教: {year: 2019-2020, from: 甲校, to: 乙校, mode: support}

Mend:
    补上提示里的字段；`xqctl explain` 加类别名可以看到它有哪些字段。

    Add the field named; `xqctl explain` with the kind's name lists its fields.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS001", Severity.ERROR)
