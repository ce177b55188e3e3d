"""Knows how a thing is renamed, closed or merged everywhere at once: edits of files, and what they leave."""

from dataclasses import dataclass

from xqctl.edit.patches import Edit
from xqctl.messages import Message
from xqctl.place import Route, Span

__all__ = ["Left", "Refactoring", "Refused"]


@dataclass(frozen=True, slots=True)
class Left:
    """Something a refactoring does not touch and somebody should look at."""

    where: Route | Span
    message: Message


@dataclass(frozen=True, slots=True)
class Refactoring:
    """The edits of each file, by its name, in the order they are to be done; and what is left to look at."""

    edits: dict[str, list[Edit]]
    left: tuple[Left, ...] = ()


class Refused(Exception):
    """What is asked for cannot be meant."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message
