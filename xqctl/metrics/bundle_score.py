"""捆绑考核得分
Bundle score.

Formula:
    各项指标的权重 × 得分之和，权重合计须为100%；取当日以前开始的最近一年的结果。成员校共享所在单位的捆绑得分。

    The sum of weight times score over the indicators, whose weights have to make 100 %, in the latest year begun by the
    day. Member schools share the bundled score of their unit.

Inputs:
    考核评价 evaluations（of、bundled、indicators.weight、results）。有几个方案给同一对象打分的，用 with: {evaluation:
    方案} 选定。

    evaluations (of, bundled, indicators.weight, results). Where several schemes score the same thing, choose one with
    `with: {evaluation: its id}`.

Source:
    二道区申报书：捆绑评价；东城区2014年方案第21条：学区综合评价，权重没有说。

    Erdao's application: bundled evaluation; Dongcheng 2014, measure 21: evaluation of zones, whose weights are not
    said.
"""

from xqctl import scores
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("score", each=("district", "zone", "group", "alliance", "school"), choices=(("evaluation", ("",)),))


def measure(frame: Frame) -> Counted | Unknown:
    """Weighs the scores of the latest result."""
    found = scores.scored(frame)
    if isinstance(found, Unknown):
        return found
    scheme, result = found
    score = scores.score(frame, scheme, result)
    if score is None:
        return Unknown(())
    parts = scores.parts(scheme, result)
    told = msg("{scheme}, {year}: {party}", scheme=scheme.id, year=result.written, party=result.party)
    return Counted(score, tuple(item for item, _ in parts), steps=(told, *(step for _, step in parts)))
