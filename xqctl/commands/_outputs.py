"""Knows `-o FILE`: a file to write, in the format that its ending names, or that the one `--format` beside it names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from xqctl.commands._verb import OUTPUTS, Option, Output, Verb, WrongCall
from xqctl.messages import msg
from xqctl.render import formats

_FILES = "xqctl.files"
_ENDINGS: Mapping[str, str] = {
    ".csv": "csv",
    ".dot": "dot",
    ".gv": "dot",
    ".htm": "html",
    ".html": "html",
    ".ics": "ics",
    ".json": "json",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mermaid": "mermaid",
    ".mmd": "mermaid",
    ".svg": "svg",
    ".txt": "text",
    ".xlsx": "xlsx",
}
"""The endings that name a format; a verb knows those of the formats it has."""


def ending_of(form: str) -> str:
    """The ending that files of a format have."""
    return next((ending for ending in (".html", ".md", *_ENDINGS) if _ENDINGS[ending] == form), f".{form}")


class FileVerb(Verb):
    """A verb that takes `-o FILE` (`output_option` among its parameters) beside `--format`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the words, then settles what is written where."""
        rest = super().parse_args(ctx, args)
        files: tuple[str, ...] = ctx.meta.get(_FILES, ())
        if files and not ctx.resilient_parsing:
            is_said = ctx.get_parameter_source("format") is not ParameterSource.DEFAULT
            said: tuple[Output, ...] = ctx.meta[OUTPUTS] if is_said else ()
            ctx.meta[OUTPUTS] = self.settled(files, said, formats(self.name or ""))
        return rest

    def settled(self, files: Sequence[str], said: Sequence[Output], known: Sequence[str]) -> tuple[Output, ...]:
        """What is written where: `files` are those of ``-o``, `said` what ``--format`` says, `known` the formats."""
        return _settled(files, said, known)


def output_option() -> click.Parameter:
    """``-o FILE``."""
    said = msg("the file to write, whole or not at all; its ending, or --format, says the format; several if wanted")
    return Option(
        ["-o", "--output"], said, type=str, multiple=True, metavar="FILE", expose_value=False, callback=_take_files
    )


def _take_files(ctx: click.Context, _param: click.Parameter, files: tuple[str, ...]) -> None:
    if "" in files:  # an unset variable of a shell is not the working directory
        raise WrongCall(msg("-o names no file; write where the result goes"))
    ctx.meta[_FILES] = files


def _settled(files: Sequence[str], said: Sequence[Output], known: Sequence[str]) -> tuple[Output, ...]:
    """What is written where: a bare ``--format`` is that of the one file, unless its ending says something else."""
    bare = next((output.format for output in said if output.path is None), None)
    if bare is not None and len(files) > 1:
        raise WrongCall(
            msg(
                "--format {format} beside {count} files can be meant for any of them; write {example}",
                format=bare,
                count=len(files),
                example=f"--format {bare}=FILE",
            )
        )
    found = [output for output in said if output.path is not None]
    found += [Output(_format_of(file, bare, known), Path(file)) for file in files]
    for path, count in Counter(output.path for output in found).items():
        if count > 1:
            raise WrongCall(
                msg("{path} would be written {count} times; give each format its own", path=path, count=count)
            )
    return tuple(found)


def _format_of(file: str, bare: str | None, known: Sequence[str]) -> str:
    ending = Path(file).suffix.lower()
    named = _ENDINGS.get(ending)
    named = named if named in known else None
    if bare is not None and named not in (None, bare):
        raise WrongCall(
            msg(
                "{file} ends like {named}, but --format says {format}; leave one out, or write {example}",
                file=file,
                named=named,
                format=bare,
                example=f"--format {bare}=FILE",
            )
        )
    found = bare or named
    if found is None:
        endings = [each for each, name in _ENDINGS.items() if name in known]
        raise WrongCall(
            msg("{file}: its ending names no format; it can be {endings}, or add --format", file=file, endings=endings)
        )
    return found
