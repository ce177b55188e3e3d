"""Knows shared resources: who provides what, for which stages, and whether it is offered on a day."""

from dataclasses import dataclass
from datetime import date

from xqctl.district import District, Entry, kept
from xqctl.stages import stages_of


@dataclass(frozen=True, slots=True)
class Resource:
    """Something shared; `hub` is what sort of hub it is, `stages` those it is meant for (empty: nothing is said)."""

    entry: Entry
    provider: str
    type: str
    hub: str | None
    stages: frozenset[str]

    @property
    def id(self) -> str:
        """Its id."""
        return self.entry.id

    def is_open(self, day: date) -> bool:
        """Whether it is offered on that day."""
        return self.entry.life.contains(day)


@kept
def resources(district: District) -> tuple[Resource, ...]:
    """Every sound resource that no source denies, in the order of the files."""
    return tuple(
        Resource(
            entry,
            entry.text("provider") or "",
            entry.text("type") or "",
            entry.text("hub"),
            stages_of(entry["stages"]),
        )
        for entry in district.all("resources")
        if not entry.is_disputed
    )


def open_resources(district: District, day: date) -> tuple[Resource, ...]:
    """The resources that are offered on a day."""
    return tuple(resource for resource in resources(district) if resource.is_open(day))
