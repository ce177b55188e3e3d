"""写法的种类不对
A value of the wrong type.

Why:
    该写数字的写成了文字，该写映射的写成了列表，程序就没法照着算。

    Text where a number is meant, a list where a mapping is: nothing can be counted from that.

Wrong:
    schools: {甲校: {}}
    statistics:
      2019-2020:
        甲校: {primary: {students: 166人}}

Right:
    schools: {甲校: {}}
    statistics:
      2019-2020:
        甲校: {primary: {students: 166}}

Mend:
    照提示的样子改：数目直接写数字，编码加引号，成员写成“编号: 角色”。

    Write it as shown: counts as plain numbers, codes in quotes, members as `id: role`.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS003", Severity.ERROR)
