"""教师培训经费占比
Share of training in operating funds.

Formula:
    教师培训经费 ÷ 年度公用经费；按全校计，不分学段。

    Training funds over operating funds of the year, of whole schools whatever the stage.

Inputs:
    当日所在学年的 statistics.training_funds、operating_funds，每所学校都要有。

    statistics.training_funds and operating_funds of the school year that holds the day, for every school.

Source:
    教督〔2017〕6号教育质量：教师培训经费不低于学校年度公用经费预算总额的5%（转载文本）。

    The 2017 method (教督〔2017〕6号), quality: at least 5 % of a school's operating budget of the year (secondary
    text).
"""

from xqctl import counting
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg
from xqctl.stages import STAGES

METRIC = Metric("ratio", each=EACH)


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up both over the schools of the frame, each as a whole."""
    schools, whole = frame.schools(), frozenset(STAGES)
    top = counting.numbers(frame, "training_funds", schools, whole)
    bottom = counting.numbers(frame, "operating_funds", schools, whole)
    return counting.share(frame, top, bottom, msg("there are no operating funds"))
