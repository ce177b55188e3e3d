"""从某天起把几样东西合并成一个，新的写明承接自谁
Make one thing of several on a day; the new one says whom it succeeds.

About:
    旧的写上 until，成员关系、结对和派出一并截止（见 retire）；新的写上 succeeds。新的可以是其中一个、另一个已有的，
    也可以还没有：没有就新建，学段取各校之和，其余各校写得一样的字段照抄。--join 让新的从那天起加入哪些单位。那天以前的
    情况和数字不变。改前改后各查一遍，会出新错误就不写，除非加 --force。--diff 只显示，不写。

    The old ones get an until, their memberships, pairs and postings end (see retire), and the new one says succeeds. It
    may be one of them, another that is there, or new: then it is made, with all their stages and whatever else they
    agree in. --join names units it is a member of from that day on. What held before that day stays as it was, numbers
    and all. The rules are asked before and after: where there would be new errors nothing is written, unless --force is
    given. --diff shows it and writes nothing.

Examples:
    xqctl merge 柳浪小学 青篱小学 --into 柳青小学 --on 2025-09-01 --join 晴川学区
    xqctl merge 麦浪小学 --into 拾穗镇中心小学 --on 2025-09 --path examples/demo --diff
"""

from xqctl.commands._refactoring import day_option, joined, refactor, refactoring_options
from xqctl.commands._verb import Argument, Option, Verb, options
from xqctl.messages import msg
from xqctl.page import Page
from xqctl.refactoring.joining import merged
from xqctl.terminal import Terminal


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    olds: tuple[str, ...],
    into: str,
    on: str,
    join: tuple[str, ...],
    path: str,
    kind: str | None,
    diff: bool,
    force: bool,
) -> Page:
    joins = joined(join)
    return refactor(terminal, "merge", path, lambda d: merged(d, olds, into, on, joins, kind), diff=diff, force=force)


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["olds"], msg("what is merged"), nargs=-1, required=True, metavar="OLD..."),
        Option(["--into"], msg("what it becomes: one of them, another, or a new name"), required=True, metavar="NEW"),
        day_option(msg("the first day of the merger"), required=True),
        Option(
            ["--join"],
            msg("a unit the new one is a member of from that day on, with its role if it is another"),
            multiple=True,
            metavar="UNIT[=ROLE]",
        ),
        Option(["--path"], msg("the district; else the working directory"), default=".", metavar="PATH"),
        *refactoring_options(),
    ),
)
