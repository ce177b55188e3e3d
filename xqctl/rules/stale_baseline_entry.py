"""清单里过时的已知问题
A known finding that is no longer there.

Why:
    已知问题清单里的一条对不上了：问题已经改好，或比记的少，或期限已到，或属于清单不能容忍的（个人信息、读不出的文件）。
    留着它，同一处将来再出的问题会被当成旧账放过。

    An entry of the baseline no longer fits: the finding is mended, there are fewer than it says, its day has come, or
    it is of a kind no baseline tolerates (personal data, files nobody can read). Left alone it would let a new
    finding at that place pass as an old one.

Wrong:
    groups:
      城桥集团: {form: cooperative, members: {甲校: lead, 乙校: member}}
    schools: {甲校: {standing: quality}, 乙校: {standing: ordinary}}
    === .xqctl-baseline.yaml
    known:
      XQZ001:
        groups.城桥集团.members: 1

Right:
    groups:
      城桥集团: {form: cooperative, members: {甲校: member, 乙校: member}}
    schools: {甲校: {standing: quality}, 乙校: {standing: ordinary}}
    === .xqctl-baseline.yaml
    known:
      XQZ001:
        groups.城桥集团.members: {count: 1, reason: 牵头学校待定, owner: 基教科, until: 2099-09-01}

Mend:
    运行 xqctl baseline prune，删去过时的条目、调低个数；期限已到而问题还在的，改好它，或写明新的期限和理由。

    Run xqctl baseline prune: it takes out what is no longer there and lowers counts. Where the day has come and the
    finding is still there, mend it, or give a later day and the reason.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQU006", Severity.WARNING)
