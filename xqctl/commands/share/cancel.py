"""取消一项预约
Cancel a booking.

About:
    已申请、已同意的都可以取消，占用的容量随之空出；记录保留在文件里，状态改为“已取消”。

    What is requested or granted can be cancelled, and what it took is free again; the record stays, its state says so.

Examples:
    xqctl share cancel 岚山化学实验室—拾穗中学20250514
"""

from xqctl.commands._settled import ending_options, ends_as
from xqctl.commands._verb import Verb

command = Verb(__name__, __doc__, ends_as("cancelled", "cancel"), ending_options())
