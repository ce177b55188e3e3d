"""Knows data that is spelled out only when some program asks for it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property


class Later(Mapping[str, object]):
    """A page's data, made the first time somebody looks into it."""

    def __init__(self, make: Callable[[], Mapping[str, object]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, object]:
        return self._make()

    def __getitem__(self, name: str) -> object:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
