"""Knows how a thing is closed on a day: it ends, and so do its memberships, pairs and postings that would run on."""

from collections.abc import Iterator, Mapping
from datetime import date

from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.edit.patches import Edit, Put
from xqctl.messages import msg
from xqctl.place import Keys, Route
from xqctl.quantities import first_day, parse_date
from xqctl.refactoring import Left, Refactoring, Refused
from xqctl.refactoring.things import Naming, Thing, namings, thing
from xqctl.schema import PARTY_KINDS, schema

UNITS = ("zones", "groups", "alliances")
_PAIR = "pair"
_OF_THE_PAST = frozenset(("succeeds", "disputed", "listed", "source", "within"))


def ended(district: District, id_: str, on: str, kind: str | None, reason: str | None) -> Refactoring:
    """The edits that end a thing on a day, the first it is no more. Raises `Refused` where it cannot end then."""
    one = thing(district, id_, kind)
    edits: dict[str, list[Edit]] = {}
    left = list(closing(district, one, on, edits, reason))
    return Refactoring(edits, tuple(left))


def closing(
    district: District, one: Thing, on: str, edits: dict[str, list[Edit]], reason: str | None
) -> Iterator[Left]:
    """Adds to `edits` what ends a thing and what hangs on it; yields what is left to look at."""
    day = first_day(on)
    if day is None:
        raise Refused(msg("{on} is no day; write one like 2019-09-01", on=on))
    if not _may_end(one):
        raise Refused(msg("{kind} have no end of their own; {name} cannot be closed", kind=one.kind, name=one.id))
    _refuse_late(one, day)
    mine = edits.setdefault(one.entry.file, [])
    mine.append(Put((*one.keys, "until"), _written(on)))
    if reason is not None:
        before = one.data.get("note")
        mine.append(Put((*one.keys, "note"), f"{before}；{reason}" if isinstance(before, str) else reason))
    if one.kind not in PARTY_KINDS and one.kind != "campuses":
        return
    done = _hanging_on(district, one, on, day, edits)
    for each in namings(district.folder):
        if each.names(one) and not any(each.keys[: len(keys)] == keys for keys in done):
            yield from _standing(district, each, one, day)


def _hanging_on(district: District, one: Thing, on: str, day: date, edits: dict[str, list[Edit]]) -> set[Keys]:
    """Ends the memberships, pairs and postings of a thing; the routes that are dealt with."""
    done: set[Keys] = set()
    for entry in district.declared(*UNITS):
        if entry.sound and _runs_on(entry.data, day):
            done |= set(_leaving(district, entry, one, on, edits))
    for entry in district.declared("postings"):
        if entry.sound and one.id in (entry.text("from"), entry.text("to")) and _lasts(entry, day):
            edits.setdefault(entry.file, []).append(Put((*entry.keys, "until"), _written(on)))
            done.add(entry.keys)
    return done


def _may_end(one: Thing) -> bool:
    definition = "campus" if one.kind == "campuses" else "entry"
    said = schema("schools" if one.kind == "campuses" else one.kind).get("$defs", {}).get(definition, {})
    return "until" in said.get("properties", {})


def _refuse_late(one: Thing, day: date) -> None:
    """What has ended before that day, or begins only then, cannot end on it."""
    until, since = first_day(one.data.get("until")), first_day(one.data.get("since"))
    if until is not None and until <= day:
        raise Refused(msg("{name} has ended already, on {day}", name=one.id, day=one.data.get("until")))
    if since is not None and since >= day:
        raise Refused(msg("{name} begins only on {day}", name=one.id, day=one.data.get("since")))


def _leaving(district: District, unit: Entry, one: Thing, on: str, edits: dict[str, list[Edit]]) -> Iterator[Keys]:
    """Ends the memberships of a thing in a unit; a pair ends with either of its two."""
    mine = edits.setdefault(unit.file, [])
    members = unit.mapping("members")
    named = [name for name in members if name == one.id or (one.kind == "schools" and name.startswith(f"{one.id}/"))]
    day = first_day(on)
    running = [name for name in named if day is not None and _member_runs_on(members[name], day)]
    if running and unit.word("form", district.as_of) == _PAIR:
        mine.append(Put((*unit.keys, "until"), _written(on)))
        yield unit.keys
        return
    for name in running:
        mine.append(Put((*unit.keys, "members", name), _left_on(members[name], on)))
    yield from ((*unit.keys, "members", name) for name in named)


def _left_on(member: Data, on: str) -> Data:
    """A membership that ends: of a plain role the long form, of one by date its last step."""
    if isinstance(member, str):
        return {"role": member, "until": _written(on)}
    if not isinstance(member, dict):
        return member
    if not _is_dated(member):
        return {**member, "until": _written(on)}
    last = max((key for key in member if parse_date(key)), key=lambda key: first_day(key) or date.min)
    return {**member, last: _left_on(member[last], on)}


def _member_runs_on(member: Data, day: date) -> bool:
    if not isinstance(member, dict):
        return True
    if not _is_dated(member):
        return _runs_on(member, day)
    last = max((key for key in member if parse_date(key)), key=lambda key: first_day(key) or date.min)
    held = member[last]
    return not isinstance(held, dict) or _runs_on(held, day)


def _is_dated(member: Mapping[str, Data]) -> bool:
    return any(key[:1].isdigit() for key in member)


def _runs_on(data: Mapping[str, Data], day: date) -> bool:
    until = first_day(data.get("until"))
    return until is None or until > day


def _lasts(posting: Entry, day: date) -> bool:
    """Whether people would still be there on that day: a posting lasts its school year, unless it ends before."""
    if posting.data.get("until") is not None:
        return _runs_on(posting.data, day)
    begins, _, ends = (posting.text("year") or "").partition("-")
    if not ends.isdigit() or not begins.isdigit():
        return False
    return date(int(begins), 9, 1) < day < date(int(ends), 9, 1)


def _standing(district: District, each: Naming, one: Thing, day: date) -> Iterator[Left]:
    """A place that goes on naming the thing after its end, where that is no word about the past."""
    if _OF_THE_PAST & set(each.keys) and "within" not in each.keys:
        return
    if each.keys[0] in ("statistics", "figures", "evaluations", "sources", "plans") or each.keys[0] == one.kind == "":
        return
    entry = next((found for found in district.declared() if found.keys == each.keys[: len(found.keys)]), None)
    if entry is None or not _runs_on(entry.data, day) or entry.keys == one.keys:
        return
    if entry.kind == "postings" or (entry.kind in UNITS and "members" in each.keys):
        return
    yield Left(Route(each.file, each.keys, each.part), msg("{address} still names {name} after that day",
                                                           address=entry.address, name=one.id))  # fmt: skip


def _written(on: str) -> Data:
    """A day as it stands in files: a year is a number."""
    return int(on) if on.isdigit() else on
