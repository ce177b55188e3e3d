"""Knows what people call the words of the schemas: `weak` is 薄弱, `belt` is 资源带."""

from functools import cache

from xqctl.messages import Word
from xqctl.schema import schema


@cache
def label(owner: str, word: str) -> Word:
    """What a word means that one of the schemas lists: ``label("schools.standing", "weak")``; itself if none does."""
    name, _, definition = owner.partition(".")
    said = schema(name)["$defs"][definition].get("x-labels", {}).get(word, {})
    return Word(said.get("zh", word), said.get("en", word))


@cache
def title_of(kind: str) -> Word:
    """What a kind is called: 学区, zones."""
    said = schema(kind)
    return Word(said["title"], said.get("x-title-en", kind))
