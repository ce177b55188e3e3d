"""Knows where the files that come with xqctl lie: beside the package in a checkout, inside it when installed."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def schemas() -> Path:
    """The folder of the JSON Schemas, one for each kind."""
    return _folder("schemas")


def examples() -> Path:
    """The folder of the example districts, one folder each."""
    return _folder("examples")


def templates() -> Path:
    """The folder of what a new district's files are made from."""
    return _PACKAGE / "templates"


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
