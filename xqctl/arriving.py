"""Knows how entries that came in are laid into a district's files: what each edit is, and what the files then hold.

What is there already is changed only where it differs; what the tables do not name stays. A blank cell never removes
anything, unless the call says that whole tables came in.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from xqctl.compose import Budgets
from xqctl.compose.read import Data
from xqctl.edit.patches import CannotEdit, Edit, Put, Remove, patched, written
from xqctl.folder import Folder, folder_of
from xqctl.load import MAIN, PLANS
from xqctl.messages import msg
from xqctl.place import Keys, dotted
from xqctl.quantities import is_dated, parse
from xqctl.relations import Incoming, Scalar, Shape, Slip, depth_of, shape
from xqctl.schema import KINDS

_LEFT_OUT = frozenset((PLANS, "mappings"))
_DAYS = frozenset(("date", "year", "school_year"))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came in, laid into the files: their new bytes, the folder they make, and how much is new or differs."""

    folder: Folder
    changes: Mapping[str, bytes]
    added: int
    changed: int
    removed: int
    slips: tuple[Slip, ...]


class _Laying:
    """Finds the edits each file needs."""

    def __init__(self, folder: Folder, came: Incoming, *, removing: bool) -> None:
        self._folder, self._came, self._removing = folder, came, removing
        self._held: dict[Keys, tuple[str, Data]] = {}
        self._homes: dict[str, Counter[str]] = {}
        for document in folder.documents:
            for keys, value in _entries(document.data):
                self._held.setdefault(keys, (document.file, value))
                self._homes.setdefault(keys[0], Counter())[document.file] += 1
        self.edits: dict[str, list[Edit]] = {}
        self.slips: list[Slip] = []
        self.added = self.changed = self.removed = 0

    def lay(self) -> None:
        """All entries, in the order they came; then, where whole tables came, what they no longer hold."""
        for keys, value in self._came.entries.items():
            if keys in self._held:
                file, old = self._held[keys]
                found = list(self._differences(keys, old, value, _shape_of(keys)))
                self.edits.setdefault(file, []).extend(found)
                self.changed += bool(found)
            else:
                self.edits.setdefault(self._home(keys), []).append(Put(keys, value))
                self.added += 1
        if self._removing:
            kinds = {keys[0] for keys in self._came.entries}
            for keys, (file, _) in self._held.items():
                if keys[0] in kinds and keys not in self._came.entries:
                    self.edits.setdefault(file, []).append(Remove(keys))
                    self.removed += 1

    def _home(self, keys: Keys) -> str:
        """The file a new entry goes to: the one it names, else where most of its kind are, else one of its own."""
        wanted = self._came.files.get(keys)
        if wanted is not None and is_inside(wanted):
            return _below(self._folder.root, wanted)
        if keys[0] in self._homes:
            return self._homes[keys[0]].most_common(1)[0][0]
        return _below(self._folder.root, MAIN if keys[0] == "district" else f"{keys[0]}.yaml")

    def _differences(self, keys: Keys, old: Data, new: Data, said: Shape | None) -> Iterator[Edit]:
        """The edits that lead from what is there to what came in."""
        if isinstance(old, dict) and not isinstance(new, dict) and not self._removing:
            yield from self._over(keys, old, new, said)
        elif isinstance(new, dict) and not isinstance(old, dict):
            yield from self._opened(keys, old, new, said)
        elif isinstance(old, dict) and isinstance(new, dict):
            for name, value in new.items():
                inner = None if said is None else said.fields.get(name, said.values)
                if name in old:
                    yield from self._differences((*keys, name), old[name], value, inner)
                else:
                    yield Put((*keys, name), value)
            if self._removing:
                yield from (Remove((*keys, name)) for name in old if name not in new)
        elif not _agree(old, new, None if said is None else said.scalar):
            yield Put(keys, new)

    def _opened(self, keys: Keys, old: Data, new: dict[str, Data], said: Shape | None) -> Iterator[Edit]:
        """A mapping where a plain value stands: its long form keeps it."""
        long = None if said is None else said.long
        if long is None or is_dated(new) or long in new or self._removing:
            yield Put(keys, new)
        elif new:
            yield Put(keys, {long: old, **new})

    def _over(self, keys: Keys, old: dict[str, Data], new: Data, said: Shape | None) -> Iterator[Edit]:
        """A plain value where a mapping stands: what means it, or the latest by date, is held to it."""
        scalar = None if said is None else said.scalar
        long = None if said is None else said.long
        if is_dated(old):
            latest = old[max(key for key in old if key[:1].isdigit())]
            held = latest.get(long or "value") if isinstance(latest, dict) else latest
            if _agree(held, new, scalar):
                return
            said_ = msg(
                "{address} changes by date and is {held} now; name the date it is {value} from: {field}",
                address=dotted(keys), held=_plain(held), value=_plain(new), field=f"{keys[-1]}.2024-09",
            )  # fmt: skip
        elif long is not None and long in old:
            yield from self._differences((*keys, long), old[long], new, said.fields.get(long) if said else None)
            return
        elif isinstance(new, list) and all(each in old for each in new):
            return
        else:
            said_ = msg("{address} holds more than fits a cell: {fields}", address=dotted(keys), fields=list(old)[:5])
        self.slips.append(Slip(self._came.cell(keys) or "", said_))


