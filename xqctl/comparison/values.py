"""Knows what a comparison is made of: rows of values, one for each district, every number with what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from xqctl.measuring import Basis, Number
from xqctl.messages import Message, Word

Said = str | Message | Word
"""A name or quotation, a sentence, or a label in both languages."""


@dataclass(frozen=True, slots=True)
class Value:
    """What one district says in a row: words, or a number (up to `high`, where its things differ).

    `basis` is None where no number is asked for, ``none`` where one is and is not known; `day` is when a stated number
    was true, `sources` where it stands (as the district writes them), `missing` what would settle an unknown one.
    """

    words: tuple[Said, ...] = ()
    number: Number | None = None
    high: Number | None = None
    measured_in: str = ""
    basis: Basis | None = None
    day: str | None = None
    sources: tuple[str, ...] = ()
    missing: tuple[Message, ...] = ()

    @property
    def is_said(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.words) or self.number is not None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that districts are compared by; `values` stand as the districts do.

    `is_kept` says that it stands in its section's table whatever is known; any other does where at least two districts
    have something to say. `measured_in` is the unit of its numbers, None for words; `group` is what rows belong to that
    follow each other under one heading.
    """

    section: str
    id: str
    title: Said
    values: tuple[Value, ...]
    measured_in: str | None = None
    note: tuple[Message, ...] = ()
    is_kept: bool = False
    group: str = ""

    @property
    def only(self) -> int | None:
        """The position of the one district that has something to say; None where none or several have."""
        said = [position for position, value in enumerate(self.values) if value.is_said]
        return said[0] if len(said) == 1 else None

    @property
    def is_shared(self) -> bool:
        """Whether at least two have something to say."""
        return sum(value.is_said for value in self.values) > 1

    @property
    def is_said(self) -> bool:
        """Whether anyone has something to say."""
        return any(value.is_said for value in self.values)


NOTHING = Value()
UNKNOWN = Value(basis="none")


def words(said: Iterable[Said], sources: Iterable[str] = ()) -> Value:
    """A value that is words; each is said once."""
    return Value(tuple(dict.fromkeys(said)), sources=tuple(dict.fromkeys(sources)))


def number(amount: Number) -> Value:
    """So many things as the district declares them."""
    return Value(number=amount, measured_in="count", basis="counted")
