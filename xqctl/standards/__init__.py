"""Knows the standards that come with xqctl: every YAML file of this folder is one official document's targets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from xqctl.compose import Budgets, compose
from xqctl.district import Entry

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Standard:
    """One official document: what it is, and its targets as entries like a district's own."""

    id: str
    document: Entry
    targets: tuple[Entry, ...]


@cache
def standards() -> Mapping[str, Standard]:
    """Every standard by its id."""
    return MappingProxyType({path.stem: _read(path) for path in sorted(_FOLDER.glob("*.yaml"))})


def _read(path: Path) -> Standard:
    file = f"xqctl:standards/{path.name}"
    composed = compose(path.read_bytes(), file, Budgets())
    data = composed.data if isinstance(composed.data, dict) else {}
    document, targets = data.get("standard"), data.get("targets")
    fields = document if isinstance(document, dict) else {}
    listed = targets if isinstance(targets, dict) else {}
    return Standard(
        path.stem,
        Entry("standards", path.stem, fields, file, ("standard",)),
        tuple(
            Entry("targets", id_, value, file, ("targets", id_))
            for id_, value in listed.items()
            if isinstance(value, dict)
        ),
    )
