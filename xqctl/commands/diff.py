"""用教育领域的话说明两个状态之间改了什么、有什么影响
Say what changed between two states in the words of the domain, and what it does.

About:
    比较两个状态：学校新设、撤并、更名，单位成立、撤销，成员加入、退出、调整，结对，人员，招生，资金增减，目标收紧或放宽；
    再列出影响：哪些结论、指标、资金随之变动。书写顺序和格式不算改动。不写操作数时，比较 HEAD 与工作区。
    同一文件夹可以按两个日期比较：PATH@2017-12-31 PATH@2019-11-02。
    --fail-on 写动作、类别或结论（如 weakened,missed），出现时退出码为 1；说不清是否放宽的目标改动也算 weakened。

    Compares two states: schools opened, closed, merged, renamed; units founded and dissolved; who joined, left or
    moved; pairs, people, admissions, money by how much, targets tightened or weakened. Then the effect: verdicts,
    metrics and money that moved. Order and formatting never show. Without operands HEAD is held against the working
    tree. One folder can be looked at on two days: PATH@2017-12-31 PATH@2019-11-02. With --fail-on actions, classes or
    verdicts make the exit code 1; a change of a target that may ask less counts as weakened.

Examples:
    xqctl diff
    xqctl diff main:examples/demo examples/demo --fail-on weakened,missed
    xqctl diff examples/chongming@2017-12-31 examples/chongming@2019-11-02
    xqctl diff HEAD:. . --format markdown=changes.md --format mergepatch
"""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import get_args

from xqctl.answer import answer
from xqctl.causes import Causes, causes
from xqctl.changes import ACTIONS, CLASSES, Change, Form, between, json_patch, merge_patch
from xqctl.commands._changed import spelled_change, told
from xqctl.commands._moved import moved, spelled_effect
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, one_of, options, unknown
from xqctl.district import District
from xqctl.effect import NOTHING, Effect, effect
from xqctl.folder import Folder
from xqctl.messages import msg
from xqctl.page import Block, Heading, Page, Paragraph, Tone, line
from xqctl.targets import State
from xqctl.terminal import Terminal

NEVER = "never"
_STATES: tuple[str, ...] = get_args(State)
_GATES = (*CLASSES, *ACTIONS, *_STATES, NEVER)
_DETAILS = ("summary", "changes", "full")
_COMMENT = 60_000
"""A little less than what GitHub takes in one comment (65,536 characters); GitLab takes more."""


def _answer(
    terminal: Terminal,
    *,
    operands: tuple[str, ...],
    as_of: date | None,
    today: date | None,
    detail: str,
    classes: tuple[str, ...],
    fail_on: tuple[str, ...],
) -> Page:
    if len(operands) not in (0, 2):
        raise WrongCall(msg("give two states, OLD and NEW, or none: then HEAD is held against the working tree"))
    words = operands or ("HEAD:.", ".")
    day = today or clock()
    sides = [list(folders([word], None, terminal, as_of, today)) for word in words]
    inputs = [described(folder, [word]) for word, side in zip(words, sides, strict=True) for folder in side]
    blocks: list[Block] = []
    changes: list[dict[str, object]] = []
    effects: dict[str, list[object]] = {"metrics": [], "verdicts": [], "money": []}
    counts, gates = Counter[str](), set[str]()
    patches: list[tuple[District, District]] = []
    days: set[date] = set()
    for one, other in _paired(*sides):
        old, new = built(one, as_of, day), built(other, as_of, day)
        patches.append((old, new))
        days.add(new.as_of)
        found, does = between(old, new), effect(old, new)
        why = causes(does, found, old, new)
        gates |= _reached(found, does)
        shown = tuple(change for change in found if not classes or change.kind in classes)
        counts.update(change.kind for change in shown)
        if found or does != NOTHING or len(inputs) <= 2:
            blocks += _blocks(old, new, shown, does, why, detail)
        changes += [spelled_change(change, old, new, terminal.lang) for change in shown]
        for part, rows in spelled_effect(does, why, old, new, terminal.lang).items():
            effects[part] += rows
    if not blocks:
        blocks.append(Paragraph(line(msg("nothing changed")), Tone.MUTED))
    exit_code = int(bool(gates & set(fail_on)))
    tally: dict[str, int] = {name: counts[name] for name in CLASSES}
    summary: dict[str, int] = {"districts": len(patches), "changes": len(changes), **tally}
    data = answer(
        "diff",
        terminal.lang,
        as_of=days.pop() if len(days) == 1 else None,
        inputs=tuple(inputs),
        parts={"changes": changes, "effect": effects},
        summary=summary,
        exit_code=exit_code,
    )
    return Page(msg("Changes"), tuple(blocks), data, exit_code, _documents(patches), _COMMENT)


