"""资金保障率
Funding coverage.

Formula:
    可用资金 ÷ 承诺支出；100%以上即足够。区间按两端算。

    Money available over money committed; 100 % and more is enough. Ranges go end by end.

Inputs:
    与 committed、available 相同。

    The same as committed and available.

Source:
    崇明区2019年简报：承诺410至490万元，来源160万元，保障率为32.65%至39.02%。

    Chongming 2019: 4.1 to 4.9 million yuan committed, 1.6 million available, which covers 32.65 % to 39.02 %.
"""

from xqctl import counting, funding
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg
from xqctl.quantities import Quantity, show

METRIC = Metric("ratio")


def measure(frame: Frame) -> Counted | Unknown:
    """Divides what there is by what is committed."""
    committed, available = funding.committed(frame), funding.held(frame)
    match committed, available:
        case Counted(Quantity() as much), Counted(Quantity() as there):
            covered = counting.quotient(there, much)
            if covered is None:
                return Unknown(() if frame.lacking else (msg("nothing is committed"),))
            step = msg("{available} ÷ {committed}", available=show(there), committed=show(much))
            return funding.joined(available, committed, covered, step, over=True)
        case _:
            return funding.unknown(committed, available)
