"""把台账或导出的表格写入 YAML，先看会改什么
Bring a ledger or exported tables into YAML, shown first.

About:
    两种来源：局里自己的台账（xlsx、xls），按对照表 mapping.yaml 读，对照表可用 --guess 由列标题拟出；以及 export
    导出的表格（xlsx、csv、parquet、sqlite、duckdb），不需要对照表。先像 diff 那样列出会改什么、有什么影响；加 --write
    才写（在终端上会问）。已有条目就地改，只动不同之处，注释和书写不变；新条目追加到同类所在的文件；空白单元格不删除内容。
    单元格有错、写后会产生新的错误，或有身份证号、手机号，就什么都不写，逐条列出工作表和单元格（学校台账!F17），
    退出码为 1。

    Two sources: a bureau's own ledger (xlsx, xls), read by a mapping file, which --guess proposes from the headings;
    and tables that export wrote, which need none. What would change is shown first, as diff does, with its effect;
    --write writes it (on a terminal it asks). Entries that are there are changed in place where they differ, comments
    and layout kept; new ones are added to the file of their kind; a blank cell removes nothing. Where a cell is wrong,
    the result would have new errors, or a person's number would get in, nothing is written: all of it is listed by
    sheet and cell (学校台账!F17), and the exit code is 1.

Examples:
    xqctl import xlsx 学校台账.xlsx --guess -o mappings/学校台账.yaml
    xqctl import xlsx 学校台账.xlsx --into examples/demo --mapping mappings/学校台账.yaml
    xqctl import xlsx demo.xlsx --into examples/demo --write
    xqctl import csv tables/ --into newdir --write
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from xqctl.answer import answer
from xqctl.causes import causes
from xqctl.changes import Change, between
from xqctl.commands import _arrivals
from xqctl.commands._arrivals import Import, Source
from xqctl.commands._changed import spelled_change, told
from xqctl.commands._moved import moved, spelled_effect
from xqctl.commands._operands import as_of_option, clock, described, today_option
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, one_of, options
from xqctl.effect import effect
from xqctl.folder import Folder
from xqctl.ledger import spelled_mapping
from xqctl.messages import msg, say
from xqctl.page import Block, Cell, Code, Column, Heading, Page, Paragraph, Run, Table, Tone, line
from xqctl.relations import Slip
from xqctl.screen import visible
from xqctl.tables import SORTS, keep, make_folder
from xqctl.terminal import Progress, Terminal

_DETAILS = ("summary", "changes", "full")
_SHOWN = 200
_COUNTS = ("rows", "added", "changed", "removed", "problems")
_NO_EFFECT: Mapping[str, list[object]] = {"metrics": [], "verdicts": [], "money": []}


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    sort: str,
    file: str,
    *,
    into: str | None,
    mapping: str | None,
    guess: bool,
    output: str | None,
    write: bool,
    remove_missing: bool,
    district: str | None,
    detail: str,
    as_of: date | None,
    today: date | None,
) -> Page:
    path = Path(file)
    came_from = _arrivals.source(sort, path)
    own = bool(came_from.tables)
    if guess and (own or sort != "xlsx"):
        raise WrongCall(msg("{file} is of our own shape; it needs no mapping", file=file))
    if own and mapping is not None:
        raise WrongCall(msg("{file} is of our own shape; it needs no mapping", file=file))
    if guess and mapping is not None:
        raise WrongCall(msg("give either --guess or --mapping"))
    if remove_missing and not own:
        raise WrongCall(msg("--remove-missing goes with tables that export wrote, which are whole"))
    if guess and into is None:
        return _guessed(terminal, came_from, path, output)
    if output is not None:
        raise WrongCall(msg("-o writes a guessed mapping: give --guess, without --into"))
    if into is None:
        raise WrongCall(msg("--into is missing: the folder of the district"))
    guessed_data = None
    if not own:
        guessed_data = None if mapping is not None else _arrivals.guess(came_from.grids, path)
        tables = (
            _arrivals.mapping_at(Path(mapping)) if mapping is not None
            else _arrivals.tables_of(guessed_data or {}, path)
        )  # fmt: skip
        came_from = Source(grids=came_from.grids, mapping=tables)
    day = today or clock()
    folder = _arrivals.target(into, terminal, as_of, day)
    with Progress(terminal, msg("rows read:")) as progress:
        done = _arrivals.imported(
            folder, came_from, as_of=as_of, today=day, removing=remove_missing, district=district, step=progress.step
        )
    terminal.note(done.notes)
    if guessed_data is not None:
        terminal.note([msg("the mapping is guessed from the headings; look at it: --guess, then give it as --mapping")])
    told_of = {"format": sort, "file": path.as_posix(), "mapping": mapping, "guessed": guessed_data}
    return _page(terminal, folder, done, told_of, detail, write=write)


def _guessed(terminal: Terminal, came_from: Source, path: Path, output: str | None) -> Page:
    """A proposed mapping, shown or written to a file."""
    found = _arrivals.guess(came_from.grids, path)
    head = [
        msg("proposed from the headings of {file}; look through it and change what is wrong", file=visible(path.name)),
        msg("fields: xqctl explain schools; words of a column: add them under `values`"),
    ]
    text = spelled_mapping(found, head, terminal.lang)
    about = {"format": "xlsx", "file": path.as_posix(), "mapping": None, "guessed": found}
    parts = {"import": {**about, "written": False, "files": []}, "problems": [], "changes": [], "effect": _NO_EFFECT}
    data = answer("import", terminal.lang, parts=parts, summary=dict.fromkeys(_COUNTS, 0))
    if output is None:
        return Page(msg("Mapping"), (Code(text, "yaml"),), data)
    make_folder(Path(output).absolute().parent)
    keep(Path(output), text.encode())
    return Page(msg("Mapping"), (Paragraph(line(msg("written: {files}", files=output))),), data)


def _page(
    terminal: Terminal, folder: Folder, done: Import, about: Mapping[str, object], detail: str, *, write: bool
) -> Page:
    found = between(done.old, done.new) if not done.slips else ()
    does = effect(done.old, done.new) if found else None
    why = causes(does, found, done.old, done.new) if does is not None else None
    name = visible(str(about["file"]).rpartition("/")[2])
    blocks: list[Block] = [Heading(msg("{file} into {root}", file=name, root=folder.root))]
    blocks += _slips(done.slips)
    if not done.slips:
        blocks += told(found, detail, folder, done.arrival.folder)
        if does is not None and why is not None:
            blocks += moved(does, why, detail)
    wants = bool(done.arrival.changes) and not done.slips
    written = wants and (write or _asked(terminal, done, found))
    if written:
        _arrivals.write(folder, done)
    blocks += _end(done, written=written)
    arrival = done.arrival
    spelled = {**about, "written": written, "files": sorted(arrival.changes)}
    parts: dict[str, object] = {
        "import": spelled,
        "problems": [_spelled_slip(slip, terminal) for slip in done.slips],
        "changes": [spelled_change(change, done.old, done.new, terminal.lang) for change in found],
        "effect": _NO_EFFECT
        if does is None or why is None
        else spelled_effect(does, why, done.old, done.new, terminal.lang),
    }
    counts = (done.rows, arrival.added, arrival.changed, arrival.removed, len(done.slips))
    summary = dict(zip(_COUNTS, counts, strict=True))
    exit_code = int(bool(done.slips))
    data = answer("import", terminal.lang, as_of=done.new.as_of, inputs=(described(folder, [folder.root]),),
                  parts=parts, summary=summary, exit_code=exit_code)  # fmt: skip
    return Page(msg("Import"), tuple(blocks), data, exit_code)


def _slips(slips: tuple[Slip, ...]) -> Iterator[Block]:
    """What is wrong, by sheet and cell."""
    if not slips:
        return
    rows: list[tuple[Cell, ...]] = [(Run(slip.cell, Tone.NAME), slip.message, slip.help) for slip in slips[:_SHOWN]]
    yield Table((Column(msg("cell"), "name"), Column(msg("what is wrong")), Column(msg("what to do"))), tuple(rows))
    if len(slips) > _SHOWN:
        yield Paragraph(line(msg("{count} more", count=len(slips) - _SHOWN)), Tone.MUTED)


def _end(done: Import, *, written: bool) -> Iterator[Block]:
    arrival = done.arrival
    counts = msg(
        "rows {rows}: new entries {added}, changed {changed}, removed {removed}",
        rows=done.rows, added=arrival.added, changed=arrival.changed, removed=arrival.removed,
    )  # fmt: skip
    yield Paragraph(line(counts))
    if done.slips:
        yield Paragraph(line(msg("wrong: {count}; nothing is written", count=len(done.slips))), Tone.BAD)
    elif not arrival.changes:
        yield Paragraph(line(msg("the files say all of it already; nothing to write")), Tone.GOOD)
    elif written:
        yield Paragraph(line(msg("written: {files}", files=sorted(arrival.changes))), Tone.GOOD)
    else:
        said = msg("nothing is written yet; --write writes {files}", files=sorted(arrival.changes))
        yield Paragraph(line(said), Tone.MUTED)


def _asked(terminal: Terminal, done: Import, found: tuple[Change, ...]) -> bool:
    """Whether somebody at the terminal wants it written; nobody there means no."""
    if sys.stdin is None or not sys.stdin.isatty() or sys.stderr is None or not sys.stderr.isatty():
        return False
    arrival = done.arrival
    said = msg("{changes} changes in {files}; write them? [y/N] ", changes=len(found), files=sorted(arrival.changes))
    sys.stderr.write(visible(say(said, terminal.lang)))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是", "好")


def _spelled_slip(slip: Slip, terminal: Terminal) -> dict[str, object]:
    return {
        "cell": slip.cell,
        "message": say(slip.message, terminal.lang),
        "help": say(slip.help, terminal.lang) if slip.help is not None else None,
    }


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(
            ["sort"], msg("what is read: {sorts}", sorts=SORTS), type=one_of("FORMAT", SORTS), metavar="|".join(SORTS)
        ),
        Argument(["file"], msg("the workbook, database or folder of tables"), metavar="FILE"),
        Option(["--into"], msg("the district's folder; a new or empty one too"), type=str, metavar="DIR"),
        Option(["--mapping"], msg("the mapping file of a ledger; else it is guessed"), type=str, metavar="FILE"),
        Option(["--guess"], msg("propose a mapping from the headings and print it"), is_flag=True),
        Option(["-o", "--output"], msg("write the guessed mapping to this file"), type=str, metavar="FILE"),
        Option(["--write"], msg("write, without being asked"), is_flag=True),
        Option(
            ["--remove-missing"],
            msg("remove what the tables no longer hold; only with tables that export wrote"),
            is_flag=True,
        ),
        Option(["--district"], msg("of tables with several districts, whose rows"), type=str, metavar="NAME"),
        Option(
            ["--detail"],
            msg("how much to show: counts, what matters, or every edit with its place; else changes"),
            type=one_of("--detail", _DETAILS),
            default="changes",
            metavar="|".join(_DETAILS),
        ),
        as_of_option(),
        today_option(),
        verb="import",
    ),
)
