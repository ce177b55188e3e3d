"""Knows what every verb has: a page of help in two languages, the global options, formats, an answer to be written."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from xqctl import __version__, registry, terminal
from xqctl.commands._help import Rows, help_text
from xqctl.messages import LANGS, Lang, Message, msg, say
from xqctl.page import Book, Page
from xqctl.render import formats
from xqctl.terminal import WHENS, Terminal

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

OUTPUTS = "xqctl.outputs"
"""Where a call keeps what is to be written: a tuple of `Output`."""
SETTINGS: Mapping[str, Any] = {"allow_extra_args": True}


@dataclass(frozen=True, slots=True)
class Output:
    """A format, and the file it goes to, or the folder of several; None is standard output."""

    format: str
    path: Path | None = None
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a verb has answered: the page (or several, for a folder), where it is to be written, and for whom."""

    page: Page | Book
    outputs: tuple[Output, ...]
    terminal: Terminal


class Told(Exception):
    """A short answer to an option that asks instead of the verb: ``--help``, ``--version``."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class WrongCall(click.UsageError):
    """A call that cannot be meant: told in one line, exit code 2."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.text)
        self.said = said


def unknown(what: Message, name: str, known: Iterable[str], or_else: Message | None = None) -> WrongCall:
    """`name` is none of the `known` ones: the closest are offered, or all when they are few, or some other advice."""
    from xqctl.likeness import Names

    choices = sorted(known)
    close = Names(choices).closest(name) or [choice for choice in choices if choice.startswith(name)][:3]
    if close:
        return WrongCall(msg("{what} {name} is unknown; did you mean {close}", what=what, name=name, close=close))
    if len(choices) <= 12:
        return WrongCall(msg("{what} {name} is unknown; there is {choices}", what=what, name=name, choices=choices))
    if or_else is not None:
        return WrongCall(msg("{what} {name} is unknown; {advice}", what=what, name=name, advice=or_else))
    return WrongCall(msg("{what} {name} is unknown", what=what, name=name))


class Option(click.Option):
    """An option whose help is a message; a global one can stand before the verb as well."""

    def __init__(self, names: Sequence[str], said: Message, *, is_global: bool = False, **attrs: Any) -> None:
        super().__init__(names, **attrs)
        self.said = said
        self.is_global = is_global

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """What a shell offers for its value."""
        from xqctl.commands._completion import offered

        return offered(self, ctx, incomplete)


class Argument(click.Argument):
    """An argument whose help is a message."""

    def __init__(self, names: Sequence[str], said: Message, **attrs: Any) -> None:
        super().__init__(names, **attrs)
        self.said = said

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """What a shell offers for it."""
        from xqctl.commands._completion import offered

        return offered(self, ctx, incomplete)


def one_of(option: str, words: Sequence[str]) -> Callable[[str], str]:
    """The reader of an option that takes one of a few words."""

    def word(value: str) -> str:
        if value in words:
            return value
        raise WrongCall(msg("{option} is {value}; it can be {choices}", option=option, value=value, choices=words))

    return word


def _output(known: Sequence[str]) -> Callable[[str | Output], Output]:
    """The reader of ``--format``, which takes one of the known ones."""

    def read(value: str | Output) -> Output:
        if isinstance(value, Output):  # the default
            return value
        name, given, path = value.partition("=")
        if name not in known:
            raise unknown(msg("format"), name, known)
        if given and not path:
            raise WrongCall(msg("{value} names no file after =; write {example}", value=value, example=f"{name}=FILE"))
        return Output(name, Path(path) if given else None)

    return read


def options(*more: click.Parameter, verb: str = "") -> list[click.Parameter]:
    """A verb's own parameters, its formats (with those only `verb` has), and the global options."""
    return [*more, _format(formats(verb)), *global_options()]


def _format(known: Sequence[str]) -> click.Parameter:
    return Option(
        ["--format"],
        msg("how to show the result, several times if wanted: {formats}; NAME=FILE writes to a file", formats=known),
        type=_output(known),
        multiple=True,
        default=(Output("text"),),
        metavar="NAME[=FILE]",
        expose_value=False,
        callback=_take_outputs,
    )


def _take_outputs(ctx: click.Context, _param: click.Parameter, outputs: tuple[Output, ...]) -> None:
    if sum(output.path is None for output in outputs) > 1:
        raise WrongCall(
            msg("two formats for standard output; give all but one a file: {example}", example="--format json=FILE")
        )
    files = [output.path.resolve() for output in outputs if output.path is not None]
    twice = next((path for path in files if files.count(path) > 1), None)
    if twice is not None:
        raise WrongCall(
            msg(
                "{path} would be written {count} times; give each format its own",
                path=twice.name,
                count=files.count(twice),
            )
        )
    ctx.meta[OUTPUTS] = outputs


