"""Knows what verbs are pointed at: operands, standard input, the day a district is looked at."""

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain

import click

from xqctl import district as districts
from xqctl import load, operands, rules, schema
from xqctl.commands._verb import Option, WrongCall
from xqctl.compose import Budgets
from xqctl.district import District
from xqctl.load import Folder
from xqctl.messages import Message, msg
from xqctl.quantities import last_day
from xqctl.terminal import Fault, Terminal

STDIN = "-"


def day(option: str) -> Callable[[str], date]:
    """The reader of an option that takes a day: `2019`, `2019-11` or `2019-11-02`; of a year or a month, its last."""

    def read(value: str) -> date:
        found = last_day(value)
        if found is None:
            raise WrongCall(msg("{option} is {value}; write a day like 2019-11-02", option=option, value=value))
        return found

    return read


def as_of_option() -> click.Parameter:
    """``--as-of``."""
    said = msg(
        "look at the district as it was that day (the last of a year or month); else as it says itself, else today"
    )
    return Option(["--as-of"], said, type=day("--as-of"), metavar="DATE")


def today_option() -> click.Parameter:
    """``--today``."""
    return Option(
        ["--today"], msg("the day to hold expiry against; else the clock's"), type=day("--today"), metavar="DATE"
    )


def clock() -> date:
    """What day it is where this machine stands; asked only when the call does not say."""
    return datetime.now().astimezone().date()


def folders(
    words: Sequence[str],
    stdin_filename: str | None,
    terminal: Terminal,
    as_of: date | None = None,
    today: date | None = None,
    budgets: Budgets | None = None,
) -> Iterator[Folder]:
    """The districts the operands name; what cannot be laid is a fault, unless somebody shows the findings himself.

    Notes on what was passed over go to stderr. Those of plain paths come first, each once, then the others.
    """
    for folder in states(words, stdin_filename, terminal, as_of, today, budgets):
        _refuse(folder, as_of, today or clock())
        yield folder


def states(
    words: Sequence[str],
    stdin_filename: str | None,
    terminal: Terminal,
    as_of: date | None = None,
    today: date | None = None,
    budgets: Budgets | None = None,
) -> Iterator[Folder]:
    """The same, with folders whose plans are refused among them; `budgets` None means those of their settings."""
    notes: list[Message] = []
    if (stdin_filename is not None) != (STDIN in words):
        raise WrongCall(msg("standard input is read as a file of a district: give both - and --stdin-filename FILE"))
    stdin = (stdin_filename, _stdin()) if stdin_filename is not None else None
    named = [operands.operand(word) for word in words if word != STDIN]
    for folder in chain(
        load.folders([each.path for each in named if each.is_plain], notes, stdin, budgets),
        *(operands.folders(each, as_of, today or clock(), notes, budgets) for each in named if not each.is_plain),
    ):
        terminal.note(notes)
        notes.clear()
        yield folder
    terminal.note(notes)


def _refuse(folder: Folder, as_of: date | None, today: date) -> None:
    """A plan that does not fit is refused whole: the first thing wrong with it is told, and where to see the rest."""
    if not folder.laid and not folder.is_refused:
        return
    found = rules.refusals(folder, as_of, today)
    if found:
        first = found[0]
        place = f"{first.place.file}:{first.place.line}"
        said = msg(
            "{operand}: the plan does not fit, errors {count}, first at {place}: {message}; see xqctl validate",
            operand=folder.operand or folder.root,
            count=len(found),
            place=place,
            message=first.message,
        )
        raise Fault(said, 1)


def _stdin() -> bytes:
    try:
        return sys.stdin.buffer.read(Budgets().size + 1)
    except (OSError, AttributeError) as error:  # closed, or no stdin at all
        raise Fault(msg("standard input cannot be read"), 4) from error


def built(folder: Folder, as_of: date | None, today: date) -> District:
    """The district of a folder on a day."""
    return districts.build(folder, schema.shape(folder), as_of, today)


def described(folder: Folder, paths: Sequence[str]) -> Mapping[str, object]:
    """One element of `inputs[]`: the path that led to the district, its folder, and a hash of what is in it."""
    tree = hashlib.sha256()
    for document in folder.documents:
        name = document.file.removeprefix(f"{folder.root}/")
        tree.update(b"%d %s\0%d\0" % (len(name), name.encode(errors="surrogateescape"), len(document.raw)))
        tree.update(document.raw)
    return {"operand": folder.operand or _operand(folder.root, paths), "root": folder.root, "tree": tree.hexdigest()}


def _operand(root: str, paths: Sequence[str]) -> str:
    """The first of the given paths that lies at, above or in the folder."""
    here = f"{root}/"
    for path in paths:
        written = path.replace("\\", "/").rstrip("/") + "/"
        if written in ("./", here) or here.startswith(written) or written.startswith(here):
            return path
    return paths[0] if paths else "."
