"""可用资金
Money available.

Formula:
    当年各项资金的金额之和；没有写金额的，取当年批复到该项资金的请款之和。年度按自然年。

    The amounts of all funds in the calendar year, added up; a fund that names no amount holds what requests were
    granted into it that year.

Inputs:
    资金 funds（amount、per、since、until）、资金申请 requests（granted、into、year）。

    funds (amount, per, since, until), requests (granted, into, year).

Source:
    崇明区2019年简报：市教委每年平均下拨80万元，区内每年有80万元。

    Chongming 2019: 800,000 yuan a year on average from the city, 800,000 from the district.
"""

from xqctl import funding
from xqctl.measuring import Counted, Frame, Metric, Unknown

METRIC = Metric("money")


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up what every fund holds."""
    return funding.held(frame)
