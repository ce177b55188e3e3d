"""Knows which thing of one state is which of the other: by `formerly`, else by how much they have in common."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xqctl.changes._forms import Tree, Value
from xqctl.compose.read import Data
from xqctl.schema import PARTY_KINDS

SURE = Decimal("0.8")
"""A match scored lower is none; one by name alone has to reach `SURE_BY_NAME`."""
SURE_BY_NAME = Decimal("0.9")
_MANY = 40_000
_NAMES = frozenset(("name", "formerly", "also_named", "note", "source", "since"))


@dataclass(frozen=True, slots=True)
class Match:
    """A thing of one kind that has another id now; `confidence` is 1 where the files say so, less where we infer it."""

    kind: str
    before: str
    after: str
    confidence: Decimal


def matches(old: Tree, new: Tree) -> tuple[Match, ...]:
    """What was renamed between two states, each thing once, the surest first in its kind; the same both ways round."""
    found: list[Match] = []
    whereabouts: tuple[Mapping[str, frozenset[object]], Mapping[str, frozenset[object]]] | None = None
    for kind in sorted({*old, *new} - {"district", "statistics"}):
        before, after = _collection(old, kind), _collection(new, kind)
        gone, come = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
        said = list(_said(kind, gone, come, before, after))
        taken = {match.before for match in said}, {match.after for match in said}
        gone, come = [id_ for id_ in gone if id_ not in taken[0]], [id_ for id_ in come if id_ not in taken[1]]
        found += said
        if gone and come and len(gone) * len(come) <= _MANY:
            whereabouts = whereabouts or (_whereabouts(old), _whereabouts(new))
            succeeded = {id_ for each in (*before.values(), *after.values()) for id_ in _texts(each, "succeeds")}
            scored = [
                Match(kind, one, other, score)
                for one in gone
                for other in come
                if one not in succeeded and other not in succeeded
                and (score := _score(kind, (one, other), (before[one], after[other]), whereabouts)) > 0
            ]  # fmt: skip
            found += _best(scored)
    return tuple(found)


def _said(
    kind: str, gone: list[str], come: list[str], before: Mapping[str, Data], after: Mapping[str, Data]
) -> Iterator[Match]:
    """What says itself what it was called, or, looked at backwards, will be called."""
    free = set(come)
    for one in gone:
        names = {one, *_texts(before[one], "name")}
        for other in sorted(free):
            forward = names & set(_texts(after[other], "formerly"))
            if forward or {other, *_texts(after[other], "name")} & set(_texts(before[one], "formerly")):
                free.remove(other)
                yield Match(kind, one, other, Decimal(1))
                break


def _best(scored: list[Match]) -> Iterator[Match]:
    """Each thing with its best match; where two are as good, neither is taken."""
    ones, others = Counter[tuple[str, Decimal]](), Counter[tuple[str, Decimal]]()
    for each in scored:
        ones[each.before, each.confidence] += 1
        others[each.after, each.confidence] += 1
    taken: set[str] = set()
    for each in sorted(scored, key=lambda match: (-match.confidence, match.before, match.after)):
        if each.before in taken or f"\0{each.after}" in taken:
            continue
        taken |= {each.before, f"\0{each.after}"}
        if ones[each.before, each.confidence] == 1 and others[each.after, each.confidence] == 1:
            yield each


def _score(
    kind: str,
    names: tuple[str, str],
    data: tuple[Data, Data],
    whereabouts: tuple[Mapping[str, frozenset[object]], Mapping[str, frozenset[object]]],
) -> Decimal:
    """How sure it is that two are one, from 0 to 1: by code, name, what is said of them, and where they are named."""
    one, other = data
    if not isinstance(one, dict) or not isinstance(other, dict):
        return Decimal(0)
    if one.get("code") is not None and one.get("code") == other.get("code"):
        return Decimal("0.95")
    if kind not in PARTY_KINDS:
        return Decimal("0.95") if one == other and len(one) > 1 else Decimal(0)
    alike = difflib.SequenceMatcher(None, min(names), max(names)).ratio()
    fields = _share(frozenset(_leaves(one, ())), frozenset(_leaves(other, ())))
    here, there = whereabouts[0].get(names[0], frozenset()), whereabouts[1].get(names[1], frozenset())
    if here or there:
        score, least = 0.3 * alike + 0.3 * fields + 0.4 * _share(here, there), SURE
    else:
        score, least = 0.6 * alike + 0.4 * fields, SURE_BY_NAME
    exact = Decimal(round(score * 100)) / 100
    return exact if exact >= least else Decimal(0)


def _share(one: frozenset[object], other: frozenset[object]) -> float:
    """What two sets have in common, of all they have; 1 where both are empty."""
    return len(one & other) / len(one | other) if one | other else 1.0


def _leaves(value: Data, keys: tuple[str, ...]) -> Iterator[object]:
    if isinstance(value, dict):
        for key, each in value.items():
            if keys or key not in _NAMES:
                yield from _leaves(each, (*keys, key))
    else:
        yield keys, repr(value)


def _whereabouts(tree: Tree) -> Mapping[str, frozenset[object]]:
    """Where every name is named outside its own entry: the keys on the way there, without the name itself."""
    found: dict[str, set[object]] = {}

    def walk(value: Value, keys: tuple[str, ...]) -> None:
        match value:
            case dict():
                for key, each in value.items():
                    if len(keys) > 1:
                        found.setdefault(key, set()).add((*keys, repr(each)))
                    walk(each, (*keys, key))
            case list():
                for each in value:
                    walk(each, keys)
            case str():
                found.setdefault(value, set()).add(keys)

    for kind, collection in tree.items():
        walk(collection, (kind,))
    return {name: frozenset(places) for name, places in found.items()}


def _collection(tree: Tree, kind: str) -> Mapping[str, Data]:
    found = tree.get(kind, {})
    return found if isinstance(found, dict) else {}


def _texts(value: Data, name: str) -> tuple[str, ...]:
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, str):
        return (found,)
    if isinstance(found, dict) and name == "formerly":  # each name with when it was borne
        return tuple(found)
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
