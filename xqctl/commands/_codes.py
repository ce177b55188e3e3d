"""Knows how a rule is explained: its page; and a family of rules: one line a rule."""

from collections.abc import Iterator

from xqctl.answer import answer
from xqctl.messages import Lang, Message, msg, say
from xqctl.page import SEVERITIES, Block, Code, Column, Heading, Page, Paragraph, Table, line
from xqctl.rules import Leaf, catalogue

FAMILIES = {
    "Y": msg("text of the files"),
    "S": msg("shape"),
    "R": msg("references"),
    "T": msg("time"),
    "Z": msg("units"),
    "P": msg("people"),
    "A": msg("admissions"),
    "F": msg("funding"),
    "G": msg("figures"),
    "E": msg("evaluations"),
    "K": msg("tasks"),
    "B": msg("bookings"),
    "D": msg("data protection"),
    "N": msg("plans"),
    "U": msg("silencing"),
    "X": msg("expressions"),
}


def rule_called(name: str) -> Leaf | None:
    """The rule of that code or slug."""
    return next((leaf for leaf in catalogue().values() if name.upper() == leaf.code or name == leaf.slug), None)


def family_called(name: str) -> str | None:
    """The letter of the family that ``Z`` or ``XQZ`` means."""
    letter = name.upper().removeprefix("XQ")
    return letter if letter in FAMILIES else None


def rule_page(leaf: Leaf, lang: Lang) -> Page:
    """A rule's page: why, wrong, right, how to mend."""
    why, mend = leaf.page.prose("Why", lang), leaf.page.prose("Mend", lang)
    wrong, right = (_snippet(leaf.page.section(name), lang) for name in ("Wrong", "Right"))
    title = f"{leaf.code} {leaf.slug}"
    blocks: tuple[Block, ...] = (
        Heading(title),
        Paragraph(line(SEVERITIES[leaf.severity], " ", leaf.page.summary(lang))),
        *_section(msg("Why"), Paragraph(line(why)), why),
        *_section(msg("Wrong"), Code(wrong), wrong),
        *_section(msg("Right"), Code(right), right),
        *_section(msg("How to mend"), Paragraph(line(mend)), mend),
    )
    explained = {
        "kind": "rule",
        "id": leaf.code,
        "title": leaf.slug,
        "text": leaf.page.summary(lang),
        "severity": leaf.severity.value,
        "why": why,
        "wrong": wrong,
        "right": right,
        "mend": mend,
    }
    return Page(title, blocks, answer("explain", lang, parts={"explained": explained}, summary={}))


def _snippet(text: str, lang: Lang) -> str:
    """A page's YAML; the header that stands over bytes written as escapes is put in words."""
    return text.replace("# bytes", say(msg("# unseen characters and bytes are written as escapes"), lang), 1)


def _section(title: Message, block: Block, text: str) -> Iterator[Block]:
    if text:
        yield Heading(title, 2)
        yield block


def family_page(letter: str, lang: Lang) -> Page:
    """The rules of a family."""
    leaves = [leaf for leaf in catalogue().values() if leaf.code[2] == letter]
    name = FAMILIES[letter]
    title = msg("XQ{letter}: {name}", letter=letter, name=name)
    rules = [
        {"code": leaf.code, "slug": leaf.slug, "severity": leaf.severity.value, "text": leaf.page.summary(lang)}
        for leaf in leaves
    ]
    explained = {
        "kind": "family",
        "id": f"XQ{letter}",
        "title": say(name, lang),
        "text": say(title, lang),
        "rules": rules,
    }
    data = answer("explain", lang, parts={"explained": explained}, summary={"rules": len(rules)})
    return Page(title, (Heading(title), rules_table(leaves, lang)), data)


def rules_table(leaves: list[Leaf], lang: Lang) -> Table:
    """One line a rule."""
    columns = (
        Column(msg("code"), "name"),
        Column(msg("severity")),
        Column(msg("slug"), "name"),
        Column(msg("what is wrong")),
    )
    rows = tuple((leaf.code, SEVERITIES[leaf.severity], leaf.slug, leaf.page.summary(lang)) for leaf in leaves)
    return Table(columns, rows)
