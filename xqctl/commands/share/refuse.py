"""拒绝一项申请，写明理由
Refuse a request, and say why.

About:
    只有提供方（或提供单位的牵头学校）可以拒绝；--reason 写明理由，最好同时建议别的时间。

    Only the provider, or the lead of the unit that provides, decides; --reason says why, best with another time that
    would suit.

Examples:
    xqctl share refuse 岚山化学实验室—拾穗中学20250514 --reason 当天设备检修，建议改到次周
"""

from xqctl.commands._settled import decides_as, deciding_options
from xqctl.commands._verb import Verb

command = Verb(__name__, __doc__, decides_as("refused", "refuse"), deciding_options(needs_reason=True))
