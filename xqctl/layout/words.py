"""Knows how single values are printed: words in quotes only where needed, brackets on one line, texts of many lines."""

import re

from xqctl.edit import emit
from xqctl.edit.tree import Item, Node

_MARKS = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]*)*")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
PART_OF_TEXT = "\0"
"""Stands for an empty line at the end of a text that keeps it."""

_HEAD = re.compile(r"([|>])([-+0-9]*)([^\n]*)")


class Words:
    """The values of one file, printed from its text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def key(self, node: Node, *, in_flow: bool = False) -> str:
        """A key."""
        return self._word(node, in_flow=in_flow, is_key=True)

    def marks(self, node: Node) -> str:
        """The anchor and tag before a collection, each after a blank."""
        found = _MARKS.match(self.text, node.start, max(node.start, node.inner - 1 if node.is_flow else node.inner))
        told = found[0].split() if found else []
        return "".join(f" {mark}" for mark in told)

    def inline(self, node: Node, indent: int) -> list[str]:
        """A value behind its key; what follows on further lines is `indent` blanks in."""
        if node.shape == "scalar" and node.style in ("|", ">"):
            return self._block_text(node, indent)
        if node.shape == "scalar" and "\n" in self.text[node.start : node.end]:
            first, *rest = self.text[node.start : node.end].split("\n")
            lines = [first.rstrip(" \t") if not first.endswith("\\ ") else first]
            for line in rest:
                bare = line.strip(" \t") if not line.endswith("\\ ") else line.lstrip(" \t")
                lines.append(f"{' ' * indent}{bare}" if bare else "")
            return lines
        return [self._flow(node) if node.shape in ("mapping", "list") else self._word(node, in_flow=False)]

    def is_bracketed(self, node: Node) -> bool:
        """Whether a collection on one line has brackets of its own; a pair in a list has none."""
        return self.text[node.inner - 1 : node.inner] in ("{", "[") and node.end > node.inner

    def has_comments(self, node: Node) -> bool:
        """Whether comments stand between a bracket and its end."""
        last = node.inner
        for item in node.items:
            middle = item.value.start if item.value.end > item.value.start else item.end
            end = item.key.end if item.key is not None else last
            gaps = ((last, item.start), (end, middle))
            if any("#" in self.text[start:stop] for start, stop in gaps) or self.has_comments(item.value):
                return True
            last = item.end
        return "#" in self.text[last : node.end] if node.items else False

    def _flow(self, node: Node) -> str:
        inner = ", ".join(self._pair(item) for item in node.items)
        if not self.is_bracketed(node):
            return inner
        marks = self.marks(node).lstrip()
        opened, closed = ("{", "}") if node.shape == "mapping" else ("[", "]")
        return f"{marks}{' ' if marks else ''}{opened}{inner}{closed}"

    def _pair(self, item: Item) -> str:
        value = item.value
        is_there = value.end > value.start
        said = self._flow(value) if value.shape in ("mapping", "list") else self._word(value, in_flow=True)
        if item.key is None:
            return said
        name = self.key(item.key, in_flow=True)
        if not is_there:
            return name if item.colon is None else f"{name}:"
        return f"{name}: {said}"

    def _word(self, node: Node, *, in_flow: bool, is_key: bool = False) -> str:
        """A scalar or alias on one line, in the quotes it needs."""
        raw = self.text[node.start : node.end]
        if node.shape == "alias" or (marks := _MARKS.match(raw)) is None or marks[0]:
            return raw
        if node.style is None:
            return raw if "\n" not in raw else emit.scalar(node.text, in_flow=in_flow)
        if _DATE.fullmatch(node.text):
            return emit.quoted(node.text)
        if is_key:
            return emit.key(node.text, in_flow=in_flow)
        return emit.scalar(node.text, in_flow=in_flow)

    def _block_text(self, node: Node, indent: int) -> list[str]:
        """A text of many lines after ``|`` or ``>``, as deep as it stands now."""
        raw = self.text[node.start : node.end]
        head, _, body = raw.partition("\n")
        marks = _MARKS.match(head)
        found = _HEAD.match(head, marks.end() if marks else 0)
        assert found is not None  # noqa: S101  its style says so
        lines = body.split("\n") if body else []
        keeps = "+" in found[2] and node.text.endswith("\n\n")
        deep = _least(lines)
        if re.search("[1-9]", found[2]):  # the text itself begins with blanks
            deep -= _least(node.text.split("\n"))
        if "+" in found[2]:
            last = len(body.rstrip("\n").split("\n"))
            lines = [*lines[:last], *([PART_OF_TEXT] * (len(lines) - last - 1) if keeps else [])]
        said = re.sub("[1-9]", "2", found[2] if keeps else found[2].replace("+", ""))
        ends = "" if node.text.endswith("\n") or "-" in said else "-"  # the file ended within the text
        head = f"{head[: found.start()]}{found[1]}{said}{ends}{found[3].rstrip()}"
        return [head, *(line if line == PART_OF_TEXT else _moved(line, deep, indent) for line in lines)]


def _least(lines: list[str]) -> int:
    """The blanks before the first line that holds something."""
    first = next((line for line in lines if line.strip(" ")), "")
    return len(first) - len(first.lstrip(" "))


def _moved(line: str, deep: int, indent: int) -> str:
    bare = line[deep:] if not line[:deep].strip(" ") else line.lstrip(" ")
    return f"{' ' * indent}{bare}" if bare else ""
