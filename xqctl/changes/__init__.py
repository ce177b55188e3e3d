"""Knows what differs between two states of a district, in the words of the domain: schools, units, promises, money.

Both are brought to one form, where only meaning is left; each single edit between them is then told of by exactly one
change. Looked at on two days, the district as it was on each is compared, and what was written otherwise besides.
"""

from collections.abc import Iterator, Set
from dataclasses import replace

from xqctl.changes._edits import Edit, applied, edits
from xqctl.changes._forms import MISSING, Form, Renames, Tree, Value
from xqctl.changes._lineage import lineage
from xqctl.changes._patches import json_patch, merge_patch
from xqctl.changes._plain import CLASS_OF, rest
from xqctl.changes._promises import promises
from xqctl.changes._schools import schools
from xqctl.changes._sides import Side, Untold
from xqctl.changes._units import units
from xqctl.changes.matching import Match, matches
from xqctl.changes.model import ACTIONS, CLASSES, Change, spelled
from xqctl.compose.read import Data
from xqctl.district import District
from xqctl.messages import msg
from xqctl.place import Keys

__all__ = [
    "ACTIONS",
    "CLASSES",
    "MISSING",
    "Change",
    "Edit",
    "Form",
    "Value",
    "applied",
    "between",
    "edits",
    "json_patch",
    "merge_patch",
    "spelled",
]


def between(old: District, new: District) -> tuple[Change, ...]:
    """What changed from one state to the other, by class, action weight and address.

    On one day, everything that is written is compared; on two days, first what was so on each, then what the files
    say otherwise that those changes do not tell.
    """
    if old.as_of == new.as_of:
        return tuple(sorted(_compared(old, new, (Form(), Form())), key=_order))
    seen = list(_compared(old, new, (Form(old.as_of), Form(new.as_of))))
    known = {each.keys for change in seen for each in change.edits}
    above = {keys[:length] for keys in known for length in range(2, len(keys))}
    written = [
        change
        for change in _compared(old, new, (Form(), Form()))
        if not any(_is_told(each.keys, known) or each.keys in above for each in change.edits)
    ]
    return tuple(sorted([*seen, *written], key=_order))


def _compared(old: District, new: District, forms: tuple[Form, Form]) -> Iterator[Change]:
    before, after = forms[0].tree(old), forms[1].tree(new)
    renames: Renames = {}
    renamed: list[tuple[Match, tuple[Edit, ...]]] = []
    for match in matches(before, after):
        followed: Renames = {**renames, (match.kind, match.before): match.after}
        tree, alone = Form(forms[0].day, followed).tree(old), _called(before, match)
        if len(list(edits(alone, after))) < len(list(edits(tree, after))):
            tree = alone  # those that name it did not follow
        else:
            renames = followed
        renamed.append((match, tuple(edits(before, tree))))
        before = tree
    here = Side(before, old, {match.after: match.before for match, _ in renamed})
    untold = Untold(here, Side(after, new), edits(before, after))
    for match, mine in renamed:
        yield _renamed(untold, match, mine)
    for reader in (lineage, units, schools, promises, rest):
        yield from reader(untold)


def _renamed(untold: Untold, match: Match, mine: tuple[Edit, ...]) -> Change:
    """A thing with another id, everywhere it is named."""
    one, other, sure = match.before, match.after, f"{int(match.confidence * 100)}%"
    if match.confidence == 1:
        said = msg("{one} is called {other} now", one=one, other=other)
    else:
        said = msg("{one} is probably called {other} now ({sure} sure)", one=one, other=other, sure=sure)
    keys = (match.kind, other)
    formerly = untold.at(*keys, "formerly")
    more = () if formerly is None else (formerly,)
    change = untold.tell(CLASS_OF.get(match.kind, "record"), "renamed", keys, said, more)
    return replace(change, before=one, after=other, edits=(*mine, *more))


def _called(tree: Tree, match: Match) -> dict[str, Data]:
    """A tree with one thing under another id, and nothing else touched."""
    collection = tree[match.kind]
    same = {match.before: match.after}
    held = collection if isinstance(collection, dict) else {}
    return {**tree, match.kind: {same.get(id_, id_): value for id_, value in held.items()}}


def _is_told(keys: Keys, known: Set[Keys]) -> bool:
    """Whether what stands at these keys, or something around it, is told of."""
    return any(keys[:length] in known for length in range(1, len(keys) + 1))


def _order(change: Change) -> tuple[object, ...]:
    return CLASSES.index(change.kind), change.address, ACTIONS.index(change.action), change.fingerprint
