"""Knows how much one file may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budgets:
    """Limits of a file: bytes, levels of nesting, and nodes once every alias is written out."""

    size: int = 16 * 1024 * 1024
    depth: int = 32
    nodes: int = 1_000_000

    @classmethod
    def said(cls, data: object) -> "Budgets":
        """The limits a mapping names, the usual ones for all else; what is none, or beyond what may be, is not heard.

        Whoever reads the mapping for its own sake tells what is wrong with it.
        """
        named = data if isinstance(data, dict) else {}
        return cls(**{name: named[name] for name, most in MOST.items() if _is_within(named.get(name), most)})


MOST: Mapping[str, int] = {"size": 64 * 1024 * 1024, "depth": Budgets().depth, "nodes": 10_000_000}
"""How far a district may set its own limits."""


def _is_within(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
