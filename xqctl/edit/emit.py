"""Knows how plain data is written as YAML: in quotes only where a reader of YAML 1.2, or 1.1, would misread it."""

import re
from collections.abc import Mapping
from decimal import Decimal

from xqctl.compose.read import Data
from xqctl.compose.scalars import ELSEWHERE_TRUTH, meant
from xqctl.screen import width

WIDE = 100
"""How many columns a mapping may take that is written on one line."""

_BEGINS_BADLY = frozenset("-?:,[]{}#&*!|>'\"%@`=~<")
_NO_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|: |:$| #|^[ ]|[ ]$|^---|^\.\.\.")
_NO_FLOW = re.compile(r"[,\[\]{}?]")  # a question mark ends the word for some
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
# What YAML 1.1 takes for a number or a moment and `meant` does not already speak of.
_ELSEWHERE = re.compile(
    r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[-+]?[0-9][0-9_]*\.[0-9_.]*([eE][-+][0-9]+)?|[-+]?\.[0-9_]+([eE][-+][0-9]+)?"
    r"|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
)
_OUR_FIELD = "on"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]')


def scalar(value: Data, *, in_flow: bool = False, quote: str | None = None) -> str:
    """A plain value as text; `quote` is the sign a text was in quotes with before, which it then keeps."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case str():
            return quoted(value, quote) if quote or not is_plain(value, in_flow=in_flow) else value
        case _:
            raise TypeError(value)


def key(text: str, *, in_flow: bool = False, quote: str | None = None) -> str:
    """A key as text; a year or date needs no quotes, since keys are always text."""
    if quote:
        return quoted(text, quote)
    if _DATE.fullmatch(text) or text == _OUR_FIELD:
        return text
    return text if is_plain(text, in_flow=in_flow) else quoted(text)


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Whether a text can stand without quotes: every reader then takes it for this text, dates alone apart."""
    if not text or text[0] in _BEGINS_BADLY or _NO_PLAIN.search(text) or (in_flow and _NO_FLOW.search(text)):
        return False
    if text in ELSEWHERE_TRUTH or meant(text) != (text, None):
        return False
    return not _ELSEWHERE.fullmatch(text) or _DATE.fullmatch(text) is not None


def quoted(text: str, quote: str | None = None) -> str:
    """A text in quotes: in the given ones where it can stand in them, else in double ones, else in what needs least."""
    simple = not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", text)
    if simple and (quote == "'" or (quote is None and ('"' in text or "\\" in text))):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escaped, text) + '"'


def flow(value: Data) -> str:
    """A value on one line: ``{role: lead, since: 2010-07}``, ``[a, b]``."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(k, in_flow=True)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(value, in_flow=True)


def block(value: Mapping[str, Data], indent: int, depth: int, step: int = 2) -> list[str]:
    """The lines of a mapping's fields, `indent` blanks in; `depth` is that of its keys: kinds stand at 1, ids at 2."""
    lines = []
    for name, held in value.items():
        lines += entry(name, held, indent, depth, step)
    return lines


def entry(name: str, value: Data, indent: int, depth: int, step: int = 2, inline: bool | None = None) -> list[str]:
    """The lines of one field: a short mapping of plain values on its own line, a longer one below it.

    `inline` is whether neighbours stand on one line each; None where there are none.
    """
    head = " " * indent + key(name) + ":"
    is_block = depth < 3 if inline is None else not inline
    if isinstance(value, Mapping) and value and (is_block or not is_short(value, indent + width(key(name)) + 2)):
        return [head, *block(value, indent + step, depth + 1, step)]
    if isinstance(value, Mapping | list):
        return [f"{head} {flow(value)}"]
    return [f"{head} {scalar(value)}"]


def is_short(value: Mapping[str, Data], before: int) -> bool:
    """Whether a mapping of plain values fits on one line, of which so many columns are taken."""
    if any(isinstance(each, Mapping) for each in value.values()):
        return False
    return before + width(flow(dict(value))) <= WIDE


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
