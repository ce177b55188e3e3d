"""Knows how machine output spells verdicts, measurements and money, name by name."""

from collections.abc import Iterator
from decimal import Decimal

from xqctl.derivation.words import authority, keys_of
from xqctl.measuring import Number
from xqctl.messages import Lang, say
from xqctl.metrics import Measurement
from xqctl.money import Balance
from xqctl.place import dotted
from xqctl.quantities import Quantity, Ratio, machine
from xqctl.targets import Target, Verdict


def spelled_verdict(verdict: Verdict, district: str, lang: Lang) -> dict[str, object]:
    """One element of `verdicts[]`."""
    target, found = verdict.target, verdict.measurement
    question, bound = target.question, verdict.bound
    top, bottom = _parts(found)
    return {
        "district": district,
        "target": target.entry.id,
        "standard": target.standard.id if target.standard is not None else None,
        "metric": question.metric or None,
        "stage": question.stage,
        "scope": {"each": verdict.thing.each, "of": verdict.thing.id},
        "verdict": verdict.state,
        "value": spelled_value(found.value) if found is not None else None,
        "unit": found.measured_in if found is not None else None,
        "numerator": top,
        "denominator": bottom,
        "bound": None
        if bound is None
        else {"kind": bound.kind, "value": spelled_value(bound.value), "by": _by(target)},
        "basis": found.basis if found is not None else "none",
        "missing": [say(reason, lang) for reason in verdict.missing],
        "waiver": verdict.waiver.id if verdict.waiver is not None else None,
        "confidence": target.entry.text("confidence"),
        "formula": target.entry.text("formula"),
        "source": authority(target),
        "path": dotted(keys_of(target)),
    }


def spelled_value(value: Number | None) -> object:
    """A number as machine output has it: text, exact or at 12 digits; a range as its two ends."""
    match value:
        case None:
            return None
        case Quantity() if value.exact is None:
            return {"low": _end(value.low), "high": _end(value.high)}
        case Quantity():
            return _end(value.low)
        case _:
            return machine(value)


def spelled_measurement(found: Measurement, district: str, lang: Lang) -> dict[str, object]:
    """One element of `metrics[]`, with its trace."""
    top, bottom = _parts(found)
    return {
        "district": district,
        "metric": found.question.metric,
        "stage": found.question.stage,
        "scope": {"each": found.thing.each, "of": found.thing.id},
        "value": spelled_value(found.value),
        "unit": found.measured_in,
        "numerator": top,
        "denominator": bottom,
        "basis": found.basis,
        "trace": list(_trace(found, lang)),
    }


def spelled_money(balance: Balance) -> Iterator[dict[str, object]]:
    """The elements of `money[]` of one fund: a row a rule, then the fund itself."""
    fund = balance.fund.id if balance.fund is not None else None
    for each in balance.commitments:
        if balance.fund is None and each.fund is not None:
            continue  # told under its fund
        yield {
            "year": each.year,
            "fund": each.fund,
            "subsidy": each.subsidy.id,
            "each": each.each,
            "units": _spelled_least(each.units, each.whole),
            "committed": _spelled_least(each.amount, each.whole),
            "available": None,
            "gap": None,
        }
    yield {
        "year": balance.year,
        "fund": fund,
        "subsidy": None,
        "each": None,
        "units": None,
        "committed": _spelled_least(balance.committed, balance.is_whole),
        "available": spelled_value(balance.available),
        "gap": _spelled_least(balance.gap, balance.is_whole),
    }


def _spelled_least(amount: Quantity | None, is_whole: bool) -> object:
    """An amount; where not all is registered it is the low end of a range."""
    if amount is None or is_whole or amount.low is None:
        return spelled_value(amount)
    return {"low": _end(amount.low), "high": None}


def _parts(found: Measurement | None) -> tuple[object, object]:
    """Numerator and denominator of a ratio that is counted."""
    value = found.value if found is not None and found.basis == "counted" else None
    return (machine(value.numerator), machine(value.denominator)) if isinstance(value, Ratio) else (None, None)


def _trace(found: Measurement, lang: Lang) -> Iterator[dict[str, object]]:
    counted = found.counted
    if counted is not None:
        for part, items in (("numerator", counted.numerator), ("denominator", counted.denominator)):
            for item in items:
                path = dotted(item.route.keys) if item.route is not None else None
                yield {"part": part, "label": item.label, "amount": spelled_value(item.amount), "path": path}
        for left in counted.left_out:
            yield {"part": "left_out", "label": left.label, "reason": say(left.reason, lang)}
        for step in counted.steps:
            yield {"part": "step", "text": say(step, lang)}
    if found.figure is not None:
        said = found.figure.entry
        yield {
            "part": "figure",
            "label": said.id,
            "amount": spelled_value(found.figure.value),
            "source": list(said.texts("source")),
        }
    for reason in found.missing:
        yield {"part": "missing", "text": say(reason, lang)}


def _by(target: Target) -> str | None:
    return target.by.last_day.isoformat() if target.by is not None else None


def _end(end: Decimal | None) -> str | None:
    return None if end is None else machine(end)
