"""Knows how a number is told: a value beside its bound, what was counted, what was left out, on what authority."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xqctl.measuring import Number
from xqctl.messages import Lang, Message, Word, msg, say
from xqctl.metrics import Measurement, catalogue
from xqctl.money import Balance
from xqctl.place import dotted
from xqctl.quantities import Quantity, Ratio, machine, percent, rounded, show
from xqctl.targets import Bound, Target, Verdict

STATES: Mapping[str, Message] = {
    "met": msg("met"),
    "missed": msg("missed"),
    "pending": msg("pending"),
    "unknown": msg("unknown"),
    "waived": msg("waived"),
}
BASES: Mapping[str, Message] = {"counted": msg("counted"), "stated": msg("stated"), "none": msg("no data")}
_SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "equals": "= ", "between": ""}


def written_value(value: Number | None, measured_in: str, beside: Number | None = None) -> str:
    """A value as people read it; beside a bound with as many digits as tell on which side of it the value lies."""
    edge = _exact(beside)
    match value:
        case None:
            return "—"
        case Quantity():
            return show(value)
        case int():
            return str(value)
        case Ratio() | Decimal() if measured_in in ("ratio", "points"):
            return percent(value, beside=edge)
        case _:
            text = rounded(value, beside=edge)
            return {"money": f"{text}元", "area": f"{text}m2"}.get(measured_in, text)


def written_bound(bound: Bound | None) -> str:
    """``≥ 30%``; a dash where there is none."""
    if bound is None:
        return "—"
    value = bound.value
    told = show(value) if isinstance(value, Quantity) else bound.written
    return f"{_SIGNS[bound.kind]}{told}"


def metric_title(metric: str) -> Word:
    """What a metric is called; a district's own by its id."""
    leaf = catalogue().get(metric)
    return leaf.title if leaf is not None else Word(metric, metric)


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
        "source": authority(target),
        "path": dotted(target.entry.keys),
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
    for each in balance.commitments if balance.fund is not None or len(balance.commitments) > 0 else ():
        if balance.fund is None and each.fund is not None:
            continue
        yield {
            "year": each.year,
            "fund": each.fund,
            "subsidy": each.subsidy.id,
            "each": each.each,
            "units": spelled_value(each.units),
            "committed": spelled_value(each.amount),
            "available": None,
            "gap": None,
        }
    yield {
        "year": balance.year,
        "fund": fund,
        "subsidy": None,
        "each": None,
        "units": None,
        "committed": spelled_value(balance.committed),
        "available": spelled_value(balance.available),
        "gap": spelled_value(balance.gap),
    }


def authority(target: Target) -> list[str]:
    """Where a target comes from: its own sources, else the document of its standard."""
    sources = list(target.entry.texts("source"))
    if sources or target.standard is None:
        return sources
    document = target.standard.document
    return [" ".join(part for part in (document.text("title"), document.text("number")) if part)]


def _parts(found: Measurement | None) -> tuple[object, object]:
    """Numerator and denominator of a ratio that is counted."""
    value = found.value if found is not None and found.basis == "counted" else None
    return (machine(value.numerator), machine(value.denominator)) if isinstance(value, Ratio) else (None, None)


def _trace(found: Measurement, lang: Lang) -> Iterator[dict[str, object]]:
    counted = found.counted
    if counted is not None:
        for part, items in (("numerator", counted.numerator), ("denominator", counted.denominator)):
            for item in items:
                yield {"part": part, "label": item.label, "amount": spelled_value(item.amount)}
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


def _exact(beside: Number | None) -> Decimal | None:
    match beside:
        case Quantity():
            return beside.exact
        case int() | Decimal():
            return Decimal(beside)
        case _:
            return None
