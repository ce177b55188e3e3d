"""远程互动教室数
Number of remote classrooms.

Formula:
    一对结对学校（或一个学区、集团、联盟）写明的远程互动教室数 remote_classrooms；问区县时，为各对之和。学校统计里的教室
    数不代替它：那些教室不一定建在这一对之间。

    The remote_classrooms that a pair (or a zone, group or alliance) says it has; asked of a district, the sum over its
    pairs. The classrooms in a school's statistics do not stand in for it: they need not join these two schools.

Inputs:
    联盟 alliances、教育集团 groups、学区 zones 的 remote_classrooms。

    remote_classrooms of alliances, groups and zones.

Source:
    教育部简报〔2015〕第36期：每对结对学校间至少建成1对远程互动教室。

    Ministry briefing 2015 no. 36: at least one pair of remote classrooms between the schools of every pair.
"""

from collections.abc import Iterable

from xqctl import counting
from xqctl.kinds.units import Unit
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("count", each=("district", "zone", "group", "alliance", "pair"), among="pair")


def measure(frame: Frame) -> Counted | Unknown:
    """Reads what the unit says, or adds up what the pairs say."""
    if frame.thing.unit is None:
        found = (p.unit for p in frame.pairs() if frame.admits(p.unit.entry, "pair", unit=p.unit.entry))
        return counting.count(_said(frame, found))
    said = _said(frame, (frame.thing.unit,))
    return counting.count(said) if said else Unknown(())


def _said(frame: Frame, units: Iterable[Unit]) -> tuple[Item, ...]:
    items = []
    for unit in units:
        rooms = unit.entry["remote_classrooms"]
        if isinstance(rooms, int):
            items.append(Item(unit.id, rooms, unit.entry.route("remote_classrooms")))
        else:
            frame.lack(msg("{unit} does not say how many remote classrooms it has", unit=unit.id))
    return tuple(items)
