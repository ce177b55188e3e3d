"""Knows plans: documents laid on documents as JSON Merge Patch (RFC 7396), each path keeping its file.

What a plan says is laid over a district's joined collections, in long form where there is one (`lead` becomes
`{role: lead}`). A plan that is wrong in itself, or does not fit what it is laid on, is refused whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xqctl.compose.read import Data
from xqctl.findings import Problem, Related
from xqctl.folder import Document, Draft, Folder
from xqctl.laying import Layers, leaves, shown
from xqctl.messages import msg
from xqctl.place import Keys, Route, dotted
from xqctl.quantities import parse_date
from xqctl.schema import is_valid
from xqctl.schema.patch import loose
from xqctl.schema.sentences import explained

MAIN = "plan.yaml"
"""The file that says what a plan is and what it relies on."""

_EXPECTS = "expects"
# What the text stage finds and what yet is read as it is meant.
_READ_ANYWAY = frozenset(("XQY004", "XQY010", "XQY015", "XQY016"))


def begins(draft: Draft) -> date | None:
    """The day a plan takes effect, None where it does not say."""
    main = _main(draft)
    said = main.data.get("from") if main is not None and isinstance(main.data, dict) else None
    partial = parse_date(said)
    return partial.first_day if partial is not None else None


def lay(folder: Folder, names: Sequence[str]) -> Folder:
    """The folder with its plans of these names laid over it in this order; where one is refused, with none of them.

    The plans' own files then are among the documents, so that findings in them have their place.
    """
    drafts = [draft for name in names for draft in folder.drafts if draft.name == name]
    documents = [document for draft in drafts for document in draft.documents]
    problems = [problem for draft in drafts for problem in _shape(folder, draft)]
    unread = any(not each.whole or {p.code for p in each.problems} - _READ_ANYWAY for each in documents)
    layers = Layers(folder)
    if not problems and not unread:
        problems = list(_changed_twice(folder, drafts))
    if not problems and not unread:
        for draft in drafts:
            _lay(layers, draft)
        problems = layers.problems
    if problems or unread:
        empty = tuple(replace(document, data={}) for document in documents)
        return replace(folder, documents=folder.documents + empty, problems=tuple(problems), is_refused=True)
    laid = tuple(replace(each, data=layers.data[each.file]) for each in (*folder.documents, *documents))
    return replace(folder, documents=laid, laid=layers.laid, removed=frozenset(layers.removed))


def _lay(layers: Layers, draft: Draft) -> None:
    """One plan: first what it relies on is held against what is there, then it is laid."""
    main = _main(draft)
    for document in draft.documents:
        layers.data[document.file] = {}
    if main is not None and isinstance(main.data, dict):
        layers.expect(main.file, (), main.data.get(_EXPECTS))
    for document in _patches(draft):
        layers.lay(document.file, document.data)


def _main(draft: Draft) -> Document | None:
    return next((each for each in draft.documents if each.file.rsplit("/", 2)[-2:] == [draft.name, MAIN]), None)


def _patches(draft: Draft) -> Iterator[Document]:
    main = _main(draft)
    return (document for document in draft.documents if document is not main)


def _shape(folder: Folder, draft: Draft) -> Iterator[Problem]:
    """What is wrong with a plan's files in themselves."""
    main = _main(draft)
    for document in draft.documents:
        data, before = document.data, Route(document.file)
        if document is main:
            if not is_valid(data, "plan"):
                yield from _placed(folder, document, explained(document.file, data, "plan"))
            if not isinstance(data, dict) or _EXPECTS not in data:
                continue
            data, before = data[_EXPECTS], before.to(_EXPECTS)
        yield from _placed(folder, document, _emptinesses(folder, before, data))
        if (document is not main or isinstance(data, dict)) and not is_valid(data, read=loose):
            found = explained(document.file, data, read=loose)
            yield from _placed(folder, document, found, before.keys)


def _placed(folder: Folder, document: Document, found: Iterator[Problem], before: Keys = ()) -> Iterator[Problem]:
    """Problems of one file at their lines, so that nothing laid can move them."""
    places = folder.places(document.file)
    for problem in found:
        where = problem.where
        if isinstance(where, Route):
            keys = (*before, *where.keys)
            if keys not in document.spoiled:
                yield replace(problem, where=places.of(Route(document.file, keys, where.part)))


def _emptinesses(folder: Folder, at: Route, data: Data) -> Iterator[Problem]:
    """Every value that is left empty, where `null` would have to be written."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _emptinesses(folder, at.to(key), value)
    elif data is None and at.keys and not folder.places(at.file).is_written(at.keys):
        message = msg("`{name}` is left empty in a plan", name=at.keys[-1])
        help_ = msg("write `null` to remove it, `{{}}` to add it without fields, or delete the line")
        yield Problem(replace(at, part="key"), message, help_, code="XQN001")


@dataclass(frozen=True, slots=True)
class _Change:
    """What a file of a plan says at one route."""

    plan: str
    route: Route
    value: Data


def _changed_twice(folder: Folder, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Where two plans, or two files of one, change the same thing to something else."""
    seen: dict[Keys, _Change] = {}
    above: dict[Keys, _Change] = {}
    for draft in drafts:
        for document in _patches(draft):
            mine = [
                _Change(draft.name, Route(document.file, keys, "key"), value) for keys, value in leaves(document.data)
            ]
            for change in mine:
                other = _other(change, seen, above)
                if other is not None:
                    yield _twice(folder, change, other)
            for change in mine:
                seen.setdefault(change.route.keys, change)
                above.update({change.route.keys[:n]: change for n in range(len(change.route.keys))})


def _other(change: _Change, seen: Mapping[Keys, _Change], above: Mapping[Keys, _Change]) -> _Change | None:
    """An earlier change of the same thing, of what it is in or of something in it; an empty mapping changes none."""
    keys = change.route.keys
    same = seen.get(keys)
    if same is not None:
        return same if same.value != change.value else None
    around = next((seen[keys[:n]] for n in range(len(keys)) if keys[:n] in seen and seen[keys[:n]].value != {}), None)
    return around or (above.get(keys) if change.value != {} else None)


def _twice(folder: Folder, change: _Change, other: _Change) -> Problem:
    address, former = dotted(change.route.keys), dotted(other.route.keys)
    if address == former:
        message = msg("{address} is changed twice: to {other}, and here to {value}", address=address,
                      value=shown(change.value), other=shown(other.value))  # fmt: skip
    else:
        message = msg("{address} is changed here, and {other} before it", address=address, other=former)
    first = Related(
        folder.places(other.route.file).of(other.route), msg("the plan {plan} changes it first", plan=other.plan)
    )
    where = folder.places(change.route.file).of(change.route)
    return Problem(where, message, msg("keep one of the two"), (first,), "XQN005")
