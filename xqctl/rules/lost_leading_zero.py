"""丢了开头的零
A code that loses its leading zero.

Why:
    不加引号的 `0210000123` 是数字，开头的零会丢，有的读者还当成八进制。编码是文字，要加引号。

    Without quotes `0210000123` is a number: its leading zero is lost, and some readers take it for octal. Codes
    are text and stand in quotes.

Wrong:
    schools:
      甲校: {code: 0210000123}

Right:
    schools:
      甲校: {code: "2137000123"}

Mend:
    给编码加上引号。

    Put the code in quotes.
"""

from xqctl.findings import Severity
from xqctl.registry import Rule

RULE = Rule("XQY012", Severity.ERROR)
