"""新建一个区县的文件夹，一分钟就能校验
Start a district's folder that can be checked at once.

About:
    写出一个很小的区县（示例学校、学区、集团、结对、目标，带说明，换成真实的即可）、流水线、提交前检查、编辑器设置和
    离线可用的 JSON Schema。在终端上逐项询问，没有终端时用选项说明；已有的文件不会被覆盖，除非加 --force；要么全部写成，
    要么一个也不写。

    Writes a small district (example schools, a zone, a group, a pair, a target, with comments that explain; to be
    replaced), a pipeline, checks before commits, editor settings, and the JSON Schemas beside them, for use offline. At
    a terminal it asks, elsewhere options say; a file that is there is never written over without --force; everything is
    written, or nothing.

Examples:
    xqctl init 城桥区
    xqctl init 城桥区 --code 310151 --standard 优质均衡2017 --ci gitlab --yes
    xqctl init . --name 城桥区 --code 310151 --ci none
"""

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

from xqctl.answer import answer
from xqctl.commands._questions import Said, code_of, level_of, name_of, pipeline_of, settled, standards_of
from xqctl.commands._scaffold import LEVELS, PIPELINES, Wanted, certain, files, purpose
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, options
from xqctl.edit.several import write_all
from xqctl.messages import Message, msg
from xqctl.page import Block, Code, Column, Heading, Page, Paragraph, Run, Table, Tone, line
from xqctl.standards import standards
from xqctl.terminal import Fault, Terminal

_ONCE = ("git init", "git config diff.xqctl.command 'xqctl git-driver'", "pre-commit install")


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    folder: str,
    name: str | None,
    code: str | None,
    level: str | None,
    standard: tuple[str, ...],
    ci: str | None,
    yes: bool,
    force: bool,
) -> Page:
    if not folder:  # an unset variable of a shell is not the working directory
        raise Fault(msg("an empty path names nothing"), 3)
    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise WrongCall(msg("{path} is a file; name a folder", path=folder))
    chosen = standards_of(",".join(standard)) if standard else None
    if not force:
        _refuse(root, _there(root, certain()))  # before anything is asked
    wanted = settled(terminal, root, Said(name, code, level, chosen, ci), yes)
    made = files(wanted)
    there = _there(root, made)
    if not force:
        _refuse(root, there)
    _write(root, made)
    terminal.note(_beside_the_point(root, wanted))
    return _page(terminal, root, wanted, made, there)


def _there(root: Path, names: Iterable[str]) -> list[str]:
    return [name for name in names if (root / name).exists() or (root / name).is_symlink()]


def _refuse(root: Path, there: list[str]) -> None:
    """No file is written over unasked."""
    if there:
        shown = (*there[:5], "…") if len(there) > 5 else tuple(there)
        path = root.as_posix()
        raise WrongCall(msg("{files} are there already in {path}; --force replaces them", files=shown, path=path))


def _write(root: Path, made: dict[str, bytes]) -> None:
    try:
        write_all({root / file: content for file, content in made.items()})
    except OSError as error:
        path, reason = error.filename or root, error.strerror or str(error)
        raise Fault(msg("{path} cannot be written: {reason}", path=path, reason=reason), 4) from error


def _beside_the_point(root: Path, wanted: Wanted) -> list[Message]:
    """What will not be found where it is: services and hooks look at the root of a repository."""
    above = next((each for each in root.resolve().parents if (each / ".git").exists()), None)
    if above is None or (root / ".git").exists():
        return []
    moved = [each for each in (wanted.pipeline_file, ".pre-commit-config.yaml") if each]
    return [msg("{path} is the repository; what is read only there: {files}", path=above.as_posix(), files=moved)]


def _page(terminal: Terminal, root: Path, wanted: Wanted, made: dict[str, bytes], replaced: list[str]) -> Page:
    place = root.as_posix()
    then = _next(place)
    rows = tuple((file, purpose(file)) for file in made)
    blocks: list[Block] = [
        Heading(msg("{name}: {count} files in {path}", name=wanted.name, count=len(made), path=place)),
        Table((Column(msg("file"), "name"), Column(msg("what it is for"))), rows),
    ]
    if replaced:
        blocks.append(Paragraph((Run(msg("replaced: {files}", files=replaced), Tone.WARN),)))
    blocks += [
        Paragraph(line(msg("Next"))),
        Code("\n".join(then), "console"),
        Paragraph(line(msg("Once in each clone, in its folder"))),
        Code("\n".join(_ONCE), "console"),
    ]
    parts = {
        "folder": place,
        "district": {"name": wanted.name, "code": wanted.code, "level": wanted.level},
        "files": list(made),
        "replaced": replaced,
        "next": list(then),
        "once": list(_ONCE),
    }
    summary = {"files": len(made), "replaced": len(replaced)}
    return Page(msg("A new district"), tuple(blocks), answer("init", terminal.lang, parts=parts, summary=summary))


def _next(place: str) -> tuple[str, ...]:
    """The three commands to go on with."""
    plain = re.fullmatch(r"[\w@%+=:,./-]+", place) is not None  # shlex would quote Chinese, which no shell needs
    word = "" if place == "." else f" {place if plain else shlex.quote(place)}"
    return (f"xqctl validate{word}", f"xqctl check{word}", f"xqctl report{word} -o report.html")


def _code(text: str) -> str:
    code_of(text)
    return text


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["folder"], msg("the folder to write into; it may be there"), metavar="DIR"),
        Option(
            ["--name"],
            msg("what people call the district; else the folder's name, where it is Chinese"),
            type=name_of,
            metavar="NAME",
        ),
        Option(["--code"], msg("its six digits in GB/T 2260"), type=_code, metavar="CODE"),
        Option(["--level"], msg("what it is; else what its code says"), type=level_of, metavar="|".join(LEVELS)),
        Option(
            ["--standard"],
            msg("a standard to adopt, several times if wanted: {standards}", standards=tuple(standards())),
            multiple=True,
            metavar="STANDARD",
        ),
        Option(["--ci"], msg("whose pipeline to write; else github"), type=pipeline_of, metavar="|".join(PIPELINES)),
        Option(["--yes"], msg("ask nothing; take what is usual for all that is not said"), is_flag=True),
        Option(["--force"], msg("replace files that are there"), is_flag=True),
    ),
)
