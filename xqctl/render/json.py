"""JSON: the page's data, UTF-8 and unescaped, in the order it was spelled."""

import json
from datetime import date
from decimal import Decimal
from typing import TextIO

from xqctl.messages import Message, say
from xqctl.page import Page
from xqctl.render import View

keeps_encoding = False


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes `page.data`; decimals and dates become strings, so that no reader rounds them."""

    def spelled(value: object) -> str:
        match value:
            case Decimal():
                return format(value, "f")
            case date():
                return value.isoformat()
            case Message():
                return say(value, view.lang)
            case _:
                raise TypeError(f"{type(value).__name__} has no place in JSON")

    encoder = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False, default=spelled)
    stream.writelines(encoder.iterencode(dict(page.data)))
    stream.write("\n")
