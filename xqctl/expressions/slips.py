"""Words that a field can never be: well-formed CEL that is never true."""

import re
from collections.abc import Iterator

from xqctl.expressions.faults import ExpressionError, closest
from xqctl.expressions.shapes import Choice, ListOf, Record, Type
from xqctl.messages import msg

_QUOTED = re.compile(r"""\"[^"\\\n]*\"|'[^'\\\n]*'""")
_PATH = r"(?<![\w.\])])(?P<path>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?![\w.(\[])"
_COMPARED = (
    re.compile(rf"{_PATH}\s*[=!]=\s*(?P<words>{_QUOTED.pattern})"),
    re.compile(rf"{_PATH}\s+in\s+\[(?P<words>[^\[\]]*)\]"),
    re.compile(rf"(?P<words>{_QUOTED.pattern})\s+in\s+{_PATH}"),
)
"""A field beside the words it is held against: `form == "led"`, `form in ["led"]`, `"junior" in stages`."""


def slips(text: str, sees: Record) -> Iterator[ExpressionError]:
    """Finds comparisons with a word that is none of the field's own, such as `form == "mergd"`."""
    for pattern in _COMPARED:
        for found in pattern.finditer(text):
            kind = _follow(found["path"], sees)
            if not isinstance(kind, Choice):
                continue
            for word in _QUOTED.finditer(text, *found.span("words")):
                if word[0][1:-1] not in kind.words:
                    yield _slip(text, found["path"], word, kind)


def _slip(text: str, path: str, word: re.Match[str], kind: Choice) -> ExpressionError:
    line, column = _place(text, word.start())
    help_ = closest(word[0][1:-1], kind.words) or msg("one of {options}", options=[f"`{each}`" for each in kind.words])
    return ExpressionError(
        msg("`{value}` is no {field}", value=word[0][1:-1], field=path), line, column, column + len(word[0]), help_
    )


def _follow(path: str, sees: Record) -> Type | None:
    kind: Type | None = sees
    for name in path.split("."):
        kind = kind.get(name) if isinstance(kind, Record) else None
    return kind.of if isinstance(kind, ListOf) else kind


def _place(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
