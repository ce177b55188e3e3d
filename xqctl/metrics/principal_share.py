"""选派干部任校长占比
Share of the cadres sent who go as principals.

Formula:
    选派到薄弱或乡村学校的干部中，任校长正职（role: principal）的人数 ÷ 选派干部人数（见 cadres_sent）。

    Of the cadres sent to weak or rural schools (see cadres_sent), those who go as principals (role: principal), over
    all of them.

Inputs:
    与 cadres_sent 相同。

    The same as cadres_sent.

Source:
    教育部简报〔2015〕第36期：其中任校长正职的人数不少于选派干部总数的50%。

    Ministry briefing 2015 no. 36: at least 50 % of the cadres sent are principals.
"""

from xqctl import counting, posted
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance", "school"), among="posting")


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the people sent, and the principals among them once more."""
    everyone, principals = posted.cadres_sent(frame), posted.cadres_sent(frame, ("principal",))
    return counting.share(frame, principals, everyone, msg("nobody was sent"))