def global_options() -> list[click.Parameter]:
    """The options that work before and after every verb."""

    def option(names: Sequence[str], said: Message, **attrs: Any) -> Option:
        return Option(names, said, is_global=True, expose_value=False, callback=_remember, **attrs)

    languages, whens = "|".join(LANGS), "|".join(WHENS)
    return [
        option(
            ["--lang"],
            msg("language (also XQCTL_LANG)"),
            type=one_of("--lang", LANGS),
            metavar=languages,
            envvar="XQCTL_LANG",
        ),
        option(
            ["--color"],
            msg("colour (also NO_COLOR, FORCE_COLOR)"),
            type=one_of("--color", WHENS),
            metavar=whens,
        ),
        option(["-q", "--quiet"], msg("results only: no notes, no summary"), is_flag=True),
        option(["-v", "--verbose"], msg("say more; show where xqctl itself fails"), is_flag=True),
        _asking(["--version"], msg("the version"), lambda _: f"xqctl {__version__}\n"),
        _asking(["-h", "--help"], msg("this help"), lambda ctx: f"{ctx.get_help()}\n"),
    ]


def _asking(names: Sequence[str], said: Message, answer: Callable[[click.Context], str]) -> Option:
    """An option that is answered at once, whatever else the call says."""

    def tell(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
        if asked:
            raise Told(answer(ctx))

    return Option(names, said, is_global=True, is_flag=True, is_eager=True, expose_value=False, callback=tell)


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Keeps a global option for whoever answers; what stands on the command line wins over the environment."""
    if param.name and ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE:
        root = ctx.find_root()
        root.obj = replace(root.obj, **{param.name: value})


class Verb(click.Command):
    """A command made of its module's docstring and one function from a terminal and parameters to a page."""

    def __init__(
        self, module: str, doc: str | None, answer: Callable[..., Page | Book], params: list[click.Parameter]
    ) -> None:
        name = module.rpartition(".")[2].replace("_", "-")
        super().__init__(name, params=params, context_settings=dict(SETTINGS), add_help_option=False)
        self.page = registry.page(doc or "")
        self.answer = answer

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the words; words left over are a wrong call."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:  # nothing is wrong while one types
            raise WrongCall(msg("{words} is more than {verb} takes", words=rest, verb=self.name))
        return rest

    def invoke(self, ctx: click.Context) -> Reply:
        """Runs the verb."""
        reader: Terminal = ctx.find_root().obj
        page: Page | Book = ctx.invoke(self.answer, reader, **ctx.params)
        return Reply(page, ctx.meta[OUTPUTS], reader)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The options a shell offers."""
        from xqctl.commands._completion import options as offered

        return offered(self, super().shell_complete(ctx, incomplete), ctx.find_root().obj.lang)

    def get_help(self, ctx: click.Context) -> str:
        """The help in the reader's language."""
        arguments = [param.make_metavar(ctx) for param in self.params if isinstance(param, Argument)]
        return help_of(ctx, self.page, [msg("[OPTIONS]"), *arguments], [])


def help_of(ctx: click.Context, page: registry.Page, usage: Sequence[Message | str], verbs: Rows) -> str:
    """The help of a command: its page, its parameters, and the `verbs` it has."""
    lang: Lang = ctx.find_root().obj.lang
    arguments = [param for param in ctx.command.params if isinstance(param, Argument)]
    named = [param for param in ctx.command.params if isinstance(param, Option)]
    tables = (
        (msg("Verbs"), verbs),
        (msg("Arguments"), [(param.make_metavar(ctx), say(param.said, lang)) for param in arguments]),
        (msg("Options"), [_row(param, ctx, lang) for param in named if not param.is_global]),
        (msg("Before or after every verb"), [_row(param, ctx, lang) for param in named if param.is_global]),
    )
    usage_line = " ".join((ctx.command_path, *(say(word, lang) for word in usage)))
    return help_text(usage_line, page, tables, lang, min(100, terminal.columns(sys.stdout)))


def _row(option: Option, ctx: click.Context, lang: Lang) -> tuple[str, str]:
    """An option's names with what it takes, and what it is for."""
    takes = "" if option.is_flag else f" {option.make_metavar(ctx)}"
    return ", ".join(option.opts) + takes, say(option.said, lang)
