"""Knows the words units go by in the documents: 学区 and 大学区, 集团, 联盟, 结对, 资源带, 联合体, 共同体."""

import re

from xqctl.kinds.units import Unit

LEXICON = ("学区", "大学区", "集团", "联盟", "结对", "资源带", "联合体", "共同体")
"""The words, each of which may mean another thing elsewhere."""


def local_word(unit: Unit) -> str | None:
    """What a unit is called where it stands: its own `called`, else the word in its name."""
    return unit.entry.text("called") or _last(unit.entry.name) or _last(unit.id)


def words_of(unit: Unit) -> tuple[str, ...]:
    """The words of the lexicon a unit goes by: 大学区 is also a 学区, 深度联盟 a 联盟."""
    for name in (unit.entry.text("called"), unit.entry.name, unit.id):
        last = None if name is None else _last(name)
        if last is not None:
            return tuple(word for word in LEXICON if last.endswith(word))
    return ()


def _last(name: str) -> str | None:
    """The last word of the lexicon in a name, the longest that ends there: 城桥学区小学联合体 is a 联合体."""
    found = [(match.end(), len(word), word) for word in LEXICON for match in re.finditer(word, name)]
    return max(found)[2] if found else None
