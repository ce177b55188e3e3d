"""资金缺口
Funding gap.

Formula:
    承诺支出 − 可用资金；为正即不足。区间按两端算：最少承诺减最多可用，最多承诺减最少可用。

    Money committed less money available; above zero, there is too little. Ranges go end by end: the least committed
    less the most available, and the reverse.

Inputs:
    与 committed、available 相同。

    The same as committed and available.

Source:
    崇明区2019年简报：请款660万元、780万元，实际批到每年80万元。

    Chongming 2019: 6.6 and 7.8 million yuan were asked for, 0.8 million granted a year.
"""

from xqctl import funding
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg
from xqctl.quantities import Quantity, show

METRIC = Metric("money")


def measure(frame: Frame) -> Counted | Unknown:
    """Subtracts what there is from what is committed."""
    committed, available = funding.committed(frame), funding.held(frame)
    match committed, available:
        case Counted(Quantity() as much), Counted(Quantity() as there):
            step = msg(
                "{committed} − {available} = {gap}", committed=show(much), available=show(there), gap=show(much - there)
            )
            return funding.joined(committed, available, much - there, step)
        case _:
            return funding.unknown(committed, available)
