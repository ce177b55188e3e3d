"""学区化、集团化办学改革的声明、校验与比较
Declare, check and compare school district reforms kept as YAML.

About:
    区县的学区、集团、联盟、结对和支教写成 YAML 文件，xqctl 检查它们写得对不对，指出错在哪里。

    A district's zones, groups, alliances, pairs and postings are written as YAML; xqctl checks them and shows what is
    wrong, and where.

Examples:
    xqctl validate examples/chongming
    xqctl explain XQZ001
    xqctl explain groups
"""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import click

from xqctl import terminal
from xqctl.commands._verb import Output, Reply, Told, WrongCall, unknown
from xqctl.commands._verbs import Verbs
from xqctl.edit import write_together, write_whole
from xqctl.messages import Message, msg
from xqctl.page import Book, Page
from xqctl.render import View, format_called
from xqctl.terminal import Fault, Terminal, abandon, language, reason, tell

_VERBS = "xqctl.commands"
_COMPLETING = "_XQCTL_COMPLETE"
_TRACKERS = frozenset({"issues", "issue tracker", "tracker", "bug tracker", "bugs"})
WRONG_CALL, NOTHING_TO_READ, UNREADABLE, OUR_BUG, INTERRUPTED = 2, 3, 4, 70, 130


def main() -> int:
    """Runs the words of this process's command line; every fault ends here, as one line on stderr and an exit code."""
    lang = language(sys.argv[1:], os.environ)
    try:
        return _run(Terminal(lang))
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_CALL
    except Exception as error:  # noqa: BLE001  the one boundary
        if _COMPLETING in os.environ:  # a shell asks while somebody types: nothing is offered then, and nothing said
            return 0
        message, code = _told(error)
        tell(message, lang)
        return code


def _run(reader: Terminal) -> int:
    try:
        reply: Reply = Verbs(_VERBS, __doc__, "xqctl").main(prog_name="xqctl", standalone_mode=False, obj=reader)
    except Told as told:
        text = told.text
        _send(terminal.stdout(keeps_encoding=True), lambda out: out.write(text))
        return 0
    for output in sorted(reply.outputs, key=lambda output: output.path is None):
        if isinstance(reply.page, Book):
            _bind(reply.page, output, reply.terminal)
        else:
            _write(reply.page, output, reply.terminal)
    return reply.page.exit_code


def _write(page: Page, output: Output, reader: Terminal) -> None:
    """One format of the page, into a file or to standard output."""
    form = format_called(output.format)
    if output.path is not None:
        path, content = output.path, _written(page, output, reader)
        _keep(path, lambda: write_whole(path, content))
    else:
        out = terminal.stdout(form.keeps_encoding)
        view = View(reader.lang, reader.shows_colour(out, os.environ), terminal.columns(out))
        _send(out, lambda out: form.write(page, out, view))


def _bind(book: Book, output: Output, reader: Terminal) -> None:
    """One format of several pages, each into a file of one folder; no more than one page is kept in memory."""
    folder = output.path or Path()
    files = ((name, _written(page, output, reader)) for name, page in book.pages)
    _keep(folder, lambda: write_together(folder, files))


def _written(page: Page, output: Output, reader: Terminal) -> bytes:
    """A page in one format, as the bytes of a file."""
    held = io.BytesIO()
    stream = io.TextIOWrapper(held, encoding="utf-8", errors="backslashreplace", newline="\n")
    format_called(output.format).write(page, stream, View(reader.lang))
    stream.flush()
    return held.getvalue()


def _send(out: TextIO, write: Callable[[TextIO], object]) -> None:
    """Writes to standard output; a reader that has gone is no fault, a full disk is."""
    try:
        write(out)
        out.flush()
    except BrokenPipeError:
        abandon(out)
    except OSError as error:
        abandon(out)
        raise Fault(msg("the result cannot be written: {reason}", reason=reason(error)), UNREADABLE) from error


def _keep(path: Path, write: Callable[[], None]) -> None:
    """Writes to files; what cannot be written is a fault of the call."""
    try:
        write()
    except OSError as error:
        raise Fault(msg("{path} cannot be written: {reason}", path=path, reason=reason(error)), UNREADABLE) from error


def _told(error: Exception) -> tuple[Message, int]:
    """The sentence and the exit code of a fault; what nobody expected is our own bug."""
    match error:
        case Fault():
            return error.message, error.exit_code
        case click.UsageError():
            return _misused(error), WRONG_CALL
    load = sys.modules.get("xqctl.load")  # what was never imported has raised nothing
    if load is not None and isinstance(error, load.NothingToRead):
        return error.message, NOTHING_TO_READ
    if load is not None and isinstance(error, load.Unreadable):
        return error.message, UNREADABLE
    return _our_bug(error), OUR_BUG


def _misused(error: click.UsageError) -> Message:
    """What is wrong with the call, in our words; click's own are English only."""
    match error:
        case WrongCall():
            return error.said
        case click.NoSuchOption(option_name=name):
            close = tuple(error.possibilities or ())
            if close:
                return unknown(msg("option"), name, close).said
            return msg("{what} {name} is unknown", what=msg("option"), name=name)
        case click.BadOptionUsage(option_name=name):
            return msg("{option} is used wrongly: either it lacks its value or it takes none", option=name)
        case click.MissingParameter(param=click.Parameter() as param):
            is_option = isinstance(param, click.Option)
            name = max(param.opts, key=len) if is_option else param.human_readable_name.upper()
            return msg("{name} is missing; see {command}", name=name, command=_help_call(error))
        case _:
            return msg("{reason}; see {command}", reason=error.format_message().rstrip("."), command=_help_call(error))


def _help_call(error: click.UsageError) -> str:
    return f"{error.ctx.command_path if error.ctx else 'xqctl'} --help"


def _our_bug(error: Exception) -> Message:
    """Says that the fault is ours; with ``-v`` also where, above that line."""
    if {"-v", "--verbose"} & set(sys.argv) and sys.stderr is not None:
        import traceback

        traceback.print_exception(error)
    return msg(
        "xqctl itself failed, not your files: {kind}: {text}; please report this line and your command {where}",
        kind=type(error).__name__,
        text=str(error),
        where=_tracker() or msg("to the people who gave you xqctl"),
    )


def _tracker() -> str | None:
    """The address of the issue tracker, where the package's metadata names one."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        urls = metadata("xqctl").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    named = (url.partition(",") for url in urls)
    return next((address.strip() for label, _, address in named if label.strip().lower() in _TRACKERS), None)
