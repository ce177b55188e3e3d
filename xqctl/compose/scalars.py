"""Knows what a plain scalar means under YAML 1.2's core schema, and what other readers take for something else."""

import re
from dataclasses import dataclass
from decimal import Decimal

from xqctl.messages import Message, msg

Plain = str | int | Decimal | bool | None

ELSEWHERE_TRUTH = frozenset(
    ("yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "y", "Y", "n", "N")
)
"""What YAML 1.1 took for true or false, and 1.2 leaves alone."""

_WORDS: dict[str, Plain] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER_BEGINS = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]{1,40}|[0-9]{1,40}(?:\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,15}|0o[0-7]{1,20}")
_LARGEST = Decimal(10) ** 18
_ZERO_FIRST = re.compile(r"[-+]?0[0-9]+")
_ELSEWHERE_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9]*)?|[0-9]+_[0-9_]*|0b[01_]+)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is to be said of a scalar that is not what it looks like."""

    code: str
    message: Message
    help: Message


def meant(text: str) -> tuple[Plain, Doubt | None]:
    """The value of a plain scalar, and a doubt where there is one."""
    if text[:1] in _NUMBER_BEGINS:
        return _number(text)
    if text in _WORDS:
        return _WORDS[text], None
    return text, truth(text) if text in ELSEWHERE_TRUTH else None


def truth(word: str) -> Doubt:
    """What is to be said of a word that others take for true or false."""
    message = msg("`{word}` is text here; older YAML readers take it for yes or no", word=word)
    return Doubt("XQY015", message, msg("put it in quotes"))


def _number(text: str) -> tuple[Plain, Doubt | None]:
    if _ZERO_FIRST.fullmatch(text):
        message = msg(
            "`{value}` without quotes is the number {number}: its leading zero is lost",
            value=text,
            number=int(text[:18]),
        )
        return text, Doubt("XQY012", message, msg('write "{value}" in quotes', value=text))
    if _INTEGER.fullmatch(text):
        return int(text), None
    if _NUMBER.fullmatch(text):
        return _exact(Decimal(text)), None
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 0), None
    if _ELSEWHERE_NUMBER.fullmatch(text):
        message = msg("`{value}` is text here; older YAML readers take it for a number", value=text)
        return text, Doubt("XQY015", message, msg("put it in quotes"))
    return text, None


def _exact(number: Decimal) -> int | Decimal:
    """A whole number as such: JSON Schema takes 3.0 for an integer, and so does everything after it."""
    return int(number) if number == number.to_integral_value() and abs(number) < _LARGEST else number
