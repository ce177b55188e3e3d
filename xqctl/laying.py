"""Knows how one document is laid on others: what is added, changed, removed, and what an expectation finds there."""

from collections.abc import Iterator, Mapping
from typing import cast

from xqctl.compose.read import Data
from xqctl.findings import Problem, Related
from xqctl.folder import Folder
from xqctl.messages import Message, msg
from xqctl.place import Keys, Route, dotted
from xqctl.schema.patch import ANY, long_forms

_DEPTHS = {"district": 1, "statistics": 3}
"""How far down an entry stands, where it is not by kind and id."""

_MISSING = object()


class Layers:
    """A district's documents while plans are laid on them: the data of each, and which file each change came from."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._whole = all(document.whole for document in folder.documents)
        self.data: dict[str, Data] = {document.file: document.data for document in folder.documents}
        self.laid: dict[Keys, str] = {}
        self.removed: set[Keys] = set()
        self.problems: list[Problem] = []

    def lay(self, file: str, patch: Data) -> None:
        """Lays one file of a plan over everything laid before."""
        for kind, each in patch.items() if isinstance(patch, dict) else ():
            self._descend(file, (kind,), each)

    def expect(self, file: str, keys: Keys, wanted: Data) -> None:
        """Holds a tree of old values, from a plan's own file, against what is there."""
        if isinstance(wanted, dict) and wanted:
            for key, value in cast("dict[str, Data]", _long(keys, wanted)).items():
                self.expect(file, (*keys, key), value)
            return
        home, actual = self._find(keys)
        if not keys or _agree(_long(keys, actual), _long(keys, wanted)):
            return
        if actual is _MISSING:
            message = msg("{address} is expected to be {wanted}, and is not there", address=dotted(keys),
                          wanted=shown(wanted))  # fmt: skip
        else:
            message = msg("{address} is expected to be {wanted}, and is {actual}", address=dotted(keys),
                          wanted=shown(wanted), actual=shown(cast("Data", actual)))  # fmt: skip
        related = () if home is None else (Related(self._place(home, keys), msg("what is there now")),)
        where = self._folder.places(file).of(Route(file, ("expects", *keys)))
        help_ = msg("see whether the plan still holds, then expect what is there")
        self.problems.append(Problem(where, message, help_, related, "XQN004"))

    def _place(self, home: str, keys: Keys) -> Route:
        above = (keys[:length] for length in range(len(keys), 0, -1))
        file = next((self.laid[route] for route in above if route in self.laid), home)
        return Route(file, keys)

    def _descend(self, file: str, keys: Keys, patch: Data) -> None:
        """Down to the entries: collections, and years of statistics, may stand in several documents."""
        if len(keys) == _DEPTHS.get(keys[0], 2):
            self._entry(file, keys, patch)
        elif patch is None:
            self._remove(file, keys)
        elif isinstance(patch, dict):
            for key, each in patch.items():
                self._descend(file, (*keys, key), each)

    def _entry(self, file: str, keys: Keys, patch: Data) -> None:
        if patch is None:
            self._remove(file, keys)
            return
        home, old = self._find(keys)
        new = self._merged(file, keys, old, patch)
        where = home or file
        self.data[where] = _put(self.data[where], keys, new)

    def _remove(self, file: str, keys: Keys) -> None:
        """Takes a collection, a year or an entry out of every document that has it."""
        found = False
        for home, data in self.data.items():
            old = _at(data, keys)
            if old is not _MISSING:
                found = True
                self.data[home] = _without(data, keys)
                self._forget(keys, cast("Data", old))
        self._note_removal(file, keys, found)

    def _merged(self, file: str, keys: Keys, old: object, patch: Data) -> Data:
        old, patch = _long(keys, old), cast("Data", _long(keys, patch))
        if not isinstance(old, dict) or not isinstance(patch, dict):
            self.laid[keys] = file
        if not isinstance(patch, dict):
            return patch
        new = dict(old) if isinstance(old, dict) else {}
        for key, value in patch.items():
            at = (*keys, key)
            if value is None:
                if key in new:
                    self._forget(at, new[key])
                self._note_removal(file, at, key in new)
                new.pop(key, None)
            else:
                new[key] = self._merged(file, at, new.get(key, _MISSING), value)
        self._refuse_mixture(file, keys, new)
        return new

    def _refuse_mixture(self, file: str, keys: Keys, new: Mapping[str, Data]) -> None:
        """What has a long form is plain or by date; a plan that makes it half of each has forgotten the other half."""
        field = _long_field(keys)
        if field is not None and len({key[:1].isdigit() for key in new}) > 1:
            where = self._folder.places(file).of(Route(file, keys, "key"))
            message = msg("{address} would be by date and not by date at once", address=dotted(keys))
            help_ = msg(
                "write what holds on every date, and `null` for what it said before: `{field}: null`", field=field
            )
            self.problems.append(Problem(where, message, help_, code="XQN006"))

    def _forget(self, keys: Keys, old: Data) -> None:
        self.removed.add(keys)
        for key, value in old.items() if isinstance(old, dict) else ():
            self._forget((*keys, key), value)

    def _note_removal(self, file: str, keys: Keys, was_there: bool) -> None:
        if not was_there and keys not in self.removed and self._whole:
            where = self._folder.places(file).of(Route(file, keys, "key"))
            message = msg("{address} is to be removed, and is not there", address=dotted(keys))
            self.problems.append(Problem(where, message, msg("delete the line, or mend the name"), code="XQN002"))
        self.laid[keys] = file

    def _find(self, keys: Keys) -> tuple[str | None, object]:
        """The first document that has something at a route, and what."""
        for file, data in self.data.items():
            found = _at(data, keys)
            if found is not _MISSING:
                return file, found
        return None, _MISSING


