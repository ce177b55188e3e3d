"""承接关系成环
A succession that runs in a circle.

Why:
    succeeds 写在较新的一方，说明它由谁合并、分立或改建而来。甲承接乙、乙又承接甲，就分不出谁先谁后，历史无从追溯。

    `succeeds` stands on the newer thing and says what it came from. Where one succeeds the other and the other the one,
    nobody knows which was first, and history cannot be followed.

Wrong:
    schools:
      裕安中学: {stages: junior, succeeds: 城桥中学}
      城桥中学: {stages: junior, succeeds: 裕安中学}

Right:
    schools:
      裕安中学: {stages: junior, until: 2018-09-01}
      城桥中学: {stages: junior, succeeds: 裕安中学}

Mend:
    只在较新的一方写 succeeds，删去另一处；改名的不写 succeeds，写 formerly。

    Write `succeeds` on the newer one alone and delete the other; a mere change of name is `formerly`.
"""

from collections.abc import Iterator, Mapping

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import Message, msg
from xqctl.place import Route
from xqctl.references import Reference, references
from xqctl.registry import Rule
from xqctl.schema import PARTY_KINDS

RULE = Rule("XQT004", Severity.ERROR)

_Node = tuple[str, str]
_Steps = Mapping[_Node, list[Reference]]


def check(district: District) -> Iterator[Problem]:
    """Yields each circle once, at the last of its `succeeds` in the order of the files."""
    steps: dict[_Node, list[Reference]] = {}
    order: dict[Route, int] = {}
    for each in references(district):
        if each.is_succession:
            order[each.route] = len(order)
            steps.setdefault((_space(each), each.bearer), []).append(each)
    for circle in _circles(steps):
        last = max(circle, key=lambda each: order[each.route])
        related = tuple(Related(each.route, _says(each)) for each in circle if each is not last)
        if related:
            message = msg("{heir} cannot succeed {name}, which succeeds it in turn", heir=last.bearer, name=last.text)
        else:
            message = msg("{heir} cannot succeed itself", heir=last.text)
        yield Problem(
            last.route, message, msg("write `succeeds` on the newer one alone, and delete the other"), related
        )


def _says(each: Reference) -> Message:
    return msg("{heir} succeeds {name} here", heir=each.bearer, name=each.text)


def _space(each: Reference) -> str:
    """Parties and units share their ids; every other kind has its own."""
    return "party" if each.entry.kind in PARTY_KINDS else each.entry.kind


def _circles(steps: _Steps) -> Iterator[tuple[Reference, ...]]:
    """Each way back to a node that is still being followed; every node is followed once."""
    done: set[_Node] = set()
    for start in steps:
        path: dict[_Node, Iterator[Reference]] = {} if start in done else {start: iter(steps[start])}
        taken: list[Reference] = []
        while path:
            here = next(reversed(path))
            step = next(path[here], None)
            if step is None:
                done.add(here)
                del path[here]
                del taken[-1:]
                continue
            there = (_space(step), step.text)
            if there in path:
                yield (*taken[list(path).index(there) :], step)
            elif there in steps and there not in done:
                taken.append(step)
                path[there] = iter(steps[there])
