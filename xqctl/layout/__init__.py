"""Knows how a district's file is laid out: same data and comments, one way of writing them.

The order of kinds and of fields is that of the schemas; entries, dates and members stay as their author put them. Two
blanks a level, two before a comment beside something, at most one empty line, one between kinds, LF, quotes only where
needed; long lines stay long. Comments go with what they stand above or beside. What reads back as anything else than
before is not handed out.
"""

import re
from collections import Counter

from xqctl.compose import Budgets, compose
from xqctl.compose.events import YAMLError
from xqctl.edit.patches import is_same
from xqctl.edit.tree import tree
from xqctl.layout.ordering import Order
from xqctl.layout.printer import Printer

__all__ = ["laid_out"]

_COMMENT = re.compile(r"(?:^|(?<=[ \t\n,\[\]{}]))#[^\n]*", re.MULTILINE)


def laid_out(raw: bytes, root: str = "xqctl", budgets: Budgets = Budgets()) -> bytes | None:  # noqa: B008  frozen
    """The file as it is laid out; `root` is the schema it follows (``plan`` for a plan's main file).

    None where that cannot be done without changing what it says.
    """
    before = compose(raw, "", budgets)
    if not before.whole:
        return None
    try:
        plain = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        found = tree(plain)
        text = Printer(found).printed(Order.of(root))
        after = text.encode()
        again = tree(after)
    except (YAMLError, UnicodeDecodeError, AssertionError):
        return None
    read = compose(after, "", budgets)
    new = Counter(problem.code for problem in read.problems) - Counter(problem.code for problem in before.problems)
    kept = Counter(Printer(found).comments()) == Counter(Printer(again).comments())
    return after if read.whole and kept and not new and is_same(before.data, read.data) else None
