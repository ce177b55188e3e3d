"""过期的豁免
A waiver whose end has passed.

Why:
    豁免到期就不再起作用：相关的目标重新算作未达标，相关的问题重新报告。过期的豁免留在文件里，会让人以为仍然获准。

    A waiver that has ended tolerates nothing any more: its target counts as missed again, its finding is reported
    again. Left in the files it makes readers believe that leave is still given.

Wrong:
    targets:
      结对比例: {metric: pairing_ratio, stage: compulsory, at_least: 30%}
    waivers:
      结对缓办: {target: 结对比例, reason: 两校正在改建, approved_by: 区教育局, until: 2025-09-01}

Right:
    targets:
      结对比例: {metric: pairing_ratio, stage: compulsory, at_least: 30%}
    waivers:
      结对缓办: {target: 结对比例, reason: 两校正在改建, approved_by: 区教育局, until: 2099-09-01}

Mend:
    问题已经解决的，删掉豁免；仍需豁免的，重新报批，写上新的 until 和批准者。

    Delete it when the matter is settled; else have it approved again, with a new `until` and who approved.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQU004", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Held against today, never against the day the district is looked at."""
    for waiver in district.all("waivers"):
        end = waiver.life.end
        if end is not None and end <= district.today:
            message = msg("the waiver {waiver} ended on {day}", waiver=waiver.id, day=end)
            yield Problem(waiver.route("until"), message, msg("delete it, or have it approved again with a new end"))
