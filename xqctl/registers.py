"""Knows which collections a district says are complete: only these are counted as if whole."""

from collections.abc import Mapping

from xqctl.district import District
from xqctl.stages import COMPULSORY


def is_complete(district: District, kind: str, stage: str | None = None, year: str | None = None) -> bool:
    """Whether `district.registers` says that a collection is complete, for a stage and a school year where it tells them
    apart; what is not said to be complete is partial.
    """
    return _holds(district.itself.mapping("registers").get(kind), stage, year)


def _holds(said: object, stage: str | None, year: str | None) -> bool:
    if not isinstance(said, Mapping):
        return said == "complete"
    if year is not None and year in said:
        return _holds(said[year], stage, None)
    if stage == "compulsory" and "compulsory" not in said:
        return COMPULSORY <= said.keys() and all(_holds(said[each], None, year) for each in COMPULSORY)
    if stage in COMPULSORY and stage not in said and "compulsory" in said:
        return _holds(said["compulsory"], None, year)
    if stage is not None and stage in said:
        return _holds(said[stage], None, year)
    return False
