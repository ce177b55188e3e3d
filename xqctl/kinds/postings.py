"""Knows postings: people of one school at another, in a school year."""

from dataclasses import dataclass

from xqctl.district import District, Entry, kept
from xqctl.quantities import SchoolYear, parse_school_year


@dataclass(frozen=True, slots=True)
class Posting:
    """`count` people (1 where nothing is said) of `origin` at `target`; `backbone` of them are backbone teachers."""

    entry: Entry
    year: SchoolYear
    origin: str
    target: str
    mode: str
    role: str
    count: int
    backbone: int

    @property
    def is_counted(self) -> bool:
        """Whether no source denies it."""
        return not self.entry.is_disputed


@kept
def postings(district: District) -> tuple[Posting, ...]:
    """Every sound posting, in the order of the files."""
    return tuple(posting for entry in district.all("postings") if (posting := _posting(entry)) is not None)


def _posting(entry: Entry) -> Posting | None:
    year, origin, target = parse_school_year(entry["year"]), entry.text("from"), entry.text("to")
    if year is None or origin is None or target is None:
        return None
    return Posting(
        entry,
        year,
        origin,
        target,
        mode=entry.text("mode") or "",
        role=entry.text("role") or "teacher",
        count=_whole(entry["count"], 1),
        backbone=_whole(entry["backbone"], 0),
    )


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
