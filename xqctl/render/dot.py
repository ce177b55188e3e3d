"""DOT: the network as text for Graphviz."""

from typing import TextIO

from xqctl.page import Page
from xqctl.render import View

keeps_encoding = False


def write(page: Page, stream: TextIO, _view: View) -> None:
    """Writes what the verb has drawn."""
    stream.write(str(page.documents["dot"]))
