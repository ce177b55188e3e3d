"""Knows what a call and a district's settings say together: which rules, which baseline, what fails; the call wins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from xqctl import load, rules
from xqctl.baselines import Baseline, baseline
from xqctl.commands._verb import Option, WrongCall, unknown
from xqctl.compose import Budgets
from xqctl.folder import Folder
from xqctl.messages import msg
from xqctl.settings import Settings, aside, baseline_of, settings


@dataclass(frozen=True, slots=True)
class Flags:
    """What a call says of how districts are looked at."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str | None = None
    isolated: bool = False

    @property
    def budgets(self) -> Budgets | None:
        """The usual limits where settings are not to be heard, else None: each district's own."""
        return Budgets() if self.isolated else None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A district, what its settings say, and how it is looked at."""

    folder: Folder
    said: Settings
    codes: frozenset[str]
    known: Baseline | None


def chosen(folders: Iterable[Folder], flags: Flags, *, with_baseline: bool = True) -> Iterator[Chosen]:
    """Districts one after the other, each with its settings, and its baseline unless that is not asked for.

    Raises `Fault` (exit code 2) where these are wrong.
    """
    codes_of(flags.select, flags.ignore)  # what the call names wrongly is told first
    for number, folder in enumerate(folders):
        if number and flags.baseline is not None:
            raise WrongCall(
                msg("--baseline is of one district; of several, let each have its own beside its district.yaml")
            )
        said = Settings() if flags.isolated else settings(folder)
        codes = codes_of(flags.select or said.select, flags.ignore or said.ignore)
        found = Chosen(folder, said, codes, None)
        yield _with_baseline(found, flags) if with_baseline else found


def codes_of(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes that names choose; names may be joined by commas."""
    taken, left = _names(select), _names(ignore)
    for name in (*taken, *left):
        if not rules.is_known(name):
            raise unknown(msg("rule"), name, rules.names())
    return rules.chosen(taken, left)


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for value in values for name in value.split(",") if name)


def _with_baseline(found: Chosen, flags: Flags) -> Chosen:
    folder = found.folder
    if flags.baseline is not None:
        file = load.shown(Path(flags.baseline))
        document = next((each for each in folder.aside if each.file == file), None) or load.one(Path(flags.baseline))
        return replace(found, folder=_beside(folder, document), known=baseline(document))
    name = None if flags.isolated else baseline_of(folder, found.said)
    if name is None:
        return found
    beside = aside(folder, name)
    if beside is None:
        raise found.said.refused("baseline", msg("there is no {path}", path=name), msg("xqctl baseline write makes it"))
    return replace(found, known=baseline(beside))


def _beside(folder: Folder, document: load.Document) -> Folder:
    """The folder with a file among those beside it, so that what is wrong there has its place."""
    return folder if document in folder.aside else replace(folder, aside=(*folder.aside, document))


def selecting_options() -> list[click.Parameter]:
    """``--select`` and ``--ignore``."""
    return [
        Option(
            ["--select"],
            msg("only these rules: codes, slugs or families (Z), joined by commas"),
            multiple=True,
            metavar="RULES",
        ),
        Option(["--ignore"], msg("all but these rules"), multiple=True, metavar="RULES"),
    ]


def baseline_option() -> click.Parameter:
    """``--baseline``."""
    about = msg("the findings known before; else .xqctl-baseline.yaml beside district.yaml, where there is one")
    return Option(["--baseline"], about, metavar="FILE")


def isolated_option() -> click.Parameter:
    """``--isolated``."""
    return Option(["--isolated"], msg("leave .xqctl.yaml and baselines unread"), is_flag=True)
