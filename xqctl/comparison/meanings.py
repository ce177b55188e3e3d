"""Knows which words mean different things in different districts: one district's 学区 is not another's."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from xqctl.comparison.governance import bodies, reach
from xqctl.comparison.lexicon import LEXICON, local_word, words_of
from xqctl.comparison.structure import labelled
from xqctl.comparison.values import NOTHING, Row, Said, Value, words
from xqctl.district import District, remarks
from xqctl.kinds.units import Unit, open_units
from xqctl.labels import label
from xqctl.messages import Message, Word, msg
from xqctl.network import parts
from xqctl.registers import is_complete
from xqctl.schema import schema

SECTION = "words"
_EACH = {"zones": "zone", "groups": "group", "alliances": "alliance"}
Aspect = Callable[[District, Sequence[Unit]], tuple[Said, ...]]


def rows(districts: Sequence[District]) -> Iterator[Row]:
    """For each word that at least two districts use and mean differently: what it is in each, aspect by aspect."""
    called = [_called(district) for district in districts]
    for word in LEXICON:
        using = [position for position, each in enumerate(called) if each.get(word)]
        if len(using) < 2:
            continue
        found = {
            aspect: [
                say(district, each[word]) if each.get(word) else ()
                for district, each in zip(districts, called, strict=True)
            ]
            for aspect, say in ASPECTS.items()
        }
        if not any(_differ([said[position] for position in using]) for said in found.values()):
            continue
        for aspect, said in found.items():
            if any(said):
                values = tuple(_value(each, is_used=position in using) for position, each in enumerate(said))
                yield Row(SECTION, f"{word}.{aspect}", TITLES[aspect], values, is_kept=True, group=word)
        quoted = tuple(words(_quoted(district, word)) for district in districts)
        if any(value.is_said for value in quoted):
            yield Row(SECTION, f"{word}.quoted", msg("said of the word"), quoted, is_kept=True, group=word)


def _value(said: Sequence[Said], *, is_used: bool) -> Value:
    return words(said) if said else words([msg("not said")]) if is_used else NOTHING


def _differ(said: Sequence[tuple[Said, ...]]) -> bool:
    """Whether two districts say something of it, and not the same; silence is no difference."""
    return len({frozenset(each) for each in said if each}) > 1


def _called(district: District) -> Mapping[str, list[Unit]]:
    """The units of a district by the words they go by; 大学区 is also a 学区, 深度联盟 a 联盟."""
    found: dict[str, list[Unit]] = {}
    for unit in open_units(district, district.as_of):
        for word in words_of(unit):
            found.setdefault(word, []).append(unit)
    return found


def _kinds(district: District, units: Sequence[Unit]) -> tuple[Said, ...]:
    """What it is: of which kind and form, of what."""
    found: dict[Said, None] = {}
    for unit in units:
        kind = Word(schema(unit.kind)["title"], schema(unit.kind)["x-title-en"])
        form = unit.form(district.as_of)
        found[kind if form is None else msg("{kind}: {form}", kind=kind, form=label(f"{unit.kind}.form", form))] = None
    return tuple(found)


def _labels(field: str, owner: str) -> Aspect:
    return lambda district, units: labelled(district, units, field, owner)


def _local(_: District, units: Sequence[Unit]) -> tuple[Said, ...]:
    return tuple(dict.fromkeys(word for unit in units if (word := local_word(unit)) is not None))


def _governed(district: District, units: Sequence[Unit]) -> tuple[Said, ...]:
    """The bodies each of them has, and those of which it is not said what they govern."""
    kinds, ids = {_EACH[unit.kind] for unit in units}, {unit.id for unit in units}
    found = [
        entry
        for entry in bodies(district)
        if entry.text("each") in kinds
        or ids & set(entry.texts("of"))
        or (entry["each"] is None and entry["of"] is None and kinds == {"zone"})
    ]
    return tuple(
        reach(entry) if entry["each"] or entry["of"] else msg("{body} (of what is not said)", body=entry.name)
        for entry in found
    )


def _holds(district: District, units: Sequence[Unit]) -> tuple[Said, ...]:
    """What lies within them, by form."""
    inner = [part for unit in units for part in parts(district).get(unit.id, ()) if part.is_open(district.as_of)]
    found = Counter((part.kind, part.form(district.as_of)) for part in inner)
    told: list[Said] = []
    for (kind, form), count in found.items():
        what = Word(schema(kind)["title"], schema(kind)["x-title-en"]) if form is None else label(f"{kind}.form", form)
        if is_complete(district, kind):
            told.append(msg("{what}: {count} in {units} (counted)", what=what, count=count, units=len(units)))
        else:
            told.append(msg("{what}: {count} listed in {units}", what=what, count=count, units=len(units)))
    return tuple(told)


def _quoted(district: District, word: str) -> tuple[Said, ...]:
    """Remarks that speak of the word itself: it stands there in quotation marks."""
    marks = (f"“{word}”", f"「{word}」", f'"{word}"')
    found: dict[Said, None] = {}
    for entry in district.declared():
        for name in ("note", "assumed", "disputed"):
            for _, _, said in remarks(entry, name):
                for text in said if isinstance(said, list) else [said]:
                    if isinstance(text, str):
                        found.update(
                            (f"{clause}。", None)
                            for clause in re.split("[。；;]", text)
                            if any(m in clause for m in marks)
                        )
    return tuple(found)


ASPECTS: Mapping[str, Aspect] = {
    "kind": _kinds,
    "called": _local,
    "legal": _labels("legal", "common.legal"),
    "tightness": _labels("tightness", "unit.tightness"),
    "unifies": _labels("unifies", "unit.unified"),
    "mechanisms": _labels("mechanisms", "common.instrument"),
    "holds": _holds,
    "governance": _governed,
}
TITLES: Mapping[str, Message] = {
    "kind": msg("what it is"),
    "called": msg("local word"),
    "legal": msg("legal persons"),
    "tightness": msg("tightness"),
    "unifies": msg("what is unified"),
    "mechanisms": msg("how it works"),
    "holds": msg("what lies within"),
    "governance": msg("governed by"),
}
