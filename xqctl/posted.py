"""Knows who was posted where in a period, seen from the schools measured: sent by them, or received."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from xqctl.kinds.postings import Posting, postings
from xqctl.measuring import Frame, Item
from xqctl.messages import Message, msg
from xqctl.network import school_of, setting_at, stages_at
from xqctl.quantities import SchoolYear, first_day

ROLES = ("teacher", "cadre", "principal", "vice_principal", "reserve")
CADRES = ("cadre", "principal", "vice_principal")
"""The roles that people have at the other school, and those of people who run it, or part of it."""

EXCHANGE = ("rotation", "support", "dispatch", "itinerant")
"""The modes in which teachers work at another school for a while."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a posting has to be: `holds` gives None where that is not known, `unless` says why it is not counted."""

    holds: Callable[[Frame, Posting], bool | None]
    unless: Message


def sent(frame: Frame, roles: Collection[str], modes: Collection[str] | None = None) -> tuple[Posting, ...]:
    """The postings of the period from the schools measured, of these roles and modes (all modes, if none is named)."""
    mine = {school.id for school in frame.schools()}
    return tuple(p for p in _all(frame, roles, modes) if _is_of(frame, p, p.origin, mine))


def received(frame: Frame, roles: Collection[str], modes: Collection[str] | None = None) -> tuple[Posting, ...]:
    """The postings of the period to the schools measured."""
    mine = {school.id for school in frame.schools()}
    return tuple(p for p in _all(frame, roles, modes) if _is_of(frame, p, p.target, mine))


def cadres_sent(frame: Frame, roles: Collection[str] = CADRES) -> tuple[Item, ...]:
    """The cadres whom the schools measured, where they are quality schools, send to run weak or rural ones."""
    return people(frame, sent(frame, roles), RUNNING, FROM_STRONG, TO_POOR)


def rotated(frame: Frame) -> tuple[Posting, ...]:
    """The teachers of the schools measured who rotate, or, by the choice `modes`, are exchanged in any way."""
    modes = EXCHANGE if frame.choice("modes") == "exchange" else ("rotation",)
    return sent(frame, ("teacher",), modes)


def around(frame: Frame) -> tuple[Posting, ...]:
    """Every posting of the period that goes from or to one of the schools measured."""
    mine = {school.id for school in frame.schools()}
    found = _all(frame, ROLES, None)
    return tuple(p for p in found if any(_is_of(frame, p, party, mine) for party in (p.origin, p.target)))


def people(frame: Frame, found: Iterable[Posting], *tests: Test) -> tuple[Item, ...]:
    """The people of those postings that pass every test; the others are left out with the reason."""
    return tuple(
        Item(posting.entry.id, posting.count, posting.entry.route())
        for posting in found
        if _passes(frame, posting, tests)
    )


def backbone(frame: Frame, found: Iterable[Posting]) -> tuple[Item, ...]:
    """The backbone teachers among the people of postings; one that does not say how many there are is noted."""
    items = []
    for posting in found:
        if posting.entry["backbone"] is None:
            frame.lack(msg("{posting} does not say how many are backbone teachers", posting=posting.entry.id))
        else:
            items.append(Item(posting.entry.id, posting.backbone, posting.entry.route("backbone")))
    return tuple(items)


def is_strong(frame: Frame, party: str) -> bool | None:
    """Whether a school's standing is quality; None where it is not said."""
    school = school_of(frame.district, party)
    standing = None if school is None else school.standing(frame.day)
    return None if standing is None and school is not None else standing == "quality"


def is_rural(frame: Frame, party: str) -> bool | None:
    """Whether a school is rural; None where its setting is not said."""
    setting = setting_at(frame.district, party, frame.day)
    return None if setting is None and school_of(frame.district, party) is not None else setting == "rural"


def is_weak_or_rural(frame: Frame, party: str) -> bool | None:
    """Whether a school is weak or rural; None where what is said leaves that open."""
    school, rural = school_of(frame.district, party), is_rural(frame, party)
    standing = None if school is None else school.standing(frame.day)
    if rural or standing == "weak":
        return True
    return None if school is not None and (rural is None or standing is None) else False


RUNNING = Test(lambda _, posting: posting.mode != "shadowing", msg("it is for learning there"))
FROM_STRONG = Test(
    lambda frame, posting: is_strong(frame, posting.origin), msg("it does not come from a quality school")
)
TO_STRONG = Test(lambda frame, posting: is_strong(frame, posting.target), msg("it does not go to a quality school"))
FROM_POOR = Test(
    lambda frame, posting: is_weak_or_rural(frame, posting.origin), msg("it does not come from a weak or rural school")
)
TO_POOR = Test(
    lambda frame, posting: is_weak_or_rural(frame, posting.target), msg("it does not go to a weak or rural school")
)
TO_RURAL = Test(lambda frame, posting: is_rural(frame, posting.target), msg("it does not go to a rural school"))
FROM_TOWN = Test(
    lambda frame, posting: None if (rural := is_rural(frame, posting.origin)) is None else not rural,
    msg("it comes from a rural school"),
)


def _passes(frame: Frame, posting: Posting, tests: tuple[Test, ...]) -> bool:
    """Whether a posting is all it has to be; where that is open, the count rests on what is not known."""
    answers = [(test, test.holds(frame, posting)) for test in tests]
    failed = next((test for test, holds in answers if holds is False), None)
    if failed is not None:
        frame.leave_out(posting.entry.id, failed.unless)
        return False
    if any(holds is None for _, holds in answers):
        unclear = msg(
            "standing or setting of {origin} or {target} is not said", origin=posting.origin, target=posting.target
        )
        frame.leave_out(posting.entry.id, unclear)
        frame.lack(unclear)
        return False
    return True


def _all(frame: Frame, roles: Collection[str], modes: Collection[str] | None) -> Iterator[Posting]:
    for year in _years(frame):
        frame.rest_on("postings", year)
    for posting in postings(frame.district):
        wanted = posting.role in roles and (modes is None or posting.mode in modes)
        if wanted and posting.is_counted and _is_in(frame, posting) and _is_admitted(frame, posting):
            yield posting


def _years(frame: Frame) -> tuple[SchoolYear, ...]:
    """The school years that touch the period."""
    year = frame.day.year
    return (SchoolYear(year - 1), SchoolYear(year)) if frame.question.over == "year" else (frame.year,)


def _is_in(frame: Frame, posting: Posting) -> bool:
    """Whether it is of the school year, or, over a calendar year, begins in it: with its `since`, else its year."""
    if frame.question.over != "year":
        return posting.year == frame.year
    begins = first_day(posting.entry["since"]) or posting.year.interval.start
    return begins is not None and frame.period.contains(begins)


def _is_admitted(frame: Frame, posting: Posting) -> bool:
    ends = {"sender": posting.origin, "receiver": posting.target}
    known = {name: school.entry for name, party in ends.items() if (school := school_of(frame.district, party))}
    return frame.admits(posting.entry, "posting", **known)


def _is_of(frame: Frame, posting: Posting, party: str, mine: Collection[str]) -> bool:
    """Whether one end of a posting is a school measured, and it is of the stages asked for."""
    school, wanted, said = school_of(frame.district, party), frame.stages, posting.entry.text("stage")
    if school is None or school.id not in mine:
        return False
    if wanted is None or said is not None:
        return wanted is None or said in wanted
    has = stages_at(frame.district, party, frame.day)
    if not has <= wanted and has & wanted:
        unclear = msg("{posting} does not say of which stage it is", posting=posting.entry.id)
        frame.leave_out(posting.entry.id, unclear)
        frame.lack(unclear)
    return has <= wanted
