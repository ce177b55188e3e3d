"""承诺支出
Money committed.

Formula:
    当年每条补助规则的金额 × 对象数，各条之和；对象数是区间的，结果也是区间。年度按自然年，看年末（当年看当日）的情形。
    问一个学区、集团、联盟或学校时，只计按它和它的分校区发放的。

    The amount of every subsidy rule times the number of things it pays for in the calendar year, added up; where a
    number is a range, so is the sum. A year is looked at as it was at its end, this year on the day. Asked of a zone,
    group, alliance or school, what is paid for it and for its branches.

Inputs:
    补助规则 subsidies（amount、each、where、per、stage），以及所发放对象的登记；分校区没有列全的看 declared，结论为“公
    布”。among 按补助规则的字段选。

    subsidies (amount, each, where, per, stage) and the registers of what they pay for; branches that are not all listed
    are those declared, and the result is stated. `among` picks by the fields of the rules.

Source:
    崇明区2019年简报“建立资金保障制度”：分校区每个每年10万元，跨区集团每个每年60万元，学区平均每年15万元。

    Chongming 2019: 100,000 yuan a year for every branch, 600,000 for every group across districts, 150,000 on average
    for every zone.
"""

from xqctl import funding
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("money", each=("district", "zone", "group", "alliance", "school"), among="subsidy")


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up what every rule pays."""
    return funding.committed(frame)
