"""共享资源：谁有什么、何时空闲，申请、同意、拒绝、取消、归还
Shared resources: who has what, when it is free; ask, grant, refuse, cancel and return.

About:
    学校把可共享的资源写在 resources 里；别的学校提出申请，由提供方决定是否同意。每条命令只在区县文件里写一条预约，
    先核对预约规则（容量、开放对象、由谁决定、状态），不合规则就不写。几个人同时操作时逐个处理，谁的也不会丢。

    Schools declare what they share under `resources`; others ask, and the provider decides. Each verb writes one
    booking into the district's files, and only if the rules on bookings hold: capacity, to whom it is open, who
    decides, which state follows which. Several people at once are served one after the other, and none is lost.

Examples:
    xqctl share list examples/demo --on 2024-11-06
    xqctl share request 岚山化学实验室 拾穗中学 --start '2025-05-14 14:00' --end '2025-05-14 16:00'
    xqctl share grant 岚山化学实验室—拾穗中学20250514
    xqctl share calendar examples/demo -o 预约.ics
"""

from xqctl.commands._verbs import Verbs

command = Verbs(__name__, __doc__)
