"""Knows how metrics, targets and standards are explained by themselves: formula, inputs, bounds, how sure they are."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xqctl.bounds import kind_of
from xqctl.derivation import confidence, metric_title
from xqctl.district import Entry
from xqctl.labels import label
from xqctl.messages import Lang, Message, Word, msg, say
from xqctl.metrics import Leaf
from xqctl.page import Block, Column, Facts, Heading, Line, Paragraph, Run, Table, Tone, Words, line
from xqctl.quantities import is_dated, plain, steps
from xqctl.standards import Standard
from xqctl.targets import Target

_SIGNS = {"at_least": "≥", "at_most": "≤", "equals": "=", "between": ""}
_DOCUMENT = (
    ("title", msg("full title")),
    ("issuer", msg("issuer")),
    ("number", msg("document number")),
    ("date", msg("date")),
    ("note", msg("note")),
)
_ASKED = (
    ("stage", msg("stage")),
    ("each", msg("each")),
    ("of", msg("of")),
    ("where", msg("measured are")),
    ("among", msg("counted are")),
    ("with", msg("choices")),
    ("by", msg("by")),
    ("counts_towards", msg("counted in")),
    ("note", msg("note")),
    ("assumed", msg("assumed")),
    ("source", msg("source")),
)
_LABELLED = {"stage": "common.stage_or_compulsory", "each": "common.each"}
_UNITS: Mapping[str, Message] = {
    "ratio": msg("a share, in percent"),
    "points": msg("percentage points"),
    "count": msg("a count"),
    "money": msg("yuan"),
    "area": msg("square metres"),
    "index": msg("a number"),
    "score": msg("a score"),
}


def metric_page(known: Leaf, lang: Lang) -> tuple[tuple[Block, ...], dict[str, object]]:
    """What a metric is: formula, inputs, source, what it can be asked of."""
    metric, page = known.metric, known.page
    each = tuple(label("common.each", sort) for sort in metric.each)
    choices = {name: list(values) for name, values in metric.choices}
    rows: list[tuple[Message, Line]] = [
        (msg("measured in"), line(_UNITS[metric.measured_in])),
        (msg("measured of"), line(msg("{each}", each=each))),
    ]
    rows += [
        (msg("choice"), line(Run(name, Tone.NAME), ": ", ", ".join(value or "…" for value in values)))
        for name, values in metric.choices
    ]
    sections = (("Formula", msg("Formula")), ("Inputs", msg("Inputs")), ("Source", msg("Source")))
    blocks = (
        Heading(msg("{id} {title}", id=known.id, title=metric_title(known.id))),
        Facts(tuple(rows)),
        *(part for name, title in sections for part in _prose(title, page.prose(name, lang))),
    )
    data: dict[str, object] = {
        "kind": "metric",
        "id": known.id,
        "title": page.summary(lang),
        "text": page.prose("Formula", lang),
        "inputs": page.prose("Inputs", lang),
        "authority": page.prose("Source", lang),
        "measured_in": metric.measured_in,
        "each": list(metric.each),
        "choices": choices,
    }
    return blocks, data


def standard_page(standard: Standard, lang: Lang) -> tuple[tuple[Block, ...], dict[str, object]]:
    """What a standard is, and every target of it with how sure it is."""
    document = standard.document
    rows = [(title, line(_said(document[name]))) for name, title in _DOCUMENT if document[name] is not None]
    rows.append((msg("confidence"), line(confidence(document.text("confidence")))))
    columns = (
        Column(msg("target"), "name"),
        Column(msg("metric"), "name"),
        Column(msg("stage")),
        Column(msg("bound"), "number"),
        Column(msg("bound known from")),
        Column(msg("formula")),
    )
    listed = tuple(
        (
            entry.id,
            entry.text("metric") or "",
            say(msg("{stage}", stage=_stage(entry)), lang),
            written_bounds(entry),
            confidence(entry.text("confidence")),
            confidence(entry.text("formula")),
        )
        for entry in standard.targets
    )
    blocks = (Heading(standard.id), Facts(tuple(rows)), Heading(msg("Targets"), 2), Table(columns, listed))
    data: dict[str, object] = {
        "kind": "standard",
        "id": standard.id,
        "title": document.text("title"),
        "text": document.text("note"),
        "issuer": list(document.texts("issuer")),
        "number": document.text("number"),
        "date": None if document["date"] is None else str(document["date"]),
        "confidence": document.text("confidence"),
        "targets": [_spelled_target(entry) for entry in standard.targets],
    }
    return blocks, data


def own_metric_page(entry: Entry) -> tuple[tuple[Block, ...], dict[str, object]]:
    """What a district's own metric is: its formula, or that figures alone state it."""
    parts = [(name, entry.text(name)) for name in ("numerator", "denominator", "value")]
    formula = [(name, text) for name, text in parts if text is not None]
    rows: list[tuple[Words, Line]] = [(msg("measured in"), line(_UNITS[entry.text("measured_in") or "count"]))]
    rows += [(name, line(Run(text, Tone.NAME))) for name, text in formula]
    if not formula:
        rows.append((msg("Formula"), line(msg("none: figures state it"))))
    blocks = (Heading(msg("{id} {title}", id=entry.id, title=entry.text("title") or "")), Facts(tuple(rows)))
    data: dict[str, object] = {
        "kind": "metric",
        "id": entry.id,
        "title": entry.text("title") or entry.id,
        "text": "; ".join(f"{name}: {text}" for name, text in formula),
        "inputs": "",
        "authority": ", ".join(entry.texts("source")),
        "measured_in": entry.text("measured_in") or "count",
        "each": list(entry.texts("each")),
        "choices": {},
    }
    return blocks, data


