"""让 git diff 用教育领域的话显示一个文件的改动
Have git diff show what changed in a file in the words of the domain.

About:
    由 git 调用，参数照 git 的约定：路径、旧文件、旧编号、旧模式、新文件、新编号、新模式。设置一次即可：
    在 .gitattributes 里写 *.yaml diff=xqctl，再用下面的 git config 指定命令。只看这一个文件，其余文件取自工作区；
    事物移到另一个文件时，一个文件里显示消失，另一个里显示新增，全貌见 xqctl diff。
    不属于任何区县、属于方案、读不完整或有错的文件，按普通的逐行差异显示。
    git log -p 和 git show 要加 --ext-diff；git diff --no-ext-diff 仍用 git 自己的显示。退出码总是 0。

    Called by git with what git gives an external diff: path, old file, its hex and mode, new file, its hex and mode. To
    set it up, write *.yaml diff=xqctl into .gitattributes and name the command with the git config below. It looks at
    this one file, beside the others as they are in the working tree; a thing moved to another file is gone in one and
    new in the other: xqctl diff sees the whole. A file of no district, of a plan, or with mistakes in it is shown line
    by line. For git log -p and git show add --ext-diff; git diff --no-ext-diff shows what git itself would. The exit
    code is always 0.

Examples:
    echo '*.yaml diff=xqctl' >> .gitattributes
    git config diff.xqctl.command 'xqctl git-driver'
    git diff
    git log -p --ext-diff
"""

import difflib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from xqctl import load
from xqctl import schema as schemas
from xqctl.answer import answer
from xqctl.changes import between
from xqctl.commands._changed import spelled_change, told
from xqctl.commands._operands import built, clock
from xqctl.commands._verb import Argument, Verb, WrongCall, options
from xqctl.compose.read import Data
from xqctl.district import District
from xqctl.folder import Document, Folder
from xqctl.messages import msg
from xqctl.page import Block, Code, Heading, Page
from xqctl.terminal import Fault, Terminal, reason

_UNMERGED, _WHOLE, _RENAMED = 1, 7, 9
_NONE, _LINK = "/dev/null", "120000"
_ENDINGS = (".yaml", ".yml")
_HARMLESS = frozenset(("XQY016",))
"""What may be said of a file's text without making it unreadable."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A file before or after: the path it has in the repository, and what is in it; None where it is not there."""

    path: str
    raw: bytes | None
    mode: str

    @property
    def lines(self) -> list[str]:
        """The text, line by line, as far as it is text."""
        return (self.raw or b"").decode("utf-8", "backslashreplace").splitlines()

    def called(self, side: str) -> str:
        """What a line-by-line comparison calls it, on its side."""
        return f"{side}/{self.path}" if self.raw is not None else _NONE


def _answer(terminal: Terminal, *, words: tuple[str, ...]) -> Page:
    if len(words) not in (_UNMERGED, _WHOLE, _RENAMED):
        raise WrongCall(msg("git calls this with a path, an old and a new file; see --help for how to set it up"))
    path = words[0]
    if len(words) == _UNMERGED:
        said = msg("{path} is in the middle of a merge; settle it first", path=path)
        return Page(
            path, (Heading(said),), answer("git-driver", terminal.lang, parts={"changes": []}, summary={"changes": 0})
        )
    new_path = words[7] if len(words) == _RENAMED else path
    old, new = (
        _Version(place, _bytes(file), mode)
        for place, file, mode in ((path, words[1], words[3]), (new_path, words[4], words[6]))
    )
    states = _states(old, new)
    blocks: tuple[Block, ...] = (Code("\n".join(_by_lines(old, new)), "diff"),)
    changes: list[dict[str, object]] = []
    if states is not None:
        found = between(*states)
        changes = [spelled_change(change, *states, terminal.lang) for change in found]
        blocks = (Heading(new_path), *told(found, "full", states[0].folder, states[1].folder))
    summary = {"changes": len(changes)}
    return Page(new_path, blocks, answer("git-driver", terminal.lang, parts={"changes": changes}, summary=summary))


def _bytes(file: str) -> bytes | None:
    if file == _NONE:
        return None
    try:
        return Path(file).read_bytes()
    except OSError as error:
        said = msg("{path} cannot be read: {reason}", path=file, reason=reason(error))
        raise Fault(said, 4) from error


def _states(old: _Version, new: _Version) -> tuple[District, District] | None:
    """The district with each version of the file in it; None where that cannot be trusted to show every change."""
    folders = [_folder(version) for version in (old, new)]
    if folders[0] is None or folders[1] is None:
        return None
    mine = _named(folders[0], old.path), _named(folders[1], new.path)
    if mine[0] is None or mine[1] is None:
        return None
    known = _entries(mine[0].data) | _entries(mine[1].data)
    files = {mine[0].file, mine[1].file}
    one, other = (
        built(_alone(folder, own, files, known), None, clock())
        for folder, own in zip((folders[0], folders[1]), (mine[0], mine[1]), strict=True)
    )
    return one, other


def _folder(version: _Version) -> Folder | None:
    """The district around a file with this version of it in place; None where there is none, or the text is faulty."""
    parts = version.path.split("/")
    if not version.path.endswith(_ENDINGS) or version.mode == _LINK or any(map(load.is_passed_over, parts)):
        return None
    try:
        folder = next(load.folders([], [], (version.path, version.raw or b"")), None)
    except (Fault, load.NothingToRead, load.Unreadable):
        return None
    document = _named(folder, version.path) if folder is not None else None
    if folder is None or document is None:
        return None
    faulty = not document.whole or any(problem.code not in _HARMLESS for problem in document.problems)
    empty = version.raw is None
    return None if not empty and (faulty or document.file in schemas.shape(folder).unsound) else folder


def _named(folder: Folder, path: str) -> Document | None:
    """The document of that path, which is none of a plan's."""
    name = posixpath.normpath(path)
    return next((document for document in folder.documents if document.file == name), None)


def _alone(folder: Folder, own: Document, files: set[str], known: set[tuple[str, str]]) -> Folder:
    """The folder, where nothing this file says in either version is said by another file too."""
    documents = tuple(
        document if document.file == own.file else replace(document, data=_without(document.data, known))
        for document in folder.documents
        if document.file == own.file or document.file not in files
    )
    return replace(folder, documents=documents, only=None)


def _entries(data: Data) -> set[tuple[str, str]]:
    if not isinstance(data, dict):
        return set()
    return {(kind, id_) for kind, held in data.items() if isinstance(held, dict) for id_ in held}


def _without(data: Data, known: set[tuple[str, str]]) -> Data:
    if not isinstance(data, dict):
        return data
    return {
        kind: {id_: value for id_, value in held.items() if (kind, id_) not in known}
        if isinstance(held, dict) and kind != "district"
        else held
        for kind, held in data.items()
    }


def _by_lines(old: _Version, new: _Version) -> Iterator[str]:
    """The two versions as a unified diff."""
    yield from difflib.unified_diff(old.lines, new.lines, old.called("a"), new.called("b"), lineterm="")


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["words"], msg("what git gives an external diff"), nargs=-1, metavar="PATH OLD HEX MODE NEW HEX MODE")
    ),
)
