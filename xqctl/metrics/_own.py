"""Knows a district's own metrics: formulas in CEL, evaluated over the thing measured and what is in it."""

from decimal import Decimal

from xqctl.conditions import sees_inside, variables
from xqctl.district import Entry
from xqctl.expressions import Approximate, Compiled, EvaluationError, Scalar, compile_expression, evaluate
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import Message, msg
from xqctl.quantities import ratio

_REGISTERS = {"schools": "schools", "units": "groups", "postings": "postings"}


def own_metric(frame: Frame) -> tuple[Metric, Counted | Unknown]:
    """What a declared metric is measured in, and its value; one without a formula is only stated by figures."""
    name = frame.question.metric
    entry = frame.district.get("metrics", name)
    if entry is None:
        return Metric("count"), Unknown((msg("there is no metric `{name}`", name=name),))
    metric = Metric(entry.text("measured_in") or "count", registers=_registers(entry))
    top, bottom, value = (entry.text(part) for part in ("numerator", "denominator", "value"))
    if top is not None and bottom is not None:
        return metric, _ratio(frame, top, bottom)
    if value is not None:
        return metric, _value(frame, value)
    return metric, Unknown((msg("`{name}` has no formula and no figure says it", name=name),))


def _registers(entry: Entry) -> tuple[str, ...]:
    """The collections a formula names must be complete for its result to stand."""
    formulas = " ".join(entry.text(part) or "" for part in ("numerator", "denominator", "value"))
    return tuple(kind for word, kind in _REGISTERS.items() if word in formulas)


def _ratio(frame: Frame, top: str, bottom: str) -> Counted | Unknown:
    parts = [_whole(frame, text) for text in (top, bottom)]
    faults = tuple(part for part in parts if isinstance(part, Message))
    if faults:
        return Unknown(faults)
    upper, lower = (part for part in parts if isinstance(part, int))
    share = ratio(upper, lower)
    if share is None:
        return Unknown((msg("the denominator is 0"),))
    return Counted(share, (Item(top, upper),), (Item(bottom, lower),))


def _value(frame: Frame, text: str) -> Counted | Unknown:
    result = _result(frame, text, Scalar.NUMBER)
    match result:
        case Message():
            return Unknown((result,))
        case Approximate():
            return Counted(result.value, (Item(text, result.value),), approximate=True)
        case _:
            number = Decimal(result) if isinstance(result, int) else Decimal(0)
            return Counted(number, (Item(text, number),))


def _whole(frame: Frame, text: str) -> int | Message:
    result = _result(frame, text, Scalar.WHOLE)
    return result if isinstance(result, int | Message) else msg("`{text}` gives no whole number", text=text)


def _result(frame: Frame, text: str, gives: Scalar) -> object:
    compiled = compile_expression(text, sees_inside(frame.thing.each), gives)
    if not isinstance(compiled, Compiled):
        return msg("`{text}` does not compile", text=text)
    result = evaluate(compiled, _inside(frame))
    return result.message if isinstance(result, EvaluationError) else result


def _inside(frame: Frame) -> dict[str, object]:
    """The thing's fields, and what is in it as plain lists."""
    day = frame.day
    found: dict[str, object] = variables(frame.thing.entry, day)
    found["schools"] = [variables(school.entry, day) for school in frame.schools()]
    found["units"] = [
        variables(unit.entry, day) for kind in ("zones", "groups", "alliances") for unit in frame.units(kind)
    ]
    if frame.thing.unit is not None:
        found["members"] = [{"party": m.party, "role": m.role} for m in frame.thing.unit.members_on(day)]
    return found
