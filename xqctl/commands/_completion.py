"""Knows what a shell can offer while a call is typed: words, formats, rules, metrics, standards, ids of the district.

Nothing here is imported before a shell asks, and what only has a name is read from its file, not imported.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from xqctl.messages import Lang, say

Offers = Iterable[tuple[str, str]]
"""Words, and what each means; empty where that need not be said."""

_PACKAGE = Path(__file__).parent.parent
_HEAD = re.compile(r'\A"""([^\n]*)\n([^\n]*)')
_CODE = re.compile(r'^RULE = Rule\("(XQ[A-Z][0-9]{3})"', re.MULTILINE)
_WORDS = re.compile(r"[\w-]+(\|[\w-]+)+")
_UNITS = ("zones", "groups", "alliances")
_PARTIES = ("schools", "organisations", "districts")
_DISTRICTS = 8
"""So many districts are read at most: who types does not wait."""


def offered(param: click.Parameter, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """What can stand for a parameter, beginning with what was typed of it; nothing where anything fails."""
    try:
        return list(_offered(param, ctx, incomplete))
    except Exception:  # noqa: BLE001  a shell shows no errors while one types
        return []


def options(command: click.Command, found: Iterable[CompletionItem], lang: Lang) -> list[CompletionItem]:
    """The options of a command that a shell is offered, each with what it is for."""
    said = {name: getattr(param, "said", "") for param in command.params for name in param.opts}
    return [CompletionItem(item.value, item.type, say(said[item.value], lang)) for item in found if item.value in said]


def verbs(summaries: Offers, incomplete: str) -> list[CompletionItem]:
    """The verbs a shell is offered."""
    return [CompletionItem(name, help=said) for name, said in summaries if name.startswith(incomplete)]


def _offered(param: click.Parameter, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
    metavar = (param.metavar or "").strip("[].… ")
    known = _BY_NAME.get(param.name or "")
    before = ""
    if _WORDS.fullmatch(metavar):
        offers: Offers = [(word, "") for word in metavar.split("|")]
    elif param.name == "format":
        offers = _formats(ctx)
    elif known is not None:
        offers = known(ctx)
        if getattr(param, "multiple", False) or "," in metavar:
            before = incomplete[: incomplete.rfind(",") + 1]
    elif metavar in _PLACES:
        yield CompletionItem(incomplete, type=_PLACES[metavar])
        return
    else:
        offers = [each for kind in _KINDS_OF.get(metavar, ()) for each in _ids(ctx, kind)]
    for word, said in dict(offers).items():
        if word.startswith(incomplete.removeprefix(before)):
            yield CompletionItem(before + word, help=said or None)


def _formats(ctx: click.Context) -> Offers:
    from xqctl.render import formats

    return [(name, "") for name in formats(ctx.command.name or "")]


def _rules(ctx: click.Context) -> Offers:
    """Codes, families and slugs."""
    told = dict(_heads("rules", _lang(ctx)))
    for slug, said in told.items():
        found = _CODE.search((_PACKAGE / "rules" / f"{slug}.py").read_text(encoding="utf-8"))
        if found is not None:
            yield found[1], said
            yield found[1][:3], ""
            yield slug.replace("_", "-"), said


def _metrics(ctx: click.Context) -> Offers:
    return _heads("metrics", _lang(ctx))


def _sections(ctx: click.Context) -> Offers:
    if ctx.command.name == "compare":
        from xqctl.comparison import SECTIONS

        return [(name, "") for name in SECTIONS]
    return _heads("sections", _lang(ctx))


def _standards(_ctx: click.Context) -> Offers:
    return [(path.stem, "") for path in sorted((_PACKAGE / "standards").glob("*.yaml"))]


def _targets(ctx: click.Context) -> Offers:
    from xqctl.standards import standards

    yield from _ids(ctx, "targets")
    yield from ((target.id, each.id) for each in standards().values() for target in each.targets)


def _kinds(ctx: click.Context) -> Offers:
    from xqctl.schema import KINDS, schema

    zh = _lang(ctx) == "zh"
    return [(kind, schema(kind)["title"] if zh else "") for kind in KINDS]


def _schemas(ctx: click.Context) -> Offers:
    """The kinds, and what else `schema` has."""
    from xqctl.commands._bundles import ALONE

    return [*_kinds(ctx), *((name, "") for name in ALONE[1:] if ctx.command.name == "schema")]


def _units(ctx: click.Context) -> Offers:
    return [each for kind in _UNITS for each in _ids(ctx, kind)]


def _whatever(ctx: click.Context) -> Offers:
    """What `explain` explains."""
    for found in (_kinds, _everything, _metrics, _standards, _rules):
        yield from found(ctx)


def _everything(ctx: click.Context) -> Offers:
    return _ids(ctx, None)


def _gates(_ctx: click.Context) -> Offers:
    from xqctl.changes import ACTIONS, CLASSES

    return [(word, "") for word in (*CLASSES, *ACTIONS, "missed", "never")]


def _classes(_ctx: click.Context) -> Offers:
    from xqctl.changes import CLASSES

    return [(word, "") for word in CLASSES]


_BY_NAME: Mapping[str, Callable[[click.Context], Offers]] = {
    "classes": _classes,
    "fail_on": _gates,
    "ignore": _rules,
    "kind": _schemas,
    "of": _everything,
    "section": _sections,
    "select": _rules,
    "standard": _standards,
    "target": _targets,
    "unit": _units,
    "what": _whatever,
}
_KINDS_OF: Mapping[str, tuple[str | None, ...]] = {
    "BOOKING": ("bookings",),
    "ID": (None,),
    "OLD": (None,),
    "PARTY": (*_PARTIES, *_UNITS),
    "RESOURCE": ("resources",),
    "SCHOOL": ("schools",),
    "THING": (None,),
    "UNIT": _UNITS,
    "UNIT[=ROLE": _UNITS,
}
_PLACES: Mapping[str, str] = {
    "DIR": "dir",
    "FILE": "file",
    "OLD NEW": "file",
    "OPERAND": "file",
    "PATH": "file",
    "PATH OLD HEX MODE NEW HEX MODE": "file",
}


def _ids(ctx: click.Context, kind: str | None) -> Iterator[tuple[str, str]]:
    """The ids of a kind (None: of every one) in the district that the call names, or that of the working directory."""
    from xqctl import load

    said = [ctx.params.get(name) for name in ("path", "operand", "paths", "operands")]
    named = [word for each in said if each for word in ([each] if isinstance(each, str) else each)]
    named += ctx.args  # where an option still lacks its value, arguments stay here
    places = [word for word in named if load.is_there(word)] or ["."]
    with suppress(load.NothingToRead, load.Unreadable):  # whatever is no id of a district is offered all the same
        for folder in islice(load.folders(places, []), _DISTRICTS):
            for document in folder.documents:
                yield from _declared(document.data, kind)


def _declared(data: object, kind: str | None) -> Iterator[tuple[str, str]]:
    if not isinstance(data, dict):
        return
    for name, held in data.items():
        if name in ("district", "statistics") or (kind is not None and name != kind) or not isinstance(held, dict):
            continue
        for id_, entry in held.items():
            yield id_, name
            campuses = entry.get("campuses") if name == "schools" and isinstance(entry, dict) else None
            if isinstance(campuses, dict):
                yield from ((f"{id_}/{campus}", name) for campus in campuses)


def _heads(folder: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """The modules of a folder, with the first line of each in the reader's language."""
    for path in sorted((_PACKAGE / folder).glob("[!_]*.py")):
        found = _HEAD.match(path.read_text(encoding="utf-8"))
        yield path.stem, found[1 if lang == "zh" else 2] if found else ""


def _lang(ctx: click.Context) -> Lang:
    reader = ctx.find_root().obj
    lang: Lang = reader.lang if reader is not None else "zh"
    return lang
