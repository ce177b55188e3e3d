"""Knows how a thing gets another name: its key, everything that names it, and the old name kept with its day."""

import re
from collections.abc import Iterable, Iterator

from xqctl.compose.read import Data
from xqctl.district import District
from xqctl.edit.patches import Edit, Put, Rename
from xqctl.folder import Document, Folder
from xqctl.laying import leaves
from xqctl.messages import msg
from xqctl.place import Keys, Route, Span
from xqctl.refactoring import Left, Refactoring, Refused
from xqctl.refactoring.things import Thing, documents, entries, expressions, in_literals, namings, thing
from xqctl.references import declared
from xqctl.schema import PARTY_KINDS, schema

_SHOWN = 20


def renamed(district: District, old: str, new: str, on: str | None, kind: str | None) -> Refactoring:
    """The edits that give the thing called `old` the name `new` from a day on (None: no day is noted).

    Raises `Refused` where there is no such thing, or the new name is taken or no name.
    """
    one = thing(district, old, kind)
    new = _wanted(district, one, new)
    folder = district.folder
    values: dict[str, list[Edit]] = {}
    names: dict[str, dict[Keys, str]] = {}
    for each in namings(folder):
        if not each.names(one):
            continue
        text = new + each.text[len(one.id) :]
        if each.part == "key":
            names.setdefault(each.file, {})[each.keys] = text
        else:
            values.setdefault(each.file, []).append(Put(each.keys, text))
    if one.entry.kind == "district":
        values.setdefault(one.entry.file, []).append(Put((*one.keys, "name"), new))
    else:
        for file, keys in _declarations(folder, one):
            names.setdefault(file, {})[keys] = _last(one, new)
    left = list(_in_expressions(folder, one, new, values, names))
    _paths(folder, names, values)
    values.setdefault(one.entry.file, []).append(Put((*one.keys, "formerly"), _formerly(one, on)))
    edits = {file: [*values.get(file, []), *_renames(names.get(file, {}))] for file in sorted({*values, *names})}
    return Refactoring(edits, (*left, *_in_prose(folder, district, one, edits)))


def in_mappings(documents: Iterable[Document], old: str, new: str) -> dict[str, list[Edit]]:
    """The edits of import mappings in which a word of a workbook stands for the thing."""
    found = {}
    for document in documents:
        edits: list[Edit] = [
            Put(keys, new) for keys, value in leaves(document.data) if value == old and "values" in keys
        ]
        if edits and document.whole:
            found[document.file] = edits
    return found


def _wanted(district: District, one: Thing, new: str) -> str:
    """The new name as it is referred to; a campus keeps its school."""
    school, slash, _ = one.id.partition("/")
    if one.kind == "campuses" and "/" not in new:
        new = f"{school}{slash}{new}"
    if one.kind == "campuses" and not new.startswith(f"{school}/"):
        raise Refused(msg("{name} stays a campus of {school}; write {school}/…", name=one.id, school=school))
    if not re.search(schema("common")["$defs"]["id"]["pattern"], _last(one, new)) or re.fullmatch(
        "[0-9]{4}(-[0-9]{2}){0,2}", new
    ):
        raise Refused(
            msg("{name} is no id: it may hold no blanks and no signs like . , : / #, and be no date", name=new)
        )
    kinds = PARTY_KINDS if one.kind in PARTY_KINDS else (one.kind,)
    known = declared(district)
    if new == one.id or any(new in known.get(kind, {}) for kind in kinds):
        raise Refused(msg("{name} is there already; to make one of two, use xqctl merge", name=new))
    return new


def _last(one: Thing, name: str) -> str:
    """The key a thing stands under."""
    return name.partition("/")[2] if one.kind == "campuses" else name


def _declarations(folder: Folder, one: Thing) -> Iterator[tuple[str, Keys]]:
    """Where the thing itself stands: in its file, and in plans that change or expect it."""
    for document, below in documents(folder):
        for entry in entries(document, below):
            if entry.keys == one.keys[: len(entry.keys)] and (
                len(entry.keys) == len(one.keys) or one.keys[-1] in entry.mapping("campuses")
            ):
                yield document.file, (*below, *one.keys)


