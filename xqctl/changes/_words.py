"""Knows how a change tells of fields and values: by their titles, words of the schemas by their labels."""

from xqctl.changes._forms import MISSING, Value
from xqctl.changes._points import at, root
from xqctl.compose.read import Data
from xqctl.messages import Word, msg
from xqctl.place import Keys

_LONG = 60
_FEW = 6


def title(kind: str) -> Word:
    """What one entry of a kind is called: 学校, school."""
    said = root(kind).below("")
    return (root(kind) if kind == "district" else said).seen({}).title or said.title or Word(kind, kind)


def field(keys: Keys) -> Word | tuple[Word | str, ...]:
    """What the field at these keys is called, with the way to it where it lies deeper."""
    point, names = root(keys[0]), list[Word | str]()
    for depth, key in enumerate(keys[1:]):
        below = point.seen({key: None}).below(key)
        if depth or keys[0] == "district":
            names.append(_field(below.title, key) if below.is_field else key)
        point = below
    first = names[0] if names else ""
    return first if len(names) == 1 and isinstance(first, Word) else tuple(names)


def _field(title: Word | None, key: str) -> Word:
    """A field's title in both languages; its English is how the file has it."""
    return Word(key if title is None else title.zh, key.replace("_", " "))


def told(value: Value, keys: Keys) -> object:
    """A value in a sentence: labels for words, a list as one, of a mapping what it holds."""
    if value is MISSING:
        return msg("nothing")
    point = at(keys)
    return _told(value, point.seen(value).says("x-labels") or point.seen("").says("x-labels") or {})


def _told(value: Data, labels: dict[str, dict[str, str]]) -> object:
    match value:
        case str() if value in labels:
            return Word(labels[value]["zh"], labels[value]["en"])
        case str():
            return value if len(value) <= _LONG else f"{value[: _LONG - 1]}…"
        case list():
            known = list(labels)
            ordered = sorted(
                value, key=lambda each: known.index(each) if isinstance(each, str) and each in known else 0
            )
            shown = [_told(each, labels) for each in ordered[:_FEW]]
            return tuple(shown) if len(value) <= _FEW else (*shown, msg("{count} more", count=len(value) - _FEW))
        case dict() if "value" in value:
            return _told(value["value"], labels)
        case dict():
            parts = [msg("{name}: {value}", name=key, value=_told(each, labels)) for key, each in value.items()]
            return tuple(parts) if len(parts) <= 3 else (*parts[:3], msg("{count} more", count=len(parts) - 3))
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _:
            return str(value)
