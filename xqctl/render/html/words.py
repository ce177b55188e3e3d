"""Knows pieces of text on a page: made visible, in the reader's language, in their tone, leading somewhere."""

from dataclasses import dataclass
from typing import NamedTuple

from xqctl import page as p
from xqctl.messages import Lang, say
from xqctl.page import Tone
from xqctl.render.html.links import Anchors, address
from xqctl.screen import visible


class Piece(NamedTuple):
    """Text in one tone; `to` is an address, empty where it leads nowhere."""

    tone: str
    text: str
    to: str = ""


Pieces = list[Piece]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what can be led to on the page."""

    lang: Lang
    anchors: Anchors

    def text(self, words: p.Words) -> str:
        """`words` as plain text."""
        return visible(say(words, self.lang))

    def line(self, line: p.Line) -> Pieces:
        """A line of runs."""
        return [piece for run in line for piece in self.run(run)]

    def run(self, run: p.Run) -> Pieces:
        """A run: a sentence, unless it has a tone or leads somewhere."""
        to = self.address(run.to)
        if run.tone is Tone.PLAIN and not to:
            return self.sentence(run.words)
        return [Piece(run.tone, self.text(run.words), to)]

    def sentence(self, words: p.Words) -> Pieces:
        """A sentence; what it sets in backticks could be typed."""
        pieces = self.text(words).split("`")
        if len(pieces) % 2 == 0:
            return [Piece(Tone.PLAIN, "`".join(pieces))]
        return [Piece(Tone.NAME if inside % 2 else Tone.PLAIN, piece) for inside, piece in enumerate(pieces) if piece]

    def address(self, to: str) -> str:
        """Where `to` leads from this page."""
        return address(to, self.anchors.names) if to else ""
