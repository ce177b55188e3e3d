"""Knows where in a file's text each key and value stands."""

from contextlib import suppress

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
_DEEPEST = Budgets().depth
_Stretch = tuple[int, int, int, int]


class Places:
    """The places of one file, read once; a route that is not there stands for the nearest one above it that is."""

    def __init__(self, raw: bytes, file: str) -> None:
        self.file = file
        decoded = decode(raw, file)
        self.text = decoded.text or ""
        self.lines = lines_of(self.text)
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

    def around(self, span: Span) -> Keys:
        """The route of the innermost key or value that a span lies in; empty where it lies in none."""
        start, found = (span.line - 1, span.column - 1), _NOWHERE
        for keys, (line, column, end_line, end_column) in (*self._keys.items(), *self._values.items()):
            if (line, column) <= start < (end_line, end_column) and len(keys) >= len(found):
                found = keys
        return found

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
        if column > 0 and line < len(self.lines) and self.lines[line][:column].strip():
            return line, column
        while line > 0 and (line >= len(self.lines) or not self.lines[line][: column or None].strip() or column == 0):
            line, column = line - 1, len(self.lines[line - 1])
            if self.lines[line].strip():
                break
        return line, len(self.lines[line].rstrip())
