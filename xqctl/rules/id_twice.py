"""同一编号声明了两次
An id that is declared twice.

Why:
    同一类别可以分写在几个文件里，但合起来是一个集合。同一编号出现两次时，只有第一处算数，第二处的内容会被悄悄忽略。

    A kind may stand in several files and still is one collection. Where an id comes twice, only the first counts, and
    what the second says would silently be lost.

Wrong:
    schools: {城桥中学: {stages: junior}}
    === more.yaml
    schools: {城桥中学: {standing: quality}}

Right:
    schools: {城桥中学: {stages: junior, standing: quality}}

Mend:
    把两处并成一处；若是两个不同的事物，给其中一个换编号。

    Put both into one place; if they are two different things, give one of them another id.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQR003", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Yields each second declaration, with the place of the first."""
    for first, second in district.doubled:
        if second.kind == "district":
            message = msg("two files say which district this is; the first counts")
            help_ = msg("one folder is one district: put `district` into one file")
        else:
            message = msg("`{id}` is declared twice under `{kind}`; the first counts", id=second.id, kind=second.kind)
            help_ = msg("put both into one place, or give one of them another id")
        yield Problem(second.route(), message, help_, (Related(first.route(), msg("first declared here")),))