def leaves(data: Data, keys: Keys = ()) -> Iterator[tuple[Keys, Data]]:
    """The routes a plan's file changes, in long form, each with what it says there; an empty mapping is one."""
    data = cast("Data", _long(keys, data))
    if isinstance(data, dict) and (data or not keys):
        for key, value in data.items():
            yield from leaves(value, (*keys, key))
    else:
        yield keys, data


def shown(value: Data) -> Message | str:
    """A value in a sentence."""
    match value:
        case None:
            return msg("no value")
        case dict():
            return msg("something with {fields}", fields=list(value)[:5]) if value else "{}"
        case list():
            return f"[{', '.join(map(str, value[:5]))}{', …' if len(value) > 5 else ''}]"
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _agree(actual: object, wanted: object) -> bool:
    """Whether what is there is what was expected: `null` expects nothing, `{}` any mapping, a number also its text."""
    if wanted is None:
        return actual is _MISSING
    if wanted == {} and isinstance(wanted, dict):
        return isinstance(actual, dict)
    if isinstance(actual, bool) or isinstance(wanted, bool):
        return actual is wanted
    if isinstance(actual, str) != isinstance(wanted, str) and not isinstance(actual, dict | list):
        return str(actual) == str(wanted)
    return actual == wanted


def _long(keys: Keys, value: object) -> object:
    """A value in its long form, where its place has one; by date, each of those it holds."""
    field = _long_field(keys)
    if field is None or value is None or value is _MISSING:
        return value
    if not isinstance(value, dict):
        return {field: value}
    if any(key[:1].isdigit() for key in value):
        return {
            key: {field: held} if key[:1].isdigit() and held is not None and not isinstance(held, dict) else held
            for key, held in value.items()
        }
    return value


def _long_field(keys: Keys) -> str | None:
    if len(keys) < 3:
        return None
    for way, field in long_forms().items():
        if len(way) == len(keys) and all(step in (ANY, key) for step, key in zip(way, keys, strict=True)):
            return field
    return None


def _at(data: object, keys: Keys) -> object:
    for length, key in enumerate(keys, 1):
        if not isinstance(data, dict) or key not in data:
            return _MISSING
        data = data[key] if length == len(keys) else _long(keys[:length], data[key])
    return data


def _put(data: Data, keys: Keys, value: Data) -> Data:
    """The same data with something at a route; what is not on the way is shared."""
    if not keys:
        return value
    held = data if isinstance(data, dict) else {}
    return {**held, keys[0]: _put(held.get(keys[0], {}), keys[1:], value)}


def _without(data: Data, keys: Keys) -> Data:
    if not isinstance(data, dict) or keys[0] not in data:
        return data
    if len(keys) == 1:
        return {key: value for key, value in data.items() if key != keys[0]}
    return {**data, keys[0]: _without(data[keys[0]], keys[1:])}
