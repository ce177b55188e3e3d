"""单位规模
Size of a unit.

Formula:
    一个学区、集团或联盟的成员方数，连同它里面各单位的成员，每方计一次；校区按自身计，支持方不计。成员没有全部列名时，用
    declared：有 all 的减去支持方，没有的按角色相加（未公布的角色取已列名数），不少于已列名数，结论为“公布”。问到学段
    时，只计有该学段的学校和校区。

    The parties of a zone, group or alliance, those of units within it too, each once; a campus counts as itself,
    supporters do not count. Where not all are listed, `declared` speaks: `all` less supporters, else role by role (the
    listed where a role is not declared), never less than are listed; the result is then stated. Asked of a stage, only
    schools and campuses that have it.

Inputs:
    该单位的 members、declared，以及 within 指向它的单位。

    The unit's members and declared, and the units that lie within it.

Source:
    东城区2014年方案：一所龙头校带周边2至3所普通校；崇明区2019年简报：一所优质学校合并周边1至2所小规模学校。

    Dongcheng 2014: one leading school and 2 to 3 ordinary ones; Chongming 2019: one quality school merges 1 to 2 small
    ones.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.network import inside, stages_at
from xqctl.quantities import show
from xqctl.sizes import SUPPORTER, declared_size, unlisted

METRIC = Metric("count", each=("zone", "group", "alliance"))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the members; where these are not all listed, gives what the unit declares."""
    unit = frame.thing.unit
    if unit is None:
        return Unknown((msg("a zone, group or alliance has to be named"),))
    items = []
    for member in inside(frame.district, unit, frame.day):
        if member.role == SUPPORTER:
            frame.leave_out(member.party, msg("it is a supporter"))
        elif frame.stages is None or frame.stages & stages_at(frame.district, member.party, frame.day):
            items.append(Item(member.party, 1, member.route()))
    short = unlisted(frame.district, unit, frame.day)
    declared = declared_size(frame.district, unit, frame.day) if frame.stages is None else None
    if short is not None and declared is not None:
        step = msg("{unit} declares {declared} members", unit=unit.id, declared=show(declared))
        return Counted(declared, tuple(items), steps=(short, step), basis="stated")
    frame.list_members(unit)
    return counting.count(items)
