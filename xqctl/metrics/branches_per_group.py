"""集团分校区数
Branches of a group.

Formula:
    一个集团当日角色为 branch 的成员数，校区按自身计。没有全部列名时，用 declared.branch，不少于已列名数，结论为“公布”。

    The members of role branch a group has on the day, a campus counting as itself. Where not all are listed,
    `declared.branch` speaks, never less than are listed; the result is then stated.

Inputs:
    教育集团 groups 的 members（role: branch）、declared.branch。

    groups: members (role: branch), declared.branch.

Source:
    崇明区2019年简报：一所优质学校合并周边1至2所小规模学校；每个分校区每年10万元办公经费。

    Chongming 2019: one quality school merges 1 to 2 small ones; every branch gets 100,000 yuan a year.
"""

from xqctl import counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.quantities import show
from xqctl.sizes import declared_role, unlisted

METRIC = Metric("count", each=("group",))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the branches; where these may not all be listed, gives what the group declares."""
    unit = frame.thing.unit
    if unit is None:
        return Unknown((msg("a group has to be named"),))
    items = tuple(Item(m.party, 1, m.route()) for m in unit.members_on(frame.day) if m.role == "branch")
    declared = declared_role(unit, "branch", frame.day)
    if declared is not None and declared.exact != len(items):
        step = msg("{unit} declares {declared} branches", unit=unit.id, declared=show(declared))
        return Counted(declared, items, steps=(step,), basis="stated")
    frame.rest_on("groups")
    short = unlisted(frame.district, unit, frame.day) if declared is None else None
    if short is not None:
        frame.lack(short)
    return counting.count(items)
