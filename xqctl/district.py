"""Knows one district on one day: what is declared in its files, found by kind and id."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import TypeVar, cast

from xqctl.compose.read import Data
from xqctl.load import Folder
from xqctl.messages import Message, msg
from xqctl.place import Keys, Part, Route, dotted
from xqctl.quantities import Interval, interval, on, parse_date, steps
from xqctl.schema import KINDS, PARTY_KINDS, Shaped

_T = TypeVar("_T")
_NOTHING: Mapping[str, Data] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One declared thing: its kind, its id, its fields as plain data, and where it stands.

    `sound` is False where its shape is wrong: it stays declared, so that nothing dangles, but its fields are not read.
    """

    kind: str
    id: str
    data: Mapping[str, Data]
    file: str
    keys: Keys
    sound: bool = True

    def route(self, *keys: str, part: Part = "value") -> Route:
        """The place of the entry (no `keys`: the name it is declared by), or of something in it."""
        return Route(self.file, (*self.keys, *keys), part if keys else "key")

    def __getitem__(self, name: str) -> Data:
        return self.data.get(name)

    def text(self, name: str) -> str | None:
        """A field that holds text, None where it is not there."""
        value = self.data.get(name)
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that holds one text or several."""
        value = self.data.get(name)
        if isinstance(value, str):
            return (value,)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def item(self, name: str, position: int) -> Route:
        """Where one of the texts of such a field stands: in its list, or the field itself where it holds only one."""
        return self.route(name, str(position)) if isinstance(self.data.get(name), list) else self.route(name)

    def mapping(self, name: str) -> Mapping[str, Data]:
        """A field that holds a mapping, empty where it is not there."""
        value = self.data.get(name)
        return value if isinstance(value, dict) else _NOTHING

    def on(self, name: str, day: date) -> Data:
        """What a field that may change by date says on a day, None where it says nothing then."""
        value = cast("Data", on(self.data.get(name), day))
        return value.get("value") if isinstance(value, dict) and "value" in value else value

    def held(self, name: str, day: date) -> Route:
        """Where a field that may change by date says what it says on a day."""
        value = self.data.get(name)
        key = next((step.key for step in steps(value) if step.interval.contains(day)), None)
        if not isinstance(value, dict) or key is None:
            return self.route(name)
        held = value[key]
        long = isinstance(held, dict) and "value" in held
        return self.route(name, key, "value") if long else self.route(name, key)

    def word(self, name: str, day: date) -> str | None:
        """The same, where it is one word."""
        value = self.on(name, day)
        return value if isinstance(value, str) else None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.text("name") or self.id

    @property
    def former(self) -> tuple[str, ...]:
        """What it was called before, whether or not it says when."""
        value = self.data.get("formerly")
        return tuple(value) if isinstance(value, dict) else self.texts("formerly")

    @property
    def life(self) -> Interval:
        """From `since` up to and without `until`."""
        return interval(self.data.get("since"), self.data.get("until"))

    @property
    def cited(self) -> Message:
        """Its sources, as a finding names them."""
        sources = self.texts("source")
        return msg("after {source}", source=list(sources)) if sources else msg("no source named")

    @property
    def is_disputed(self) -> bool:
        """Whether a source denies the whole entry: it can be referred to, but is not counted."""
        return isinstance(self.data.get("disputed"), str)

    @property
    def address(self) -> str:
        """The stable path, as people write it."""
        return dotted(self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class District:
    """All that a district's files declare, and the day it is looked at.

    `kinds` holds every collection by kind and id, unsound entries included; `doubled` the ids given twice, first and
    second; `whole` is False where some file could not be read, so that a missing name proves nothing.
    """

    root: str
    folder: Folder
    as_of: date
    today: date
    kinds: Mapping[str, Mapping[str, Entry]]
    doubled: tuple[tuple[Entry, Entry], ...]
    whole: bool
    _kept: dict[Callable[["District"], object], object] = field(default_factory=dict, repr=False)

    def all(self, kind: str) -> Iterator[Entry]:
        """The sound entries of a kind, in the order of the files."""
        return (entry for entry in self.kinds.get(kind, {}).values() if entry.sound)

    def get(self, kind: str, id_: str) -> Entry | None:
        """A sound entry by its id."""
        entry = self.kinds.get(kind, {}).get(id_)
        return entry if entry is not None and entry.sound else None

    def declared(self, *kinds: str) -> Iterator[Entry]:
        """Every entry of these kinds (of all kinds, if none is named), unsound ones too."""
        for kind in kinds or KINDS:
            yield from self.kinds.get(kind, {}).values()

    def declares(self, id_: str, *kinds: str) -> Entry | None:
        """Whoever bears this id among these kinds, sound or not."""
        return next((self.kinds[kind][id_] for kind in kinds if id_ in self.kinds.get(kind, {})), None)

    def party(self, ref: str) -> Entry | None:
        """Whoever a party's reference names: a school (of a campus: its school), organisation, district or unit."""
        found = self.declares(ref, *PARTY_KINDS)
        if found is None and ref == self.itself.text("name"):
            return self.itself
        if found is None and "/" in ref:
            school, _, campus = ref.partition("/")
            owner = self.declares(school, "schools")
            if owner is not None and (campus in owner.mapping("campuses") or not owner.sound):
                return owner
        return found

    def is_own(self, entry: Entry) -> bool:
        """Whether a thing belongs to whoever declares: to the district itself, or to one that lies within it."""
        whose, mine, seen = entry.text("district"), self.itself.text("name"), set[str]()
        while whose is not None and whose != mine and whose not in seen:
            seen.add(whose)
            outer = self.declares(whose, "districts")
            if outer is None:
                return False
            whose = outer.text("within")
            if whose is None:
                return False
        return whose is None or whose == mine

    @property
    def itself(self) -> Entry:
        """The entry of the district that declares; an empty one where `district.yaml` has none."""
        found = next(iter(self.kinds.get("district", {}).values()), None)
        return found or Entry("district", "", _NOTHING, self.root, ("district",), sound=False)

    @property
    def name(self) -> str:
        """What the district is called."""
        return self.itself.text("name") or self.root.rsplit("/", 1)[-1]


