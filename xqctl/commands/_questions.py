"""Knows how `init` learns what a district is to be: from the call, by asking, or by taking what is usual."""

import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from xqctl.commands._scaffold import LEVELS, NO_PIPELINE, PIPELINES, Wanted
from xqctl.commands._verb import WrongCall, unknown
from xqctl.long_numbers import is_province
from xqctl.messages import Message, msg, say
from xqctl.standards import standards
from xqctl.terminal import Terminal, tell

T = TypeVar("T")
_NONE = ("", "-", "无", NO_PIPELINE)
_HAN = re.compile("[\u4e00-\u9fff]")
_LEVEL_WORDS = {"区": LEVELS[0], "县": LEVELS[0], "区县": LEVELS[0], "市": LEVELS[1], "省": LEVELS[2]}


@dataclass(frozen=True, slots=True)
class Said:
    """What the call says of each question; None: nothing."""

    name: str | None
    code: str | None
    level: str | None
    standards: tuple[str, ...] | None
    pipeline: str | None


def name_of(text: str) -> str:
    """A district's name: one line of text."""
    found = unicodedata.normalize("NFC", text).strip()
    if not found or not found.isprintable():
        raise WrongCall(msg("--name is empty or holds control characters; write what people call the district"))
    return found


def code_of(text: str) -> str | None:
    """Six digits of GB/T 2260, or nothing."""
    if text.strip().lower() in _NONE:
        return None
    if not re.fullmatch("[1-9][0-9]{5}", text.strip()):
        raise WrongCall(msg("--code is {code}; write the six digits of GB/T 2260, like 110101", code=text))
    if not is_province(text.strip()[:2]):
        raise WrongCall(
            msg("--code is {code}, and no province has {digits}; look it up in GB/T 2260", code=text, digits=text[:2])
        )
    return text.strip()


def level_of(text: str) -> str:
    """District, city or province."""
    found = _LEVEL_WORDS.get(text.strip(), text.strip())
    if found not in LEVELS:
        raise WrongCall(msg("--level is {level}; it can be {choices}", level=text, choices=LEVELS))
    return found


def standards_of(text: str) -> tuple[str, ...]:
    """Standards by their names or by their numbers in the list, apart by commas or blanks."""
    if text.strip().lower() in _NONE:
        return ()
    known = tuple(standards())
    found = [
        known[int(word) - 1] if re.fullmatch("[0-9]{1,3}", word) and 0 < int(word) <= len(known) else word
        for word in re.split(r"[\s,，、]+", text.strip())
    ]
    for each in found:
        if each not in known:
            raise unknown(msg("standard"), each, known)
    return tuple(dict.fromkeys(found))


def pipeline_of(text: str) -> str:
    """Whose pipeline."""
    found = text.strip().lower()
    if found not in PIPELINES:
        raise WrongCall(msg("--ci is {ci}; it can be {choices}", ci=text, choices=PIPELINES))
    return found


def settled(reader: Terminal, folder: Path, said: Said, takes_usual: bool) -> Wanted:
    """What is wanted: what the call says, and for the rest answers, or what is usual.

    Where nobody can be asked and the call does not say enough, it is a wrong call.
    """
    name = said.name or _name_of_folder(folder)
    asks = not takes_usual and sys.stdin is not None and sys.stdin.isatty()
    if asks:
        return _asked(reader, name, said)
    if not takes_usual and (said.name is None or said.code is None):
        lacking = [flag for flag, value in (("--name", said.name), ("--code", said.code)) if value is None]
        raise WrongCall(msg("nobody can be asked here; give {flags}, or --yes to take what is usual", flags=lacking))
    if name is None:
        raise WrongCall(msg("--name is missing: what people call the district"))
    code = code_of(said.code or "")
    level = said.level or _usual_level(code)
    return _agreeing(Wanted(name, code, level, said.standards or (), said.pipeline or PIPELINES[0]))


def _asked(reader: Terminal, name: str | None, said: Said) -> Wanted:
    """Asks what the call does not say, on stderr: the result alone goes to stdout."""

    def ask(question: Message, usual: str | None, read: Callable[[str], T]) -> T:
        while True:
            answer = click.prompt(say(question, reader.lang), default=usual, err=True)
            try:
                return read(answer)
            except WrongCall as wrong:
                tell(wrong.said, reader.lang)

    name = said.name or ask(msg("Name of the district"), name, name_of)
    code = code_of(said.code) if said.code else ask(msg("Its code in GB/T 2260, six digits; - for none"), "-", code_of)
    level = said.level or ask(msg("District, city or province"), _usual_level(code), level_of)
    chosen = said.standards
    if chosen is None:
        _list(reader, [f"{each.id} {each.document.text('title')}" for each in standards().values()])
        chosen = ask(msg("Standards to adopt, by number or name; - for none"), "-", standards_of)
    pipeline = said.pipeline or ask(msg("Pipeline for {choices}", choices=PIPELINES), PIPELINES[0], pipeline_of)
    return _agreeing(Wanted(name, code, level, chosen, pipeline))


def _list(reader: Terminal, items: Sequence[str]) -> None:
    if not reader.quiet:
        for number, item in enumerate(items, 1):
            click.echo(f"  {number}  {item}", err=True)


def _name_of_folder(folder: Path) -> str | None:
    """A folder that is called 城桥区 will be about 城桥区."""
    name = folder.resolve().name
    return name if _HAN.search(name) and name.isprintable() else None


def _usual_level(code: str | None) -> str:
    if code is None or not code.endswith("00"):
        return LEVELS[0]
    return LEVELS[2] if code.endswith("0000") else LEVELS[1]


def _agreeing(wanted: Wanted) -> Wanted:
    """Refuses a code of another level; the four cities under the state have codes of provinces."""
    code = wanted.code
    if code is not None and {
        "district": code.endswith("00"),
        "city": not code.endswith("00"),
        "province": not code.endswith("0000"),
    }.get(wanted.level):
        raise WrongCall(
            msg(
                "--code {code} is no code of a {level}; a district's ends with its own two digits, a city's with 00, "
                "a province's with 0000",
                code=code,
                level=wanted.level,
            )
        )
    return wanted
