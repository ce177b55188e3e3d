"""Knows the lines of a text: where they end, how far in something stands, and how new ones are put between them."""

import re

_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r|\n|\Z)")
_BREAK = re.compile(r"\r\n|\r|\n")
_EMPTY = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")


class Lines:
    """The lines of one text; `eol` is how they end."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = _BREAK.search(text)
        self.eol = found[0] if found else "\n"

    def column(self, at: int) -> int:
        """How many characters stand before a place on its line."""
        return at - max(self._text.rfind("\n", 0, at), self._text.rfind("\r", 0, at)) - 1

    def is_start(self, at: int) -> bool:
        """Whether a line begins here: what ends here has taken the line's end with it."""
        return at > 0 and self._text[at - 1] in "\r\n"

    def end(self, at: int) -> int | None:
        """The end of the line behind something, a comment left where it is; None where more than that follows."""
        if self.is_start(at):
            return at
        rest = _REST.match(self._text, at)
        return None if rest is None else rest.end()

    def placed(self, at: int, lines: list[str]) -> str:
        """Lines as they are put in at the end of a line, or at the beginning of one."""
        body = self.eol.join(lines)
        return body + self.eol if at == 0 or self._text[at - 1] in "\r\n" else self.eol + body

    def are_parted(self, start: int, end: int) -> bool:
        """Whether an empty line stands between two places."""
        return _EMPTY.search(self._text, start, end) is not None
