"""Knows a district's numbers on its day: every verdict with what it rests on, and the money, worked out once."""

from dataclasses import dataclass

from xqctl.district import District, kept
from xqctl.money import Balance, balances
from xqctl.targets import Target, Verdict, judge, targets


@dataclass(frozen=True, slots=True)
class Assessment:
    """What `check`, `diff`, `report` and `compare` all tell from."""

    targets: tuple[Target, ...]
    verdicts: tuple[Verdict, ...]
    money: tuple[Balance, ...]


@kept
def assess(district: District) -> Assessment:
    """Holds every target in force against the district, and its funds against its rules.

    A target that only counts towards another is judged there, and by itself where somebody asks for it.
    """
    asked = tuple(target for target in targets(district, district.as_of) if target.entry["counts_towards"] is None)
    verdicts = tuple(verdict for target in asked for verdict in judge(district, target, district.as_of))
    return Assessment(asked, verdicts, balances(district, district.as_of.year))
