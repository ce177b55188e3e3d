"""Knows how changes are laid out for people, and spelled for programs, name by name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from xqctl.changes import CLASSES, MISSING, Change, Value, spelled
from xqctl.district import District
from xqctl.folder import Folder
from xqctl.messages import Lang, Message, msg, say
from xqctl.page import Block, Column, Heading, Line, Listing, Paragraph, Run, Table, Tone, line
from xqctl.place import Route, Span, dotted

TITLES: Mapping[str, Message] = {
    "structure": msg("Structure"),
    "people": msg("People"),
    "admissions": msg("Admissions"),
    "money": msg("Money"),
    "promise": msg("Promises"),
    "record": msg("Records"),
}
WORDS: Mapping[str, Message] = {
    "added": msg("added"),
    "removed": msg("removed"),
    "changed": msg("changed"),
    "renamed": msg("renamed"),
    "merged": msg("merged"),
    "split": msg("split"),
    "restored": msg("restored"),
    "opened": msg("opened"),
    "closed": msg("closed"),
    "founded": msg("founded"),
    "dissolved": msg("dissolved"),
    "paired": msg("paired"),
    "ended": msg("ended"),
    "joined": msg("joined"),
    "left": msg("left"),
    "moved": msg("moved"),
    "tightened": msg("tightened"),
    "weakened": msg("weakened"),
}
_COMES = frozenset(("added", "opened", "founded", "paired", "joined", "restored"))
_GOES = frozenset(("removed", "closed", "dissolved", "ended", "left"))


def told(changes: Sequence[Change], detail: str, old: Folder, new: Folder) -> Iterator[Block]:
    """The changes, class by class: how many (``summary``), each that is no plain record, or everything (``full``)."""
    if not changes:
        yield Paragraph(line(msg("nothing changed")), Tone.MUTED)
        return
    if detail == "summary":
        counts = Counter((change.kind, change.action) for change in changes)
        ordered = sorted(counts, key=lambda key: (CLASSES.index(key[0]), key[1]))
        columns = (Column(msg("class")), Column(msg("action")), Column(msg("changes"), "number"))
        yield Table(columns, tuple((TITLES[kind], WORDS[action], counts[kind, action]) for kind, action in ordered))
        return
    for kind, mine in groupby(changes, key=lambda change: change.kind):
        listed = tuple(mine)
        yield Heading(TITLES[kind], 3)
        if kind == "record" and detail != "full":
            said = msg(
                "{count} changes of notes, sources and other records; --detail full lists them", count=len(listed)
            )
            yield Paragraph(line(said), Tone.MUTED)
        else:
            yield Listing(tuple(row for change in listed for row in _rows(change, detail, old, new)))


def _rows(change: Change, detail: str, old: Folder, new: Folder) -> Iterator[Line]:
    said = (Run(change.summary, _tone(change)), *_weight(change))
    if detail != "full":
        yield said
    else:
        places = [f"{span.file}:{span.line}" for span in (_span(old, change.old), _span(new, change.new)) if span]
        yield (*said, Run("  "), Run(" → ".join(dict.fromkeys(places)), Tone.MUTED))
        if len(change.edits) > 1 or change.edits[0].keys != change.address:
            for edit in change.edits:
                values = {"path": dotted(edit.keys), "before": _brief(edit.before), "after": _brief(edit.after)}
                yield (Run("↳ "), Run(msg("{path}: {before} → {after}", **values), Tone.MUTED))


def _tone(change: Change) -> Tone:
    if change.is_weaker:
        return Tone.BAD
    if change.action in _COMES:
        return Tone.GOOD
    return Tone.WARN if change.action in _GOES else Tone.PLAIN


def _weight(change: Change) -> Iterator[Run]:
    if change.kind == "promise" and change.action in ("tightened", "weakened"):
        yield Run("  ")
        yield Run(WORDS[change.action], Tone.BAD if change.is_weaker else Tone.GOOD)


def _brief(value: Value) -> object:
    if value is MISSING:
        return "—"
    text = _flow(spelled(value))
    return text if len(text) <= 80 else f"{text[:79]}…"


def _flow(value: object) -> str:
    """A value on one line, as YAML's flow style writes it."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case bool():
            return str(value).lower()
        case _:
            return "null" if value is None else str(value)


def spelled_change(change: Change, old: District, new: District, lang: Lang) -> dict[str, object]:
    """One element of `changes[]`."""
    return {
        "district": new.root,
        "class": change.kind,
        "action": change.action,
        "weaker": change.is_weaker,
        "address": change.path,
        "summary": say(change.summary, lang),
        "before": spelled(change.before),
        "after": spelled(change.after),
        "old": _place(old.folder, change.old),
        "new": _place(new.folder, change.new),
        "edits": [
            {"path": list(edit.keys), "before": spelled(edit.before), "after": spelled(edit.after)}
            for edit in change.edits
        ],
        "fingerprint": change.fingerprint,
    }


def _span(folder: Folder, route: Route | None) -> Span | None:
    return folder.span(route) if route is not None else None


def _place(folder: Folder, route: Route | None) -> dict[str, object] | None:
    span = _span(folder, route)
    if span is None:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
