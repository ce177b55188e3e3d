"""Knows which collections are complete, as a district says and as its files could be read: only these are counted."""

from collections.abc import Mapping

from xqctl.district import District, kept
from xqctl.references import is_all_known
from xqctl.schema import KINDS
from xqctl.stages import COMPULSORY


def is_complete(district: District, kind: str, stage: str | None = None, year: str | None = None) -> bool:
    """Whether `district.registers` says that a collection is complete, per stage and year where it tells them apart.

    What is not said to be complete is partial, and so is what a mistake kept from being read.
    """
    if not _holds(district.itself.mapping("registers").get(kind), stage, year):
        return False
    unread = _unread(district)
    return kind not in unread and (year is None or f"{kind}/{year}" not in unread)


def is_read(district: District) -> bool:
    """Whether nothing was kept back for its text, its shape or its dates: what is not there is then really missing."""
    return not _unread(district)


@kept
def _unread(district: District) -> frozenset[str]:
    """The kinds, and the school years of statistics, of which something could not be read."""
    documents = district.folder.documents
    if not is_all_known(district) or any(isinstance(d.data, dict) and d.data.keys() - set(KINDS) for d in documents):
        return frozenset(KINDS)
    crooked = {
        kind
        for document in documents
        if isinstance(document.data, dict)
        for kind, collection in document.data.items()
        if not isinstance(collection, dict)
    }
    unsound = {
        "/".join(entry.keys[:2]) if entry.kind == "statistics" else entry.kind
        for entry in district.declared()
        if not entry.sound or entry.life.is_empty
    }
    return frozenset(crooked | unsound)


def _holds(said: object, stage: str | None, year: str | None) -> bool:
    if not isinstance(said, Mapping):
        return said == "complete"
    if year is not None and year in said:
        return _holds(said[year], stage, None)
    if stage == "compulsory" and "compulsory" not in said:
        return said.keys() >= COMPULSORY and all(_holds(said[each], None, year) for each in COMPULSORY)
    if stage in COMPULSORY and stage not in said and "compulsory" in said:
        return _holds(said["compulsory"], None, year)
    if stage is not None and stage in said:
        return _holds(said[stage], None, year)
    return False
