"""批准多于申请
More granted than asked for.

Why:
    批准的钱比申请的还多，多半是两个数写反了，或者万元和元弄混了；批复率会超过100%。

    More was granted than was asked: most likely the two sums are swapped, or 万元 and 元 are mixed up. The approval
    ratio would be over 100 %.

Wrong:
    requests:
      内涵发展2018: {year: 2018, to: 区财政, asked: 80万元, granted: 660万元}

Right:
    requests:
      内涵发展2018: {year: 2018, to: 区财政, asked: 660万元, granted: 80万元}

Mend:
    对照批复文件改正 asked 和 granted。

    Correct `asked` and `granted` after the document.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.money import requests
from xqctl.quantities import at_most, show
from xqctl.registry import Rule

RULE = Rule("XQF004", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Requests that say both; ranges only where they are certainly apart."""
    for request in requests(district):
        if request.granted is not None and at_most(request.granted, request.asked) is False:
            message = msg(
                "{request}: {granted} granted, {asked} asked for",
                request=request.entry.id,
                granted=show(request.granted),
                asked=show(request.asked),
            )
            told = Related(request.entry.route("asked"), msg("asked for"))
            yield Problem(
                request.entry.route("granted"), message, msg("are the two sums swapped, or their units?"), (told,)
            )
