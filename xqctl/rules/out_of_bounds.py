"""超出允许的范围
A value out of bounds.

Why:
    数值不可能是这样：人数为负、坐标不在国内、列表空着或重复，或者两个字段不能同时出现。

    This cannot be: a negative count, coordinates outside the country, a list that is empty or names something
    twice, two fields that exclude each other.

Wrong:
    schools: {甲校: {}}
    statistics:
      2019-2020:
        甲校: {primary: {students: -1}}

Right:
    schools: {甲校: {}}
    statistics:
      2019-2020:
        甲校: {primary: {students: 0}}

Mend:
    核对原始数据，改成真实的值；没有数据就整行删去，不要写 0 或 -1。

    Look the value up and correct it; where there is no data delete the line instead of writing 0 or -1.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQS006", Severity.ERROR)
