"""归还：用完了，登记归还
Say that what was lent is back.

About:
    已同意的预约用完后登记归还；还没到开始使用那一天的不能归还。

    What was granted is returned after use; not before the day its use begins.

Examples:
    xqctl share return 岚山化学实验室—拾穗中学20250514
"""

from xqctl.commands._settled import ending_options, ends_as
from xqctl.commands._verb import Verb

command = Verb(__name__, __doc__, ends_as("returned", "return"), ending_options())
