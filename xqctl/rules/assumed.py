"""有所假定
Something taken for granted.

Why:
    文件没有写明，为了能够声明而作了假定。假定要一直看得见：数字以后对不上，先看这里。

    The document does not say it; something was taken for granted so that it could be declared. It stays in sight:
    when numbers do not fit later, this is where to look first.

Wrong:
    targets:
      名额分配: {metric: quota_share, at_least: 50%, by: 2016, assumed: 三年自2014年起算}

Right:
    targets:
      名额分配: {metric: quota_share, at_least: 50%, by: 2016}

Mend:
    找到依据之后，写上 source，删去 assumed；没有依据的，留着这条提示。

    Once a document settles it, name it in `source` and delete `assumed`; until then the note stays.
"""

from collections.abc import Iterator

from xqctl.district import District, remarks
from xqctl.findings import Problem, Severity
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQG006", Severity.INFO)


def check(district: District) -> Iterator[Problem]:
    """One note for each place that says what it assumes."""
    for entry in district.declared():
        for keys, _, said in remarks(entry, "assumed"):
            texts = [said] if isinstance(said, str) else said if isinstance(said, list) else []
            if texts:
                name = keys[-1] if keys else entry.id or entry.name
                message = msg("{thing} assumes: {what}", thing=name, what="；".join(map(str, texts)))
                yield Problem(entry.route(*keys, "assumed"), message)
