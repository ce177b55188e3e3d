"""给一样东西改名，所有引用一起改，旧名记入 formerly
Rename a thing and everything that names it; the old name goes into formerly.

About:
    学校、校区、机构、区县、学区、集团、联盟、依据、经费、目标等凡有编号的都能改。键、各处引用（包括“依据#位置”“学校/校区”）、
    方案和它的 expects、豁免和问题清单里的路径、导入对照表里的取值、表达式中整段等于旧名的文字一起改；备注、原文和注释
    不改，列出来由人处理。给出 --on 时 formerly 写明用到哪天为止。改前改后各查一遍，会出新错误就不写，除非加 --force；
    所有文件要么全改，要么都不动。--diff 只显示，不写。

    Whatever has an id: schools, campuses, organisations, districts, zones, groups, alliances, sources, funds, targets …
    Its key, everything that names it (SOURCE#PLACE and school/campus too), plans and what they expect, the paths of
    waivers and baselines, values of import mappings, and texts in expressions that are exactly the old name change
    together; notes, quotations and comments do not and are listed for you. With --on, formerly says until when the old
    name was borne. The rules are asked before and after: where there would be new errors nothing is written, unless
    --force is given. All files change or none. --diff shows it and writes nothing.

Examples:
    xqctl rename 听雨小学 听雨实验小学 --on 2025-09-01
    xqctl rename 听雨小学/竹里校区 竹里分校 examples/demo --diff
    xqctl rename 云溪方案2023 云溪实施方案2023 --kind sources
"""

from dataclasses import replace
from pathlib import Path

from xqctl import load
from xqctl.commands._refactoring import day_option, refactor, refactoring_options
from xqctl.commands._verb import Argument, Verb, options
from xqctl.district import District
from xqctl.messages import msg
from xqctl.page import Page
from xqctl.refactoring import Refactoring
from xqctl.refactoring.naming import in_mappings, renamed
from xqctl.terminal import Terminal


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal, *, old: str, new: str, path: str, on: str | None, kind: str | None, diff: bool, force: bool
) -> Page:
    def ask(district: District) -> Refactoring:
        found = renamed(district, old, new, on, kind)
        folder = Path(district.root) / "mappings"
        mappings = [load.one(each) for each in sorted(folder.glob("*.yaml"))]
        return replace(found, edits={**found.edits, **in_mappings(mappings, old, new)})

    return refactor(terminal, "rename", path, ask, diff=diff, force=force)


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["old"], msg("its name now; a campus as school/campus"), metavar="OLD"),
        Argument(["new"], msg("its name from now on"), metavar="NEW"),
        Argument(["path"], msg("the district; else the working directory"), default=".", metavar="[PATH]"),
        day_option(msg("the first day of the new name"), required=False),
        *refactoring_options(),
    ),
)
