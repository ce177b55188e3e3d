"""Knows what xqctl says, in Chinese and in English: text in the code is English, `locale/` holds the Chinese."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
_LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet said: its English text with `{names}`, and what they stand for (texts or other messages)."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return say(self, "en")


@dataclass(frozen=True, slots=True)
class Word:
    """A name or label that comes in both languages by itself, from a schema or a page."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en


def msg(text: str, /, **values: object) -> Message:
    """A message; `text` is the literal that translators see, so it is never built at run time."""
    frozen = ((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())
    return Message(text, tuple(frozen))


def say(message: Message | str, lang: Lang) -> str:
    """The sentence in `lang`; plain text (a name, a quotation) is returned as it is."""
    if isinstance(message, str):
        return message
    text = translation(message.text, lang)
    if not message.values:
        return text
    return text.format_map({name: _value(value, lang) for name, value in message.values})


def translation(text: str, lang: Lang) -> str:
    """`text` in `lang`; English is the text itself."""
    return text if lang == "en" else _catalogue(lang).gettext(text)


def listed(values: Mapping[str, object] | tuple[object, ...] | list[object] | list[str], lang: Lang) -> str:
    """Several values in one sentence, with the comma of the language."""
    return ("、" if lang == "zh" else ", ").join(_value(value, lang) for value in values)


def _value(value: object, lang: Lang) -> str:
    match value:
        case Message():
            return say(value, lang)
        case Word():
            return value.zh if lang == "zh" else value.en
        case list() | tuple():
            return listed(value, lang)
        case _:
            return str(value)


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    return gettext.translation("xqctl", _LOCALE, [lang], fallback=True)
