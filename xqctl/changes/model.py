"""Knows what a change is: what happened to what, in the words of the domain, with both states of it and both places."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from xqctl.changes._edits import Edit
from xqctl.changes._forms import MISSING, Value
from xqctl.messages import Message
from xqctl.place import Keys, Route, dotted
from xqctl.quantities import plain

Class = Literal["structure", "people", "admissions", "money", "promise", "record"]
CLASSES: tuple[Class, ...] = get_args(Class)
"""What a change touches, the weightiest first; `record` is what is only told of a thing."""
Action = Literal[
    "added",
    "removed",
    "changed",
    "renamed",
    "merged",
    "split",
    "restored",
    "opened",
    "closed",
    "founded",
    "dissolved",
    "paired",
    "ended",
    "joined",
    "left",
    "moved",
    "tightened",
    "weakened",
]
ACTIONS: tuple[Action, ...] = get_args(Action)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: Terraform's address, action, before and after, and nothing of how it looks.

    `kind` is its class; `address` the way to the thing in the joined collections; `before` and `after` are in normal
    form, MISSING where there is nothing; `old` and `new` where each side says it; `edits` all it accounts for;
    `is_weaker` that less is promised, or that this cannot be told.
    """

    kind: Class
    action: Action
    address: Keys
    summary: Message
    before: Value
    after: Value
    old: Route | None
    new: Route | None
    edits: tuple[Edit, ...]
    is_weaker: bool = False

    @property
    def path(self) -> str:
        """The address as people write it."""
        return dotted(self.address)

    @property
    def fingerprint(self) -> str:
        """A name for this change that survives moved files, order and formatting: its address and normal values."""
        edited = [[*each.keys, spelled(each.before), spelled(each.after)] for each in self.edits]
        text = json.dumps([self.kind, self.action, self.address, edited], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def spelled(value: Value) -> object:
    """A value as machine output has it: a decimal as text, nothing as null."""
    match value:
        case Decimal():
            return plain(value)
        case dict():
            return {key: spelled(each) for key, each in value.items()}
        case list():
            return [spelled(each) for each in value]
        case _ if value is MISSING:
            return None
        case _:
            return value
