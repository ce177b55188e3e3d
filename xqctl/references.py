"""Knows what an entry names: follows the schemas' `x-ref`, so that a new field with one is covered without code."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from xqctl.annotations import annotated
from xqctl.compose.read import Data
from xqctl.district import District, Entry, kept
from xqctl.findings import Mend
from xqctl.likeness import Names
from xqctl.messages import Message, msg
from xqctl.place import Keys, Part, Route
from xqctl.schema import KINDS, PARTY_KINDS

PARTY = ("schools", "campuses", "organisations", "districts")
# A key that is doubled, a merge: what stands below is not read.
_LOSES_NAMES = frozenset(("XQY002", "XQY006"))
UNIT = ("zones", "groups", "alliances")
_SETS = {"party": PARTY, "unit": UNIT, "party-or-unit": (*PARTY, *UNIT)}


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference may name: kinds, `campuses`, `subdistricts` or `standards` among them.

    `is_open`: also something nobody declares; `has_place`: a place in the thing follows the first ``#``.
    """

    kinds: tuple[str, ...]
    is_open: bool = False
    has_place: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether it is of the one namespace of parties and units; a district alone is looked for elsewhere."""
        return any(kind in PARTY_KINDS for kind in self.kinds) and self.kinds != ("districts",)


class Reference(NamedTuple):
    """A name in an entry that means something declared elsewhere; a tuple, since a district has very many.

    `text` is the name alone, without the place in it; `keys` and `part` say where it stands.
    """

    entry: Entry
    keys: Keys
    part: Part
    text: str
    target: Target

    @property
    def route(self) -> Route:
        """Where it stands."""
        return Route(self.entry.file, self.keys, self.part)

    @property
    def field(self) -> str:
        """The field of the entry it stands in; empty for a name the entry itself is declared by."""
        depth = len(self.entry.keys)
        return self.keys[depth] if len(self.keys) > depth else ""

    @property
    def bearer(self) -> str:
        """Of what it is said: the entry's id, or the campus within it."""
        return f"{self.entry.id}/{self.keys[len(self.entry.keys) + 1]}" if self.field == "campuses" else self.entry.id

    @property
    def is_succession(self) -> bool:
        """Whether it names what its bearer came from."""
        return "succeeds" in self.keys[len(self.entry.keys) :]


@kept
def references(district: District) -> tuple[Reference, ...]:
    """Everything the sound entries of a district name, kind by kind, in the order of the files."""
    return tuple(
        Reference(entry, keys, part, text.partition("#")[0] if said.has_place else text, said)
        for kind in KINDS
        for entry in district.all(kind)
        for _, keys, part, text, said in annotated(entry, target)
    )


@kept
def loose_ends(district: District) -> tuple[Reference, ...]:
    """The references that nothing declared in the district answers to.

    Left out are those that need not be declared, what may be declared where a finding of another kind stands, and
    what a plan has removed.
    """
    strays, unread = _strays(district)
    crooked = frozenset(_letters(entry.id) for entry in district.declared(*PARTY_KINDS) if not entry.sound)
    return tuple(
        each
        for each in references(district)
        if not each.target.is_open
        and meant(district, each) is None
        and (owner := each.text.partition("/")[0]) not in strays
        and _letters(owner) not in crooked
        and unread.isdisjoint(each.target.kinds)
        and _torn_from(district, each) is None
    )


def torn(district: District) -> tuple[tuple[Keys, Reference], ...]:
    """The references to what a plan has removed, each with the route that was removed."""
    every = references(district) if district.folder.removed else ()
    gone = ((_torn_from(district, each), each) for each in every if meant(district, each) is None)
    return tuple((keys, each) for keys, each in gone if keys is not None)


def _torn_from(district: District, reference: Reference) -> Keys | None:
    """The route of the removed thing that a loose end named."""
    removed, text, kinds = district.folder.removed, reference.text, reference.target.kinds
    if not removed or reference.target.is_open:
        return None
    owner, _, campus = text.partition("/")
    ways = [(kind, text) for kind in kinds] + [("schools", owner, "campuses", campus)] * ("campuses" in kinds)
    return next((way for way in ways if way in removed), None)


@kept
def is_all_known(district: District) -> bool:
    """Whether every name that is declared was read: what nothing answers to is then really missing."""
    return district.whole and not any(
        problem.code in _LOSES_NAMES for document in district.folder.documents for problem in document.problems
    )


def meant(district: District, reference: Reference) -> Entry | None:
    """The entry a reference names: of a campus its school, of a subdistrict the district; None where there is none."""
    known, text = declared(district), reference.text
    for kind in reference.target.kinds:
        found = known[kind].get(text) if kind in known else None
        if found is not None:
            return found
    if "campuses" in reference.target.kinds and "/" in text:
        owner = known["schools"].get(text.partition("/")[0])
        return owner if owner is not None and not owner.sound else None
    return None


