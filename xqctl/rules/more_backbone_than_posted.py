"""骨干多于派出人数
More backbone teachers than people posted.

Why:
    `backbone` 是派出的人里的骨干教师，不会多于 `count`；不写 count 就是一人。骨干轮岗的比例靠这两个数。

    `backbone` counts the backbone teachers among those posted and cannot exceed `count`, which is one when left out.
    The backbone share of rotation rests on both.

Wrong:
    schools: {甲小学: {}, 乙小学: {}}
    postings:
      甲小学轮岗: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: rotation, count: 3, backbone: 5}

Right:
    schools: {甲小学: {}, 乙小学: {}}
    postings:
      甲小学轮岗: {year: 2019-2020, from: 甲小学, to: 乙小学, mode: rotation, count: 5, backbone: 3}

Mend:
    count 写全部人数，骨干只写在 backbone。

    Write all people as `count`, and of these the backbone teachers as `backbone`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.postings import postings
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQP003", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Postings with more backbone teachers than people."""
    for posting in postings(district):
        if not posting.is_counted or posting.backbone <= posting.count:
            continue
        ends = {"origin": posting.origin, "target": posting.target, "backbone": posting.backbone}
        if posting.entry["count"] is None:
            message = msg(
                "{origin} posts {backbone} backbone teachers to {target}; without `count` it is 1 person", **ends
            )
            related: tuple[Related, ...] = ()
        else:
            message = msg(
                "{origin} posts {count} people to {target}, {backbone} of them backbone teachers",
                **ends,
                count=posting.count,
            )
            related = (Related(posting.entry.route("count"), msg("everybody posted")),)
        help_ = msg("`count` is everybody posted, `backbone` those of them who are backbone teachers")
        yield Problem(posting.entry.route("backbone"), message, help_, related)