def arrive(folder: Folder, came: Incoming, *, removing: bool = False) -> Arrival:
    """Lays what came in into a district; `removing` says that whole tables came, so that what they lack goes."""
    laying = _Laying(folder, came, removing=removing)
    laying.lay()
    changes: dict[str, bytes] = {}
    slips = [*laying.slips]
    held = {document.file: document.raw for document in folder.documents}
    for file, edits in laying.edits.items():
        if not edits:
            continue
        try:
            raw = patched(held[file], edits) if file in held else _fresh(edits)
        except CannotEdit as error:
            cell = came.cell(error.keys) or file
            said = msg("{file} cannot be changed at {address}: {reason}", file=file, address=dotted(error.keys),
                       reason=error.message)  # fmt: skip
            slips.append(Slip(cell, said))
            continue
        if raw != held.get(file):
            changes[file] = raw
    return Arrival(_with(folder, changes), changes, laying.added, laying.changed, laying.removed, tuple(slips))


def _fresh(edits: list[Edit]) -> bytes:
    """A new file that holds these entries, kinds in their order."""
    data: dict[str, Data] = {}
    for edit in edits:
        if isinstance(edit, Put):
            here = data
            for key in edit.keys[:-1]:
                here = cast("dict[str, Data]", here.setdefault(key, {}))
            here[edit.keys[-1]] = edit.value
    return written({kind: data[kind] for kind in KINDS if kind in data})


def _with(folder: Folder, changes: Mapping[str, bytes]) -> Folder:
    """The folder with new bytes in some files; the others are not read again."""
    fresh = {each.file: each for each in folder_of(folder.root, changes, {}, None, Budgets()).documents}
    known = {document.file: document for document in folder.documents}
    documents = {**known, **fresh}
    return replace(folder, documents=tuple(documents[file] for file in sorted(documents)), only=None, _places={})


def is_inside(file: str) -> bool:
    """Whether a file named in a table is one of the district's own: below its folder, seen, and no plan's."""
    parts = file.split("/")
    plain = not posixpath.isabs(file) and "\\" not in file and ":" not in file and file.endswith(".yaml")
    return plain and all(part and not part.startswith(".") for part in parts) and parts[0] not in _LEFT_OUT


def _below(root: str, file: str) -> str:
    return posixpath.normpath(posixpath.join(root, file))


def _entries(data: Data) -> Iterator[tuple[Keys, Data]]:
    """Every entry of a document, by its keys."""
    for kind, collection in data.items() if isinstance(data, dict) else ():
        if kind in KINDS:
            yield from _descend((kind,), collection, depth_of(kind))


def _descend(keys: Keys, value: Data, depth: int) -> Iterator[tuple[Keys, Data]]:
    if len(keys) == depth:
        yield keys, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _descend((*keys, key), each, depth)


def _shape_of(keys: Keys) -> Shape | None:
    found: Shape | None = shape(keys[0])
    for _ in keys[1:]:
        found = None if found is None else found.values
    return found


def _agree(old: Data, new: Data, scalar: Scalar | None) -> bool:
    """Whether two plain values say the same: one or several in any order, amounts and days however they are written."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, list) or isinstance(new, list):
        one, other = (each if isinstance(each, list) else [each] for each in (old, new))
        return sorted(map(str, one)) == sorted(map(str, other))
    if old == new:
        return True
    if scalar is not None and scalar.quantity in _DAYS:
        return str(old) == str(new)
    amount = parse(old)
    return amount is not None and amount == parse(new)


def _plain(value: Data | object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