def target_page(target: Target) -> tuple[tuple[Block, ...], dict[str, object]]:
    """What a target asks, of what, by when, and how sure that is."""
    entry = target.entry
    metric = entry.text("metric")
    rows: list[tuple[Message, Line]] = []
    if metric is not None:
        called = metric_title(metric)
        known = () if called.zh == metric else (" ", msg("{title}", title=called))
        rows.append((msg("metric"), line(Run(metric, Tone.NAME), *known)))
    rows.append((msg("bound"), line(written_bounds(entry) or msg("evidence"))))
    for name, title in _ASKED:
        if entry[name] is not None:
            said = _LABELLED.get(name)
            word = _said(entry[name])
            rows.append((title, line(word if said is None else msg("{word}", word=label(said, word)))))
    for name, title in (("confidence", msg("bound known from")), ("formula", msg("formula"))):
        if entry.text(name) is not None:
            rows.append((title, line(confidence(entry.text(name)))))
    head = (Heading(target.id), Facts(tuple(rows)))
    data: dict[str, object] = {
        "kind": "target",
        "id": target.id,
        "title": entry.name,
        "text": entry.text("note"),
        "standard": target.standard.id if target.standard is not None else None,
        "target": _spelled_target(entry),
    }
    return head, data


def written_bounds(entry: Entry) -> str:
    """A target's bound as it is written, with its dates and conditions."""
    kind = kind_of(entry)
    if kind is None:
        return ""
    sign, written = _SIGNS[kind], entry[kind]
    dated = [(step.key, step.value) for step in steps(written)] if is_dated(written) else []
    told = [f"{key}: {sign} {_bare(value)}" for key, value in dated] or [f"{sign} {_said(written)}".strip()]
    listed = entry["when"]
    for item in listed if isinstance(listed, list) else []:
        told += [f"{condition}: {sign} {_said(bound)}".strip() for condition, bound in _pairs(item)]
    told += [f"{name}: {_said(bound)}" for name, bound in entry.mapping("except").items()]
    return "; ".join(told)


def _spelled_target(entry: Entry) -> dict[str, object]:
    """A target as it is written, for programs."""
    kind = kind_of(entry)
    return {
        "id": entry.id,
        "metric": entry.text("metric"),
        "stage": entry.text("stage"),
        "each": entry.text("each"),
        "kind": kind,
        "bound": written_bounds(entry) or None,
        "by": None if entry["by"] is None else str(entry["by"]),
        "attested": entry["attested"] is not None,
        "counts_towards": entry.text("counts_towards"),
        "confidence": entry.text("confidence"),
        "formula": entry.text("formula"),
        "assumed": list(entry.texts("assumed")),
        "note": entry.text("note"),
        "source": list(entry.texts("source")),
    }


def _said(value: object) -> str:
    """A field as one writes it on one line."""
    match value:
        case dict():
            return ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
        case list():
            return "; ".join(map(_said, value))
        case Decimal():
            return plain(value)
        case _:
            return str(value)


def _bare(value: object) -> str:
    """What stands at a date: a value, or a mapping that holds one."""
    return _said(value.get("value") if isinstance(value, Mapping) else value)


def _pairs(item: object) -> Iterator[tuple[str, object]]:
    if isinstance(item, Mapping):
        yield from item.items()


def _stage(entry: Entry) -> Word:
    stage = entry.text("stage")
    return Word("", "") if stage is None else label("common.stage_or_compulsory", stage)


def _prose(title: Message, text: str) -> Iterator[Block]:
    if text:
        yield Heading(title, 2)
        yield Paragraph(line(text))
