"""校均承诺支出
Money committed per school.

Formula:
    承诺支出（见 committed）÷ 学校数。问到学段时，只计写明该学段的补助规则和该学段的学校数。

    Money committed (see committed) over schools. Asked of a stage, only rules that name it, and schools of it.

Inputs:
    与 committed 相同；学校 schools（学段、开办情况）。

    The same as committed; schools (stages, lives).

Source:
    崇明区2019年简报：中小学、幼儿园共111所，承诺410至490万元。

    Chongming 2019: 111 schools, 4.1 to 4.9 million yuan committed.
"""

from xqctl import counting, funding
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("money")


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what is committed by the number of schools."""
    return funding.per(frame, counting.schools(frame.schools()), msg("there is no school to count"))
