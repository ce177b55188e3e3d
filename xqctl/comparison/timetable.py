"""Knows when districts did or will do what: measures, units, models, standards, deadlines of targets and tasks."""

from collections.abc import Iterator, Sequence

from xqctl.bounds import kind_of
from xqctl.comparison.values import Row, Said, words
from xqctl.district import District, Entry
from xqctl.kinds.units import UNIT_KINDS
from xqctl.messages import Message, msg
from xqctl.quantities import first_day, is_dated, last_day, steps

SECTION = "timetable"
Event = tuple[str, str, Said]
"""When (as it is written), of what sort, and what."""


def rows(districts: Sequence[District]) -> Iterator[Row]:
    """A row for each year in which something begins, ends or falls due in one of them."""
    found = [_by_year(district) for district in districts]
    for year in sorted({year for each in found for year in each}):
        values = tuple(words(_told(each.get(year, []))) for each in found)
        yield Row(SECTION, f"{year:04}", f"{year:04}", values, is_kept=True)
    undated = tuple(words(_undated(district)) for district in districts)
    yield Row(SECTION, "undated", msg("no date given"), undated, is_kept=True)


def _undated(district: District) -> Iterator[Message]:
    """Measures that do not say when they begin, tasks and steps that do not say when they are due."""
    measures = tuple(e.name for e in district.all("measures") if not e.is_disputed and e["since"] is None)
    tasks = [e for e in district.all("tasks") if not e.is_disputed]
    waiting = (
        *(task.name for task in tasks if task["due"] is None),
        *(
            f"{task.name}/{name}"
            for task in tasks
            for name, part in task.mapping("steps").items()
            if isinstance(part, dict) and part.get("due") is None and task["due"] is None
        ),
    )
    if measures:
        yield msg("measures: {names}", names=measures)
    if waiting:
        yield msg("tasks: {names}", names=waiting)


def _by_year(district: District) -> dict[int, list[tuple[str, Said]]]:
    found: dict[int, list[tuple[str, Said]]] = {}
    for written, sort, what in _events(district):
        day = last_day(written) if sort == "due" else first_day(written)
        if day is not None:
            found.setdefault(day.year, []).append((sort, what))
    return found


_SORTS = ("model", "founded", "ended", "measure", "lapsed", "standard", "target", "due")


def _told(events: Sequence[tuple[str, Said]]) -> Iterator[Message]:
    """The events of a year, sort by sort."""
    for sort in _SORTS:
        names = tuple(what for each, what in events if each == sort)
        if names:
            yield _sentence(sort, names)


def _sentence(sort: str, names: tuple[Said, ...]) -> Message:
    match sort:
        case "model":
            return msg("called {names}", names=names)
        case "founded":
            return msg("founded: {names}", names=names)
        case "ended":
            return msg("ended: {names}", names=names)
        case "measure":
            return msg("measures begin: {names}", names=names)
        case "lapsed":
            return msg("measures end: {names}", names=names)
        case "standard":
            return msg("adopted: {names}", names=names)
        case "target":
            return msg("bounds from then: {names}", names=names)
        case _:
            return msg("due: {names}", names=names)


def _events(district: District) -> Iterator[Event]:
    model = district.itself["model"]
    if is_dated(model):
        yield from ((step.key, "model", str(step.value)) for step in steps(model) if step.key is not None)
    for kind in UNIT_KINDS:
        for entry in district.all(kind):
            if district.is_own(entry) and not entry.is_disputed:
                yield from _life(entry, "founded", "ended")
    for entry in district.all("measures"):
        if not entry.is_disputed:
            yield from _life(entry, "measure", "lapsed")
    for id_, terms in district.itself.mapping("adopts").items():
        since = terms.get("since") if isinstance(terms, dict) else None
        if since is not None:
            yield str(since), "standard", id_
    yield from _due(district)


def _life(entry: Entry, begins: str, ends: str) -> Iterator[Event]:
    if entry["since"] is not None:
        other = entry.mapping("disputed").get("since")
        name: Said = entry.name
        if isinstance(other, dict):
            name = msg("{name} (another source: {value})", name=name, value=str(other.get("value")))
        yield str(entry["since"]), begins, name
    if entry["until"] is not None:
        yield str(entry["until"]), ends, entry.name


def _due(district: District) -> Iterator[Event]:
    """Deadlines: of targets, of the bounds that change by date, of tasks and their steps."""
    for entry in district.all("targets"):
        if not entry.is_disputed:
            if entry["by"] is not None:
                yield str(entry["by"]), "due", entry.name
            yield from _bounds(entry)
    for entry in district.all("tasks"):
        if not entry.is_disputed:
            if entry["due"] is not None:
                yield str(entry["due"]), "due", entry.name
            for name, part in entry.mapping("steps").items():
                if isinstance(part, dict) and part.get("due") is not None:
                    yield str(part["due"]), "due", f"{entry.name}/{name}"


def _bounds(target: Entry) -> Iterator[Event]:
    """The days from which a bound that changes by date holds."""
    kind = kind_of(target)
    if kind is not None and is_dated(target[kind]):
        for step in steps(target[kind]):
            if step.key is not None:
                yield step.key, "target", f"{target.name} {_plain(step.value)}"


def _plain(value: object) -> str:
    return str(value.get("value")) if isinstance(value, dict) else str(value)
