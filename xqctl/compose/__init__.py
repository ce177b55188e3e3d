"""Knows YAML: bytes become plain data (mappings, lists, text, integers, `Decimal`, truth), and routes become places.

The parser is PyYAML's binding of libyaml, driven by its events: one pass gives values of YAML 1.2's core schema in our
own hands, sees doubled keys, tags and aliases as they come, and stops at a budget instead of at the bottom of a stack.
Positions are looked up in a second pass, which clean files never pay for.
"""

from xqctl.compose.budgets import Budgets
from xqctl.compose.places import Places
from xqctl.compose.read import Composed, compose

__all__ = ["Budgets", "Composed", "Places", "compose"]
