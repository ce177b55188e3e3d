"""Knows how SVG is written: elements, numbers, text cut to its room; nothing that a strict page would refuse.

Colours and sizes are presentation attributes: no style, no script, no address. Ids begin with `xq-` and a hash of the
drawing, so that several can stand on one page. Source: W3C, SVG 2; WAI-ARIA Graphics Module.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from xqctl.screen import visible, width

PAPER = "var(--page, Canvas)"
"""The colour drawn on: the page's own, else the reader's; white in a file that stands alone."""
TEXT = "currentColor"
_FONTS = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Hiragino Sans GB', 'Noto Sans CJK SC', 'Source Han Sans SC', "
    "'WenQuanYi Micro Hei', sans-serif"
)
_HEADING = 54
"""The room for the title above a drawing that stands alone."""
_BROAD = re.compile(r"[A-Zmw&+<=>~#$_0-9]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing without its frame; `about` says what it shows, for who cannot see it."""

    title: str
    about: str
    width: float
    height: float
    body: str

    def inline(self) -> str:
        """The SVG for a page, in the page's colours and type."""
        return self._framed(self.body, self.height, "")

    def alone(self) -> str:
        """The SVG as a file of its own: on white, under its title."""
        titled = self.under_title()
        paper = element("rect", width=titled.width, height=titled.height, fill=PAPER)
        whole = titled._framed(paper + titled.body, titled.height, ' color="#1f2328"')
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.replace(f'"{PAPER}"', '"#ffffff"')

    def under_title(self) -> "Drawing":
        """The same with its title above it, as a part of a greater one."""
        heading = text(24, 36, fitted(self.title, self.width - 40, 19), size=19, weight=600)
        moved = element("g", self.body, transform=f"translate(0 {number(_HEADING)})")
        return replace(self, body=heading + moved, height=self.height + _HEADING)

    def _framed(self, body: str, height: float, more: str) -> str:
        id_ = "xq-" + hashlib.sha256((self.title + self.about + body).encode()).hexdigest()[:12]
        size = f'width="{number(self.width)}" height="{number(height)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" {size} '
            f'viewBox="0 0 {number(self.width)} {number(height)}" font-family="{_FONTS}"{more} role="img" '
            f'aria-labelledby="{id_}-t {id_}-d">'
            f'<title id="{id_}-t">{escape(self.title)}</title><desc id="{id_}-d">{escape(self.about)}</desc>'
            f"{body}</svg>"
        )


def stacked(drawings: Sequence[Drawing], otherwise: Drawing) -> str:
    """Several drawings one below the other as one file; `otherwise` where there are none."""
    if len(drawings) < 2:
        return (drawings[0] if drawings else otherwise).alone()
    body, y = [], 0.0
    for each in (drawings[0], *(drawing.under_title() for drawing in drawings[1:])):
        body.append(element("g", each.body, transform=f"translate(0 {number(y)})"))
        y += each.height
    wide = max(drawing.width for drawing in drawings)
    return replace(drawings[0], body="".join(body), width=wide, height=y).alone()


def number(value: float) -> str:
    """A length as SVG has it, to a tenth of a pixel."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def escape(words: str) -> str:
    """Text as XML has it, with what would hide or turn it written out."""
    return _NO_XML.sub("\ufffd", visible(words)).translate(_ENTITIES)


def element(name: str, /, *inner: str, **attributes: Value) -> str:
    """An element; `stroke_width` is ``stroke-width``, an attribute of None is left out; `inner` is SVG already."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(inner)}</{name}>" if inner else f"<{name}{said}/>"


def text(x: float, y: float, words: str, *, size: float = 13, weight: int | None = None, **attributes: Value) -> str:
    """A line of text, its base at `y`."""
    return element("text", escape(words), x=x, y=y, font_size=size, font_weight=weight, fill=TEXT, **attributes)


def hint(words: str) -> str:
    """What is shown when somebody points at the thing this stands in."""
    return f"<title>{escape(words)}</title>"


def path(*pieces: str | float, **attributes: Value) -> str:
    """A path, letters and numbers one after the other."""
    return element("path", d=" ".join(p if isinstance(p, str) else number(p) for p in pieces), **attributes)


def length(words: str, size: float) -> float:
    """How long a line of text may become in any of the fonts: rather too long than too short."""
    return sum(_em(char) for char in visible(words)) * size


def fitted(words: str, room: float, size: float) -> str:
    """Text cut with … so that it fits the room."""
    seen = visible(words)
    if length(seen, size) <= room:
        return seen
    ends = accumulate(_em(char) * size for char in seen)
    kept = sum(end <= room - size for end in ends)
    return seen[:kept].rstrip() + "…"


def lines(words: Iterable[str], room: float, size: float, gap: float) -> list[list[tuple[float, str]]]:
    """Short texts set one after the other in as many lines as they need, each with where it begins."""
    found: list[list[tuple[float, str]]] = [[]]
    x = 0.0
    for each in words:
        takes = length(each, size)
        if found[-1] and x + takes > room:
            found.append([])
            x = 0.0
        found[-1].append((x, each))
        x += takes + gap
    return found if found[0] else []


def _em(char: str) -> float:
    columns = width(char)
    if columns != 1:
        return columns / 2
    return 0.88 if char in "WM@%" else 0.68 if _BROAD.match(char) else 0.58 if char.isascii() else 1.0
