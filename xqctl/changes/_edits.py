"""Knows the single edits between two trees: what stands at which keys before and after, each the smallest it can be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from xqctl.changes._forms import MISSING, Tree, Value
from xqctl.compose.read import Data
from xqctl.place import Keys


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at `keys` before and after; MISSING is nothing."""

    keys: Keys
    before: Value
    after: Value

    @property
    def is_whole(self) -> bool:
        """Whether something comes or goes, rather than being written otherwise."""
        return self.before is MISSING or self.after is MISSING


def edits(old: Tree, new: Tree) -> Iterator[Edit]:
    """The edits that lead from one tree to the other: a whole thing that comes or goes is one, else field by field."""
    for kind in sorted({*old, *new}):
        yield from _between((kind,), old.get(kind, {}), new.get(kind, {}))


def applied(tree: Tree, steps: Iterable[Edit]) -> dict[str, Data]:
    """A tree with edits done to it, one after the other; collections left empty are dropped."""
    result = {kind: _copy(collection) for kind, collection in tree.items()}
    for step in steps:
        here = above(result, step.keys)
        if step.after is MISSING:
            del here[step.keys[-1]]
        else:
            here[step.keys[-1]] = _copy(step.after)
    return {kind: collection for kind, collection in result.items() if collection}


def above(tree: dict[str, Data], keys: Keys) -> dict[str, Data]:
    """The mapping that what stands at these keys is in, made on the way there."""
    here = tree
    for key in keys[:-1]:
        here = cast("dict[str, Data]", here.setdefault(key, {}))
    return here


def _between(keys: Keys, old: Value, new: Value) -> Iterator[Edit]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _between((*keys, key), old.get(key, MISSING), new.get(key, MISSING))
    elif not _is_same(old, new):
        yield Edit(keys, old, new)


def _is_same(old: Value, new: Value) -> bool:
    return type(old) is type(new) and old == new if isinstance(old, bool) or isinstance(new, bool) else old == new


def _copy(value: Data) -> Data:
    match value:
        case dict():
            return {key: _copy(each) for key, each in value.items()}
        case list():
            return [_copy(each) for each in value]
        case _:
            return value
