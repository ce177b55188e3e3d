"""Knows what is missing for which verdicts: the same data for many schools is one piece of data."""

from collections.abc import Sequence
from dataclasses import dataclass

from xqctl.messages import Message, msg
from xqctl.targets import Verdict

_THINGS = ("schools", "school", "names", "name", "unit", "units", "party", "parts", "thing", "pair")
"""The values of a message that only say of whom something is missing."""

_NAMED = 6
_OPEN = ("unknown", "pending")


@dataclass(frozen=True, slots=True)
class Wanting:
    """A piece of data that is missing, and the verdicts it concerns; `alone` counts those that lack nothing else."""

    said: Message
    verdicts: tuple[Verdict, ...]
    alone: int


def wanting(verdicts: Sequence[Verdict]) -> tuple[Wanting, ...]:
    """What is missing for verdicts that cannot be told, what concerns most of them first."""
    found: dict[object, list[tuple[Message, Verdict]]] = {}
    for verdict in verdicts:
        for reason in verdict.missing if verdict.state in _OPEN else ():
            found.setdefault(_key(reason), []).append((reason, verdict))
    made = [_wanting(each) for each in found.values()]
    return tuple(sorted(made, key=lambda each: -len(each.verdicts)))


def _key(reason: Message) -> object:
    """What two reasons have in common that differ only in whom they name."""
    return reason.text, tuple(value for value in reason.values if value[0] not in _THINGS)


def _wanting(each: Sequence[tuple[Message, Verdict]]) -> Wanting:
    reasons = list(dict.fromkeys(reason for reason, _ in each))
    mine = {(verdict.target.id, verdict.thing.each, verdict.thing.id): verdict for _, verdict in each}
    alone = sum(len({_key(reason) for reason in verdict.missing}) == 1 for verdict in mine.values())
    return Wanting(reasons[0] if len(reasons) == 1 else _joined(reasons), tuple(mine.values()), alone)


def _joined(reasons: Sequence[Message]) -> Message:
    """Several reasons as one that names all of whom they speak."""
    names: dict[str, list[object]] = {}
    for reason in reasons:
        for name, value in reason.values:
            if name in _THINGS:
                names.setdefault(name, []).extend(value if isinstance(value, tuple) else (value,))
    merged = {name: _cut(list(dict.fromkeys(values))) for name, values in names.items()}
    return Message(reasons[0].text, tuple((name, merged.get(name, value)) for name, value in reasons[0].values))


def _cut(values: list[object]) -> tuple[object, ...]:
    if len(values) <= _NAMED + 1:
        return tuple(values)
    return (*values[:_NAMED], msg("{count} more", count=len(values) - _NAMED))
