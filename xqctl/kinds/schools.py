"""Knows schools and their campuses: stages, standing, setting and whether they are open, on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from xqctl.district import District, Entry, kept
from xqctl.quantities import Interval, interval, on
from xqctl.stages import stages_of

_CLOSED = frozenset(("planned", "suspended", "closed"))


@dataclass(frozen=True, slots=True)
class Campus:
    """A site of a school; `id` is its short name there, `ref` how it is written wherever a party stands."""

    id: str
    school: str
    data: Mapping[str, object]
    life: Interval

    @property
    def ref(self) -> str:
        """``城桥中学/育林校区``."""
        return f"{self.school}/{self.id}"

    def stages(self, day: date) -> frozenset[str]:
        """The stages it has of its own on a day; empty where nothing is said."""
        return stages_of(on(self.data.get("stages"), day))

    def setting(self, day: date) -> str | None:
        """urban, town or rural, where the site says so itself."""
        setting = on(self.data.get("setting"), day)
        return setting if isinstance(setting, str) else None


@dataclass(frozen=True, slots=True)
class School:
    """A legal person that teaches."""

    entry: Entry
    campuses: tuple[Campus, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return self.entry.id

    def stages(self, day: date) -> frozenset[str]:
        """The stages it has on a day; empty where nothing is said."""
        return stages_of(self.entry.on("stages", day))

    def standing(self, day: date) -> str | None:
        """quality, ordinary, weak or new."""
        return self.entry.word("standing", day)

    def setting(self, day: date) -> str | None:
        """urban, town or rural."""
        return self.entry.word("setting", day)

    def ownership(self, day: date) -> str | None:
        """education, other_department, military, enterprise or private."""
        return self.entry.word("ownership", day)

    def status(self, day: date) -> str | None:
        """planned, open, suspended or closed, where it is said."""
        return self.entry.word("status", day)

    def is_open(self, day: date) -> bool:
        """Whether it lives on that day and is not said to be planned, suspended or closed."""
        return self.entry.life.contains(day) and self.status(day) not in _CLOSED


@kept
def schools(district: District) -> Mapping[str, School]:
    """Every sound school by its id, those of other districts too."""
    return MappingProxyType({entry.id: School(entry, _campuses(entry)) for entry in district.all("schools")})


def open_schools(district: District, day: date) -> tuple[School, ...]:
    """The declarer's own schools that are open on a day and not disputed: those that are counted."""
    return tuple(
        school
        for school in schools(district).values()
        if school.is_open(day) and not school.entry.is_disputed and district.is_own(school.entry)
    )


def _campuses(entry: Entry) -> tuple[Campus, ...]:
    return tuple(
        Campus(id_, entry.id, data, interval(data.get("since"), data.get("until")))
        for id_, data in entry.mapping("campuses").items()
        if isinstance(data, dict)
    )
