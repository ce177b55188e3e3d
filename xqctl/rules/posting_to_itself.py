"""派给自己
A posting to itself.

Why:
    派出方和接收方是同一个，这些人哪里也没去，却会算进交流、支教的人数。本校校区之间的流动，两头分别写校区。

    Where those who send also receive, nobody went anywhere, yet the people would count as rotated or sent. Between two
    sites of one school write the campuses.

Wrong:
    schools: {甲小学: {}}
    postings:
      甲小学支教: {year: 2019-2020, from: 甲小学, to: 甲小学, mode: support, count: 2}

Right:
    schools: {甲小学: {}, 乙小学: {}}
    postings:
      甲小学支教: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: support, count: 2}

Mend:
    核对原始名册，改正 from 或 to；本校内部调动的，不必登记。

    Look it up and correct `from` or `to`; moves inside one school need no entry.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.postings import postings
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQP001", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Postings from a party to that very party."""
    for posting in postings(district):
        if posting.is_counted and posting.origin == posting.target:
            yield Problem(
                posting.entry.route("to"),
                msg("{school} posts people to itself", school=posting.origin),
                msg("correct `to`, or `from`"),
                (Related(posting.entry.route("from"), msg("where they come from")),),
            )
