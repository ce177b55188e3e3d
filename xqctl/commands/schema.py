"""写出 JSON Schema，供编辑器和别的工具使用
Print the JSON Schema, for editors and other tools.

About:
    写出的模式自成一体，不引用别的文件。给出类别（如 groups）时只写这一类，不给时写整个区县文件的；plan 是方案中
    plan.yaml 的，patch 是方案其余文件的：什么都不必写，可写 null；mapping 是导入对照表的，settings 是 .xqctl.yaml 的，
    baseline 是已知问题清单的。--all 把这几份写进一个文件夹供编辑器使用，已有的换成新的：xqctl 升级以后再运行一次。

    The schema stands alone and refers to no other file. With a kind, such as groups, it is that kind's; without one, it
    is that of a whole district file; plan is that of a plan's plan.yaml, patch that of its other files: nothing is
    required there, and null is taken; mapping is that of mapping files, settings of .xqctl.yaml, baseline of baselines.
    --all writes all of these into a folder for an editor, over what is there: run it again when xqctl is newer.

Examples:
    xqctl schema groups
    xqctl schema > xqctl.schema.json
    xqctl schema plan --format json
    xqctl schema --all .xqctl
"""

from pathlib import Path

from xqctl.answer import answer
from xqctl.commands._bundles import ALONE, WHOLE, alone, beside, spelled
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, options, unknown
from xqctl.edit.several import write_all
from xqctl.messages import msg
from xqctl.page import Code, Listing, Page, line
from xqctl.schema import KINDS
from xqctl.terminal import Fault, Terminal


def _answer(terminal: Terminal, kind: str | None, all_: str | None) -> Page:
    if kind is not None and all_ is not None:
        raise WrongCall(msg("--all writes every schema an editor needs; leave out {kind}", kind=kind))
    if all_ is not None:
        return _written(terminal, Path(all_))
    known = (*KINDS, *ALONE[1:])
    if kind is not None and kind not in known:
        raise unknown(msg("kind"), kind, known)
    whole = alone(kind or WHOLE)
    parts = {"kind": kind, "schema": whole}
    data = answer("schema", terminal.lang, parts=parts, summary={"definitions": len(whole.get("$defs", ()))})
    return Page(kind or WHOLE, (Code(spelled(whole), "json"),), data)


def _written(terminal: Terminal, folder: Path) -> Page:
    """The files an editor is pointed at, written."""
    files = {folder / name: content for name, content in beside().items()}
    try:
        write_all(files)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Fault(msg("{path} cannot be written: {reason}", path=folder, reason=reason), 4) from error
    names = [path.as_posix() for path in files]
    data = answer("schema", terminal.lang, parts={"kind": None, "files": names}, summary={"files": len(names)})
    return Page(folder.as_posix(), (Listing(tuple(line(name) for name in names)),), data)


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["kind"], msg("one kind only: groups, schools, plan …"), required=False, metavar="[KIND]"),
        Option(["--all", "all_"], msg("write the schemas an editor needs into this folder"), metavar="DIR"),
    ),
)
