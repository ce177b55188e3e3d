"""公布数多于已登记数
A figure beyond what is registered.

Why:
    公布的个数比登记的多，而登记没有声明完整：缺的可能只是还没有录入。补齐之前，用到它的指标只能按公布数计。

    More are published than are registered, and the register is not said to be complete: the rest may just not be
    entered yet. Until it is, metrics rest on the published number.

Wrong:
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    alliances:
      甲校—乙校: {form: pair, members: {甲校: lead, 乙校: member}}
    figures:
      结对数: {metric: pairs, value: 20}

Right:
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    alliances:
      甲校—乙校: {form: pair, members: {甲校: lead, 乙校: member}}
    figures:
      结对数: {metric: pairs, value: 1}

Mend:
    补登记缺的那些；文件没有写名单的，留着这条提示即可。

    Enter the rest; where no document names them, the note may stay.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.figures import figures
from xqctl.messages import msg
from xqctl.metrics import asked_by, measure, measured_things
from xqctl.quantities import at_least, show, written
from xqctl.registers import is_read
from xqctl.registry import Rule

RULE = Rule("XQG007", Severity.INFO)


def check(district: District) -> Iterator[Problem]:
    """Counts only, and only where something is registered at all: a share of a part of the register means nothing."""
    if not is_read(district):
        return  # what is lacking may stand where a mistake kept it from being read
    for figure in figures(district):
        day = figure.on or district.as_of
        for thing in measured_things(district, figure, day):
            found = measure(district, asked_by(figure), thing, day)
            if found.is_whole or found.measured_in != "count" or found.counted is None:
                continue
            if found.counted.numerator and at_least(found.counted.value, figure.value) is False:
                message = msg(
                    "{figure} counts {said}; {counted} are named",
                    figure=figure.entry.id,
                    said=show(figure.value),
                    counted=written(found.counted.value),
                )
                said = Related(figure.entry.route("source"), figure.entry.cited)
                parts = found.counted.numerator[:5]
                named = [Related(item.route, msg("named: {name}", name=item.label)) for item in parts if item.route]
                help_ = msg("enter the rest if any document names them")
                yield Problem(figure.entry.route("value"), message, help_, (said, *named))