def _renames(names: dict[Keys, str]) -> list[Edit]:
    """The deepest first: a key above keeps its name until all below it are done."""
    return [Rename(keys, names[keys]) for keys in sorted(names, key=lambda keys: (-len(keys), keys))]


def _in_expressions(
    folder: Folder, one: Thing, new: str, values: dict[str, list[Edit]], names: dict[str, dict[Keys, str]]
) -> Iterator[Left]:
    """Renames texts that are exactly the id; where it is only part of one, somebody has to look."""
    for file, keys, part, text in expressions(folder):
        after = in_literals(text, one.id, new)
        if after != text and part == "key":
            names.setdefault(file, {})[keys] = after
        elif after != text:
            values.setdefault(file, []).append(Put(keys, after))
        if one.id in after.replace(new, ""):
            yield Left(Route(file, keys, part), msg("the expression names {name} within a longer text", name=one.id))


def _paths(folder: Folder, names: dict[str, dict[Keys, str]], values: dict[str, list[Edit]]) -> None:
    """Paths that lead to or through the thing: those of waivers, and those of a baseline."""
    moved = {keys: name for held in names.values() for keys, name in held.items()}
    for document, below in documents(folder):
        for entry in entries(document, below):
            at = entry.text("at") if entry.kind == "waivers" else None
            if at is not None and (after := _led(at, moved)) != at:
                values.setdefault(document.file, []).append(Put((*below, *entry.keys, "at"), after))
    for document in folder.aside:
        known = document.data.get("known") if isinstance(document.data, dict) else None
        for code, held in known.items() if isinstance(known, dict) else ():
            for path in held if isinstance(held, dict) else ():
                if (after := _led(path, moved)) != path:
                    names.setdefault(document.file, {})["known", code, path] = after


def _led(path: str, moved: dict[Keys, str]) -> str:
    keys = tuple(path.split("."))
    return ".".join(moved.get(keys[: length + 1], key) for length, key in enumerate(keys))


def _formerly(one: Thing, on: str | None) -> Data:
    """The names it had, the old one among them, with the day it ended where one is told."""
    name, before = _last(one, one.id), one.data.get("formerly")
    if on is None and not isinstance(before, dict):
        known = [before] if isinstance(before, str) else before if isinstance(before, list) else []
        names: list[Data] = [*(each for each in known if each != name), name]
        return names if len(names) > 1 else name
    if not isinstance(before, dict):
        known = [before] if isinstance(before, str) else before if isinstance(before, list) else []
        before = {str(each): {} for each in known}
    until: Data = int(on) if on is not None and on.isdigit() else on
    return {**before, name: {"until": until} if on is not None else {}}


def _in_prose(folder: Folder, district: District, one: Thing, edits: dict[str, list[Edit]]) -> Iterator[Left]:
    """Comments and running text that still say the old name; longer names it is part of are others' own."""
    longer = [entry.id for entry in district.declared() if one.id in entry.id and entry.id != one.id]
    changed = {edit.keys for held in edits.values() for edit in held}
    shown = 0
    for document, _ in documents(folder):
        places = folder.places(document.file)
        for number, line in enumerate(places.lines, 1):
            bare = line
            for name in longer:
                bare = bare.replace(name, "\0" * len(name))
            for found in re.finditer(re.escape(one.id), bare):
                span = Span(document.file, number, found.start() + 1, number, found.end() + 1)
                around, before = places.around(span), line[: found.start()]
                if shown < _SHOWN and " #" not in f" {before}" and _is_prose(around) and around not in changed:
                    shown += 1
                    yield Left(span, msg("the text still says {name}", name=one.id))
                elif shown < _SHOWN and " #" in f" {before}":
                    shown += 1
                    yield Left(span, msg("the comment still says {name}", name=one.id))


_PROSE = frozenset(("note", "says", "title", "reason", "assumed", "disputed", "what", "duties", "purpose", "name"))


def _is_prose(keys: Keys) -> bool:
    return bool(keys) and (keys[-1] in _PROSE or "disputed" in keys or "assumed" in keys)
