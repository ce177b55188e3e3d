"""What CEL finds wrong, in our words and at its place: names, types, slips of the pen, and what fails while running."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from xqctl.expressions.shapes import Record
from xqctl.messages import Message, msg


@dataclass(frozen=True, slots=True)
class ExpressionError:
    """Why an expression does not compile: lines and columns count from 1 inside its text, `end` is exclusive."""

    message: Message
    line: int
    column: int
    end: int
    help: Message | None = None


@dataclass(frozen=True, slots=True)
class EvaluationError:
    """Why an expression has no value for these data: something it needs is absent, or cannot be calculated."""

    message: Message


_ERROR = re.compile(r"ERROR: <input>:(?P<line>-?[0-9]+):(?P<column>-?[0-9]+): (?P<said>[^\n]*)")
_TOKEN = re.compile(r"[^\W\d]\w*|[0-9][0-9.]*|\"[^\"\n]*\"?|'[^'\n]*'?|[=!<>]=|&&|\|\||.")
_NAME = re.compile(r"[^\W\d]\w*")
_Sentence = tuple[Message, Message | None, str | None]
"""A message, its help, and the name it is about where CEL points at the sign next to that name."""

_TYPES = {
    "string": msg("text"),
    "int": msg("a whole number"),
    "int64": msg("a whole number"),
    "uint": msg("a whole number"),
    "uint64": msg("a whole number"),
    "double": msg("a decimal number"),
    "bool": msg("true or false"),
    "null": msg("nothing"),
    "null_type": msg("nothing"),
    "list": msg("a list"),
    "map": msg("a mapping"),
    "type": msg("a type"),
}


def told(said: str, text: str, sees: Record, names: Mapping[Record, str]) -> tuple[ExpressionError, ...]:
    """CEL's answer to a text that does not compile, taken apart; a slip of syntax hides what follows from it."""
    found = list(_ERROR.finditer(said))
    syntax = [each for each in found if each["said"].startswith("Syntax error")]
    if not found or int(found[0]["line"]) < 1:
        return (whole(text, _limit(said)),)
    return tuple(_told(each, text, sees, names) for each in (syntax[:1] or found))


def whole(text: str, message: Message, help_: Message | None = None) -> ExpressionError:
    """An error that speaks of the whole text: placed on its first line that has any."""
    lines = text.split("\n")
    number = next((number for number, line in enumerate(lines) if line.strip()), 0)
    return ExpressionError(message, number + 1, 1, max(2, len(lines[number]) + 1), help_)


def not_given(absent: list[str]) -> Message:
    """The message for a value that is needed and absent: one of the names `absent`, or something inside a thing."""
    return msg("not given: {names}", names=absent) if absent else msg("it needs something that is not given")


def failed(said: str, absent: list[str]) -> EvaluationError:
    """CEL's answer when there is no value."""
    detail = re.sub(r"^[A-Z_]+: | \[[A-Z_]+\]$", "", said)
    if "null_type" in detail or detail.startswith("nothing to add"):
        return EvaluationError(not_given(absent))
    if missing := re.search(r'Key not found in map : "(.*)"', detail):
        return EvaluationError(msg("there is no {name}", name=missing[1]))
    if re.search(r"divide by zero|modulus by zero", detail):
        return EvaluationError(msg("it divides by zero"))
    if re.search(r"overflow|out of range|too big|OUT_OF_RANGE", said):
        return EvaluationError(msg("a number grows too large to calculate with"))
    if "Iteration budget" in detail:
        return EvaluationError(msg("it takes more than {count} steps", count="10,000"))
    if detail.startswith("No matching overloads found"):
        return EvaluationError(msg("it compares or calculates with what does not go together"))
    return EvaluationError(msg("CEL says: {detail}", detail=detail[:200]))


def type_words(name: str) -> Message:
    """A CEL type in words: `wrapper(string)` is text."""
    inner = re.sub(r"^wrapper\((.*)\)$", r"\1", name.strip())
    return _TYPES.get(
        re.split(r"[(<]", inner, maxsplit=1)[0].lower().removesuffix("_wrapper"), msg("a thing with fields")
    )


def _told(found: re.Match[str], text: str, sees: Record, names: Mapping[Record, str]) -> ExpressionError:
    line, column, said = int(found["line"]), int(found["column"]), found["said"].split(" [INVALID_ARGUMENT]")[0]
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    message, help_, name = _sentence(said, sees, names, here, column)
    if name is not None:
        column = _start_of(name, here, column)
    token = _TOKEN.match(here, column - 1)
    return ExpressionError(message, line, column, column + (len(token[0]) if token else 1), help_)


