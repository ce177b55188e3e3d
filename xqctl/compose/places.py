"""Knows where in a file's text each key and value stands."""

from bisect import bisect_right
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from xqctl.compose.budgets import Budgets
from xqctl.compose.decode import clean, decode, lines_of
from xqctl.compose.events import Mark, YAMLError, events
from xqctl.place import Keys, Route, Span

_NOWHERE: Keys = ()
_BLANKS = " \t"
_DEEPEST = Budgets().depth
_Stretch = tuple[int, int, int, int]


class _Held(NamedTuple):
    """A stretch's end, the route it holds, and the number of the stretch around it (-1: there is none)."""

    end: tuple[int, int]
    keys: Keys
    outer: int


class Places:
    """The places of one file, read once; a route that is not there stands for the nearest one above it that is."""

    def __init__(self, raw: bytes, file: str) -> None:
        self.file = file
        decoded = decode(raw, file)
        self.text = decoded.text or ""
        self.lines = lines_of(raw.decode("utf-8", "replace") if decoded.text is None else decoded.text)
        self._dirty = decoded.dirty
        self._keys: dict[Keys, _Stretch] = {}
        self._values: dict[Keys, _Stretch] = {}
        with suppress(YAMLError):  # what stands above the mistake is known; the mistake itself is a finding of its own
            self._read()

    def of(self, route: Route) -> Span:
        """The span of a route's key or value; a value that is empty is shown at its key."""
        keys = route.keys
        if route.part == "value" and keys in self._values:
            return self._span(self._values[keys])
        while keys:
            if keys in self._keys:
                return self._span(self._keys[keys])
            if keys in self._values:
                return self._span(self._values[keys])
            keys = keys[:-1]
        return Span(self.file, 1, 1, 1, 1)

    def is_written(self, keys: Keys) -> bool:
        """Whether anything stands at a route, were it only ``null``."""
        return keys in self._values

    def around(self, span: Span) -> Keys:
        """The route of the innermost key or value that a span lies in; empty where it lies in none."""
        starts, found = self._nested
        point = (span.line - 1, span.column - 1)
        at = bisect_right(starts, point) - 1
        while at >= 0 and found[at].end <= point:
            at = found[at].outer
        return found[at].keys if at >= 0 else _NOWHERE

    @cached_property
    def _nested(self) -> tuple[list[tuple[int, int]], list[_Held]]:
        """All stretches by where they start, the outer one first; each knows the one it lies in."""
        every = [
            (stretch[:2], stretch[2:], keys) for part in (self._keys, self._values) for keys, stretch in part.items()
        ]
        every.sort(key=lambda each: (each[0], -each[1][0], -each[1][1], len(each[2])))
        starts: list[tuple[int, int]] = []
        held: list[_Held] = []
        open_ = [-1]
        for start, end, keys in every:
            while open_[-1] >= 0 and held[open_[-1]].end <= start:
                open_.pop()
            held.append(_Held(end, keys, open_[-1]))
            open_.append(len(held) - 1)
            starts.append(start)
        return starts, held

    def _span(self, stretch: _Stretch) -> Span:
        line, column, end_line, end_column = stretch
        return Span(self.file, line + 1, column + 1, end_line + 1, end_column + 1)

    def _read(self) -> None:
        next_event = events(self.text)
        stack: list[tuple[Keys, bool, int, Mark]] = []
        path: Keys = ()
        waiting = False  # a key has been read, its value not yet
        mapping, index, end = False, 0, (0, 0)
        while (event := next_event()) is not None:
            kind: type[object] = event.__class__
            if kind is ScalarEvent and mapping and not waiting:
                path = (*stack[-1][0], clean(event.value) if self._dirty else event.value)
                end = self._end(event.end_mark)
                self._keys.setdefault(path, (event.start_mark.line, event.start_mark.column, *end))
                waiting = True
                continue
            if kind is ScalarEvent or kind is AliasEvent or kind is MappingStartEvent or kind is SequenceStartEvent:
                if stack and not mapping:
                    path = (*stack[-1][0], str(index))
                    index += 1
                if kind is MappingStartEvent or kind is SequenceStartEvent:
                    if len(stack) > _DEEPEST:
                        return  # deeper than anything that is read
                    stack.append((path, mapping, index, event.start_mark))
                    mapping, index, waiting = kind is MappingStartEvent, 0, False
                    end = (event.end_mark.line, event.end_mark.column)
                    continue
                start = event.start_mark
                if kind is AliasEvent or event.value or event.style:
                    end = self._end(event.end_mark)
                    self._values.setdefault(path, (start.line, start.column, *end))
                waiting = False
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                path, mapping, index, start = stack.pop()
                if event.end_mark.index > event.start_mark.index:  # a flow collection ends with a bracket of its own
                    end = (event.end_mark.line, event.end_mark.column)
                self._values.setdefault(path, (start.line, start.column, *end))
                waiting = False

    def _end(self, mark: Mark) -> tuple[int, int]:
        """The end of a scalar: a block text's own mark already stands on the next line that holds something."""
        line, column = mark.line, mark.column
        if column > 0 and line < len(self.lines) and self.lines[line][:column].strip(_BLANKS):
            return line, column
        while line > 0 and (
            line >= len(self.lines) or not self.lines[line][: column or None].strip(_BLANKS) or column == 0
        ):
            line, column = line - 1, len(self.lines[line - 1])
            if self.lines[line].strip(_BLANKS):
                break
        return line, len(self.lines[line].rstrip(_BLANKS))