@kept
def declared(district: District) -> Mapping[str, Mapping[str, Entry]]:
    """What there is to name, by kind and id: campuses (``school/campus``), subdistricts, the declarer by its name."""
    known = {kind: dict(district.kinds.get(kind, {})) for kind in KINDS if kind not in ("district", "statistics")}
    itself, schools = district.itself, known["schools"].values()
    name = itself.text("name")
    if name is not None:
        known["districts"].setdefault(name, itself)
    known["campuses"] = {f"{each.id}/{campus}": each for each in schools for campus in each.mapping("campuses")}
    known["subdistricts"] = dict.fromkeys(itself.texts("subdistricts") if itself.sound else (), itself)
    return MappingProxyType(known)


@kept
def _strays(district: District) -> tuple[frozenset[str], frozenset[str]]:
    """The names that stand under something that is no kind, and the kinds that are not written as a mapping."""
    tops = [item for d in district.folder.documents if isinstance(d.data, dict) for item in d.data.items()]
    under = (data for kind, data in tops if kind not in KINDS and isinstance(data, dict))
    unread = (kind for kind, data in tops if kind in KINDS and not isinstance(data, dict))
    return frozenset(name for data in under for name in data), frozenset(unread)


def _letters(text: str) -> str:
    """An id without signs: so a reference finds the thing whose own id has one that no id may have."""
    return "".join(filter(str.isalnum, text))


@kept
def aliases(district: District) -> Mapping[str, Entry]:
    """Who else answers to a name that is no id: by `name`, `also_named` or `formerly`; the first one declared."""
    found: dict[str, Entry] = {}
    for entry in district.declared(*PARTY_KINDS):
        for name in (entry.text("name"), *entry.texts("also_named"), *entry.former):
            if name is not None:
                found.setdefault(name, entry)
    return MappingProxyType(found)


@kept
def heirs_of(district: District) -> Mapping[str, tuple[str, ...]]:
    """The parties and units that succeed each one, by the name of the predecessor."""
    found: dict[str, tuple[str, ...]] = {}
    for each in references(district):
        if each.is_succession and each.entry.kind in PARTY_KINDS:
            found[each.text] = (*found.get(each.text, ()), each.bearer)
    return MappingProxyType(found)


def namesake(district: District, reference: Reference) -> Entry | None:
    """The party or unit that bears the name of a loose end, though the place takes another kind."""
    return district.declares(reference.text, *PARTY_KINDS)


def closest(district: District, reference: Reference) -> tuple[str, ...]:
    """What a loose end probably means, the likest first: the id of a thing called so, else ids written much alike."""
    kinds, known = reference.target.kinds, declared(district)
    called = aliases(district).get(reference.text)
    if called is not None and called.kind in kinds:
        return (called.id,)
    names = _names(district)
    if kinds not in names:
        names[kinds] = Names(id_ for kind in kinds for id_ in known.get(kind, ()))
    return names[kinds].closest(reference.text)


def did_you_mean(district: District, reference: Reference) -> Message | None:
    """What to do about a loose end, where something is like it."""
    near = [f"`{name}`" for name in closest(district, reference)]
    return msg("did you mean {names}?", names=near) if near else None


def mended(district: District, reference: Reference) -> Mend | None:
    """The one thing a loose end is probably meant to name, where there is only one; a guess."""
    near = closest(district, reference)
    if len(near) != 1:
        return None
    written = _written(reference)
    place = written[len(reference.text) :] if written.startswith(reference.text) else ""
    return Mend(reference.route, near[0] + place, is_safe=False)


def _written(reference: Reference) -> str:
    """What stands at a reference, with the place in it."""
    if reference.part == "key":
        return reference.keys[-1]
    here: Data = dict(reference.entry.data)
    for key in reference.keys[len(reference.entry.keys) :]:
        here = here[key] if isinstance(here, dict) else here[int(key)] if isinstance(here, list) else here
    return here if isinstance(here, str) else ""


def wanted(target: Target) -> Message:
    """What a place takes, in words."""
    known = {
        PARTY: msg("a school, organisation or district"),
        UNIT: msg("a zone, group or alliance"),
        (*PARTY, *UNIT): msg("a school, organisation, district or unit"),
        ("schools",): msg("a school"),
        ("schools", "campuses"): msg("a school or campus"),
        ("organisations", "schools"): msg("an organisation or a school"),
    }
    return known.get(target.kinds) or msg("a name from {kinds}", kinds=[f"`{kind}`" for kind in target.kinds])


@kept
def _names(_: District) -> dict[tuple[str, ...], Names]:
    """The names to choose from, by kinds, made when the first one is looked for."""
    return {}


def target(said: Mapping[str, Any]) -> Target | None:
    """What a subschema says may be named in its place; None where nothing is named."""
    kinds = said.get("x-ref")
    if kinds is None:
        return None
    named = _SETS[kinds] if isinstance(kinds, str) else tuple(kinds)
    return Target(named, said.get("x-ref-open") is True, said.get("x-place") is True)
