"""对口升学覆盖率
Share of primary schools with a feeder.

Formula:
    当日有对口升学安排的小学数 ÷ 有小学段的学校数；问一所小学时，为它各条对口安排的比例之和。

    Primary schools with a feeder on the day over schools with a primary stage; asked of one school, the sum of the
    shares of its feeders.

Inputs:
    对口升学 feeders（from、share、since、until）、学校 schools（有小学段的）；以校区对口的按所属学校计。九年一贯制学校
    的直升也写作 feeders。

    feeders (from, share, since, until), schools with a primary stage; a feeder of a campus is its school's. Where a
    nine-year school's pupils go on within it, a feeder says so.

Source:
    东城区2014年方案：小规模普通小学与优质初中按一定比例对口入学。

    Dongcheng 2014: small ordinary primary schools feed quality junior schools at certain ratios.
"""

from decimal import Decimal

from xqctl import counting
from xqctl.kinds.admissions import Feeder, open_feeders
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.network import school_of
from xqctl.quantities import Ratio

METRIC = Metric("ratio", each=("district", "zone", "group", "alliance", "school"))
PRIMARY = frozenset(("primary",))


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the primary schools, and those with a feeder once more; of one school, adds up its shares."""
    frame.rest_on("feeders")
    feeding: dict[str, list[Feeder]] = {}
    for feeder in open_feeders(frame.district, frame.day):
        for origin in feeder.origins:
            school = school_of(frame.district, origin)
            if school is not None:
                feeding.setdefault(school.id, []).append(feeder)
    if frame.thing.school is not None:
        return _shares(frame, feeding.get(frame.thing.id, []))
    schools = frame.schools(PRIMARY)
    for school in schools:
        if school.id not in feeding:
            frame.leave_out(school.id, msg("it has no feeder"))
    return counting.share(
        frame,
        (Item(s.id, 1, feeding[s.id][0].entry.route()) for s in schools if s.id in feeding),
        counting.schools(schools),
        msg("there is no primary school"),
    )


def _shares(frame: Frame, found: list[Feeder]) -> Counted | Unknown:
    items = []
    for feeder in found:
        if feeder.share is None or feeder.share.exact is None:
            frame.lack(msg("{feeder} does not say its share", feeder=feeder.entry.id))
        else:
            items.append(Item(feeder.entry.id, feeder.share.exact, feeder.entry.route("share")))
    total = sum((item.amount for item in items if isinstance(item.amount, Decimal)), Decimal(0))
    return Counted(Ratio(total, Decimal(1)), tuple(items))
