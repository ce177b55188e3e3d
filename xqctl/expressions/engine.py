"""Compiles and runs CEL: checked against what an expression sees, bounded in length, loops and steps."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from types import ModuleType
from typing import Protocol, cast

from xqctl.expressions.faults import EvaluationError, ExpressionError, failed, not_given, told, type_words, whole
from xqctl.expressions.protobuf import WRAPPER, Messages, messages, scalar_of
from xqctl.expressions.shapes import Choice, ListOf, MapOf, Record, Scalar, Type
from xqctl.expressions.slips import slips
from xqctl.expressions.values import TYPES, Unfit, converter
from xqctl.messages import msg

MOST_CHARACTERS = 1000
MOST_LOOPS = 3
_LOOP = re.compile(r"\b(?:map|filter|all|exists|exists_one)\b")
_LISTS = re.compile(r"\b(?:map|filter)\b")
_TAKEN = frozenset(("type", "bool", "bytes", "double", "dyn", "int", "list", "map", "null_type", "string", "uint"))
"""Words CEL keeps for its types: a field of that name is seen only behind a thing, as `resource.type`."""

_GIVES = {
    Scalar.TRUTH: ("BOOL", "bool_wrapper", "DYN"),
    Scalar.WHOLE: ("INT", "UINT", "int_wrapper", "DYN"),
    Scalar.NUMBER: ("INT", "UINT", "int_wrapper", "DOUBLE", "double_wrapper", "DYN"),
    Scalar.TEXT: ("STRING", "string_wrapper", "DYN"),
}


@dataclass(frozen=True, slots=True)
class Approximate:
    """A number CEL calculated as a double: about right in the 15th digit, never exact, and to be shown as such."""

    value: Decimal


Result = bool | int | str | Approximate


class _Value(Protocol):
    def type(self) -> "_Type": ...
    def value(self) -> object: ...


class _Type(Protocol):
    def name(self) -> str: ...


class _Program(Protocol):
    def eval(self, *, data: Mapping[str, object]) -> _Value: ...
    def return_type(self) -> _Type: ...
    def serialize(self) -> bytes: ...


class _Environment(Protocol):
    def compile(self, text: str, /) -> _Program: ...


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """An expression that is right; evaluate it as often as you like. Other processes compile it anew."""

    text: str
    sees: Record
    gives: Scalar
    _program: _Program
    _variables: tuple[tuple[str, Callable[[object], object]], ...]

    def __reduce__(self) -> tuple[object, ...]:
        return compile_expression, (self.text, self.sees, self.gives)


@dataclass(frozen=True, slots=True)
class _World:
    """One scope as CEL knows it: single values may be null, which CEL has types for but takes no data in.

    So a text is checked where they have these types, and run where they may be anything.
    """

    made: Messages
    checks: _Environment
    runs: _Environment


@lru_cache(maxsize=4096)
def compile_expression(text: str, sees: Record, gives: Scalar) -> Compiled | tuple[ExpressionError, ...]:
    """Compiles an expression and checks it against what it sees.

    Args:
        text: the expression, as written.
        sees: the names it may use, with their types.
        gives: what it must give: TRUTH for a condition, WHOLE for a numerator, NUMBER for a metric's value, or TEXT.

    Returns:
        The compiled expression, or everything that is wrong with it, in the order of the text.
    """
    if problem := _beyond_limits(text):
        return (problem,)
    world = _world(sees)
    try:
        checked = world.checks.compile(text)
        program = world.runs.compile(text)
    except (RuntimeError, ValueError) as error:
        return told(str(error), text, sees, world.made.names)
    found = (*_joins(text, checked.serialize()), *_gives(text, checked, gives), *slips(text, sees))
    if found:
        return tuple(sorted(found, key=lambda error: (error.line, error.column)))
    used = frozenset(re.findall(r"[A-Za-z_]\w*", text))
    seen = ((name, kind) for name, kind in sees.fields if name in used and name not in _TAKEN)
    variables = tuple((name, converter(kind, world.made, used)) for name, kind in seen)
    return Compiled(text, sees, gives, program, variables)


def evaluate(compiled: Compiled, variables: Mapping[str, object]) -> Result | EvaluationError:
    """The value for some data.

    Args:
        compiled: what `compile_expression` gave.
        variables: plain data by name (text, int, Decimal, bool, lists, mappings), dated values already resolved. What
            is not there, or None, is absent: null, an empty list or mapping, a thing none of whose fields is given.

    Returns:
        The value, or why there is none. A condition without a value does not hold.
    """
    absent = [name for name, _ in compiled._variables if variables.get(name) is None]
    try:
        data = {name: convert(variables.get(name)) for name, convert in compiled._variables}
        value = compiled._program.eval(data=data)
        kind, result = value.type().name(), value.value()
    except Unfit as unfit:
        return EvaluationError(unfit.message)
    except (RuntimeError, ValueError, TypeError, OverflowError, MemoryError) as error:  # CEL's, by whatever name
        return failed(str(error), absent)
    return failed(str(result), absent) if kind == "ERROR" else _result(compiled.gives, kind, result, absent)


def holds(compiled: Compiled, variables: Mapping[str, object]) -> bool | EvaluationError:
    """Whether a condition holds. An error counts as no; it is given back so that it can be told."""
    result = evaluate(compiled, variables)
    return result if isinstance(result, EvaluationError) else result is True


def _result(gives: Scalar, kind: str, result: object, absent: list[str]) -> Result | EvaluationError:
    match gives, result:
        case _, None:
            return EvaluationError(not_given(absent))
        case (Scalar.TRUTH, bool() as single) | (Scalar.TEXT, str() as single):
            return single
        case (Scalar.WHOLE | Scalar.NUMBER, int() as single) if not isinstance(single, bool):
            return single
        case Scalar.NUMBER, float() as double if isfinite(double):
            return Approximate(Decimal(repr(double)))
        case _:
            return EvaluationError(msg("it gives {type}, not {wanted}", type=type_words(kind), wanted=TYPES[gives]))


def _beyond_limits(text: str) -> ExpressionError | None:
    if len(text) > MOST_CHARACTERS:
        return whole(
            text, msg("the expression has {count} characters, more than {most}", count=len(text), most=MOST_CHARACTERS)
        )
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        return whole(text, msg("the expression has characters that stand for nothing"))
    if (count := len(_LOOP.findall(text))) > MOST_LOOPS:
        return whole(
            text, msg("the expression goes through lists {count} times, more than {most}", count=count, most=MOST_LOOPS)
        )
    return None


def _joins(text: str, checked: bytes) -> tuple[ExpressionError, ...]:
    """Refuses to join texts or lists: nothing needs it, and seven nested lines of it fill any memory.

    The checked expression names the function behind every `+`; `map` and `filter` use the one for lists themselves.
    """
    texts = checked.count(b"add_string") + checked.count(b"add_bytes")
    if not texts and checked.count(b"add_list") <= len(_LISTS.findall(text)):
        return ()
    help_ = msg("compare texts one by one; for numbers of unsaid type write int(…)")
    return (whole(text, msg("+ adds numbers; it does not join texts or lists"), help_),)


def _gives(text: str, checked: _Program, gives: Scalar) -> tuple[ExpressionError, ...]:
    given = checked.return_type().name()
    if given in _GIVES[gives]:
        return ()
    return (whole(text, msg("the expression gives {type}, not {wanted}", type=type_words(given), wanted=TYPES[gives])),)


@lru_cache(maxsize=256)
def _world(sees: Record) -> _World:
    cel = _cel()
    made = messages(sees)
    add = cel.Overload("sum_list", return_type=cel.Type.INT, parameters=[cel.Type.List(cel.Type.INT)], impl=_sum)

    def environment(*, checking: bool) -> _Environment:
        seen = ((name, kind) for name, kind in sees.fields if name not in _TAKEN)
        variables = {name: _declared(kind, made, checking=checking) for name, kind in seen}
        new = cel.NewEnv(made.pool, variables=variables, functions=[cel.FunctionDecl("sum", [add])])
        return cast("_Environment", new)

    return _World(made, environment(checking=True), environment(checking=False))


def _cel() -> ModuleType:
    """The library: 15 MB, so not before the first expression. Its stub is not marked as one, hence the ignore."""
    from cel_expr_python import cel  # type: ignore[import-untyped]

    return cast("ModuleType", cel)


def _declared(kind: Type, made: Messages, *, checking: bool) -> object:
    """The CEL type of a variable: single values may be null, so they run as anything."""
    cel = _cel()
    match kind:
        case ListOf() | MapOf() | Record():
            return _inside(kind, made)
        case _ if checking and (wrapper := WRAPPER.get(scalar_of(kind))):
            return cel.Type(f"google.protobuf.{wrapper}")
        case _:
            return cel.Type.DYN


def _inside(kind: Type, made: Messages) -> object:
    """The CEL type of what is in a list or a mapping: never null."""
    cel = _cel()
    match kind:
        case ListOf(of):
            return cel.Type.List(_inside(of, made))
        case MapOf(of):
            return cel.Type.Map(cel.Type.STRING, _inside(of, made))
        case Record():
            return cel.Type(made.names[kind])
        case Choice() | Scalar.TEXT:
            return cel.Type.STRING
        case Scalar.WHOLE:
            return cel.Type.INT
        case Scalar.TRUTH:
            return cel.Type.BOOL
        case _:
            return cel.Type.DYN


def _sum(numbers: Sequence[object]) -> int:
    """CEL's missing `sum`, over whole numbers; one that is absent leaves no sum."""
    whole_numbers = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
    if len(whole_numbers) < len(numbers):
        raise ValueError("nothing to add")
    return sum(whole_numbers)
