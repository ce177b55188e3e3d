"""Knows which instruments a district's reform uses: those its measures name, and those its units work by."""

from collections.abc import Iterator, Sequence

from xqctl.comparison.values import NOTHING, Row, Said, Value, number, words
from xqctl.district import District, Entry
from xqctl.kinds.units import open_units
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.schema import schema

SECTION = "instruments"


def rows(districts: Sequence[District]) -> Iterator[Row]:
    """A row for each instrument that one of them uses, in the order of the list: the articles that bring it."""
    held = [number(sum(_is_in_force(entry, district) for entry in district.all("measures"))) for district in districts]
    yield Row(SECTION, "measures", msg("measures declared"), tuple(held), "count", is_kept=True)
    used = [_used(district) for district in districts]
    for word in schema("common")["$defs"]["instrument"]["x-labels"]:
        if any(word in each for each in used):
            values = tuple(each.get(word, NOTHING) for each in used)
            yield Row(SECTION, word, label("common.instrument", word), values)


def _used(district: District) -> dict[str, Value]:
    """What brings each instrument on the day: measures by their article, else the units that work by it."""
    day = district.as_of
    measures: dict[str, list[Said]] = {}
    sources: dict[str, list[str]] = {}
    for entry in district.all("measures"):
        if _is_in_force(entry, district):
            for word in entry.texts("instrument"):
                measures.setdefault(word, []).append(entry.text("article") or entry.id)
                sources.setdefault(word, []).extend(entry.texts("source")[:1])
    units: dict[str, list[str]] = {}
    for unit in open_units(district, day):
        said = unit.entry.on("mechanisms", day)
        for each in said if isinstance(said, list) else [said]:
            if isinstance(each, str) and each not in measures:
                units.setdefault(each, []).append(unit.id)
                sources.setdefault(each, []).extend(unit.entry.texts("source")[:1])
    found = {word: words(said, sources[word]) for word, said in measures.items()}
    for word, ids in units.items():
        more = len(ids) - 1
        named: Said = msg("{unit} and {count} more", unit=ids[0], count=more) if more else ids[0]
        found[word] = words([named], sources[word])
    return found


def _is_in_force(measure: Entry, district: District) -> bool:
    return measure.life.contains(district.as_of) and not measure.is_disputed
