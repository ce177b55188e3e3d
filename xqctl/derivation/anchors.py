"""Knows how things on a page are called, so that whoever speaks of one leads to it: the same thing, the same name."""

import hashlib

from xqctl.targets import Verdict


def anchor(sort: str, *names: str) -> str:
    """The anchor of something: short, of plain letters whatever it is called, the same in every run."""
    text = "\x1f".join(names)
    return f"{sort}-{hashlib.sha256(text.encode(errors='surrogateescape')).hexdigest()[:10]}"


def verdict_anchor(verdict: Verdict) -> str:
    """Where the way to a verdict's number is told."""
    return anchor("verdict", verdict.target.id, verdict.thing.each, verdict.thing.id)


def source_anchor(ref: str) -> str:
    """Where a document is told of that something refers to (`崇明简报2019#二.3`)."""
    return anchor("source", ref.partition("#")[0])
