"""Knows how verbs are found: a module of a folder is one, a folder in it has verbs of its own (`baseline write`)."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xqctl import registry
from xqctl.commands._verb import SETTINGS, global_options, help_of, unknown
from xqctl.messages import Lang, msg

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_DOCSTRING = re.compile(r'\A"""(.*?)"""', re.DOTALL)


class Verbs(click.Group):
    """A command of several verbs: the modules of its package, each imported when it is called.

    A package in the folder is such a command again: its docstring is its page, ``command = Verbs(__name__, __doc__)``
    stands in its ``__init__``, and its modules are its verbs. What verbs share stands in ``commands/_*.py``.
    """

    def __init__(self, package: str, doc: str | None, name: str | None = None) -> None:
        super().__init__(
            name or _said(package.rpartition(".")[2]),
            params=global_options(),
            context_settings=dict(SETTINGS),
            no_args_is_help=True,
            add_help_option=False,
        )
        self.package = package
        self.page = registry.page(doc or "")

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The verbs' names, sorted."""
        return [_said(name) for name in registry.leaves(self.package)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Imports a verb."""
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{self.package}.{_written(name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb the words call, or the closest ones to it."""
        if args[0] not in self.list_commands(ctx) and not ctx.resilient_parsing:  # nothing is wrong while one types
            raise unknown(msg("verb"), args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """The help in the reader's language, with one line a verb, read from its file without importing it."""
        lang: Lang = ctx.find_root().obj.lang
        return help_of(ctx, self.page, [msg("[OPTIONS]"), msg("VERB …")], list(self._summaries(lang)))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The verbs and options a shell offers; no verb is imported for that."""
        from xqctl.commands._completion import options, verbs

        lang: Lang = ctx.find_root().obj.lang
        own = options(self, click.Command.shell_complete(self, ctx, incomplete), lang)
        return [*verbs(self._summaries(lang), incomplete), *own]

    def _summaries(self, lang: Lang) -> Iterator[tuple[str, str]]:
        """Each verb and what it does: what imports nothing costs nothing."""
        folder = Path(importlib.import_module(self.package).__path__[0])
        for name in registry.leaves(self.package):
            module = folder / f"{name}.py"
            source = module if module.is_file() else folder / name / "__init__.py"
            found = _DOCSTRING.match(source.read_text(encoding="utf-8"))
            yield _said(name), registry.page(found[1] if found else "").summary(lang)


def _said(module: str) -> str:
    """A module's name as people call the verb."""
    return module.replace("_", "-")


def _written(verb: str) -> str:
    return verb.replace("-", "_")
