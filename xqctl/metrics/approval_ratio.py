"""财政批复率
Approval ratio of requests.

Formula:
    当年请款的批复金额之和 ÷ 请款金额之和；年度取包含当日的自然年或学年。

    Money granted over money asked for, in the requests of the calendar or school year that holds the day.

Inputs:
    资金申请 requests（year、asked、granted）；没有写 granted 的，不能计数。

    requests (year, asked, granted); one that does not say `granted` cannot be counted.

Source:
    崇明区2019年简报：2018年请款660万元、2019年780万元，批到每年80万元。

    Chongming 2019: 6.6 million yuan asked for in 2018, 7.8 million in 2019, 0.8 million granted each year.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.money import requests
from xqctl.quantities import Unit as Measure
from xqctl.quantities import show, total, year_of

METRIC = Metric("ratio", among="request")


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up what was asked and what was granted."""
    frame.rest_on("requests")
    found = [r for r in requests(frame.district) if year_of(r.entry["year"]).contains(frame.day)]
    found = [request for request in found if frame.admits(request.entry, "request")]
    for request in found:
        if request.granted is None:
            frame.lack(msg("{request} does not say what was granted", request=request.entry.id))
    granted = total((request.granted for request in found if request.granted is not None), Measure.MONEY)
    asked = total((request.asked for request in found), Measure.MONEY)
    value = counting.quotient(granted, asked)
    if value is None:
        return Unknown(() if frame.lacking else (msg("nothing was asked for on {day}", day=frame.day),))
    return Counted(
        value,
        tuple(Item(r.entry.id, r.granted, r.entry.route("granted")) for r in found if r.granted is not None),
        tuple(Item(r.entry.id, r.asked, r.entry.route("asked")) for r in found),
        steps=(msg("{granted} ÷ {asked}", granted=show(granted), asked=show(asked)),),
    )