def _paired(old: Sequence[Folder], new: Sequence[Folder]) -> Iterator[tuple[Folder, Folder]]:
    """The two states of each district; one that is on one side alone is held against an empty one."""
    if len(old) == 1 and len(new) == 1:
        yield old[0], new[0]
        return
    before, after = ({_where(folder): folder for folder in side} for side in (old, new))
    if before.keys().isdisjoint(after):  # two places that hold folders of the same names
        before, after = ({posixpath.basename(root): each for root, each in side.items()} for side in (before, after))
    for root in sorted({*before, *after}):
        one, other = before.get(root), after.get(root)
        known = one or other
        if known is not None:
            nothing = replace(known, documents=(), laid={}, removed=frozenset(), drafts=())
            yield one or nothing, other or nothing


def _where(folder: Folder) -> str:
    """A district's folder without the revision it was read from."""
    return posixpath.normpath(folder.root.rpartition(":")[2])


def _reached(found: Sequence[Change], does: Effect) -> set[str]:
    """Everything that could be gated on: classes, actions, and verdicts that were another before."""
    reached: set[str] = {name for change in found for name in (change.kind, change.action)}
    reached |= {"weakened" for change in found if change.is_weaker}
    return reached | {each.after.state for each in does.verdicts if each.after is not None}


def _blocks(
    old: District, new: District, found: Sequence[Change], does: Effect, why: Causes, detail: str
) -> Iterator[Block]:
    if old.as_of == new.as_of:
        yield Heading(msg("{district} on {day}", district=new.name, day=new.as_of))
    else:
        yield Heading(msg("{district}: {before} → {after}", district=new.name, before=old.as_of, after=new.as_of))
    yield from _doubts(old, new)
    yield from told(found, detail, old.folder, new.folder)
    yield from moved(does, why, detail)


def _doubts(old: District, new: District) -> Iterator[Block]:
    """Files that could not be read to their end: what is in them may only seem to have gone or come."""
    for district in (old, new):
        wrong = [document.file for document in district.folder.documents if not document.whole]
        if wrong:
            said = msg("{files} cannot be read to the end, so changes may be wrong: xqctl validate", files=wrong)
            yield Paragraph(line(said), Tone.BAD)


def _documents(patches: Sequence[tuple[District, District]]) -> dict[str, object]:
    """The patches between the joined collections; of several districts, by their folders."""
    trees = {_where(new.folder): (Form().tree(old), Form().tree(new)) for old, new in patches}
    if len(trees) == 1:
        one = next(iter(trees.values()))
        return {"jsonpatch": json_patch(*one), "mergepatch": merge_patch(*one)}
    return {
        "jsonpatch": {root: json_patch(*pair) for root, pair in trees.items()},
        "mergepatch": {root: merge_patch(*pair) for root, pair in trees.items()},
    }


def _words(option: str, known: Sequence[str]) -> Callable[[str | tuple[str, ...]], tuple[str, ...]]:
    """The reader of an option that takes several words, with commas between them."""

    def read(value: str | tuple[str, ...]) -> tuple[str, ...]:
        if isinstance(value, tuple):  # the default
            return value
        names = tuple(name.strip() for name in value.split(",") if name.strip())
        for name in names:
            if name not in known:
                raise unknown(msg("{option}:", option=option), name, known)
        return names

    return read


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["operands"], msg("two states, [REV:]PATH[+PLAN][@DATE]"), nargs=-1, metavar="[OLD NEW]"),
        as_of_option(),
        today_option(),
        Option(
            ["--detail"],
            msg("how much to show: counts, what matters, or every edit with its place; else changes"),
            type=one_of("--detail", _DETAILS),
            default="changes",
            metavar="|".join(_DETAILS),
        ),
        Option(
            ["--class", "classes"],
            msg("only changes of these classes: {classes}", classes=CLASSES),
            type=_words("--class", CLASSES),
            default=(),
            metavar="CLASS[,CLASS]",
        ),
        Option(
            ["--fail-on"],
            msg("what makes the exit code 1, whatever is shown: actions, classes, verdicts; else never"),
            type=_words("--fail-on", _GATES),
            default=(),
            metavar="WHAT[,WHAT]",
        ),
        verb="diff",
    ),
)
