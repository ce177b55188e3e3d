"""JSON Merge Patch: what is new, and null for what is gone, as a plan is written (RFC 7396)."""

from typing import TextIO

from xqctl.page import Page
from xqctl.render import View, exact

keeps_encoding = False


def write(page: Page, stream: TextIO, _view: View) -> None:
    """Writes the page's patch, numbers exact."""
    stream.write(exact(page.documents["mergepatch"]) + "\n")
