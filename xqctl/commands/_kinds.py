"""Knows how a kind is explained: what it is, and a table of its fields."""

from collections.abc import Iterator, Mapping

from xqctl.answer import answer
from xqctl.commands._fields import Field, fields, in_language, labelled
from xqctl.messages import Lang, Message, msg, say
from xqctl.page import Block, Cell, Column, Facts, Heading, Line, Page, Paragraph, Run, Table, Tone, line
from xqctl.schema import schema

_EVERYWHERE = frozenset(("name", "since", "until", "source", "note", "assumed", "disputed"))
_TYPES: Mapping[str, Message] = {
    "area": msg("area"),
    "boolean": msg("true or false"),
    "bound": msg("bound"),
    "count": msg("whole number"),
    "date": msg("date"),
    "duration": msg("duration"),
    "expression": msg("expression"),
    "integer": msg("whole number"),
    "money": msg("money"),
    "moment": msg("moment"),
    "number": msg("number"),
    "object": msg("mapping"),
    "percent": msg("percentage"),
    "quantity": msg("quantity"),
    "range": msg("range"),
    "school_year": msg("school year"),
    "string": msg("text"),
    "value": msg("quantity"),
    "word": msg("one of"),
    "year": msg("year"),
}


def kind_page(kind: str, lang: Lang) -> Page:
    """What `kind` is and which fields its entries have."""
    whole = schema(kind)
    told = fields(kind, lang)
    title = f"{kind} {whole['title']}" if lang == "zh" else kind
    text = in_language(whole["description"], lang)
    blocks = (Heading(title), Paragraph(line(text)), _table(told, lang), *_values(told, lang))
    explained = {
        "kind": "kind",
        "id": kind,
        "title": whole["title"],
        "text": text,
        "fields": [_spelled(f) for f in told],
    }
    data = answer("explain", lang, parts={"explained": explained}, summary={"fields": len(told)})
    return Page(title, blocks, data)


def _table(told: tuple[Field, ...], lang: Lang) -> Table:
    """The fields; what every entry and everything inside it may have is shown for the entry only."""
    shown = [f for f in told if "." not in f.path or f.path.rpartition(".")[2] not in _EVERYWHERE]
    zh = (Column(msg("title")),) if lang == "zh" else ()
    columns = (Column(msg("field"), "name"), *zh, Column(msg("what stands in it")), Column(msg("what it means")))
    return Table(columns, tuple(_row(f, lang) for f in shown))


def _row(field: Field, lang: Lang) -> tuple[Cell, ...]:
    name = Run(field.path, Tone.STRONG) if field.required else field.path
    title = (field.title,) if lang == "zh" else ()
    return (name, *title, _type(field, lang), field.description)


def _type(field: Field, lang: Lang) -> str:
    """``text, one or several; of sources``."""
    said = [_TYPES[field.type], *(msg("a range too") for _ in range(field.range))]
    said += [msg("one or several") for _ in range(field.several)]
    said += [msg("by date too") for _ in range(field.dated)]
    said += [msg("of {kinds}", kinds=field.refers) for _ in field.refers[:1]]
    said += [msg("named after {kinds}", kinds=field.named_after) for _ in field.named_after[:1]]
    said += [msg("required") for _ in range(field.required)]
    return ("；" if lang == "zh" else "; ").join(say(part, lang) for part in said)


def _values(told: tuple[Field, ...], lang: Lang) -> Iterator[Block]:
    """The words that may stand in a field, each list once."""
    seen: dict[tuple[tuple[str, str], ...], str] = {}
    for field in told:
        if field.values:
            seen.setdefault(field.values, field.path)
    if seen:
        yield Heading(msg("Words"), 2)
        yield Facts(tuple((path, _words(values, lang)) for values, path in seen.items()))


def _words(values: tuple[tuple[str, str], ...], lang: Lang) -> Line:
    runs = [Run(labelled(value, label, lang)) for value, label in values]
    return tuple(piece for run in runs for piece in (run, Run(" · ", Tone.MUTED)))[:-1]


def _spelled(field: Field) -> Mapping[str, object]:
    return {
        "path": field.path,
        "title": field.title,
        "description": field.description,
        "type": field.type,
        "required": field.required,
        "dated": field.dated,
        "several": field.several,
        "range": field.range,
        "values": [{"value": value, "label": label} for value, label in field.values],
        "refers": list(field.refers),
        "named_after": list(field.named_after),
        "examples": list(field.examples),
    }
