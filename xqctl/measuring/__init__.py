"""Knows what it is to measure: a question, the thing it is asked of, and the answer with all that was counted."""

from xqctl.measuring.frame import Frame, incomplete
from xqctl.measuring.values import (
    Basis,
    Counted,
    Item,
    Left,
    Metric,
    Number,
    Question,
    Thing,
    Unknown,
)

__all__ = [
    "Basis",
    "Counted",
    "Frame",
    "Item",
    "Left",
    "Metric",
    "Number",
    "Question",
    "Thing",
    "Unknown",
    "incomplete",
]
