"""JSON Patch: every value added, replaced or removed, as operations (RFC 6902)."""

from typing import TextIO

from xqctl.page import Page
from xqctl.render import View, exact

keeps_encoding = False


def write(page: Page, stream: TextIO, _view: View) -> None:
    """Writes the page's patch, numbers exact."""
    stream.write(exact(page.documents["jsonpatch"]) + "\n")
