"""Knows how a YAML file is changed in place: edits become bytes, held against the data they should give."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xqctl.compose import Budgets, Composed, compose
from xqctl.compose.events import YAMLError
from xqctl.compose.read import Data
from xqctl.edit import emit
from xqctl.edit.splices import CannotEdit, Draft
from xqctl.messages import msg
from xqctl.place import Keys

__all__ = ["CannotEdit", "Edit", "Put", "Remove", "Rename", "is_same", "patched", "written"]


@dataclass(frozen=True, slots=True)
class Put:
    """What is to stand at a route; mappings on the way are made."""

    keys: Keys
    value: Data


@dataclass(frozen=True, slots=True)
class Remove:
    """A route whose key and value are to go."""

    keys: Keys


@dataclass(frozen=True, slots=True)
class Rename:
    """A route whose last key gets another name."""

    keys: Keys
    new: str


Edit = Put | Remove | Rename


def patched(raw: bytes, edits: Sequence[Edit], budgets: Budgets = Budgets()) -> bytes:  # noqa: B008  frozen
    """The file with the edits done in their order, each on what the one before has left; all else byte for byte.

    Raises `CannotEdit` where an edit cannot be made exactly.
    """
    before = compose(raw, "", budgets)
    if not before.whole:
        raise CannotEdit((), msg("the file cannot be read to its end"))
    data = _copied(before.data)
    try:
        draft = Draft(raw)
        for edit in edits:
            for step in list(_steps(edit, data)):
                data = _done(data, step)
                _drawn(draft, step)
        after = draft.raw
    except (YAMLError, UnicodeDecodeError, AssertionError) as error:
        raise CannotEdit(edits[0].keys, msg("its YAML is written in a way that cannot be kept")) from error
    _hold(edits, before, compose(after, "", budgets), data)
    return after


def written(data: dict[str, Data], head: Sequence[str] = ()) -> bytes:
    """A new file with this data, its top-level keys parted by empty lines, below the comment lines of `head`."""
    parts = ["\n".join(emit.entry(kind, held, 0, 1)) for kind, held in data.items()]
    return "".join(f"{line}\n" for line in [*head, "\n\n".join(parts)]).encode()


def is_same(one: Data, other: Data) -> bool:
    """Whether two values are the same data: order of keys aside, truth no number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and isinstance(one, str) == isinstance(other, str) and (
        one == other
    )  # fmt: skip


def _drawn(draft: Draft, step: Edit) -> None:
    match step:
        case Put(keys, value):
            draft.put(keys, value)
        case Remove(keys):
            draft.remove(keys)
        case Rename(keys, new):
            draft.rename(keys, new)


def _steps(edit: Edit, data: Data) -> Iterator[Edit]:
    """An edit as the smallest ones that do the same."""
    if not isinstance(edit, Put):
        yield edit
        return
    old = _at(data, edit.keys)
    if isinstance(old, dict) and isinstance(edit.value, dict) and old and edit.value:
        for key, value in edit.value.items():
            if key not in old or not is_same(old[key], value):
                yield from _steps(Put((*edit.keys, key), value), data)
        yield from (Remove((*edit.keys, key)) for key in old if key not in edit.value)
    elif isinstance(old, list) and isinstance(edit.value, list) and old and edit.value:
        for index, value in enumerate(edit.value):
            if index >= len(old) or not is_same(old[index], value):
                yield from _steps(Put((*edit.keys, str(index)), value), data)
        yield from (Remove((*edit.keys, str(index))) for index in range(len(old) - 1, len(edit.value) - 1, -1))
    elif old is _MISSING or not is_same(old, edit.value):
        yield edit


def _done(data: Data, step: Edit) -> Data:
    """The data with a step done, in place where it can be."""
    if not step.keys:
        raise CannotEdit((), msg("it is the whole file"))
    data = {} if data is None else data
    here: Data = data
    for key in step.keys[:-1]:
        if isinstance(here, dict):
            if here.get(key) is None:
                if not isinstance(step, Put):
                    raise CannotEdit(step.keys, msg("it is not there"))
                here[key] = {}
            here = here[key]
        else:
            here = _item(here, key, step.keys)
    _change(here, step)
    return data


def _change(here: Data, step: Edit) -> None:
    last = step.keys[-1]
    if isinstance(here, list) and isinstance(step, Put) and last == str(len(here)):
        here.append(_copied(step.value))
    elif isinstance(here, list) and not isinstance(step, Rename) and last.isdigit() and int(last) < len(here):
        if isinstance(step, Put):
            here[int(last)] = _copied(step.value)
        else:
            del here[int(last)]
    elif isinstance(here, dict) and isinstance(step, Put):
        here[last] = _copied(step.value)
    elif isinstance(here, dict) and last in here:
        value = here.pop(last)
        if isinstance(step, Rename):
            if step.new in here:
                raise CannotEdit(step.keys, msg("`{name}` stands there already", name=step.new))
            here[step.new] = value
    else:
        raise CannotEdit(step.keys, msg("it is not there"))


def _item(here: Data, key: str, keys: Keys) -> Data:
    if isinstance(here, list) and key.isdigit() and int(key) < len(here):
        return here[int(key)]
    raise CannotEdit(keys, msg("what stands above it is no mapping"))


_MISSING: Data = object()  # type: ignore[assignment]  # no value of any file


def _at(data: Data, keys: Keys) -> Data:
    for key in keys:
        if isinstance(data, dict) and key in data:
            data = data[key]
        elif isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        else:
            return _MISSING
    return data


def _hold(edits: Sequence[Edit], before: Composed, after: Composed, data: Data) -> None:
    """Refuses what reads back as anything else than it should, or brings new trouble with it."""
    new = Counter(problem.code for problem in after.problems) - Counter(problem.code for problem in before.problems)
    if after.whole and not new and is_same(after.data, data):
        return
    raise CannotEdit(edits[0].keys if edits else (), msg("it would not read back as what it should say"))


def _copied(value: Data) -> Data:
    """The data with nothing shared: what an alias repeats is a value of its own."""
    match value:
        case dict():
            return {key: _copied(each) for key, each in value.items()}
        case list():
            return [_copied(each) for each in value]
        case _:
            return value
