"""HTML: one page that stands alone, for a browser or a printer; nothing fetched, every name escaped.

The templates hold the markup, the modules here what stands in it: plain text, made visible, in the reader's language.
The policy in the page allows its own style sheet and its own script by hash (W3C, Content Security Policy Level 3) and
nothing else. The script sorts, filters and unfolds; without it everything is there to be read.
"""

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from xqctl import page as p
from xqctl.messages import Lang, msg, say
from xqctl.render import View
from xqctl.render.html.layout import Block, Layout, contents
from xqctl.render.html.links import Anchors
from xqctl.render.html.words import Reader

if TYPE_CHECKING:
    from jinja2 import Template

keeps_encoding = False

_TEMPLATES = Path(__file__).parent.parent / "templates"
_LANGS = {"zh": "zh-CN", "en": "en"}
"""Source: RFC 5646, Tags for Identifying Languages."""


def write(page: p.Page, stream: TextIO, view: View) -> None:
    """Writes the whole page; the width and colour of a terminal change nothing in it."""
    reader = Reader(view.lang, Anchors(page.blocks))
    title = reader.text(_title(page) or page.title)
    blocks = list(_laid_out(page, reader, title))
    style, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    pieces = _template().generate(
        lang=_LANGS[view.lang],
        title=title,
        style=style,
        script=script,
        policy=_policy(style, script),
        words=_words(view.lang),
        main=reader.anchors.new(),
        contents=contents(blocks),
        blocks=blocks,
    )
    stream.writelines(pieces)


def _policy(style: str, script: str) -> str:
    """What the page may do: use this style sheet and this script."""
    told = [f"{use} 'sha256-{_digest(text)}'" for use, text in (("style-src", style), ("script-src", script))]
    denied = ["img-src 'none'", "base-uri 'none'", "form-action 'none'"]
    return "; ".join(["default-src 'none'", *told, *denied])


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _words(lang: Lang) -> dict[str, str]:
    """What the page itself says, by the names the templates and the script know."""
    said = {
        "skip": msg("skip to the text"),
        "contents": msg("contents"),
        "data": msg("data"),
        "filter": msg("filter rows"),
        "rows": msg("{shown} of {all} rows", shown="{shown}", all="{all}"),
        "first": msg("the first {shown} of {all} rows", shown="{shown}", all="{all}"),
        "all": msg("show all {all} rows", all="{all}"),
        "none": msg("no row matches"),
        "unfold": msg("unfold all"),
        "fold": msg("fold all"),
        "print": msg("print what is folded, too"),
        "full": msg("actual size"),
        "stated": msg("published"),
    }
    return {name: say(message, lang) for name, message in said.items()}


def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")


def _laid_out(page: p.Page, reader: Reader, title: str) -> list[Block]:
    """The page's blocks under one title."""
    layout = Layout(reader, title)
    first, *rest = page.blocks or (None,)
    if isinstance(first, p.Heading) and _title(page) is not None:
        return [Block("heading", layout.heading(first.words, 0, 0, first.anchor)), *layout.blocks(rest)]
    return [Block("heading", layout.heading(page.title, 0, 0, "")), *layout.blocks(page.blocks)]


def _title(page: p.Page) -> p.Words | None:
    """The heading that is the page's title: the only one of the first level, before everything else."""
    highest = [block for block in page.blocks if isinstance(block, p.Heading) and block.level == 1]
    return highest[0].words if len(highest) == 1 and page.blocks[0] is highest[0] else None
