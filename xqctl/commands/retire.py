"""从某天起撤销一样东西，成员关系、结对和派出一并截止
Close a thing on a day; its memberships, pairs and postings end with it.

About:
    条目不删，写上 until；学校或机构还在的成员关系、结对（整对）和跨过那天的支教等一并写上 until，那天以前的情况和
    数字不变。其余仍然提到它的地方（对口直升、招生范围、资源、目标等）不动，列出来由人处理。--reason 记入备注。改前改后
    各查一遍，会出新错误就不写，除非加 --force。--diff 只显示，不写。

    The entry stays and gets an until; so do the memberships of a school or organisation that run on, its pairs as a
    whole, and postings that would go beyond that day. What held before that day stays as it was, numbers and all. Other
    places that still name it (feeders, catchments, resources, targets …) stay and are listed for you. --reason goes
    into the note. The rules are asked before and after: where there would be new errors nothing is written, unless
    --force is given. --diff shows it and writes nothing.

Examples:
    xqctl retire 麦浪小学 --on 2025-09-01 --reason 生源不足，并入拾穗镇中心小学
    xqctl retire 望星优质教育资源带 --on 2025-09 examples/demo --diff
"""

from xqctl.commands._refactoring import day_option, refactor, refactoring_options
from xqctl.commands._verb import Argument, Option, Verb, options
from xqctl.messages import msg
from xqctl.page import Page
from xqctl.refactoring.ending import ended
from xqctl.terminal import Terminal


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    name: str,
    path: str,
    on: str,
    reason: str | None,
    kind: str | None,
    diff: bool,
    force: bool,
) -> Page:
    return refactor(terminal, "retire", path, lambda d: ended(d, name, on, kind, reason), diff=diff, force=force)


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["name"], msg("what is closed; a campus as school/campus"), metavar="ID"),
        Argument(["path"], msg("the district; else the working directory"), default=".", metavar="[PATH]"),
        day_option(msg("the first day it is no more"), required=True),
        Option(["--reason"], msg("why, for its note"), metavar="TEXT"),
        *refactoring_options(),
    ),
)
