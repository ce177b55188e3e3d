"""Knows how alike names are: which of many somebody probably meant, and which differ by a slip of the pen alone."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from xqctl.hanzi import look_alike, looks, sound_alike, sounds

_MANY = 12
"""With so many names of one sound or look each is held against, no more: a list full of them stays quick."""
_ENOUGH = 200


class Names:
    """Names that may be meant, kept by their characters so that the closest are found without trying each."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(sorted(set(names)))
        self._holding: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for character in set(name):
                self._holding.setdefault(character, []).append(number)

    def closest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Up to `most` names like `text`, the likest first; empty where none is like it."""
        shared: Counter[int] = Counter()
        for holding in sorted((self._holding.get(character, []) for character in sorted(set(text))), key=len):
            if shared.total() > _ENOUGH:
                break  # 小 and 学 are in every name
            shared.update(holding)
        best = sorted(shared, key=lambda n: (abs(len(self._names[n]) - len(text)) - 2 * shared[n], n))
        near = {self._names[n]: _ratio(text, self._names[n]) for n in best[:_MANY]}
        good = sorted((name for name in near if near[name] >= 0.6), key=lambda name: (-near[name], name))
        return tuple(name for name in good if near[name] >= near[good[0]] - 0.15)[:most]


def slips(names: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Every two names of one length that differ in a single character, which sounds or looks like the other one.

    Gives the earlier name, the later one and the two characters; takes time by the number of names, not by its square.
    """
    seen: set[tuple[str, str]] = set()
    known = list(dict.fromkeys(names))
    for table in (sounds(), looks()):
        for alike in _by(known, table):
            for number, later in enumerate(alike):
                for earlier in islice(alike, max(0, number - _MANY), number):
                    pair = one_slip(earlier, later)
                    if pair is not None and (earlier, later) not in seen:
                        seen.add((earlier, later))
                        yield earlier, later, *pair


def one_slip(one: str, other: str) -> tuple[str, str] | None:
    """The two characters that differ, where they are one pair that sounds or looks alike."""
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(differing) != 1:
        return None
    return differing[0] if sound_alike(*differing[0]) or look_alike(*differing[0]) else None


def _by(names: Iterable[str], table: Mapping[int, str]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.translate(table), []).append(name)
    return [alike for alike in found.values() if len(alike) > 1]


def _ratio(one: str, other: str) -> float:
    return 1.0 if one_slip(one, other) else difflib.SequenceMatcher(None, one, other).ratio()
