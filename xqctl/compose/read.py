"""Knows how a stream of events becomes plain data under YAML 1.2's core schema, and what is wrong on the way."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from xqctl.compose.budgets import Budgets
from xqctl.compose.decode import WIDE, clean, decode, lines_of, narrow
from xqctl.compose.events import Event, YAMLError, events, explained
from xqctl.compose.scalars import ELSEWHERE_TRUTH, Plain, meant, truth
from xqctl.findings import Mend, Problem, Related
from xqctl.messages import Message, msg
from xqctl.place import Keys, Route, Span

Data = dict[str, "Data"] | list["Data"] | Plain

# A field of ours: nobody is helped by a note at every date.
_OUR_FIELD = "on"
_TAG = re.compile(r"!\S*")
_CORE_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq"))
_TEXT_TAG = "tag:yaml.org,2002:str"
# What people write for people: full-width digits are at home there.
_PROSE = frozenset(("note", "says", "title", "reason", "assumed", "disputed", "what", "duties", "purpose", "honours"))

# What is read as it is meant: the value counts, and may be wrong for another reason.
_READ_ANYWAY = frozenset(("XQY010", "XQY015"))
# The key whose value nobody keeps: a doubled one, a merge.
_SKIP = "\x00"


@dataclass(frozen=True, slots=True)
class Composed:
    """A file read: its data (an empty mapping where there is none), what is wrong, and where it is wrong already.

    `whole` is False where the text could not be read to its end: what it declares is then not all known.
    """

    data: Data
    problems: tuple[Problem, ...]
    spoiled: frozenset[Keys]
    whole: bool


def compose(raw: bytes, file: str, budgets: Budgets) -> Composed:
    """Reads one file; never raises for what is in it."""
    if len(raw) > budgets.size:
        message = msg("the file is larger than {limit} bytes", limit=budgets.size)
        help_ = msg("split it: a kind may stand in several files")
        return Composed({}, (Problem(Span(file, 1, 1, 1, 1), message, help_, code="XQY009"),), frozenset(), False)
    decoded = decode(raw, file)
    if decoded.text is None:
        return Composed({}, decoded.problems, frozenset(), False)
    reader = _Reader(file, decoded.text, budgets, decoded.dirty)
    whole = reader.run()
    problems = (*decoded.problems, *reader.problems)
    return Composed(reader.root, problems, frozenset(reader.spoiled), whole)


class _Reader:
    """One pass over a file; the stack holds, for every open collection, the one around it and its key there."""

    def __init__(self, file: str, text: str, budgets: Budgets, dirty: bool) -> None:
        self.file, self.text, self.budgets, self.dirty = file, text, budgets, dirty
        self.root: Data = {}
        self.problems: list[Problem] = []
        self.spoiled: set[Keys] = set()
        self.stack: list[tuple[dict[str, Data] | list[Data] | None, str | None]] = []
        self.anchors: dict[str, tuple[Data, int]] = {}
        self.asks = "?" in text

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, for the few problems that have to look at them."""
        return lines_of(self.text)

    def run(self) -> bool:
        """Reads to the end; False where the text stops being YAML or asks for too much."""
        try:
            stopped = self._read()
        except YAMLError as error:
            stopped = explained(error, self.text, self.file)
        if stopped is None:
            return True
        self.problems.append(stopped)
        if stopped.code == "XQY007":
            self.root = {}  # what the aliases make of it is more than anybody should walk through
        return False

    def _read(self) -> Problem | None:  # noqa: C901, PLR0912, PLR0915  the hot loop: one flat dispatch, no calls
        next_event, stack, limit = events(self.text), self.stack, self.budgets
        here: dict[str, Data] | list[Data] | None = None
        key: str | None = None
        opened: list[tuple[str | None, int]] = []
        nodes = documents = 0
        value: Data
        while (event := next_event()) is not None:
            kind: type[object] = event.__class__
            if kind is ScalarEvent:
                if key is None and here.__class__ is dict:
                    key = self._key(event, here)
                    continue
                value = self._scalar(event, here, key)
                nodes += 1
                if event.anchor is not None:
                    self.anchors[event.anchor] = (value, 1)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = here
                here, key = stack.pop()
                anchor, before = opened.pop()
                nodes += 1
                if anchor:
                    self.anchors[anchor] = (value, nodes - before)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if key is None and here.__class__ is dict:
                    return self._problem("XQY001", event, msg("a key must be plain text"))
                if len(stack) >= limit.depth:
                    return self._problem("XQY008", event, msg("nested deeper than {limit} levels", limit=limit.depth))
                if event.tag and event.tag not in _CORE_TAGS:
                    self._refuse_tag(event, here, key)
                stack.append((here, key))
                opened.append((event.anchor, nodes))
                here, key = {} if kind is MappingStartEvent else [], None
                if len(stack) == 1:
                    self.root = here
                continue
            elif kind is AliasEvent:
                if key is None and here.__class__ is dict:
                    return self._problem("XQY001", event, msg("a key must be plain text"))
                value, size = self.anchors.get(event.anchor or "", (None, 1))
                nodes += size
                if nodes > limit.nodes:
                    message = msg("aliases blow this file up to more than {limit} values", limit=limit.nodes)
                    return self._problem("XQY007", event, message, msg("write out what is meant"))
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    help_ = msg("one file is one document: delete the `---`")
                    return self._problem("XQY014", event, msg("a second document begins here"), help_)
                continue
            else:
                continue
            if isinstance(here, list):
                here.append(value)
            elif here is None:
                self.root = value
            else:
                if key is not None and key is not _SKIP:
                    here[key] = value
                key = None
        return None

    def _key(self, event: Event, here: dict[str, Data]) -> str:
        key: str = event.value
        if self.asks and self.text[event.start_mark.index - 1 : event.start_mark.index] == "?":
            self._bare_question(event)
        if self.dirty:
            key = self._cleaned(event, key, (*self._keys(), clean(key)))
        if not event.style:
            if key == "<<":
                message = msg("merge keys `<<` are not read")
                self._say("XQY006", event, message, msg("write the fields out"), *self._keys(), key)
                return _SKIP
            if key in ELSEWHERE_TRUTH and key != _OUR_FIELD:
                doubt = truth(key)
                self._say(doubt.code, event, doubt.message, doubt.help, *self._keys(), key)
                self._mend(event, f'"{key}"')
        if event.tag and event.tag not in _CORE_TAGS:
            self._refuse_tag(event, here, key)
        if key in here:
            self._doubled(event, key)
            return _SKIP
        return key

    def _scalar(self, event: Event, here: dict[str, Data] | list[Data] | None, key: str | None) -> Data:
        value: str = event.value
        if event.tag and event.tag != "!":
            if event.tag not in _CORE_TAGS:
                self._refuse_tag(event, here, key)
            if event.tag == _TEXT_TAG:
                return value
        if self.dirty and key not in _PROSE:
            value = self._cleaned(event, value, self._keys(here, key))
        if event.style or event.tag == "!":
            return value
        read, doubt = meant(value)
        if doubt is not None:
            self._say(doubt.code, event, doubt.message, doubt.help, *self._keys(here, key))
            if not event.anchor and not event.tag:
                self._mend(event, f'"{value}"')
        return read

    def _cleaned(self, event: Event, value: str, keys: Keys) -> str:
        if (wide := WIDE.search(value)) is not None:
            message = msg("full-width digits `{digits}`", digits=wide[0])
            self._say("XQY010", event, message, msg("write {digits}", digits=clean(wide[0])), *keys)
            start, end = event.start_mark.index, event.end_mark.index
            self._mend(event, narrow(self.text[start:end]))
        return clean(value)

    def _bare_question(self, event: Event) -> None:
        """In brackets libyaml drops a question mark that a word begins with: `{?a: 1}`."""
        start, end = event.start_mark, event.end_mark
        span = Span(self.file, start.line + 1, start.column, end.line + 1, end.column + 1)
        message = msg("text in brackets that begins with ? is taken for a key: put it in quotes")
        self.problems.append(Problem(span, message, code="XQY001"))

    def _doubled(self, event: Event, key: str) -> None:
        keys = (*self._keys(), key)
        first = Related(Route(self.file, keys, "key"), msg("first written here"))
        message = msg("`{key}` is written twice in one mapping; only one of them can count", key=key)
        self.problems.append(
            Problem(self._span(event), message, msg("delete one, or give it another name"), (first,), "XQY002")
        )

    def _refuse_tag(self, event: Event, here: dict[str, Data] | list[Data] | None, key: str | None) -> None:
        tag = (event.tag or "").replace("tag:yaml.org,2002:", "!!")
        number, column = event.start_mark.line, event.start_mark.column
        written = _TAG.search(self.lines[number], column) if number < len(self.lines) else None
        left, right = written.span() if written else (column, column + 1)
        span = Span(self.file, number + 1, left + 1, number + 1, right + 1)
        self.spoiled.add(self._keys(here, key))
        self.problems.append(
            Problem(span, msg("the tag `{tag}` is not read", tag=tag), msg("delete it"), code="XQY005")
        )

    def _say(self, code: str, event: Event, message: Message, help_: Message, *keys: str) -> None:
        if code not in _READ_ANYWAY:
            self.spoiled.add(keys)
        self.problems.append(self._problem(code, event, message, help_))

    def _mend(self, event: Event, text: str) -> None:
        """Says how the problem told last is mended: the words of the event, written so."""
        self.problems[-1] = replace(self.problems[-1], mend=Mend(self._span(event), text))

    def _problem(self, code: str, event: Event, message: Message, help_: Message | None = None) -> Problem:
        return Problem(self._span(event), message, help_, code=code)

    def _span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _keys(self, here: dict[str, Data] | list[Data] | None = None, key: str | None = None) -> Keys:
        """The route to where the pass stands: only asked for when there is something to say."""
        found = []
        for outer, inner in (*self.stack[1:], (here, key)):
            if isinstance(outer, list):
                found.append(str(len(outer)))
            elif inner is not None:
                found.append(inner)
        return tuple(found)
