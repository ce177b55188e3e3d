"""Knows what is in a thing measured beside its schools: schools in units, resources and their bookings, tasks."""

from collections.abc import Mapping, Set

from xqctl.kinds.bookings import Booking, bookings
from xqctl.kinds.resources import Resource, open_resources
from xqctl.kinds.schools import School
from xqctl.kinds.tasks import Task, open_tasks
from xqctl.kinds.units import Unit, open_units
from xqctl.measuring import Frame, Item
from xqctl.messages import msg
from xqctl.network import inside, pairs, school_of
from xqctl.quantities import first_day


def tied(frame: Frame, kind: str) -> Mapping[str, Item]:
    """The schools that are in some open unit of a kind, each with where it is said; all lists have to be whole."""
    found: dict[str, Item] = {}
    frame.rest_on(kind)
    for unit in open_units(frame.district, frame.day, kind):
        frame.list_members(unit)
        for member in unit.members_on(frame.day):
            school = school_of(frame.district, member.party)
            if school is not None:
                found.setdefault(school.id, Item(school.id, 1, member.route()))
    return found


def paired(frame: Frame) -> Mapping[str, tuple[Unit, ...]]:
    """The schools that are in an open pair anywhere, each with its pairs; all lists have to be whole."""
    found: dict[str, list[Unit]] = {}
    frame.rest_on("alliances")
    for pair in pairs(frame.district, frame.day):
        frame.list_members(pair.unit)
        for school in pair.schools:
            if pair.unit not in found.setdefault(school.id, []):
                found[school.id].append(pair.unit)
    return {school: tuple(units) for school, units in found.items()}


def schools_in(frame: Frame, unit: Unit) -> tuple[School, ...]:
    """The schools of a unit that are counted: open, the district's own, of the stages asked for, passing `among`."""
    found: dict[str, School] = {}
    wanted = frame.stages
    for member in inside(frame.district, unit, frame.day):
        school = school_of(frame.district, member.party)
        if school is None or not school.is_open(frame.day) or not frame.district.is_own(school.entry):
            continue
        if wanted is not None and not school.stages(frame.day):
            frame.lack(msg("the stages of {name} are not said", name=school.id))
        if (wanted is None or wanted & school.stages(frame.day)) and frame.admits(
            school.entry, "school", school=school.entry
        ):
            found.setdefault(school.id, school)
    return tuple(found.values())


def resources_in(frame: Frame) -> tuple[Resource, ...]:
    """The resources offered in the thing: by one of its parties, by a unit's own, or, in a district, by its own."""
    frame.rest_on("resources")
    unit = frame.thing.unit
    if unit is not None:
        frame.list_members(unit)
    members = () if unit is None else inside(frame.district, unit, frame.day)
    parties = {*(() if unit is None else (unit.id,)), *(member.party for member in members)}
    return tuple(
        resource
        for resource in open_resources(frame.district, frame.day)
        if _is_here(frame, resource, parties)
        and (frame.stages is None or not resource.stages or frame.stages & resource.stages)
        and frame.admits(resource.entry, "resource", resource=resource.entry)
    )


def used(frame: Frame) -> tuple[Booking, ...]:
    """The bookings of the period for the thing's resources that were granted by the day."""
    frame.rest_on("bookings", frame.year)
    offered = {resource.id for resource in resources_in(frame)}
    found = []
    for booking in bookings(frame.district):
        if booking.resource not in offered or not booking.holds or not frame.period.contains(booking.start.date()):
            continue
        decided = first_day(booking.entry.mapping("decided").get("on"))
        if decided is not None and decided > frame.day:
            frame.leave_out(booking.entry.id, msg("it was granted on {day}", day=decided))
        elif frame.admits(booking.entry, "booking"):
            found.append(booking)
    return tuple(found)


def tasks_in(frame: Frame) -> tuple[Task, ...]:
    """The tasks that are set on the day; those that were stopped are left out."""
    frame.rest_on("tasks")
    found = []
    for task in open_tasks(frame.district, frame.day):
        if task.is_stopped:
            frame.leave_out(task.id, msg("it was stopped"))
        elif frame.admits(task.entry, "task"):
            found.append(task)
    return tuple(found)


def _is_here(frame: Frame, resource: Resource, parties: Set[str]) -> bool:
    """Whether a resource's provider is one of the parties, a campus of one, or, in a district, one of its own."""
    provider, district = resource.provider, frame.district
    if frame.thing.unit is not None:
        return provider in parties or any(party.partition("/")[0] == provider.partition("/")[0] for party in parties)
    entry = district.party(provider)
    if frame.thing.is_declarer:
        return entry is None or entry.kind == "district" or district.is_own(entry)
    return entry is not None and frame.thing.entry.id in (entry.id, entry.text("district"))
