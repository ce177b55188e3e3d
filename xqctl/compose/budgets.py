"""Knows how much one file may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budgets:
    """Limits of a file: bytes, levels of nesting, and nodes once every alias is written out."""

    size: int = 16 * 1024 * 1024
    depth: int = 32
    nodes: int = 1_000_000
