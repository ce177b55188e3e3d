"""Knows a district's numbers on its day: every verdict with what it rests on, and the money, worked out once."""

from dataclasses import dataclass

from xqctl.district import District, kept
from xqctl.money import Balance, balances, years
from xqctl.targets import Target, Verdict, judge, targets


@dataclass(frozen=True, slots=True)
class Assessment:
    """What `check`, `diff`, `report` and `compare` all tell from.

    `money` is that of the day's own year, `years` that of every year some fund or rule speaks of, the latest last.
    """

    targets: tuple[Target, ...]
    verdicts: tuple[Verdict, ...]
    money: tuple[Balance, ...]
    years: tuple[Balance, ...]


@kept
def assess(district: District) -> Assessment:
    """Holds every target in force against the district, and its funds against its rules.

    A target that only counts towards another is judged there, and by itself where somebody asks for it.
    """
    asked = tuple(target for target in targets(district, district.as_of) if target.entry["counts_towards"] is None)
    verdicts = tuple(verdict for target in asked for verdict in judge(district, target, district.as_of))
    every = {year: balances(district, year) for year in years(district)}
    together = tuple(balance for year in sorted(every) for balance in every[year])
    return Assessment(asked, verdicts, every[district.as_of.year], together)
