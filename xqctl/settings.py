"""Knows a district's settings, `.xqctl.yaml` beside `district.yaml`: which rules count, what fails, what was known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xqctl import rules
from xqctl.asides import WRONG, misread, shaped
from xqctl.baselines import NAME
from xqctl.compose.read import Data
from xqctl.findings import Problem
from xqctl.folder import Document, Folder
from xqctl.likeness import Names
from xqctl.load import SETTINGS
from xqctl.messages import Message, msg
from xqctl.place import Route
from xqctl.terminal import Fault

_NAMED = ("select", "ignore")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a district says of how it is looked at; empty or None where it says nothing.

    `fail_on` is by verb, `document` the file they stand in. Its budgets are heard by `load`, before the first other
    file is read.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Mapping[str, str] | None = None
    baseline: str | None = None
    document: Document | None = None

    def refused(self, field: str, message: Message, help_: Message) -> Fault:
        """What is wrong with a field that only the rest of the district shows to be wrong."""
        if self.document is None:
            return Fault(message, WRONG)
        return misread(self.document, [Problem(Route(self.document.file, (field,)), message, help_)])

    def gate(self, verb: str, flag: str | None, otherwise: str) -> str:
        """What makes a verb's exit code 1: what the call says, else what stands here, else the usual."""
        return flag or (self.fail_on or {}).get(verb) or otherwise


def settings(folder: Folder) -> Settings:
    """What a folder's settings say. Raises `Fault` (exit code 2), at the place, where they cannot be meant."""
    document = next((each for each in folder.aside if _name(each) == SETTINGS), None)
    if document is None:
        return Settings()
    data = shaped(document, "settings").data
    said: Mapping[str, Data] = data if isinstance(data, dict) else {}
    unknown = [problem for name in _NAMED for problem in _unknown(document, name, said.get(name))]
    if unknown:
        raise misread(document, unknown)
    gates, baseline = said.get("fail_on"), said.get("baseline")
    return Settings(
        select=_texts(said.get("select")),
        ignore=_texts(said.get("ignore")),
        fail_on={verb: str(word) for verb, word in gates.items()} if isinstance(gates, dict) else None,
        baseline=baseline if isinstance(baseline, str) else None,
        document=document,
    )


def baseline_of(folder: Folder, said: Settings) -> str | None:
    """The baseline that counts for a folder, by its name there: that of its settings, else the usual one, if any."""
    there = {_name(each) for each in folder.aside}
    return said.baseline or (NAME if NAME in there else None)


def aside(folder: Folder, name: str) -> Document | None:
    """The file of that name beside a district's."""
    return next((each for each in folder.aside if _name(each) == name), None)


def _name(document: Document) -> str:
    return document.file.rsplit("/", 1)[-1]


def _texts(value: Data) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _unknown(document: Document, field: str, value: Data) -> Iterator[Problem]:
    """Names of rules that there are none of, at their places."""
    for index, name in enumerate(_texts(value)):
        if not rules.is_known(name):
            keys = (field, str(index)) if isinstance(value, list) else (field,)
            close = Names(rules.names()).closest(name)
            help_ = msg("did you mean {close}", close=close) if close else None
            yield Problem(Route(document.file, keys), msg("there is no rule {name}", name=name), help_)
