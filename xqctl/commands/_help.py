"""Knows how help reads in both languages: usage, what it does, arguments, options, verbs, examples."""

from collections.abc import Iterator, Sequence

from xqctl.messages import Lang, Message, msg, say
from xqctl.registry import Page
from xqctl.screen import padded, width, wrapped

Rows = Sequence[tuple[str, str]]


def help_text(usage: str, page: Page, tables: Sequence[tuple[Message, Rows]], lang: Lang, columns: int) -> str:
    """The whole help of a command: `page` is its docstring, `tables` are titled lists of names and their meaning."""
    colon = "：" if lang == "zh" else ": "
    parts = [f"{say(msg('Usage'), lang)}{colon}{usage}", *_about(page, lang, columns)]
    examples = [f"  {line}" for line in page.section("Examples").splitlines()]
    for title, lines in (
        *((title, list(_listed(rows, columns))) for title, rows in tables),
        (msg("Examples"), examples),
    ):
        if lines:
            parts.append("\n".join([f"{say(title, lang)}{colon.strip()}", *lines]))
    return "\n\n".join(parts)


def _about(page: Page, lang: Lang, columns: int) -> Iterator[str]:
    for text in (page.summary(lang), page.prose("About", lang)):
        if text:
            yield "\n".join(f"  {line}" for line in wrapped(text, columns - 2))


def _listed(rows: Rows, columns: int) -> Iterator[str]:
    """Names in one column, what they mean in the next; a name too long for its column has a line of its own."""
    indent = min(max((width(name) for name, _ in rows), default=0), 28) + 4
    for name, meaning in rows:
        first, *rest = wrapped(meaning, columns - indent)
        if width(name) + 4 > indent:
            yield f"  {name}"
            yield " " * indent + first
        else:
            yield padded(f"  {name}", indent) + first
        yield from (" " * indent + line for line in rest)