def _sentence(said: str, sees: Record, names: Mapping[Record, str], here: str, column: int) -> _Sentence:
    if said.startswith("Syntax error: "):
        return _syntax(said.removeprefix("Syntax error: "))
    if found := re.match(r"undeclared reference to '(?P<name>[^'.]+)", said):
        return _unknown(found["name"], sees, is_function=here[column - 1 : column] == "(")
    if found := re.match(r"undefined field '(?P<name>[^']+)' not found in struct '(?P<owner>[^']+)'", said):
        fields = next(([name for name, _ in kind.fields] for kind, own in names.items() if own == found["owner"]), [])
        help_ = closest(found["name"], fields) or _known(fields)
        return msg("there is no field {name}", name=found["name"]), help_, found["name"]
    if found := re.match(r"found no matching overload for '(?P<operator>[^']+)' applied to '\((?P<types>.*)\)'", said):
        return _mismatch(found["operator"], [type_words(each) for each in _split(found["types"])])
    return _misuse(said)


def _unknown(name: str, sees: Record, *, is_function: bool) -> _Sentence:
    if is_function:
        return msg("there is no function {name}", name=f"{name}()"), closest(name, _FUNCTIONS), name
    known = [field for field, _ in sees.fields]
    return msg("{name} is not known here", name=name), closest(name, known) or _known(known), name


def _misuse(said: str) -> _Sentence:
    if found := re.match(r"expression of type '(.*)' cannot be the operand of a select operation", said):
        return msg("{type} has no fields", type=type_words(found[1])), None, None
    if found := re.match(r"reserved identifier: (\w+)", said):
        return msg("{name} is a word of the language itself", name=found[1]), None, None
    if "argument must be a field selection" in said:
        return (
            msg("has() asks for a field of something"),
            msg("write `name != null` for a name that stands alone"),
            None,
        )
    return msg("CEL says: {detail}", detail=said[:200]), None, None


def _syntax(said: str) -> _Sentence:
    quoted = re.search(r"'(.*?)'(?= expecting|$| at)", said)
    sign = quoted[1].strip() if quoted else ""
    help_ = next((advice for signs, advice in _SIGNS if sign in signs), None)
    if sign == "<EOF>" or "at '<EOF>'" in said:
        missing = re.match(r"missing '(.*)' at '<EOF>'", said)
        if missing:
            return msg("{sign} is missing at the end", sign=missing[1]), None, None
        return msg("the expression ends too early"), None, None
    if sign[:1] in "\"'" and sign:
        return msg("the quotation mark is not closed"), None, None
    if sign and not sign.isascii() and help_ is None:
        help_ = msg('text stands in quotes: "{text}"; names are the English field names', text=sign)
    return msg("{sign} cannot stand here", sign=sign or said), help_, None


_SIGNS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("=",), msg("write == to compare")),
    (("and", "AND", "And"), msg("write && for and")),
    (("or", "OR", "Or"), msg("write || for or")),
    (("not", "NOT", "Not"), msg("write ! for not")),
    (("&",), msg("write && for and")),
    (("|",), msg("write || for or")),
    (("“", "”", "‘", "’", "「", "」"), msg('write straight quotation marks: "…"')),
    (("（", "）", "，", "＝", "！", "＞", "＜", "。"), msg("write the half-width sign")),
)

_FUNCTIONS = (
    *("has", "size", "sum", "int", "double", "string", "bool", "type", "dyn", "matches", "contains", "startsWith"),
    *("endsWith", "all", "exists", "exists_one", "filter", "map"),
)


def _mismatch(operator: str, types: list[Message]) -> _Sentence:
    sign = operator.strip("_@").replace("[_", "[").replace("?_:", "?:")
    if _NAME.fullmatch(sign) and sign != "in":
        return msg("{operator} does not go with {types}", operator=f"{sign}()", types=types), None, sign
    if len(types) == 2:
        one, other = types
        return msg("{operator} does not go with {one} and {other}", operator=sign, one=one, other=other), None, None
    return msg("{operator} does not go with {types}", operator=sign, types=types), None, None


def _limit(said: str) -> Message:
    if re.search(r"recursion", said):
        return msg("the expression is nested more than {count} deep", count=32)
    return msg("CEL says: {detail}", detail=said.split("\n", 1)[0][:200])


def _start_of(name: str, here: str, column: int) -> int:
    """Where a name begins, given a sign beside it: a `.` before, or a `(` or `.` after."""
    for start in (column, column - len(name)):
        if start >= 1 and here[start - 1 :].startswith(name):
            return start
    near = re.compile(rf"\s*{re.escape(name)}").match(here, column)
    return near.end() - len(name) + 1 if near else column


def _split(types: str) -> list[str]:
    """Splits `wrapper(string), list(int)` at the commas outside brackets."""
    parts, depth = [""], 0
    for sign in types:
        depth += (sign in "(<") - (sign in ")>")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part for part in parts if part.strip()]


def _known(names: list[str]) -> Message:
    return msg("known here: {names}", names=[*names[:12], "…"] if len(names) > 12 else names)


def closest(name: str, known: list[str] | tuple[str, ...]) -> Message | None:
    """A question whether another name was meant; None when no name is near."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return msg("did you mean `{name}`?", name=near[0])
    return None
