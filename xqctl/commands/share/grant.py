"""同意一项申请
Grant a request.

About:
    只有提供方（或提供单位的牵头学校）可以同意；会超出容量、申请方不在开放对象之内的，不写入，退出码为 1。

    Only the provider, or the lead of the unit that provides, decides; what would go over capacity, or is not open to
    the applicant, is not written, and the exit code is 1.

Examples:
    xqctl share grant 岚山化学实验室—拾穗中学20250514
"""

from xqctl.commands._settled import decides_as, deciding_options
from xqctl.commands._verb import Verb

command = Verb(__name__, __doc__, decides_as("granted", "grant"), deciding_options(needs_reason=False))
