"""Knows how a number is put in words: its digits beside a bound, its state and basis, on whose authority."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xqctl.bounds import Bound
from xqctl.district import District, Entry
from xqctl.measuring import Number
from xqctl.messages import Message, Word, msg
from xqctl.metrics import Measurement, leaf
from xqctl.page import Tone
from xqctl.place import Keys
from xqctl.quantities import Quantity, Ratio, Unit, percent, plain, rounded, show
from xqctl.targets import Target, Verdict

STATES: Mapping[str, Message] = {
    "met": msg("met"),
    "missed": msg("missed"),
    "pending": msg("pending"),
    "unknown": msg("unknown"),
    "waived": msg("waived"),
}
TONES = {"met": Tone.GOOD, "missed": Tone.BAD, "pending": Tone.MUTED, "unknown": Tone.WARN, "waived": Tone.NOTED}
ORDER = ("missed", "unknown", "waived", "pending", "met")
"""The states, the worst first."""
BASES: Mapping[str, Message] = {"counted": msg("counted"), "stated": msg("stated"), "none": msg("no data")}
_SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "equals": "= ", "between": ""}
_CONFIDENCE: Mapping[str, Message] = {
    "official": msg("read in an official text"),
    "secondary": msg("read in a secondary text"),
    "unverified": msg("not verified"),
    "inferred": msg("inferred"),
}


def written_value(value: Number | None, measured_in: str, beside: Number | None = None) -> str:
    """A value as people read it; beside a bound with as many digits as tell on which side of it the value lies."""
    edge = _exact(beside)
    is_share = measured_in in ("ratio", "points") or (isinstance(beside, Quantity) and beside.unit is Unit.RATIO)
    match value:
        case None:
            return "—"
        case Quantity():
            return show(_readable(value))
        case int():
            return str(value)
        case Ratio() | Decimal() if is_share:
            return percent(value, beside=edge)
        case _:
            text = rounded(value, 4 if measured_in == "index" else 2, beside=edge)
            return {"money": f"{text}元", "area": f"{text}m2"}.get(measured_in, text)


def _readable(value: Quantity) -> Quantity:
    """A range with ends of no more digits than one needs; a single amount as it is."""
    if value.exact is not None:
        return value
    places = Decimal("0.0001") if value.unit in (Unit.RATIO, Unit.POINTS) else Decimal("0.01")
    low, high = (end if end is None or end == round(end) else end.quantize(places) for end in (value.low, value.high))
    return Quantity(low, high, value.unit)


def written_amount(amount: Number, measured_in: str = "count") -> str:
    """One part of a count, exact where that is short."""
    match amount:
        case Quantity():
            return show(amount)
        case int():
            return str(amount)
        case Decimal():
            return plain(amount) if measured_in != "money" else f"{plain(amount)}元"
        case Ratio():
            return rounded(amount, 4)


def written_bound(bound: Bound | None, measured_in: str = "count") -> str:
    """``≥ 30%``; a dash where there is none."""
    if bound is None:
        return "—"
    value = bound.value
    told = show(value) if isinstance(value, Quantity) else written_value(value, measured_in)
    return f"{_SIGNS[bound.kind]}{told}"


def metric_title(metric: str, district: District | None = None) -> Word:
    """What a metric is called; a district's own by its title, else its id."""
    known = leaf(metric)
    if known is not None:
        return Word(known.page.zh, known.page.en.rstrip("."))
    own = district.get("metrics", metric) if district is not None else None
    name = (own.text("title") if own is not None else None) or metric
    return Word(name, name)


def basis_of(found: Measurement | None) -> Message | str:
    """Where a value comes from; a figure with its date."""
    if found is None:
        return ""
    if found.basis == "stated" and found.figure is not None and found.figure.on is not None:
        day = found.figure.entry["on"] or found.figure.entry["since"]
        return msg("stated {day}", day=str(day))
    return BASES[found.basis]


def subject(verdict: Verdict) -> str:
    """What a verdict is about: its target, and the thing where that is not the whole district."""
    name = verdict.target.entry.id
    return name if verdict.thing.is_declarer else f"{name} {verdict.thing.id}"


def remarks(verdict: Verdict) -> Iterator[Message]:
    """What has to be known beside a verdict: why its bound is another, who waived it, how sure it is."""
    entry, waiver = verdict.target.entry, verdict.waiver
    if verdict.bound is not None and verdict.bound.because is not None:
        yield verdict.bound.because
    if waiver is not None:
        who, until, why = waiver.text("approved_by") or "?", waiver.life.end or "?", waiver.text("reason") or ""
        yield msg("waived by {who} until {day}: {reason}", who=who, day=until, reason=why)
    if entry.text("formula") == "inferred":
        yield msg("the formula is inferred, not read in the document")
    if entry.text("confidence") == "secondary" and verdict.target.kind is not None:
        yield msg("the bound is read in a secondary text")
    found = verdict.measurement
    if found is not None and found.counted is not None and found.counted.approximate:
        yield msg("the formula uses decimal fractions: the value is approximate")


def confidence(word: str | None) -> Message | str:
    """How sure something is, in words."""
    return "" if word is None else _CONFIDENCE.get(word, word)


def authority(target: Target) -> list[str]:
    """Where a target comes from: its own sources, else the document of its standard."""
    sources = list(target.entry.texts("source"))
    if sources or target.standard is None:
        return sources
    document = target.standard.document
    return [" ".join(part for part in (document.text("title"), document.text("number")) if part)]


def documents(district: District, refs: Iterator[str] | tuple[str, ...]) -> Iterator[tuple[str, Entry | None]]:
    """Sources as they are referred to, and the documents they name."""
    for ref in refs:
        yield ref, district.get("sources", ref.partition("#")[0])


def keys_of(target: Target) -> Keys:
    """Where a target stands: in its district's files, or under the id of its standard."""
    own = target.entry.keys
    return own if target.standard is None else ("standards", target.standard.id, *own[1:])


def _exact(beside: Number | None) -> Decimal | None:
    match beside:
        case Quantity():
            return beside.exact
        case int() | Decimal():
            return Decimal(beside)
        case _:
            return None