def remarks(entry: Entry, name: str) -> Iterator[tuple[Keys, Mapping[str, Data], Data]]:
    """Every `name` (``disputed``, ``assumed`` …) in an entry: the way to what it is said of, that, and what is said."""
    waiting: list[tuple[Keys, Data]] = [((), dict(entry.data))]
    while waiting:
        keys, value = waiting.pop()
        if isinstance(value, dict):
            if name in value:
                yield keys, value, value[name]
            waiting += [
                ((*keys, key), inner) for key, inner in value.items() if key != name and isinstance(inner, dict)
            ]


def kept(view: Callable[[District], _T]) -> Callable[[District], _T]:
    """A view of a district that is worked out once: rules and metrics ask for it as often as they like."""

    @wraps(view)
    def remembered(district: District) -> _T:
        known = district._kept
        if view not in known:
            known[view] = view(district)
        return known[view]  # type: ignore[return-value]  # what `view` gave

    return remembered


def build(folder: Folder, shaped: Shaped, as_of: date | None, today: date) -> District:
    """The district of a folder: its documents' collections joined.

    The day is the one the folder was asked for, else `as_of`, else its own, else `today`.
    """
    kinds: dict[str, dict[str, Entry]] = {}
    doubled: list[tuple[Entry, Entry]] = []
    for document in folder.documents:
        if not isinstance(document.data, dict):
            continue
        for entry in _entries(document.file, document.data, shaped):
            known = kinds.setdefault(entry.kind, {})
            first = known.setdefault(entry.id, entry)
            if first is not entry:
                doubled.append((first, entry))
    whole = all(document.whole for document in folder.documents)
    day = folder.as_of or as_of or _own_day(kinds) or today
    return District(folder.root, folder, day, today, kinds, tuple(doubled), whole)


def _entries(file: str, data: Mapping[str, Data], shaped: Shaped) -> Iterator[Entry]:
    for kind, collection in data.items():
        if kind not in KINDS or not isinstance(collection, dict):
            continue
        if kind == "district":
            yield _entry(file, kind, ("district",), collection, shaped)
        elif kind == "statistics":
            yield from _years(file, collection, shaped)
        else:
            for id_, value in collection.items():
                yield _entry(file, kind, (kind, id_), value, shaped)


def _years(file: str, collection: Mapping[str, Data], shaped: Shaped) -> Iterator[Entry]:
    """Statistics are one entry a school year and party, so that a year may stand in several files."""
    for year, parties in collection.items():
        if isinstance(parties, dict):
            for party, value in parties.items():
                yield _entry(file, "statistics", ("statistics", year, party), value, shaped)


def _entry(file: str, kind: str, keys: Keys, value: Data, shaped: Shaped) -> Entry:
    sound = isinstance(value, dict) and not shaped.is_unsound(file, keys)
    data = value if isinstance(value, dict) else _NOTHING
    return Entry(kind, "/".join(keys[1:]), data, file, keys, sound)


def _own_day(kinds: Mapping[str, Mapping[str, Entry]]) -> date | None:
    entry = next(iter(kinds.get("district", {}).values()), None)
    partial = parse_date(entry["as_of"]) if entry is not None else None
    return partial.last_day if partial is not None else None
